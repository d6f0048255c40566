"""Enumerations (列举): the things that a clause lists, and which of them a draft leaves out.

Lists are copied more than paraphrased: a thing listed above of which the draft's counterpart has no word was left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.folding import fold
from kb.align import Draft, Match
from kb.compare import functions_of
from kb.terms import segment
from kb.wording import Weights, is_light, share, term_set

PRESENT = 0.4  # share of what tells a thing from its neighbours that the draft must bear
WHOLE = 0.4  # the same of all that the first things say, verb included
PAIRED = 0.25  # the same of two things joined by 和, which paraphrase oftener
FIRST = 0.1  # the same of the first of two, whose tail the second may hold
END = 4  # characters of the first and the last thing that are surely of the list
OFTEN = 6  # clauses that must speak of it at least
TOPIC = 0.08  # share of all clauses that speak of what a document is about
SPELLED = 0.75  # share of a short thing's characters that are enough, in any order
_MARK = re.compile(r"、|(?<=[\u3400-\u9fffA-Za-z0-9”）])(?:以及|(?<![涉普触危波遍])及(?![时其格早周])|(?<![共总柔温])和(?!谐|平|睦|解|美)|(?<!参)与(?!会|度))(?=[\u3400-\u9fffA-Za-z“])")
_BRACKETED = re.compile(r"（[^（）]{0,60}）")
# Names of nobody in particular, and what is good about a thing: none is a thing of its own.
_ANYBODY = re.compile(
    r"各|有关|相关|其他|部门$|政府$|^重点.{2}$|^工作|^有.{1,3}$|地$|性$|^(?:不足|作用|抓手|引领|优点|特色|特点|方法|经验|措施|能力|水平|先进.{2}|高.{1,3}|加高.{2}|现代.{2}|广泛.{2}|积极性|优势|功能|意识|.{0,4}(?:示范|引导|带动|引领))$"
)
# With whom somebody does something: no list.
_TOGETHER = re.compile(r"^[^、和]*与[^、和]*(?:签约|签订|合作|对接|衔接|结合|联动|融合|一致|匹配|相适应|挂钩|同步|共享)[^、和]*$")
_TAIL = re.compile(r"为(?:重点|主|核心|引领|抓手).*$|等(?:[^候待级]|$).*$|并(?:逐步|组织|加强|及时).*$")


def listed(clause: str) -> Iterator[tuple[list[str], bool]]:
    """The lists in a clause, each with whether its things are joined by 和 alone.

    >>> [things for things, _ in listed("加强药品、疫苗、医疗器械监管")]
    [['加强药品', '疫苗', '医疗器械监管']]
    """
    for piece in _BRACKETED.sub("", fold(clause).text).split("，"):
        if _TOGETHER.search(piece):
            continue
        things = [_TAIL.sub("", thing.strip("“”")) for thing in _MARK.split(piece)]
        things = [thing for thing in things if len(thing) >= 2]
        if len(things) >= 2:
            yield things, "、" not in piece


def _told(things: Sequence[str]) -> list[str]:
    """The things without the verb before the first and the noun that the last shares with all, as far as length tells."""
    length = max([END, *(len(thing) for thing in things[1:-1])])
    return [_end(things[0], length, -1), *things[1:-1], _end(things[-1], length, 1)]


def _end(thing: str, length: int, step: int) -> str:
    """The first (`step` 1) or last (-1) words of a thing, `length` characters at least."""
    if len(thing) <= length:
        return thing
    kept: list[str] = []
    for word in segment(thing)[::step]:
        kept.append(word)
        if sum(map(len, kept)) >= length:
            break
    return "".join(kept[::step])


@dataclass(frozen=True)
class LeftOut:
    """The things of a clause's lists that a draft leaves out; `all_of_one`: of one list it names none."""

    things: tuple[str, ...] = ()
    all_of_one: bool = False


def left_out(clause: str, match: Match, draft: Draft) -> LeftOut:
    """The things that a clause lists and no sentence that carries it out names."""
    if match.sentence is None:
        return LeftOut()
    places = [(match.sentence, match.clause), *((also.sentence, also.clause) for also in match.also)]
    statements = [draft.statements[at] for at, _ in places]
    given = frozenset().union(*(statement.terms for statement in statements))
    words = "\n".join(fold(statement.text).text for statement in statements)
    organs = frozenset().union(*(functions_of(unit["name"]) for statement in statements for unit in statement.record["units"]))
    missed: list[str] = []
    none_named = False
    for things, paired in listed(clause):
        before = len(missed)
        common = Counter(term for thing in things for term in term_set(thing))
        for whole, thing in zip(things, _told(things), strict=True):
            own, all_own = (_telling(text, common) for text in (thing, whole))
            if _ANYBODY.search(thing) or thing in words or _slight(own) or not all_own or functions_of(thing) & organs or len(thing) == 2 and len(things) == 2:
                continue
            if _is_topic(own, draft.weights) or whole is things[0] and share(all_own, given, draft.weights) >= WHOLE:
                continue
            enough = PAIRED if paired else PRESENT
            if len(things) == 2 and whole is things[0]:
                enough = FIRST if len(thing) > END else 0.0
            if not _bears(thing, own, given, words, draft.weights, enough):
                missed.append(thing)
        none_named = none_named or len(missed) - before == len(things)
    return LeftOut(tuple(missed), none_named)


def _telling(text: str, common: Mapping[str, int]) -> list[str]:
    """The terms that tell a thing from its neighbours; where all say the same in other words (院校、院所), what they say."""
    heavy = [term for term in term_set(text) if not is_light(term)]
    return [term for term in heavy if common[term] < 2] or heavy


def _slight(own: Sequence[str]) -> bool:
    """Whether nothing is left of a thing that could be looked for."""
    return all(len(term) == 1 and "\u3400" <= term <= "\u9fff" for term in own)


def _is_topic(own: Sequence[str], weights: Weights) -> bool:
    """Whether a thing is what the whole document is about, which a draft need not say again."""
    return sum(weights.counts.get(term, 0) for term in own) >= max(TOPIC * weights.size, OFTEN) * len(own)


def _bears(thing: str, own: Sequence[str], given: frozenset[str], words: str, weights: Weights, enough: float) -> bool:
    if len(thing) <= END and sum(char in words for char in thing) >= SPELLED * len(thing):
        return True
    return share(own, given, weights) >= enough
