"""Figures as Word writes the numbers of lists: ST_NumberFormat (ECMA-376-1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_HIGHEST = 9999  # numbers above are written as figures


def chinese_numeral(number: int, *, zero: str = "零", digits: str = _DIGITS, units: str = "十百千") -> str:
    """A number in Chinese numerals; `zero` stands for skipped places.

    >>> [chinese_numeral(n) for n in (10, 21, 105, 110)]
    ['十', '二十一', '一百零五', '一百一十']
    """
    if not 0 < number <= _HIGHEST:
        return digits[0] if number == 0 else str(number)
    text, skipped = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += (zero if skipped and text else "") + digits[digit] + (units[place - 1] if place else "")
        skipped = not digit
    return text[1:] if text.startswith("一十") else text


def roman(number: int) -> str:
    """A number in Roman numerals.

    >>> roman(1994)
    'MCMXCIV'
    """
    if not 0 < number <= _HIGHEST:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


def _letters(number: int) -> str:
    """a, b … z, aa, bb, as Word goes on after z."""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 8) if number > 0 else str(number)


def circled(number: int) -> str:
    """A figure in a circle, plain above 50.

    >>> circled(3), circled(21), circled(51)
    ('③', '㉑', '51')
    """
    for first, start, count in ((0, "⓪", 1), (1, "①", 20), (21, "㉑", 15), (36, "㊱", 15)):
        if first <= number < first + count:
            return chr(ord(start) + number - first)
    return str(number)


def _from(row: str) -> Callable[[int], str]:
    return lambda n: row[(n - 1) % len(row)] if n > 0 else str(n)


def _shifted(first: str, count: int) -> Callable[[int], str]:
    return lambda n: chr(ord(first) + n - 1) if 1 <= n <= count else str(n)


def _digitwise(row: str) -> Callable[[int], str]:
    return lambda n: "".join(row[int(c)] if c.isdigit() else c for c in str(n))


def _ordinal(number: int) -> str:
    return f"{number}{'th' if number % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02d}",
    "upperRoman": roman,
    "lowerRoman": lambda n: roman(n).lower(),
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerLetter": _letters,
    "ordinal": _ordinal,
    "hex": lambda n: f"{n:X}",
    "numberInDash": lambda n: f"-{n}-",
    "ideographDigital": _digitwise(_DIGITS),
    "japaneseDigitalTenThousand": _digitwise(_DIGITS),
    "taiwaneseDigital": _digitwise(_DIGITS),
    "koreanDigital2": _digitwise(_DIGITS),
    "chineseCounting": lambda n: chinese_numeral(n, zero="〇"),
    "taiwaneseCounting": lambda n: chinese_numeral(n, zero="〇"),
    "japaneseCounting": chinese_numeral,
    "chineseCountingThousand": chinese_numeral,
    "taiwaneseCountingThousand": chinese_numeral,
    "chineseLegalSimplified": lambda n: chinese_numeral(n, digits=_LEGAL, units="拾佰仟"),
    "ideographLegalTraditional": lambda n: chinese_numeral(n, digits="零壹貳參肆伍陸柒捌玖", units="拾佰仟"),
    "japaneseLegal": lambda n: chinese_numeral(n, digits="零壱弐参四伍六七八九", units="拾百阡"),
    "ideographTraditional": _from(_STEMS),
    "ideographZodiac": _from(_BRANCHES),
    "ideographZodiacTraditional": lambda n: _STEMS[(n - 1) % 10] + _BRANCHES[(n - 1) % 12] if n > 0 else str(n),
    "ideographEnclosedCircle": _shifted("㊀", 10),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedFullstop": _shifted("⒈", 20),
    "decimalEnclosedParen": _shifted("⑴", 20),
    "decimalFullWidth": _digitwise("０１２３４５６７８９"),
    "decimalFullWidth2": _digitwise("０１２３４５６７８９"),
}


def figure(kind: str, number: int) -> str:
    """The number of a list item as `kind` (w:numFmt) writes it; `custom:001` pads to the width of its example.

    >>> figure("chineseCounting", 12), figure("ideographTraditional", 2), figure("custom:001", 7)
    ('十二', '乙', '007')
    """
    if kind.startswith("custom:"):
        return str(number).zfill(min(len(kind) - len("custom:"), 8))
    write = _FORMATS.get(kind)
    return write(number) if write else str(number)
