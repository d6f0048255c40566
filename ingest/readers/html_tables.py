"""Tables of a web page: those that hold data made grids, those that only lay the page out told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from ingest.normalize import squeeze
from ingest.readers.tables import LONGEST_KNOWN_HEAD
from ingest.webpage import is_label

MOST_COLUMNS = 200
MOST_CELLS = 400_000  # of a grid; merged cells of a hostile page multiply
BOXED = 0.7  # of a table's words in one cell: a page's column, where they are many
MANY_WORDS = 500
MANY_PARAGRAPHS = 5
MOST_HEADS = 3  # rows of heads
_GROUPS = ("tbody", "thead", "tfoot")
_HEAD_WORDS = 20  # characters of a cell in the row of heads


class Kind(Enum):
    """What a table of a page is there for."""

    DATA = "data"
    LABELS = "labels"  # 索引号, 发文机关, 发文字号 …: a label and its value
    LAYOUT = "layout"


def rows_of(table: Any) -> list[Any]:
    """The rows of a table in the order shown: the head's first, the foot's last; rows of tables inside it are not its own."""
    rows: dict[str, list[Any]] = {"thead": [], "tbody": [], "tfoot": []}
    for child in table:
        if child.tag == "tr":
            rows["tbody"].append(child)
        elif child.tag in _GROUPS:
            rows[child.tag].extend(row for row in child if row.tag == "tr")
    return [*rows["thead"], *rows["tbody"], *rows["tfoot"]]


def cells_of(row: Any) -> list[Any]:
    """The cells of a row; a form's tags between them, as 2000s pages have them, are looked through."""
    found: list[Any] = []
    for child in row:
        if child.tag in ("td", "th"):
            found.append(child)
        elif child.tag == "form":
            found.extend(cell for cell in child if cell.tag in ("td", "th"))
    return found


def words_of(cell: Any) -> str:
    """What stands in a cell, without blanks."""
    return "".join("".join(cell.itertext()).split())


def kind_of(table: Any) -> Kind:
    """What a table is there for."""
    if table.get("role") in ("presentation", "none"):
        return Kind.LAYOUT
    rows = [[words_of(cell) for cell in cells_of(row)] for row in rows_of(table)]
    rows = [row for row in rows if any(row)]
    filled = [sum(map(bool, row)) for row in rows]
    if not rows or max(filled) < 2:
        return Kind.LAYOUT
    if any(words_of(inner) for inner in table.iterfind(".//table")) and not (len(rows) >= 3 and sum(count >= 3 for count in filled) >= 0.6 * len(rows)):
        return Kind.LAYOUT
    if _holds_labels(rows):
        return Kind.LABELS
    headed = len(rows) > 1 and filled[0] >= 2 and all(0 < len(word) <= _HEAD_WORDS for word in rows[0])
    return Kind.LAYOUT if not headed and _is_column(table) else Kind.DATA


def _is_column(table: Any) -> bool:
    """Whether one cell holds nearly all words of a table, and more than a cell of data does: it is a column of the page."""
    cells = [cell for row in rows_of(table) for cell in cells_of(row)]
    longest = max(cells, key=lambda cell: len(words_of(cell)))
    words = len(words_of(longest))
    paragraphs = sum(1 for part in longest.iter("p", "br", "div", "h1", "h2", "h3", "li"))
    return words > BOXED * sum(len(words_of(cell)) for cell in cells) and (words > MANY_WORDS or paragraphs >= MANY_PARAGRAPHS)


def _holds_labels(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table is that of a page's data: most rows begin with a label of those, and its value is no head of a column."""
    labelled = sum(bool(row) and is_label(squeeze(row[0]).text) for row in rows)
    return labelled >= max(2, 0.6 * len(rows)) or (len(rows) == 1 and labelled == 1 and sum(is_label(squeeze(word).text) for word in rows[0]) == len(rows[0]) / 2)


def pairs_of(table: Any, write: Callable[[Any], str]) -> list[str]:
    """The lines of a table of labels: each label with its value, those without a value left out."""
    lines: list[str] = []
    for row in rows_of(table):
        label = ""
        for text in (" ".join(write(cell).split("\n")).strip() for cell in cells_of(row)):
            if is_label(squeeze(text).text):
                label = text
            elif text:
                lines.append(f"{label}{'' if not label or label.endswith(('：', ':')) else '：'}{text}")
                label = ""
    return lines


def marked_heads(table: Any) -> int:
    """How many of the first rows the page marks as heads of columns; a page that marks its data so is not believed."""
    rows = rows_of(table)
    marked = 0
    for row in rows:
        cells = cells_of(row)
        by_tag = row.getparent().tag == "thead" or (bool(cells) and all(cell.tag == "th" for cell in cells))
        words = [words_of(cell) for cell in cells]
        if not by_tag or sum(map(bool, words)) < 2 or any("。" in word or len(word) > LONGEST_KNOWN_HEAD for word in words):
            break
        marked += 1
    return marked if marked <= MOST_HEADS and 2 * marked <= len(rows) else 0


def grid_of(table: Any, write: Callable[[Any], str]) -> list[list[str | None]]:
    """The rows of a data table with as many cells each: None is a cell spanned by the one to its left, rows spanned repeat their cell."""
    rows = rows_of(table)
    hanging: dict[int, tuple[int, str | None]] = {}  # column: rows still to fill, text
    grid: list[list[str | None]] = []
    count = 0
    for at, row in enumerate(rows):
        line: list[str | None] = []
        for cell in cells_of(row):
            _fill(line, hanging)
            across = max(1, min(_span(cell, "colspan"), MOST_COLUMNS - len(line)))
            down = _span(cell, "rowspan") or len(rows) - at  # 0: to the end of the table
            text = write(cell)
            for column in range(across):
                value = text if column == 0 else None
                if down > 1:
                    hanging[len(line)] = (min(down, len(rows) - at) - 1, value)
                line.append(value)
        _fill(line, hanging)
        if any(column >= len(line) for column in hanging):  # a short row over which later columns hang
            for column in range(len(line), max(hanging) + 1):
                line.append(_take(hanging, column) if column in hanging else "")
        count += len(line)
        if count > MOST_CELLS:
            break
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    return [[*line, *[""] * (width - len(line))] for line in grid]


def _fill(line: list[str | None], hanging: dict[int, tuple[int, str | None]]) -> None:
    """Put to a row the cells that hang down into it at its end."""
    while len(line) in hanging:
        line.append(_take(hanging, len(line)))


def _take(hanging: dict[int, tuple[int, str | None]], column: int) -> str | None:
    left, text = hanging.pop(column)
    if left > 1:
        hanging[column] = (left - 1, text)
    return text


def _span(cell: Any, name: str) -> int:
    """How many columns or rows a cell spans, as far as that is a number."""
    text = (cell.get(name) or "1").strip().rstrip("%")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
