"""Tables of any format made rows of lines: heads of columns told, rows cut at a page end joined."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Box, Line
from ingest.normalize import clean

LONGEST_HEAD = 16  # characters in a column's head


def _is_head(row: Sequence[str]) -> bool:
    """Whether a row can hold the heads of the columns: all filled, short, no sentence."""
    return len(row) >= 2 and all(0 < len(cell) <= LONGEST_HEAD and not re.search(r"[。；：]|\d{2}", cell) for cell in row)


def _cell(text: str | None) -> str:
    """A cell's text on one line."""
    parts = [clean(part) for part in (text or "").split("\n")]
    joined = ""
    for part in parts:
        latin = joined[-1:].isascii() and joined[-1:].isalpha() and part[:1].isascii() and part[:1].isalpha()
        joined += (" " if latin else "") + part
    return joined


def as_rows(
    rows: Sequence[Sequence[str | None]], *, columns: tuple[str, ...] = (), page: int | None = None, paragraph: int | None = None, boxes: Sequence[Box | None] = ()
) -> list[Line]:
    """The rows of a table as lines; `columns` are the heads of the table that this one carries on, if any."""
    lines: list[Line] = []
    for i, raw in enumerate(rows):
        cells = tuple(_cell(cell) for cell in raw)
        if not any(cells):
            continue
        if len(cells) == 1 or sum(map(bool, cells)) == 1 and len(cells) > 1 and i == 0:  # a box, or the table's caption
            lines.append(Line(next(cell for cell in cells if cell), page=page, paragraph=paragraph, ends_paragraph=True, box=boxes[i] if i < len(boxes) else None))
            continue
        if columns and cells == columns:
            continue  # the head repeated on the next page
        head = not columns and _is_head(cells)
        box = boxes[i] if i < len(boxes) else None
        lines.append(Line("", page, box, paragraph, cells=cells, columns=() if head else columns, ends_paragraph=True))
        if head:
            columns = cells
    return lines

