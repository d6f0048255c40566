"""Folding: the text as rules match it, with the way back to the text as printed.

Notices print 2019年, ２０１９年 and 2019 年, and half-width commas between Chinese characters. Rules are written
once, for the folded form; every span they find is given back in the printed text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ingest.document import Span

# Folded punctuation is full-width where Chinese text would print it so; brackets of numbers become 〔〕.
_ALWAYS = {
    "(": "（", ")": "）", "[": "〔", "]": "〕", "【": "〔", "】": "〕", "［": "〔", "］": "〕", "﹝": "〔", "﹞": "〕",
    "「": "“", "」": "”", "『": "“", "』": "”", "〈": "《", "〉": "》", "«": "《", "»": "》",
    "–": "—", "―": "—", "－": "—", "─": "—", "~": "—", "～": "—", "〜": "—", "∼": "—", "·": "·", "•": "·",
    "﹪": "%", "％": "%", "‰": "‰", "ꎬ": "，", "ꎮ": "。",
    # What a page converted from traditional characters halfway leaves: 疫情解除後, 信贷馀额.
    "後": "后", "馀": "余", "餘": "余", "於": "于", "裏": "里", "裡": "里", "爲": "为", "為": "为", "與": "与", "衆": "众", "產": "产",
}  # fmt: skip
_BETWEEN_CHINESE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_EITHER_WIDTH = frozenset((*_BETWEEN_CHINESE, *_BETWEEN_CHINESE.values()))
_KEEP_WIDE = frozenset("，。；：？！、（）“”‘’《》〔〕…—")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` as rules match it; `offsets[i]` is the place of its i-th character in the printed text."""

    text: str
    offsets: Sequence[int]
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


class _Narrow(dict[str, str]):
    """What a character is folded to, filled as characters are met."""

    def __missing__(self, char: str) -> str:
        self[char] = narrow = _narrow(char)
        return narrow


_NARROW = _Narrow()


def _odd() -> re.Pattern[str]:
    """The characters that folding may change; most sentences have none."""
    first, last = 0x4E00, 0x9FFF
    changed = sorted(ord(char) for char in _ALWAYS if first <= ord(char) <= last)
    kept = "".join(f"{chr(low + 1)}-{chr(high - 1)}" for low, high in pairwise([first - 1, *changed, last + 1]) if high - low > 1)
    return re.compile(rf"[^\n0-9A-Za-z%.{''.join(sorted(_KEEP_WIDE))}{kept}]")


_ODD = _odd()
_QUOTES = re.compile('["“”\\n]')
_BLANKS = re.compile(r"[^\S\n]+")
_WORDS = re.compile(r"[A-Za-z]")
# Half-width punctuation with a Latin letter or digit on both sides (1,000; 10:30) stays as it is.
_CHINESE_MARK = re.compile(r"(?<![0-9A-Za-z])[,;:?!]|[,;:?!](?![0-9A-Za-z])")


def _squeeze(narrow: str) -> tuple[str, Sequence[int]]:
    """`narrow` without the blanks that justification put between characters, and where each character stood."""
    pieces: list[str] = []
    offsets: list[int] = []
    last = 0
    for blank in _BLANKS.finditer(narrow):
        start, end = blank.span()
        pieces.append(narrow[last:start])
        offsets += range(last, start)
        last = end
        # A blank between two Latin letters separates words.
        if start and end < len(narrow) and _WORDS.match(narrow[start - 1]) and _WORDS.match(narrow[end]):
            pieces.append(" ")
            offsets.append(start)
    if not last:
        return narrow, range(len(narrow))
    return "".join((*pieces, narrow[last:])), (*offsets, *range(last, len(narrow)))


def _paired(text: str) -> str:
    """`text` with its straight quotes as “ and ”: one closes the “ or " before it in its line (“蒙速办", "一网通办")."""
    chars, opened = list(text), False
    for mark in _QUOTES.finditer(text):
        char = mark[0]
        if char == '"':
            char = chars[mark.start()] = "”" if opened else "“"
        opened = char == "“"
    return "".join(chars)


def _fold_once(printed: str) -> Folded:
    if _ODD.search(printed) is None:
        return Folded(printed, range(len(printed)), printed)
    narrow = _ODD.sub(lambda odd: _NARROW[odd[0]], printed)
    squeezed, offsets = _squeeze(narrow)
    squeezed = _paired(squeezed) if '"' in squeezed else squeezed
    if any(mark in squeezed for mark in _BETWEEN_CHINESE):
        squeezed = _CHINESE_MARK.sub(lambda mark: _BETWEEN_CHINESE[mark[0]], squeezed)
    return Folded(squeezed, offsets, printed)


_SHORT = 2_000  # characters; a sentence is folded by one finder after another, a whole text is large to keep
_fold_short = lru_cache(maxsize=2_048)(_fold_once)
_fold_long = lru_cache(maxsize=4)(_fold_once)


def _fold(printed: str) -> Folded:
    return _fold_short(printed) if len(printed) <= _SHORT else _fold_long(printed)


def fold(text: str | Folded) -> Folded:
    """`text` with widths, brackets, dashes and blanks unified; a folded text is given back as it is.

    >>> fold("到 2013 年底,完成９８％").text
    '到2013年底，完成98%'
    """
    return text if isinstance(text, Folded) else _fold(text)


def fold_part(whole: Folded, part: Span) -> Folded:
    """What `fold` makes of a printed part of a folded text, cut out of it.

    >>> fold_part(fold("一、到 2013 年底,完成。"), Span(2, 11)).text
    '到2013年底'
    """
    start, printed = part.start, part.of(whole.printed)
    first, last = whole.place(start), whole.place(part.end)
    text = whole.text[first:last]
    if not text or text[0] in _EITHER_WIDTH or text[-1] in _EITHER_WIDTH or printed[0].isspace() or printed[-1].isspace():
        return fold(printed)  # how its first or last character is folded depends on what stands beside it
    return Folded(text, [at - start for at in whole.offsets[first:last]], printed)
