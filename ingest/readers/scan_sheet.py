"""From glyphs on a picture to the characters of a printed page: places, type sizes, rows."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from ingest.readers.scan_boxes import Strip
from ingest.readers.scan_engine import Glyph

_INK = 0.95  # height of a line's ink as a share of its type size
_BEARING = 0.04  # paper at each side of a character, as a share of its size
_BLANK = 0.45  # of the type size between two characters: a blank was set there
_PITCH = 6  # characters in a row from which their pitch is sure
_NARROW = 0.7  # pitch as a share of the ink's height below which the letters are narrow, as a red head's are
_SET_WIDE = 1.05  # pitch as a share of the ink's height from which blanks stand between the characters
_ALIKE = 0.11  # sizes of a page that differ less are one
_OPENING, _CLOSING = "（《〈“‘〔【「", "，。、；：！？）》〉”’〕】」"

Row = tuple[Strip, Sequence[Glyph]]  # glyphs with `at` as pixels from the page's left edge


def as_chars(rows: Sequence[Row], scale: float) -> list[dict[str, Any]]:
    """The characters of a `printed.Sheet`; `scale` is points a pixel."""
    rows = [(strip, glyphs) for strip, glyphs in rows if glyphs]
    sizes = _sizes(rows)
    levels = _levels([strip for strip, _ in rows], sizes)
    chars = []
    for (strip, glyphs), size, middle in zip(rows, sizes, levels, strict=True):
        for glyph, (x0, x1) in zip(glyphs, _spans(strip, glyphs, size), strict=True):
            top, bottom = (middle - size / 2) * scale, (middle + size / 2) * scale
            chars.append(
                {"text": glyph.text, "x0": x0 * scale, "x1": x1 * scale, "top": top, "bottom": bottom, "doctop": top, "width": (x1 - x0) * scale, "height": bottom - top}
                | {"size": round(size * scale, 1), "fontname": "OCR", "upright": True, "object_type": "char"}
            )
    return chars


def is_wide(text: str) -> bool:
    """Whether a character takes a full square of type."""
    return text >= "\u2e80" or text in "—…“”‘’"


def _sizes(rows: Sequence[Row]) -> list[float]:
    """The type size of each line in pixels, lines of nearly the same height given one; low ones take that of their neighbours."""
    own = [_size(strip, glyphs) for strip, glyphs in rows]
    sure = sorted(size for size in own if size)
    if not sure:
        return [strip.height / _INK for strip, _ in rows]
    groups: list[list[float]] = []
    for size in sure:
        if groups and size <= groups[-1][0] * (1 + 2 * _ALIKE) and size <= median(groups[-1]) * (1 + _ALIKE):
            groups[-1].append(size)
        else:
            groups.append([size])
    steady = [median(group) for group in groups]

    def nearest(size: float) -> float:
        return min(steady, key=lambda other: abs(other - size))

    def beside(strip: Strip) -> float:
        near = next(known for j in sorted(range(len(rows)), key=lambda j: abs(rows[j][0].top - strip.top)) if (known := own[j]))
        return near if strip.height < 1.3 * near else strip.height / _INK

    sizes = []
    for i, (strip, _) in enumerate(rows):
        size = own[i] or beside(strip)
        sizes.append(nearest(size) if abs(nearest(size) - size) < 0.2 * size else size)
    return sizes


def _size(strip: Strip, glyphs: Sequence[Glyph]) -> float | None:
    """The type size: the pitch of the characters, unless they are set wide or narrow; then, and where few stand in a row, by the height of the ink."""
    if sum(is_wide(g.text) and g.text not in _OPENING + _CLOSING + "一—" for g in glyphs) < 2:
        return None
    best, run = (0, 0.0), list[float]()
    for glyph in [*glyphs, None]:
        if glyph is not None and is_wide(glyph.text):
            run.append(glyph.at)
            continue
        best = max(best, (len(run), run[-1] - run[0] if run else 0.0))
        run = []
    height = strip.height / _INK
    pitch = best[1] / (best[0] - 1) if best[0] >= _PITCH else 0.0
    return pitch if _NARROW * height < pitch < _SET_WIDE * height else height


def _levels(strips: Sequence[Strip], sizes: Sequence[float]) -> list[float]:
    """The middle of each line's height, that of the widest strip for all that stand in one row."""
    levels = [(strip.top + strip.bottom) / 2 for strip in strips]
    taken: set[int] = set()
    for i in sorted(range(len(strips)), key=lambda i: -strips[i].width):
        if i in taken:
            continue
        middle = levels[i]
        for j, strip in enumerate(strips):
            apart = min(strip.x1, strips[i].x1) - max(strip.x0, strips[i].x0) <= 0
            if j not in taken and (j == i or (apart and abs((strip.top + strip.bottom) / 2 - middle) < 0.4 * min(sizes[i], sizes[j]))):
                taken.add(j)
                levels[j] = middle
    return levels


def _spans(strip: Strip, glyphs: Sequence[Glyph], size: float) -> list[tuple[float, float]]:
    """Left and right of each character: they touch, unless the gap between them is wider than type sets it."""
    widths = [size if is_wide(g.text) else size / 2 for g in glyphs]
    middles = [g.at for g in glyphs]
    left = strip.x0 - (0.4 if glyphs[0].text in _OPENING else _BEARING) * size
    right = strip.x1 + (0.5 if glyphs[-1].text in _CLOSING else _BEARING) * size
    starts, ends = [left], []
    for i in range(len(glyphs) - 1):
        usual = (widths[i] + widths[i + 1]) / 2
        gap = middles[i + 1] - middles[i] - usual
        pair = glyphs[i].text + glyphs[i + 1].text
        if gap > (_BLANK if all("\u4e00" <= char <= "\u9fff" for char in pair) else 2 * _BLANK) * size:  # marks have paper of their own
            ends.append(middles[i] + widths[i] / 2)
            starts.append(middles[i + 1] - widths[i + 1] / 2)
        else:
            border = middles[i] + (middles[i + 1] - middles[i]) * widths[i] / (2 * usual)
            ends.append(border)
            starts.append(border)
    ends.append(right)
    return [(min(start, end), max(start, end)) for start, end in zip(starts, ends, strict=True)]
