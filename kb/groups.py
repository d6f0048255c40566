"""What an obligation means to a party that it concerns (必须、不得、检查、享受、鼓励), with the office, the amounts and the papers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from extractors.folding import fold

Group = Literal["must", "must not", "inspected", "may receive", "encouraged"]
GROUPS: tuple[Group, ...] = ("must", "must not", "inspected", "may receive", "encouraged")
_OF_KIND: dict[str, Group] = {"prohibition": "must not", "support": "may receive", "encouragement": "encouraged"}
# What offices do to parties.
INSPECT = re.compile(
    r"检查|抽查|抽检|排查|清查|普查|摸底|摸清|查清|整治|查处|严打|严惩|打击|取缔|惩处|惩戒|监测|巡查|稽查|督查|督导检查|评价评估|评估评价|考评|分档|分级分类|分类分级|信用监管|信用等级|信用管理|"
    r"诚信档案|诚信体系|信用档案|黑名单|现场验收|验收|约谈|治理|监管力度|精准监管|全程监管|日常监管|从严监管|监督抽|列入检查|备案管理|飞行检查|的?监管(?=[;；。，,]|$)|^[一二三四五六七八九十]+查"
)
_OWN_DUTY = re.compile(r"主体责任(?!.{0,4}监督检查)|(?:督促|监督|指导|引导|推动|要求|促进)[^，。；]{0,30}(?:落实|建立|健全|完善|履行|设立|严格|整改|实施|开展|配备|推行|加强)|自查|自觉接受|(?:企业|经营者|单位|机构|者)(?:要|应|应当|必须|须)")
_LOOKS = re.compile(r"^[一二三四五六七八九十]+查|看(?:是否|[^，。；]{2,12}是否)|监管力度|全覆盖式|精准监管")
_OFFICE_AID = re.compile(r"(?:为|向|帮助|帮扶|扶持|支持|服务|指导帮扶|组织)[^，。；]{0,24}(?:企业|经营者|生产者|商户|市场主体|主体|农户|合作社)[^，。；]{0,24}(?:提供|解决|提升|聘请|培训|服务|指导|补贴|奖励|融资|贷款|减免|申报|创造|发现|开展|改造)|上门|帮扶指导|现场帮扶|技术(?:指导|支持|服务)|公平的?[^，。；]{0,8}环境|表彰|推荐(?:参加|争创)|优先(?:安排|支持|给予|办理|推荐)|给予[^，。；]{0,20}(?:奖励|补助|补贴|支持|资助|扶持|优惠)|示范型?企业[0-9一二三四五六七八九十]|“品牌”企业")
_INVITES = re.compile(r"^(?:要)?(?:鼓励|倡导|提倡|支持|引导)(?!督促|监督)[^，。；]{0,24}(?:企业|经营者|单位|机构|主体|者|商户)(?!建立健全)|(?:，|；)(?:鼓励|支持)[^，。；]{0,12}(?:企业|经营者|单位|主体)")
_HAND_IN = re.compile(r"(?:提交|提供|报送|递交|出具|填报|附送|持)[^，。；]{2,40}?(?:材料|申请书?|申请表|证明|方案|承诺书|报告|证书|凭证|资料|表)")



def group_of(obligation: Mapping[str, Any]) -> Group:
    """What an obligation means to the party that it speaks of."""
    kind, text = str(obligation["kind"]), fold(str(obligation["text"])).text
    if kind in _OF_KIND:
        return _OF_KIND[kind]
    if _INVITES.search(text):
        return "encouraged"
    inspects, own = INSPECT.search(text), None if _LOOKS.search(text) else _OWN_DUTY.search(text) or _subject(obligation, text)
    if _OFFICE_AID.search(text) and not (own and own.start() < 6):
        return "may receive"
    return "inspected" if inspects and not own else "must"


def _subject(obligation: Mapping[str, Any], text: str) -> re.Match[str] | None:
    """Whether the sentence begins with the party: what follows is its own duty."""
    heads = (fold(party).text for party in obligation["parties"])
    return next((found for head in heads if (found := re.match(re.escape(head), text))), None)


def offices(obligation: Mapping[str, Any], document: Mapping[str, Any]) -> list[str]:
    """The office to turn to: who leads or answers for the item, else who issued the notice."""
    named = [unit["canonical"] or unit["name"] for unit in sorted(obligation["units"], key=lambda unit: unit["role"] != "lead") if unit["role"] != "cooperating"]
    return list(dict.fromkeys(named))[:3] or list(document.get("issuing_organs") or ())


def amounts(obligation: Mapping[str, Any], group: Group) -> list[str]:
    """What is given, as printed."""
    return [target["raw"] for target in obligation["targets"]] if group == "may receive" else []


def hand_in(obligation: Mapping[str, Any]) -> list[str]:
    """What is to be handed in, as printed."""
    return [match[0] for match in _HAND_IN.finditer(str(obligation["text"]))]
