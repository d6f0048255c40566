"""Ruled lines on a picture of a page, as the edges that tables are found by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

_ACROSS = 0.5  # inches from which a level stroke by itself is a rule, not a letter's
_LEAST = 0.24  # inches from which a stroke may be one where rules cross it: rows and columns are no narrower
_THICK = 0.06  # inches: thicker ones are bars
_MOST_OPEN = 0.5  # share of a table's head or foot that is drawn at least
_GAP = 0.08  # inches that a faint rule may be broken by
_JOIN = 0.05  # inches within which two rules meet
_LETTER = 2.5  # heights of a line of type from which an unbroken stroke in it is a rule: those of two bold letters may touch
_INSIDE = 0.8  # share of a stroke that lies in the line of type it belongs to


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line in pixels."""

    level: bool
    x0: int
    top: int
    x1: int
    bottom: int

    @property
    def at(self) -> float:
        """Its height on the page, or its place from the left where it is upright."""
        return (self.top + self.bottom) / 2 if self.level else (self.x0 + self.x1) / 2


def find_rules(ink: Any, dpi: float, quads: Sequence[Any] = ()) -> list[Rule]:
    """Long level rules, and what meets two rules that cross it: any other stroke is a letter's.

    `quads` are the corners of the lines of text: strokes of neighbouring letters in large type look like one rule.
    """
    near = _JOIN * dpi
    level: list[Rule] = []
    short: list[Rule] = []
    for rule in _strokes(ink, dpi, level=True):
        (level if rule.x1 - rule.x0 >= _ACROSS * dpi and not _of_letters(rule, ink, quads) else short).append(rule)
    upright = [rule for rule in _strokes(ink, dpi, level=False) if sum(_meet(rule, other, near) for other in level) >= 2]
    ends = [rule for rule in short if sum(_meet(other, rule, near) for other in upright) >= 2]  # across a narrow column
    return [*level, *ends, *upright]


def _of_letters(stroke: Rule, ink: Any, quads: Sequence[Any]) -> bool:
    """Whether a level stroke lies in a line of type and is broken as letters are."""
    import numpy as np

    for quad in quads:
        (x0, top), (x1, bottom) = np.min(quad, axis=0), np.max(quad, axis=0)
        shared = min(x1, stroke.x1) - max(x0, stroke.x0)
        if top <= stroke.at <= bottom and shared > _INSIDE * (stroke.x1 - stroke.x0):
            blanks = np.flatnonzero(~ink[stroke.top : stroke.bottom, stroke.x0 : stroke.x1].any(axis=0))
            longest = int(np.diff(np.concatenate(([-1], blanks, [stroke.x1 - stroke.x0]))).max()) - 1
            if longest < _LETTER * (bottom - top):
                return True
    return False


def close_frames(rules: Sequence[Rule], dpi: float) -> list[Rule]:
    """The rules with what a table's frame lacks: sides that are not printed, the foot of a cell that goes on overleaf."""
    near = _JOIN * dpi
    added = []
    for group in _tables(rules, near):
        level = [rule for rule in group if rule.level]
        x0, x1 = min(rule.x0 for rule in level), max(rule.x1 for rule in level)
        top, bottom = min(rule.at for rule in level), max(rule.at for rule in level)
        for y in (top, bottom):
            drawn = sum(rule.x1 - rule.x0 for rule in level if abs(rule.at - y) < near)
            if _MOST_OPEN * (x1 - x0) < drawn < x1 - x0 - 2 * near:
                added.append(Rule(True, x0, round(y), x1, round(y) + 1))
        for x, ends in ((x0, [rule.x0 for rule in level]), (x1, [rule.x1 for rule in level])):
            if len(level) >= 3 and sum(abs(end - x) < near for end in ends) >= 3 and not any(not r.level and abs(r.at - x) < near for r in group):
                added.append(Rule(False, round(x), round(top), round(x) + 1, round(bottom)))
    return [*rules, *added]


def _tables(rules: Sequence[Rule], near: float) -> list[list[Rule]]:
    """The rules that hang together, where some cross."""
    groups: list[list[Rule]] = []
    for upright in (rule for rule in rules if not rule.level):
        met = [rule for rule in rules if rule.level and _meet(upright, rule, near)]
        joined = [group for group in groups if any(rule in group for rule in met)]
        groups = [group for group in groups if group not in joined]
        groups.append(list(dict.fromkeys([*(rule for group in joined for rule in group), *met, upright])))
    return groups


def erase(grey: Any, rules: Iterable[Rule]) -> None:
    """Paint the rules over with paper."""
    for rule in rules:
        grey[max(0, rule.top - 1) : rule.bottom + 1, max(0, rule.x0 - 1) : rule.x1 + 1] = 255


def wipe(ink: Any, rules: Iterable[Rule]) -> None:
    """Take the rules out of the ink."""
    for rule in rules:
        ink[max(0, rule.top - 2) : rule.bottom + 2, max(0, rule.x0 - 2) : rule.x1 + 2] = 0


def as_edges(rules: Iterable[Rule], scale: float) -> list[dict[str, Any]]:
    """The rules as edges of a `printed.Sheet`; `scale` is points a pixel."""
    edges = []
    for rule in rules:
        x0, x1 = (rule.x0, rule.x1) if rule.level else (rule.at, rule.at)
        top, bottom = (rule.at, rule.at) if rule.level else (rule.top, rule.bottom)
        box = {"x0": x0 * scale, "x1": x1 * scale, "top": top * scale, "bottom": bottom * scale}
        edges.append({**box, "width": box["x1"] - box["x0"], "height": box["bottom"] - box["top"], "orientation": "h" if rule.level else "v", "object_type": "line"})
    return edges


def _strokes(ink: Any, dpi: float, *, level: bool) -> Iterable[Rule]:
    import cv2
    import numpy as np

    def bar(length: float) -> Any:
        size = max(3, round(length * dpi)) | 1  # odd, else the stroke is moved by a dot
        return np.ones((1, size) if level else (size, 1), np.uint8)

    long = cv2.morphologyEx(ink, cv2.MORPH_OPEN, bar(_LEAST))
    closed = cv2.morphologyEx(long, cv2.MORPH_CLOSE, bar(_GAP))
    across = np.ones((3, 1) if level else (1, 3), np.uint8)  # a rule that lies askew by a hair goes on in the next row of dots
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(closed, across), connectivity=8)
    for x, y, width, height, _ in stats[1:].tolist():
        if level and height - 2 <= _THICK * dpi and width > 3 * height:
            yield Rule(True, x, y + 1, x + width, y + height - 1)
        elif not level and width - 2 <= _THICK * dpi and height > 3 * width:
            yield Rule(False, x + 1, y, x + width - 1, y + height)


def _meet(upright: Rule, level: Rule, near: float) -> bool:
    return level.x0 - near <= upright.at <= level.x1 + near and upright.top - near <= level.at <= upright.bottom + near
