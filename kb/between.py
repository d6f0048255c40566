"""Between the documents above (上位文件之间): where one asks more than another of the same matter, or contradicts it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kb.compare import compare_deadlines, compare_terms, join
from kb.figures import compare_targets
from kb.pairing import likely_pairs
from kb.scope import DraftFacts
from kb.statements import Statement
from kb.superiors import LEVEL, LEVELS
from kb.verdict import Finding
from kb.wording import Weights

SAME = 0.55  # likeness from which two obligations are of one matter
_GRAVE = {"target_weaker", "deadline_later"}


def relate(findings: Sequence[Finding], facts: DraftFacts) -> list[Finding]:
    """The findings, each with what other documents above say of its matter in figures and dates.

    Of a lower level's document that asks more, the other is told to stand under it; where it asks less, both are told.
    """
    by_document: dict[str, list[int]] = defaultdict(list)
    for at, finding in enumerate(findings):
        record = finding.superior.record
        if finding.status != "not_applicable" and (record["targets"] or record["deadlines"]):
            by_document[str(record.get("document", ""))].append(at)
    ranked = sorted((name for name in by_document if _rank(name, facts) is not None), key=lambda name: (_rank(name, facts), name))
    if len(ranked) < 2:
        return list(findings)
    weights = Weights.of(findings[at].superior.text for name in ranked for at in by_document[name])
    told = list(findings)
    for number, upper in enumerate(ranked):
        below = [at for name in ranked[number + 1 :] if _rank(name, facts) != _rank(upper, facts) for at in by_document[name]]
        pairs = likely_pairs([findings[at].superior for at in by_document[upper]], [findings[at].superior for at in below], weights)
        taken: set[tuple[int, str]] = set()
        used: set[int] = set()
        for score, ours, theirs in pairs:
            one, other = by_document[upper][ours], below[theirs]
            document = str(findings[other].superior.record["document"])
            if score >= SAME and (one, document) not in taken and other not in used:
                taken.add((one, document))
                used.add(other)
                _note(told, one, other, facts, weights)
    return told


def _rank(name: str, facts: DraftFacts) -> int | None:
    issuer = facts.issuers.get(name)
    return LEVELS.index(issuer.level) if issuer and issuer.level in LEVELS else None


def _note(told: list[Finding], upper: int, lower: int, facts: DraftFacts, weights: Weights) -> None:
    """Write on both findings what the other one says, where the two differ in a figure or a date."""
    above, below = told[upper].superior, told[lower].superior
    if _stage(above) != _stage(below):
        return  # figures of two stages
    terms = join([compare_targets(above, [below], [], weights, below=True), compare_terms(above, [below], weights), compare_deadlines(above, [below])])
    names = [LEVEL[facts.issuers[str(one.record["document"])].level or "national"] for one in (above, below)]
    less = next((conflict for conflict in terms.conflicts if conflict.type in _GRAVE), None)
    if less:
        words = f"{names[0]}文件规定“{less.superior}”，{names[1]}文件规定“{less.draft}”，两者不一致，请核实后从严执行。"
        for one, other in ((upper, lower), (lower, upper)):
            told[one] = _with(told[one], "contradicts", told[other], words)
    elif terms.stricter:
        told[upper] = _with(told[upper], "stricter", told[lower], f"{names[1]}文件对同一事项要求更严，以其为准：“{below.text}”。")
        told[lower] = _with(told[lower], "goes beyond", told[upper], f"{names[0]}文件对同一事项的规定为“{above.text}”，{names[1]}文件更严。")


def _stage(statement: Statement) -> set[str]:
    """The dates that a statement's figures are due by."""
    return {str(target["by"]) for target in statement.record["targets"] if target.get("by")}


def _with(finding: Finding, relation: str, other: Finding, words: str) -> Finding:
    note = {"relation": relation, "obligation": str(other.superior.record["id"]), "document": str(other.superior.record["document"]), "explanation": words}
    return replace(finding, see=(*finding.see, note))
