"""Tables of any format made rows of lines: heads of columns told, merged cells filled, rows cut at a page end joined."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Box, Line
from ingest.readers.cells import join_items

LONGEST_HEAD = 16  # characters in a column's head
LONGEST_KNOWN_HEAD = 40  # … where its fellows are well-known ones (序号, 责任单位)
_KNOWN_HEAD = re.compile(r"^(?:序号|编号|项目|类别|领域|指标|备注|分值|主要|重点|工作|任务|具体|目标|内容|措施|事项|举措|责任|牵头|配合|参与|完成|时间|时限|期限|进度|单位|部门|负责|联系)|(?:单位|部门|时[限间]|任务|内容|措施|事项|责任人|名称|要求|备注|标准)$")


def _is_head(row: Sequence[str]) -> bool:
    """Whether a row can hold the heads of the columns: filled, short, no sentence."""
    filled = [cell for cell in row if cell]
    if len(row) < 2 or any(re.search("[。；]", cell) for cell in filled):
        return False
    known = sum(_KNOWN_HEAD.search(cell) is not None for cell in filled)
    if known >= 2 and known >= 0.6 * len(row) and all(len(cell) <= LONGEST_KNOWN_HEAD for cell in filled):
        return True
    return len(filled) == len(row) and all(len(cell) <= LONGEST_HEAD and not re.search(r"：|\d{2}", cell) for cell in row)


def known_heads(heads: Sequence[str]) -> int:
    """How many of some words are heads that columns of notices have (序号, 责任单位)."""
    return sum(_KNOWN_HEAD.search("".join(head.split())) is not None for head in heads)


def _cell(text: str | None) -> str:
    """A cell's text on one line; its line breaks part items."""
    return join_items((text or "").split("\n"))


def _spread(cells: Sequence[str], raw: Sequence[str | None]) -> tuple[str, ...]:
    """A row of heads in which one that spans columns stands over each of them."""
    heads: list[str] = []
    for cell, text in zip(cells, raw, strict=True):
        heads.append(heads[-1] if text is None and heads else cell)
    return tuple(heads)


def as_rows(
    rows: Sequence[Sequence[str | None]], *, columns: tuple[str, ...] = (), page: int | None = None, paragraph: int | None = None, boxes: Sequence[Box | None] = (), marked: int = 0
) -> list[Line]:
    """The rows of a table as lines; `columns` are the heads of the table that this one carries on, if any.

    None is a cell that the one to its left spans; a cell that spans rows is given in each of them. The first `marked` rows are
    heads by a mark of the format.
    """
    lines: list[Line] = []
    after_head = False
    for i, raw in enumerate(rows):
        cells = tuple(_cell(cell) for cell in raw)
        if not any(cells):
            continue
        box = boxes[i] if i < len(boxes) else None
        if len(cells) == 1 or sum(map(bool, cells)) == 1 and len(cells) > 1 and i == 0:  # a box, or the table's caption
            lines.append(Line(next(cell for cell in cells if cell), page=page, paragraph=paragraph, ends_paragraph=True, box=box))
            continue
        if columns and cells == columns:
            continue  # the head repeated on the next page
        heads = _spread(cells, raw)
        second = after_head and _is_head(heads) and any(a == b for a, b in zip(heads, columns, strict=False))
        head = i < marked or second or (not columns and _is_head(heads))
        lines.append(Line("", page, box, paragraph, cells=cells, columns=() if head else columns, ends_paragraph=True))
        after_head = head
        if head:
            columns = heads
    return lines
