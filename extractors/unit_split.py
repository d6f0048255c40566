"""Splitting a list of units (责任单位：甲、乙，丙) into its pieces, and what role each piece has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.mentions import Role
from extractors.organ_names import names_of
from extractors.patterns import load_data, load_patterns
from extractors.unit_names import unit_end

_ATOMS = load_data("units")["atoms"]
_OPEN, _CLOSE = "（〔《“", "）〕》”"
_JOIN = re.compile(r"以及|及|和|与|并(?=[省市县区各])")
_SECOND_HEAD = re.compile(r"(?:部门|单位|地区|地方)(?:等|(?:共同|分别|按(?:照)?(?:各自)?(?:职责|职能)(?:分工)?)?(?:负责|落实|配合|参与|实施))?")
_WITH = re.compile(r"会同|商(?=[省市县区国财教公])|联合(?!会|国|社|体|大学|执法|调查|办公|检查|惩戒|党委)")
_BARE_PLACE = re.compile(rf"{_ATOMS['place']}(?:{_ATOMS['aside']})?(?:人民政府|政府|党委|党工委|办事处|管委会)?")
_EACH_PLACE = re.compile(rf"(?:各|有关|相关)?(?:{_ATOMS['place']}{{1,2}})(?:{_ATOMS['aside']})?")
STARS = "*★☆▲△●◆※#"  # marks before or behind a name; what they say the notice states (带*的为牵头单位)
_LEADING = re.compile(rf"(?:[①-⑳{STARS}]|\d{{1,2}}(?=[省市县区各国])|\d{{1,2}}[.．、）]|[（〔]\d{{1,2}}[）〕]|由(?!于)|请|其中|同时|以及|及(?!其)|并|：|—|“)+")
_ROLE_ASIDE = re.compile(r"（(牵头|主办|总牵头|牵头单位|牵头部门|主办单位|配合|协办|参与|责任|责任单位|配合单位)）$")
_COMPLETE = re.compile(rf"(?:{_ATOMS['ending']}|部门|单位|机关|机构|组织|工会|政协|人大|妇联|残联|共青团|团委|办事处|地区|企业|公司|协会|医院|学校|银行|支行|分行|供销社|{_ATOMS['aside']})$")
_PARTY = re.compile(r"(?:企业|经营者|商户|个人|用户|业主|学校|幼儿园|医院|养老机构|医疗机构|金融机构|协会|商会|学会|媒体|经营主体|生产单位|用人单位|建设单位|施工单位|从业人员|户|农民专业合作社|合作社|驾校|村民|群众|专家)$")
_PUBLIC = re.compile(r"[省市县区州旗][一-龥]{2,10}(?:协会|学会|医院|学校)$")  # 市消费者协会, 市人民医院: named bodies of the issuer's own
_NOT_A_NAME = re.compile(r"[的了要将把■]|应当|必须|不得|完成|前$|底$|[。！？：]|[a-z]{3}")
_ASIDE = re.compile(r"（[^）]*）")
_MAX_NAME = 40  # longest name of a unit met in lists: a joint office with its bracket


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit of a list: its range in the folded text and its role."""

    start: int
    end: int
    role: Role


@cache
def _tails() -> tuple[tuple[re.Pattern[str], Role], ...]:
    patterns = (p for p in load_patterns("units") if p.fields["stage"] == "tail")
    return tuple((re.compile(f"(?:{p.regex.pattern})$"), p.fields["role"]) for p in patterns)


@cache
def _etc() -> re.Pattern[str]:
    return re.compile(next(p.regex.pattern for p in load_patterns("units") if p.id == "unit.etc") + "$")


def _cuts(text: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int, str]]:
    """The stretches between `marks` outside brackets, each with the mark that ends it."""
    depth, last = 0, start
    for i in range(start, end):
        char = text[i]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in marks and depth == 0:
            yield last, i, char
            last = i + 1
    yield last, end, ""


def _shares_a_head(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether 、 stands inside one name: 各市、县人民政府."""
    start, end, _ = _trim(text, *right)
    before, after = text[slice(*left)], text[start:end]
    return bool(_EACH_PLACE.fullmatch(before.rsplit("、", 1)[-1]) and _BARE_PLACE.fullmatch(after))


def _joined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch cut at 和, 及, 与 where a whole name stands before it (never inside 发展和改革委员会)."""
    depth, last = 0, start
    i = start
    while i < end:
        char = text[i]
        depth += (char in _OPEN) - (char in _CLOSE)
        joint = _JOIN.match(text, i) if depth <= 0 else None
        if joint and joint.end() < end and _stands_alone(text, last, i, joint.end(), end):
            yield last, i
            last = i = joint.end()
            continue
        i += 1
    yield last, end


def _stands_alone(text: str, start: int, joint: int, after: int, end: int) -> bool:
    left, right = text[start:joint], text[after:end]
    if left.endswith(("部门", "单位", "地区")) and _SECOND_HEAD.fullmatch(right):
        return True
    if not left or right in {"单位", "部门", "地方", "地区", "企业"} or right.startswith(("改革", "单位", "部门")):
        return False
    topics = names_of("topic")
    rest = _etc().sub("", right)
    if left in topics and (rest in topics or right != rest):
        return f"{left}{text[joint:after]}{rest}" not in topics
    found = unit_end(text, start)
    return bool(_COMPLETE.search(left)) or (found is not None and found[0] == joint) or (left.startswith("各") and _BARE_PLACE.fullmatch(left[1:]) is not None)


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of a stretch without commas."""
    held: tuple[int, int] | None = None
    for a, b, _ in _cuts(text, start, end, "、"):
        if held and _shares_a_head(text, held, (a, b)):
            held = held[0], b
            continue
        if held:
            yield from _apart(text, *held)
        held = a, b
    if held:
        yield from _apart(text, *held)


def _apart(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch cut at 和, 及, 与 and between two names that nothing parts (市教育局|市公安局: the lines of a cell run together)."""
    for a, b in _joined(text, start, end):
        letter, at = text[a : a + 1], a
        joint = text.find(letter, a + 3, b - 2) if letter in tuple("省市县区") and b - a <= 4 * _MAX_NAME else -1
        while joint > 0:
            if text[joint - 1] in "局委办厅部会" and is_organ(text[at:joint]) and is_organ(text[joint:b]):
                yield at, joint
                at = joint
            joint = text.find(letter, joint + 3, b - 2)
        yield at, b


def _trim(text: str, start: int, end: int) -> tuple[int, int, Role | None]:
    """The name inside a piece, and the role that its own words give it."""
    role: Role | None = None
    leading = _LEADING.match(text, start, end)
    start = leading.end() if leading else start
    while end > start and (text[end - 1] in "。；，、”：" or text[end - 1] in STARS):
        end -= 1
    aside = _ROLE_ASIDE.search(text[start:end])
    if aside:
        end = start + aside.start()
        role = _role_of(aside[1])
    for tail, said in _tails():
        match = tail.search(text[start:end])
        if match and match.start() > 1:
            end, role = start + match.start(), said
            break
    etc = _etc().search(text[start:end])
    if etc:
        end = start + etc.start()
    return start, end, role


def _role_of(words: str) -> Role:
    if "牵头" in words or "主办" in words:
        return "lead"
    return "cooperating" if any(word in words for word in ("配合", "协", "参与", "参加")) else "responsible"


def is_name(name: str) -> bool:
    """Whether a piece of a list can be a unit: no sentence, no regulated party."""
    return 1 < len(name) <= _MAX_NAME and (not _PARTY.search(name) or _PUBLIC.match(name) is not None) and not _NOT_A_NAME.search(_ASIDE.sub("", name) if "（" in name else name)


def is_organ(name: str) -> bool:
    """Whether a name is certainly a unit's: known to the gazetteer, generic, or of an organ's form."""
    found = unit_end(name, 0)
    return name in names_of("topic") or found is not None and (found[0] == len(name) or bool(_COMPLETE.search(name)))


def _with(text: str, start: int, end: int) -> int | None:
    """Where 会同 stands between two names of a stretch."""
    return next((m.start() for m in _WITH.finditer(text, start + 2, end) if m.end() < end and is_organ(text[start : m.start()].rsplit("、", 1)[-1])), None)


def read_list(text: str, start: int, end: int, default: Role | None, convention: str | None = None) -> list[Piece]:
    """The units of a list in order. `default` is the role its label gives; a list in a bracket has none and closes with its verbs.

    甲会同乙 makes 甲 lead and 乙 cooperating up to the comma; 甲、乙牵头，丙配合 gives each its verb's role.
    """
    groups: list[tuple[list[tuple[int, int, Role | None]], str]] = []
    for a, b, mark in _cuts(text, start, end, "，；。"):
        joint = _with(text, a, b)
        pieces: list[tuple[int, int, Role | None]] = []
        if joint is None:
            pieces = [_trim(text, *piece) for piece in _names(text, a, b)]
        else:
            after = joint + (1 if text[joint] == "商" else 2)
            pieces += [(*_trim(text, *piece)[:2], "lead") for piece in _names(text, a, joint)]
            pieces += [(*_trim(text, *piece)[:2], "cooperating") for piece in _names(text, after, b)]
        groups.append((pieces, mark))
    flat = [(piece, mark if i == len(pieces) - 1 else "、", g) for g, (pieces, mark) in enumerate(groups) for i, piece in enumerate(pieces)]
    return _with_roles(text, flat, default, convention)


def _with_roles(text: str, flat: list[tuple[tuple[int, int, Role | None], str, int]], default: Role | None, convention: str | None) -> list[Piece]:
    """The pieces with the verb's role where one follows, else the label's (or, by the notice's own rule, its place's)."""
    roles: list[Role | None] = [piece[2] for piece, _, _ in flat]
    explicit = any(roles)
    carried: Role | None = None
    stars = convention is not None and convention.startswith("star")
    for i in range(len(flat) - 1, -1, -1):
        (_, _, own), mark, _ = flat[i]
        if mark in "；。" or mark == "，" and default is not None and not any(roles[:i]):
            carried = None
        if own is not None:
            carried = own
        elif carried is not None and explicit:
            roles[i] = carried
    found = []
    for i, ((a, b, _), _, group) in enumerate(flat):
        role = roles[i] or (_starred(text, (a, b), flat, convention) if stars else _conventional(i, group, flat, convention)) or default
        if role and is_name(text[a:b]):
            found.append(Piece(a, b, role))
    return found


def _starred(text: str, piece: tuple[int, int], flat: list[tuple[tuple[int, int, Role | None], str, int]], convention: str | None) -> Role | None:
    """Lead where a mark stands at the name and the notice says that it marks those who lead; the rest of its list cooperates where it says so."""
    marked = [_is_marked(text, a, b) for (a, b, _), _, _ in flat]
    if _is_marked(text, *piece):
        return "lead"
    return "cooperating" if convention == "star+rest" and any(marked) else None


def _is_marked(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in tuple(STARS) or text[end : end + 1] in tuple(STARS)


def _conventional(i: int, group: int, flat: list[tuple[tuple[int, int, Role | None], str, int]], convention: str | None) -> Role | None:
    if not convention:
        return None
    rule, _, rest = convention.partition("+")
    if rule == "first":
        first = i == 0
    else:
        marks = "；。" if rule == "semicolon" else "，；。"
        before = any(mark in marks for _, mark, _ in flat[:i])
        after = any(mark and mark in marks for _, mark, _ in flat[i:-1])
        if not before and not after:
            return None
        first = not before
    return "lead" if first else "cooperating" if rest else None
