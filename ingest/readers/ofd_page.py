"""What a page of OFD shows (GB/T 33190 §8, §9, §11): its objects drawn in order, watermarks left out, writing turned upright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from ingest.lines import Box
from ingest.readers.ofd_package import attribute, children, local, numbers
from ingest.readers.ofd_pages import OfdPage
from ingest.readers.ofd_paths import read_path
from ingest.readers.ofd_text import IDENTITY, POINTS, Matrix, applied, lettering, matrix_of, read_text
from ingest.readers.pdfium import MOST_CHARACTERS, Printed
from ingest.readers.printed import Sheet

_SKIPPED = {"Area", "Template", "PageRes", "Actions", "Clips", "Annotations", "CustomTags", "Extensions"}
_NESTED = 8  # compound drawings inside one another
_MOST_OPENED = 5_000  # compound drawings of a page; more are an attack
_MOST_EDGES = 20_000  # of a page; more is a drawing, no table
_FAINT = 128  # of 255: text that lets more shine through is a watermark
_PALE = 190  # of 255: a template's text in grey above it is a watermark
_TILED = 3  # times that a template has the same text, from which it is a watermark
_SPOTS = 200  # of the same text that are looked at for one drawn twice
_MOSTLY = 0.6  # share of its characters from which a page lies on its side


@dataclass(slots=True)
class Drawn:
    """What the objects of a page draw, gathered while they are walked."""

    chars: list[dict[str, Any]] = field(default_factory=list)
    hidden: list[dict[str, Any]] = field(default_factory=list)  # text under a scan, which nobody sees
    edges: list[dict[str, Any]] = field(default_factory=list)
    pictures: list[tuple[str, Box]] = field(default_factory=list)  # part, box
    spots: dict[str, list[tuple[float, float]]] = field(default_factory=dict)  # where each text begins


def draw(page: OfdPage) -> Drawn:
    """All that a page's own content and its templates draw, from the upper left corner of its area."""
    drawn = Drawn()
    origin: Matrix = (1.0, 0.0, 0.0, 1.0, -page.area[0], -page.area[1])
    for content, is_template in page.contents:
        tiled = _tiled(content) if is_template else frozenset()
        for element, matrix in _objects(content, origin, page.resources.drawings):
            kind = local(element)
            if kind == "TextObject":
                if not (is_template and (lettering(element).strip() in tiled or _is_pale(element))):
                    _add_text(drawn, element, matrix, page.resources.fonts)
            elif kind == "PathObject":
                if len(drawn.edges) <= _MOST_EDGES:
                    drawn.edges.extend(read_path(element, matrix))
            elif part := page.resources.media.get(attribute(element, "ResourceID") or ""):
                drawn.pictures.append((part, _picture_box(element, matrix)))
    return drawn


def _add_text(drawn: Drawn, element: Any, matrix: Matrix, fonts: dict[str, str]) -> None:
    opacity = _opacity(element)
    if opacity == 0 or opacity >= _FAINT:
        chars = drawn.chars if opacity else drawn.hidden
        found = list(islice(read_text(element, matrix, fonts), MOST_CHARACTERS + 1 - len(chars)))
        if found and not _again(drawn, found):
            chars.extend(found)


def _again(drawn: Drawn, chars: Sequence[dict[str, Any]]) -> bool:
    """Whether the same text was drawn on the same spot before, as writers do to make it bold."""
    x, y, near = chars[0]["x0"], chars[0]["top"], 0.1 * chars[0]["size"]
    spots = drawn.spots.setdefault("".join(char["text"] for char in chars), [])
    if any(abs(x - other_x) <= near and abs(y - other_y) <= near for other_x, other_y in spots[-_SPOTS:]):
        return True
    spots.append((x, y))
    return False


def _objects(holder: Any, outer: Matrix, drawings: dict[str, Any]) -> Iterator[tuple[Any, Matrix]]:
    """The visible text, path and picture objects under an element in drawing order, each with the matrix of what holds it.

    Compound drawings are opened to a bounded depth, and so many of them: more are an attack.
    """
    open_ones: list[tuple[Iterator[Any], Matrix, int]] = [(iter(holder), outer, 0)]
    left = _MOST_OPENED
    while open_ones:
        elements, matrix, depth = open_ones[-1]
        element = next(elements, None)
        if element is None:
            open_ones.pop()
            continue
        kind = local(element)
        if not kind or kind in _SKIPPED or (kind != "TextObject" and _is_invisible(element)):
            continue
        if kind in ("TextObject", "PathObject", "ImageObject"):
            yield element, matrix
        elif kind in ("CompositeObject", "CompositeGraphicUnit"):
            own = matrix_of(element, matrix)
            unit = drawings.get(attribute(element, "ResourceID") or "")
            if unit is not None and depth < _NESTED and left:
                left -= 1
                open_ones.append((iter(unit), own, depth + 1))
            open_ones.append((iter(element), own, depth))
        else:
            open_ones.append((iter(element), matrix, depth))


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


def printed_of(page: OfdPage, drawn: Drawn) -> Printed:
    """A page's characters, edges and pictures; a page whose writing lies on its side is turned upright, its boxes with it."""
    width, height = page.area[2] * POINTS, page.area[3] * POINTS
    shown, hidden = _on_page(drawn.chars, width, height), _on_page(drawn.hidden, width, height)
    edges = drawn.edges if len(drawn.edges) <= _MOST_EDGES else []
    sheet = Sheet(page.number, width, height, shown, edges)
    counts = Counter(char["turns"] for char in shown or hidden)
    turns, count = counts.most_common(1)[0] if counts else (0, 0)
    boxes = [box for _, box in drawn.pictures]
    printed = Printed(sheet, hidden, boxes, bool(drawn.edges) and not edges, crowded=max(len(drawn.chars), len(drawn.hidden)) > MOST_CHARACTERS)
    if not turns or count <= _MOSTLY * len(shown or hidden):
        return printed
    return replace(printed, sheet=_turned(sheet, turns), hidden=_turned(replace(sheet, chars=hidden, edges=[]), turns).chars)


def _on_page(chars: Sequence[dict[str, Any]], width: float, height: float) -> list[dict[str, Any]]:
    return [char for char in chars if -width <= char["x0"] <= 2 * width and -height <= char["top"] <= 2 * height]


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
