"""Scans of a PDF: its pages as pictures alone, as a flatbed or a copier makes them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from typing import Any


@cache
def lacks_font() -> str:
    """Why a PDF without embedded fonts cannot be drawn here: no Chinese font is installed; "" where one is."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    from corpus.build import FONT

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    drawn = []
    for text in "测试":  # both alike: as blanks or as boxes
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(100, 100))
        canvas.setFont(FONT, 40)
        canvas.drawString(20, 30, text)
        canvas.save()
        drawn.append(next(_pages(out.getvalue(), 72)).tobytes())
    return "no Chinese font is installed to draw the page with (fonts-noto-cjk has one)" if drawn[0] == drawn[1] else ""


def scan_from_pdf(pdf: bytes, dpi: int = 200, noise: float = 0.0, skew: float = 0.0, turn: int = 0, numbers: tuple[int, ...] = ()) -> bytes:
    """A PDF of pictures without a text layer: the pages `numbers` (all by default) at `dpi` dots to the inch.

    `noise` is the deviation of a grey grain, `skew` the angle in degrees by which the paper lay askew, `turn` 90, 180 or 270.
    """
    pages = [page for number, page in enumerate(_pages(pdf, dpi), 1) if not numbers or number in numbers]
    pictures = [worn(page, noise=noise, skew=skew, turn=turn, seed=i) for i, page in enumerate(pages)]
    out = io.BytesIO()
    pictures[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=pictures[1:], quality=85)
    return out.getvalue()


def worn(page: Any, *, noise: float = 0.0, skew: float = 0.0, turn: int = 0, seed: int = 0) -> Any:
    """A picture (PIL) as a scanner gives it: grey grain, askew by `skew` degrees, turned by `turn` degrees."""
    import numpy as np
    from PIL import Image

    if skew:
        page = page.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor="white")
    if turn:
        page = page.rotate(turn, expand=True)
    if noise:
        grain = np.random.default_rng(seed).normal(0, noise, (page.height, page.width, 1))
        page = Image.fromarray((np.asarray(page, dtype=np.float32) + grain).clip(0, 255).astype(np.uint8))
    return page


def pictures_of(pdf: bytes, dpi: int = 200) -> list[Any]:
    """The pages of a PDF as pictures (PIL)."""
    return list(_pages(pdf, dpi))


def _pages(pdf: bytes, dpi: int) -> Iterator[Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield page.render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()
