"""Numerals in figures and in characters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.numerals import NUMBER, YEAR, parse_number, parse_year

NUMBERS = [
    ("12", 12),
    ("1,234.5", 1234.5),
    ("１２．５", 12.5),
    ("三十二", 32),
    ("十", 10),
    ("十五", 15),
    ("一百二十", 120),
    ("一百零五", 105),
    ("两", 2),
    ("两千", 2000),
    ("二〇一三", 2013),
    ("二○一三", 2013),
    ("1.2万", 12000),
    ("3亿", 3e8),
    ("500万亿", 5e14),
    ("3百万", 3e6),
    ("三万二千", 32000),
    ("三亿五千万", 3.5e8),
    ("3亿5000万", 3.5e8),
    ("一万亿", 1e12),
    ("五万零三百", 50300),
    ("三点五", 3.5),
    ("百分之五", 5),
    ("百分之九十八点五", 98.5),
    ("三分之一", 0.333333),
    ("千分之三", 0.003),
    ("四成", 0.4),
    ("半", 0.5),
    ("1 200", 1200),
]
NONE = ["", "若干", "几", "多", "万", "百", "分之", "百分之", "三分之", "零分之一", "三三十", "点五", "三点", "12家", "十五五五分之"]


@pytest.mark.parametrize("text, value", NUMBERS)
def test_parse_number(text: str, value: float) -> None:
    assert parse_number(text) == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize("text", NONE)
def test_no_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    "text, year",
    [("2013", 2013), ("二〇一三", 2013), ("二○二七年", 2027), ("１９９８", 1998), ("13", None), ("三〇一三", None), ("20133", None)],
)
def test_parse_year(text: str, year: int | None) -> None:
    assert parse_year(text) == year


@pytest.mark.parametrize("text", ["12", "1,234.5", "三十二", "1.2万", "500万亿", "3百万", "三点五", "二〇一三"])
def test_atom_matches_in_full(text: str) -> None:
    assert re.fullmatch(NUMBER, text)


@given(st.text(alphabet="0123456789.,零〇一二三四五六七八九十百千万亿两半点成分之年 ", max_size=30) | st.text(max_size=30))
def test_any_string(text: str) -> None:
    number = parse_number(text)
    assert number is None or number >= 0
    year = parse_year(text)
    assert year is None or 1900 <= year <= 2099


@given(st.from_regex(YEAR, fullmatch=True))
def test_year_atom_is_read(text: str) -> None:
    assert parse_year(text) is not None
