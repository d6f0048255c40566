"""PDF: print with a text layer read from the file, pages that are pictures by OCR, both in one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from ingest.errors import IngestError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.lines import Reading
from ingest.readers.pdfium import UNREADABLE, Printed, read_page
from ingest.readers.plain_font import plain_fonts
from ingest.readers.printed import Page, Sheet, join_pages, read_sheet
from ingest.readers.ruled import is_drawing
from ingest.readers.scanned import is_scan, layer_of

DAMAGED = "the PDF is damaged; get it again or print it to PDF anew"
NO_OCR = "install notice-kb[ocr] to have it read"


def read_lines(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """The lines of a PDF file, its number of pages, and what the reader has to know about it."""
    with plain_fonts(), opened(data, path) as pdf:
        count = len(pdf)
        if not count:
            raise IngestError(path, DAMAGED)
        if count > limits.pages:
            raise IngestError(path, f"the PDF has {count} pages, more than the limit of {limits.pages}; raise it with --max-pages")
        pages, scans, warnings = _read_print(pdf, count)
    warnings += _read_scans(data, path, limits, pages, scans)
    if not any(page.width for page in pages):
        raise IngestError(path, DAMAGED)
    if not any(page.lines for page in pages):
        if warnings:
            raise IngestError(path, f"nothing of the PDF could be read: {warnings[0]}")
        raise IngestError(path, "the PDF holds no text layer and no scanned page; check that it is the notice")
    return Reading(join_pages(pages), count, tuple(warnings))


@contextmanager
def opened(data: bytes, path: str) -> Iterator[Any]:
    """The file as a pypdfium2 document; `IngestError` where it is encrypted (an empty password opens it) or damaged."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            yield pdf
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower() or "security" in str(fault).lower():
            raise IngestError(path, "the PDF is encrypted; remove its password and add it again") from fault
        raise IngestError(path, DAMAGED) from fault


def _read_print(pdf: Any, count: int) -> tuple[list[Page], list[int], list[str]]:
    """Each page by its text layer, the numbers of those that are scans, and the warnings."""
    import pypdfium2

    pages: list[Page] = []
    scans: list[int] = []
    warnings: list[str] = []
    for number in range(1, count + 1):
        try:
            page = pdf[number - 1]
        except pypdfium2.PdfiumError:
            pages.append(Page(number, 0.0, 0.0, ()))
            warnings.append(f"page {number} is damaged and was left out")
            continue
        try:
            printed = read_page(page, number)
        finally:
            page.close()  # what it holds would add up over the pages
        if is_scan(printed):
            scans.append(number)
        sheet = layer_of(printed)
        pages.append(read_sheet(sheet))
        warnings += _doubts(printed, sheet, pages[-1], number in scans)
    return pages, scans, warnings


def _doubts(printed: Printed, sheet: Sheet, page: Page, scan: bool) -> list[str]:
    """What of a page could not be read."""
    if scan:
        return []
    if printed.overfull:
        return [f"page {page.number} is printed in too many pieces to put in order and was left out; print the file to PDF anew"]
    found = []
    unreadable = sum(char["text"] == UNREADABLE for char in sheet.chars)
    if unreadable:
        found.append(f"page {page.number}: {unreadable} characters could not be read, their font does not tell what they are")
    if printed.crowded:
        found.append(f"page {page.number} holds too many characters to read them all; the rest was left out")
    if printed.drawing or is_drawing(sheet.edges):
        found.append(f"page {page.number} holds too many drawn lines to look for tables in it; its text was read")
    if not page.lines and printed.pictures:
        found.append(f"page {page.number} holds a picture and no text")
    return found


def _read_scans(data: bytes, path: str, limits: Limits, pages: list[Page], scans: Sequence[int]) -> list[str]:
    """Put what OCR reads in the place of the pages that are scans; gives the warnings."""
    if not scans:
        return []
    if any(find_spec(name) is None for name in ("rapidocr", "onnxruntime")):
        if len(scans) == len(pages):
            raise IngestError(path, f"the PDF is a scan; {NO_OCR}")
        return [f"page {number} is a scan and was left out; {NO_OCR}" for number in scans]
    from ingest.readers import scan

    warnings: list[str] = []
    for number, (page, said) in scan.read_pdf_pages(data, scans, path, limits).items():
        pages[number - 1] = page
        warnings += said
    return warnings
