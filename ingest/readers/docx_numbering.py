"""The numbers that Word generates (一、 1. 第一条 ①): counters and their written form (ECMA-376-1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ingest.readers.docx_figures import figure
from ingest.readers.docx_styles import Styles, W, switch, value
from ingest.readers.ooxml import number

_LEVELS = 9
_APART = re.compile(r"[0-9A-Za-z０-９\u4e00-\u9fff〇]$")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its numbers are written and when they start anew."""

    kind: str  # w:numFmt
    pattern: str  # w:lvlText, %1 the number of the first level
    start: int
    restart: int | None  # the level (from 1) whose use starts this one anew; 0 never, None any higher one
    legal: bool  # figures of all levels in decimal (w:isLgl)
    suffix: str  # tab, space or nothing
    style: str | None  # the paragraph style that this level numbers


def _kind(level: Any) -> str:
    """The format of a level's numbers; a custom one (001, 002 …) hides in an alternative."""
    for element in level.iter(f"{W}numFmt"):
        kind = element.get(f"{W}val") or ""
        if kind == "custom":
            return "custom:" + (element.get(f"{W}format") or "1").split(",")[0].strip()
        return kind
    return "decimal"


def _level(element: Any) -> Level:
    restart = value(element, "lvlRestart")
    return Level(
        _kind(element), value(element, "lvlText") or "", number(value(element, "start"), 0), None if restart is None else number(restart, 0),
        bool(switch(element, "isLgl")), value(element, "suff") or "tab", value(element, "pStyle"),
    )  # fmt: skip


def _levels(element: Any) -> dict[int, Level]:
    return {number(child.get(f"{W}ilvl"), 0): _level(child) for child in element.findall(f"{W}lvl")}


class Numbering:
    """The lists of a document with their counters; to be asked for every paragraph once, in order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self.styles = styles
        self.counters: dict[tuple[str, int], int] = {}
        self.begun: set[tuple[str, int]] = set()  # lists and levels whose override of the start was used
        self.abstracts: dict[str, dict[int, Level]] = {}
        self.nums: dict[str, tuple[str, dict[int, int], dict[int, Level]]] = {}
        links: dict[str, str] = {}
        for child in () if root is None else root.findall(f"{W}abstractNum"):
            identifier = child.get(f"{W}abstractNumId") or ""
            self.abstracts[identifier] = _levels(child)
            if (link := value(child, "numStyleLink")) is not None:
                links[identifier] = link
        for child in () if root is None else root.findall(f"{W}num"):
            starts: dict[int, int] = {}
            own: dict[int, Level] = {}
            for override in child.findall(f"{W}lvlOverride"):
                at = number(override.get(f"{W}ilvl"), 0)
                own |= {at: level} if (level := next(iter(_levels(override).values()), None)) else {}
                if (start := value(override, "startOverride")) is not None:
                    starts[at] = number(start, 1)
            self.nums[child.get(f"{W}numId") or ""] = (value(child, "abstractNumId") or "", starts, own)
        for identifier, link in links.items():
            self._follow(identifier, link)

    def _follow(self, identifier: str, link: str) -> None:
        """Take the levels of the list style that a list only names (w:numStyleLink)."""
        style = self.styles.styles.get(link)
        properties = None if style is None else style.find(f"{W}pPr/{W}numPr")
        target = self.nums.get(value(properties, "numId") or "", ("", {}, {}))[0]
        if not self.abstracts[identifier] and target in self.abstracts:
            self.abstracts[identifier] = self.abstracts[target]

    def _place(self, properties: Any) -> tuple[str, int] | None:
        """The list and level of a paragraph, by itself or its style; None where it has no number."""
        own = None if properties is None else properties.find(f"{W}numPr")
        num, level = value(own, "numId"), value(own, "ilvl")
        for style in self.styles.chain(value(properties, "pStyle")) if num is None else ():
            held = style.find(f"{W}pPr/{W}numPr")
            level = value(held, "ilvl") if level is None else level
            num = value(held, "numId")
            if num is not None:
                level = self._level_of_style(num, style.get(f"{W}styleId")) if level is None else level
                break
        if num is None or num == "0" or num not in self.nums:
            return None
        at = number(level, 0)
        return (num, at) if 0 <= at < _LEVELS else None

    def _level_of_style(self, num: str, style: str | None) -> str | None:
        levels = self.abstracts.get(self.nums[num][0], {}) if num in self.nums else {}
        return next((str(at) for at, level in levels.items() if level.style is not None and level.style == style), None)

    def label(self, properties: Any) -> str:
        """The number before a paragraph with what stands between it and the text; '' where there is none. Counts on."""
        place = self._place(properties)
        return "" if place is None else self.label_at(*place)

    def label_at(self, num: str, at: int) -> str:
        """The number of the next paragraph of a list and level."""
        if num not in self.nums:
            return ""
        abstract, starts, own = self.nums[num]
        levels = {**self.abstracts.get(abstract, {}), **own}
        if at not in levels:
            return ""
        level = levels[at]
        self._count(num, abstract, at, starts.get(at), levels)
        if level.kind in ("bullet", "none") and "%" not in level.pattern or level.kind == "bullet":
            return ""
        text = re.sub(r"%([1-9])", lambda m: self._figure(abstract, int(m[1]) - 1, levels, level.legal), level.pattern).strip()
        return text + (" " if text and level.suffix != "nothing" and _APART.search(text) else "")

    def _count(self, num: str, abstract: str, at: int, override: int | None, levels: dict[int, Level]) -> None:
        """Count a paragraph of level `at`, start anew what stands under it."""
        key = (abstract, at)
        if override is not None and (num, at) not in self.begun:
            self.begun.add((num, at))
            self.counters[key] = override
        else:
            self.counters[key] = self.counters[key] + 1 if key in self.counters else levels[at].start
        for lower in range(at + 1, _LEVELS):
            restart = levels[lower].restart if lower in levels else None
            if restart is None or at < restart:
                self.counters.pop((abstract, lower), None)

    def _figure(self, abstract: str, at: int, levels: dict[int, Level], legal: bool) -> str:
        level = levels.get(at)
        count = self.counters.get((abstract, at), level.start if level else 1)
        kind = "decimal" if level is None or legal and level.kind != "decimalZero" else level.kind
        return "" if kind in ("none", "bullet") else figure(kind, count)
