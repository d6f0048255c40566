"""Scope (适用范围): which obligations above do not concern a draft, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from extractors.folding import fold
from extractors.patterns import Pattern, load_patterns
from extractors.regions import regions_named
from kb.figures import counts_whole_area
from kb.statements import Statement
from kb.superiors import LEVELS
from kb.terms import bare_place

OVER = timedelta(days=366)  # a date that long past binds no new plan; a lately missed one still does
_ZONE = re.compile(r"[\u3400-\u9fff]{2,14}(?:开发区|产业园|工业园区?|高新区|航空港区|保税区|自贸区|示范区|新区)")
OPENING = 12  # characters within which a date opens its sentence
_PLACE = re.compile(r"(?:^|[、，在对以和])([\u3400-\u9fff]{2,7}?(?:自治州|自治县|省|市|县|区|旗))(?=[、，和及等]|要|应|负责|率先)")
_AREA = re.compile("[省市县区旗]|自治州")
_GENERIC_ZONE = re.compile(r"(?:各|等|和|及|有关|产业|聚集|集聚|省级|国家级|示范|园区)[\u3400-\u9fff]{0,6}(?:区|园)$")
_LEVEL_OF = {"国务院": 0, "中央": 0, "国家": 0, "国": 0, "省": 1, "自治区": 1, "县": 3, "区": 3, "旗": 3}
# A clause that names who acts: it speaks for itself.
_ACTOR = re.compile(r"[\u3400-\u9fff（）、]{2,24}?(?:局|厅|委|部门|单位|政府|企业|机构|学校|办事处|财政|者|会|所|站)(?:要|应|必须|不得|自|将|负责|可|按|对|每|定期|会同|组织|牵头|统一|安排|下达|给予)")
# Those below are told to act as well: then the words bind not the superior alone.
_BELOW = re.compile(r"(?<![对将向])(?:各地|各县|各区|各市|各旗|各乡|各镇|各街道|(?<!各)县（|区县|县区|市县|市、县|县、乡|逐级|层层|各级)")


@dataclass(frozen=True)
class Issuer:
    """Whose a document above is."""

    level: str | None
    region: tuple[str, ...] = ()


@dataclass(frozen=True)
class DraftFacts:
    """What the scope of a draft is judged by; `issuers` are those of the documents above, by id."""

    level: str | None
    region: tuple[str, ...]
    issued_on: date | None
    text: str
    issuers: Mapping[str, Issuer] = field(default_factory=dict)

    def is_below(self, superior: Statement) -> bool:
        """Whether the draft is of a lower level than the document of an obligation."""
        above = self.issuers.get(superior.record.get("document", ""), Issuer(None)).level
        return self.level in LEVELS and above in LEVELS and LEVELS.index(self.level) > LEVELS.index(above)


def issuers_of(documents: Iterable[Mapping[str, Any]]) -> dict[str, Issuer]:
    """The issuers of stored documents by their id."""
    return {document["id"]: Issuer(document["level"], tuple(document["region"])) for document in documents}


def rank(words: str, issuer: Issuer) -> int:
    """Which place among the levels a word for one has (0 for the nation), as a notice of this issuer uses it.

    >>> rank("市", Issuer("provincial")), rank("市", Issuer("county")), rank("市", Issuer("provincial", ("北京市",)))
    (2, 3, 1)
    """
    if words not in ("市", "州", "盟"):
        return _LEVEL_OF.get(words, 2)
    if issuer.level == "provincial" and issuer.region and issuer.region[0].endswith("市"):
        return 1
    return 3 if issuer.level == "county" else 2


def not_applicable(superior: Statement, draft: DraftFacts, treated: bool = True) -> str | None:
    """Why an obligation does not concern the draft; None where it does. `treated`: the draft says something of it."""
    return _of_superior(superior, draft, treated) or _over(superior.record, draft.issued_on) or _elsewhere(fold(superior.text).text, draft)


_BEGIN = r"[，；。：！？,;:!?\n]"  # what a clause begins behind


def _opens(pattern: Pattern) -> bool:
    """Whether a rule's words open a clause; the others tell by `needs` where they may be met."""
    return "needs" not in pattern.fields


@cache
def _words(units: bool) -> re.Pattern[str]:
    """The words of which a text holds one where it may meet a rule within a clause; `units`: it names responsible ones."""
    worded = [pattern for pattern in load_patterns("scope") if not _opens(pattern) and (units or not pattern.fields.get("units_above"))]
    return re.compile("|".join(map(re.escape, sorted({word for pattern in worded for word in pattern.fields["needs"][0]}))))


@cache
def _openings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """All rules that open a clause in one: at a text's beginning, and within it."""
    sources = [re.sub(r"\(\?P<\w+>", "(?:", pattern.regex.pattern.removeprefix("^")) for pattern in load_patterns("scope") if _opens(pattern)]
    every = "|".join(f"(?:{source})" for source in sources)
    return re.compile(every), re.compile(f"{_BEGIN}(?:{every})")


def _rules_for(superior: Statement) -> list[Pattern]:
    """The rules that the obligation or one of its clauses may meet: mostly none, which must cost little."""
    text = fold(superior.text).text
    units = bool(superior.record["units"])
    first, later = _openings()
    opened = first.match(text) or later.search(text)
    worded = _words(units).search(text)
    if not opened and not worded:
        return []
    return [pattern for pattern in load_patterns("scope") if (opened if _opens(pattern) else worded and _may_meet(pattern, text, units))]


def _may_meet(pattern: Pattern, text: str, units: bool) -> bool:
    return (units or not pattern.fields.get("units_above")) and all(any(word in text for word in group) for group in pattern.fields["needs"])


def _of_superior(superior: Statement, draft: DraftFacts, treated: bool) -> str | None:
    """The reason where the sentence, or each of its clauses, is for a body above the draft's."""
    rules = _rules_for(superior)
    if not rules:
        return _total(superior, draft)
    core = superior.core
    if len(core) > 1:
        reasons = [_superior_clause(rules, clause.text, superior, draft, treated) for clause in core]
        if all(reasons):
            return reasons[0]
    if not any(_ACTOR.match(clause.text) for clause in core[1:]):  # whoever is named later is told to act as well
        reason = _superior_clause(rules, fold(superior.text).text, superior, draft, treated)
        if reason:
            return reason
    return _total(superior, draft)


def superior_clause(clause: str, superior: Statement, draft: DraftFacts, treated: bool = True) -> str | None:
    """Why words of an obligation are for a body above the draft's; None where they are not."""
    return _superior_clause(load_patterns("scope"), clause, superior, draft, treated)


def _superior_clause(rules: Sequence[Pattern], clause: str, superior: Statement, draft: DraftFacts, treated: bool) -> str | None:
    return next((reason for pattern in rules if (reason := _reason(pattern, clause, superior, draft, treated))), None)


def _reason(pattern: Pattern, text: str, superior: Statement, draft: DraftFacts, treated: bool) -> str | None:
    rules = pattern.fields
    if treated and rules.get("when") == "missing" or rules.get("alone") and _BELOW.search(text):
        return None
    found = pattern.regex.search(text)
    if found is None or not _mostly(text, found) or draft.level not in LEVELS:
        return None
    issuer = draft.issuers.get(superior.record.get("document", ""), Issuer(None))
    if "above" in rules:
        bound = draft.level in rules["above"]
    elif rules.get("units_above"):
        bound = _units_above(superior, issuer, draft)
    else:
        named = found.groupdict()
        words = named.get("whose") or named.get("whose_level") or ""
        bound = LEVELS.index(draft.level) - rank(words, issuer) >= rules.get("distance", 1)
    return f"{rules['reason']}。" if bound else None


_WHOSE = re.compile(r"(?:国务院|中央|国家|省|自治区|市|州|盟|县|区|旗)(?!场)")


def _units_above(superior: Statement, issuer: Issuer, draft: DraftFacts) -> bool:
    """Whether all the units named are of a level above the draft's, and some are named."""
    own = LEVELS.index(draft.level or "national")
    units = [unit["name"] for unit in superior.record["units"]]
    named = [_WHOSE.match(unit) for unit in units]
    return bool(units) and all(found and rank(found[0], issuer) < own for found in named)


def _total(superior: Statement, draft: DraftFacts) -> str | None:
    """The reason where the obligation is but the total of an area two or more levels above the draft's."""
    issuer = draft.issuers.get(superior.record.get("document", ""), Issuer(None))
    targets = superior.record["targets"]
    if draft.level not in LEVELS or issuer.level not in LEVELS or not targets:
        return None
    distant = LEVELS.index(draft.level) - LEVELS.index(issuer.level) >= 2
    if distant and len(superior.core) == 1 and all(counts_whole_area(target, superior) for target in targets) and _units_above(superior, issuer, draft):
        return "是上级辖区的总量，由上级统筹分解。"
    return None


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


def dropped_clauses(superior: Statement, draft: DraftFacts) -> frozenset[str]:
    """The clauses of an obligation that bind no more or bind a body above, though the rest of it binds the draft."""
    raws = [fold(d["raw"]).text for d in superior.record["deadlines"] if not d.get("inherited") and _past(d, draft.issued_on)]
    past = {clause.text for clause in superior.clauses if any(raw in clause.text for raw in raws)}
    if len(superior.core) > 1:
        # Weak reasons count here: beside a clause that binds the draft, the superior's own share is plainly another's.
        past |= {clause.text for clause in superior.core if _ACTOR.match(clause.text) and superior_clause(clause.text, superior, draft, False)}
    return frozenset(past)


def _elsewhere(text: str, draft: DraftFacts) -> str | None:
    zones = [zone for zone in _ZONE.findall(text) if not _GENERIC_ZONE.search(zone)] if "区" in text or "园" in text else []
    places = [place for place in _PLACE.findall(text) if regions_named(place, short=False)] if _AREA.search(text) else []
    names = zones if len(zones) >= 2 else places
    own = "".join(draft.region)
    known = [bare_place(name) for name in names]
    if not names or any(name in own or name in draft.text for name in known):
        return None
    return f"只涉及{'、'.join(names[:3])}等地，不约束本地。"
