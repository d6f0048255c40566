"""What stands on the pages of a PDF (characters, rules, pictures), by pdfium: quicker than reading the operators in Python.

Everything is given in points from the upper left corner of the page as it is shown, so that a turned page reads like any other.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.lines import Box
from ingest.readers.drawings import Drawings, Matrix, boxed, combined, fill_of, read_drawings
from ingest.readers.printed import Sheet

MOST_OBJECTS = 20_000  # drawn objects of a page beyond which it is a map or a plan, whose rules say nothing of tables
MOST_CHARACTERS = 60_000  # characters of one page: a full sheet of newsprint has fewer
DESCENT = 0.14  # share of its size by which a character's body hangs below the line it stands on
UNREADABLE = "\ufffd"
MOST_TEXTS = 30_000  # text objects of one page: pdfium's time to order them grows with their square
_INVISIBLE = (3, 7)  # text rendering modes of ISO 32000-1, 9.3.6: neither filled nor stroked
_CANTED = 0.06  # radians by which a line of print may lean and still be upright
_FAINT, _LARGE, _HUGE = 0xA0, 21.0, 60.0  # grey of a watermark; points from which such print is one
_SOFT_HYPHEN = 0xAD  # where it is printed it is a hyphen


@dataclass(frozen=True, slots=True)
class Printed:
    """A page of a PDF as it is drawn, and what of it is no plain print."""

    sheet: Sheet
    hidden: list[dict[str, Any]] = field(default_factory=list)  # characters that are not shown: the layer that OCR leaves
    pictures: list[Box] = field(default_factory=list)
    drawing: bool = False  # more objects than MOST_OBJECTS: no rules were read
    overfull: bool = False  # more text objects than MOST_TEXTS: nothing was read
    crowded: bool = False  # more characters than MOST_CHARACTERS: the rest was left out

    def covered(self) -> float:
        """The share of the page that its pictures cover, overlaps counted twice."""
        wide, high = self.sheet.width, self.sheet.height
        area = sum(max(0.0, min(x1, wide) - max(x0, 0.0)) * max(0.0, min(y1, high) - max(y0, 0.0)) for x0, y0, x1, y1 in self.pictures)
        return area / max(wide * high, 1.0)


def read_page(page: Any, number: int) -> Printed:
    """The print of one page; `number` counts from 1. `page` is a pypdfium2 page, which the caller closes."""
    to_shown, width, height = _frame(page)
    if _overfull(page):
        return Printed(Sheet(number, width, height, [], []), overfull=True)
    text = page.get_textpage()
    try:
        layer = _TextLayer(text, to_shown, width, height)
        turns = Counter(char["turn"] for char in layer.shown)
        turn, most = turns.most_common(1)[0] if turns else (0, 0)
        if turn and most > 0.6 * len(layer.shown):  # a wide table put sideways on an upright page
            to_shown, width, height = _turned(to_shown, width, height, turn)
            layer = _TextLayer(text, to_shown, width, height)
    finally:
        text.close()
    drawings = read_drawings(page, to_shown, MOST_OBJECTS)
    chars = [char for char in layer.shown if not char["white"] or _inside(char, drawings)]
    sheet = Sheet(number, width, height, chars, drawings.edges)
    return Printed(sheet, layer.hidden, drawings.pictures, drawings.many, crowded=layer.crowded)


def _overfull(page: Any) -> bool:
    """Whether a page is printed in more pieces than can be put in order."""
    import pypdfium2.raw as pdfium

    count = int(pdfium.FPDFPage_CountObjects(page.raw))
    if count <= MOST_TEXTS:
        return False
    texts = sum(pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, i)) == pdfium.FPDF_PAGEOBJ_TEXT for i in range(min(count, 4 * MOST_TEXTS)))
    return texts > MOST_TEXTS or count > 100 * MOST_TEXTS


def _inside(char: dict[str, Any], drawings: Drawings) -> bool:
    """Whether white print stands on something dark."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in (*drawings.dark, *drawings.pictures))


def _frame(page: Any) -> tuple[Matrix, float, float]:
    """The way from the page's own coordinates to points from the upper left corner as shown, and the measures as shown."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    left, bottom, right, top = max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = media
    straight = (1.0, 0.0, 0.0, -1.0, -left, top)
    return _turned(straight, right - left, top - bottom, page.get_rotation() // 90 % 4)


def _turned(matrix: Matrix, width: float, height: float, turn: int) -> tuple[Matrix, float, float]:
    """A frame turned back by as many quarters as its print is turned against the clock (1: it reads upwards)."""
    if turn == 1:
        return combined(matrix, (0.0, 1.0, -1.0, 0.0, height, 0.0)), height, width
    if turn == 2:
        return combined(matrix, (-1.0, 0.0, 0.0, -1.0, width, height)), width, height
    if turn == 3:
        return combined(matrix, (0.0, -1.0, 1.0, 0.0, 0.0, width)), height, width
    return matrix, width, height


def _is_red(colour: tuple[int, int, int, int]) -> bool:
    return colour[0] > 0x90 and max(colour[1], colour[2]) < 0x60


@dataclass(frozen=True, slots=True)
class _Style:
    """What the characters of one text object have in common."""

    size: float
    baseline: float | None  # None where the text does not run level
    fontname: str
    tight: bool  # the font has no heights, so that boxes are those of the ink
    shown: bool
    white: bool
    red: bool
    turn: int | None  # quarters against the clock; None for leaning print and watermarks, which are left out


class _TextLayer:
    """The characters of a page: those that are shown and those that are not, each with its box."""

    def __init__(self, text: Any, to_shown: Matrix, width: float, height: float) -> None:
        self.text, self.to_shown, self.width, self.height = text, to_shown, width, height
        self.shown: list[dict[str, Any]] = []
        self.hidden: list[dict[str, Any]] = []
        self.fonts: dict[bytes, tuple[str, bool]] = {}
        count = text.count_chars()
        self.crowded = count > MOST_CHARACTERS
        self._read(min(count, MOST_CHARACTERS))

    def _read(self, count: int) -> None:
        import pypdfium2.raw as pdfium

        raw, box = self.text.raw, pdfium.FS_RECTF()
        at, get_object, get_box = ctypes.byref(box), pdfium.FPDFText_GetTextObject, pdfium.FPDFText_GetLooseCharBox
        straight, shift = self.to_shown[:4] == (1.0, 0.0, 0.0, -1.0), self.to_shown[4]
        styles: dict[bytes, _Style] = {}
        for i, code in self._codes(count):
            pointer = get_object(raw, i)
            address = bytes(pointer)
            style = styles.get(address)
            if style is None:
                style = styles[address] = self._style(i, pointer)
            if style.turn is None:
                continue
            get_box(raw, i, at)
            left, right = (box.left, box.right) if not style.tight or code < 0x2E80 else self._advance(i, style)
            if style.baseline is None or not straight:
                x0, top, x1, bottom = boxed(self.to_shown, left, box.bottom, right, box.top)
            else:
                x0, x1 = left + shift, right + shift
            if style.baseline is not None:
                bottom = style.baseline + DESCENT * style.size
                top = bottom - style.size
            if -1 < (x0 + x1) / 2 < self.width + 1 and -1 < (top + bottom) / 2 < self.height + 1:
                (self.shown if style.shown else self.hidden).append(
                    {
                        "text": chr(code), "x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top, "size": style.size,
                        "fontname": style.fontname, "upright": style.turn == 0, "turn": style.turn, "white": style.white, "red": style.red,
                    }
                )  # fmt: skip

    def _codes(self, count: int) -> Iterator[tuple[int, int]]:
        """The place and code point of each character that the file holds; pdfium itself adds blanks and line ends."""
        import pypdfium2.raw as pdfium

        raw, get_code, is_generated = self.text.raw, pdfium.FPDFText_GetUnicode, pdfium.FPDFText_IsGenerated
        high = 0
        for i in range(count):
            code = get_code(raw, i)
            if code <= 0x20:
                if code in (0x0A, 0x0D) or is_generated(raw, i) == 1:
                    continue
                code = 0x2D if code == 2 else code or 0xFFFD  # 2 is pdfium's hyphen at a line's end
            elif code == _SOFT_HYPHEN:
                code = 0x2D
            elif 0xD800 <= code < 0xE000:  # characters beyond the basic plane come in halves
                if code < 0xDC00:
                    high = code
                    continue
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
                high = 0
            elif code in (0xFFFE, 0xFFFF):
                code = 0xFFFD
            yield i, code

    def _advance(self, i: int, style: _Style) -> tuple[float, float]:
        """The left and right end of a full-width character of a font without measures."""
        import pypdfium2.raw as pdfium

        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self.text.raw, i, ctypes.byref(x), ctypes.byref(y))
        return x.value, x.value + style.size

    def _style(self, i: int, pointer: Any) -> _Style:
        import pypdfium2.raw as pdfium

        matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetMatrix(self.text.raw, i, ctypes.byref(matrix))
        pdfium.FPDFText_GetCharOrigin(self.text.raw, i, ctypes.byref(x), ctypes.byref(y))
        a, b, c, d, _, _ = combined((matrix.a, matrix.b, matrix.c, matrix.d, 0.0, 0.0), (*self.to_shown[:4], 0.0, 0.0))
        size = abs(pdfium.FPDFText_GetFontSize(self.text.raw, i)) * math.hypot(c, d)
        turn = self._turn(math.atan2(-b, a)) if size > 0.5 else None
        colour = (fill_of(pointer) if pointer else None) or (0, 0, 0, 255)
        faint = min(colour[:3]) > _FAINT or colour[3] < 0xA0
        if turn is not None and ((faint and size > _LARGE and min(colour[:3]) < 0xF4) or size > 10 * _HUGE):
            turn = None
        name, tight = self._font(pointer)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(pointer) if pointer else 0
        level = turn == 0 and abs(b) <= 0.01 * abs(a)
        baseline = boxed(self.to_shown, x.value, y.value, x.value, y.value)[1] if level else None
        return _Style(size, baseline, name, tight and turn == 0, mode not in _INVISIBLE and colour[3] > 8, min(colour[:3]) >= 0xF4, _is_red(colour), turn)

    @staticmethod
    def _turn(angle: float) -> int | None:
        """The quarters by which print is turned against the clock, None where it leans."""
        quarters = angle / (math.pi / 2)
        return round(quarters) % 4 if abs(quarters - round(quarters)) * math.pi / 2 <= _CANTED else None

    def _font(self, pointer: Any) -> tuple[str, bool]:
        """The name of a text object's font, and whether it has no heights."""
        import pypdfium2.raw as pdfium

        font = pdfium.FPDFTextObj_GetFont(pointer) if pointer else None
        if not font:
            return "", False
        address = bytes(font)
        if address not in self.fonts:
            name = ctypes.create_string_buffer(128)
            length = pdfium.FPDFFont_GetBaseFontName(font, name, 128)
            ascent, descent = ctypes.c_float(), ctypes.c_float()
            pdfium.FPDFFont_GetAscent(font, 1.0, ctypes.byref(ascent))
            pdfium.FPDFFont_GetDescent(font, 1.0, ctypes.byref(descent))
            self.fonts[address] = (name.value.decode("utf-8", "replace") if 0 < length <= 128 else "", ascent.value == descent.value)
        return self.fonts[address]
