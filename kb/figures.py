"""Comparison of figures: an obligation's targets beside those of the draft, paired one to one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from extractors.folding import fold
from kb.compare import Comparison, Conflict
from kb.phrases import quoted
from kb.statements import Statement
from kb.wording import Weights, share, term_set

SAME_INDICATOR = 0.6  # share of an indicator's wording that the other must bear

_SCALES = {"个百分点": ("%", 1.0), "百分点": ("%", 1.0), "‰": ("%", 0.1), "万元": ("元", 1e4), "亿元": ("元", 1e8), "公里": ("米", 1e3), "公顷": ("亩", 15.0)}
_UPWARD = {">=", ">", "=", "range", "increase", "decrease", "multiple"}


def _amount(target: Mapping[str, Any]) -> tuple[float | None, str]:
    unit, scale = _SCALES.get(target.get("unit") or "", (target.get("unit") or "", 1.0))
    value = target.get("value")
    return (value * scale if value is not None else None), unit


# What somebody is given: a lower 最高 is less, not more.
_BENEFIT = re.compile(r"奖励|奖补|补贴|补助|津贴|资助|补偿|救助|贴息|减免|报销|支付比例|扶持|额度")
_PER_THING = re.compile(r"每|各(?:县|市|区|乡|镇|地|单位)|户均|人均|单个|平均|至少")
_BEFORE = 12  # characters before a figure that may say for what each it holds: 每百户不低于25平方米
_COUNTS = re.compile(r"个|家|所|户|处|人|人次|名|张|座|条|公里|亩|万亩|吨|万吨|平方米|套|台|辆|项|次|批|场|种|万户|万人|万人次|万套")


def _is_ceiling(target: Mapping[str, Any]) -> bool:
    return target["comparator"] in {"<=", "<"}


def _more_is_stricter(target: Mapping[str, Any], sentence: str) -> bool:
    """Whether the greater figure asks or gives more: not for a ceiling, unless it caps what somebody is given."""
    return not _is_ceiling(target) or bool(_BENEFIT.search(f"{target['indicator'] or ''}{target['raw']}{sentence}"))


def counts_whole_area(target: Mapping[str, Any], statement: Statement) -> bool:
    """Whether a figure counts things over the issuer's whole area: those below have a share of it to bear."""
    at = int(target["start_char"]) - int(statement.record["start_char"])
    words = f"{target['indicator'] or ''}{statement.text[max(0, at - _BEFORE) : max(0, at)]}{target['raw']}"
    return target["comparator"] in {"=", ">="} and bool(_COUNTS.fullmatch(target.get("unit") or "")) and not _PER_THING.search(words)


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


def _again(target: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(other["raw"] == target["raw"] and other.get("by") == target.get("by"))


def _postponed(target: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether a figure due later may still be meant: not one that asks more, which is a later stage."""
    ours, theirs = _amount(other)[0], _amount(target)[0]
    return ours is not None and theirs is not None and (ours == theirs or (ours < theirs) is not _is_ceiling(target))


def pair_targets(
    wanted: Sequence[Mapping[str, Any]], offered: Sequence[Mapping[str, Any]], weights: Weights, later: bool = False
) -> dict[int, Mapping[str, Any]]:
    """The draft's figure for each of the wanted ones, one to one, those that are surely the same first.

    Due at the same time rather than earlier; one due later only where `later` allows it and it does not ask more.
    """
    rated = []
    for at, target in enumerate(wanted):
        for place, other in enumerate(offered):
            if _later(target.get("by"), other.get("by")) and not (later and _postponed(target, other)):
                continue
            score = 2.0 if _again(target, other) else _same_indicator(target, other, weights)
            if score >= SAME_INDICATOR:
                rated.append((round(score, 1), other.get("by") == target.get("by"), later and _amount(other) == _amount(target), score, -at, -place))
    paired: dict[int, Mapping[str, Any]] = {}
    taken: set[int] = set()
    for *_, at, place in sorted(rated, reverse=True):
        if -at not in paired and -place not in taken:
            paired[-at] = offered[-place]
            taken.add(-place)
    return paired


_PER = re.compile(r"每(\d{1,6})(名|位|人|户|个|家|平方公里|公里|亩|床|张|村|所)[^，。；0-9]{0,16}(\d{1,6}(?:\.\d{1,4})?)")


def _rate(text: str) -> tuple[float, str, str] | None:
    """How much there is to be for one (每300名居民不少于1名), of what, and the words that say so."""
    found = _PER.search(text)
    return (float(found[3]) / float(found[1]), found[2], found[0]) if found and float(found[1]) else None


def _printed(target: Mapping[str, Any], superior: str, clause: Statement | None) -> Mapping[str, Any] | None:
    """The one figure of the target's unit, or the rate, that the matched clause prints where no target was found in it."""
    unit, value = target.get("unit"), target.get("value")
    if clause is None or not unit or value is None or clause.record["targets"]:
        return None
    text = fold(clause.text).text
    theirs, ours = _rate(fold(superior).text), _rate(text)
    if theirs and ours and theirs[1] == ours[1]:
        return {**target, "value": value * ours[0] / theirs[0], "raw": ours[2]}
    printed = set(re.findall(rf"(\d{{1,9}}(?:\.\d{{1,4}})?)\s*(?:{re.escape(unit)})", text))
    if len(printed) != 1:
        return None
    only = printed.pop()
    return {**target, "value": float(only), "raw": f"{only}{unit}"}


def _alone(target: Mapping[str, Any], wanted: Sequence[Mapping[str, Any]], clause: Statement | None) -> Mapping[str, Any] | None:
    """The one figure of the target's unit that the matched clause sets, where the obligation has no other of that unit."""
    if clause is None or target.get("value") is None or sum(_kind(other) == _kind(target) for other in wanted) != 1:
        return None
    same = [other for other in clause.record["targets"] if _kind(other) == _kind(target)]
    return same[0] if len(same) == 1 else None


def sets_same_figure(wanted: Sequence[Mapping[str, Any]], clause: Statement) -> bool:
    """Whether the clause prints one of the figures itself, unit and amount: the same indicator in other words, most likely."""
    offered = [(*_kind(other), _amount(other)[0]) for other in clause.record["targets"]]
    printed = fold(clause.text).text
    return any(
        target.get("value") is not None and ((*_kind(target), _amount(target)[0]) in offered or target.get("unit") and re.search(rf"(?<![\d.]){target['value']:g}{re.escape(target['unit'])}", printed))
        for target in wanted
    )


def _each_once(wanted: Sequence[Mapping[str, Any]], paired: dict[int, Mapping[str, Any]], weights: Weights) -> None:
    """Leave a figure of the draft that several of the wanted ones were paired with to the one that it measures most surely."""
    holders: dict[int, int] = {}
    for at in sorted(paired, key=lambda at: (not _again(wanted[at], paired[at]), -_same_indicator(wanted[at], paired[at], weights), at)):
        if holders.setdefault(id(paired[at]), at) != at:
            del paired[at]


_ALL = re.compile(r"全部|全面|所有|一律|均(?!衡|等|价|线|值)|全覆盖|应[\u3400-\u9fff]尽|逐[一个家户所人]")


def _is_all(target: Mapping[str, Any], clause: Statement | None) -> bool:
    """Whether a clause says in words that all of it is to be reached: 全部持证 for 持证率达到100%."""
    return clause is not None and _amount(target) == (100.0, "%") and bool(_ALL.search(clause.text))


def _kind(target: Mapping[str, Any]) -> tuple[str, bool, bool]:
    return _amount(target)[1], _is_ceiling(target), target["comparator"] in {"increase", "decrease", "multiple"}


def compare_targets(
    superior: Statement,
    near: Sequence[Statement],
    everywhere: Sequence[Mapping[str, Any]],
    weights: Weights,
    below: bool = False,
    clause: Statement | None = None,
    sentence: str = "",
) -> Comparison:
    """The obligation's figures beside the draft's; a figure nobody repeats is missing where the draft treats its matter.

    `clause` is the part of the sentence near that carries the figure's matter out. `below`: the draft is of a lower level, so that of what is counted over the whole area it bears a share. `sentence`: all of what the obligation is a part of.
    """
    wanted = superior.record["targets"]
    own = [other for statement in near for other in statement.record["targets"]]
    postponed = pair_targets(wanted, own, weights, later=True)
    kept = {at: found for at, found in postponed.items() if _amount(found) == _amount(wanted[at])}  # the figure itself before another stage's
    beside = {at: found for at, target in enumerate(wanted) if (found := _alone(target, wanted, clause))}
    # What stands at the place that carries the matter out, before what the draft says elsewhere.
    paired = {**pair_targets(wanted, everywhere, weights), **beside, **postponed, **pair_targets(wanted, own, weights), **kept}
    _each_once(wanted, paired, weights)
    words = near[0].text if near else ""
    conflicts, stricter = [], []
    for at, target in enumerate(wanted):
        found = paired.get(at) or _printed(target, superior.text, clause)
        if found is None and _is_all(target, clause):
            continue
        if found is None:
            conflicts.append(Conflict("target_missing", target["raw"], words, f"上级规定{quoted(target['raw'])}，草案没有写明这一{'指标' if target.get('value') is not None else '要求'}。"))
            continue
        ours, theirs = _amount(found)[0], _amount(target)[0]
        if ours is None or theirs is None or ours == theirs or below and counts_whole_area(target, superior):
            continue
        if (ours < theirs) is _more_is_stricter(target, sentence or superior.text):
            conflicts.append(Conflict("target_weaker", target["raw"], found["raw"], f"上级规定{quoted(target['raw'])}，草案为{quoted(found['raw'])}，要求低于上级。"))
        else:
            stricter.append(f"草案{quoted(found['raw'])}严于上级{quoted(target['raw'])}")
    return Comparison(tuple(conflicts), tuple(stricter))
