"""A unit above a table counts its figures."""

from __future__ import annotations

import pytest

from extractors.pipeline import extract
from ingest import read_bytes
from ingest.column_units import name_units
from ingest.lines import Line

ROWS = [("序号", "县区", "投资任务", "增长率", "个数（个）"), ("1", "云溪县", "1200", "5", "3"), ("2", "兰川县", "800", "6", "2")]


def _lines(head: str) -> list[Line]:
    heads, *rows = ROWS
    return [Line(head), Line("", cells=heads), *(Line("", cells=row, columns=heads) for row in rows), Line("要按期完成。")]


@pytest.mark.parametrize(
    "head, third", [("单位：万元", "投资任务（万元）"), ("（单位：亿元）", "投资任务（亿元）"), ("云溪市投资任务分解表 单位：万元", "投资任务（万元）"), ("填报单位：市财政局", "投资任务"), ("单位：万元、个", "投资任务")]
)
def test_unit_above_a_table_counts_its_figures(head: str, third: str) -> None:
    named = name_units(_lines(head))
    assert named[2].columns == ("序号", "县区", third, "增长率", "个数（个）")
    assert [line.cells for line in named] == [line.cells for line in _lines(head)]


def test_unit_above_a_table_is_the_unit_of_its_targets() -> None:
    text = "云溪市2025年投资任务分解方案\n一、任务分解\n单位：万元\n序号\t县区\t投资任务\n1\t云溪县\t1200\n2\t兰川县\t800\n"
    targets = [target for obligation in extract(read_bytes("表.txt", text.encode())).obligations for target in obligation.targets]
    assert [(target.value, target.unit) for target in targets] == [(12_000_000.0, "元"), (8_000_000.0, "元")]
