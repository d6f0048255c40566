"""Who acts in a clause, and with which verb."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.clauses import load_clause_words, read_clause, without_adverbs

CASES = [
    ("市财政局每年3月底前下达补贴资金", "act", "actor", "organ", "下达"),
    ("各县（市、区）2024年8月底前制定方案", "act", "actor", "organ", "制定"),
    ("民政部门会同教育部门编制服务清单", "act", "actor", "organ", "会同"),
    ("养老机构每季度组织1次演练", "act", "actor", "party", "组织"),
    ("由县教育局组织自查", "act", "agent", "organ", "组织"),
    ("对面积不足的食堂实施改造", "act", "object", "", "实施"),
    ("将整改情况纳入年度考核", "act", "object", "", "纳入"),
    ("对提供助餐服务的机构给予补贴", "give", "object", "", "给予"),
    ("切实加强安全管理", "act", "open", "", "加强"),
    ("监管能力明显提升", "", "", "", ""),
    ("检测机构布局合理", "", "", "", ""),
    ("公示期不少于5日", "", "", "", ""),
    ("对开展检查的企业", "", "object", "", ""),
]


@pytest.mark.parametrize("clause, verb, how, actor, word", CASES)
def test_read_clause(clause, verb, how, actor, word):
    reading = read_clause(clause)
    assert (reading.verb, reading.how, reading.actor, reading.word) == (verb, how, actor, word)


TIMES = [
    ("2025年6月底前完成改造", "完成改造"),
    ("每年3月底前及时下达资金", "下达资金"),
    ("自收到申请之日起15日内作出决定", "作出决定"),
    ("改造老旧小区", "改造老旧小区"),
]


@pytest.mark.parametrize("clause, rest", TIMES)
def test_times_and_adverbs_say_when_and_how_alone(clause, rest):
    assert without_adverbs(clause) == rest


def test_the_words_have_known_classes():
    assert set(load_clause_words().values()) == {"act", "deed", "push", "raise", "give", "build", "means", "noun", "adverb"}


@given(st.text(alphabet="各县市局企业学校对为将由按每年2025月底前开展检查给予补贴达到要可的，1%", max_size=60))
def test_any_clause_is_read(clause):
    reading = read_clause(clause)
    assert reading.how in ("", "open", "actor", "object", "agent")
    assert reading.word in clause
