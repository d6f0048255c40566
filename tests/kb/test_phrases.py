from __future__ import annotations

import pytest

from kb.compare import Conflict
from kb.phrases import date_words, organ_words, quoted, thing_words
from kb.statements import Statement
from kb.verdict import Finding, advice
from tests.kb.bases import obligation


@pytest.mark.parametrize(
    ("thing", "told"),
    [("加强病死鱼", "病死鱼"), ("充分发挥其示范", "示范"), ("渔船必须", "渔船"), ("配送单位主动购买", "配送单位"), ("以大中专院校", "大中专院校"), ("在线监测", "在线监测"), ("对外贸易", "对外贸易"), ("票据", "票据")],
)  # fmt: skip
def test_things_left_out_are_named_alone(thing: str, told: str) -> None:
    assert thing_words(thing) == told


def test_dates_are_told_without_their_label() -> None:
    assert [date_words(raw) for raw in ("完成时限：2027年10月", "每3天至少", "到2027年")] == ["“2027年10月”", "“每3天”", "“到2027年”"]


def test_marks_within_marks_are_single() -> None:
    assert quoted("“十四五”期间") == "“‘十四五’期间”"


@pytest.mark.parametrize(("name", "told"), [("粮食", "粮食部门"), ("市粮食和物资储备局", "市粮食和物资储备局"), ("市委宣传部", "市委宣传部"), ("检察机关", "检察机关")])
def test_a_field_of_work_is_its_department(name: str, told: str) -> None:
    assert organ_words(name) == told


def test_the_advice_says_each_thing_once() -> None:
    weaker = "上级为明确要求，草案用“鼓励”降低了力度。"
    conflicts = (
        Conflict("kind_weaker", "甲", "乙", weaker), Conflict("kind_weaker", "丙", "丁", weaker), Conflict("unit_missing", "粮食、商务", "财政", "上级明确的粮食部门在草案中没有对应单位。"),
    )  # fmt: skip
    left_out = ("粮食", "加强甲类", "乙类", "丙类", "丁类", "戊类")
    told = advice(Finding("conflict", Statement(obligation("要求")), conflicts=conflicts, left_out=left_out))
    assert told.count("降低了力度") == 1
    assert "草案漏了“甲类”“乙类”“丙类”“丁类”等5项" in told
