"""Printed pages of any format (PDF, OFD, scans): lines with boxes, paragraphs by indent and right margin, tables by rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.lines import Box, Line
from ingest.readers.aligned import find_aligned
from ingest.readers.furniture import without_furniture
from ingest.readers.glyph_lines import PrintLine, parts, print_lines
from ingest.readers.ruled import find_tables
from ingest.readers.table_pages import TableOverPages
from ingest.readers.tables import as_rows
from ingest.titles import ends_as_title

# What stands in the head of a notice beside something else (GB/T 9704-2012, 7.2): 份号, 密级, 紧急程度, 发文字号, 签发人.
_HEAD_PART = re.compile(r"^(?:(?:份号[：:]?|№\s*)?\d{6}|(?:密级[：:]?)?(?:绝密|机密|秘密)(?:[★☆*].*)?|(?:紧急程度[：:]?)?(?:特急|加急|特提|平急|急件|等级.*)|签发人[：:]?.*|[\u4e00-\u9fffA-Za-z]{1,20}\s*[〔\[［（(【]\s*(?:19|20)\d{2}\s*[〕\]］）)】]\s*第?\s*\d{1,5}\s*号|.*明电.*)$")
# An address, a code or a row of Latin names, which programs do not part at a line's end.
_WORD = re.compile(r"(?:[A-Za-z0-9@._/:+-]+、)*[A-Za-z0-9@._/:+-]{6,}(?<=[A-Za-z])|(?:[A-Za-z0-9]+、)+[A-Za-z0-9]+")
_MARK, _RED_MARK = 27.0, 19.0  # points: larger letters, or red ones, are a 发文机关标志, an organ a line
_HEAD = 0.5  # share of the first page within which the head ends


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
    spanning: frozenset[int] = frozenset()  # columns of its first table in which cells span rows


def read_sheet(sheet: Sheet) -> Page:
    """The lines and table rows of a page from top to foot."""
    tables, rest = find_tables(sheet)
    found: list[tuple[float, list[Line]]] = []
    lowest = 0.0
    aligned, plain = find_aligned(print_lines([char for char in rest if char["upright"]]))
    tables = [*tables, *aligned]
    for line in plain:
        lowest = max(lowest, line.box[1])  # the lines' own order stays, also where one begins higher than that before it
        found.append((lowest, _lines(line, sheet)))
    for table in tables:
        found.append((table.box[1], as_rows(table.rows, page=sheet.number, boxes=table.boxes)))
    lines = [line for _, group in sorted(found, key=lambda pair: pair[0]) for line in group]
    return Page(sheet.number, sheet.width, sheet.height, tuple(lines), tables[0].spanning if tables else frozenset())


def _lines(line: PrintLine, sheet: Sheet) -> list[Line]:
    """The line, parted where two things of a notice's head stand on it."""
    if line.gaps and sheet.number == 1 and line.box[3] < sheet.height * _HEAD:
        pieces = parts(line)
        if all(_HEAD_PART.match(text) for text, _ in pieces):
            return [Line(text, sheet.number, _box(box), bold=line.bold, size=line.size) for text, box in pieces]
    return [Line(line.text, sheet.number, _box(line.box), bold=line.bold, size=line.size, letterhead=_is_letterhead(line, sheet))]


def _is_letterhead(line: PrintLine, sheet: Sheet) -> bool:
    """Whether a line is set as a 发文机关标志 is: at the head of the first page, in letters larger than a title's, or large and red."""
    if sheet.number > 1 or line.box[3] > sheet.height * _HEAD or ends_as_title("".join(line.text.split()), strict=True):
        return False
    red = sum(bool(char.get("red")) for char in line.chars) > 0.8 * len(line.chars)
    return line.size > (_RED_MARK if red else _MARK)


def _box(bbox: Sequence[float]) -> Box:
    x0, top, x1, bottom = (round(float(value), 1) for value in bbox)
    return (x0, top, x1, bottom)


def join_pages(pages: Sequence[Page]) -> list[Line]:
    """The lines of all pages without page numbers and running heads, each told whether its paragraph ends with it."""
    lines: list[Line] = []
    measures: list[tuple[float, float]] = []
    table = TableOverPages()
    pages = [replace(page, lines=kept) for page, kept in zip(pages, without_furniture(pages), strict=True)]
    overall = _margins([line for page in pages for line in page.lines])
    for page in pages:
        margins = _margins(page.lines) if sum(not line.cells for line in page.lines) >= 6 else overall
        table.turn_page(page.spanning)
        for line in page.lines:
            taken = table.take(line)
            if taken is None:
                continue
            if table.carried:
                lines[-1] = taken
            else:
                lines.append(_placed(taken, page, margins))
                measures.append(margins)
    last = len(lines) - 1
    return [_ended(line, lines[i + 1] if i < last else None, measures[i], measures[min(i + 1, last)]) for i, line in enumerate(lines)]


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


def _first_word(line: Line) -> float:
    """The width in points of a word of Latin letters that opens a line and is not parted (an address, a code); 0 where none does."""
    word = _WORD.match(line.text)
    if word is None or line.box is None:
        return 0.0
    return (line.box[2] - line.box[0]) * _width(word[0]) / _width(line.text)


def _width(text: str) -> int:
    """Half-width columns that a text takes."""
    return sum(1 if char.isascii() else 2 for char in text)


def _ended(line: Line, following: Line | None, own: tuple[float, float], next_margins: tuple[float, float]) -> Line:
    """A line told whether its paragraph ends with it: it stops short, or the next one is indented."""
    if line.cells or following is None or following.cells or line.box is None or following.box is None:
        return replace(line, ends_paragraph=True)
    size = line.size or 12.0
    other = abs((following.size or size) - size) > 0.12 * size
    short = line.box[2] + _first_word(following) < own[1] - 2.2 * size
    gap = line.page == following.page and following.box[1] - line.box[3] > 2.2 * size
    if line.letterhead or line.centred and following.centred and not other and not gap and size > 17.5:
        return replace(line, ends_paragraph=True)
    if not short and not gap and not other and any(line.text.rfind(left) > line.text.rfind(right) for left, right in ("《》", "〈〉")):
        return replace(line, ends_paragraph=False)  # the name of a document goes on, wherever the next line begins
    fresh = following.indented and following.box[0] - next_margins[0] > size * 1.2
    return replace(line, ends_paragraph=short or fresh or gap or other and line.page == following.page)
