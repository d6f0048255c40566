"""Dates of a notice itself (成文日期, 印发日期), in either kind of numerals."""

from __future__ import annotations

import re
from datetime import date

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "Ｏ": 0, "○": 0, "O": 0, "0": 0, "元": 1, "两": 2}
_CN = "〇零○一二三四五六七八九O0"
DATE = r"(?:(?:19|20)\d{2}[年.\-/](?:1[0-2]|0?[1-9])[月.\-/](?:3[01]|[12]\d|0?[1-9])日?|[一二][" + _CN + r"]{3}年[一二三四五六七八九十元]{1,2}月[一二三四五六七八九十〇零]{1,3}日)"
_ARABIC = re.compile(r"(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})")
_CHINESE = re.compile(r"([一二][" + _CN + r"]{3})年([一二三四五六七八九十元]{1,2})月([一二三四五六七八九十〇零]{1,3})日")


def _small(numeral: str) -> int:
    """A number below 100 in Chinese numerals."""
    if "十" not in numeral:
        return int("".join(str(_DIGITS.get(c, 0)) for c in numeral) or 0)
    tens, _, ones = numeral.partition("十")
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def parse_date(text: str) -> date | None:
    """The first date in a squeezed text; None where it holds none that exists.

    >>> parse_date("二〇一三年六月二十一日")
    datetime.date(2013, 6, 21)
    """
    if found := _ARABIC.search(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _CHINESE.search(text):
        year = int("".join(str(_DIGITS.get(c, 0)) for c in found[1]))
        month, day = _small(found[2]), _small(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
