"""Verdicts: what the draft makes of one obligation above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from extractors.folding import fold
from kb.align import Draft, Match
from kb.clauses import Clause, listed_items
from kb.compare import (
    Comparison,
    Conflict,
    compare_deadlines,
    compare_terms,
    compare_units,
    functions_of,
    join,
)
from kb.figures import compare_targets
from kb.force import compare_force
from kb.scope import DraftFacts, dropped_clauses, not_applicable
from kb.statements import Statement
from kb.wording import share, term_set

Status = Literal["covered", "partial", "missing", "conflict", "exceeds", "not_applicable"]
# These rest on checks of four drafts (three of counties or districts, one of a township; 362 verdicts marked by hand) and are
# round numbers: a tenth more or less of any moves neither the right verdicts nor the alarms' F1 of a draft by more than 0.04.
HANDLED = 0.45  # share of a clause's wording found from which the draft treats its matter
ABSENT = 0.3  # the same below which it is left out; in between nobody can tell from the words
ITEM = 0.25  # the same for one thing of a list
LEFT_OUT = 0.25  # share of the clauses' weight whose absence makes a sentence partly covered
HARDLY = 0.35  # mean share below which a stray match carries nothing out
STRONG = 0.75  # a match this close to the best one speaks for dates, figures and units
FORCE = 0.45  # a match from which its force is compared
SURE = 0.95  # a claim that nobody can doubt; weaker ones may share the words
RIVALRY = 1.5  # how much a better claim of another obligation takes from a match
_GRAVE = {"target_weaker", "deadline_later", "kind_weaker"}


@dataclass(frozen=True)
class Finding:
    """What one obligation comes to in the draft."""

    status: Status
    superior: Statement
    places: tuple[Statement, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    left_out: tuple[str, ...] = ()
    stricter: tuple[str, ...] = ()
    score: float = 0.0
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "severity": severity(self),
            "superior": dict(self.superior.record),
            "draft": [statement.place() for statement in self.places],
            "conflicts": [conflict.to_json() for conflict in self.conflicts],
            "score": round(self.score, 3),
            "advice": advice(self),
        }


Matches = Sequence[tuple[Clause, Match]]


def match_clauses(superior: Statement, draft: Draft, facts: DraftFacts) -> Matches:
    """Each clause of an obligation that still binds, with the place in the draft that carries it out best."""
    dropped = dropped_clauses(superior, facts)
    asked = [clause for clause in superior.core if clause.text not in dropped] or superior.core
    same = draft.same(superior)
    if same is not None:
        return [(clause, Match(1.0, same, superior.clauses.index(clause))) for clause in asked]
    return _match(asked, draft)


def settle_claims(every: Sequence[Matches]) -> list[Matches]:
    """The matches of all obligations, each discounted by how much better another obligation claims the same words.

    What a draft says to carry out one requirement does not carry out another one that it only resembles.
    """
    claims: dict[tuple[int | None, int], list[tuple[float, int]]] = {}
    for at, matches in enumerate(every):
        for _, match in matches:
            claims.setdefault((match.sentence, match.clause), []).append((match.score, at))
    settled: list[Matches] = []
    for at, matches in enumerate(every):
        own = []
        for clause, match in matches:
            rivals = claims[match.sentence, match.clause]
            best = max((score for score, other in rivals if other != at and score >= SURE), default=0.0)
            own.append((clause, replace(match, score=match.score * (1 - RIVALRY * max(0.0, best - match.score)))))
        settled.append(own)
    return settled


def judge(superior: Statement, matches: Matches, draft: Draft, facts: DraftFacts, targets: Sequence[Mapping[str, Any]]) -> Finding:
    """The finding on one obligation, given what its clauses match."""
    reason = not_applicable(superior, facts)
    if reason:
        return Finding("not_applicable", superior, reason=reason)
    weights = {clause: max(sum(draft.weights[term] for term in term_set(clause.text)), 0.1) for clause, _ in matches}
    handled = [(clause, match) for clause, match in matches if match.sentence is not None and match.score >= HANDLED]
    total = sum(weights.values())
    score = sum(weights[clause] * min(match.score, 1.0) for clause, match in matches) / total
    if not handled or score < HARDLY:
        reason = not_applicable(superior, facts, treated=False)
        return Finding("not_applicable" if reason else "missing", superior, score=score, reason=reason or "")
    best = max(match.score for _, match in handled)
    places = _places([pair for pair in handled if pair[1].score >= STRONG * best], draft)
    compared = _compare(_binding_part(superior, [clause for clause, _ in matches]), handled, places, draft, targets, facts)
    absent = [clause for clause, match in matches if match.score < ABSENT]
    items = _items_left_out(handled, draft)
    status = _status(compared, sum(weights[clause] for clause in absent) / total, bool(items))
    left_out = (*(clause.text for clause in absent), *items)
    return Finding(status, superior, places, compared.conflicts, left_out, compared.stricter, score)


def _match(asked: Sequence[Clause], draft: Draft) -> list[tuple[Clause, Match]]:
    """Each clause with its match; when one sentence carries the obligation out best, the others look beside it first."""
    alone = [draft.find(clause) for clause in asked]
    surest = max(alone, key=lambda match: match.score)
    if surest.score < HANDLED or len(alone) == 1:
        return list(zip(asked, alone, strict=True))
    return [(clause, draft.find(clause, surest.sentence)) for clause in asked]


def _places(handled: Sequence[tuple[Clause, Match]], draft: Draft) -> tuple[Statement, ...]:
    found = sorted({match.sentence for _, match in handled if match.sentence is not None})
    return tuple(draft.statements[at] for at in found)


def _binding_part(superior: Statement, asked: Sequence[Clause]) -> Statement:
    """The obligation without the figures and dates of those clauses that the draft need not carry out."""
    dropped = [clause.text for clause in superior.core if clause not in asked]
    if not dropped:
        return superior

    def binds(found: Mapping[str, Any]) -> bool:
        return bool(found.get("inherited")) or not any(fold(found["raw"]).text in words for words in dropped)

    return Statement({**superior.record, **{key: list(filter(binds, superior.record[key])) for key in ("targets", "deadlines")}})


def _compare(
    superior: Statement,
    handled: Sequence[tuple[Clause, Match]],
    places: Sequence[Statement],
    draft: Draft,
    targets: Sequence[Mapping[str, Any]],
    facts: DraftFacts,
) -> Comparison:
    forces = [
        compare_force(superior, clause, draft.statements[match.sentence], at, _sets_figure(superior, clause))
        for clause, match in handled
        for at in draft.said_near(clause, match)
        if match.sentence is not None and match.score >= FORCE
    ]
    figures = compare_targets(superior, places, targets, draft.weights, facts.is_below(superior))
    item = [statement for statement in draft.statements if statement.path and any(statement.path == place.path for place in places)]
    dates = (compare_deadlines(superior, places, item), compare_terms(superior, places, draft.weights))
    return join([figures, *dates, compare_units(superior, places), *forces])


def _sets_figure(superior: Statement, clause: Clause) -> bool:
    """Whether a clause states a target: its figure is compared, not its words."""
    return any(fold(target["raw"]).text in clause.text or clause.text in fold(target["raw"]).text for target in superior.record["targets"])


def _items_left_out(handled: Sequence[tuple[Clause, Match]], draft: Draft) -> list[str]:
    """The things that a clause lists and none of the sentences that carry the obligation out names."""
    places = _places(handled, draft)
    given = frozenset().union(*(statement.terms for statement in places))
    words = "\n".join(fold(statement.text).text for statement in places)
    organs = frozenset().union(*(functions_of(unit["name"]) for statement in places for unit in statement.record["units"]))
    listed = [item for clause, _ in handled for item in listed_items(clause.text) if item not in words and not functions_of(item) & organs]
    return [item for item in listed if share(term_set(item), given, draft.weights) < ITEM]


def _status(compared: Comparison, absent: float, items: bool) -> Status:
    types = {conflict.type for conflict in compared.conflicts}
    if types & _GRAVE:
        return "conflict"
    if types or items or absent >= LEFT_OUT:
        return "partial"
    return "exceeds" if compared.stricter else "covered"


def severity(finding: Finding) -> Literal["high", "medium", "low"]:
    """How much a drafter should mind."""
    binding = finding.superior.kind in {"duty", "prohibition", "target"}
    if finding.status == "conflict" or finding.status == "missing" and finding.superior.kind in {"prohibition", "target"}:
        return "high"
    if finding.status == "missing":
        return "medium" if binding else "low"
    return "medium" if finding.status == "partial" and binding else "low"


def advice(finding: Finding) -> str:
    """What to do, in one sentence for the drafter."""
    if finding.status == "not_applicable":
        return finding.reason
    if finding.status == "missing":
        return "草案没有对应内容，建议补充这一要求或说明不适用的理由。"
    parts = [conflict.explanation.rstrip("。") for conflict in finding.conflicts]
    if finding.left_out:
        parts.append("草案漏了“" + "”“".join(finding.left_out[:4]) + "”")
    if parts:
        return "；".join(parts) + "，建议修改或补充。"
    if finding.status == "exceeds":
        return "；".join(finding.stricter) + "，无需修改。"
    return "草案已落实这一要求，无需修改。"
