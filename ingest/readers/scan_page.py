"""Scanned pages: from the picture of a page to its lines, by OCR, with a word about what stayed uncertain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean
from typing import Any

from ingest.readers.printed import Page, Sheet, read_sheet
from ingest.readers.scan_boxes import Strip, find_strips
from ingest.readers.scan_engine import Glyph, find_quads, plain_faults, read_crops, upside_down
from ingest.readers.scan_ink import as_grey, ink_of, quarter_turned, straighten, turn
from ingest.readers.scan_rules import as_edges, close_frames, erase, find_rules, wipe
from ingest.readers.scan_sheet import as_chars
from ingest.readers.scan_text import mend

_PAD = 0.1  # of a strip's height that its crop takes beyond the ink
_AGAIN = 0.75  # a character less sure than this has its line read once more, with more paper around it
_FAINT = 0.8  # a line that is less sure on the whole is named in a warning
_SMALL = 14  # pixels on the picture as it is looked at: lower lines are looked for anew, larger
_LARGER = 2016  # pixels of the longer side then
_UNREAD = 0.5  # ink that the engine passed over and that is read less surely than this is no text: a picture, a shade's edge
_NAMED = 3  # uncertain places named for a page


def read_page(number: int, picture: Any, dpi: float, threads: int) -> tuple[Page, list[str]]:
    """The lines of page `number` from its picture (height × width × 3, red first; None where it is damaged), and its warnings.

    `threads` bounds the cores that are taken; 0 takes all. `MemoryError` where the page needs more memory than there is.
    """
    if picture is None:
        return Page(number, 595.0, 842.0, ()), [f"page {number} is damaged and could not be read"]
    scale = 72 / dpi
    try:
        with plain_faults():
            return _read_picture(number, picture, dpi, threads)
    except (RuntimeError, ValueError, IndexError):
        blank = Page(number, picture.shape[1] * scale, picture.shape[0] * scale, ())
        return blank, [f"page {number} could not be read by OCR; look at the file itself"]


def _read_picture(number: int, picture: Any, dpi: float, threads: int) -> tuple[Page, list[str]]:
    grey, quads = _upright(picture, dpi, threads)
    ink = ink_of(grey)
    rules = find_rules(ink, dpi, quads)
    erase(grey, rules)
    wipe(ink, rules)
    rules = close_frames(rules, dpi)
    strips = find_strips(quads, ink, rules)
    em = sorted(strip.height for strip in strips)[len(strips) // 2] if strips else 0
    rows = _read(grey, strips, em, threads)
    warnings = [f"page {number} was read by OCR", *_doubts(rows, em, grey.shape[0], number)]
    scale = 72 / dpi
    kept = [(strip, mended) for strip, glyphs in rows if not _is_unread(strip, glyphs) and (mended := mend(glyphs))]
    height, width = grey.shape[:2]
    return read_sheet(Sheet(number, width * scale, height * scale, as_chars(kept, scale), as_edges(rules, scale))), warnings


def _upright(picture: Any, dpi: float, threads: int) -> tuple[Any, Any]:
    """The page in grey, upright and level, and the corners of its lines."""
    import numpy as np

    grey = as_grey(picture, dpi)
    quads = find_quads(_three(grey), threads)
    heights = np.minimum(np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1), np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1))
    if len(quads) >= 3 and np.median(heights) * 1280 / max(grey.shape) < _SMALL:
        quads = find_quads(_three(grey), threads, _LARGER)
    if quarter_turned(quads):
        grey, quads = turn(grey, quads, 1)
    grey, quads = straighten(grey, quads)
    if upside_down(_samples(grey, quads), threads):
        grey, quads = turn(grey, quads, 2)
    return grey, quads


def _samples(grey: Any, quads: Any) -> list[Any]:
    """Pieces of the longest lines, each of a few characters: the engine tells by such how they stand."""
    pieces = []
    for quad in sorted(quads, key=lambda quad: -float(quad[1][0] - quad[0][0]))[:5]:
        x0, top, x1, bottom = (max(0, int(v)) for v in (quad[:, 0].min(), quad[:, 1].min(), quad[:, 0].max(), quad[:, 1].max()))
        middle, half = (x0 + x1) // 2, 2 * (bottom - top)
        piece = grey[top:bottom, max(x0, middle - half) : min(x1, middle + half)]
        if min(piece.shape) >= 8:
            pieces.append(_three(piece))
    return pieces


def _three(grey: Any) -> Any:
    import numpy as np

    return np.repeat(grey[:, :, None], 3, axis=2)


def _read(grey: Any, strips: Sequence[Strip], em: int, threads: int) -> list[tuple[Strip, list[Glyph]]]:
    """The glyphs of each strip, `at` in pixels from the page's left edge."""
    rows = _read_once(grey, strips, em, threads, _PAD)
    doubtful = [i for i, (_, glyphs) in enumerate(rows) if any(g.sure < _AGAIN for g in glyphs)]
    for i, again in zip(doubtful, _read_once(grey, [strips[i] for i in doubtful], em, threads, 2.5 * _PAD), strict=True):
        if _surety(again[1]) > _surety(rows[i][1]):
            rows[i] = again
    return rows


def _read_once(grey: Any, strips: Sequence[Strip], em: int, threads: int, pad: float) -> list[tuple[Strip, list[Glyph]]]:
    height, width = grey.shape[:2]
    crops, lefts = [], []
    for strip in strips:
        more = round(pad * strip.height) + 1
        flat = max(0, round(0.55 * em - strip.height / 2)) if strip.height < 0.55 * em else 0
        left, right = max(0, strip.x0 - 2 * more), min(width, strip.x1 + 2 * more)
        crops.append(_three(grey[max(0, strip.top - more - flat) : min(height, strip.bottom + more + flat), left:right]))
        lefts.append(left)
    found = read_crops(crops, threads)
    return [(strip, [replace(g, at=left + g.at * crop.shape[1]) for g in glyphs]) for strip, crop, left, glyphs in zip(strips, crops, lefts, found, strict=True)]


def _surety(glyphs: Sequence[Glyph]) -> float:
    return fmean(g.sure for g in glyphs) if glyphs else 0.0


def _is_unread(strip: Strip, glyphs: Sequence[Glyph]) -> bool:
    return strip.added and _surety(glyphs) < _UNREAD


def _doubts(rows: Sequence[tuple[Strip, list[Glyph]]], em: int, height: int, number: int) -> list[str]:
    """Warnings of a page: ink that stayed unread, lines that may be misread."""
    warnings = []
    for strip, glyphs in rows:
        if _is_unread(strip, glyphs) and strip.width > 2 * em and strip.height > 0.4 * em:
            third = (strip.top + strip.bottom) / 2 / height
            place = "near the head" if third < 0.2 else "near the foot" if third > 0.8 else "in the middle"
            warnings.append(f"page {number}: a line {place} could not be read")
    faint = ["".join(g.text for g in glyphs) for strip, glyphs in rows if _surety(glyphs) < _FAINT and not _is_unread(strip, glyphs)]
    faint = [text for text in faint if re.search("[\u4e00-\u9fff]{2}|[0-9A-Za-z]{3}", text)]  # neither marks nor page numbers
    warnings += [f"page {number}: “{text[:20]}” may be misread" for text in faint[:_NAMED]]
    if len(faint) > _NAMED:
        warnings.append(f"page {number}: {len(faint) - _NAMED} more lines may be misread")
    return list(dict.fromkeys(warnings))
