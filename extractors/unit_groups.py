"""Groups of units: names one after another, up to what a sentence says of them (质监、财政、商务等部门; 各县（区）及其有关部门)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.organ_names import name_end, names_of
from extractors.unit_names import PLACE_LETTER, SKIPPED, may_begin, member_end, unit_end

_JOINT = re.compile(r"、|，|；(?!$)|以及|及(?!其|时)|和|与|或者?(?!其)")
_ITS = re.compile(r"(?:以?及|和)(?=其(?:(?![的对在与和同及向经被由按将把要应])[一-龥]){0,10}?(?:部门|机构|单位|机关|派出所|办公室)(?!人员|负责人))")
_ITS_NAME = re.compile(r"其[一-龥]{0,10}?(?:部门|机构|单位|机关|派出所|办公室)")
# A second head that shares the first one's words: 有关部门、单位; 各级党委和政府.
_HEADS = re.compile(r"(?:部门|单位|地区|地方|机构|乡镇|镇街|街道|县区|区县|园区)$")
_SECOND_HEAD = re.compile(r"(?:部门|单位|地区|地方|机构)(?![一-龥]{0,3}(?:人员|负责人|领导|职责|之间|间))")
_PARTY_COMMITTEE = re.compile(r"(?:党委|党组织|[省市县区州旗盟]委)$")
_TAIL = re.compile(
    r"等(?:(?:有关|相关|各|多个?|几个?|职能|主管|成员|责任|[镇乡局委区市县]属|所属|下属|涉农|涉及的?|直属|行政|业务|监管|执法|行业|其他|政府|市级|省级|县级|市直|县直|省直|区直|公共|管理)*(?:部门和单位|部门、单位|部门单位|部门|单位|机关|机构|系统|地区|地方|群团组织|群众组织|群众团体|人民团体|群团))?"
)
_BODY_AFTER = re.compile(r"(?:(?:有关|相关|各|主管|行政|监管)*(?:部门|机关|机构|单位))")
# 公安、城管 up to 等部门, 部门: pieces without 等 and 部门, which close the list
_PIECE = r"(?:(?!等|部门|有关|相关)[一-龥]){2,12}"
_FIELDS = re.compile(rf"{_PIECE}(?:、{_PIECE}){{0,25}}(?=等|(?:有关|相关|主管|行政)*部门)")
_PLACES_JOINED = re.compile("、(?![市县区州旗](?:（[市县区旗、]{1,6}）)?(?:人民)?政府)")  # 市、县人民政府|规划
_GOVERNMENT = re.compile("(?:人民)?政府")
_LEVEL = re.compile(rf"(?:{PLACE_LETTER.pattern})?")
NO_SUBJECT = re.compile(r"(?:的(?!相关要求|要求)|已|曾|是(?!否)|系|为主|成员|人员|工作人员|领导(?!下|协调)|干部|职工|网站|文件|平台|联系(?:电话|方式|人)|电话|地址|邮箱|窗口|组[成建]|构成|担任|任|关于|[）〕，、；：。！？”]|$)")

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
    own = _GOVERNMENT.match(text, start) if start > at else None
    start = own.end() if own else start
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
    if not known[0] or sum(known) * 2 < len(known) or sum(known) * 2 == len(known) and (_topic_piece(text, ranges[-1][0]) is None or set(names[-1]) & set("和与及")):
        return None
    if not text.startswith("等", match.end()):
        ranges[-1] = ranges[-1][0], tail.end()
    return Group(tuple(ranges), tail.end(), "unit.enumerated")


def _pieces(words: str) -> Iterator[tuple[int, int]]:
    """The pieces between 、 and, where both sides are fields of their own, between 和."""
    topics, start = names_of("topic"), 0
    for part in _PLACES_JOINED.split(words):
        joint = next((i for i, char in enumerate(part) if char in "和与及" and part not in topics and part[:i] in topics and len(part) > i + 1), None)
        if joint is None:
            yield start, start + len(part)
        else:
            yield start, start + joint
            yield start + joint + 1, start + len(part)
        start += len(part) + 1


def read_group(text: str, at: int, *, commas: bool = True) -> Group | None:
    """The units named at `at`, one or a list of them, up to what is said of them; parties at its head are passed over."""
    if not may_begin(text, at):
        return None
    for _ in range(3):
        skipped = SKIPPED.match(text, at)
        if not skipped or skipped[0] in names_of("topic") or text[skipped.end() : skipped.end() + 1] not in "、和与及" or unit_end(text, at):
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
        its = _ITS.match(text, end)
        owned = _ITS_NAME.match(text, its.end()) if its else None
        if owned:
            ranges.append(owned.span())
            end = owned.end()
            continue
        joint = _JOINT.match(text, end)
        if not joint or joint[0] in "，；" and not commas:
            break
        at = joint.end()
        head = _second_head(text, ranges[-1], at) if joint[0] not in "，；" and text[end - 1] != "等" else None
        if head:
            ranges.append((at, head))
            end = head
            continue
        follow = _enumerated(text, at)
        single = unit_end(text, at)
        if follow and (single is None or follow.end > single[0]):
            if joint[0] in "，；":
                break
            ranges += follow.ranges
            end = follow.end
            continue
        if single is None:
            skipped = SKIPPED.match(text, at) if joint[0] not in "，；" else None
            member = member_end(text, at) if joint[0] in "、和与及" and not skipped else None
            if member:
                ranges.append((at, member))
            elif not skipped:
                break
            end = member or (skipped.end() if skipped else end)
            if skipped and (tail := _TAIL.match(text, end)):
                end = tail.end()  # 地方政府和项目单位等也要
            continue
        if joint[0] in "，；" and not goes_on(text, single[0]):
            break
        ranges.append((at, single[0]))
        tail = _TAIL.match(text, single[0])
        end = tail.end() if tail else single[0]
    return Group(tuple(ranges), end, group.rule)


def _second_head(text: str, before: tuple[int, int], at: int) -> int | None:
    """The end of a bare head at `at` that shares the words of the name before it: 单位 in 有关部门、单位."""
    name = text[slice(*before)]
    if _PARTY_COMMITTEE.search(name):
        return at + 2 if text.startswith("政府", at) and not unit_end(text, at) else None
    head = _SECOND_HEAD.match(text, at) if _HEADS.search(name) else None
    return head.end() if head else None


def goes_on(text: str, end: int) -> bool:
    """Whether a name after a comma is one more subject of the same verb: 各地区，各部门要."""
    return not NO_SUBJECT.match(text, end) or text[end : end + 1] in {"、", "和"}
