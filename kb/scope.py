"""Scope (适用范围): which obligations above do not concern a draft, with the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from extractors.folding import fold
from extractors.patterns import load_patterns
from extractors.regions import regions_named
from kb.catalogue import bare_place
from kb.statements import Statement

OVER = timedelta(days=366)  # a date that long past binds no new plan; a lately missed one still does
_ZONE = re.compile(r"[\u3400-\u9fff]{2,14}(?:开发区|产业园|工业园区?|高新区|航空港区|保税区|自贸区|示范区|新区)")
OPENING = 12  # characters within which a date opens its sentence
_PLACE = re.compile(r"(?:^|[、，在对以和])([\u3400-\u9fff]{2,7}?(?:自治州|自治县|省|市|县|区|旗))(?=[、，和及等]|要|应|负责|率先)")
_GENERIC_ZONE = re.compile(r"(?:各|等|和|及|有关|产业|聚集|集聚|省级|国家级|示范|园区)[\u3400-\u9fff]{0,6}(?:区|园)$")


@dataclass(frozen=True)
class DraftFacts:
    """What the scope of a draft is judged by."""

    level: str | None
    region: tuple[str, ...]
    issued_on: date | None
    text: str


def not_applicable(superior: Statement, draft: DraftFacts) -> str | None:
    """Why an obligation does not concern the draft; None where it does."""
    text = fold(superior.text).text
    for pattern in load_patterns("scope"):
        if draft.level in pattern.fields["above"]:
            found = pattern.regex.search(text)
            if found and _mostly(text, found):
                return str(pattern.fields["reason"]) + "。"
    return _over(superior.record, draft.issued_on) or _elsewhere(text, draft)


def _mostly(text: str, found: re.Match[str]) -> bool:
    """Whether the words found stand in the sentence's main part: a late aside does not speak for the whole."""
    return found.start() <= max(30, len(text) // 3)


def _past(deadline: Mapping[str, Any], today: date | None) -> bool:
    end = deadline.get("end")
    return bool(end and today and not deadline.get("recurrence")) and date.fromisoformat(str(end)) + OVER < today  # type: ignore[operator]


def _over(record: Mapping[str, Any], today: date | None) -> str | None:
    """Whether the dates that bind the whole sentence, its item's or the one that it begins with, are long past."""
    dates = record["deadlines"]
    whole = [d for d in dates if d.get("inherited") or 0 <= d["start_char"] - record["start_char"] <= OPENING]
    if whole and len(whole) >= len([d for d in dates if not d.get("inherited")]) and all(_past(d, today) for d in dates):
        last = max(str(d["end"]) for d in dates)
        return f"规定的期限（{last}）在草案成文前早已届满，阶段任务到期。"
    return None


def over_clauses(superior: Statement, today: date | None) -> frozenset[str]:
    """The clauses of an obligation whose own date is long past, though the rest of it still binds."""
    raws = [fold(d["raw"]).text for d in superior.record["deadlines"] if not d.get("inherited") and _past(d, today)]
    return frozenset(clause.text for clause in superior.clauses if any(raw in clause.text for raw in raws))


def _elsewhere(text: str, draft: DraftFacts) -> str | None:
    zones = [zone for zone in _ZONE.findall(text) if not _GENERIC_ZONE.search(zone)]
    places = [place for place in _PLACE.findall(text) if regions_named(place, short=False)]
    names = zones if len(zones) >= 2 else places
    own = "".join(draft.region)
    known = [bare_place(name) for name in names]
    if not names or any(name in own or name in draft.text for name in known):
        return None
    return f"只涉及{'、'.join(names[:3])}等地，不约束本地。"
