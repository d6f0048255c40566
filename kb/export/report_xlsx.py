"""A report as an XLSX workbook: the summary, then a sheet for each table; every text is a string, whatever it starts with."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from kb.export.columns import printable
from kb.export.report import Cell, Report, Sheet, words

_WIDTH = 150.0  # characters of all columns together
_LINE = 14.0  # points of a line
_HIGHEST = 400.0  # Excel's own limit is 409
_LONGEST = 32_000  # characters of one cell; Excel's own limit is 32,767
_FILL = {"high": "#F8D7DA", "medium": "#FFF3CD", "low": "#F2F2F2"}
_NOT_IN_A_NAME = str.maketrans("", "", "[]:*?/\\'")


def report_xlsx(report: Report) -> bytes:
    """The whole workbook."""
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        styles = _styles(book)
        _write_summary(book, report, styles)
        for sheet in report.tables:
            _write_sheet(book, sheet, styles)
    return out.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": "宋体", "font_size": 10, "valign": "top", "text_wrap": True}
    styles = {f"cell{tone}": book.add_format(base | {"border": 1} | ({"bg_color": fill} if fill else {})) for tone, fill in {"": "", **_FILL}.items()}
    return styles | {
        "head": book.add_format(base | {"border": 1, "bold": True, "bg_color": "#DDE6F0", "align": "center", "valign": "vcenter", "font_size": 11}),
        "title": book.add_format({"font_name": "黑体", "font_size": 16, "text_wrap": True, "valign": "vcenter"}),
        "text": book.add_format(base | {"font_size": 11}),
        "mark": book.add_format({"font_name": "宋体", "font_size": 10, "bold": True, "font_color": "#C00000", "underline": 1}),
        "plain": book.add_format({"font_name": "宋体", "font_size": 10}),
    }


def _write_summary(book: Any, report: Report, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet("汇总")
    sheet.set_column(0, 0, 110)
    sheet.set_row(0, 26 * max(1, -(-len(report.title) // 34)) + 6)
    sheet.write_string(0, 0, printable(report.title)[:_LONGEST], styles["title"])
    for row, line in enumerate(report.summary, 1):
        sheet.set_row(row, _LINE * 1.2 * max(1, -(-len(line) // 52)) + 2)
        sheet.write_string(row, 0, printable(line)[:_LONGEST], styles["text"])
    _lay_out(sheet)


def _write_sheet(book: Any, table: Sheet, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet(table.name.translate(_NOT_IN_A_NAME)[:31])
    whole = sum(share for _, share in table.heads)
    widths = [_WIDTH * share / whole for _, share in table.heads]
    for column, ((name, _), width) in enumerate(zip(table.heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, styles["head"])
    for number, row in enumerate(table.rows, 1):
        lines = max((_lines(words(cell), width) for cell, width in zip(row.cells, widths, strict=True)), default=1)
        sheet.set_row(number, min(_HIGHEST, _LINE * lines + 2))
        for column, cell in enumerate(row.cells):
            _write_cell(sheet, number, column, cell, styles, styles[f"cell{row.tone}"] if column == 0 else styles["cell"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
    sheet.repeat_rows(0)
    _lay_out(sheet)


def _lines(text: str, width: float) -> int:
    return sum(max(1, -(-sum(2 if ord(char) > 0x2E7F else 1 for char in line) // max(int(width) - 1, 1))) for line in text.split("\n"))


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, styles: dict[str, Any], style: Any) -> None:
    """A cell with its marked words in red; rich strings need two fragments at least, and none of them empty."""
    text = printable(words(cell))
    pieces = [(printable(piece.text), piece.differs) for piece in cell]
    pieces = [(piece, differs) for piece, differs in pieces if piece]
    if len(pieces) < 2 or len(text) > _LONGEST or not any(differs for _, differs in pieces):
        sheet.write_string(row, column, text[:_LONGEST], style)
        return
    fragments: list[Any] = []
    for piece, differs in pieces:
        fragments += [styles["mark" if differs else "plain"], piece]
    sheet.write_rich_string(row, column, *fragments, style)


def _lay_out(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.fit_to_pages(1, 0)
