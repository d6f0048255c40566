"""Small DOCX and PDF files made for the tests."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

FONT = "STSong-Light"  # a CID font that viewers have; its text layer is all that is read


def docx_bytes(paragraphs: Sequence[str], table: Sequence[Sequence[str]] = (), merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()) -> bytes:
    """A DOCX file: '# ' makes a heading, '% ' a line numbered by Word, '| ' the place of the table, `merged` cells of it as one."""
    import docx

    document = docx.Document()
    for text in paragraphs:
        if text == "|":
            grid = document.add_table(rows=len(table), cols=len(table[0]))
            for i, row in enumerate(table):
                for j, cell in enumerate(row):
                    grid.cell(i, j).text = cell
            for first, last in merged:
                text = grid.cell(*first).text
                grid.cell(*first).merge(grid.cell(*last)).text = text
        elif text.startswith("# "):
            document.add_heading(text[2:], level=1)
        elif text.startswith("% "):
            document.add_paragraph(text[2:], style="List Number")
        else:
            document.add_paragraph(text)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf_bytes(pages: Sequence[Sequence[str]], *, password: str | None = None, tables: Sequence[Sequence[Sequence[str | None]]] = ()) -> bytes:
    """A PDF of A4 pages: a line starting with two ideographic blanks is indented, '^' centres it, '—' puts it at the foot.

    `tables[i]` is drawn with rules under the lines of page i.
    """
    from reportlab.lib import pagesizes, pdfencrypt
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = BytesIO()
    encrypt = pdfencrypt.StandardEncryption(password) if password else None
    sheet = canvas.Canvas(buffer, pagesize=pagesizes.A4, encrypt=encrypt)
    for n, lines in enumerate(pages):
        sheet.setFont(FONT, 16)
        y = 760.0
        for line in lines:
            if line.startswith("—"):
                sheet.drawCentredString(297, 40, line)
            elif line.startswith("^"):
                sheet.setFont(FONT, 22)
                sheet.drawCentredString(303, y, line[1:])
                sheet.setFont(FONT, 16)
            else:
                sheet.drawString(79 + (32 if line.startswith("　　") else 0), y, line.strip("　"))
            y -= 28
        if n < len(tables):
            _draw_table(sheet, tables[n], y)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def _draw_table(sheet: Any, rows: Sequence[Sequence[str | None]], top: float) -> None:
    """Draw a table; a None is spanned by the cell above it."""
    sheet.setFont(FONT, 10)
    wide, high = 448 / len(rows[0]), 24
    for j in range(len(rows[0]) + 1):
        sheet.line(79 + j * wide, top, 79 + j * wide, top - len(rows) * high)
    sheet.line(79, top - len(rows) * high, 527, top - len(rows) * high)
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if cell is not None:
                sheet.line(79 + j * wide, top - i * high, 79 + (j + 1) * wide, top - i * high)
                sheet.drawString(83 + j * wide, top - i * high - 16, cell)
