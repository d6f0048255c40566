"""What one clause says: which rules hold for it, and what its verb makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from functools import cache
from typing import NamedTuple

from extractors.clauses import Reading, load_clause_words, read_clause, without_adverbs, words_of
from extractors.patterns import Pattern, load_patterns
from extractors.screen import RoleScreen

# an act behind a subject or an adverbial: 在全市开展…, 由县教育局组织…, 对企业进行…, 把…作为…
_ACTS_INSIDE = re.compile("(?<![经不])(?:开展|推行|实行|推进|进行|实施|组织|作为|纳入|列入|落实|推广|推动|引入|看是否|是否|制定|定期|建立健全|全面建立|予以|签订|报送|上报|提出|提交)")
# the case that a clause sets for the one behind it
_CONDITION = re.compile(r"(?:(?:的|时|[后後]|的情况下|期间)$|^除[^，]*外$)")
_CONDITION_ENDS = frozenset("的时后後下间外\n")  # its last characters
_DATE = re.compile(r"(?:20\d\d年)?\d{1,2}月\d{1,2}日前?|20\d\d年?[至—-]20\d\d年|20\d\d年(?:\d{1,2}月)?(?:底|末|内)?前?|“[一二三四五六七八九十]+五”|第\d{1,4}[号条项届次]")
_DATED = re.compile(r"[\d“]")
# a clause that only says on what ground, for whom or how the next one acts
_DESCRIBES = re.compile(r"[^，；、]{0,16}的(?:$|产品|行为|情形|区域|单位|人员|企业|，)")
_ADVERBIAL = re.compile("在[^，]*(?:基础上|前提下|情况下|同时|过程中|条件下)|(?:通过|根据|按照|依据|结合|围绕|针对|随着|因|由于|经)[^，]*|(?:对|对于|凡|凡是|为)[^，]*的(?:(?!进行|开展|加强)[^的，]){1,14}")
# 验收合格后|一次性给予补助: when, told without a comma
_AFTER = re.compile("[^，的]{2,14}后(?=一次性|给予|予以|按|可|享受|发放|补助|补贴|奖励)")


@cache
def rules_of(role: str) -> tuple[Pattern, ...]:
    return tuple(p for p in load_patterns("kinds") if p.fields.get("role") == role)


@cache
def _roles() -> RoleScreen:
    return RoleScreen(load_patterns("kinds"))


@cache
def _first() -> Callable[[str, str, str], Pattern | None]:
    return _roles().first


class Clause(NamedTuple):
    text: str
    said: frozenset[str]  # the roles of the rules that hold, and what its verb is
    reading: Reading


def said_by(clauses: Sequence[Clause]) -> frozenset[str]:
    """What some clause says."""
    return frozenset().union(*[clause.said for clause in clauses])


def matches(role: str, text: str, how: str = "search") -> str | None:
    """The id of the first rule of `role` that holds for `text`."""
    found = _first()(role, text, how)
    return found.id if found else None


def read_roles(text: str) -> None:
    """Scan a sentence once for all that is asked of its clauses."""
    _roles().read(text)


def possible_roles(text: str) -> Container[str]:
    """The roles of which some rule can hold for `text`: a quick look before `matches`."""
    return _roles().possible(text)


def judge_clause(clause: str, last: bool, goal: bool = False) -> Clause:
    bare = without_adverbs(clause)
    condition = not last and clause[-1:] in _CONDITION_ENDS and _CONDITION.search(clause) is not None  # 用人单位招用困难人员的，给予补贴
    reading = Reading() if condition else read_clause(clause)
    if reading.how == "open" and "后" in clause and (after := _AFTER.match(clause)):
        reading, bare = read_clause(clause[after.end() :]), clause[after.end() :]
    may = possible_roles(clause)
    roles = ("penalty",) if condition else ("penalty", "modal", "allow", "give")
    said = set()
    for role in roles:
        if role in may and matches(role, clause):
            said.add(role)
    if "encourage" in may and (matches("encourage", clause, "match") or matches("encourage", bare, "match")):
        said.add("encourage")
    undated = _DATE.sub("", clause) if _DATED.search(clause) else clause
    if (undated != clause or "figure" in may) and matches("figure", undated, "fullmatch"):
        said.add("figure")
        if "modal" in said and matches("modal", _norm().sub("", undated)) is None and reading.how != "actor":
            said.discard("modal")  # 占比必须达到60%以上: a result, whoever brings it about
    speaks = not condition and (last or not _ADVERBIAL.fullmatch(bare))
    if reading.verb == "build" or not speaks and reading.verb != "give":
        said.discard("give")
    said |= _verb_of(undated, bare, reading, said, speaks or reading.verb == "give", goal)
    if "figure" in said and matches("charged", undated) and not matches("measure", clause):
        said.add("act")  # 各企业…培训不少于24学时: a floor to an act
    if "denied" in may and matches("denied", clause) and "penalty" not in said:
        said = (said - {"give", "figure"}) | {"act"}
    if not condition and "eased" in may and matches("eased", bare, "fullmatch"):
        said.add("act")
    if "可" in clause and _may(clause):
        said.add("allow")
    if "forbid" in may and _forbids(clause, said):
        said.add("forbid")
    if "figure" in said or reading.whole and not reading.modal or not said & {"act", "push"} and "result" in may and matches("result", clause, "fullmatch"):
        said.add("result")
    return Clause(clause, frozenset(said), reading)


@cache
def _norm() -> re.Pattern[str]:
    return next(p.regex for p in rules_of("norm"))


@cache
def _may_act() -> re.Pattern[str]:
    verbs, adverbs = words_of("act", "deed", "give", "means").pattern, words_of("adverb").pattern
    # 可控制、可追溯 are qualities: nothing follows their verb
    return re.compile(f"(?<![许认不方即适尽宁、])可(?:(?:{adverbs}){{0,2}}(?:{verbs})(?![、的率性]|$)|(?:利用|通过|按|向|凭|持(?!续)))")


def _may(clause: str) -> bool:
    """Whether somebody may act: 可 right before a verb."""
    return _may_act().search(clause) is not None


def _verb_of(clause: str, bare: str, reading: Reading, said: set[str], speaks: bool, goal: bool) -> set[str]:
    """What the verb of a clause makes of it: `act`, `push`, `raise` or `give`; nothing where it only sets the frame."""
    if not speaks or "figure" in said and matches("measure", clause):
        return set()
    if (load_clause_words().get(reading.word) == "deed" or goal) and matches("state", clause, "fullmatch"):
        return set()  # 关爱服务体系更加健全
    if reading.whole and reading.actor == "party" and not reading.modal:
        return set()
    if reading.verb in ("act", "push", "raise") and reading.how in ("actor", "agent", "object"):
        if goal and reading.actor == "party" and not reading.modal:
            return {"result"}  # under aims, what parties do is a state to be reached
        if reading.verb == "raise" and (reading.actor != "organ" or "figure" in said):
            return {"raise"} if reading.modal else set()
        return {"act"}
    if reading.verb in ("act", "push", "raise", "build"):
        return {reading.verb}
    if reading.verb == "give":
        return {"act"} if "give" not in said and "penalty" not in said else set()
    return {"act"} if not goal and "figure" not in said and _ACTS_INSIDE.search(bare) else set()


def _forbids(clause: str, said: set[str]) -> bool:
    found = next((m for p in rules_of("forbid") if (m := p.regex.search(clause))), None)
    if found is None or "penalty" in said and "的" in clause[found.end() :]:
        return False
    if "act" in said and found.start() > 0 and found[0].endswith("禁止"):
        return False
    # 的 right behind what is forbidden makes the ban describe a thing (不得销售的产品), not forbid
    return not _DESCRIBES.match(clause, found.end())
