"""What strings a text must hold for a rule to match in it, read off the rule's expression."""

from __future__ import annotations

import re

import pytest

from extractors.literals import crosses_lines, needed, openings

CASES = [
    ("不得", [{"不得"}]),
    ("(?:一律)?(?:不得|严禁)", [{"不得", "严禁"}]),
    ("(?:严禁|严格禁止)[^。]{0,9}销售", [{"销售"}, {"严禁", "严格禁止"}]),
    ("到(?:年|月)底", [{"到年底", "到月底"}]),
    ("[东西]部", [{"东部", "西部"}]),
    ("(?:每年){2,3}", [{"每年"}]),
    ("(?=应当)(?<!不)须", [{"须"}]),  # what an assertion asks for may stand outside the passage
    ("(?:建成)?", []),
    (".{0,9}", []),
    ("(?i)gdp", []),
    ("建成|[^。]", []),
    ("(?:经[^。]同意|批准)后", [{"后"}, {"同意", "批准"}]),
]


@pytest.mark.parametrize(("regex", "expected"), CASES)
def test_needed(regex, expected):
    assert {frozenset(need) for need in needed(re.compile(regex))} == {frozenset(need) for need in expected}


def test_needed_of_digits_holds_every_decimal():
    (need,) = needed(re.compile(r"\d+"))
    assert {"0", "９", "٣"} <= need


@pytest.mark.parametrize(
    ("regex", "expected"),
    [("年[^，。]{0,9}底", True), (r"年[^，。\n]{0,9}底", False), (r"年\s底", True), ("年.底", False), ("年(?s:.)底", True), (r"年(?=\n)", False), (r"(?:年|\D)底", True), (r"[^年\s]", False)],
)
def test_crosses_lines(regex, expected):
    assert crosses_lines(re.compile(regex)) is expected


@pytest.mark.parametrize(
    ("regex", "expected"),
    [
        ("(?:各|有关)?部门", {"各部", "有关", "部门"}),
        ("[省市]{1,2}直", {"省", "市"}),  # what a repetition goes on with is not followed
        ("[省市]?直?", None),
        ("(?:县[^。]|镇)政府", {"县", "镇政"}),
        ("(?!不)[一-龥]得", None),
        ("甲", {"甲"}),
    ],
)
def test_openings(regex, expected):
    assert openings(re.compile(regex)) == expected
