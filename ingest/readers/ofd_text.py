"""Text of OFD (GB/T 33190 §11): each character of a TextObject with its box on the page, in points."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.readers.ofd_package import attribute, children, local, numbers

Matrix = tuple[float, float, float, float, float, float]  # x' = a x + c y + e, y' = b x + d y + f

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
POINTS = 72 / 25.4  # a millimetre in points
_ASCENT = 0.88  # share of a character's height above its base line, as Chinese fonts have it
_SKEW = 8  # degrees off upright or a quarter turn, above which text is a watermark
_LONGEST = 100_000  # characters of one TextCode; more are an attack
_SLACK = 0.22  # share of its height by which a letter may be wider than usual; a gap between Chinese and digits is 0.25
_BOLD = 600  # a weight from which text is bold


def combined(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that does `inner` first."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point where the matrix puts it."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def matrix_of(element: Any, outer: Matrix) -> Matrix:
    """The matrix of a graphic object: its CTM, then its boundary's corner, then what holds it."""
    corner = numbers(attribute(element, "Boundary"))
    ctm = numbers(attribute(element, "CTM"))
    own: Matrix = (ctm[0], ctm[1], ctm[2], ctm[3], ctm[4], ctm[5]) if len(ctm) == 6 else IDENTITY
    x, y = (corner[0], corner[1]) if len(corner) >= 2 else (0.0, 0.0)
    return combined(outer, combined((1.0, 0.0, 0.0, 1.0, x, y), own))


def deltas(text: str | None, count: int) -> list[float]:
    """At most `count` steps of a DeltaX or DeltaY, `g n v` read as n times v."""
    tokens = iter((text or "").replace(",", " ").split())
    steps: list[float] = []
    for token in tokens:
        if len(steps) >= count:
            break
        repeat, value = 1, token
        if token == "g":
            run, value = next(tokens, ""), next(tokens, "")
            repeat = int(run[:12]) if run[:12].isdecimal() else 0
        step = numbers(value)
        if not step or repeat < 1:
            break
        steps.extend(step * min(repeat, count - len(steps)))
    return steps


def code_text(element: Any) -> str:
    """The characters of a TextCode; line breaks and the indentation after them come from the writer of the XML."""
    text = "".join(element.itertext(with_tail=False))
    lines = [line if n == 0 else line.lstrip(" \t") for n, line in enumerate(text.replace("\r", "\n").split("\n"))]
    if len(lines) > 1 and not lines[-1].strip():
        lines.pop()
    return "".join(char for char in "".join(lines) if char >= " ").replace("\u00ad", "-")  # a soft hyphen that is printed is one


def _natural(char: str) -> float:
    """A character's usual width as a share of its height; of letters as Times has it."""
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    return 0.85 if char in "mwMW%@" else 0.68 if char.isupper() else 0.5


def _clusters(text: str, transforms: Sequence[Any]) -> list[tuple[int, int]]:
    """How many codes and how many glyphs each group of a text has: ligatures have fewer glyphs (CGTransform)."""
    groups: list[tuple[int, int]] = []
    spans = sorted((int((numbers(attribute(t, "CodePosition")) or [0])[0]), int((numbers(attribute(t, "CodeCount")) or [1])[0]), int((numbers(attribute(t, "GlyphCount")) or [1])[0])) for t in transforms)
    at = 0
    for start, codes, glyphs in spans:
        if start < at or codes < 1 or glyphs < 1 or codes == glyphs or start + codes > len(text):
            continue
        groups += [(1, 1)] * (start - at) + [(codes, min(glyphs, 64))]
        at = start + codes
    return groups + [(1, 1)] * (len(text) - at)


def _steps(text: str, transforms: Sequence[Any], written: str | None, natural: Sequence[float]) -> list[float]:
    """From each code of a text to the next, along one axis; `natural` where nothing is written.

    A list that is too short goes on with its last step (ofdrw and Suwell write such); steps count glyphs where a ligature
    has fewer of them than codes.
    """
    groups = _clusters(text, transforms) if transforms else []
    glyphs = sum(count for _, count in groups)
    steps = deltas(written, max(len(text), glyphs))
    if not steps or not any(steps):
        return list(natural)
    if groups and glyphs != len(text) and len(steps) <= glyphs:
        steps += [steps[-1]] * (glyphs - len(steps))
        spread: list[float] = []
        at = 0
        for codes, count in groups:
            spread += [sum(steps[at : at + count]) / codes] * codes
            at += count
        return spread
    return steps + [steps[-1]] * (len(text) - len(steps))


def _width(em: float, natural: float, around: Sequence[float], step: float) -> float:
    """How wide a character is that the next one follows after `step`; `around` are the steps before, its own and after.

    A wide one gives way where punctuation is squeezed; a narrow one is as wide as its step, but where a gap follows:
    there its step is unlike its neighbours'.
    """
    if step <= 0:
        return natural
    spaced = sum(abs(other - step) < 0.02 * em for other in around) > 1
    widest = natural if natural >= em else 1.05 * em if spaced else natural + _SLACK * em
    return step if step <= widest else natural


def _angle(matrix: Matrix) -> float:
    return math.degrees(math.atan2(matrix[1], matrix[0])) % 360


def quarter(matrix: Matrix) -> int | None:
    """How many quarter turns clockwise a matrix makes; None where it lies askew."""
    turns, rest = divmod(_angle(matrix) + 45, 90)
    return int(turns) % 4 if abs(rest - 45) <= _SKEW else None


def read_text(element: Any, outer: Matrix, fonts: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The characters of a TextObject as pdfplumber makes them, with `turns`, the quarter turns of the writing; none where it lies askew."""
    matrix = matrix_of(element, outer)
    turns = quarter(matrix)
    size = (numbers(attribute(element, "Size")) or [0.0])[0]
    if turns is None or size <= 0:
        return
    scale = (numbers(attribute(element, "HScale")) or [1.0])[0] or 1.0
    reading = int((numbers(attribute(element, "ReadDirection")) or [0])[0]) % 360
    turned = int((numbers(attribute(element, "CharDirection")) or [0])[0]) % 360
    turn = (round(math.cos(math.radians(turned)), 6), round(math.sin(math.radians(turned)), 6))
    upright = (turns * 90 + turned) % 180 == 0
    font = fonts.get(attribute(element, "Font") or "", "")
    weight = (numbers(attribute(element, "Weight")) or [400])[0]
    name = font + (" Bold" if weight >= _BOLD else "") + (" Hei" if "黑" in font else "")
    x = y = 0.0
    transforms: list[Any] = []
    for part in element:
        if local(part) == "CGTransform":
            transforms.append(part)
        if local(part) != "TextCode":
            continue
        x, y = (numbers(attribute(part, "X")) or [x])[0], (numbers(attribute(part, "Y")) or [y])[0]
        text = code_text(part)[:_LONGEST]
        widths = [size * scale * _natural(char) for char in text]
        along = [-w if reading in (180, 270) else w for w in widths]
        still = [0.0] * len(text)
        across, down = attribute(part, "DeltaX"), attribute(part, "DeltaY")
        placed = bool(deltas(across, 1) or deltas(down, 1))
        dx = _steps(text, transforms, across, still if placed or reading in (90, 270) else along)
        dy = _steps(text, transforms, down, still if placed or reading in (0, 180) else [math.copysign(size, w) for w in along])
        if len(text) > 1 and not any(dx) and not any(dy):
            dx = along
        transforms = []
        at_x, at_y = x, y
        owns = [_width(size * scale, width, dx[max(n - 1, 0) : min(n + 2, len(text) - 1)], dx[n]) for n, width in enumerate(widths[:-1])] + widths[-1:]
        if len(text) > 1 and text[-1].isdigit() and text[-2].isdigit():
            owns[-1] = min(owns[-2:])  # the last has no step; digits are alike
        for char, width, own, step_x, step_y in zip(text, widths, owns, dx, dy, strict=True):
            own = width if step_y else own
            yield _char(char, matrix, (at_x, at_y), (own, size), turn, {"fontname": name, "turns": turns, "upright": upright})
            at_x, at_y = at_x + step_x, at_y + step_y


def _char(text: str, matrix: Matrix, origin: tuple[float, float], measures: tuple[float, float], turn: tuple[float, float], more: dict[str, Any]) -> dict[str, Any]:
    """One character: its box turned about the origin (`turn` is the angle's cosine and sine), moved by the matrix, in points."""
    (x, y), (width, size) = origin, measures
    cosine, sine = turn
    up, down = -_ASCENT * size, (1 - _ASCENT) * size
    xa, ya = applied(matrix, x - up * sine, y + up * cosine)
    xb, yb = applied(matrix, x + width * cosine - down * sine, y + width * sine + down * cosine)
    x0, x1, top, bottom = min(xa, xb) * POINTS, max(xa, xb) * POINTS, min(ya, yb) * POINTS, max(ya, yb) * POINTS
    height = math.hypot(matrix[2], matrix[3]) * size * POINTS
    return {"object_type": "char", "text": text, "x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top, "width": x1 - x0, "height": bottom - top, "size": height, **more}


def lettering(element: Any) -> str:
    """All characters of a TextObject."""
    return "".join(code_text(part) for part in children(element, "TextCode"))
