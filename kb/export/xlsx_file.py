"""XLSX: the ledger with a frozen head, filters and widths; every text is a string, whatever it starts with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import IO

from kb.deadlines import Due
from kb.export.ledger import COLUMNS, ledger, once

WIDTHS = (6, 52, 16, 24, 24, 22, 28, 48, 10)
_LINE = 14.0  # points of a line
_HIGHEST = 400.0  # Excel's own limit is 409
_LONGEST = 32_767  # characters of one cell


def _height(row: Sequence[object]) -> float:
    """The height of a row whose cells wrap, in points: programs other than Excel take it from the file."""
    # A Chinese character takes three bytes and two columns, a Latin one a byte and a column.
    lines = max(-(-(len(text) + len(text.encode(errors="replace"))) // (2 * width - 2)) for text, width in zip(map(str, row), WIDTHS, strict=True))
    return min(_HIGHEST, _LINE * max(lines, 1) + 2)


def ledger_xlsx(rows: Iterable[Due], title: str = "督办台账") -> bytes:
    """The ledger as a workbook, whole."""
    out = BytesIO()
    write_ledger_xlsx(once(rows), out, title)
    return out.getvalue()


def write_ledger_xlsx(rows: Iterable[Due], out: IO[bytes], title: str = "督办台账") -> None:
    """The ledger as a workbook, row by row: however long it is, it takes the same memory."""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(title)
        head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "font_name": "宋体", "font_size": 11})
        cell = book.add_format({"border": 1, "valign": "top", "text_wrap": True, "font_name": "宋体", "font_size": 10})
        for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        last = 0
        for last, row in enumerate(ledger(rows), start=1):
            sheet.set_row(last, _height(row))
            sheet.write_number(last, 0, row[0], cell)
            for sizes in (sheet.row_info, sheet.row_sizes):
                sizes.pop(last - 2, None)  # written already; the library would keep the heights of all rows
            for column, value in enumerate(row[1:], start=1):
                sheet.write_string(last, column, str(value)[:_LONGEST], cell)
        sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
        sheet.print_area(0, 0, last, len(COLUMNS) - 1)
