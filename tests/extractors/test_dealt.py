"""Figures that a bracket deals out to places."""

from __future__ import annotations

import pytest

from extractors.dealt import find_dealt
from extractors.targets import find_targets
from extractors.units import find_units

CASES = [
    (
        "新建社区食堂（东岭区、西河区各3个，其他县（市）、区各2个）。",
        [("社区食堂", 3, "个"), ("社区食堂", 2, "个")],
        ["东岭区", "西河区", "其他县（市）、区"],
    ),
    ("培育示范点10个（义乌市6个、甲县4个）。", [("示范点", 10, "个"), ("示范点", 6, "个"), ("示范点", 4, "个")], ["义乌市", "甲县"]),
    ("农贸市场按标准改造（义乌、东阳各3家，南三县各2家）。", [("农贸市场按标准改造", 3, "家"), ("农贸市场按标准改造", 2, "家")], ["义乌", "东阳", "南三县"]),
]


@pytest.mark.parametrize("text, targets, units", CASES)
def test_each_place_has_its_figure(text, targets, units):
    assert [(t.indicator, t.value, t.unit) for t in find_targets(text)] == targets
    assert [u.name for u in find_units(text)] == units


@pytest.mark.parametrize("text", ["培育示范点10个（每县各2个）。", "建成园区（国家级示范区1个、省级示范区3个）。", "检查企业（东岭区为主）。", "共20家（含各类3家）。"])
def test_other_brackets_deal_nothing_out(text):
    assert list(find_dealt(text)) == []
