"""Tables with rules on a printed page: its cells, what stands in each, and which of them span others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingest.lines import Box
from ingest.readers.glyph_lines import Char, PrintLine, print_lines

_MOST_EDGES = 6000  # of a page, and the most crossings of their places: more are a drawing, in which looking for tables takes minutes
_MOST_CROSSINGS = 5000
_FILLED = 0.3  # share of a table's cells that hold something; a mere frame has fewer
_PADDING = 5.0  # points between a cell's text and its sides


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table: its texts as rows, None where a cell to the left spans; a cell that spans rows is given in each."""

    box: Box
    rows: list[list[str | None]]
    boxes: list[Box]  # of the rows
    spanning: frozenset[int]  # the columns in which a cell spans rows


def find_tables(sheet: Any) -> tuple[list[RuledTable], list[Char]]:
    """The tables of a page, and the characters that stand outside of them."""
    from pdfplumber.table import TableFinder

    if len(sheet.edges) < 4 or is_drawing(sheet.edges) or len({edge["orientation"] for edge in sheet.edges}) < 2:
        return [], list(sheet.chars)
    tables: list[RuledTable] = []
    rest: list[Char] = list(sheet.chars)
    for found in TableFinder(sheet).tables:
        if len(found.rows) < 2 or max(len(row.cells) for row in found.rows) < 2:
            continue
        x0, top, x1, bottom = found.bbox
        inside = [c for c in rest if x0 <= (c["x0"] + c["x1"]) / 2 <= x1 and top <= (c["top"] + c["bottom"]) / 2 <= bottom]
        table = _read(found, inside)
        if table is not None:
            taken = set(map(id, inside))
            rest = [c for c in rest if id(c) not in taken]
            tables.append(table)
    return tables, rest


def is_drawing(edges: Sequence[Char]) -> bool:
    """Whether a page has more rules than a table has."""
    if len(edges) > _MOST_EDGES:
        return True
    levels = {round(edge["top"] / 3) for edge in edges if edge["orientation"] == "h"}
    uprights = {round(edge["x0"] / 3) for edge in edges if edge["orientation"] == "v"}
    return len(levels) * len(uprights) > _MOST_CROSSINGS


def _read(found: Any, chars: Sequence[Char]) -> RuledTable | None:
    """The table that a grid of cells makes, None where it is a mere frame or drawing."""
    grid = [row.cells for row in found.rows]
    in_cell = _by_cell([cell for row in grid for cell in row if cell is not None], chars)
    texts: list[list[str | None]] = [[None if cell is None else cell_text(in_cell.get(cell, []), cell) for cell in row] for row in grid]
    if sum(bool(text) for row in texts for text in row) < _FILLED * sum(map(len, texts)):
        return None
    lefts = sorted({cell[0] for row in grid for cell in row if cell is not None})
    spanning: set[int] = set()
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if cell is None and c < len(lefts):
                texts[r][c], spans = _from_above(found, texts, r, lefts[c])
                if spans:
                    spanning.add(c)
    boxes = [_rounded(row.bbox) for row in found.rows]
    return RuledTable(_rounded(found.bbox), texts, boxes, frozenset(spanning))


def _by_cell(cells: Sequence[Box], chars: Sequence[Char]) -> dict[Box, list[Char]]:
    """The characters of each cell."""
    by_row: dict[tuple[float, float], list[Box]] = {}
    for cell in cells:
        by_row.setdefault((cell[1], cell[3]), []).append(cell)
    found: dict[Box, list[Char]] = {}
    last: Box | None = None
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if last is None or not (last[0] <= x < last[2] and last[1] <= y < last[3]):
            last = next((cell for (top, bottom), row in by_row.items() if top <= y < bottom for cell in row if cell[0] <= x < cell[2]), None)
        if last is not None:
            found.setdefault(last, []).append(char)
    return found


def cell_text(chars: Sequence[Char], cell: Box) -> str:
    """What stands in a cell; a line end stays only where the line stops short of the cell's side."""
    if not chars:
        return ""
    turned = [char for char in chars if not char["upright"]]
    if len(turned) > 0.5 * len(chars):
        return _turned_text(turned)
    lines = print_lines([char for char in chars if char["upright"]])
    room = max([cell[2] - cell[0] - 2 * _PADDING, *(line.box[2] - line.box[0] for line in lines)])
    text = ""
    for i, line in enumerate(lines):
        text += line.text
        if i + 1 < len(lines):
            text += "\n" if _stops_short(line, lines[i + 1], room) else _seam(line.text, lines[i + 1].text)
    return text


def _stops_short(line: PrintLine, following: PrintLine, room: float) -> bool:
    """Whether the first word of the next line would have found room in this one."""
    return line.box[2] - line.box[0] + 1.6 * following.size < room and len(line.text) > 1


def _seam(before: str, after: str) -> str:
    latin = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return " " if latin else ""


def _turned_text(chars: Sequence[Char]) -> str:
    """Print that runs up or down a cell."""
    upwards = sum(char.get("turn") == 1 for char in chars) > 0.5 * len(chars)
    if upwards:
        ordered = sorted(chars, key=lambda char: (round(char["x0"] / char["size"]), -char["bottom"]))
    else:
        ordered = sorted(chars, key=lambda char: (-round(char["x0"] / char["size"]), char["top"]))
    return "".join(char["text"] for char in ordered)


def _from_above(found: Any, texts: Sequence[Sequence[str | None]], r: int, x: float) -> tuple[str | None, bool]:
    """The text of the cell of an earlier row that reaches down to row `r` at `x`, and whether there is one that begins there."""
    _, top, _, bottom = found.rows[r].bbox
    middle = (top + bottom) / 2
    for above in range(r - 1, -1, -1):
        for text, cell in zip(texts[above], found.rows[above].cells, strict=True):
            if cell is not None and cell[0] - 1 <= x < cell[2] - 1 and cell[3] > middle:
                return (text, True) if abs(cell[0] - x) <= 1 else (None, False)
    return None, False


def _rounded(box: Sequence[float]) -> Box:
    x0, top, x1, bottom = (round(float(value), 1) for value in box)
    return (x0, top, x1, bottom)
