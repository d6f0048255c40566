"""Narrowing (缩小适用范围): where a draft asks of some what a document above asks of all."""

from __future__ import annotations

import re

from extractors.folding import fold
from kb.clauses import Clause
from kb.compare import Comparison, Conflict
from kb.force import invites
from kb.statements import Statement

_HEAD = "企业|单位|机构|学校|幼儿园|医院|商场|市场|场所|工地|项目|社区|村|乡镇|街道|小区|家庭|人员|员工|职工|园区|工程|设施|建筑|农户|合作社|门店|平台"
# A size, an owner or an age that sets some of them apart; 重点 and 示范 say where to begin.
_SOME = re.compile(rf"(规模以上|限额以上|大中型|大型|中型以上|部分(?!门)|公办|国有|新建|新招(?:用|录|聘)?|骨干|龙头)[\u3400-\u9fff]{{0,8}}?({_HEAD})")
# From how many years or things on a duty holds.
_FROM = re.compile(r"(?:年满|满)(\d{1,3})(周岁|岁)|(\d{1,6})(人|名|张|户|平方米|万元)以上的")


def compare_scope(superior: Statement, clause: Clause, draft: Statement, at: int) -> Comparison:
    """Whether the draft's clause holds for fewer than the obligation's: 规模以上企业 for 企业, 年满85周岁 for 年满80周岁."""
    given, asked = draft.clauses[at].text, fold("\n".join((superior.text, *superior.path))).text
    ours, theirs = _from(given), _from(clause.text)
    if ours and theirs and ours[1] == theirs[1] and ours[0] != theirs[0]:
        if ours[0] > theirs[0]:
            return Comparison((Conflict("kind_weaker", theirs[2], ours[2], f"上级自“{theirs[2]}”起适用，草案自“{ours[2]}”起，缩小了适用范围。"),))
        return Comparison((), (f"草案“{ours[2]}”比上级“{theirs[2]}”适用范围更宽",))
    if superior.kind == "encouragement" or invites(clause.text):
        return Comparison()
    some = next((found for found in _SOME.finditer(given) if found[1] not in asked and found[2] in asked), None)
    if some:
        return Comparison((Conflict("kind_weaker", clause.text, given, f"上级的要求不限于“{some[0]}”，草案缩小了适用范围。"),))
    return Comparison()


def _from(text: str) -> tuple[float, str, str] | None:
    found = _FROM.search(text)
    if found is None:
        return None
    return float(found[1] or found[3]), (found[2] or found[4]).removeprefix("周"), found[0]
