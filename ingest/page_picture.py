"""A page of a printed file as a picture (页面图像), for a person to compare the reading with; drawn in the process that reads."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import IngestError
from ingest.limits import Limits

FORMATS = ("pdf", "image")
_POINTS = 842.0  # of the longer side of A4
_DOTS = 1400  # of the longer side of the picture: enough to read, small enough to send


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as PNG, with its size in points: what boxes are measured in."""

    png: bytes
    width: float
    height: float


def draw_page(path: str, sha256: str, number: int, limits: Limits) -> Picture:
    """Page `number` (from 1) of the file at `path`; `IngestError` where the file is no longer the one that was read, or has no pages."""
    file = Path(path)
    try:
        if file.stat().st_size > limits.megabytes << 20:
            raise IngestError(path, f"it has more than {limits.megabytes} MB")
        data = file.read_bytes()
    except OSError as fault:
        raise IngestError(path, "the file is not there any more") from fault
    if hashlib.sha256(data).hexdigest() != sha256:
        raise IngestError(path, "the file has changed since it was read; read it again")
    return _of_pdf(data, number, path) if data[:1024].find(b"%PDF-") >= 0 else _of_picture(data, number, path)


def _of_pdf(data: bytes, number: int, path: str) -> Picture:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        try:
            page = document[number - 1]
            width, height = page.get_size()
            drawn = page.render(scale=_DOTS / max(width, height, 1.0)).to_pil()
        finally:
            document.close()
    except (pypdfium2.PdfiumError, IndexError, ValueError, MemoryError) as fault:
        raise IngestError(path, f"page {number} cannot be drawn") from fault
    return Picture(_png(drawn), width, height)


def _of_picture(data: bytes, number: int, path: str) -> Picture:
    """A scan; its size in points is that of its reading: by its own resolution, else as an A4 page."""
    from PIL import Image

    from ingest.readers.scan import as_array, open_picture

    opened = open_picture(data, path)
    try:
        opened.seek(number - 1)
    except (EOFError, ValueError, OSError) as fault:
        raise IngestError(path, f"it has no page {number}") from fault
    told = opened.info.get("dpi")
    drawn = Image.fromarray(as_array(opened, path))
    longer = max(drawn.size)
    points = longer / float(told[0]) * 72 if told and told[0] else _POINTS
    points = points if 360 <= points <= 1728 else _POINTS
    width, height = drawn.width * points / longer, drawn.height * points / longer
    drawn.thumbnail((_DOTS, _DOTS))
    return Picture(_png(drawn), width, height)


def _png(drawn: Any) -> bytes:
    out = io.BytesIO()
    drawn.convert("L").quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()
