"""Rules of OFD pages (GB/T 33190 §9): straight upright and level strokes of PathObjects as edges, in points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.readers.ofd_package import attribute, child, words
from ingest.readers.ofd_text import POINTS, Matrix, applied, matrix_of

_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # numbers after each operator of AbbreviatedData
_STRAIGHT = 1.0  # points that a rule may slant by: writers round, and tilt rules a little
_SHORTEST = 1.0  # points; shorter strokes belong to drawings
_LONGEST = 1_000_000  # characters of one path; more are a drawing
_THIN = 4.0  # points; a filled box no thicker is a rule

Point = tuple[float, float]


def _operations(text: str) -> Iterator[tuple[str, list[float]]]:
    """The operators of AbbreviatedData with their numbers, up to the first fault."""
    tokens = text[:_LONGEST].replace(",", " ").split()
    at = 0
    while at < len(tokens):
        operator = tokens[at].upper()
        count = _ARGUMENTS.get(operator)
        if count is None:
            return
        try:
            values = [float(token) for token in tokens[at + 1 : at + 1 + count]]
        except ValueError:
            return
        if len(values) < count or not all(-1e9 < value < 1e9 for value in values):
            return
        yield operator, values
        at += 1 + count


def _subpaths(text: str, matrix: Matrix) -> Iterator[list[tuple[Point, Point]]]:
    """The straight strokes of each figure of a path; curves leave a gap."""
    strokes: list[tuple[Point, Point]] = []
    start = last = applied(matrix, 0, 0)
    for operator, values in _operations(text):
        if operator in "SM":
            if strokes:
                yield strokes
            strokes = []
            start = last = applied(matrix, *values)
        elif operator == "C":
            if start != last:
                strokes.append((last, start))
            last = start
        else:
            point = applied(matrix, *values[-2:])
            if operator == "L":
                strokes.append((last, point))
            last = point
    if strokes:
        yield strokes


def _edge(x0: float, top: float, x1: float, bottom: float) -> dict[str, Any] | None:
    """The edge of a stroke in points; None where it slants or is too short."""
    across, down = abs(x1 - x0), abs(bottom - top)
    if max(across, down) < _SHORTEST or min(across, down) > min(_STRAIGHT, 0.3 * max(across, down)):
        return None
    level = across >= down
    if level:
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    x0, x1, top, bottom = min(x0, x1), max(x0, x1), min(top, bottom), max(top, bottom)
    return {"object_type": "line", "orientation": "h" if level else "v", "x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top, "width": x1 - x0, "height": bottom - top}


def read_path(element: Any, outer: Matrix) -> Iterator[dict[str, Any]]:
    """The edges of a PathObject as pdfplumber makes them; of a thin filled box its middle line."""
    if _is_off(element, "Stroke", "true") and _is_off(element, "Fill", "false"):
        return
    matrix = matrix_of(element, outer)
    for strokes in _subpaths(words(child(element, "AbbreviatedData")), matrix):
        points = [point for stroke in strokes for point in stroke]
        x0, x1 = min(x for x, _ in points) * POINTS, max(x for x, _ in points) * POINTS
        top, bottom = min(y for _, y in points) * POINTS, max(y for _, y in points) * POINTS
        if len(strokes) >= 3 and min(x1 - x0, bottom - top) <= _THIN:
            middle = ((x0 + x1) / 2, (top + bottom) / 2)
            box = (x0, middle[1], x1, middle[1]) if x1 - x0 >= bottom - top else (middle[0], top, middle[0], bottom)
            found = [_edge(*box)]
        else:
            found = [_edge(xa * POINTS, ya * POINTS, xb * POINTS, yb * POINTS) for (xa, ya), (xb, yb) in strokes]
        yield from (edge for edge in found if edge is not None)


def _is_off(element: Any, name: str, default: str) -> bool:
    return (attribute(element, name) or default).lower() in ("false", "0")
