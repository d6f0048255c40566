"""OFD (GB/T 33190), the state's own format of printed pages: characters and rules of each page, as of a PDF.

Seals, signatures and annotations (watermarks, stamps, notes) are no text of the notice and are not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.errors import IngestError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.lines import Box, Reading
from ingest.packages import read_member
from ingest.readers.ofd_package import Package, attribute, children, is_encrypted, local, numbers, open_ofd
from ingest.readers.ofd_pages import OfdPage, find_documents, find_pages, warnings_of
from ingest.readers.ofd_paths import read_path
from ingest.readers.ofd_text import IDENTITY, POINTS, Matrix, applied, lettering, matrix_of, read_text
from ingest.readers.printed import Page, Sheet, join_pages, read_sheet

_SKIPPED = {"Area", "Template", "PageRes", "Actions", "Clips", "Annotations", "CustomTags", "Extensions"}
_NESTED = 8  # compound drawings inside one another
_MOST_EDGES = 20_000  # of a page; more is a drawing, no table
_FAINT = 128  # of 255: text that lets more shine through is a watermark
_PALE = 190  # of 255: a template's text in grey above it is a watermark
_TILED = 3  # times that a template has the same text, from which it is a watermark
_COVERED = 0.5  # share of the page from which a picture may be its scan


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture on a page: its bytes as the file has them (JPEG, PNG, TIFF, BMP or JBIG2), its box in points."""

    data: bytes
    box: Box


@dataclass(slots=True)
class _Drawn:
    """What the objects of a page draw, gathered while they are walked."""

    chars: list[dict[str, Any]] = field(default_factory=list)
    hidden: list[dict[str, Any]] = field(default_factory=list)  # text under a scan, which nobody sees
    edges: list[dict[str, Any]] = field(default_factory=list)
    pictures: list[tuple[str, Box]] = field(default_factory=list)  # part, box


def read_lines(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """The lines of an OFD file, its number of pages, and what the reader has to know about it."""
    package = open_ofd(data, path, limits)
    documents = find_documents(package)
    warnings = warnings_of(package, documents)
    pages: list[Page] = []
    scans = 0
    for page in find_pages(package, documents, limits):
        drawn = _draw(page)
        sheet = read_sheet(_sheet(page, drawn)) if page.fault is None else Page(page.number, 0, 0, ())
        pages.append(sheet)
        if page.fault is not None:
            warnings.append(page.fault)
        elif not sheet.lines:
            scans += bool(drawn.pictures)
            warnings.append(f"page {page.number} holds only a picture" if drawn.pictures else f"page {page.number} is empty")
    if not any(page.lines for page in pages):
        raise IngestError(path, _reason(package, pages, scans))
    if is_encrypted(package):
        warnings.append("parts of it are encrypted and were not read")
    return Reading(join_pages(pages), len(pages), tuple(warnings))


def page_images(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Iterator[tuple[int, list[PagePicture]]]:
    """For OCR: the pages that hold pictures and no text, each by its number from 1 with its pictures, the largest first."""
    package = open_ofd(data, path, limits)
    for page in find_pages(package, find_documents(package), limits):
        drawn = _draw(page)
        if drawn.pictures and not any(char["text"].strip() for char in _sheet(page, drawn).chars):
            largest = sorted(drawn.pictures, key=lambda picture: (picture[1][0] - picture[1][2]) * (picture[1][3] - picture[1][1]))
            yield page.number, [PagePicture(read_member(package.archive, package.members[part], path), box) for part, box in largest]


def _reason(package: Package, pages: Sequence[Page], scans: int) -> str:
    """Why an OFD gives no line, and what to do."""
    if is_encrypted(package):
        return "the OFD is encrypted; save it without a password and add it again"
    if not pages:
        return "the OFD names no page, it is damaged or cut short; get it again from its publisher"
    if scans:
        return "the OFD holds only pictures, it is a scan, and OCR is not read yet; run it through OCR first"
    return "no page of the OFD holds text; check that it is the notice, or print it to PDF and add that"


def _draw(page: OfdPage) -> _Drawn:
    """All that a page's own content and its templates draw, from the upper left corner of its area."""
    drawn = _Drawn()
    origin: Matrix = (1.0, 0.0, 0.0, 1.0, -page.area[0], -page.area[1])
    for content, is_template in page.contents:
        tiled = _tiled(content) if is_template else frozenset()
        for element, matrix in _objects(content, origin, page.resources.drawings):
            kind = local(element)
            if kind == "TextObject":
                if not (is_template and (lettering(element).strip() in tiled or _is_pale(element))):
                    opacity = _opacity(element)
                    if opacity == 0 or opacity >= _FAINT:
                        (drawn.chars if opacity else drawn.hidden).extend(read_text(element, matrix, page.resources.fonts))
            elif kind == "PathObject":
                if len(drawn.edges) <= _MOST_EDGES:
                    drawn.edges.extend(read_path(element, matrix))
            elif part := page.resources.media.get(attribute(element, "ResourceID") or ""):
                drawn.pictures.append((part, _picture_box(element, matrix)))
    return drawn


def _objects(holder: Any, outer: Matrix, drawings: dict[str, Any], depth: int = 0) -> Iterator[tuple[Any, Matrix]]:
    """The visible text, path and picture objects under an element in drawing order, each with the matrix of what holds it."""
    for element in holder:
        kind = local(element)
        if not kind or kind in _SKIPPED or (kind != "TextObject" and _is_invisible(element)):
            continue
        if kind in ("TextObject", "PathObject", "ImageObject"):
            yield element, outer
        elif kind in ("CompositeObject", "CompositeGraphicUnit"):
            unit = drawings.get(attribute(element, "ResourceID") or "")
            matrix = matrix_of(element, outer)
            yield from _objects(element, matrix, drawings, depth)
            if unit is not None and depth < _NESTED:
                yield from _objects(unit, matrix, drawings, depth + 1)
        else:
            yield from _objects(element, outer, drawings, depth)


def _is_invisible(element: Any) -> bool:
    return (attribute(element, "Visible") or "true").lower() in ("false", "0")


def _opacity(element: Any) -> float:
    """How opaque text is, of 255: its own alpha and its colour's; 0 where it is hidden or not filled at all, as OCR's text is."""
    if _is_invisible(element) or ((attribute(element, "Fill") or "true").lower() in ("false", "0") and (attribute(element, "Stroke") or "false").lower() in ("false", "0")):
        return 0.0
    alphas = [numbers(attribute(holder, "Alpha")) for holder in (element, *children(element, "FillColor"))]
    return min((alpha[0] for alpha in alphas if alpha), default=255.0)


def _is_pale(element: Any) -> bool:
    colours = [numbers(attribute(colour, "Value")) for colour in children(element, "FillColor")]
    return any(len(colour) == 3 and min(colour) >= _PALE for colour in colours)


def _tiled(template: Any) -> frozenset[str]:
    """The texts that a template has several times over, as a watermark covers a page."""
    found = Counter(lettering(element).strip() for element, _ in _objects(template, IDENTITY, {}) if local(element) == "TextObject")
    return frozenset(text for text, count in found.items() if len(text) >= 4 and count >= _TILED)


def _picture_box(element: Any, outer: Matrix) -> Box:
    """The box of a picture: its boundary, or the unit square under its matrix where that is missing."""
    boundary = numbers(attribute(element, "Boundary"))
    corners = [applied(outer, boundary[0], boundary[1]), applied(outer, boundary[0] + boundary[2], boundary[1] + boundary[3])] if len(boundary) == 4 else [applied(matrix_of(element, outer), *corner) for corner in ((0, 0), (1, 1))]
    (xa, ya), (xb, yb) = corners
    return (min(xa, xb) * POINTS, min(ya, yb) * POINTS, max(xa, xb) * POINTS, max(ya, yb) * POINTS)


def _sheet(page: OfdPage, drawn: _Drawn) -> Sheet:
    """A page's characters and edges; a page whose writing lies on its side is turned upright, its boxes with it."""
    width, height = page.area[2] * POINTS, page.area[3] * POINTS
    covered = any((box[2] - box[0]) * (box[3] - box[1]) >= _COVERED * width * height for _, box in drawn.pictures)
    seen = any(char["text"].strip() for char in drawn.chars)
    chars = _once(drawn.chars if seen or not covered else drawn.hidden)
    chars = [char for char in chars if -width <= char["x0"] <= 2 * width and -height <= char["top"] <= 2 * height]
    edges = drawn.edges if len(drawn.edges) <= _MOST_EDGES else []
    sheet = Sheet(page.number, width, height, chars, edges)
    turns, count = Counter(char["turns"] for char in chars).most_common(1)[0] if chars else (0, 0)
    return _turned(sheet, turns) if turns and count > 0.6 * len(chars) else sheet


def _once(chars: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The characters without those printed again on the same spot, as writers print to make them bold."""
    kept = []
    spots: set[tuple[str, int, int]] = set()
    for char in chars:
        x, y, step = char["x0"], char["top"], max(char["size"] * 0.08, 0.1)
        near = {(char["text"], round(x / step) + i, round(y / step) + j) for i in (-1, 0, 1) for j in (-1, 0, 1)}
        if char["text"].isspace() or not near & spots:
            kept.append(char)
            spots.add((char["text"], round(x / step), round(y / step)))
    return kept


def _turned(sheet: Sheet, turns: int) -> Sheet:
    """The sheet turned back by so many quarter turns clockwise."""
    width, height = sheet.width, sheet.height

    def back(thing: dict[str, Any]) -> dict[str, Any]:
        x0, x1, top, bottom = thing["x0"], thing["x1"], thing["top"], thing["bottom"]
        if turns == 1:
            x0, x1, top, bottom = top, bottom, width - x1, width - x0
        elif turns == 3:
            x0, x1, top, bottom = height - bottom, height - top, x0, x1
        else:
            x0, x1, top, bottom = width - x1, width - x0, height - bottom, height - top
        new = {**thing, "x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top, "width": x1 - x0, "height": bottom - top}
        if turns % 2 and "upright" in thing:
            new["upright"] = not thing["upright"]
        if turns % 2 and "orientation" in thing:
            new["orientation"] = "v" if thing["orientation"] == "h" else "h"
        return new

    chars, edges = [back(char) for char in sheet.chars], [back(edge) for edge in sheet.edges]
    return replace(sheet, width=height if turns % 2 else width, height=width if turns % 2 else height, chars=chars, edges=edges)
