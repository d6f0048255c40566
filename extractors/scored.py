"""Scoring rules (计分标准): what an assessment asks before it says how it is counted.

    建立监测制度，每半年报送一次报表，未报送的扣2分。
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.clause_kinds import Clause
from extractors.clauses import without_adverbs

# the column of an assessment's table that tells what is counted
COLUMN = re.compile("(?:计|评|扣|考)分(?:标准|细则|办法|依据|方法|规则|说明)|(?:考核|评价|评估|考评)(?:标准|细则|评分标准)$")
_COUNTED = re.compile(r"\d分|(?:基本|满|不得|扣|加|得)分|按比例扣")
_TAKEN_OR_GIVEN = re.compile(r"[得计扣][一-龥]{0,4}[\d.]*(?:-[\d.]+)?分")
# what only sets a case: 未上报的, 每增加1个, 发生事故, 完成目标
_CASE = re.compile("(?:每|未|若|如|凡|因|被|获|受|发生|出现|存在|达到?|完成|通过|超|当年|有|无|能|确因)|[^，]*(?:不|没有|缺|少于|低于|高于|迟|漏|虚|违|逾期|突出|显著|的$)")


def asks_before_points(text: str, clauses: Sequence[Clause]) -> bool:
    """Whether a sentence that counts points opens with an act of its own (制定年度计划，未制定的扣2分)."""
    first = clauses[0]
    if first.said.isdisjoint(("act", "push", "build")) or first.reading.how not in ("open", "actor") or _COUNTED.search(first.text):
        return False
    return _CASE.match(without_adverbs(first.text)) is None and _CASE.match(first.text) is None and _TAKEN_OR_GIVEN.search(text) is not None
