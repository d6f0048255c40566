"""A report as a Word file in the manner of official documents: the page, fonts and numbers of GB/T 9704-2012, real tables.

Measures of the standard: A4, upper edge 37 mm, left 28 mm, the text 156 × 225 mm; the title in 2号 小标宋, text in 3号 仿宋,
headings in 3号 黑体, page numbers in 4号 半角宋体 with dashes beside them. Where a font is not installed, Word takes another.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from kb.export.columns import printable
from kb.export.report import Cell, Report, Sheet

_TOP, _BOTTOM, _LEFT, _RIGHT = 37, 35, 28, 26  # mm
_LONG, _SHORT = 297, 210  # mm of A4
TITLE_FONT, TEXT_FONT, HEADING_FONT, NUMBER_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体", "宋体"
_TITLE, _TEXT, _NUMBER, _CELL = 22.0, 16.0, 14.0, 10.5  # points: 2号, 3号, 4号, 5号
_SPACING = 28.0  # points from line to line
_MARK = "C00000"
_NUMERALS = "一二三四五六七八九十"


def report_docx(report: Report) -> bytes:
    """The whole file: the summary upright, the tables on broad pages."""
    import docx
    from docx.enum.section import WD_ORIENT, WD_SECTION

    document = docx.Document()
    _base_style(document)
    _page(document.sections[0], upright=True)
    _paragraph(document, report.title, TITLE_FONT, _TITLE, centred=True)
    for line in report.summary:
        _paragraph(document, line, TEXT_FONT, _TEXT, indent=True)
    if report.tables:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        _page(section, upright=False)
    for number, sheet in enumerate(report.tables):
        _paragraph(document, f"{_NUMERALS[number % 10]}、{sheet.name}", HEADING_FONT, _TEXT, indent=True)
        if sheet.note:
            _paragraph(document, sheet.note, TEXT_FONT, _TEXT, indent=True)
        _table(document, sheet)
    for section in document.sections:
        _number_pages(section)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _base_style(document: Any) -> None:
    from docx.shared import Pt

    style = document.styles["Normal"]
    style.font.size = Pt(_TEXT)
    _font(style.element.get_or_add_rPr(), TEXT_FONT)


def _font(properties: Any, name: str) -> None:
    """The font for Chinese and other characters alike."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(kind), name)


def _page(section: Any, upright: bool) -> None:
    from docx.shared import Mm

    width, height = (_SHORT, _LONG) if upright else (_LONG, _SHORT)
    section.page_width, section.page_height = Mm(width), Mm(height)
    edges = (_TOP, _RIGHT, _BOTTOM, _LEFT) if upright else (_LEFT, _TOP, _RIGHT, _BOTTOM)  # the sheet turned to the left
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (Mm(edge) for edge in edges)


def _paragraph(document: Any, text: str, font: str, size: float, centred: bool = False, indent: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(max(_SPACING, size * 1.5))
    paragraph.paragraph_format.space_after = Pt(size if centred else 0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    _run(paragraph, text, font, size)


def _run(paragraph: Any, text: str, font: str, size: float, bold: bool = False, marked: bool = False) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(printable(text))
    run.font.size = Pt(size)
    run.font.bold = bold or marked or None
    if marked:
        run.font.color.rgb = RGBColor.from_string(_MARK)
        run.font.underline = True
    _font(run._element.get_or_add_rPr(), font)


def _table(document: Any, sheet: Sheet) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    whole = sum(share for _, share in sheet.heads)
    widths = [Mm((_LONG - _TOP - _BOTTOM) * share / whole) for _, share in sheet.heads]
    table = document.add_table(rows=1, cols=len(sheet.heads), style="Table Grid")
    table.autofit = False
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # printed again on each page
    for cell, (name, _) in zip(head.cells, sheet.heads, strict=True):
        _run(cell.paragraphs[0], name, HEADING_FONT, _CELL)
    for row in sheet.rows:
        added = table.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, pieces in zip(added.cells, row.cells, strict=True):
            _fill(cell, pieces)
    for row in table.rows:
        for cell, width in zip(row._tr.tc_lst, widths, strict=True):
            cell.width = width
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width


def _fill(cell: Any, pieces: Cell) -> None:
    paragraph = cell.paragraphs[0]
    for piece in pieces:
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                paragraph = cell.add_paragraph()
            if line:
                _run(paragraph, line, TEXT_FONT, _CELL, marked=piece.differs)


def _number_pages(section: Any) -> None:
    """— 1 — at the foot, a field that Word fills in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    section.footer.is_linked_to_previous = False
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, "— ", NUMBER_FONT, _NUMBER)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    _run(paragraph, " —", NUMBER_FONT, _NUMBER)
