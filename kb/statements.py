"""Statements: the sentences of a draft and the obligations above it in one form, ready to be held against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from extractors.folding import fold
from extractors.mentions import Extraction
from extractors.sentences import find_item_lines, split_sentences
from ingest.document import Document, Span
from kb.clauses import Clause, split_clauses
from kb.records import obligation_json
from kb.wording import term_set


@dataclass(frozen=True)
class Statement:
    """One sentence with what belongs to it; `record` is the obligation in the contract's form (a bare one where none)."""

    record: Mapping[str, Any]

    @property
    def text(self) -> str:
        return str(self.record["text"])

    @property
    def kind(self) -> str | None:
        return self.record["kind"]  # type: ignore[no-any-return]

    @property
    def path(self) -> list[str]:
        return list(self.record["path"])

    @cached_property
    def clauses(self) -> list[Clause]:
        """What the sentence asks, piece by piece."""
        return split_clauses(self.text)

    @cached_property
    def core(self) -> list[Clause]:
        """The clauses that somebody can be held to."""
        return [clause for clause in self.clauses if clause.use == "core"] or self.clauses

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms of the whole sentence and of the heading next above it."""
        return term_set(self.text) | term_set(self.path[-1] if self.path else "")

    def window(self, at: int) -> frozenset[str]:
        """The terms of a clause and of its neighbours."""
        near = self.clauses[max(0, at - 1) : at + 2]
        return frozenset().union(*(term_set(clause.text) for clause in near))

    def span(self, first: int, last: int) -> Span:
        """Where the clauses from `first` to `last` stand in the document; the sentence's own ends are kept."""
        folded = fold(self.text)
        start = 0 if first == 0 else folded.back(self.clauses[first].start, self.clauses[first].end).start
        end = len(self.text) if last + 1 >= len(self.clauses) else folded.back(self.clauses[last].start, self.clauses[last].end).end
        offset = int(self.record["start_char"])
        return Span(offset + start, offset + end)

    def part(self, first: int, last: int) -> Statement:
        """What the clauses from `first` to `last` say, with what was found in them and what governs them.

        A date that heads an earlier clause, and the organs named last before, govern where the part has none of its own.
        """
        if first == 0 and last + 1 >= len(self.clauses):
            return self
        span = self.span(first, last)
        offset = int(self.record["start_char"])
        lists = {
            "deadlines": _within(self.record["deadlines"], span, [self.span(at, at).start for at in range(first)]),
            "units": _within(self.record["units"], span, None),
            "targets": [found for found in self.record["targets"] if span.start <= found["start_char"] < span.end],
        }
        text = self.text[span.start - offset : span.end - offset]
        return Statement({**self.record, "text": text, "start_char": span.start, "end_char": span.end, **lists})

    def place(self) -> dict[str, Any]:
        """Where the sentence stands, as a finding quotes it."""
        return {"text": self.text, "path": self.path, "start_char": self.record["start_char"], "end_char": self.record["end_char"]}


_HEAD = 8  # characters from a clause's beginning within which a date governs what follows


def _within(found: Sequence[Mapping[str, Any]], span: Span, heads: Sequence[int] | None) -> list[Mapping[str, Any]]:
    """What is inherited, what lies in the span, and without the latter what stands nearest before it.

    Of dates only those count that stand at one of `heads`; None lets any govern what follows.
    """
    inherited = [one for one in found if one.get("inherited")]
    own = [one for one in found if not one.get("inherited")]
    inside = [one for one in own if span.start <= one["start_char"] < span.end]
    if inside:
        return inherited + inside
    before = [one for one in own if one["start_char"] < span.start and (heads is None or any(0 <= one["start_char"] - head <= _HEAD for head in heads))]
    if heads is not None:
        return inherited + [one for one in before if one["type"] in ("by", "during")][-1:]
    return inherited + before


def _bare(text: str, span: Span, path: tuple[str, ...]) -> dict[str, Any]:
    lists: dict[str, Any] = {key: [] for key in ("units", "deadlines", "targets", "parties", "citations")}
    return {"kind": None, "text": span.of(text), "start_char": span.start, "end_char": span.end, "path": list(path), **lists}


def draft_statements(document: Document, extraction: Extraction) -> list[Statement]:
    """Every sentence of a draft: those that ask something with all that was found of them, the others bare."""
    records = [obligation_json("", "", obligation) for obligation in extraction.obligations]
    taken = [Span(record["start_char"], record["end_char"]) for record in records]
    records += _rest(document, taken)
    return [Statement(record) for record in sorted(records, key=lambda record: (record["start_char"], record["end_char"]))]


# Who is to do an item, and by when: no sentence that carries anything out.
ITEM_LINE = re.compile(r"[（(]?(?:责任|牵头|配合|参与|主办|协办|主管|承办)(?:单位|部门|领导|人)[:：及]|[（(]?完成(?:时限|时间|期限)[:：]")


# Why a notice is written: 为落实《…》，结合实际，制定本方案. It names the matter and carries nothing out.
_PREAMBLE = re.compile(r"^(?:为|根据|按照|依据|经)[^。；]*《[^。；]*(?:制定|提出|现就|现将|印发|出台)[^。；]{0,24}[。：]?$")


LABEL = 10  # characters up to which words without an end are the name of something: a table's cell, a heading


def _is_label(text: str) -> bool:
    bare = "".join(text.split())
    return len(bare) <= LABEL and bare[-1:] not in "。；！？：;:!?"


def _rest(document: Document, taken: list[Span]) -> Iterator[dict[str, Any]]:
    covered = bytearray(len(document.text))
    for span in taken:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    for sentence in split_sentences(document, find_item_lines(document.text)):
        text = sentence.span.of(document.text)
        if not any(covered[sentence.span.start : sentence.span.end]) and not ITEM_LINE.match(text) and not _PREAMBLE.match(text) and not _is_label(text):
            yield _bare(document.text, sentence.span, sentence.path)
