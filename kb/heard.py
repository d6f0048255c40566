"""Whom obligations speak to (条文对象), as far as no enterprise need be known: read once, held against any number of profiles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.folding import fold
from kb.addressees import Addressee, Scope, addressees, names_only_offices, title_scope
from kb.groups import INSPECT, Group, group_of

# What only those who make and sell can do, and what only offices can.
_FIRM = re.compile(r"生产|产品|厂区|出厂|原料|原辅|工艺|添加剂|标签|标识|许可|从业|召回|追溯|台账|台帐|档案|主体责任|违法行为|监督抽查|抽检|风险监测|无证|贮存|运输|销售|采购|进货|索证|设备设施|车间|检验能力|人员培训|岗位|经营行为|作业|施工|工地|合格|排放|隐患|前置条件|准入条件|质量奖|评优|著名商标|安全生产|实验室|委托检验|管理制度|自查|承诺|质量安全")
_OFFICE = re.compile(r"部门|各级(?!政府质量奖)|组织领导|经费|财政支持|舆论|新闻|宣传报道|监管人员|执法人员|执法队伍|监管队伍|监管机构|监管能力|监管所|队伍建设|汇报|上报|报送|信息平台|业务平台|协会|领导干部|政绩|属地责任|成员单位|工作机制|长效机制|统筹协调|会商|移送|案件|地方标准|国家标准|信息公开|12\d{3}|投诉举报|科普|普法|试点示范|督办|财政预算|行政审批|基层|下级政府|各地|属地|党委|政府(?!质量奖)|总体合格率|满意度|批次|地方性法规|工作方法|召开|领导小组|责任追究|绩效|方案中|督查指导")
_TO_PLACES = re.compile(r"^对[^。]{2,90}的(?:[^，。]{0,6}(?:省|市|县|区)[（(、]|地区|地方|县区|县市区|乡镇)")  # what is given to governments


@dataclass(frozen=True, slots=True)
class Heard:
    """One obligation and whom it speaks to; `carried` is whom where the sentence before it, of the same `stretch`, concerned the enterprise."""

    identity: str
    document: str
    group: Group
    stretch: int  # counts the headings of the notice
    to: tuple[Addressee, ...]
    carried: tuple[Addressee, ...]
    names: bool  # whether it names parties
    hands_on: bool  # whether whom it concerns goes on to the sentences behind it


def hear(document: Mapping[str, Any], obligations: Iterable[Mapping[str, Any]]) -> list[Heard]:
    """A document's obligations in their order, with whom each speaks to."""
    scope = title_scope(document)
    found: list[Heard] = []
    above: Sequence[str] = ()
    stretch = 0
    for obligation in obligations:
        stretch += obligation["path"] != above
        above = obligation["path"]
        text = fold(str(obligation["text"])).text
        if _TO_PLACES.search(text):
            continue
        inspects = bool(INSPECT.search(text))
        names = bool(obligation["parties"])
        if names:
            to = carried = tuple(addressees(obligation, scope, inspects))
        else:
            to, carried = _unnamed(obligation, text, scope, inspects)
        if names or to or carried:
            hands_on = names and not names_only_offices(obligation)
            found.append(Heard(obligation["id"], document["id"], group_of(obligation), stretch, to, carried, names, hands_on))
    return found


def _unnamed(obligation: Mapping[str, Any], text: str, scope: Scope, inspects: bool) -> tuple[tuple[Addressee, ...], tuple[Addressee, ...]]:
    """Whom a sentence speaks to that names no party, by itself and behind one that concerned the enterprise: nobody where it is the offices' own business."""
    if names_only_offices(obligation):
        return (), ()
    found = tuple(one for one in addressees(obligation, scope, False) if one.trades)
    if found:
        return found, found
    if _OFFICE.search(text):
        return (), ()
    carried = tuple(one for one in addressees(obligation, scope, True) if one.trades)
    return (carried if inspects or _FIRM.search(text) else ()), carried
