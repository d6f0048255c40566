"""Comparison of fields: dates, terms and units of an obligation beside those of the draft's sentences; what differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from extractors.folding import fold
from extractors.numerals import parse_number
from kb.phrases import date_words, organ_words
from kb.statements import Statement
from kb.wording import Weights, share, term_set

ConflictType = Literal["target_weaker", "target_missing", "deadline_later", "deadline_missing", "unit_missing", "kind_weaker"]
SAME_EVENT = 0.6  # share of a term's wording that the other must bear, where there are several


@dataclass(frozen=True)
class Conflict:
    """One difference, with both wordings and a sentence for the drafter."""

    type: ConflictType
    superior: str
    draft: str
    explanation: str

    def to_json(self) -> dict[str, str]:
        return {"type": self.type, "superior": self.superior, "draft": self.draft, "explanation": self.explanation}


@dataclass(frozen=True)
class Comparison:
    """What differs, and whether the draft goes further in something."""

    conflicts: tuple[Conflict, ...] = ()
    stricter: tuple[str, ...] = ()


# --- dates ---

_PERIOD_DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}


def _days(recurrence: str | None) -> int | None:
    match = re.fullmatch(r"P(\d+)([DWMY])", recurrence or "")
    return int(match[1]) * _PERIOD_DAYS[match[2]] if match else None


def due(record: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The date that binds: the sentence's own before one of its item, the latest of several."""
    for inherited in (False, True):
        dated: list[Mapping[str, Any]] = [d for d in record["deadlines"] if d.get("end") and bool(d.get("inherited")) is inherited and d["type"] != "recurring"]
        if dated:
            return max(dated, key=lambda d: str(d["end"]))
    return None


def _year_of(wanted: Mapping[str, Any], text: str) -> str | None:
    """The year that a whole year's date ends, where a text prints it before a figure: 到2023年…达到70%, 2023年…70%以上."""
    year = str(wanted["end"])[:4]
    return f"{year}年" if str(wanted["end"]).endswith("12-31") and re.search(rf"(?<!\d){year}年(?!\d|第|[一二三四]季|前)", fold(text).text) else None


def _interval(record: Mapping[str, Any]) -> Mapping[str, Any] | None:
    repeated = [d for d in record["deadlines"] if _days(d.get("recurrence")) is not None]
    return min(repeated, key=lambda d: _days(d["recurrence"]) or 0) if repeated else None


_SPAN = re.compile(r"(\d{1,4}|半|[一二两三四五六七八九十]{1,3})个?(工作日|小时|日|天|周|个月|月|年)(?:之?内|以内|前)?")
_SPAN_HOURS = {"小时": 1.0, "日": 24.0, "天": 24.0, "工作日": 24.0 * 7 / 5, "周": 168.0, "个月": 720.0, "月": 720.0, "年": 8760.0}


def hours(raw: str) -> float | None:
    """How long a term is that counts from an event, to compare two: 自受理之日起5个工作日内.

    >>> hours("自受理之日起5个工作日内") == hours("收到后7天内"), hours("限期")
    (True, None)
    """
    found = _SPAN.search(raw)
    if found is None:
        return None
    value = 0.5 if found[1] == "半" else parse_number(found[1])
    return value * _SPAN_HOURS[found[2]] if value is not None else None


def _terms(record: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], float]]:
    own = [d for d in record["deadlines"] if d["type"] == "within" and not d.get("inherited")]
    return [(d, length) for d in own if (length := hours(d["raw"])) is not None]


def compare_terms(superior: Statement, near: Sequence[Statement], weights: Weights) -> Comparison:
    """The obligation's terms that count from an event (自…之日起5个工作日内) beside the draft's, one to one by what is due."""
    wanted, offered = _terms(superior.record), [pair for statement in near for pair in _terms(statement.record)]
    if len(wanted) == len(offered) == 1:
        pairs = [(wanted[0], offered[0])]
    else:
        rated = [
            (share(term_set(ours[0]["raw"]), term_set(theirs[0]["raw"]), weights), -at, -place)
            for at, ours in enumerate(wanted)
            for place, theirs in enumerate(offered)
        ]
        pairs, used, taken = [], set(), set()
        for score, at, place in sorted(rated, reverse=True):
            if score >= SAME_EVENT and at not in used and place not in taken:
                pairs.append((wanted[-at], offered[-place]))
                used.add(at)
                taken.add(place)
    conflicts, stricter = [], []
    for (theirs, limit), (ours, length) in pairs:
        if length > limit:
            conflicts.append(Conflict("deadline_later", theirs["raw"], ours["raw"], f"上级要求{date_words(theirs['raw'])}，草案放宽为{date_words(ours['raw'])}。"))
        elif length < limit:
            stricter.append(f"草案时限{date_words(ours['raw'])}短于上级{date_words(theirs['raw'])}")
    return Comparison(tuple(conflicts), tuple(stricter))


def compare_deadlines(superior: Statement, near: Sequence[Statement], item: Sequence[Statement] = ()) -> Comparison:
    """The obligation's date and interval beside those of the sentences that carry it out.

    `item` is what stands under the same headings as they do: a date of the whole item above is missed only where no
    sentence of the draft's item has one, and binds no prohibition.
    """
    conflicts, stricter = [], []
    wanted = due(superior.record)
    given = [found for statement in near if (found := due(statement.record))]
    if wanted and not given:
        given = [{"raw": year, "end": wanted["end"]} for statement in near if (year := _year_of(wanted, statement.text))]
    if wanted and not given:
        of_item = bool(wanted.get("inherited"))
        if not of_item or superior.kind != "prohibition" and not any(due(statement.record) for statement in item):
            conflicts.append(Conflict("deadline_missing", wanted["raw"], "", f"上级要求{date_words(wanted['raw'])}完成，草案没有写明时限。"))
    elif wanted:
        latest = max(given, key=lambda d: str(d["end"]))
        if latest["end"] > wanted["end"]:
            conflicts.append(Conflict("deadline_later", wanted["raw"], latest["raw"], f"上级要求{date_words(wanted['raw'])}完成，草案为{date_words(latest['raw'])}，晚于上级。"))
        elif latest["end"] < wanted["end"]:
            stricter.append(f"草案时限{date_words(latest['raw'])}早于上级{date_words(wanted['raw'])}")
    interval = _interval(superior.record)
    if interval and not interval.get("inherited"):
        offered = [found for statement in near if (found := _interval(statement.record))]
        ours = min((_days(found["recurrence"]) or 0 for found in offered), default=None)
        theirs = _days(interval["recurrence"]) or 0
        if ours is None:
            conflicts.append(Conflict("deadline_missing", interval["raw"], "", f"上级要求{date_words(interval['raw'])}，草案没有写明间隔。"))
        elif ours > theirs:
            conflicts.append(Conflict("deadline_later", interval["raw"], offered[0]["raw"], f"上级要求{date_words(interval['raw'])}，草案放宽为{date_words(offered[0]['raw'])}。"))
        elif ours < theirs:
            stricter.append(f"草案间隔{date_words(offered[0]['raw'])}短于上级{date_words(interval['raw'])}")
    return Comparison(tuple(conflicts), tuple(stricter))


# --- units ---


@cache
def _functions() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = files("extractors").joinpath("data", "organ_functions.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return tuple((function, tuple(words.split())) for function, words in pairs)


_GOVERNMENT = re.compile(r"人民政府|人民代表大会")  # 人民政府 holds 民政 by its letters alone
# What looks like an organ in a sentence: 学校 or 规划 alone name none.
_ORGAN = re.compile(r"[\u3400-\u9fff]{1,10}?(?:局|委(?!托|派)|厅|部门|机关|派出所|法庭|法院|检察院|大队|中心校|服务中心|残联|妇联|团委|工会|供销社)")


def functions_of(unit: str) -> frozenset[str]:
    """What an organ is there for, told by its name at any level: 市公安局 and 镇派出所 both keep public order.

    >>> functions_of("市公安局") == functions_of("云溪派出所")
    True
    """
    bare = _GOVERNMENT.sub("", unit)
    return frozenset(function for function, words in _functions() if any(word in bare for word in words))


def compare_units(superior: Statement, near: Sequence[Statement]) -> Comparison:
    """The obligation's organs beside those of the draft, function by function; generic ones (有关部门) bind nobody by name."""
    given = [unit["name"] for statement in near for unit in statement.record["units"]]
    named = frozenset().union(*(functions_of(name) for name in given))
    if not named:  # a draft that names governments alone leaves open who of them acts
        return Comparison()
    words = "\n".join(statement.text for statement in near)
    held = named | functions_of("\n".join(_ORGAN.findall(words)))
    missing = []
    for unit in superior.record["units"]:
        wanted = functions_of(unit["name"])
        if wanted and not wanted & held and unit["name"] not in words:
            missing.append(unit["name"])
    if not missing:
        return Comparison()
    names = "、".join(dict.fromkeys(missing))
    told = "、".join(dict.fromkeys(map(organ_words, missing)))
    return Comparison((Conflict("unit_missing", names, "、".join(dict.fromkeys(given)), f"上级明确的{told}在草案中没有对应单位。"),))


def join(comparisons: Iterable[Comparison]) -> Comparison:
    """Several comparisons in one, each difference once."""
    every = list(comparisons)
    conflicts = {(c.type, c.superior if c.type.startswith("target") else ""): c for one in reversed(every) for c in reversed(one.conflicts)}
    stricter = dict.fromkeys(words for one in every for words in one.stricter)
    return Comparison(tuple(reversed(conflicts.values())), tuple(stricter))

