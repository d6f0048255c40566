"""PDF pages drawn by hand: whatever may stand on one beside plain lines of text."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

FONT = "STSong-Light"
Draw = Callable[[Any], None]
TOP = 841.9  # points: the height of A4


def pdf_of(*pages: Draw, encrypt: Any = None) -> bytes:
    """A PDF of A4 pages, each drawn by a function of reportlab's canvas."""
    from reportlab.lib import pagesizes
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=pagesizes.A4, encrypt=encrypt, invariant=1)
    for draw in pages:
        sheet.setFont(FONT, 16)
        draw(sheet)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def put(sheet: Any, text: str, x: float, top: float, size: float = 16) -> None:
    """Print a line whose characters begin at `x`, `top` points below the page's upper edge."""
    sheet.setFont(FONT, size)
    sheet.drawString(x, TOP - top - 0.86 * size, text)


def body(sheet: Any, *lines: str, top: float = 120) -> None:
    """Print lines of running text; one that begins with two ideographic blanks is indented."""
    for i, line in enumerate(lines):
        put(sheet, line.strip("　"), 79 + (32 if line.startswith("　　") else 0), top + 29 * i)


def grid(sheet: Any, rows: list[list[str | None]], top: float, wide: float = 112, high: float = 24, left: float = 79) -> None:
    """Print a table with rules: a None is spanned by the cell above it, a line end in a cell begins a new line."""
    wides = len(rows[0])
    for j in range(wides + 1):
        sheet.line(left + j * wide, TOP - top, left + j * wide, TOP - top - len(rows) * high)
    sheet.line(left, TOP - top - len(rows) * high, left + wides * wide, TOP - top - len(rows) * high)
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if cell is None:
                continue
            sheet.line(left + j * wide, TOP - top - i * high, left + (j + 1) * wide, TOP - top - i * high)
            for k, line in enumerate(cell.split("\n")):
                put(sheet, line, left + j * wide + 5, top + i * high + 3 + 12 * k, 10)


def picture(sheet: Any, x: float = 0, top: float = 0, width: float = 595, height: float = 842) -> None:
    """Print a grey picture, as a scanner would."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    sheet.drawImage(ImageReader(Image.new("L", (60, 84), 235)), x, TOP - top - height, width, height)
