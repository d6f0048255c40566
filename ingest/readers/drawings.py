"""Rules and pictures of a PDF page, by pdfium: what tables are ruled with, and which part of the page is a picture."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.lines import Box

Matrix = tuple[float, float, float, float, float, float]

_THIN = 2.6  # points: what is thinner is a rule, however it is drawn
_SHORT = 4.0  # points: what is shorter both ways is a dot or a corner
_MOST_SEGMENTS = 4000  # of one path: more are a drawing
_DEEPEST = 8  # forms inside forms


@dataclass(slots=True)
class Drawings:
    """What is drawn on a page beside its characters; boxes in points from the upper left corner."""

    edges: list[dict[str, Any]] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    dark: list[Box] = field(default_factory=list)  # filled areas on which white print can be read
    left: int = 0  # objects that may still be looked at
    many: bool = False


def combined(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first`, and `then` after it."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def boxed(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> Box:
    """The box of a rectangle behind a matrix that turns by quarters at most."""
    a, b, c, d, e, f = matrix
    x0, x1 = a * left + c * bottom + e, a * right + c * top + e
    y0, y1 = b * left + d * bottom + f, b * right + d * top + f
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def edge(x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    """A rule as a Sheet holds it."""
    level = bottom - top <= x1 - x0
    return {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top, "orientation": "h" if level else "v", "object_type": "line"}


def read_drawings(page: Any, to_shown: Matrix, most: int) -> Drawings:
    """The rules and pictures of a pypdfium2 page; of a page with more than `most` objects the pictures met before only."""
    import pypdfium2.raw as pdfium

    found = Drawings(left=most)
    count = pdfium.FPDFPage_CountObjects(page.raw)
    if count > most:
        found.many = True
    _read_objects((pdfium.FPDFPage_GetObject(page.raw, i) for i in range(min(count, most))), to_shown, found, 0)
    if found.many:
        found.edges.clear()
    return found


def _read_objects(objects: Iterator[Any], to_shown: Matrix, found: Drawings, depth: int) -> None:
    import pypdfium2.raw as pdfium

    sides = [ctypes.c_float() for _ in range(4)]
    pointers = [ctypes.byref(side) for side in sides]
    for drawn in objects:
        found.left -= 1
        if found.left < 0:
            found.many = True
            return
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            count = pdfium.FPDFFormObj_CountObjects(drawn)
            inner = (pdfium.FPDFFormObj_GetObject(drawn, i) for i in range(max(count, 0)))
            _read_objects(inner, combined(_matrix(drawn), to_shown), found, depth + 1)
        elif kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE) and pdfium.FPDFPageObj_GetBounds(drawn, *pointers):
            box = boxed(to_shown, *(side.value for side in sides))
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                found.pictures.append(box)
            else:
                _read_path(drawn, box, to_shown, found)


def _matrix(drawn: Any) -> Matrix:
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix))
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _read_path(drawn: Any, box: Box, to_shown: Matrix, found: Drawings) -> None:
    """Take the level and upright rules of a path, be they lines, thin areas or the sides of boxes."""
    import pypdfium2.raw as pdfium

    x0, top, x1, bottom = box
    wide, high = x1 - x0, bottom - top
    if wide < _SHORT and high < _SHORT:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, ctypes.byref(fill), ctypes.byref(stroke))
    colour = fill_of(drawn) if fill.value else None
    if not stroke.value and (colour is None or min(colour[:3]) > 0xF8 or colour[3] < 8):
        return  # nothing that a person sees: clipping, or white on white
    if min(wide, high) < _THIN:
        middle = (top + bottom) / 2 if high <= wide else (x0 + x1) / 2
        found.edges.append(edge(x0, middle, x1, middle) if high <= wide else edge(middle, top, middle, bottom))
        return
    if colour is not None and max(colour[:3]) < 0xC0 and colour[3] > 128:
        found.dark.append(box)
    found.edges.extend(_sides(drawn, combined(_matrix(drawn), to_shown)))


def fill_of(drawn: Any) -> tuple[int, int, int, int] | None:
    """Red, green, blue and opacity (0 to 255) that an object is filled with."""
    import pypdfium2.raw as pdfium

    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(drawn, ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(opacity)):
        return None
    return (red.value, green.value, blue.value, opacity.value)


def _sides(drawn: Any, matrix: Matrix) -> Iterator[dict[str, Any]]:
    """The level and upright lines of a path."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPath_CountSegments(drawn)
    if not 0 < count <= _MOST_SEGMENTS:
        return
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, i)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        at = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = at
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _rule(last, at)
        last = at
        if pdfium.FPDFPathSegment_GetClose(segment) and kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _rule(at, start)
            last = start


def _rule(one: tuple[float, float], other: tuple[float, float]) -> Iterator[dict[str, Any]]:
    x0, x1 = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    if max(x1 - x0, bottom - top) >= 1 and min(x1 - x0, bottom - top) <= 0.6:
        yield edge(x0, top, x1, bottom)
