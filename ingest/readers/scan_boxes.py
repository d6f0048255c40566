"""Lines of text on an upright page: the engine's boxes cut at rules, fitted to their ink, and the ink that it passed over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.readers.scan_rules import Rule

_MARK = 0.45  # of the type size: narrower strips are marks, read in the line that they end
_LINE = 3  # heights of large type from which a patch is wide enough for a line of it; else it is a figure


@dataclass(frozen=True, slots=True)
class Strip:
    """The place of one line on the picture, in pixels; `added` where the engine had not seen it."""

    x0: int
    top: int
    x1: int
    bottom: int
    added: bool = False

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.x1 - self.x0


def find_strips(quads: Any, ink: Any, rules: Sequence[Rule]) -> list[Strip]:
    """The lines of a page: `ink` is without the rules."""
    import numpy as np

    height, width = ink.shape
    boxes = [Strip(max(0, int(q[:, 0].min())), max(0, int(q[:, 1].min())), min(width, int(q[:, 0].max())), min(height, int(q[:, 1].max()))) for q in quads]
    cut = [piece for box in boxes for piece in _cut(box, rules)]
    usual = float(np.median([box.height for box in cut])) if cut else height / 60
    fitted = [strip for box in cut for strip in _fit(box, ink, usual)]
    em = float(np.median([strip.height for strip in fitted])) if fitted else height / 80
    whole = _without_doubles(fitted)
    strips = [strip for strip in whole if strip.width >= _MARK * em]
    for mark in (strip for strip in whole if strip.width < _MARK * em):
        strips = _placed(strips, mark, rules, em, alone=True)
    return _with_rest(strips, ink, rules, em)


def _cut(box: Strip, rules: Sequence[Rule]) -> list[Strip]:
    """A box parted where a table's rules cross it."""
    pieces = [box]
    for rule in rules:
        parted = []
        for piece in pieces:
            middle = (piece.top + piece.bottom) / 2
            if not rule.level and rule.top < middle < rule.bottom and piece.x0 + 4 < rule.at < piece.x1 - 4:
                parted += [replace(piece, x1=rule.x0), replace(piece, x0=rule.x1)]
            elif rule.level and rule.x0 < (piece.x0 + piece.x1) / 2 < rule.x1 and piece.top + 0.3 * piece.height < rule.at < piece.bottom - 0.3 * piece.height:
                parted += [replace(piece, bottom=rule.top), replace(piece, top=rule.bottom)]
            else:
                parted.append(piece)
        pieces = parted
    return [piece for piece in pieces if piece.width > 3 and piece.height > 3]


def _runs(filled: Any, gap: int) -> list[tuple[int, int]]:
    """The stretches of a profile that hold ink, those less than `gap` apart as one."""
    import numpy as np

    at = np.flatnonzero(filled)
    if not len(at):
        return []
    breaks = np.flatnonzero(np.diff(at) > gap)
    starts = [int(at[0]), *(int(at[i + 1]) for i in breaks)]
    ends = [*(int(at[i]) + 1 for i in breaks), int(at[-1]) + 1]
    return list(zip(starts, ends, strict=True))


def _fit(box: Strip, ink: Any, usual: float) -> list[Strip]:
    """A box drawn in to its ink; parted where it holds several lines, or characters below one another."""
    part = ink[box.top : box.bottom, box.x0 : box.x1] > 0
    rows = part.sum(axis=1)
    runs = _runs(rows > max(0.5, 0.004 * box.width), 1)
    if not runs:
        return []
    if box.height >= 1.7 * usual:
        tall = _tall_runs(runs, 0.4 * usual)
    else:
        main = max(runs, key=lambda run: rows[run[0] : run[1]].sum())
        centre = box.height / 2
        main = next((run for run in runs if run[0] <= centre < run[1]), main)
        # Strokes of the lines above and below reach in at the edges of the box; those of the own characters stand near.
        tall = [_grown(main, runs, box.height)]
    strips = []
    for top, bottom in tall:
        columns = part[top:bottom].sum(axis=0)
        across = _runs(columns > 0, 1)
        if across:
            strips.append(replace(box, x0=box.x0 + across[0][0], x1=box.x0 + across[-1][1], top=box.top + top, bottom=box.top + bottom))
    return strips


def _tall_runs(runs: Sequence[tuple[int, int]], least: float) -> list[tuple[int, int]]:
    """Runs of rows as lines: what is too low to be one belongs to the line it is nearer to."""
    lines: list[tuple[int, int]] = []
    for run in runs:
        low = bool(lines) and min(run[1] - run[0], lines[-1][1] - lines[-1][0]) < least
        if low and run[0] - lines[-1][1] < least:
            lines[-1] = (lines[-1][0], run[1])
        else:
            lines.append(run)
    return lines


def _grown(main: tuple[int, int], runs: Sequence[tuple[int, int]], height: int) -> tuple[int, int]:
    top, bottom = main
    for start, end in runs:
        middle = (start + end) / 2
        if 0.12 * height < middle < 0.88 * height:
            top, bottom = min(top, start), max(bottom, end)
    return top, bottom


def _overlap(a: Strip, b: Strip) -> tuple[int, int]:
    """How many pixels two strips share across and down; negative where they stand apart."""
    return min(a.x1, b.x1) - max(a.x0, b.x0), min(a.bottom, b.bottom) - max(a.top, b.top)


def _joined(a: Strip, b: Strip) -> Strip:
    return Strip(min(a.x0, b.x0), min(a.top, b.top), max(a.x1, b.x1), max(a.bottom, b.bottom), a.added and b.added)


def _without_doubles(strips: Iterable[Strip]) -> list[Strip]:
    """The strips, those of one line that lie over one another joined."""
    kept: list[Strip] = []
    for strip in sorted(strips, key=lambda s: -s.width):
        for i, other in enumerate(kept):
            across, down = _overlap(strip, other)
            if down > 0.6 * min(strip.height, other.height) and across > min(0.3 * min(strip.height, other.height), 0.5 * strip.width):
                kept[i] = _joined(other, strip)
                break
        else:
            kept.append(strip)
    return kept


def _with_rest(strips: list[Strip], ink: Any, rules: Sequence[Rule], em: float) -> list[Strip]:
    """The strips with the ink that none of them covers: it carries one on, or is a line that the engine dropped."""
    import cv2
    import numpy as np

    rest = ink.copy()
    margin = round(0.15 * em)
    for strip in strips:
        rest[max(0, strip.top - margin) : strip.bottom + margin, max(0, strip.x0 - margin) : strip.x1 + margin] = 0
    grain = np.ones((2, 2), np.uint8)  # what is smaller is grain of the paper
    rest = cv2.dilate(cv2.erode(rest, grain, anchor=(0, 0)), grain, anchor=(1, 1))
    grouped = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((round(0.45 * em) | 1, round(0.9 * em) | 1), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(grouped)
    height, width = ink.shape
    for label, (x, y, w, h, _) in enumerate(stats[1:].tolist(), 1):
        if max(w, h) < 0.12 * em or min(w, h) < 0.05 * em or x <= 3 or y <= 3 or x + w >= width - 3 or y + h >= height - 3:
            continue  # grain, or the shadow of the lid
        own = np.where(labels[y : y + h, x : x + w] == label, rest[y : y + h, x : x + w], 0)
        dots = int(np.count_nonzero(own))
        if not dots:
            continue
        down, across = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
        x, y, w, h, own = x + int(across[0]), y + int(down[0]), int(np.ptp(across)) + 1, int(np.ptp(down)) + 1, own[down[0] : down[-1] + 1, across[0] : across[-1] + 1]
        small = max(w, h) < 0.35 * em or dots < 0.03 * em * em
        if dots < 0.005 * em * em or h > 6 * em:
            continue
        page = np.zeros_like(ink)
        page[y : y + h, x : x + w] = own
        patches = [Strip(x, y, x + w, y + h, added=True)] if h <= 1.3 * em else _fit(Strip(x, y, x + w, y + h, added=True), page, em)
        for patch in [piece for strip in patches for piece in _cut(strip, rules)]:
            strips = _placed(strips, patch, rules, em, alone=not small and (patch.height <= 2.5 * em or patch.width >= _LINE * patch.height))
    return strips


def _placed(strips: list[Strip], patch: Strip, rules: Sequence[Rule], em: float, *, alone: bool) -> list[Strip]:
    """The strips with a patch of ink: part of the strip beside it in its row, else, if it may stand alone, a strip of its own."""
    for i, strip in enumerate(strips):
        across, down = _overlap(strip, patch)
        if down < 0.5 * min(strip.height, patch.height) or across < -1.2 * em or _joined(strip, patch).height > 1.35 * max(strip.height, 0.8 * em):
            continue
        left, right = sorted((strip, patch), key=lambda s: s.x0)
        middle = (patch.top + patch.bottom) / 2
        if not any(not r.level and left.x1 - 4 <= r.at <= right.x0 + 4 and r.top < middle < r.bottom for r in rules):
            return [*strips[:i], _joined(strip, patch), *strips[i + 1 :]]
    return [*strips, patch] if alone and not _is_frame(patch, strips) else strips


def _is_frame(patch: Strip, strips: Sequence[Strip]) -> bool:
    """Whether lines that are read already stand along most of a patch: it is what is left of a frame or shade around them."""
    shared = [(strip, *_overlap(strip, patch)) for strip in strips]
    return sum(across for strip, across, down in shared if across > 0 and down > 0.5 * strip.height) > 0.5 * patch.width
