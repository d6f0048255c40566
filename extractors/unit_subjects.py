"""Units that a sentence itself tells to act: its subject (各地局要…), 由质监局组织…, 甲会同乙, 邀请人大参与."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.dealt import find_dealt
from extractors.finder import Finder
from extractors.mentions import Role
from extractors.patterns import load_data
from extractors.regions import find_region
from extractors.unit_groups import NO_SUBJECT, Group, read_group
from extractors.unit_names import PREDICATE, member_end, places_to_look
from extractors.unit_split import Piece

_ATOMS = load_data("units")["atoms"]
_OPENING = (  # behind the start or a break: numbers and adverbs that stand before a subject, perhaps none
    r"(?:第[一二三四五六七八九十百零\d]{1,5}条|[（〔]?[一二三四五六七八九十\d]{1,3}[）〕、.．]{1,2}|[一二三四五六七八九十]是|\d{1,2}[.．、])*"
    r"(?:[省市县区](?:人民)?政府所在地的?|—{1,2}|同时|此外|另外|特别是|尤其是|其中|对此|为此|今后|原则上|必要时|并且?|则|也|而|凡|请|望|希望?|重点|具体|届时|在此基础上|到20\d\d年底?前?|20\d\d年(?:\d{1,2}月)?底?前?|每年|年底前|\d{1,2}月底?前?)?"
)
_OPENS = re.compile(_OPENING)
_OPENS_BEHIND = re.compile(rf"[\n。；！？：，、“”]{_OPENING}")
_AFTER_ADVERB = re.compile(r"(?<=[前后起内底末中下上时年月日度])(?=各(?:级|地|县|市|区|乡|镇|街|有|相|部|单|省|旗|成)|[省市县区]直|[省市县]级|[省市县盟州]、[市县区旗])")
_BY = re.compile(r"(?<![理自缘事])(?:并|则|可|应|须|要|均|交|转|统一)?由(?!于|此|来|衷|[上下内外])")
_WITH = re.compile(r"(?<!不)(?:会同|协同|(?<=[局厅部])会(?=[省市县区]|有关|同级)|(?<=[局委办厅部府会门])商(?=[省市县区国财教公人]|有关|相关|同级)|联合(?!会|国|社|体|大学|执法|调查|办公|检查|惩戒|党委|行动|整治|监管|发文|印发|开展|抽查|审批|验收|制定|督查))")
_INVITE = re.compile(r"(?:邀请|商请|提请|协调)")
_CALL = re.compile(r"(?:组织|召集|会商)(?=(?:有关|相关)(?:部门|单位)|[省市县区](?!场|民|域|级|内|直)[^，。；！？\n]{2,80}?等(?:有关|相关)?部门)")
_OR = re.compile(r"或者?(?=[一-龥])")
_APPROVES = re.compile(r"(?:联合|共同)?(?:批准|同意|审批|审核|审定|核准|审查|认定|确认|审议|研究(?:同意|确定|批准))")
_APPROVED_BY = re.compile(r"(?:^|[^一-龥]|时|须|需|应|并|后|报)经[^，。；！？\n]{2,40}$")
_OF_WHAT = re.compile(rf"(?:{_ATOMS['act']}|{_ATOMS['act_of_subject']})的(?!统一|相关要求|要求)")
_NO_DOER = re.compile(r"(?:窗口|的(?!统一)|组成(?!(?:联合)?(?:评价|考核|考评|检查|督查|督导|评审|评估|验收|调查|审查|工作)[一-龥]{0,4}[组队])|构成|担任|主要(?:负责人|领导)|分管|领导任|负责人|负责同志|人员(?!会)|[一-龥]{0,4}领导(?:任|担任|同志))")
_INVITED = re.compile(r"(?:的?(?:相关|有关|主要|分管)?(?:领导|负责人|负责同志|代表|专家|人员|同志)?)[^，。；！？\n]{0,12}(?:参与|参加|列席|出席|监督|指导|观摩)")
_LEAD = re.compile(rf"(?:{_ATOMS['modal']}|{_ATOMS['duty_words']})*(?:总?牵头|主办|为牵头|作为牵头|负总责)(?!单位|部门)")
_HELP = re.compile(rf"(?:{_ATOMS['modal']}|{_ATOMS['duty_words']}|积极|密切|主动|予以|给予|支持(?:、|和|与)|协助(?:、|和|与))*(?:配合|参与|协助|协办|参加)")
_MAY_WITH = re.compile(rf"(?:{_ATOMS['modal']}|{_ATOMS['duty_words']}|负责|牵头|积极|主动|及时|定期)*(?=会同|联合|[商会][省市县区国财教公人有相同])")
_HEADED = re.compile(r"的?(?:党政)?(?:主要|分管)?(?:负责同志|负责人|领导同志|领导干部)|及其(?:主要)?(?:工作人员|负责人)")
_ANSWERS = re.compile(r"(?:是|为|作为)(?:本[一-龥]{2,6})?(?:的)?第一责任人")
_IN_CHARGE = re.compile(r"(?:是|为|作为)(?:(?!不|已)[一-龥]){0,24}?(?:责任主体|责任单位|责任部门|牵头单位|牵头部门|主管部门|主管机关)(?![一-龥])")
_MEMBERS = re.compile(r"为(?:[一-龥]{0,4}成员)(?!单位负责)(?:单位)?(?!，(?:主要)?负责)")
_TITLED = re.compile(rf"[：。](?:{_ATOMS['act']}|{_ATOMS['modal']})")  # 市公安局：负责…
_TITLE_NAME = re.compile(r"[一-龥]{2,12}(?:局|委|办|部|处|科|股|室|中心|站|所|队|院|会|银行|支行|分公司)(?:（[一-龥、]{2,12}）)?(?=：)")
_LINE_HEAD = re.compile(r"(?:^|[\n；。])[—（〔]?(?:[一二三四五六七八九十\d]{0,3}[）〕、.．]?){1,2}$")
_NUMBER_HEAD = re.compile(r"(?:^|[\n。；！？：])[（〔]?[一二三四五六七八九十\d]{1,3}[）〕]?、$")
_ENDS_NUMBER = frozenset("\n；。—（〔）〕、.．一二三四五六七八九十")  # or a decimal: one of these stands before what opens a line
_NUMBERED_LINE = re.compile(r"(?:^|(?<=\n))(?:[（〔][一二三四五六七八九十\d]{1,3}[）〕]|[一二三四五六七八九十\d]{1,3}[.．、])")
_LINE_END = re.compile(r"(?:职责|工作职责|主要职责|负责)?[：。]?(?=\n|$)")
_MAX_TITLE = 40  # no name of a title with its bracket is longer
_CLAUSE_END = re.compile(r"[，；。！？\n]")
_LATER_WITH = re.compile(r"[^。；！？\n]{0,90}?，(?:积极|主动|及时|定期)?会同")

# what a quotation calls a principle or a way of working tells nobody to act: “部门各负其责，领导小组协调”的原则
_SLOGAN = re.compile("“[^”\n]{4,60}”(?=(?:的)?[^，。；\n]{0,6}(?:原则|要求|方针|机制|模式|格局|思路|体制|方式|责任制|工作法|总要求))")
_ASIDE = re.compile(r"（[^（）\n]{1,30}）")
_NO_ZONE = re.compile("[的对在与和同及向经被由按将把于为]")  # 由企业在开发区设立
_LONGEST_PLACE = 5  # 云溪区; of an autonomous county the first characters do
_PLACE_LIST = re.compile("[一-龥]{1,4}[市县区旗](?:、[一-龥]{1,4}[市县区旗]){1,20}(?:[和及][一-龥]{1,4}[市县区旗])?")
_HEADED_BY = re.compile("(?:组长|主任|总指挥)?由(?!于)")
_THEN_COMMA = re.compile(r"(?:作为[^，。；！？\n]{2,30})?，(?=要|应|须|必须|务必|根据|按照|结合|在|依|严格)")
_MARKS = (_WITH, _INVITE, _CALL, _BY, _OR)


@cache
def _finder() -> Finder:
    return Finder(_MARKS)


def _role_after(text: str, group: Group, asked: bool) -> tuple[Role, int] | None:
    """What the words after a group make it, and where they begin; None where it does nothing."""
    end = group.end
    aside = _ASIDE.match(text, end)
    end = aside.end() if aside and PREDICATE.match(text, aside.end()) else end
    head = _HEADED.match(text, end)  # what 各地主要负责同志 must do is asked of 各地
    end = head.end() if head and PREDICATE.match(text, head.end()) else end
    lists_more = _MAY_WITH.match(text, end)
    if lists_more:
        partner = _WITH.match(text, lists_more.end())
        if partner and (partner[0] == "会同" or read_group(text, partner.end())):
            return "lead", end
    if head and _ANSWERS.match(text, head.end()):
        return "responsible", end
    charge = _IN_CHARGE.match(text, end)
    if charge:
        return ("lead" if "牵头" in charge[0] else "responsible"), end
    if _MEMBERS.match(text, end) or group.rule == "unit.generic.task_force" and _HEADED_BY.match(text, end):
        return None
    if _LEAD.match(text, end):
        return "lead", end
    if asked:
        helped = _HELP.match(text, end)
        if _NO_DOER.match(text, end) or helped and text.startswith("的", helped.end()):
            return None
        return "cooperating" if helped else "responsible", end
    if _HELP.match(text, end):
        return "cooperating", end
    titled = _TITLED.match(text, end) if _opens_line(text, group.ranges[0][0]) else None
    if titled:
        return ("lead" if "牵头" in titled[0] or text.startswith(("会同", "牵头"), titled.end()) else "responsible"), end
    if _THEN_COMMA.match(text, end):
        return "responsible", end
    if NO_SUBJECT.match(text, end) or not PREDICATE.match(text, end) or _OF_WHAT.match(text, end):
        return None
    return "responsible", end


def _emit(group: Group, role: Role, rule: str) -> Iterator[tuple[Piece, str]]:
    for start, end in group.ranges:
        yield Piece(start, end, role), rule


def find_subjects(text: str) -> list[tuple[Piece, str]]:
    """Every unit that the sentences of a folded text tell to act, in reading order; the first finder of a place wins."""
    text = _SLOGAN.sub(lambda match: "■" * len(match[0]), text) if "“" in text else text
    found: dict[int, tuple[Piece, str]] = {}
    covered: set[int] = set()
    taken_to = -1

    def keep(pieces: Iterator[tuple[Piece, str]]) -> None:
        for piece, rule in pieces:
            places = range(piece.start, piece.end)
            if covered.isdisjoint(places):
                covered.update(places)
                found[piece.start] = piece, rule

    marks: dict[re.Pattern[str], list[re.Match[str]]] = {}
    for index, match in _finder().find(text):
        marks.setdefault(_MARKS[index], []).append(match)
    for match in marks.get(_WITH, ()):
        partner = read_group(text, match.end(), commas=False)  # in 甲会同乙，丙 the comma ends 会同
        if partner and not (_APPROVES.match(text, partner.end) and _APPROVED_BY.search(text, max(0, match.start() - 44), match.start())):
            keep(_emit(partner, "cooperating", "unit.with"))
    for match in marks.get(_INVITE, ()):
        guests = read_group(text, match.end())
        if guests and _INVITED.match(text, guests.end) and match[0] != "协调":
            keep(_emit(guests, "cooperating", "unit.invited"))
    for match in marks.get(_CALL, ()):
        called = read_group(text, match.end(), commas=False)
        if called and PREDICATE.match(text, called.end):
            keep(_emit(called, "cooperating", "unit.called"))
    for match in marks.get(_BY, ()):
        doers = read_group(text, match.end()) or _zone(text, match.end())
        said = _role_after(text, doers, True) if doers else None
        if doers and said:
            keep(_emit(doers, said[0], "unit.by"))
    for share in (share for dealt in find_dealt(text) for share in dealt.shares):
        keep((Piece(start, end, "responsible"), "unit.dealt") for start, end in share.places)
    for match in _NUMBERED_LINE.finditer(text):
        named = read_group(text, match.end(), commas=False)  # （二）市公安局: the heading of its duties
        if named and _LINE_END.match(text, named.end):
            keep(_emit(named, "responsible", "unit.title"))
    alternatives = {m.end() for m in marks.get(_OR, ())}
    starts = sorted({*_openings_of_clauses(text)} | {m.end() for m in _AFTER_ADVERB.finditer(text)} | alternatives)
    beginnings = places_to_look(text, starts)
    for at in starts:
        begins = at in beginnings
        if not begins and not _may_open_line(text, at) and "、" not in text[at + 2 : at + _LONGEST_PLACE + 1]:
            continue
        if at in alternatives and (taken_to < 0 or _CLAUSE_END.search(text, taken_to, at)):
            continue
        if at < taken_to or text[at - 1 : at] == "、" and not _numbered(text, at):
            continue
        group = (read_group(text, at) if begins else None) or _title(text, at) or _places(text, at)
        said = _role_after(text, group, False) if group else None
        if group is None or said is None:
            continue
        keep(_emit(group, "lead" if said[0] == "responsible" and _later_with(text, group.end) else said[0], "unit.subject"))
        taken_to = group.end
    return [found[start] for start in sorted(found)]


def _zone(text: str, at: int) -> Group | None:
    """A zone that its place alone makes a unit: 由自贸试验区制定细则."""
    end = member_end(text, at)
    return Group(((at, end),), end, "unit.generic.zone_alone") if end and not _NO_ZONE.search(text, at, end) and PREDICATE.match(text, end) else None


def _places(text: str, at: int) -> Group | None:
    """Places that a list of their own tells to act (云溪市、东岭县负责…), a known one among them; of one alone a title is told."""
    listed = _PLACE_LIST.match(text, at) if "、" in text[at + 2 : at + _LONGEST_PLACE + 1] else None
    if listed is None or not PREDICATE.match(text, listed.end()):
        return None
    ranges, start = [], at
    for mark in re.finditer("[、和及]|$", listed[0]):
        ranges.append((start, at + mark.start()))
        start = at + mark.end()
    known = any(found.length == b - a for a, b in ranges if (found := find_region(text[a:b])))
    return Group(tuple(ranges), listed.end(), "unit.place") if known else None


def _openings_of_clauses(text: str) -> Iterator[int]:
    """Where a clause's subject may begin: behind each break, and behind the number or adverb there."""
    first = _OPENS.match(text)
    if first:
        yield first.end()
        yield from (match.end() for match in _OPENS_BEHIND.finditer(text, first.end()))


def _title(text: str, at: int) -> Group | None:
    """A name that only its place makes a unit's: it heads a line of duties (10.建管中心：负责…)."""
    if text.find("：", at, at + _MAX_TITLE) < 0 or not _opens_line(text, at):
        return None
    name = _TITLE_NAME.match(text, at)
    return Group((name.span(),), name.end(), "unit.title") if name else None


def _opens_line(text: str, at: int) -> bool:
    """Whether nothing but a number stands before `at` on its line, or it follows a closed clause."""
    return _may_open_line(text, at) and _LINE_HEAD.search(text[max(0, at - 10) : at]) is not None


def _may_open_line(text: str, at: int) -> bool:
    """A quick look before the same."""
    before = text[at - 1 : at]
    return before in _ENDS_NUMBER or not at or before.isdecimal()


def _later_with(text: str, end: int) -> bool:
    """Whether the same sentence goes on with ，会同…: its subject is then the one that leads."""
    match = _LATER_WITH.match(text, end)
    return match is not None and read_group(text, match.end()) is not None


def _numbered(text: str, at: int) -> bool:
    """Whether the 、 before `at` closes a number (一、) and no word."""
    figure = text[at - 2 : at - 1]
    return (figure in _ENDS_NUMBER or figure.isdecimal()) and _NUMBER_HEAD.search(text[max(0, at - 8) : at]) is not None
