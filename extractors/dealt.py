"""Figures dealt out in a bracket (分配): so many for each place, of what the words before the bracket name.

    新建示范社区（东岭区、西河区各3个，其他县（市）、区各2个）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.folding import Folded
from extractors.indicators import indicator_left
from extractors.mentions import Target
from extractors.numerals import NUMBER, parse_number
from extractors.patterns import load_data
from extractors.regions import find_region

_NAME = r"(?:[^，。；：！？（）\d\n]|（[^（）\d\n]{1,8}）){2,60}?"
_VALUE = r"\d{1,6}(?:\.\d{1,2})?万?"
_COUNTED = re.compile(rf"{NUMBER}[一-龥]{{1,2}}$")
_NO_PLACE = re.compile("每|级|示范|产业|试点|重点|工业|特色|先进|生态|文明|社区|[小灌库景学矿林牧片]区")
_PLACE = re.compile(r"(?:其[他它余])?(?:各)?[一-龥]{0,6}?(?:[市县区旗州镇乡]|街道|开发区)(?:（[一-龥、]{1,8}）)?(?:、[市县区旗乡](?:（[一-龥、]{1,8}）)?){0,2}|其[他它余](?:各地|地区)?")
_JOINT = re.compile(r"[、和及](?![市县区旗乡](?:$|[、和及（]))")


@dataclass(frozen=True, slots=True)
class Share:
    """What a bracket deals out to some places: the range of the share, of each place, and of the figure with its unit."""

    start: int
    end: int
    places: tuple[tuple[int, int], ...]
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Dealt:
    """A bracket that deals figures out, and its shares."""

    start: int
    end: int
    shares: tuple[Share, ...]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A share, and a whole bracket of shares."""
    unit = load_data("targets")["atoms"]["count"]
    share = rf"{_NAME}各?(?:至少|不少于)?{_VALUE}(?:{unit})"
    named = rf"(?P<name>{_NAME})各?(?:至少|不少于)?(?P<value>{_VALUE})(?P<unit>{unit})(?=[，；、）])"
    return re.compile(named), re.compile(rf"（{share}(?:[，；、]{share}){{0,12}}）")


def find_dealt(text: str) -> Iterator[Dealt]:
    """The brackets of a folded text that deal figures out to places, from left to right."""
    if "（" not in text:
        return
    share, bracket = _patterns()
    for found in bracket.finditer(text):
        shares = [_share(text, match) for match in share.finditer(text, found.start() + 1, found.end())]
        dealt = "各" in found[0] or len(shares) > 1 and any(_known(text[a:b]) for one in shares for a, b in one.places)
        if dealt and all(one.places for one in shares):
            yield Dealt(found.start(), found.end(), tuple(shares))


def _share(text: str, match: re.Match[str]) -> Share:
    start = match.start("name") + (match["name"][0] in "，；、")
    places, begin = [], start
    for end in (*(joint.start() + start for joint in _JOINT.finditer(text[start : match.end("name")])), match.end("name")):
        places.append((begin, end))
        begin = end + 1
    known = all(_is_place(text[a:b]) for a, b in places)
    return Share(start, match.end(), tuple(places) if known else (), match["value"], match["unit"])


def _is_place(name: str) -> bool:
    """Whether a name is a place's by its ending, or one that the gazetteer knows for short (金华)."""
    return bool(_PLACE.fullmatch(name) and not _NO_PLACE.search(name)) or _known(name)


def _known(name: str) -> bool:
    """Whether the gazetteer has a place of that name, long or short."""
    found = find_region(name, short=True)
    return found is not None and found.length == len(name)


def shared_targets(dealt: Dealt, folded: Folded, sentence: int) -> Iterator[Target]:
    """The targets of a bracket in the sentence that begins at `sentence`: what each place has to do of what stands before it."""
    counted = _COUNTED.search(folded.text, sentence, dealt.start)  # 示范点10个（甲县6个，乙县4个）
    name = indicator_left(folded.text, sentence, counted.start() if counted else dealt.start)
    for share in dealt.shares:
        value, span = parse_number(share.value), folded.back(share.start, share.end)
        if value is not None and name.end > name.start:
            yield Target(
                span=span, rule="target.dealt", raw=span.of(folded.printed), indicator=folded.back(name.start, name.end).of(folded.printed),
                comparator="=", value=value, upper=None, unit=share.unit, reference=None,
            )  # fmt: skip
