"""Tables of DOCX: their grid with merged cells, and which of them only place words (ECMA-376-1, 17.4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.lines import Line
from ingest.normalize import squeeze
from ingest.readers.cells import join_items
from ingest.readers.docx_styles import Styles, W, switch, value
from ingest.readers.ooxml import local, number
from ingest.readers.tables import as_rows

_WIDEST = 256  # columns; Word itself ends at 63
_DEEPEST = 12  # containers around a row or cell
_UNRULED = ("", "nil", "none")
# Words that stand in 版头 and 版记, which are often set as tables (GB/T 9704-2012, 7.2 and 7.4).
_PLACED = re.compile(r"^(?:抄送|抄报|抄发|主送|分送|主办|签发人|主题词|印发机关)[：:]?|〔(?:19|20)\d{2}〕(?:第)?\d{1,5}号|日印[发制]$|^(?:[\u4e00-\u9fff]{2,40})?文件$")

ReadLines = Callable[[Any], list[Line]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the file has it: its lines, its first column and width, whether it carries on the cell above."""

    lines: tuple[Line, ...]
    column: int
    span: int = 1
    goes_on: bool = False

    @property
    def text(self) -> str:
        """The cell's text, items in it apart."""
        return join_items([" ".join(filter(None, line.cells)) if line.cells else line.text for line in self.lines])


def _children(element: Any, wanted: str, depth: int = 0) -> Iterator[Any]:
    """The rows of a table or cells of a row, content controls and inserted ranges looked into."""
    for child in element if depth < _DEEPEST else ():
        name = local(child)
        if name == wanted:
            yield child
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _children(child, wanted, depth + 1)


def _is_gone(row: Any) -> bool:
    """Whether a row is deleted by a tracked change, or hidden."""
    properties = row.find(f"{W}trPr")
    return properties is not None and (properties.find(f"{W}del") is not None or bool(switch(properties, "hidden")))


def _row(row: Any, read: ReadLines) -> list[Cell]:
    """The cells of a row, with columns counted from what it leaves out at its left."""
    properties = row.find(f"{W}trPr")
    column = min(max(number(value(properties, "gridBefore"), 0), 0), _WIDEST)
    cells: list[Cell] = []
    for element in _children(row, "tc"):
        held = element.find(f"{W}tcPr")
        span = min(max(number(value(held, "gridSpan"), 1), 1), _WIDEST)
        merged, across = value(held, "vMerge"), value(held, "hMerge")
        lines = tuple(read(element))
        if across is not None and across != "restart" and cells:
            cells[-1] = replace(cells[-1], span=cells[-1].span + span)
        elif column < _WIDEST:
            cells.append(Cell(lines, column, span, merged is not None and merged != "restart"))
        column += span
    return cells


def read_grid(table: Any, read: ReadLines) -> list[list[Cell]]:
    """The rows of a table, those deleted left out; `read` gives the lines of a cell."""
    return [_row(row, read) for row in _children(table, "tr") if not _is_gone(row)]


def texts_of(grid: Sequence[Sequence[Cell]]) -> list[list[str | None]]:
    """The texts of the grid: a cell that spans rows in each of them, None for what one spans to its right."""
    width = min(max((cell.column + cell.span for row in grid for cell in row), default=0), _WIDEST)
    rows: list[list[str | None]] = []
    above: dict[int, str] = {}
    for row in grid:
        texts: list[str | None] = [""] * width
        standing: dict[int, str] = {}
        for cell in row:
            text = above.get(cell.column, cell.text) if cell.goes_on else cell.text
            standing[cell.column] = texts[cell.column] = text
            for column in range(cell.column + 1, min(cell.column + cell.span, width)):
                texts[column] = None
        above = standing
        rows.append(texts)
    return rows


def is_ruled(table: Any, styles: Styles) -> bool:
    """Whether rules part the columns of a table, by itself, its style or its cells."""
    properties = table.find(f"{W}tblPr")
    held = [properties, *(style.find(f"{W}tblPr") for style in styles.chain(value(properties, "tblStyle"), "table"))]
    borders = [b for p in held if p is not None and (b := p.find(f"{W}tblBorders")) is not None]
    borders += list(table.iter(f"{W}tcBorders"))
    return any((value(border, side) or "") not in _UNRULED for border in borders for side in ("left", "right", "start", "end", "insideV"))


def only_places(grid: Sequence[Sequence[Cell]], rows: Sequence[Line], ruled: bool) -> bool:
    """Whether a table only places words (版头, 版记, two signatures side by side), so that its text is plain lines."""
    filled = [[cell for cell in row if cell.lines and not cell.goes_on] for row in grid]
    if max(map(len, filled), default=0) <= 1:
        return True
    if any(row.columns for row in rows):
        return False
    words = [squeeze(line.text).text for row in filled for cell in row for line in cell.lines]
    if len(grid) <= 10 and any(_PLACED.search(word) for word in words):
        return True
    return not ruled and len(grid) <= 3 and max(map(len, filled)) <= 3


def placed_lines(grid: Sequence[Sequence[Cell]]) -> list[Line]:
    """The lines of a table that only places words: what stands side by side on one line, a cell over rows after the last of them."""
    lines: list[Line] = []
    waiting: dict[int, Cell] = {}
    for i, row in enumerate(grid):
        below = {cell.column for cell in grid[i + 1] if cell.goes_on} if i + 1 < len(grid) else set()
        own = [cell for cell in row if cell.lines and not cell.goes_on]
        waiting |= {cell.column: cell for cell in own if cell.column in below}
        here = [cell for cell in own if cell.column not in below]
        if len(here) > 1 and all(len(cell.lines) == 1 and not cell.lines[0].cells for cell in here):
            lines.append(replace(here[0].lines[0], text="\u3000".join(cell.lines[0].text for cell in here)))
        else:
            lines.extend(line for cell in here for line in cell.lines)
        for column in sorted(waiting.keys() - below):
            lines.extend(waiting.pop(column).lines)
    return lines


def table_lines(table: Any, styles: Styles, read: ReadLines, paragraph: int, columns: tuple[str, ...] = ()) -> list[Line]:
    """The lines of a table, one a row; `columns` are the heads of the table just before it that it may carry on."""
    grid = read_grid(table, read)
    texts = texts_of(grid)
    carried = columns if texts and len(texts[0]) == len(columns) else ()
    rows = as_rows(texts, columns=carried, paragraph=paragraph)
    return placed_lines(grid) if only_places(grid, rows, is_ruled(table, styles)) else rows
