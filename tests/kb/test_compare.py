from __future__ import annotations

from typing import Any

import pytest

from kb.compare import compare_deadlines, compare_terms, compare_units, functions_of
from kb.figures import compare_targets
from kb.force import compare_force
from kb.statements import Statement
from kb.wording import Weights
from tests.kb.bases import deadline, obligation, target, unit

WEIGHTS = Weights.of(["抽检合格率", "群众满意度", "培训时间", "床位数", "能耗"])


def _targets(above: dict[str, Any], draft: list[dict[str, Any]]) -> tuple[list[str], int]:
    near = [Statement(obligation("草案句", targets=draft))]
    compared = compare_targets(Statement(obligation("上级句", targets=[above])), near, draft, WEIGHTS)
    return [conflict.type for conflict in compared.conflicts], len(compared.stricter)


@pytest.mark.parametrize(
    ("above", "draft", "expected"),
    [
        (target("抽检合格率", ">=", 98), [target("抽检合格率", ">=", 97)], (["target_weaker"], 0)),
        (target("抽检合格率", ">=", 98), [target("食品抽检合格率", ">=", 98)], ([], 0)),
        (target("抽检合格率", ">=", 98), [target("抽检合格率", ">=", 99)], ([], 1)),
        (target("抽检合格率", ">=", 98), [], (["target_missing"], 0)),
        (target("抽检合格率", ">=", 98), [target("群众满意度", ">=", 80)], (["target_missing"], 0)),
        (target("能耗", "<=", 5, "吨"), [target("能耗", "<=", 6, "吨")], (["target_weaker"], 0)),
        (target("能耗", "<=", 5, "吨"), [target("能耗", "<=", 4, "吨")], ([], 1)),
        (target("投资", ">=", 2e4, "万元"), [target("投资", ">=", 1, "亿元")], (["target_weaker"], 0)),
        (target("满意度", ">=", 70, by="2025-12-31"), [target("满意度", ">=", 85, by="2027-12-31")], (["target_missing"], 0)),
        (target("最高10万元奖励", "<=", 10, "万元"), [target("最高5万元奖励", "<=", 5, "万元")], (["target_weaker"], 0)),
        (target("最高10万元奖励", "<=", 10, "万元"), [target("最高20万元奖励", "<=", 20, "万元")], ([], 1)),
        (target("户均补贴", ">=", 30, "元", by="2025-12-31"), [target("户均补贴", ">=", 20, "元", by="2026-12-31")], (["target_weaker"], 0)),
        (target("抽检合格率", "increase", 3), [target("抽检合格率", "increase", 2)], (["target_weaker"], 0)),
    ],
)
def test_targets(above: dict[str, Any], draft: list[dict[str, Any]], expected: tuple[list[str], int]) -> None:
    assert _targets(above, draft) == expected


def test_several_figures_are_paired_one_to_one() -> None:
    above = [target("养老床位覆盖率", ">=", 80), target("集中采购比例", ">=", 70), target("社区覆盖率", ">=", 60)]
    draft = [target("社区覆盖率", ">=", 65), target("养老床位覆盖率", ">=", 75), target("集中采购比例", ">=", 75)]
    compared = compare_targets(Statement(obligation("上级句", targets=above)), [Statement(obligation("草案句", targets=draft))], draft, WEIGHTS)
    assert [(c.type, c.superior, c.draft) for c in compared.conflicts] == [("target_weaker", above[0]["raw"], draft[1]["raw"])]
    assert len(compared.stricter) == 2


@pytest.mark.parametrize(("below", "types"), [(True, []), (False, ["target_weaker"])])
def test_a_lower_level_bears_a_share_of_what_is_counted_over_the_whole_area(below: bool, types: list[str]) -> None:
    above, draft = target("危房改造", "=", 8000, "户"), target("危房改造", "=", 900, "户")
    compared = compare_targets(Statement(obligation("上级句", targets=[above])), [Statement(obligation("草案句", targets=[draft]))], [draft], WEIGHTS, below)
    assert [conflict.type for conflict in compared.conflicts] == types


@pytest.mark.parametrize(
    ("above", "draft", "types", "stricter"),
    [
        ("自受理之日起5个工作日内", "自受理之日起10个工作日内", ["deadline_later"], 0),
        ("自受理之日起5个工作日内", "自受理之日起3日内", [], 1),
        ("收到后24小时内", "收到后1日内", [], 0),
        ("收到后半年内", "收到后三个月内", [], 1),
        ("收到后5日内", "限期", [], 0),
    ],
)
def test_terms_from_an_event(above: str, draft: str, types: list[str], stricter: int) -> None:
    ours, theirs = (Statement(obligation(raw, deadlines=[deadline(None, type="within", raw=raw)])) for raw in (above, draft))
    compared = compare_terms(ours, [theirs], WEIGHTS)
    assert [conflict.type for conflict in compared.conflicts] == types
    assert len(compared.stricter) == stricter


@pytest.mark.parametrize(
    ("kind", "item", "types"),
    [("duty", None, ["deadline_missing"]), ("duty", "2025-06-30", []), ("prohibition", None, [])],
)
def test_a_date_of_the_whole_item(kind: str, item: str | None, types: list[str]) -> None:
    superior = Statement(obligation("上级句", kind=kind, deadlines=[deadline("2025-10-31", inherited=True)]))
    beside = [Statement(obligation("草案另一句", deadlines=[deadline(item)] if item else []))]
    compared = compare_deadlines(superior, [Statement(obligation("草案句"))], beside)
    assert [conflict.type for conflict in compared.conflicts] == types


@pytest.mark.parametrize(
    ("above", "draft", "types", "stricter"),
    [
        ([deadline("2025-10-31")], [deadline("2025-12-31")], ["deadline_later"], 0),
        ([deadline("2025-10-31")], [deadline("2025-10-31")], [], 0),
        ([deadline("2025-10-31")], [deadline("2025-06-30")], [], 1),
        ([deadline("2025-10-31")], [], ["deadline_missing"], 0),
        ([], [deadline("2025-06-30")], [], 0),
        ([deadline("2025-10-31", inherited=True)], [deadline("2025-10-31", inherited=True)], [], 0),
        ([deadline(None, recurrence="P6M", type="recurring")], [deadline(None, recurrence="P1Y", type="recurring")], ["deadline_later"], 0),
        ([deadline(None, recurrence="P6M", type="recurring")], [], ["deadline_missing"], 0),
        ([deadline(None, recurrence="P6M", type="recurring")], [deadline(None, recurrence="P3M", type="recurring")], [], 1),
    ],
)
def test_deadlines(above: list[dict[str, Any]], draft: list[dict[str, Any]], types: list[str], stricter: int) -> None:
    compared = compare_deadlines(Statement(obligation("上级句", deadlines=above)), [Statement(obligation("草案句", deadlines=draft))])
    assert [conflict.type for conflict in compared.conflicts] == types
    assert len(compared.stricter) == stricter


@pytest.mark.parametrize(
    ("above", "draft", "missing"),
    [
        (["市公安局", "市教育局"], ["云溪派出所", "镇中心校"], None),
        (["市公安局", "市教育局"], ["镇中心校"], "市公安局"),
        (["有关部门", "各乡镇"], ["镇财政所"], None),
        (["市质监局"], ["市市场监管局"], None),
        (["市公安局"], [], None),
        (["各县（市、区）人民政府"], ["县财政局"], None),
    ],
)
def test_units(above: list[str], draft: list[str], missing: str | None) -> None:
    compared = compare_units(
        Statement(obligation("上级句", units=[unit(name) for name in above])),
        [Statement(obligation("草案句", units=[unit(name) for name in draft]))],
    )
    assert [conflict.superior for conflict in compared.conflicts] == ([missing] if missing else [])


def test_functions_hold_at_every_level() -> None:
    assert functions_of("省农业农村厅") & functions_of("镇农业服务中心")
    assert not functions_of("有关单位")


@pytest.mark.parametrize(
    ("above", "draft", "types", "stricter"),
    [
        ("养老机构应当安装烟感报警器。", "鼓励养老机构安装烟感报警器。", ["kind_weaker"], 0),
        ("将整改情况纳入年度考核。", "可将整改情况纳入年度考核。", ["kind_weaker"], 0),
        ("从业人员必须持证上岗。", "从业人员原则上持证上岗。", ["kind_weaker"], 0),
        ("校内一律不得开设小卖部。", "校内不宜开设小卖部。", ["kind_weaker"], 0),
        ("经费列入预算。", "经费视财力列入预算。", ["kind_weaker"], 0),
        ("实行实名登记。", "逐步实行实名登记。", ["kind_weaker"], 0),
        ("逐步实行实名登记。", "逐步实行实名登记。", [], 0),
        ("鼓励企业公开报告。", "鼓励企业公开报告。", [], 0),
        ("鼓励企业公开报告。", "企业必须公开报告。", [], 1),
        ("实现全程可追溯。", "确保全程可追溯。", [], 0),
        ("企业要公开报告。", "企业应公开报告。", [], 0),
    ],
)
def test_force(above: str, draft: str, types: list[str], stricter: int) -> None:
    superior = Statement(obligation(above, kind="encouragement" if above.startswith("鼓励") else "duty"))
    compared = compare_force(superior, superior.clauses[0], Statement(obligation(draft)), 0)
    assert [conflict.type for conflict in compared.conflicts] == types
    assert len(compared.stricter) == stricter


def _in_clause(superior: str, above: dict[str, Any], clause: str, found: list[dict[str, Any]], **fields: Any) -> list[str]:
    """The conflicts where the draft's sentence is the one clause that was matched."""
    near = Statement(obligation(clause, targets=found))
    return [conflict.type for conflict in compare_targets(Statement(obligation(superior, targets=[above])), [near], found, WEIGHTS, clause=near, **fields).conflicts]


@pytest.mark.parametrize(
    ("clause", "value", "types"), [("每户平均发给补助3000元以上", 3000, []), ("每户平均发给补助2000元以上", 2000, ["target_weaker"])]
)
def test_the_one_figure_of_its_unit_in_the_matched_clause_is_meant(clause: str, value: int, types: list[str]) -> None:
    above = target("户均标准", ">=", 3000, "元")
    assert _in_clause("户均标准不低于3000元", above, clause, [target("每户平均发给补助", ">=", value, "元")]) == types


@pytest.mark.parametrize(("clause", "types"), [("作坊全部持证", []), ("作坊逐步持证", ["target_missing"])])
def test_all_of_it_said_in_words_is_a_hundred_percent(clause: str, types: list[str]) -> None:
    assert _in_clause("作坊持证率达到100%", target("作坊持证率", ">=", 100), clause, []) == types


@pytest.mark.parametrize(("superior", "types"), [("每百户建25平方米活动室", ["target_weaker"]), ("全市建25平方米活动室", [])])
def test_a_rate_is_no_share_to_bear(superior: str, types: list[str]) -> None:
    at = superior.index("25")
    above = target("活动室", ">=", 25, "平方米", raw="25平方米", start_char=at, end_char=at + 5)
    assert _in_clause(superior, above, "建20平方米活动室", [target("活动室", ">=", 20, "平方米")], below=True) == types


def test_a_ceiling_of_what_is_given_is_told_by_the_whole_sentence() -> None:
    above, found = target("每家每年", "<=", 5, "万元"), [target("每家每年", "<=", 3, "万元")]
    assert _in_clause("每家每年最高不超过5万元", above, "每家每年不超过3万元", found, sentence="给予补助，每家每年最高不超过5万元") == ["target_weaker"]
    assert _in_clause("每家每年最高不超过5万元", above, "每家每年不超过3万元", found) == []


def test_a_year_printed_before_a_figure_is_its_date() -> None:
    above = Statement(obligation("到2027年覆盖率达到70%", deadlines=[deadline("2027-12-31", raw="到2027年")]))
    assert not compare_deadlines(above, [Statement(obligation("2027年覆盖率不低于70%"))]).conflicts
    assert compare_deadlines(above, [Statement(obligation("覆盖率不低于70%"))]).conflicts


def test_governments_alone_leave_open_which_organ_acts() -> None:
    above = Statement(obligation("发放津贴", units=[unit("省人力资源社会保障厅")]))
    assert not compare_units(above, [Statement(obligation("由区县发放津贴", units=[unit("区县")]))]).conflicts
    assert compare_units(above, [Statement(obligation("发放津贴", units=[unit("市民政局")]))]).conflicts


def test_a_figure_of_the_draft_answers_one_figure_only() -> None:
    above = [target("小区设施覆盖率", ">=", 90), target("机关设施覆盖率", ">=", 100)]
    found = [target("小区设施覆盖率", ">=", 85)]
    near = Statement(obligation("小区设施覆盖率达到85%", targets=found))
    compared = compare_targets(Statement(obligation("上级句", targets=above)), [near], found, WEIGHTS, clause=near)
    assert [conflict.type for conflict in compared.conflicts] == ["target_weaker", "target_missing"]


def test_the_figure_beside_the_matter_is_meant_before_one_said_elsewhere() -> None:
    above, near = target("户均补助标准", ">=", 3000, "元"), target("平均发给", ">=", 3000, "元")
    elsewhere = target("户均补助标准", "=", 8000, "元")
    clause = Statement(obligation("平均发给3000元以上", targets=[near]))
    compared = compare_targets(Statement(obligation("户均补助标准不低于3000元", targets=[above])), [clause], [elsewhere, near], WEIGHTS, clause=clause)
    assert compared.conflicts == () and compared.stricter == ()
