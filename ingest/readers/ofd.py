"""OFD (GB/T 33190), the state's own format of printed pages: read as PDF is, pages that are pictures by OCR.

Seals, signatures and annotations (watermarks, stamps, notes) are no text of the notice and are not read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from ingest.errors import IngestError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.lines import Box, Reading
from ingest.packages import read_member
from ingest.readers.ofd_package import Package, is_encrypted, open_ofd
from ingest.readers.ofd_page import Drawn, draw, printed_of
from ingest.readers.ofd_pages import find_documents, find_pages, warnings_of
from ingest.readers.pdfium import UNREADABLE, Printed
from ingest.readers.printed import Page, join_pages, read_sheet
from ingest.readers.scanned import is_scan, layer_of

NO_OCR = "install notice-kb[ocr] to have it read"
_NO_PICTURE = "holds only a picture, which is damaged or of a kind that is not read"
_DOTS = 200  # to the inch, with which several pictures are put together to one page
_LARGEST = 40  # inches of a page's longer side that pictures are put together on


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture on a page: its bytes as the file has them (JPEG, PNG, TIFF, BMP or JBIG2), its box in points."""

    data: bytes
    box: Box


@dataclass(frozen=True, slots=True)
class _Scan:
    """A page that is a picture: its number from 1, its measures in points, the parts of its pictures with their boxes."""

    number: int
    width: float
    height: float
    pictures: tuple[tuple[str, Box], ...]


def read_lines(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """The lines of an OFD file, its number of pages, and what the reader has to know about it."""
    package = open_ofd(data, path, limits)
    documents = find_documents(package)
    warnings = warnings_of(package, documents)
    pages: list[Page] = []
    scans: list[_Scan] = []
    for page in find_pages(package, documents, limits):
        if page.fault is not None:
            pages.append(Page(page.number, page.area[2], page.area[3], ()))
            warnings.append(page.fault)
            continue
        drawn = draw(page)
        printed = printed_of(page, drawn)
        pages.append(read_sheet(layer_of(printed)))
        if is_scan(printed):
            scans.append(_scan(printed, drawn))
        elif not pages[-1].lines:
            warnings.append(f"page {page.number} holds only a picture" if drawn.pictures else f"page {page.number} is empty")
        else:
            warnings += _unreadable(printed)
        if printed.crowded:
            warnings.append(f"page {page.number} holds too many characters to read them all; the rest was left out")
        if printed.drawing:
            warnings.append(f"page {page.number} holds too many drawn objects to look for tables in it; its text was read")
    warnings += _read_scans(package, limits, pages, scans)
    if not any(page.lines for page in pages):
        raise IngestError(path, _reason(package, pages, warnings))
    if is_encrypted(package):
        warnings.append("parts of it are encrypted and were not read")
    return Reading(join_pages(pages), len(pages), tuple(warnings))


def _unreadable(printed: Printed) -> list[str]:
    """The warning for characters that a font alone knows: their codes are of private use."""
    count = sum(unicodedata.category(char["text"]) == "Co" or char["text"] == UNREADABLE for char in printed.sheet.chars)
    return [f"page {printed.sheet.number}: {count} characters could not be read, their font does not tell what they are"] if count else []


def page_images(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Iterator[tuple[int, list[PagePicture]]]:
    """The pages that are scans, each by its number from 1 with its pictures in the order in which they are drawn."""
    package = open_ofd(data, path, limits)
    for page in find_pages(package, find_documents(package), limits):
        drawn = draw(page)
        if drawn.pictures and is_scan(printed_of(page, drawn)):
            yield page.number, [PagePicture(read_member(package.archive, package.members[part], path), box) for part, box in drawn.pictures]


def _reason(package: Package, pages: Sequence[Page], warnings: Sequence[str]) -> str:
    """Why an OFD gives no line, and what to do."""
    if is_encrypted(package):
        return "the OFD is encrypted; save it without a password and add it again"
    if not pages:
        return "the OFD names no page, it is damaged or cut short; get it again from its publisher"
    if any("picture" in warning for warning in warnings):
        return "the OFD holds only pictures, and no text was found in them; check that it is the notice"
    return "no page of the OFD holds text; check that it is the notice, or print it to PDF and add that"


def _scan(printed: Printed, drawn: Drawn) -> _Scan:
    """A page to be read by OCR; of pictures of which one covers the page, that one alone."""
    width, height = printed.sheet.width, printed.sheet.height
    whole = [(part, box) for part, box in drawn.pictures if (box[2] - box[0]) * (box[3] - box[1]) > 0.9 * width * height]
    return _Scan(printed.sheet.number, width, height, tuple(whole[-1:] or drawn.pictures))


def _read_scans(package: Package, limits: Limits, pages: list[Page], scans: Sequence[_Scan]) -> list[str]:
    """Put what OCR reads in the place of the pages that are scans; gives the warnings."""
    if not scans:
        return []
    if any(find_spec(name) is None for name in ("rapidocr", "onnxruntime")):
        if len(scans) == len(pages):
            raise IngestError(package.path, f"the OFD is a scan; {NO_OCR}")
        return [f"page {scan.number} holds only a picture and was left out; {NO_OCR}" for scan in scans]
    from ingest.readers.scan import read_pictures

    warnings: list[str] = []
    damaged = {scan.number for scan in scans if not _opens(package, scan)}
    warnings += [f"page {number} {_NO_PICTURE}" for number in sorted(damaged)]
    for run in _runs([scan for scan in scans if scan.number not in damaged]):
        read = read_pictures(_pictures(package, run, damaged), None, run[0].number, package.path, limits, len(run))
        for number, (page, said) in read.items():
            if number in damaged:
                warnings.append(f"page {number} {_NO_PICTURE}")
            else:
                pages[number - 1] = page
                warnings += said
    return warnings


def _runs(scans: Sequence[_Scan]) -> list[list[_Scan]]:
    """Scans in runs of pages that follow one another, as OCR numbers them."""
    runs: list[list[_Scan]] = []
    for scan in scans:
        if runs and runs[-1][-1].number + 1 == scan.number:
            runs[-1].append(scan)
        else:
            runs.append([scan])
    return runs


def _opens(package: Package, scan: _Scan) -> bool:
    """Whether the pictures of a page are of a kind that can be read (JBIG2 is not)."""
    from ingest.readers.scan import open_picture

    try:
        return all(open_picture(read_member(package.archive, package.members[part], package.path), package.path) for part, _ in scan.pictures)
    except IngestError:
        return False


def _pictures(package: Package, scans: Sequence[_Scan], damaged: set[int]) -> Iterator[Any]:
    """The picture of each scan, which says how many dots to the inch it has; a blank for one that cannot be read."""
    from PIL import Image

    for scan in scans:
        try:
            yield _picture(package, scan)
        except IngestError:
            damaged.add(scan.number)
            yield Image.new("RGB", (_DOTS, _DOTS), "white")


def _picture(package: Package, scan: _Scan) -> Any:
    """A page's picture; several are put together where they stand."""
    from PIL import Image

    from ingest.readers.scan import as_array, open_picture

    opened = [(open_picture(read_member(package.archive, package.members[part], package.path), package.path), box) for part, box in scan.pictures]
    if len(opened) == 1:
        picture, box = opened[0]
        shown = Image.fromarray(as_array(picture, package.path))
        shown.info["dpi"] = (shown.width / max((box[2] - box[0]) / 72, 0.1),) * 2
        return shown
    scale = _DOTS / 72 * min(1.0, _LARGEST * 72 / max(scan.width, scan.height))
    canvas = Image.new("RGB", (max(round(scan.width * scale), 1), max(round(scan.height * scale), 1)), "white")
    for picture, box in opened:
        size = (max(round((box[2] - box[0]) * scale), 1), max(round((box[3] - box[1]) * scale), 1))
        if max(size) <= 2 * max(canvas.size):
            canvas.paste(Image.fromarray(as_array(picture, package.path)).resize(size), (round(box[0] * scale), round(box[1] * scale)))
    canvas.info["dpi"] = (scale * 72,) * 2
    return canvas
