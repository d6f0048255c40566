"""Recurring duties (周期性任务): on which days one falls due in a period, from its recurrence and the day that its words name.

每季度末月20日前 is the 20th of the quarter's third month; where no day is named, the period's last one (每半年: June 30 and December 31).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from extractors.folding import fold
from extractors.numerals import parse_number

_PERIOD = re.compile(r"P(\d+)([DWMY])")
_NUMERAL = r"[一二三四五六七八九十\d]{1,3}"
_DAY = re.compile(rf"(?:月|的|每月|次月|当月|末月|首月|后)?({_NUMERAL})[日号]")
_MONTH = re.compile(r"(?<!每)(?<!个)(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?!内)")
_SEASONS = {"春": 3, "夏": 6, "秋": 9, "冬": 12}
_LAST = 31


def occurrences(deadline: Mapping[str, Any], first: date, last: date) -> Iterator[date]:
    """The days on which a recurring deadline falls due from `first` to `last`, both included; none where its recurrence is not known.

    >>> [str(day) for day in occurrences({"recurrence": "P3M", "raw": "每季度末月20日前", "start": None, "end": None}, date(2025, 1, 1), date(2025, 7, 1))]
    ['2025-03-20', '2025-06-20']
    """
    match = _PERIOD.fullmatch(deadline["recurrence"] or "")
    if match is None or not int(match[1]):
        return
    if deadline["start"]:
        first = max(first, date.fromisoformat(deadline["start"]))
    if deadline["end"]:
        last = min(last, date.fromisoformat(deadline["end"]))
    count, unit = int(match[1]), match[2]
    days = _by_days(count * (7 if unit == "W" else 1), first, last, weekly=unit == "W") if unit in "DW" else _by_months(count * (12 if unit == "Y" else 1), str(deadline["raw"]), first, last)
    yield from (day for day in days if first <= day <= last)


def _by_days(step: int, first: date, last: date, weekly: bool) -> Iterator[date]:
    day = first + timedelta(days=(6 - first.weekday()) % 7) if weekly else first  # a week ends on Sunday
    while day <= last:
        yield day
        day += timedelta(days=step)


def _by_months(step: int, raw: str, first: date, last: date) -> Iterator[date]:
    """The days of every period of `step` months, counted from January of a year that it divides."""
    text = fold(raw).text
    months = _months(text, step)
    day = _day(text)
    start = (first.year * 12 // step) * step if step >= 12 else first.year * 12
    for begin in range(start, last.year * 12 + 12 + step, step):
        for month in months:
            year, at = divmod(begin + month, 12)
            if date.min.year <= year <= date.max.year - 1:
                yield date(year, at + 1, min(day, monthrange(year, at + 1)[1]))


def _day(text: str) -> int:
    if re.search(r"月底|月末|年底|年末", text):
        return _LAST
    match = _DAY.search(text)
    return int(parse_number(match[1]) or _LAST) or _LAST if match else 10 if "上旬" in text else 20 if "中旬" in text else _LAST


def _months(text: str, step: int) -> list[int]:
    """The months of a period, counted from 0, on whose day the duty falls due."""
    named = sorted({int(parse_number(month) or 12) - 1 for month in _MONTH.findall(text)} | {month - 1 for season, month in _SEASONS.items() if season in text.replace("春节", "")})
    if step >= 12:
        if not named:
            return [0 if re.search(r"年初|次年", text) else 5 if "上半年" in text else step - 1]
        return [month + (step - 12) for month in named]
    if re.search(r"首月|(?:季度?|半年)(?:结束|终了)?[后初]|次月", text):
        return [0]
    return [step - 1]
