"""A document just received, broken down for a lower level."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractors.regions import use_overlay
from kb.breakdown import break_down
from kb.errors import KbError
from kb.export.breakdown_report import breakdown_report
from kb.export.report import words
from kb.given import Given
from kb.local_units import local_counterpart
from kb.places import place_named
from tests.kb.bases import deadline, document, obligation, target, unit

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"
REGION = ("示例省", "云溪市", "河口县")


@pytest.fixture(autouse=True)
def overlay() -> Iterator[None]:
    use_overlay(CORPUS / "overlay.toml")
    yield
    use_overlay(None)


@pytest.mark.parametrize(
    ("printed", "level", "expected"),
    [
        ("省教育厅", "county", "河口县教育局"),
        ("教育部", "provincial", "示例省教育厅"),
        ("国家发展改革委", "county", "河口县发展和改革委员会"),
        ("市场监管总局", "municipal", "云溪市市场监督管理局"),
        ("市农委", "county", "河口县农业农村局"),
        ("公安部门", "county", "河口县公安局"),
        ("省委宣传部", "county", "中共河口县委宣传部"),
        ("省政府办公厅", "county", "河口县人民政府办公室"),
        ("市消防救援支队", "county", "河口县消防救援大队"),
        ("省税务局", "county", "国家税务总局河口县税务局"),
        ("团省委", "county", "共青团河口县委"),
        ("省残联", "county", "河口县残疾人联合会"),
        ("各市、县（区）人民政府", "county", "河口县人民政府"),
        ("中国人民银行", "county", None),
        ("有关部门", "county", None),
        ("", "county", None),
    ],
)
def test_local_counterpart(printed: str, level: str, expected: str | None) -> None:
    chain = REGION[: {"provincial": 1, "municipal": 2, "county": 3}[level]]
    assert local_counterpart(printed, level, chain) == expected


def _given(*obligations: dict[str, Any], **fields: Any) -> Given:
    return Given(document(level="municipal", region=["澜川省", "砚州市"], **fields), obligations)


def test_tasks_name_the_local_units_dates_and_targets() -> None:
    due, share = deadline("2025-12-31", raw="2025年底前"), target("合格率", ">=", 98, raw="合格率达到98%以上")
    units = [unit("市教育局", "lead"), unit("市市场监管局", "cooperating"), unit("某某集团", "cooperating")]
    found = break_down(_given(obligation("2025年底前合格率达到98%以上。", path=["一、任务"], units=units, deadlines=[due], targets=[share])), "栖禾县")
    (task,) = found["tasks"]
    assert [one["name"] for one in task["lead_units"]] == ["栖禾县教育局"]
    assert [(one["name"], one["printed"]) for one in task["cooperating_units"]] == [("栖禾县市场监督管理局", "市市场监管局"), (None, "某某集团")]
    (row,) = breakdown_report(found).tables[0].rows
    assert [words(cell) for cell in row.cells[:8]] == [
        "1", "2025年底前合格率达到98%以上。", "一、任务", "栖禾县教育局", "栖禾县市场监督管理局、某某集团（待定）", "2025年底前（2025-12-31）", "合格率达到98%以上", "义务",
    ]  # fmt: skip


def test_what_binds_the_issuer_alone_stands_apart_with_its_reason() -> None:
    found = break_down(_given(obligation("市级有关部门建立信用档案。"), obligation("各县区开展检查。")), "栖禾县")
    assert [task["task"] for task in found["tasks"]] == ["各县区开展检查。"]
    (left,) = found["not_applicable"]
    assert left["reason"]


def test_a_phase_that_is_over_stands_apart_only_where_a_day_is_given() -> None:
    given = _given(obligation("2015年底前完成摸底。", deadlines=[deadline("2015-12-31")]))
    assert len(break_down(given, "栖禾县")["tasks"]) == 1
    assert len(break_down(given, "栖禾县", date(2025, 1, 1))["not_applicable"]) == 1


def test_a_document_of_another_place_is_broken_down_with_a_warning() -> None:
    given = Given(document(region=["示例省", "云溪市"]), [obligation("开展检查。")])
    assert "仅供参考" in break_down(given, "栖禾县")["warnings"][0]


def test_a_document_without_obligations_is_said() -> None:
    assert any("没有读出" in warning for warning in break_down(_given(), "栖禾县")["warnings"])


def test_a_township_is_named_behind_its_county() -> None:
    assert place_named("栖禾县柳湾镇") == ("township", ("澜川省", "砚州市", "栖禾县", "柳湾镇"))
    assert place_named("砚州市栖禾县")[1] == ("澜川省", "砚州市", "栖禾县")


@pytest.mark.parametrize("name", ["不知何处", "", "镇", "某某县某某镇"])
def test_an_unknown_place_is_said(name: str) -> None:
    with pytest.raises(KbError, match="no place"):
        place_named(name)
