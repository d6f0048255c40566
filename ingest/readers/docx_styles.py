"""Styles of DOCX: what a paragraph and its runs take from their styles (ECMA-376-1, 17.7)."""

from __future__ import annotations

import re
from typing import Any

from ingest.readers.ooxml import number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 12  # styles based on one another; more is a circle
_HEADING = re.compile(r"^(?:heading|标题) ?(\d)\b", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:toc|目录) ?\d", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")


def value(element: Any, tag: str) -> str | None:
    """The w:val of a child, None where there is no such child."""
    child = None if element is None else element.find(f"{W}{tag}")
    return None if child is None else child.get(f"{W}val") or ""


def switch(element: Any, tag: str) -> bool | None:
    """A property that is on or off (w:b, w:vanish), None where it is not set."""
    found = value(element, tag)
    return None if found is None else found.lower() not in _OFF


class Styles:
    """The styles of a document by their identifiers."""

    def __init__(self, root: Any) -> None:
        self.styles: dict[str, Any] = {}
        self.defaults: dict[str, str] = {}
        self.contents: dict[str, bool] = {}
        self._chains: dict[tuple[str | None, str], list[Any]] = {}
        for style in () if root is None else root.iter(f"{W}style"):
            identifier = style.get(f"{W}styleId") or ""
            self.styles[identifier] = style
            if (style.get(f"{W}default") or "0").lower() not in _OFF:
                self.defaults[style.get(f"{W}type") or ""] = identifier

    def chain(self, identifier: str | None, kind: str = "paragraph") -> list[Any]:
        """The style and those that it is based on, itself first."""
        if (identifier, kind) in self._chains:
            return self._chains[identifier, kind]
        found: list[Any] = []
        at = identifier if identifier in self.styles else self.defaults.get(kind)
        while at is not None and at in self.styles and len(found) < _DEEPEST:
            found.append(self.styles[at])
            at = value(self.styles[at], "basedOn")
        self._chains[identifier, kind] = found
        return found

    def paragraph_properties(self, properties: Any) -> list[Any]:
        """The properties that hold for a paragraph, its own first, then those of its styles."""
        own = [] if properties is None else [properties]
        return own + [p for s in self.chain(value(properties, "pStyle")) if (p := s.find(f"{W}pPr")) is not None]

    def run_switch(self, run_properties: Any, paragraph_style: str | None, tag: str) -> bool:
        """Whether a switch is on for a run: by itself, its character style, the paragraph's style."""
        own = switch(run_properties, tag)
        if own is not None:
            return own
        named = value(run_properties, "rStyle")
        for style in (*(self.chain(named, "character") if named else ()), *self.chain(paragraph_style)):
            told = switch(style.find(f"{W}rPr"), tag)
            if told is not None:
                return told
        return False

    def heading(self, properties: Any) -> int | None:
        """The level of a heading that the style's name or the outline level gives; None for body text."""
        for style in self.chain(value(properties, "pStyle")):
            name = value(style, "name") or ""
            if found := _HEADING.match(name):
                return int(found[1])
            if name.lower() in ("title", "标题"):
                return 1
        for held in self.paragraph_properties(properties):
            level = value(held, "outlineLvl")
            if level is not None:
                return number(level, 9) + 1 if 0 <= number(level, 9) <= 8 else None
        return None

    def is_contents(self, properties: Any) -> bool:
        """Whether a paragraph is an entry of a table of contents by its style."""
        identifier = value(properties, "pStyle") or ""
        if identifier not in self.contents:
            self.contents[identifier] = any(_CONTENTS.match(value(style, "name") or "") for style in self.chain(identifier))
        return self.contents[identifier]

    def centred(self, properties: Any) -> bool:
        """Whether a paragraph is centred."""
        told = next((v for held in self.paragraph_properties(properties) if (v := value(held, "jc")) is not None), "")
        return told == "center"
