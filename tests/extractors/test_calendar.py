"""The calendar of notices."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.calendar import (
    add_days,
    add_months,
    add_working_days,
    half_period,
    is_working_day,
    plan_number,
    plan_period,
    quarter_period,
    spring_festival,
    thirds_period,
)

PLANS = [("七五", 1986, 1990), ("八五", 1991, 1995), ("九五", 1996, 2000), ("十五", 2001, 2005), ("十一五", 2006, 2010), ("十二五", 2011, 2015), ("十三五", 2016, 2020), ("十四五", 2021, 2025), ("十五五", 2026, 2030), ("十六五", 2031, 2035)]


@pytest.mark.parametrize("name, first, last", PLANS)
def test_plan_period(name: str, first: int, last: int) -> None:
    assert plan_period(name) == (date(first, 1, 1), date(last, 12, 31))


@pytest.mark.parametrize("name", ["", "五", "三五", "十四", "百五", "一四五"])
def test_no_plan(name: str) -> None:
    assert plan_period(name) is None


def test_early_plans_have_a_number_but_no_period() -> None:
    assert plan_number("一五") == 1
    assert plan_period("一五") is None


WORKING = [
    (date(2024, 4, 30), 1, date(2024, 5, 6)),  # 1 to 5 May is a holiday
    (date(2025, 9, 26), 10, date(2025, 10, 16)),  # 28 September and 11 October are worked
    (date(2024, 4, 10), 15, date(2024, 4, 30)),  # 28 April is worked
    (date(2023, 3, 6), 5, date(2023, 3, 13)),
    (date(2023, 3, 6), 0, date(2023, 3, 6)),
]


@pytest.mark.parametrize("day, count, expected", WORKING)
def test_add_working_days(day: date, count: int, expected: date) -> None:
    assert add_working_days(day, count) == (expected, False)


def test_past_the_published_calendar_weekdays_are_counted_and_said_so() -> None:
    assert add_working_days(date(2099, 1, 2), 5) == (date(2099, 1, 9), True)
    assert is_working_day(date(2099, 1, 2))
    assert not is_working_day(date(2099, 1, 3))


def test_too_far_to_count() -> None:
    assert add_working_days(date(2024, 1, 1), 10**6) is None
    assert add_days(date(9999, 12, 31), 1) is None
    assert add_months(date(9999, 12, 31), 1) is None


def test_periods_within_a_year() -> None:
    assert quarter_period(2023, 3) == (date(2023, 7, 1), date(2023, 9, 30))
    assert half_period(2023, 1) == (date(2023, 1, 1), date(2023, 6, 30))
    assert thirds_period(2024, 2, 3, 3) == (date(2024, 2, 21), date(2024, 2, 29))
    assert thirds_period(2024, 7, 2, 3) == (date(2024, 7, 11), date(2024, 7, 31))


def test_months_end_on_the_months_last_day() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 11, 30), 3) == date(2025, 2, 28)


def test_spring_festival() -> None:
    assert spring_festival(2024) == date(2024, 2, 10)
    assert spring_festival(1900) is None


@given(st.dates(date(2004, 1, 1), date(2026, 1, 1)), st.integers(1, 60))
def test_working_days_end_on_one_and_move_on(day: date, count: int) -> None:
    counted = add_working_days(day, count)
    before = add_working_days(day, count - 1)
    assert counted is not None
    assert before is not None
    assert is_working_day(counted[0])
    assert counted[0] > before[0]
