"""Printed pages of any format (PDF, OFD, scans): lines with boxes, paragraphs by indent and right margin, tables by rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.lines import Box, Line
from ingest.normalize import clean
from ingest.readers.tables import as_rows

_EDGE = 0.09  # share of the page's height at its top and foot where running heads and page numbers stand
_PAGE_NUMBER = re.compile(r"^[—–\-－─\s]*\d{1,4}[—–\-－─\s]*$|^\d{1,3}\s*/\s*\d{1,3}$|^第\s*\d+\s*页.*$")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed on one page, in points from its upper left corner.

    `chars` and `edges` are dictionaries as pdfplumber makes them, in reading order: a character has text, x0, x1, top,
    bottom, doctop, size, fontname, upright; an edge of a rule has x0, x1, top, bottom, width, height, orientation
    ("h" or "v"), object_type.
    """

    number: int  # from 1
    width: float
    height: float
    chars: list[dict[str, Any]]
    edges: list[dict[str, Any]]

    @property
    def bbox(self) -> Box:
        """The page's own box."""
        return (0.0, 0.0, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, in reading order, with its measures in points."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


def read_sheet(sheet: Sheet) -> Page:
    """The lines and table rows of a page from top to foot."""
    from pdfplumber.table import TableFinder
    from pdfplumber.utils import chars_to_textmap

    tables = [(table, rows) for table in TableFinder(sheet).tables if (rows := _table_rows(table))] if sheet.edges else []
    boxes = [table.bbox for table, _ in tables]

    def outside(obj: dict[str, Any]) -> bool:
        x, y = (obj["x0"] + obj["x1"]) / 2, (obj["top"] + obj["bottom"]) / 2
        return not any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in boxes)

    rest = [char for char in sheet.chars if outside(char)] if boxes else sheet.chars
    found: list[tuple[float, list[Line]]] = []
    for line in chars_to_textmap(rest, x_tolerance=3, y_tolerance=3).extract_text_lines(return_chars=True) if rest else ():
        found.append((line["top"], [_line(line, sheet.number)]))
    for table, rows in tables:
        row_boxes = [_box(row.bbox) for row in table.rows]
        found.append((table.bbox[1], as_rows(rows, page=sheet.number, boxes=row_boxes)))
    lines = [line for _, group in sorted(found, key=lambda pair: pair[0]) for line in group]
    return Page(sheet.number, sheet.width, sheet.height, tuple(line for line in lines if line.cells or line.text.strip()))


def join_pages(pages: Sequence[Page]) -> list[Line]:
    """The lines of all pages without page numbers and running heads, each told whether its paragraph ends with it."""
    return _join_pages(_drop_edges(pages))


def _table_rows(table: Any) -> list[list[str | None]]:
    """The rows of a table, none where its ruled cells are a mere frame: two rows and columns, mostly filled.

    A cell that spans rows stands in each; what a cell spans to the right is None.
    """
    if len(table.rows) < 2 or max(len(row.cells) for row in table.rows) < 2:
        return []
    texts: list[list[str | None]] = table.extract()
    if sum(bool(cell and cell.strip()) for row in texts for cell in row) < 0.3 * sum(map(len, texts)):
        return []
    lefts = sorted({cell[0] for row in table.rows for cell in row.cells if cell is not None})
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            if cell is None and c < len(lefts):
                texts[r][c] = _spanning(table, texts, r, lefts[c])
    return texts


def _spanning(table: Any, texts: Sequence[Sequence[str | None]], r: int, x: float) -> str | None:
    """The text of the cell of an earlier row that reaches down to row `r` at `x`."""
    _, top, _, bottom = table.rows[r].bbox
    middle = (top + bottom) / 2
    for above in range(r - 1, -1, -1):
        for text, cell in zip(texts[above], table.rows[above].cells, strict=True):
            if cell is not None and cell[0] - 1 <= x < cell[2] - 1 and cell[3] > middle:
                return text if abs(cell[0] - x) <= 1 else None
    return None


def _box(bbox: Sequence[float]) -> Box:
    x0, top, x1, bottom = (round(float(value), 1) for value in bbox)
    return (x0, top, x1, bottom)


def _line(line: dict[str, Any], page: int) -> Line:
    chars = line["chars"]
    sizes = Counter(round(float(char["size"]), 1) for char in chars)
    bold = sum("Bold" in str(char.get("fontname")) or "Hei" in str(char.get("fontname")) for char in chars) > 0.8 * len(chars)
    return Line(line["text"], page, _box((line["x0"], line["top"], line["x1"], line["bottom"])), bold=bold, size=sizes.most_common(1)[0][0])


def _drop_edges(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers and the heads and feet that stand on most of them."""

    def at_edge(page: Page, line: Line) -> bool:
        return line.box is not None and (line.box[1] < page.height * _EDGE or line.box[3] > page.height * (1 - _EDGE))

    def shape(line: Line) -> str:
        return re.sub(r"\d+", "0", clean(line.text))

    edges = Counter(text for page in pages for text in {shape(line) for line in page.lines if not line.cells and at_edge(page, line)})
    running = {text for text, count in edges.items() if count >= 3 or (count >= 2 and len(pages) <= 3 and len(text) > 12)}
    kept = []
    for page in pages:
        lines = tuple(
            line
            for line in page.lines
            if line.cells or not ((at_edge(page, line) and shape(line) in running) or (_PAGE_NUMBER.match(line.text.strip()) and line.box and line.box[3] > page.height * 0.85))
        )
        kept.append(replace(page, lines=lines))
    return kept


def _join_pages(pages: Sequence[Page]) -> list[Line]:
    """All lines, each told whether its paragraph goes on in the next one."""
    lines: list[Line] = []
    measures: list[tuple[float, float]] = []
    columns: tuple[str, ...] = ()
    overall = _margins([line for page in pages for line in page.lines])
    for page in pages:
        margins = _margins(page.lines) if sum(not line.cells for line in page.lines) >= 6 else overall
        carrying = bool(lines) and bool(lines[-1].cells)  # the table of the page before may go on
        top = carrying
        for line in page.lines:
            carrying = carrying and bool(line.cells)
            if line.cells and top:
                carried = _carried_row(lines, line, columns)
                if carried is not None:
                    lines[-1:] = carried
                    continue
                top = False
            if line.cells:
                own = line.columns or (columns if carrying and len(columns) == len(line.cells) else ())
                columns = own or line.cells
                line = replace(line, columns=own)
            lines.append(_placed(line, page, margins))
            measures.append(margins)
    return [_ended(line, lines[i + 1] if i + 1 < len(lines) else None, measures[i], measures[i + 1] if i + 1 < len(lines) else measures[i]) for i, line in enumerate(lines)]


def _carried_row(lines: Sequence[Line], row: Line, columns: tuple[str, ...]) -> list[Line] | None:
    """For a row at a page's top: the row before it, joined with this one where that carries it on or repeats the heads."""
    before = lines[-1]
    if columns and row.cells == columns:
        return [before]
    if len(row.cells) == len(before.cells) and not row.cells[0] and before.cells[0] and before.columns:
        return [replace(before, cells=tuple(a + b for a, b in zip(before.cells, row.cells, strict=True)))]
    return None


def _margins(lines: Sequence[Line]) -> tuple[float, float]:
    """The left and right edge of the running text."""
    boxes = [line.box for line in lines if line.box and not line.cells]
    if not boxes:
        return (0.0, 0.0)
    lefts = Counter(round(box[0]) for box in boxes)
    common = [x for x, count in lefts.items() if count >= max(2, 0.12 * len(boxes))]
    left = min(common) if common else min(lefts)
    rights = sorted(box[2] for box in boxes)
    return float(left), float(rights[int(len(rights) * 0.8)])


def _placed(line: Line, page: Page, margins: tuple[float, float]) -> Line:
    """A line with what its place on the page tells: centred or indented."""
    if line.cells or line.box is None:
        return line
    left, right = margins
    size = line.size or 12.0
    x0, _, x1, _ = line.box
    middle = abs((x0 + x1) / 2 - (left + right) / 2) < size * 1.2
    indent = x0 - left
    centred = middle and indent > size * 0.4 and not (abs(indent - 2 * size) < size * 0.35 and x1 >= right - 1.5 * size)
    return replace(line, centred=centred, indented=indent > size * 1.2)


def _ended(line: Line, following: Line | None, own: tuple[float, float], next_margins: tuple[float, float]) -> Line:
    """A line told whether its paragraph ends with it: it stops short, or the next one is indented."""
    if line.cells or following is None or following.cells or line.box is None or following.box is None:
        return replace(line, ends_paragraph=True)
    size = line.size or 12.0
    other = abs((following.size or size) - size) > 0.12 * size
    short = line.box[2] < own[1] - 2.2 * size
    gap = line.page == following.page and following.box[1] - line.box[3] > 2.2 * size
    if line.centred and following.centred and not other and not gap and line.size and line.size > 17.5:
        return replace(line, ends_paragraph=True)
    fresh = following.indented and following.box[0] - next_margins[0] > size * 1.2
    return replace(line, ends_paragraph=short or fresh or gap or other and line.page == following.page)
