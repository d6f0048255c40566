"""Folding: the text as rules match it, with the way back to the text as printed.

Notices print 2019年, ２０１９年 and 2019 年, and half-width commas between Chinese characters. Rules are written
once, for the folded form; every span they find is given back in the printed text.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from ingest.document import Span

# Folded punctuation is full-width where Chinese text would print it so; brackets of numbers become 〔〕.
_ALWAYS = {
    "(": "（", ")": "）", "[": "〔", "]": "〕", "【": "〔", "】": "〕", "［": "〔", "］": "〕", "﹝": "〔", "﹞": "〕",
    "「": "“", "」": "”", "『": "“", "』": "”", "〈": "《", "〉": "》", "«": "《", "»": "》",
    "–": "—", "―": "—", "－": "—", "─": "—", "~": "—", "～": "—", "〜": "—", "∼": "—", "·": "·", "•": "·",
    "﹪": "%", "％": "%", "‰": "‰", "ꎬ": "，", "ꎮ": "。",
}  # fmt: skip
_BETWEEN_CHINESE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_KEEP_WIDE = frozenset("，。；：？！、（）“”‘’《》〔〕…—")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` as rules match it; `offsets[i]` is the place of its i-th character in the printed text."""

    text: str
    offsets: tuple[int, ...]
    printed: str

    def back(self, start: int, end: int) -> Span:
        """The printed span of the folded range [start, end)."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else len(self.printed)
            return Span(at, at)
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def place(self, offset: int) -> int:
        """The folded index of the first character at or after the printed `offset`."""
        return bisect_left(self.offsets, offset)


def _narrow(char: str) -> str:
    """One character in its folded form; characters that NFKC would make several stay."""
    if char in _ALWAYS:
        return _ALWAYS[char]
    if char in _KEEP_WIDE or char < "\u00ff":
        return char
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


_NARROW: dict[str, str] = {}


@lru_cache(maxsize=64)
def _fold(printed: str) -> Folded:
    chars: list[str] = []
    offsets: list[int] = []
    pending_space = -1
    for i, char in enumerate(printed):
        if char.isspace() and char != "\n":
            pending_space = i if pending_space < 0 else pending_space
            continue
        narrow = _NARROW.get(char)
        if narrow is None:
            narrow = _NARROW[char] = _narrow(char)
        # A blank between two Latin letters separates words; any other is justification.
        if pending_space >= 0 and chars and chars[-1].isascii() and chars[-1].isalpha() and narrow.isascii() and narrow.isalpha():
            chars.append(" ")
            offsets.append(pending_space)
        pending_space = -1
        chars.append(narrow)
        offsets.append(i)
    for i, char in enumerate(chars):
        wide = _BETWEEN_CHINESE.get(char)
        if wide is None:
            continue
        before = chars[i - 1] if i else ""
        after = chars[i + 1] if i + 1 < len(chars) else ""
        if not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum()):
            chars[i] = wide
    return Folded("".join(chars), tuple(offsets), printed)


def fold(text: str | Folded) -> Folded:
    """`text` with widths, brackets, dashes and blanks unified; a folded text is given back as it is.

    >>> fold("到 2013 年底,完成９８％").text
    '到2013年底，完成98%'
    """
    return text if isinstance(text, Folded) else _fold(text)
