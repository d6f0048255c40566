"""Units that a sentence itself tells to act: its subject (各地局要…), 由质监局组织…, 甲会同乙, 邀请人大参与."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.mentions import Role
from extractors.organ_names import name_end, names_of
from extractors.patterns import load_data
from extractors.unit_names import PREDICATE, member_end, unit_end
from extractors.unit_split import Piece

_ATOMS = load_data("units")["atoms"]
_BOUNDARY = re.compile(
    r"(?:^|(?<=[\n。；！？：，、“”]))(?:(?:第[一二三四五六七八九十百零\d]{1,5}条|[（〔]?[一二三四五六七八九十\d]{1,3}[）〕、.．]{1,2}|[一二三四五六七八九十]是|\d{1,2}[.．、])*"
    r"(?:—{1,2}|同时|此外|另外|特别是|尤其是|其中|对此|为此|今后|原则上|必要时|并且?|则|也|而|凡|请|望|希望?|重点|具体|届时|在此基础上|到20\d\d年底?前?|20\d\d年(?:\d{1,2}月)?底?前?|每年|年底前|\d{1,2}月底?前?)?)"
)
_AFTER_ADVERB = re.compile(r"(?<=[前后起内底末中下上时年月日度])(?=各(?:级|地|县|市|区|乡|镇|街|有|相|部|单|省|旗|成)|[省市县区]直|[省市县]级)")
_BY = re.compile(r"(?<![理自缘事])(?:并|则|可|应|须|要|均|交|转|统一)?由(?!于|此|来|衷|[上下内外])")
_WITH = re.compile(r"(?<!不)(?:会同|联合(?!会|国|社|体|大学|执法|调查|办公|检查|惩戒|党委|行动|整治|监管|发文|印发|开展|抽查|审批|验收|制定|督查))")
_INVITE = re.compile(r"(?:邀请|商请|提请|协调)")
_JOINT = re.compile(r"、|，|；(?!$)|以及|及(?!其|时)|和|与")
_TAIL = re.compile(
    r"等(?:(?:有关|相关|各|多个?|几个?|职能|主管|成员|责任|行政|业务|监管|执法|行业|其他|政府|市级|省级|县级|市直|县直|省直|区直|公共|管理)*(?:部门和单位|部门、单位|部门单位|部门|单位|机关|机构|系统|地区|地方))?"
)
_BODY_AFTER = re.compile(r"(?:(?:有关|相关|各|主管|行政|监管)*(?:部门|机关|机构|单位))")
# 公安、城管 up to 等部门, 部门: pieces without 等 and 部门, which close the list
_PIECE = r"(?:(?!等|部门|有关|相关)[一-龥]){2,12}"
_FIELDS = re.compile(rf"{_PIECE}(?:、{_PIECE}){{0,25}}(?=等|(?:有关|相关|主管|行政)*部门)")
_LEVEL = re.compile(r"(?:各级|[省市县区州](?:级|直)?|全市|县级以上)?")
_SKIPPED = re.compile(r"(?:各|有关|相关)?[一-龥]{0,14}?(?:企业|单位|学校|协会|学会|机构|医院|公司|商户|经营者|银行|院校|高校|组织|团体)(?=、|，|和|与|及|要|应|须|必须|对|在|按|每|于|不得|可)")
_NO_SUBJECT = re.compile(r"(?:的(?!相关要求|要求)|已|曾|是(?!否)|系|为主|成员|人员|工作人员|领导(?!下|协调)|干部|职工|网站|文件|平台|组[成建]|构成|担任|任|关于|[）〕，、；：。！？”]|$)")
_NO_DOER = re.compile(r"(?:窗口|的(?!统一)|组成|构成|担任|主要(?:负责人|领导)|分管|领导任|负责人|负责同志|人员(?!会)|[一-龥]{0,4}领导(?:任|担任|同志))")
_INVITED = re.compile(r"(?:的?(?:相关|有关|主要|分管)?(?:领导|负责人|负责同志|代表|专家|人员|同志)?)[^，。；！？\n]{0,12}(?:参与|参加|列席|出席|监督|指导|观摩)")
_LEAD = re.compile(rf"(?:{_ATOMS['modal']}|{_ATOMS['duty_words']})*(?:总?牵头|主办|为牵头|作为牵头|负总责)(?!单位|部门)")
_HELP = re.compile(rf"(?:{_ATOMS['modal']}|{_ATOMS['duty_words']}|积极|密切|主动)*(?:配合|参与|协助|协办|参加)")
_MAY_WITH = re.compile(rf"(?:{_ATOMS['modal']}|{_ATOMS['duty_words']}|负责|牵头|积极|主动|及时|定期)*(?=会同|联合)")
_HEADED = re.compile(r"的?(?:党政)?(?:主要|分管)?(?:负责同志|负责人|领导同志|领导干部)")
_ANSWERS = re.compile(r"(?:是|为|作为)(?:本[一-龥]{2,6})?第一责任人")
_TITLED = re.compile(rf"[：。](?:{_ATOMS['act']}|{_ATOMS['modal']})")  # 市公安局：负责…
_LATER_WITH = re.compile(r"[^。；！？\n]{0,90}?，(?:积极|主动|及时|定期)?会同")

_MAX_NAMES = 60  # subjects of one verb; a longer row is a table that has lost its lines


@dataclass(frozen=True, slots=True)
class Group:
    """Units named one after another: their ranges, where the list ends, and the rule of its first name."""

    ranges: tuple[tuple[int, int], ...]
    end: int
    rule: str


def _topic_piece(text: str, at: int) -> int | None:
    """The end of a field that stands for its department: 公安 in 公安、城管等部门."""
    level = _LEVEL.match(text, at)
    start = level.end() if level else at
    return name_end(text, start, "topic") or name_end(text, start, "organ")


def _enumerated(text: str, at: int) -> Group | None:
    """质监、财政、商务等部门: fields without endings, more than half of them known."""
    match = _FIELDS.match(text, at)
    if not match:
        return None
    tail = _TAIL.match(text, match.end()) or _BODY_AFTER.match(text, match.end())
    if not tail or tail.end() - tail.start() < 2:
        return None
    ranges, start = [], at
    for piece in _pieces(match[0]):
        ranges.append((start + piece[0], start + piece[1]))
    names = [text[a:b] for a, b in ranges]
    topics = names_of("topic")
    known = [name in topics or name in names_of("organ") or _topic_piece(text, a) == b or unit_end(text, a) == (b, "unit.named") for name, (a, b) in zip(names, ranges, strict=True)]
    if not known[0] or sum(known) * 2 <= len(known):
        return None
    if not text.startswith("等", match.end()):
        ranges[-1] = ranges[-1][0], tail.end()
    return Group(tuple(ranges), tail.end(), "unit.enumerated")


def _pieces(words: str) -> Iterator[tuple[int, int]]:
    """The pieces between 、 and, where both sides are fields of their own, between 和."""
    topics, start = names_of("topic"), 0
    for part in words.split("、"):
        joint = next((i for i, char in enumerate(part) if char in "和与及" and part not in topics and part[:i] in topics and len(part) > i + 1), None)
        if joint is None:
            yield start, start + len(part)
        else:
            yield start, start + joint
            yield start + joint + 1, start + len(part)
        start += len(part) + 1


def read_group(text: str, at: int, *, commas: bool = True) -> Group | None:
    """The units named at `at`, one or a list of them, up to what is said of them; parties at its head are passed over."""
    for _ in range(3):
        skipped = _SKIPPED.match(text, at)
        if not skipped or text[skipped.end() : skipped.end() + 1] not in "、和与及" or unit_end(text, at):
            break
        at = skipped.end() + 1
    group = _enumerated(text, at)
    single = unit_end(text, at)
    if group and (single is None or group.end > single[0]):
        return _extend(text, group, commas)
    if single is None:
        return None
    end, rule = single
    tail = _TAIL.match(text, end)
    return _extend(text, Group(((at, end),), tail.end() if tail else end, rule), commas)


def _extend(text: str, group: Group, commas: bool) -> Group:
    """The group with the further names that 、 ， 和 join to it; regulated parties between them are passed over."""
    ranges, end = list(group.ranges), group.end
    while len(ranges) < _MAX_NAMES:
        joint = _JOINT.match(text, end)
        if not joint or joint[0] in "，；" and not commas:
            break
        at = joint.end()
        follow = _enumerated(text, at)
        single = unit_end(text, at)
        if follow and (single is None or follow.end > single[0]):
            if joint[0] in "，；":
                break
            ranges += follow.ranges
            end = follow.end
            continue
        if single is None:
            skipped = _SKIPPED.match(text, at) if joint[0] not in "，；" else None
            member = member_end(text, at) if joint[0] == "、" and not skipped else None
            if member:
                ranges.append((at, member))
            elif not skipped:
                break
            end = member or (skipped.end() if skipped else end)
            continue
        if joint[0] in "，；" and not _goes_on(text, single[0]):
            break
        ranges.append((at, single[0]))
        tail = _TAIL.match(text, single[0])
        end = tail.end() if tail else single[0]
    return Group(tuple(ranges), end, group.rule)


def _goes_on(text: str, end: int) -> bool:
    """Whether a name after a comma is one more subject of the same verb: 各地区，各部门要."""
    return not _NO_SUBJECT.match(text, end) or text[end : end + 1] in {"、", "和"}


def _role_after(text: str, group: Group, asked: bool) -> tuple[Role, int] | None:
    """What the words after a group make it, and where they begin; None where it does nothing."""
    end = group.end
    aside = re.compile(r"（[^（）\n]{1,30}）").match(text, end)
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
    if _LEAD.match(text, end):
        return "lead", end
    if asked:
        return None if _NO_DOER.match(text, end) else ("cooperating" if _HELP.match(text, end) else "responsible", end)
    if _HELP.match(text, end):
        return "cooperating", end
    titled = _TITLED.match(text, end) if _opens_line(text, group.ranges[0][0]) else None
    if titled:
        return ("lead" if "牵头" in titled[0] else "responsible"), end
    comma = re.compile(r"，(?=要|应|须|必须|务必|根据|按照|结合|在|依|严格)").match(text, end)
    if comma:
        return "responsible", end
    if _NO_SUBJECT.match(text, end) or not PREDICATE.match(text, end):
        return None
    return "responsible", end


def _emit(group: Group, role: Role, rule: str) -> Iterator[tuple[Piece, str]]:
    for start, end in group.ranges:
        yield Piece(start, end, role), rule


def find_subjects(text: str) -> list[tuple[Piece, str]]:
    """Every unit that the sentences of a folded text tell to act, in reading order; the first finder of a place wins."""
    found: dict[int, tuple[Piece, str]] = {}
    covered: set[int] = set()
    taken_to = -1

    def keep(pieces: Iterator[tuple[Piece, str]]) -> None:
        for piece, rule in pieces:
            places = range(piece.start, piece.end)
            if covered.isdisjoint(places):
                covered.update(places)
                found[piece.start] = piece, rule

    for match in _WITH.finditer(text):
        partner = read_group(text, match.end(), commas=False)  # in 甲会同乙，丙 the comma ends 会同
        if partner:
            keep(_emit(partner, "cooperating", "unit.with"))
    for match in _INVITE.finditer(text):
        guests = read_group(text, match.end())
        if guests and _INVITED.match(text, guests.end) and match[0] != "协调":
            keep(_emit(guests, "cooperating", "unit.invited"))
    for match in _BY.finditer(text):
        doers = read_group(text, match.end())
        said = _role_after(text, doers, True) if doers else None
        if doers and said:
            keep(_emit(doers, said[0], "unit.by"))
    starts = sorted({m.end() for m in _BOUNDARY.finditer(text)} | {m.end() for m in _AFTER_ADVERB.finditer(text)})
    for at in starts:
        if at < taken_to or text[at - 1 : at] == "、" and not _numbered(text, at):
            continue
        group = read_group(text, at)
        said = _role_after(text, group, False) if group else None
        if group is None or said is None:
            continue
        keep(_emit(group, "lead" if said[0] == "responsible" and _later_with(text, group.end) else said[0], "unit.subject"))
        taken_to = group.end
    return [found[start] for start in sorted(found)]


def _opens_line(text: str, at: int) -> bool:
    """Whether nothing but a number stands before `at` on its line, or it follows a closed clause."""
    return re.search(r"(?:^|[\n；。])[—（〔]?(?:[一二三四五六七八九十\d]{0,3}[）〕、.．]?){1,2}$", text[max(0, at - 10) : at]) is not None


def _later_with(text: str, end: int) -> bool:
    """Whether the same sentence goes on with ，会同…: its subject is then the one that leads."""
    match = _LATER_WITH.match(text, end)
    return match is not None and read_group(text, match.end()) is not None


def _numbered(text: str, at: int) -> bool:
    """Whether the 、 before `at` closes a number (一、) and no word."""
    return re.search(r"(?:^|[\n。；！？：])[（〔]?[一二三四五六七八九十\d]{1,3}[）〕]?、$", text[max(0, at - 8) : at]) is not None
