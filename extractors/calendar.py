"""The calendar of notices: five-year plans (五年规划), quarters, ten-day periods (旬), and working days (工作日).

All dates are inclusive. Working days follow the holidays and working weekends that the State Council publishes
(`chinese_calendar`); the years it does not know yet are counted Monday to Friday, and the result says so.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from extractors.patterns import load_data

_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", 1)}

def plan_number(name: str) -> int | None:
    """The number of a plan from its short name: 十四五 is 14.

    >>> plan_number("十五"), plan_number("十五五"), plan_number("九五")
    (10, 15, 9)
    """
    if len(name) < 2 or name[-1] != "五":
        return None
    tens, _, ones = name[:-1].rpartition("十")
    if "十" not in name[:-1]:
        return _DIGITS.get(name[:-1])
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return None
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


def plan_period(name: str) -> tuple[date, date] | None:
    """First and last day of a five-year plan, from 七五 on (the first ones did not follow one another).

    >>> plan_period("十四五")
    (datetime.date(2021, 1, 1), datetime.date(2025, 12, 31))
    """
    number = plan_number(name)
    if number is None or number < 7:
        return None
    first = 1951 + 5 * number
    return date(first, 1, 1), date(first + 4, 12, 31)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def quarter_period(year: int, quarter: int) -> tuple[date, date]:
    """First and last day of a quarter (季度), 1 to 4."""
    return date(year, 3 * quarter - 2, 1), month_end(year, 3 * quarter)


def half_period(year: int, half: int) -> tuple[date, date]:
    """First and last day of a half year: 1 is 上半年, 2 is 下半年."""
    return date(year, 6 * half - 5, 1), month_end(year, 6 * half)


def thirds_period(year: int, month: int, first: int, last: int) -> tuple[date, date]:
    """First and last day of the ten-day periods `first` to `last` of a month: 1 上旬, 2 中旬, 3 下旬."""
    ends = {1: date(year, month, 10), 2: date(year, month, 20), 3: month_end(year, month)}
    return date(year, month, 10 * first - 9), ends[last]


@cache
def spring_festival(year: int) -> date | None:
    """The first day of 春节 (正月初一), None outside the years that the data file gives."""
    return next((day for day in load_data("calendar")["spring_festivals"] if day.year == year), None)


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where there is no such day (2月30日 is printed now and then)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, months: int) -> date | None:
    """The same day `months` later, the month's last day where that month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date | None:
    """`days` later, None past the calendar's end."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


@cache
def _published_years() -> frozenset[int]:
    import chinese_calendar

    return frozenset(day.year for day in chinese_calendar.holidays)


def is_working_day(day: date) -> bool:
    """Whether `day` is a working day, by the published calendar where there is one for its year."""
    if day.year not in _published_years():
        return day.weekday() < 5
    import chinese_calendar

    return bool(chinese_calendar.is_workday(day))


def add_working_days(day: date, count: int) -> tuple[date, bool] | None:
    """The `count`-th working day after `day`, and whether a year without a published calendar was passed.

    >>> add_working_days(date(2025, 9, 26), 10)  # 28 September and 11 October are worked, 1 to 8 October is not
    (datetime.date(2025, 10, 16), False)
    """
    if not 0 <= count <= 5000 or day.year > 9900:
        return None
    provisional = False
    while count > 0:
        day += timedelta(days=1)
        provisional = provisional or day.year not in _published_years()
        count -= is_working_day(day)
    return day, provisional
