from __future__ import annotations

from datetime import date

import pytest

from extractors.patterns import Pattern, load_patterns
from kb.scope import DraftFacts, Issuer, dropped_clauses, not_applicable
from kb.statements import Statement
from tests.kb.bases import obligation, target, unit

CITY = {"a": Issuer("municipal", ("示例省", "云溪市"))}
PROVINCE = {"a": Issuer("provincial", ("示例省",))}
COUNTY_CITY = {"a": Issuer("county", ("示例省", "远山市", "云溪市"))}


def _facts(level: str, issuers: dict[str, Issuer]) -> DraftFacts:
    return DraftFacts(level, ("示例省", "云溪市", "河口县"), date(2024, 5, 1), "河口县实施方案", issuers)


@pytest.mark.parametrize(
    ("text", "level", "issuers", "treated", "expected"),
    [
        ("市教育局负责政策制定，市财政局负责资金筹集。", "county", CITY, True, True),
        ("市教育局负责政策制定，区县教育局负责资料审核。", "county", CITY, True, False),
        ("市教育局组织培训，每年一次。", "county", CITY, True, False),  # the draft has taken it up
        ("市教育局组织培训，每年一次。", "county", CITY, False, True),
        ("市教育局组织各县开展培训。", "county", CITY, False, False),
        ("市场监管局组织培训。", "county", CITY, False, False),
        ("市教育局负责政策制定。", "municipal", CITY, True, False),
        ("市教育局负责政策制定。", "county", COUNTY_CITY, True, False),  # its own bureau
        ("市教育局负责政策制定。", "township", COUNTY_CITY, True, True),
        ("建设全省统一的矿山监测平台，归集数据。", "county", PROVINCE, True, True),
        ("建设全市统一的停车服务平台。", "county", COUNTY_CITY, True, False),
        ("对通过验收的基地，市财政给予奖励。", "county", CITY, False, True),
        ("对通过验收的基地，市、县财政给予奖励。", "county", CITY, False, False),
        ("配合省级水利部门完善河湖目录。", "county", CITY, True, True),
        ("配合省级水利部门完善河湖目录。", "municipal", PROVINCE, True, False),
    ],
)
def test_what_a_superior_does_itself(text: str, level: str, issuers: dict[str, Issuer], treated: bool, expected: bool) -> None:
    reason = not_applicable(Statement(obligation(text)), _facts(level, issuers), treated)
    assert (reason is not None) is expected


def test_rules_and_platforms_of_units_above() -> None:
    written = Statement(obligation("出台护工岗位津贴实施办法。", units=[unit("省民政厅"), unit("省财政厅")]))
    assert not_applicable(written, _facts("county", PROVINCE), treated=False)
    shared = Statement(obligation("出台护工岗位津贴实施办法。", units=[unit("省民政厅"), unit("各市人民政府")]))
    assert not_applicable(shared, _facts("county", PROVINCE), treated=False) is None


def test_the_total_of_a_province_is_no_countys() -> None:
    total = Statement(obligation("完成水窖改造1200处。", units=[unit("省水利厅")], targets=[target("水窖改造", "=", 1200, "处")]))
    assert not_applicable(total, _facts("county", PROVINCE))
    assert not_applicable(total, _facts("municipal", PROVINCE)) is None


def test_a_superiors_share_of_a_sentence_is_left_out() -> None:
    shared = Statement(obligation("市财政局每年3月下达资金，区县财政部门自收到资金之日起15日内拨付到位。"))
    assert dropped_clauses(shared, _facts("county", CITY)) == {"市财政局每年3月下达资金"}


@pytest.mark.parametrize("pattern", [pattern for pattern in load_patterns("scope") if "needs" in pattern.fields], ids=lambda pattern: pattern.id)
def test_a_rule_needs_only_words_that_its_examples_hold(pattern: Pattern) -> None:
    assert pattern.fields["needs"]
    assert all(any(word in example for word in group) for example in pattern.examples for group in pattern.fields["needs"])


def test_a_rule_without_needed_words_opens_its_clause() -> None:
    assert all(pattern.regex.pattern.startswith("^") for pattern in load_patterns("scope") if "needs" not in pattern.fields)
