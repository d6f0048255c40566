"""Values of a workbook's cells as the sheet displays them: dates, percentages, figures with their words (ECMA-376-1, 18.8.31)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

# The formats that a Chinese Office has by number alone (ECMA-376-1, 18.8.30, zh-cn); those of every language come from openpyxl.
_CHINESE = {27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒", 34: "h时mm分", 35: "h时mm分ss秒", 36: "yyyy年m月",
            50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 55: "h时mm分", 56: "h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日"}  # fmt: skip
_LATEST = 2958465  # 9999-12-31 as a day number
_WORDS = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]\-]*)(?:-[^\]]*)?\]|\[[^\]]*\]|[_*].')


def builtin_format(identifier: int) -> str:
    """The format that a number stands for, General where it is unknown."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    return _CHINESE.get(identifier) or str(BUILTIN_FORMATS.get(identifier, "General"))


@lru_cache(maxsize=1024)
def _date_parts(code: str) -> str:
    """Which parts of a date a format shows (y, m, d, t for the time), '' for a format of numbers."""
    bare = re.sub(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|[_*].', "", code.split(";")[0], flags=re.IGNORECASE).lower()
    if "general" in bare or re.search("[0#?]", bare.replace(".0", "")) or not re.search("[ymdhs]|上午|a{3,4}", bare):
        return ""
    time = re.search("[hs]", bare) is not None
    parts = "y" * ("y" in bare or "e" in bare) + "d" * ("d" in bare)
    if "m" in bare and (not time or parts):
        parts += "m"
    return parts + "t" * time


def _dated(value: float, parts: str, since_1904: bool) -> str:
    """A day number as a date in Chinese, no more of it than the format shows."""
    if not 0 <= value <= _LATEST:
        return _plain(value)
    days = value + (1462 if since_1904 else 0)
    days += 1 if not since_1904 and days < 60 else 0  # the 29th of February 1900 that never was
    moment = datetime(1899, 12, 30) + timedelta(seconds=round(days * 86400))
    text = (f"{moment.year}年" if "y" in parts else "") + (f"{moment.month}月" if "m" in parts else "") + (f"{moment.day}日" if "d" in parts else "")
    midnight = "d" in parts and (moment.hour, moment.minute) == (0, 0)  # a day that was stored with a format of times
    return text + (f"{moment:%H:%M}" if "t" in parts and not midnight else "")


def iso_dated(text: str) -> str:
    """A date stored as ISO 8601 (a cell of type d) in Chinese.

    >>> iso_dated("2025-06-30T00:00:00")
    '2025年6月30日'
    """
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"


def _plain(value: float) -> str:
    """A number as General shows it: no exponent, no digits that the storing in binary made."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.10f}" if 1e-4 <= abs(value) < 1e15 else f"{value:.10g}"
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


@lru_cache(maxsize=1024)
def _pieces(section: str) -> tuple[str, str, str]:
    """A format's words before its digits, the digits' pattern, the words behind."""
    marked = _WORDS.sub(lambda m: "\x00" + (m[1] or m[2] or m[3] or "") + "\x00", section)
    words = [part for i, part in enumerate(marked.split("\x00")) if i % 2]
    shape = re.sub("\x00[^\x00]*\x00", "\x01", marked)
    found = re.search(r"[#0?][#0?,.]*%?", shape)
    if not found:
        return "", "", ""
    taken = iter(words)

    def fill(text: str) -> str:
        return "".join(next(taken, "") if c == "\x01" else c for c in text)

    before = fill(shape[: found.start()])
    pattern = found[0]
    return before, pattern, fill(shape[found.end() :])


def _figured(value: float, code: str) -> str:
    """A number in a format of figures: 85%, 1,200.50, 5万元."""
    sections = code.split(";")
    section = sections[1] if value < 0 and len(sections) > 1 else sections[2] if value == 0 and len(sections) > 2 else sections[0]
    before, pattern, after = _pieces(section)
    if not pattern or "/" in section or re.search(r"E[+\-]", section):
        return _plain(value) if not pattern or "@" in section else _plain(value) + after * ("/" not in section and "E" not in section)
    sign = "-" if value < 0 and len(sections) < 2 else ""
    scale = len(pattern.rstrip("%")) - len(pattern.rstrip("%").rstrip(","))
    number = abs(value) * (100 if "%" in section else 1) / 1000**scale
    whole, _, broken = pattern.rstrip("%").rstrip(",").partition(".")
    least, most = min(broken.count("0"), 10), min(sum(broken.count(c) for c in "0#?"), 10)
    text = f"{number:,.{most}f}" if "," in whole else f"{number:.{most}f}"
    while most > least and text.endswith("0"):
        text, most = text[:-1], most - 1
    head, _, tail = text.rstrip(".").partition(".") if most == 0 else text.partition(".")
    head = head.rjust(min(whole.count("0"), 20), "0")
    return before + sign + head + ("." + tail if tail else "") + "%" * pattern.endswith("%") + after


def display(value: float, code: str, since_1904: bool = False) -> str:
    """A number as the sheet displays it; a date is written in Chinese, as precise as its format.

    >>> display(0.85, "0%"), display(45838, "yyyy-mm-dd"), display(1234.5, "#,##0.00"), display(45838, "yyyy/m")
    ('85%', '2025年6月30日', '1,234.50', '2025年6月')
    """
    if parts := _date_parts(code):
        return _dated(value, parts, since_1904)
    return _plain(value) if code in ("General", "@", "") else _figured(value, code)
