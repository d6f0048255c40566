"""Clauses (分句): who acts in a clause, and with which verb.

A clause of these notices reads: adverbs and times, then perhaps who acts, then perhaps what it is done to, for whom or how
(对…, 为…, 将…, 按照…), then the verb. The words and their classes are data; this module holds the order alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from extractors.alternation import Beginnings, Words, any_of
from extractors.organ_names import rows_of
from extractors.patterns import Pattern, load_patterns

Actor = Literal["organ", "party", ""]

# behind 监管, 培训 … these make a thing of the act (监管体系, 培训质量)
_NOUN = re.compile(
    "体系|规划|服务(?!企业|群众|对象)|供给|政策|能力|水平|机制|制度|格局|网络|效能|效率|效果|质量|秩序|环境|队伍|设施|平台|[^，]{0,6}率|工作[^，]{0,12}(?:提升|完成|结束|开展以来)|时间|对象|范围|内容|方式|结果|情况|主体|机构"
    "|单位|部门|人员|经费|资金|标准|周期|期限|过程|记录|报告|的(?!方式|形式|办法|原则|要求)|覆盖|重点|收入|成本|需求|资源|项目库|次数|总量|规模|补贴|补助|费|券|站|员|者|商(?![户家场])|额|期|账|在[^，]{0,8}\\d"
    "|(?:更加|更为|基本|全面|较为|比较)?(?:合理|完善|健全|到位|良好|规范|有序|有力|及时|充足|齐全|均衡|优质|不足|薄弱|滞后)$"
)
MAX_ACTOR = 70  # characters of the longest row of subjects that one verb follows
_BRACKET = re.compile(r"（[^（）\n]{0,60}）")
_TIMES = re.compile(r"[\d一两][^，]{0,2}次|$")
_OF_NOUN = re.compile(r"[^，]{0,14}的[^，、]{1,8}$")
_AGENT = re.compile(r"(?:并|可|应|须|要|交)?由")
_CASE = re.compile(r"[^，]{2,40}?的(?=[^，]{4})")  # 符合条件的纳入…
_OTHERS = re.compile(r"(?:等(?:\d+|[一二三四五六七八九十两]+)?个?)?")


class Reading(NamedTuple):
    """What a clause says of an act: who does it, the class of its verb (`act`, `push`, `raise`, `give`; '' where none is
    found), how the verb was reached (`open`, `actor`, `object`, `agent`), and its word."""

    verb: str = ""
    how: str = ""
    actor: Actor = ""
    word: str = ""
    whole: bool = False  # 全部, 普遍 …: it tells of all of them, as a result does
    modal: bool = False


@cache
def load_clause_words() -> dict[str, str]:
    """Each word that opens a clause of these notices: `act` (开展), `push` (推进), `raise` (提高), `adverb` (切实), `means`
    (依托: says with what the next act is done), `deed` (监管: an act, or the noun of one), `give` (给予), or `noun` (管理局: no
    verb though it begins as one)."""
    text = files("extractors").joinpath("data", "clause_words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line)
    return {row[0]: row[1] for row in rows}


@cache
def words_of(*kinds: str) -> re.Pattern[str]:
    """Any of the words of these classes, the longest first."""
    return re.compile(any_of(w for w, k in load_clause_words().items() if k in kinds))


@cache
def places_of(*kinds: str) -> Words:
    """The words of these classes, to be looked for all over a text."""
    return Words(w for w, k in load_clause_words().items() if k in kinds)


@cache
def _beginnings(*kinds: str) -> Beginnings:
    return Beginnings({word: kind for word, kind in load_clause_words().items() if kind in kinds})


@cache
def _rule(name: str) -> Pattern:
    return next(p for p in load_patterns("clauses") if p.id == name)


@lru_cache(maxsize=64)  # a clause is asked for by several rules in turn
def without_adverbs(clause: str) -> str:
    """The clause behind its adverbs and times, which say how and when, not what."""
    for _ in range(8):
        time = _rule("clause.time").regex.match(clause)
        if time:
            clause = clause[time.end() :]
            continue
        found = _beginnings("adverb").at(clause)
        if found is None:
            return clause
        verb = _beginnings("act", "deed", "push", "raise", "give", "build").at(clause)
        if verb is not None and len(verb[0]) > len(found[0]):
            return clause
        clause = clause[len(found[0]) :]
    return clause


def opening_verb(clause: str) -> tuple[str, str]:
    """The class of the verb at the clause's start (`act`, `push`, `raise` or ''), and the verb."""
    found = _beginnings("act", "deed", "push", "raise", "give", "build", "means", "noun").at(clause)
    if found is None:
        return "", ""
    word, kind = found
    if kind == "deed":
        return ("", "") if _NOUN.match(clause, len(word)) else ("act", word)
    return ("", "") if kind == "noun" or clause.startswith("区", len(word)) and not clause.startswith("区域", len(word)) else (kind, word)


@cache
def party_heads() -> re.Pattern[str]:
    """Any word that the name of a regulated party ends with."""
    return re.compile(any_of({row[0] for row in rows_of("party_heads")}))


@cache
def party_head_words() -> Words:
    """The same, to be looked for all over a text."""
    return Words(row[0] for row in rows_of("party_heads"))


def _actors(clause: str) -> Iterator[tuple[int, Actor]]:
    """Where a subject of the clause may end, with what it would be, from the left."""
    parties = [end for _, end, _ in reversed(party_head_words().find(clause[:MAX_ACTOR]))]
    for match in _rule("clause.organ").regex.finditer(clause, 0, MAX_ACTOR):
        organ = match.end()
        while parties and parties[-1] < organ:
            yield parties.pop(), "party"
        if parties and parties[-1] == organ:
            parties.pop()
        yield organ, "organ"
    for end in reversed(parties):
        yield end, "party"


def _inside(clause: str) -> tuple[str, str]:
    """The verb of a clause that opens with its object or circumstance: the last one that no 的 makes an attribute."""
    kinds = load_clause_words()
    found = [m for m in places_of("act", "push", "give", "build", "noun").find(clause) if kinds[m[2]] != "noun"]
    preposition = _rule("clause.preposition").regex.match(clause)
    found = [m for m in found if preposition is None or m[0] > preposition.end()]  # 对新建托位: a verb right behind it tells which
    if not found:
        found = [m for m in places_of("deed").find(clause) if _TIMES.match(clause, m[1])]
    attributes = [] if clause[:1] in ("对", "凡") else found  # 对开展检查的企业: whom, not what
    of = clause.rfind("的")
    behind = [m for m in found if m[0] > of] or [m for m in attributes if not _OF_NOUN.match(clause, m[1])]
    if not behind:
        return "", ""
    object_ = len(behind) > 1 and behind[-1][1] == len(clause)  # 给予…扶持, 开展…整改
    word = next((m[2] for m in behind if m[2] in ("给予", "予以")), behind[-2 if object_ else -1][2])
    kind = kinds[word]
    return ("act" if kind == "deed" else kind), word


def _behind_actor(rest: str, actor: Actor, how: str) -> Reading | None:
    """How the clause goes on behind a subject, None where what stands there is no predicate."""
    modal = _rule("clause.modal").regex.match(rest)
    rest = rest[modal.end() :] if modal else rest
    whole = _rule("clause.whole").regex.match(without_adverbs(rest))
    bare = without_adverbs(rest) if whole is None else without_adverbs(without_adverbs(rest)[whole.end() :])
    bare = bare[again.end() :] if not modal and (again := _rule("clause.modal").regex.match(bare)) else bare
    verb, word = opening_verb(bare)
    if verb and verb != "means":
        return Reading(verb, how, actor, word, whole is not None, bool(modal))
    if _rule("clause.give").regex.match(bare):
        return Reading("give", how, actor, _rule("clause.give").regex.match(bare)[0], whole is not None, bool(modal))  # type: ignore[index]
    if verb == "means" or _rule("clause.preposition").regex.match(bare):
        verb, word = _inside(bare)
        return Reading(verb, how, actor, word, whole is not None, bool(modal))
    if bare != rest and _rule("clause.frequency").regex.search(rest):
        return Reading("act", how, actor, "", whole is not None, bool(modal))
    return Reading("", how, actor, "", whole is not None, True) if modal else None


def read_clause(clause: str) -> Reading:
    """Who acts in a clause and with which verb.

    >>> read_clause("市财政局每年3月底前下达补贴资金").how
    'actor'
    """
    clause = _BRACKET.sub("", clause) if "（" in clause else clause
    bare = without_adverbs(clause)
    verb, word = opening_verb(bare)
    if verb and verb != "means":
        return Reading(verb, "open", "", word)
    agent = _AGENT.match(bare)
    start = bare[agent.end() :] if agent else bare
    if not agent and (verb == "means" or _rule("clause.preposition").regex.match(bare)):
        verb, word = _inside(bare)
        return Reading(verb, "object", "", word)
    for end, actor in _actors(start):
        tail = _OTHERS.match(start, end)
        behind = start[tail.end() :] if tail else start[end:]
        reading = _behind_actor(behind, actor, "agent" if agent else "actor")
        if reading is not None:
            return reading
    if agent:
        verb, word = _inside(start)
        return Reading(verb, "agent", "", word)
    case = _CASE.match(start)
    return (case and _behind_actor(start[case.end() :], "party", "actor")) or Reading()
