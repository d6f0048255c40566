"""What a notice states of its own lists: marks of lead units, and units that it names once for all of them."""

from __future__ import annotations

import pytest

from extractors.pipeline import extract, extract_passage
from extractors.units import find_list_convention, find_units
from ingest import read_bytes

STATED = [
    ("注：带*的为牵头单位。", "star"),
    ("（标★的为牵头单位，其余为配合单位）", "star+rest"),
    ("加“▲”号的单位为牵头单位", "star"),
    ("牵头单位以※标注", "star"),
    ("*为必填项", None),
    ("带*的材料必须提交", None),
]


@pytest.mark.parametrize("said, rule", STATED)
def test_marks_of_lead_units(said, rule):
    assert find_list_convention(said) == rule


@pytest.mark.parametrize(
    "listed, convention, roles",
    [
        ("责任单位：*市教育局、市公安局、市财政局。", "star", ["lead", "responsible", "responsible"]),
        ("责任单位：市教育局★、市公安局。", "star", ["lead", "responsible"]),
        ("责任单位：市公安局、*市教育局。", "star+rest", ["cooperating", "lead"]),
        ("责任单位：市公安局、市教育局。", "star+rest", ["responsible", "responsible"]),
        ("责任单位：*市教育局、市公安局。", None, ["responsible", "responsible"]),
    ],
)
def test_a_mark_leads_where_the_notice_says_so(listed, convention, roles):
    units = find_units(listed, convention=convention)
    assert [unit.role for unit in units] == roles
    assert not any(set("*★") & set(unit.name) for unit in units)


def test_a_marked_list_in_a_bracket():
    units = find_units("对学校周边开展排查。（★县应急局、县公安局）", convention="star")
    assert [(unit.name, unit.role) for unit in units] == [("县应急局", "lead"), ("县公安局", "responsible")]


NOTICE = """云溪市人民政府关于加强养老服务的意见
各县（市、区）人民政府：
一、完善设施
1.新建养老机构。（市民政局牵头，市财政局配合；以下任务均需各县（市、区）人民政府落实，不再列出）
2.改造敬老院。（责任单位：市民政局）
3.开展培训。（责任单位：市教育局、各县（市、区）人民政府）
4.做好总结。
"""


def test_units_named_once_for_all_lists():
    found = extract(read_bytes("notice.txt", NOTICE.encode()))
    by_text = {o.text: [(unit.name, unit.role) for unit in o.units] for o in found.obligations}
    places = ("各县（市、区）人民政府", "responsible")
    assert [units.count(places) for units in by_text.values()] == [1, 1, 1, 0]
    assert ("市财政局", "cooperating") in next(iter(by_text.values()))


def test_a_note_on_lists_asks_nothing():
    assert extract_passage("以上任务均需各县（市、区）人民政府落实，不再分别列出。").kind is None


def test_a_rule_in_the_head_of_a_column_holds_for_its_cells():
    table = "| 任务 | 责任单位（带*的为牵头单位） | 完成时限 |\n|---|---|---|\n| 改造老旧小区56个。 | *市住房城乡建设局、市财政局 | 年底前 |\n| 建成社区食堂40家。 | 市民政局* | 10月底 |\n"
    found = extract(read_bytes("notice.md", f"# 云溪市2022年民生实事任务分解表\n\n{table}".encode()))
    assert [[(unit.name, unit.role) for unit in o.units] for o in found.obligations] == [
        [("市住房城乡建设局", "lead"), ("市财政局", "responsible")],
        [("市民政局", "lead")],
    ]
