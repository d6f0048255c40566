"""Statements: the sentences of a draft and the obligations above it in one form, ready to be held against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

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

    def place(self) -> dict[str, Any]:
        """Where the sentence stands, as a finding quotes it."""
        return {"text": self.text, "path": self.path, "start_char": self.record["start_char"], "end_char": self.record["end_char"]}


def _bare(text: str, span: Span, path: tuple[str, ...]) -> dict[str, Any]:
    lists: dict[str, Any] = {key: [] for key in ("units", "deadlines", "targets", "parties", "citations")}
    return {"kind": None, "text": span.of(text), "start_char": span.start, "end_char": span.end, "path": list(path), **lists}


def draft_statements(document: Document, extraction: Extraction) -> list[Statement]:
    """Every sentence of a draft: those that ask something with all that was found of them, the others bare."""
    records = [obligation_json("", "", obligation) for obligation in extraction.obligations]
    taken = [Span(record["start_char"], record["end_char"]) for record in records]
    records += _rest(document, taken)
    return [Statement(record) for record in sorted(records, key=lambda record: (record["start_char"], record["end_char"]))]


def _rest(document: Document, taken: list[Span]) -> Iterator[dict[str, Any]]:
    covered = bytearray(len(document.text))
    for span in taken:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    for sentence in split_sentences(document, find_item_lines(document.text)):
        if not any(covered[sentence.span.start : sentence.span.end]):
            yield _bare(document.text, sentence.span, sentence.path)
