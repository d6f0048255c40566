"""Ruled lines on a picture of a page, as the edges that tables are found by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_ACROSS = 0.5  # inches from which a level stroke is a rule, not a letter's
_DOWN = 0.24  # inches from which an upright stroke may be one: a row of small print is no lower
_THICK = 0.06  # inches: thicker ones are bars
_GAP = 0.08  # inches that a faint rule may be broken by
_JOIN = 0.05  # inches within which two rules meet


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


def find_rules(ink: Any, dpi: float) -> list[Rule]:
    """The level rules, and the upright ones that meet two of them: any other upright stroke is a letter's."""
    level = list(_strokes(ink, dpi, level=True))
    upright = list(_strokes(ink, dpi, level=False))
    near = _JOIN * dpi
    tables = [rule for rule in upright if sum(_meet(rule, other, near) for other in level) >= 2]
    return [*level, *tables]


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

    long = cv2.morphologyEx(ink, cv2.MORPH_OPEN, bar(_ACROSS if level else _DOWN))
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
