"""What binds, encourages or favours an enterprise (企业适用): the valid obligations with jurisdiction over its place, each judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from extractors.folding import fold
from kb.addressees import Scope, addressees, names_only_offices, title_scope
from kb.profiles import Profile
from kb.records import Json
from kb.verdicts import Verdict, best

Group = Literal["must", "must not", "inspected", "may receive", "encouraged"]
GROUPS: tuple[Group, ...] = ("must", "must not", "inspected", "may receive", "encouraged")
_OF_KIND: dict[str, Group] = {"prohibition": "must not", "support": "may receive", "encouragement": "encouraged"}
# What offices do to parties.
_INSPECT = re.compile(
    r"检查|抽查|抽检|排查|清查|普查|摸底|摸清|查清|整治|查处|严打|严惩|打击|取缔|惩处|惩戒|监测|巡查|稽查|督查|督导检查|评价评估|评估评价|考评|分档|分级分类|分类分级|信用监管|信用等级|信用管理|"
    r"诚信档案|诚信体系|信用档案|黑名单|现场验收|验收|约谈|治理|监管力度|精准监管|全程监管|日常监管|从严监管|监督抽|列入检查|备案管理|飞行检查|的?监管(?=[;；。，,]|$)|^[一二三四五六七八九十]+查"
)
_OWN_DUTY = re.compile(r"主体责任(?!.{0,4}监督检查)|(?:督促|监督|指导|引导|推动|要求|促进)[^，。；]{0,30}(?:落实|建立|健全|完善|履行|设立|严格|整改|实施|开展|配备|推行|加强)|自查|自觉接受|(?:企业|经营者|单位|机构|者)(?:要|应|应当|必须|须)")
_LOOKS = re.compile(r"^[一二三四五六七八九十]+查|看(?:是否|[^，。；]{2,12}是否)|监管力度|全覆盖式|精准监管")
_OFFICE_AID = re.compile(r"(?:为|向|帮助|帮扶|扶持|支持|服务|指导帮扶|组织)[^，。；]{0,24}(?:企业|经营者|生产者|商户|市场主体|主体|农户|合作社)[^，。；]{0,24}(?:提供|解决|提升|聘请|培训|服务|指导|补贴|奖励|融资|贷款|减免|申报|创造|发现|开展|改造)|上门|帮扶指导|现场帮扶|技术(?:指导|支持|服务)|公平的?[^，。；]{0,8}环境|表彰|推荐(?:参加|争创)|优先(?:安排|支持|给予|办理|推荐)|给予[^，。；]{0,20}(?:奖励|补助|补贴|支持|资助|扶持|优惠)|示范型?企业[0-9一二三四五六七八九十]|“品牌”企业")
_INVITES = re.compile(r"^(?:要)?(?:鼓励|倡导|提倡|支持|引导)(?!督促|监督)[^，。；]{0,24}(?:企业|经营者|单位|机构|主体|者|商户)(?!建立健全)|(?:，|；)(?:鼓励|支持)[^，。；]{0,12}(?:企业|经营者|单位|主体)")
# What only those who make and sell can do, and what only offices can.
_FIRM = re.compile(r"生产|产品|厂区|出厂|原料|原辅|工艺|添加剂|标签|标识|许可|从业|召回|追溯|台账|台帐|档案|主体责任|违法行为|监督抽查|抽检|风险监测|无证|贮存|运输|销售|采购|进货|索证|设备设施|车间|检验能力|人员培训|岗位|经营行为|作业|施工|工地|合格|排放|隐患|前置条件|准入条件|质量奖|评优|著名商标|安全生产|实验室|委托检验|管理制度|自查|承诺|质量安全")
_OFFICE = re.compile(r"部门|各级(?!政府质量奖)|组织领导|经费|财政支持|舆论|新闻|宣传报道|监管人员|执法人员|执法队伍|监管队伍|监管机构|监管能力|监管所|队伍建设|汇报|上报|报送|信息平台|业务平台|协会|领导干部|政绩|属地责任|成员单位|工作机制|长效机制|统筹协调|会商|移送|案件|地方标准|国家标准|信息公开|12\d{3}|投诉举报|科普|普法|试点示范|督办|财政预算|行政审批|基层|下级政府|各地|属地|党委|政府(?!质量奖)|总体合格率|满意度|批次|地方性法规|工作方法|召开|领导小组|责任追究|绩效|方案中|督查指导")
_TO_PLACES = re.compile(r"^对[^。]{2,90}的(?:[^，。]{0,6}(?:省|市|县|区)[（(、]|地区|地方|县区|县市区|乡镇)")  # what is given to governments
_HAND_IN = re.compile(r"(?:提交|提供|报送|递交|出具|填报|附送|持)[^，。；]{2,40}?(?:材料|申请书?|申请表|证明|方案|承诺书|报告|证书|凭证|资料|表)")


@dataclass(frozen=True, slots=True)
class Item:
    """One obligation that concerns, or may concern, the enterprise."""

    group: Group
    verdict: Verdict
    obligation: Json
    document: Json

    def as_json(self) -> Json:
        """As `kb applies --json` prints it."""
        found: Json = {"kind": self.obligation["kind"], "group": self.group, "certainty": self.verdict.certainty, "because": "；".join(self.verdict.because)}
        found |= {"asks": list(self.verdict.ask), "offices": offices(self.obligation, self.document), "amounts": amounts(self.obligation, self.group)}
        return found | {"hand_in": hand_in(self.obligation), "obligation": self.obligation, "document": self.document}


def governs(document: Mapping[str, Any], region: Sequence[str]) -> bool:
    """Whether a notice has force at a place: its region is the place or lies above it; a national one everywhere."""
    own = "".join(document["region"])  # a 开发区 is in no list of regions: names run together compare however they were split
    return "".join(region).startswith(own) if own else document["level"] in ("national", None)


def below(document: Mapping[str, Any], region: Sequence[str]) -> bool:
    """Whether a notice is of a part of the place alone: the profile would have to say which part it is in."""
    own, place = "".join(document["region"]), "".join(region)
    return bool(place) and own != place and own.startswith(place)


def list_items(documents: Iterable[Json], obligations_of: Any, profile: Profile) -> Iterator[Item]:
    """What concerns the profile in these documents; `obligations_of(id)` gives a document's obligations in their order."""
    for document in documents:
        scope = title_scope(document)
        yield from document_items(document, obligations_of(document["id"]), scope, profile)


def document_items(document: Json, obligations: Sequence[Json], scope: Scope, profile: Profile) -> Iterator[Item]:
    """What concerns the profile in one document."""
    carried = False
    above: list[str] = []
    for obligation in obligations:
        carried = carried and obligation["path"] == above
        above = obligation["path"]
        if _TO_PLACES.search(fold(str(obligation["text"])).text):
            continue
        inspects = bool(_INSPECT.search(fold(str(obligation["text"])).text))
        if not obligation["parties"]:
            found = _unnamed(obligation, scope, inspects, carried)
        else:
            found = addressees(obligation, scope, inspects)
        verdict = best(found, profile)
        if obligation["parties"]:
            carried = verdict.certainty != "no" and not names_only_offices(obligation)
        if verdict.certainty != "no":
            yield Item(group_of(obligation), verdict, obligation, document)


def _unnamed(obligation: Json, scope: Scope, inspects: bool, carried: bool) -> list[Any]:
    """Whom a sentence speaks to that names no party: nobody where it is the offices' own business."""
    text = fold(str(obligation["text"])).text
    found = [one for one in addressees(obligation, scope, False) if one.trades]
    if names_only_offices(obligation):
        return []
    if found:
        return found
    if not _FIRM.search(text) and not (carried or inspects):
        return []
    if _OFFICE.search(text):
        return []
    return [one for one in addressees(obligation, scope, True) if one.trades]


def group_of(obligation: Mapping[str, Any]) -> Group:
    """What an obligation means to the party that it speaks of."""
    kind, text = str(obligation["kind"]), fold(str(obligation["text"])).text
    if kind in _OF_KIND:
        return _OF_KIND[kind]
    if _INVITES.search(text):
        return "encouraged"
    inspects, own = _INSPECT.search(text), None if _LOOKS.search(text) else _OWN_DUTY.search(text) or _subject(obligation, text)
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


def applies(documents: Sequence[Json], obligations_of: Any, profile: Profile) -> Json:
    """The whole answer: items by group, what was asked for, and how many notices of parts of the place were left out."""
    governing = [document for document in documents if not profile.region or governs(document, profile.region)]
    items = sorted(list_items(governing, obligations_of, profile), key=lambda item: (GROUPS.index(item.group), item.verdict.certainty != "applies"))
    asks: dict[str, int] = {}
    for item in items:
        for question in item.verdict.ask:
            asks[question] = asks.get(question, 0) + 1
    questions = [{"question": question, "items": count} for question, count in sorted(asks.items(), key=lambda pair: -pair[1])]
    if not profile.region:
        questions.insert(0, {"question": "所在地区（省、市、县）", "items": len(items)})
    part = [document["id"] for document in documents if below(document, profile.region)]
    return {"profile": profile.as_json(), "items": [item.as_json() for item in items], "questions": questions, "left_out": {"parts_of_region": part}}
