"""Numbers that lists of a web page generate: text of the notice that its source does not hold."""

from __future__ import annotations

import re
from typing import Any

from ingest.numbering import find_marker

_DIGITS = "〇一二三四五六七八九"
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_CHINESE = ("cjk-ideographic", "simp-chinese-informal", "simp-chinese-formal", "trad-chinese-informal", "japanese-informal", "cjk-decimal")
# The lists of UEditor, the editor of most government CMSs: their numbers are drawn by classes.
_UEDITOR = {"cn": "{cn}、", "cn1": "{cn}）", "cn2": "（{cn}）", "num": "{n}.", "num1": "{n}）", "num2": "（{n}）"}
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def chinese(number: int) -> str:
    """A number below 1000 in characters.

    >>> chinese(10), chinese(12), chinese(25), chinese(103)
    ('十', '十二', '二十五', '一百〇三')
    """
    if number <= 0 or number >= 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if not rest:
        return head
    middle = "〇" if hundreds and not tens else "" if not tens else f"{'' if tens == 1 and not hundreds else _DIGITS[tens]}十"
    return head + middle + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _whole(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else None


class Numbers:
    """The numbers of one `<ol>`, counted item by item."""

    def __init__(self, element: Any, style: dict[str, str]) -> None:
        custom = re.search(r"\bcustom_(cn[12]?|num[12]?)\b", element.get("class") or "")
        self.form = _UEDITOR[custom[1]] if custom else None
        self.kind = style.get("list-style-type") or (style.get("list-style", "").split() or [""])[0] or _TYPES.get((element.get("type") or "").strip(), "decimal")
        self.step = -1 if element.get("reversed") is not None else 1
        start = _whole(element.get("start"))
        self.next = start if start is not None else sum(child.tag == "li" for child in element) if self.step < 0 else 1

    def take(self, item: Any, style: dict[str, str]) -> str:
        """The number of the next item, "" where none is shown."""
        value = _whole(item.get("value"))
        number = self.next if value is None else value
        self.next = number + self.step
        kind = style.get("list-style-type") or self.kind
        if self.form:
            return self.form.format(n=number, cn=chinese(number))
        if kind in _CHINESE:
            return f"{chinese(number)}、"
        if kind in ("none", "disc", "circle", "square") or number < 1:
            return ""
        if kind.endswith("alpha") or kind.endswith("latin"):
            letter = chr(ord("a") + (number - 1) % 26)
            return f"{letter.upper() if kind.startswith('upper') else letter}."
        if kind.endswith("roman"):
            return f"{_roman(number % 1000).upper() if kind.startswith('upper') else _roman(number % 1000)}."
        return f"{number}."


def numbered(number: str, text: str) -> str:
    """An item's text behind its number; text that bears a number of its own keeps that alone, as people typed it."""
    return text if find_marker(text.strip()) else number + text
