"""Pictures of a notice (PNG, JPEG, TIFF of several pages, BMP, GIF, WEBP): each page read by OCR."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.errors import IngestError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.lines import Reading
from ingest.readers.printed import join_pages
from ingest.readers.scan import open_picture, read_pictures

_DAMAGE = (OSError, EOFError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError)  # what Pillow raises


def read_lines(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """The lines of a picture file, its number of pages, and what OCR left uncertain."""
    opened = open_picture(data, path)
    count = _count(opened, path)
    if count > limits.pages:
        raise IngestError(path, f"it has {count} pages, more than the limit of {limits.pages}; raise it with --max-pages")
    read = read_pictures(_frames(opened, count, path), None, 1, path, limits, count)
    pages = [page for page, _ in read.values()]
    if not any(page.lines for page in pages):
        raise IngestError(path, "OCR finds no text in the picture; check that it is the notice, or scan it anew at 200 to 300 dots to the inch")
    return Reading(join_pages(pages), count, tuple(warning for _, warnings in read.values() for warning in warnings))


def _count(opened: Any, path: str) -> int:
    """The number of pages; the pictures of the other formats move."""
    try:
        return int(getattr(opened, "n_frames", 1)) if opened.format == "TIFF" else 1
    except _DAMAGE as fault:
        raise IngestError(path, "the picture is damaged; get it again or save it anew") from fault


def _frames(opened: Any, count: int, path: str) -> Iterator[Any]:
    for frame in range(count):
        try:
            opened.seek(frame)
        except _DAMAGE as fault:
            raise IngestError(path, f"page {frame + 1} of the picture is damaged; get it again or save it anew") from fault
        yield opened
