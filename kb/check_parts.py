"""Parts (要求的各部分): the verdict on each clause of an obligation, then neighbours that fared alike told as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from extractors.folding import fold
from kb.align import Draft
from kb.check_claims import Claim, said_near
from kb.check_items import left_out as things_left_out
from kb.compare import Comparison, compare_deadlines, compare_terms, compare_units, join
from kb.figures import compare_targets, pair_targets, sets_same_figure
from kb.force import compare_force
from kb.narrowing import compare_scope
from kb.scope import DraftFacts, not_applicable, superior_clause
from kb.statements import Statement
from kb.verdict import Finding, status_of
from kb.wording import share, term_set

HANDLED = 0.45  # score of a clause's match from which the draft treats its matter
FORCE = 0.45  # a match from which its force is compared
ALIKE = 0.75  # the same below which words that name none of the things listed speak of something else
NAMED = 0.5  # share of an indicator's wording that names it
ASIDE = 14  # characters below which a part left out is told with its neighbour


def left_out(superior: Statement, facts: DraftFacts) -> Finding:
    """The finding on an obligation of whose matter the draft does not speak."""
    reason = not_applicable(superior, facts, treated=False)
    return Finding("not_applicable" if reason else "missing", superior, reason=reason or "")


def judge(superior: Statement, claims: Sequence[Claim], draft: Draft, facts: DraftFacts, targets: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """The findings on one obligation, in reading order: one where all of it fares alike."""
    reason = not_applicable(superior, facts)
    if reason:
        return [Finding("not_applicable", superior, reason=reason)]
    ends = [claim.clause for claim in claims[1:]] + [len(superior.clauses)]
    parts: list[tuple[int, int, Finding]] = []
    for at, (claim, end) in enumerate(zip(claims, ends, strict=True)):
        first = claim.clause if at else 0
        parts.append((first, end - 1, _judge_part(superior, superior.part(first, end - 1), claim, draft, facts, targets)))
    if all(found.status == "missing" for _, _, found in parts):
        weak = not_applicable(superior, facts, treated=False)
        score = max(found.score for _, _, found in parts)
        return [Finding("not_applicable" if weak else "missing", superior, score=score, reason=weak or "")]
    return _told(superior, _merged(superior, parts))


def _judge_part(superior: Statement, part: Statement, claim: Claim, draft: Draft, facts: DraftFacts, targets: Sequence[Mapping[str, Any]]) -> Finding:
    clause = superior.clauses[claim.clause]
    match = claim.match
    weight = max(sum(draft.weights[term] for term in term_set(clause.text)), 0.1)
    if not claim.binds:
        reason = superior_clause(clause.text, superior, facts, False) or "规定的期限早已届满，阶段任务到期。"
        return Finding("not_applicable", part, reason=reason, weight=weight)
    if match.sentence is None or match.score < HANDLED:
        return Finding("missing", part, score=match.score, weight=weight)
    missed = things_left_out(clause.text, match, draft)
    if missed.all_of_one and match.score < ALIKE:
        return Finding("missing", part, score=match.score, weight=weight)
    found = draft.statements[match.sentence]
    near = [found.part(match.clause, match.clause)]
    forces = [
        compare_force(superior, clause, found, at, _sets_figure(superior, clause.text)) for at in said_near(draft, superior, claim) if match.score >= FORCE
    ]
    if _other_indicator(part, match.score, found, near[0], targets, draft):
        return Finding("missing", part, score=match.score, weight=weight)
    figures = compare_targets(part, [found], targets, draft.weights, facts.is_below(superior), near[0], superior.text)
    dates = [compare_deadlines(part, near, draft.item(found)), compare_terms(part, [found], draft.weights)]
    if near[0].record["targets"] and part.record["targets"] and len(figures.conflicts) == len(part.record["targets"]) and _none_set(figures):
        dates = []  # the date beside it is that of the draft's other figure
    compared = join([figures, *dates, compare_units(part, [found]), *forces, compare_scope(superior, clause, found, match.clause)])
    return _verdict(part, found, compared, missed.things, match.score, weight)


def _none_set(figures: Comparison) -> bool:
    """Whether the draft sets none of the figures compared."""
    return all(conflict.type == "target_missing" for conflict in figures.conflicts)


def _other_indicator(part: Statement, score: float, found: Statement, clause: Statement, targets: Sequence[Mapping[str, Any]], draft: Draft) -> bool:
    """Whether a figure is asked for whose indicator the matched sentence does not name: it speaks of another one."""
    indicators = [target["indicator"] for target in part.record["targets"] if target.get("indicator")]
    if not indicators or score >= ALIKE or pair_targets(part.record["targets"], targets, draft.weights, later=True):
        return False
    if sets_same_figure(part.record["targets"], clause):
        return False
    return all(share(term_set(indicator), found.terms, draft.weights) < NAMED for indicator in indicators)


def _verdict(part: Statement, found: Statement, compared: Comparison, missed: tuple[str, ...], score: float, weight: float) -> Finding:
    status = status_of(compared.conflicts, bool(missed), bool(compared.stricter))
    return Finding(status, part, (found,), compared.conflicts, missed, compared.stricter, score, weight=weight)


def _sets_figure(superior: Statement, clause: str) -> bool:
    """Whether a clause states a target: its figure is compared, not its words."""
    return any(fold(target["raw"]).text in clause or clause in fold(target["raw"]).text for target in superior.record["targets"])


# --- neighbours told as one ---

Part = tuple[int, int, Finding]


def _merged(superior: Statement, parts: Sequence[Part]) -> list[Part]:
    """The parts with those joined that fared alike, and with short ones left out told beside what is carried out."""
    joined = _joined(superior, parts)
    told: list[Part] = []
    for at, part in enumerate(joined):
        if at and _aside(part) and told[-1][2].status in {"covered", "exceeds", "partial"}:
            told[-1] = _with_aside(superior, told[-1], part)
        else:
            told.append(part)
    return _joined(superior, told)


def _aside(part: Part) -> bool:
    found = part[2]
    return found.status == "missing" and len(found.superior.text) < ASIDE and not found.superior.record["targets"]


def _with_aside(superior: Statement, part: Part, aside: Part) -> Part:
    first, _, finding = part
    missed = (*finding.left_out, aside[2].superior.text.rstrip("，。；,;"))
    whole = replace(finding, status="partial", superior=superior.part(first, aside[1]), left_out=missed, weight=finding.weight + aside[2].weight)
    return first, aside[1], whole


def _joined(superior: Statement, parts: Sequence[Part]) -> list[Part]:
    joined: list[Part] = []
    for part in parts:
        before = joined[-1][2] if joined else None
        if before and before.status == part[2].status and before.types == part[2].types and before.reason == part[2].reason:
            joined[-1] = _join(superior, joined[-1], part)
        else:
            joined.append(part)
    return joined


def _join(superior: Statement, one: Part, other: Part) -> Part:
    first, last, ours, theirs = one[0], other[1], one[2], other[2]
    weight = ours.weight + theirs.weight
    return first, last, replace(
        ours,
        superior=superior.part(first, last),
        places=tuple({place.record["start_char"]: place for place in (*ours.places, *theirs.places)}.values()),
        conflicts=tuple(dict.fromkeys((*ours.conflicts, *theirs.conflicts))),
        left_out=tuple(dict.fromkeys((*ours.left_out, *theirs.left_out))),
        stricter=tuple(dict.fromkeys((*ours.stricter, *theirs.stricter))),
        score=(ours.score * ours.weight + theirs.score * theirs.weight) / weight,
        weight=weight,
    )


_WORST = ("conflict", "missing", "partial", "exceeds", "covered", "not_applicable")


def _told(superior: Statement, parts: Sequence[Part]) -> list[Finding]:
    """The findings; where there are several, the gravest bears the obligation's id, and each says what it is part of."""
    if len(parts) == 1:
        return [parts[0][2]]
    identity = superior.record["id"]
    gravest = min(range(len(parts)), key=lambda at: _WORST.index(parts[at][2].status))
    findings = []
    for at, (_, _, finding) in enumerate(parts):
        own = identity if at == gravest else f"{identity}#{at + 1}"
        record = {**finding.superior.record, "id": own, "obligation": identity, "sentence": superior.text}
        findings.append(replace(finding, superior=Statement(record)))
    return findings
