from __future__ import annotations

from typing import Any

import pytest

from kb.compare import compare_deadlines, compare_targets, compare_units, functions_of
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
        (target("抽检合格率", "increase", 3), [target("抽检合格率", "increase", 2)], (["target_weaker"], 0)),
    ],
)
def test_targets(above: dict[str, Any], draft: list[dict[str, Any]], expected: tuple[list[str], int]) -> None:
    assert _targets(above, draft) == expected


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
