"""Moments: dates as precise as a notice prints them (2025年, 6月底, 第三季度, 明年上半年), and the days that they cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.calendar import (
    half_period,
    month_end,
    plan_period,
    quarter_period,
    safe_date,
    spring_festival,
    thirds_period,
)
from extractors.numerals import parse_number, parse_year

Period = tuple[date, date]
_THIRDS = {"上旬": (1, 1), "初": (1, 1), "上中旬": (1, 2), "中旬": (2, 2), "中下旬": (2, 3), "下旬": (3, 3)}
_FIXED_FESTIVALS = {"元旦": (1, 1), "国庆": (10, 1), "国庆节": (10, 1), "十一": (10, 1), "劳动节": (5, 1)}


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as written: what the notice leaves out is None. `word` is a year given by a word (明年, 同年)."""

    year: int | None = None
    word: str | None = None
    month: int | None = None
    day: int | None = None
    third: str | None = None  # 上旬 中旬 下旬 初 底 末
    quarter: int | None = None
    half: int | None = None
    year_end: bool = False
    plan: str | None = None  # 十四五
    festival: str | None = None
    month_word: str | None = None  # 本月 当月 下月
    says_end: bool = False  # 底, 末 or 内: only the last day counts

    @property
    def day_only(self) -> bool:
        """Whether a day is named without its month (20日前)."""
        return self.day is not None and self.month is None and self.month_word is None

    @property
    def year_only(self) -> bool:
        """Whether nothing finer than a year is named."""
        return not any((self.month, self.day, self.quarter, self.half, self.year_end, self.plan, self.festival, self.month_word))


_NOTHING = Moment()


def _number(text: str | None) -> int | None:
    if text == "元":  # 元月
        return 1
    value = parse_number(text) if text else None
    return int(value) if value is not None else None


def moment_of(found: Mapping[str, str], suffix: str = "") -> Moment | None:
    """The moment that the groups of a match name (those of them that hold something), those whose names end in `suffix`;
    None where there is none."""
    if not found:
        return None
    variants = (suffix, f"_b{suffix}", f"{suffix}b") if suffix else ("", "_b", "_r")

    def get(name: str) -> str | None:
        for variant in variants:
            if name + variant in found:
                return found[name + variant]
        return None

    half = get("half")
    third = get("third") or get("reldayword")
    year_end = get("yearend") or get("bareend")
    month_end_word = get("monthend")
    year = get("year")
    moment = Moment(
        year=parse_year(year) if year else None,
        word=get("word"),
        month=_number(get("month")),
        day=_number(get("day") or found.get(f"day_r{suffix}")),
        third=third,
        quarter=_number(get("quarter")),
        half={"上": 1, "下": 2}[half[0]] if half else None,
        year_end=year_end is not None,
        plan=get("plan"),
        festival=get("festival"),
        month_word="本月" if month_end_word else get("relmonth"),
        says_end=bool(year_end or month_end_word or (third and third[-1] in "底末") or get("qend") or get("hend")),
    )
    return None if moment == _NOTHING else moment


def _festival_eve(moment: Moment, year: int, given: bool, issued_on: date | None) -> date | None:
    """The day before a festival: of the year named, else the next one after the notice."""
    name = (moment.festival or "").strip("“”")

    def of(in_year: int) -> date | None:
        if name.startswith("春节"):
            return spring_festival(in_year)
        return safe_date(in_year, *_FIXED_FESTIVALS.get(name, (5, 1)))

    day = of(year)
    if day and not given and issued_on and day <= issued_on:
        day = of(year + 1)
    return day - timedelta(days=1) if day else None


def moment_period(moment: Moment, year: int | None, issued_on: date | None = None) -> Period | None:
    """First and last day of `moment`, its year being `year`; None where it cannot be known or there is no such day."""
    if moment.plan:
        return plan_period(moment.plan)
    if year is None or not 1900 <= year <= 2100:
        return None
    if moment.festival:
        eve = _festival_eve(moment, year, moment.year is not None or moment.word is not None, issued_on)
        return (eve, eve) if eve else None
    if moment.quarter:
        return quarter_period(year, moment.quarter)
    if moment.half:
        return half_period(year, moment.half)
    month = moment.month
    if moment.month_word:
        if issued_on is None:
            return None
        month = issued_on.month + (moment.month_word == "下月")
        year, month = (year + 1, 1) if month > 12 else (year, month)
    if month is None and moment.day is not None:
        return None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        return None
    if moment.day:
        day = safe_date(year, month, moment.day)
        return (day, day) if day else None
    if moment.third in _THIRDS:
        return thirds_period(year, month, *_THIRDS[moment.third])
    return date(year, month, 1), month_end(year, month)
