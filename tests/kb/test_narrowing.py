from __future__ import annotations

import pytest

from kb.narrowing import compare_scope
from kb.statements import Statement
from tests.kb.bases import obligation


@pytest.mark.parametrize(
    ("above", "kind", "draft", "types", "stricter"),
    [
        ("养殖企业应当建立消毒记录", "duty", "规模以上养殖企业建立消毒记录", ["kind_weaker"], 0),
        ("各类养殖企业应当建立消毒记录", "duty", "养殖企业都要建立消毒记录", [], 0),
        ("规模以上养殖企业应当建立消毒记录", "duty", "规模以上养殖企业建立消毒记录", [], 0),
        ("鼓励养殖企业建立消毒记录", "encouragement", "规模以上养殖企业应当建立消毒记录", [], 0),
        ("配齐消毒设备", "duty", "大型渔船配齐消毒设备", [], 0),
        ("年满70周岁的老年人免费乘车", "encouragement", "年满75周岁的老年人免费乘车", ["kind_weaker"], 0),
        ("年满70周岁的老年人免费乘车", "support", "年满65周岁的老年人免费乘车", [], 1),
        ("住宿100人以上的学校配校医", "duty", "住宿300人以上的学校配校医", ["kind_weaker"], 0),
        ("会同有关部门检查学校", "duty", "会同部门检查学校", [], 0),
    ],
)
def test_who_is_asked(above: str, kind: str, draft: str, types: list[str], stricter: int) -> None:
    superior, ours = Statement(obligation(above, kind=kind)), Statement(obligation(draft))
    compared = compare_scope(superior, superior.clauses[0], ours, 0)
    assert ([conflict.type for conflict in compared.conflicts], len(compared.stricter)) == (types, stricter)
