"""Passages (段落里的句子) of stored notices: every sentence, heading and line, with the headings over it and the obligation in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.document import BlockKind, Document, Part, Span
from kb.terms import searchable

_END = re.compile(r"[。；！？!?;]+[”’」』）)》]*")
# An item that bears its own days is a stage, whatever it is called: （三）深化提升（2020年10月至12月）.
_STAGE = re.compile(r"^\s*[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．][^。；\n]{2,30}[（(][^（()）]*月[^（()）]*[）)]")
_COUNTED = re.compile(r"^\s*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]|[①-⑳]|[一二三四五六七八九十]{1,2}(?:是|要|查|看|抓|强|[\u4e00-\u9fff]))")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a notice that is quoted as a whole."""

    document: str
    span: Span
    text: str
    folded: str
    block: int
    part: Part
    kind: BlockKind
    path: tuple[str, ...]
    context: str  # folded: the titles and headings over it
    page: int | None
    obligations: tuple[Mapping[str, Any], ...] = field(default=(), compare=False)


def passages_of(identity: str, document: Document, obligations: Sequence[Mapping[str, Any]]) -> list[Passage]:
    """The passages of a document in reading order; each with the obligations (as JSON) that stand in it."""
    titles = [title for title in (document.head.title, document.head.enclosed_title) if title]
    found, pending = [], sorted(obligations, key=lambda obligation: (obligation["start_char"], obligation["end_char"]))
    for index, block in enumerate(document.blocks):
        path = document.path(index)
        stage = ("阶段",) if _STAGE.match(block.span.of(document.text)) else ()
        context = searchable("\n".join((*titles, *path, *stage)))
        for span in _sentences(document.text, block.span, whole=bool(block.cells) or block.kind is BlockKind.HEADING):
            held = tuple(o for o in pending if o["start_char"] < span.end and span.start < o["end_char"])
            text = span.of(document.text)
            found.append(Passage(identity, span, text, searchable(text), index, block.part, block.kind, path, context, document.page_at(span.start), held))
    return found


def _sentences(text: str, span: Span, *, whole: bool) -> Iterator[Span]:
    """The sentences of a block; a heading and a table's row are one."""
    start = span.start
    ends = [] if whole else [match.end() for match in _END.finditer(text, span.start, span.end)]
    for end in (*ends, span.end):
        piece = text[start:end]
        if piece.strip():
            yield Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
        start = end


def enumeration(passages: Sequence[Passage], at: int) -> list[int]:
    """The places of what passage `at` enumerates: itself, then the counted sentences of its block or the items below it."""
    first = passages[at]
    found = [at]
    for place in range(at + 1, len(passages)):
        passage = passages[place]
        same = passage.block == first.block
        if passage.document != first.document or not (same or _is_below(first, passage)):
            break
        if same and not _COUNTED.match(passage.text):
            break
        found.append(place)
    return found


def _is_below(first: Passage, other: Passage) -> bool:
    """Whether a passage stands under the heading that `first` is, or is counted behind its colon."""
    if first.kind is BlockKind.HEADING:
        return other.path[: len(first.path)] == first.path and len(other.path) > 0
    return first.text.rstrip().endswith(("：", ":")) and _COUNTED.match(other.text) is not None and other.block - first.block <= 40
