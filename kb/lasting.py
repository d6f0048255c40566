"""What is to last (长期坚持): items whose line of time gives no day but says that the work goes on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ingest.document import Document, Span

_WORDS = r"(?:立行立改[，、；]?)?(?:并)?(?:长期|持续|常年|常态化?|全年持续)(?:坚持|推进|落实|开展|执行|实施|整改|进行|保持|工作|任务)?(?:[，、]?(?:长期坚持|持续推进))?"
_LINE = re.compile(rf"(?:(?:完成|整改|办结|落实|推进|实施)?(?:时限|时间|期限)(?:要求|安排)?|进度(?:安排|要求)?)\s*[：:]\s*(?P<said>{_WORDS})(?=\s*(?:$|[。；，）)\n|]))")
_CELL = re.compile(rf"\s*(?P<said>{_WORDS})\s*[。；]?\s*")


def find_lasting(document: Document, obligations: Sequence[Mapping[str, Any]]) -> dict[int, tuple[str, Span]]:
    """The words that say so and their place, by the index of each obligation that they speak for.

    A cell speaks for its row, a line for the obligations of its item that have no day of their own.
    """
    found: dict[int, tuple[str, Span]] = {}
    for index, block in enumerate(document.blocks):
        for cell in block.cells:
            match = _CELL.fullmatch(cell.span.of(document.text))
            if match:
                span = Span(cell.span.start + match.start("said"), cell.span.start + match.end("said"))
                _give(found, obligations, lambda one, row=block.span: row.start <= one["start_char"] < row.end, match["said"], span)
        text = block.span.of(document.text)
        for match in _LINE.finditer(text) if not block.cells else ():
            path = list(document.path(index))
            span = Span(block.span.start + match.start("said"), block.span.start + match.end("said"))
            if path:
                _give(found, obligations, lambda one, own=path: one["path"] == own, match["said"], span)
            else:
                _give(found, obligations[_before(obligations, span.start) :][:1], lambda one: True, match["said"], span, _before(obligations, span.start))
    return found


def _before(obligations: Sequence[Mapping[str, Any]], at: int) -> int:
    """The index of the last obligation that begins before a place."""
    return max((index for index, one in enumerate(obligations) if one["start_char"] < at), default=0)


def _give(found: dict[int, tuple[str, Span]], obligations: Sequence[Mapping[str, Any]], speaks_for: Any, said: str, span: Span, first: int = 0) -> None:
    for index, one in enumerate(obligations, first):
        if speaks_for(one) and not one["dated"]:
            found.setdefault(index, (said, span))
