"""A trigger is the characters a rule fired on; any text and rule is borne."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.rule_words import load_rule_words
from extractors.triggers import find_trigger
from ingest.document import Span

CASES = [
    ("unit.by", "由市教育局组织实施。", "市教育局", "由"),
    ("unit.with", "市教育局会同市公安局检查。", "市公安局", "会同"),
    ("unit.subject", "市教育局、市公安局要开展检查。", "市教育局", "要"),
    ("unit.label.lead", "牵头单位：市教育局；配合单位：市公安局", "市教育局", "牵头单位："),
    ("unit.label.cooperating", "牵头单位：市教育局；配合单位：市公安局", "市公安局", "配合单位："),
    ("unit.bracket", "（市教育局牵头，市公安局配合）", "市教育局", "牵头"),
    ("deadline.before", "2025年6月底前完成。", "2025年6月底前", "2025年6月底前"),
    ("deadline.label", "完成时限：2025年6月底前", "2025年6月底前", "完成时限：2025年6月底前"),
    ("target.reach", "合格率达到98%以上。", "合格率达到98%以上", "达到98%以上"),
    ("forbid", "学校不得设置小卖部。", "学校不得设置小卖部。", "不得"),
    ("duty.modal", "学校应当公布名单。", "学校应当公布名单。", "应当"),
    ("duty.imperative", "全面建立台账。", "全面建立台账。", "建立"),
    ("encourage", "符合条件的可申请补助。", "符合条件的可申请补助。", "可"),
    ("party.urged", "督促餐饮企业整改。", "餐饮企业", "督促"),
    ("party.bound", "餐饮企业应当公示。", "餐饮企业", "应当"),
]


@pytest.mark.parametrize(("rule", "text", "mention", "trigger"), CASES)
def test_the_trigger_of_a_mention(rule: str, text: str, mention: str, trigger: str) -> None:
    at = text.index(mention)
    found = find_trigger(rule, text, Span(at, at + len(mention)), Span(0, len(text)))
    assert found is not None and found.of(text) == trigger


def test_a_rule_that_fires_there_no_longer_has_none() -> None:
    assert find_trigger("deadline.before", "定期完成。", Span(0, 2), Span(0, 5)) is None
    assert find_trigger("deadline.gone", "2025年底前", Span(0, 7), Span(0, 7)) is None


@given(st.sampled_from(sorted(load_rule_words())), st.text(alphabet=st.sampled_from("市教育局要由会同牵头，。：（）2025年底前达到98%督促企业可 \n"), max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_text_is_borne(rule: str, text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = find_trigger(rule, text, Span(start, end), Span(0, len(text)))
    assert found is None or 0 <= found.start < found.end <= len(text)
