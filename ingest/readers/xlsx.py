"""XLSX: the tables of a workbook (任务分工表, 指标表), each row with the heads of its columns, title and unit line above them.

The `paragraph` of a line is the row's number as the sheet shows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.lines import Line, Reading
from ingest.normalize import squeeze
from ingest.readers.cells import join_items
from ingest.readers.ooxml import Package
from ingest.readers.tables import as_rows
from ingest.readers.xlsx_sheet import Sheet, Workbook, fill_merged

_NAMELESS = re.compile(r"^(?:sheet|工作表|表)\s*\d*$", re.IGNORECASE)

Row = tuple[int, list[str | None]]


def _rows(sheet: Sheet) -> list[Row]:
    """The rows of a sheet from left to right, without hidden columns and those that hold nothing."""
    filled = fill_merged(sheet)
    columns = sorted({column for row in filled.values() for column, text in row.items() if text} - sheet.hidden_columns)
    found: list[Row] = []
    for at, row in sorted(filled.items()):
        cells = [row.get(column, "") for column in columns]
        if any(cells):
            found.append((at, [cell and join_items(cell.split("\n")) for cell in cells]))
    return found


def _groups(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows parted where the sheet leaves one empty."""
    groups: list[list[Row]] = []
    for row in rows:
        if not groups or row[0] > groups[-1][-1][0] + 1:
            groups.append([])
        groups[-1].append(row)
    return groups


def _filled(row: Row) -> list[str]:
    return [cell for cell in row[1] if cell]


def _is_note(row: Row) -> bool:
    """Whether a row under a table is a remark: one cell, over the whole width or beginning as remarks do."""
    filled = _filled(row)
    return len(filled) == 1 and (row[1].count(None) >= len(row[1]) - 1 > 0 or re.match(r"(?:备?注|说明|填[表报]\S{0,4})[：:\d]", filled[0]) is not None)


def _line(row: Row) -> Line:
    return Line("\u3000".join(_filled(row)), paragraph=row[0], ends_paragraph=True)


def _table(rows: Sequence[Row], columns: tuple[str, ...]) -> list[Line]:
    """The rows of a table; `columns` are the heads of the one above it, which hold where it has none of its own."""
    texts = [cells for _, cells in rows]
    boxes = [(float(at), 0.0, 0.0, 0.0) for at, _ in rows]  # only to lead each line back to its row
    found = as_rows(texts, boxes=boxes)
    if columns and not any(line.columns for line in found) and len(columns) == len(texts[0]):
        found = as_rows(texts, columns=columns, boxes=boxes)
    return [replace(line, paragraph=int(line.box[0]) if line.box else None, box=None) for line in found]


def _sheet_lines(rows: Sequence[Row]) -> list[Line]:
    """The lines of a sheet: rows with one filled cell above and below a table are lines of text, the rest its rows."""
    lines: list[Line] = []
    columns: tuple[str, ...] = ()
    for group in _groups(rows):
        start, end = 0, len(group)
        while start < end and len(_filled(group[start])) == 1:
            start += 1
        while end > start and _is_note(group[end - 1]):
            end -= 1
        lines.extend(map(_line, group[:start]))
        if start < end:
            table = _table(group[start:end], columns)
            columns = next((line.columns for line in reversed(table) if line.columns), ())
            lines.extend(table)
        lines.extend(map(_line, group[end:]))
    return lines


def _warnings(book: Workbook, sheets: Sequence[Sheet]) -> list[str]:
    """What a person must know: what was passed over, and what the file does not keep."""
    found = [f"the hidden sheet {name} was not read" for name in book.hidden]
    for sheet in sheets:
        if sheet.hidden_rows:
            found.append(f"{len(sheet.hidden_rows)} hidden rows of the sheet {sheet.name} were not read")
        if sheet.hidden_columns and any(sheet.hidden_columns & row.keys() for row in sheet.rows.values()):
            found.append(f"hidden columns of the sheet {sheet.name} were not read")
        if sheet.unknown:
            found.append(f"{sheet.unknown} formulas of the sheet {sheet.name} have no stored value; open the workbook in Excel or WPS and save it")
        if sheet.cut:
            found.append(f"the sheet {sheet.name} is larger than can be read; its last rows or columns were left out")
    return found


def read_lines(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """The lines of a workbook: its visible sheets in order, a line a row; the sheet's name before it where there are several."""
    book = Workbook(Package(data, path, limits))
    sheets = [book.read(name, part) for name, part in book.sheets]
    shown = [(sheet, rows) for sheet in sheets if (rows := _rows(sheet))]
    lines: list[Line] = []
    for i, (sheet, rows) in enumerate(shown):
        found = _sheet_lines(rows)
        own = squeeze(found[0].text).text if found and not found[0].cells else ""
        named = not _NAMELESS.match(sheet.name.strip()) and squeeze(sheet.name).text != own
        if len(shown) > 1 and named and (i or not own):
            lines.append(Line(sheet.name, paragraph=rows[0][0], heading=1, ends_paragraph=True))
        lines.extend(found)
    return Reading(lines, warnings=tuple(_warnings(book, sheets)))
