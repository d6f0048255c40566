"""Comparison of fields: figures, dates, units and force of an obligation beside those of the draft's sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from kb.statements import Statement
from kb.wording import Weights, share, term_set

ConflictType = Literal["target_weaker", "target_missing", "deadline_later", "deadline_missing", "unit_missing", "kind_weaker"]
SAME_INDICATOR = 0.6  # share of an indicator's wording that the other must bear


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


# --- figures ---

_SCALES = {"个百分点": ("%", 1.0), "百分点": ("%", 1.0), "‰": ("%", 0.1), "万元": ("元", 1e4), "亿元": ("元", 1e8), "公里": ("米", 1e3), "公顷": ("亩", 15.0)}
_UPWARD = {">=", ">", "=", "range", "increase", "decrease", "multiple"}


def _amount(target: Mapping[str, Any]) -> tuple[float | None, str]:
    unit, scale = _SCALES.get(target.get("unit") or "", (target.get("unit") or "", 1.0))
    value = target.get("value")
    return (value * scale if value is not None else None), unit


def _is_ceiling(target: Mapping[str, Any]) -> bool:
    return target["comparator"] in {"<=", "<"}


def _same_indicator(superior: Mapping[str, Any], draft: Mapping[str, Any], weights: Weights) -> float:
    """How surely two figures measure the same thing, 0 where they cannot."""
    if _is_ceiling(superior) != _is_ceiling(draft) or _amount(superior)[1] != _amount(draft)[1]:
        return 0.0
    if (superior["comparator"] in {"increase", "decrease", "multiple"}) != (draft["comparator"] in {"increase", "decrease", "multiple"}):
        return 0.0
    ours, theirs = term_set(superior["indicator"] or superior["raw"]), term_set(draft["indicator"] or draft["raw"])
    return (share(ours, theirs, weights) + share(theirs, ours, weights)) / 2


def _later(superior: str | None, draft: str | None) -> bool:
    return bool(superior and draft and draft > superior)


def counterpart(target: Mapping[str, Any], offered: Sequence[Mapping[str, Any]], weights: Weights) -> Mapping[str, Any] | None:
    """The draft's figure for the same indicator: due at the same time rather than earlier, never one due later."""
    again = next((other for other in offered if other["raw"] == target["raw"] and other.get("by") == target.get("by")), None)
    if again is not None:
        return again
    rated = [(_same_indicator(target, other, weights), other) for other in offered if not _later(target.get("by"), other.get("by"))]
    rated = [pair for pair in rated if pair[0] >= SAME_INDICATOR]
    if not rated:
        return None
    found: Mapping[str, Any] = max(rated, key=lambda pair: (round(pair[0], 1), pair[1].get("by") == target.get("by"), pair[0]))[1]
    return found


def compare_targets(superior: Statement, near: Sequence[Statement], everywhere: Sequence[Mapping[str, Any]], weights: Weights) -> Comparison:
    """The obligation's figures beside the draft's; a figure nobody repeats is missing where the draft treats its matter."""
    conflicts, stricter = [], []
    for target in superior.record["targets"]:
        own = [other for statement in near for other in statement.record["targets"]]
        found = counterpart(target, own, weights) or counterpart(target, everywhere, weights)
        if found is None:
            words = near[0].text if near else ""
            conflicts.append(Conflict("target_missing", target["raw"], words, f"上级规定“{target['raw']}”，草案没有写明这一指标。"))
            continue
        ours, theirs = _amount(found)[0], _amount(target)[0]
        if ours is None or theirs is None or ours == theirs:
            continue
        if (ours < theirs) is not _is_ceiling(target):
            conflicts.append(Conflict("target_weaker", target["raw"], found["raw"], f"上级规定“{target['raw']}”，草案为“{found['raw']}”，要求低于上级。"))
        else:
            stricter.append(f"草案“{found['raw']}”严于上级“{target['raw']}”")
    return Comparison(tuple(conflicts), tuple(stricter))


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


def _interval(record: Mapping[str, Any]) -> Mapping[str, Any] | None:
    repeated = [d for d in record["deadlines"] if _days(d.get("recurrence")) is not None]
    return min(repeated, key=lambda d: _days(d["recurrence"]) or 0) if repeated else None


def compare_deadlines(superior: Statement, near: Sequence[Statement]) -> Comparison:
    """The obligation's date and interval beside those of the sentences that carry it out."""
    conflicts, stricter = [], []
    wanted = due(superior.record)
    given = [found for statement in near if (found := due(statement.record))]
    if wanted and not given:
        conflicts.append(Conflict("deadline_missing", wanted["raw"], "", f"上级要求“{wanted['raw']}”完成，草案没有写明时限。"))
    elif wanted:
        latest = max(given, key=lambda d: str(d["end"]))
        if latest["end"] > wanted["end"]:
            conflicts.append(Conflict("deadline_later", wanted["raw"], latest["raw"], f"上级要求“{wanted['raw']}”完成，草案为“{latest['raw']}”，晚于上级。"))
        elif latest["end"] < wanted["end"]:
            stricter.append(f"草案时限“{latest['raw']}”早于上级“{wanted['raw']}”")
    interval = _interval(superior.record)
    if interval and not interval.get("inherited"):
        offered = [found for statement in near if (found := _interval(statement.record))]
        ours = min((_days(found["recurrence"]) or 0 for found in offered), default=None)
        theirs = _days(interval["recurrence"]) or 0
        if ours is None:
            conflicts.append(Conflict("deadline_missing", interval["raw"], "", f"上级要求“{interval['raw']}”，草案没有写明间隔。"))
        elif ours > theirs:
            conflicts.append(Conflict("deadline_later", interval["raw"], offered[0]["raw"], f"上级要求“{interval['raw']}”，草案放宽为“{offered[0]['raw']}”。"))
        elif ours < theirs:
            stricter.append(f"草案间隔“{offered[0]['raw']}”短于上级“{interval['raw']}”")
    return Comparison(tuple(conflicts), tuple(stricter))


# --- units ---


@cache
def _functions() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = files("extractors").joinpath("data", "organ_functions.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return tuple((function, tuple(words.split())) for function, words in pairs)


def functions_of(unit: str) -> frozenset[str]:
    """What an organ is there for, told by its name at any level: 市公安局 and 镇派出所 both keep public order.

    >>> functions_of("市公安局") == functions_of("云溪派出所")
    True
    """
    return frozenset(function for function, words in _functions() if any(word in unit for word in words))


def compare_units(superior: Statement, near: Sequence[Statement]) -> Comparison:
    """The obligation's organs beside those of the draft, function by function; generic ones (有关部门) bind nobody by name."""
    given = [unit["name"] for statement in near for unit in statement.record["units"]]
    if not given:
        return Comparison()
    words = "".join(statement.text for statement in near)
    held = frozenset().union(*(functions_of(name) for name in given)) | functions_of(words)
    missing = []
    for unit in superior.record["units"]:
        wanted = functions_of(unit["name"])
        if wanted and not wanted & held and unit["name"] not in words:
            missing.append(unit["name"])
    if not missing:
        return Comparison()
    names = "、".join(dict.fromkeys(missing))
    return Comparison((Conflict("unit_missing", names, "、".join(dict.fromkeys(given)), f"上级明确的{names}在草案中没有对应单位。"),))


def join(comparisons: Iterable[Comparison]) -> Comparison:
    """Several comparisons in one, each difference once."""
    every = list(comparisons)
    conflicts = {(c.type, c.superior if c.type.startswith("target") else ""): c for one in reversed(every) for c in reversed(one.conflicts)}
    stricter = dict.fromkeys(words for one in every for words in one.stricter)
    return Comparison(tuple(reversed(conflicts.values())), tuple(stricter))

