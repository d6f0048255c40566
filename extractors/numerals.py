"""Numerals (数字): 三十二, 1,234.5, 1.2万, 二〇一三 and their like, read into numbers.

`NUMBER` and `YEAR` are the expressions to put in rules for folded text; what they match, `parse_number` and
`parse_year` read.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_ZEROS = "〇○◯零"
_DIGITS = {**dict.fromkeys(_ZEROS, 0), "两": 2, "兩": 2, **{char: i for i, char in enumerate("〇一二三四五六七八九")}}
_DIGITS |= {char: i for i, char in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"俩": 2}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_CHINESE_FIRST = "〇○◯零一二三四五六七八九十两"
_CHINESE = "〇○◯零一二三四五六七八九十百千万亿两"

ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,16})(?:\.\d{1,8})?"
NUMBER = rf"(?:{ARABIC}[十百千]?[万亿]{{0,2}}|[{_CHINESE_FIRST}][{_CHINESE}]{{0,15}}(?:点[〇○零一二三四五六七八九]{{1,6}})?)"
"""A numeral in folded text, without 百分之, 分之, 成 and 半."""
YEAR = r"(?:(?:19|20)\d{2}|(?:一九|二[〇○◯零])[〇○◯零一二三四五六七八九]{2})"
"""A year of four figures in folded text, without 年."""

_ARABIC = re.compile(rf"(?P<number>{ARABIC})(?P<scale>[十百千]?[万亿]{{0,2}})")
_YEAR = re.compile(YEAR)


def parse_number(text: str) -> float | None:
    """The number that `text` writes as a whole, None where it is none.

    百分之五 is 5, 三分之一 is 1/3 to six places, 四成 is 0.4, 半 is 0.5.

    >>> [parse_number(t) for t in ("1,234.5", "一百二十", "1.2万", "500万亿", "三分之一", "若干")]
    [1234.5, 120.0, 12000.0, 500000000000000.0, 0.333333, None]
    """
    text = unicodedata.normalize("NFKC", "".join(text.split())).replace("，", ",")
    if not text or len(text) > 40:
        return None
    if text == "半":
        return 0.5
    below, parts, above = text.partition("分之")
    if parts:
        return _fraction(below, above)
    if text.endswith("成"):
        tenths = parse_number(text[:-1].replace("半", "点五"))
        return round(tenths / 10, 6) if tenths is not None and tenths <= 10 else None
    arabic = _ARABIC.fullmatch(text)
    if arabic:
        return float(Decimal(arabic["number"].replace(",", "")) * _scale(arabic["scale"]))
    return _chinese(text)


def parse_year(text: str) -> int | None:
    """The year of four figures that `text` writes, with or without 年; None for anything else.

    >>> parse_year("二〇一三"), parse_year("2013年"), parse_year("13")
    (2013, 2013, None)
    """
    text = unicodedata.normalize("NFKC", "".join(text.split())).removesuffix("年")
    if not _YEAR.fullmatch(text):
        return None
    return int("".join(str(_DIGITS.get(char, char)) for char in text))


def _scale(words: str) -> int:
    scale = 1
    for char in words:
        scale *= _SMALL.get(char) or _LARGE[char]
    return scale


def _fraction(below: str, above: str) -> float | None:
    upper = 100.0 if (below, above) == ("百", "百") else parse_number(above)
    if upper is None or "分之" in above:
        return None
    if below == "百":
        return upper
    lower = {"千": 1000.0, "万": 10000.0}.get(below) or parse_number(below)
    return round(upper / lower, 6) if lower else None


def _chinese(text: str) -> float | None:
    whole, point, decimals = text.partition("点")
    value = _whole(whole)
    if value is None or not point:
        return value
    figures = [_DIGITS.get(char) for char in decimals]
    if not figures or None in figures:
        return None
    return float(Decimal(value) + Decimal("0." + "".join(map(str, figures))))


def _whole(text: str) -> float | None:
    """一百二十, 二〇一三, 3亿5000万 as a number."""
    if not text:
        return None
    if all(char in _DIGITS for char in text):
        return float("".join(str(_DIGITS[char]) for char in text))
    total = section = figure = 0
    last_large = 0
    for char in re.findall(r"\d{1,16}|.", text):
        if char.isdecimal():
            figure = int(char)
        elif char in _DIGITS:
            if figure and _DIGITS[char]:
                return None
            figure = _DIGITS[char]
        elif char in _SMALL:
            section += (figure or (1 if char in "十拾" else 0)) * _SMALL[char]
            if not section:
                return None
            figure = 0
        elif char in _LARGE:
            section += figure
            figure = 0
            if not section and not total:
                return None
            if char == "亿" or _LARGE[char] >= last_large > 0:
                total = (total + section) * _LARGE[char]
            else:
                total += section * _LARGE[char]
            last_large, section = _LARGE[char], 0
        else:
            return None
    return float(total + section + figure)
