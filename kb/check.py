"""The cross-check (对照检查): what a draft misses, weakens or contradicts of the documents above it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from extractors.mentions import Extraction
from ingest.document import Document
from ingest.limits import DEFAULT_LIMITS, Limits
from kb.align import Alignment, Draft
from kb.between import relate
from kb.check_claims import claims_of, settle_claims
from kb.check_parts import judge, left_out
from kb.check_sieve import MANY, of_the_matter
from kb.cited import check_citations
from kb.doubtful import mark_doubtful
from kb.errors import KbError
from kb.records import draft_json
from kb.scope import DraftFacts, issuers_of
from kb.statements import Statement, draft_statements
from kb.superiors import choose_superiors, named_superiors, place_draft
from kb.validity import Validity, validities
from kb.verdict import Finding
from kb.wording import Weights

if TYPE_CHECKING:
    from kb.store import Store

    Progress = Callable[[int, int], None]

_WORTH = {"covered": 1.0, "exceeds": 1.0, "partial": 0.5}


class CheckBase(Protocol):
    """What a check asks of a knowledge base."""

    def documents(self) -> Sequence[dict[str, Any]]: ...
    def all_obligations(self) -> Iterator[dict[str, Any]]: ...


def check(store: Store, path: str | Path, against: Sequence[str] | None = None, region: str | None = None, on_progress: Progress | None = None, limits: Limits = DEFAULT_LIMITS) -> dict[str, Any]:
    """A draft's file held against the documents above it; nothing of it is stored."""
    from extractors.pipeline import extract
    from kb.reading import read_source

    document = read_source(str(path), limits)
    extraction = extract(document)
    day = document.head.issued_on or document.head.printed_on or date.today()
    return check_draft(store, document, extraction, against, region, on_progress, validities(store, day))


def check_draft(
    store: CheckBase,
    document: Document,
    extraction: Extraction,
    against: Sequence[str] | None = None,
    region: str | None = None,
    on_progress: Progress | None = None,
    validity: Mapping[str, Validity] | None = None,
) -> dict[str, Any]:
    """A draft held against the documents with the ids `against`, else those above it on its subject, as `kb check --json` prints it.

    `validity` says by id how the stored documents stand at the draft's date; without it all are in force.
    """
    extraction = place_draft(extraction, region)
    draft = draft_json(document, extraction)
    documents = store.documents()
    choices = named_superiors(documents, draft, against, validity) if against else choose_superiors(documents, draft, document.source, validity)
    chosen = [choice.document["id"] for choice in choices if choice.used]
    statements = draft_statements(document, extraction)
    if not statements:
        raise KbError(document.source, "the draft has no sentence to check", "check that it is a notice and reads well: kb extract FILE")
    superiors = [Statement(record) for record in store.all_obligations() if record["document"] in set(chosen)]
    facts = _facts(document, extraction, documents)
    findings = relate(compare(superiors, statements, facts, on_progress), facts)
    findings = mark_doubtful(findings, statements, document.warnings)
    warnings = list(document.warnings)
    if not extraction.obligations:
        warnings.append("草案中没有读出任何要求，可能不是方案或通知，请核对文件。")
    return {
        "draft": draft,
        "against": chosen,
        "documents": [choice.to_json() for choice in choices],
        "coverage": coverage(findings),
        "warnings": warnings,
        "findings": [finding.to_json() for finding in findings],
        "citations": check_citations(documents, draft, validity),
    }


def _facts(document: Document, extraction: Extraction, documents: Sequence[dict[str, Any]]) -> DraftFacts:
    head = document.head
    return DraftFacts(extraction.level, extraction.region, head.issued_on or head.printed_on, document.text, issuers_of(documents))


def compare(superiors: Sequence[Statement], statements: Sequence[Statement], facts: DraftFacts, on_progress: Progress | None = None) -> list[Finding]:
    """The findings on the obligations, in the order given: one on each, or one on each part of it that fares differently.

    Nothing of it is cyclic: Python's search for cycles among all that a large base holds would cost an eighth of the time.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        return _compare(superiors, statements, facts, on_progress)
    finally:
        if searched:
            gc.enable()


def _compare(superiors: Sequence[Statement], statements: Sequence[Statement], facts: DraftFacts, on_progress: Progress | None) -> list[Finding]:
    sieved = _of_the_matter(superiors, statements)
    near = [superior for superior, kept in zip(superiors, sieved, strict=True) if kept]
    judged = iter(_compare_near(near, statements, facts))
    findings: list[Finding] = []
    for at, (superior, kept) in enumerate(zip(superiors, sieved, strict=True)):
        findings += next(judged) if kept else [left_out(superior, facts)]
        if on_progress:
            on_progress(at + 1, len(superiors))
    return findings


def _of_the_matter(superiors: Sequence[Statement], statements: Sequence[Statement]) -> list[bool]:
    """Which obligations are held closely against the draft: all, unless there are very many."""
    if len(superiors) <= MANY:
        return [True] * len(superiors)
    return of_the_matter([superior.text for superior in superiors], [str(superior.record["document"]) for superior in superiors], [statement.text for statement in statements])


def _compare_near(superiors: Sequence[Statement], statements: Sequence[Statement], facts: DraftFacts) -> Iterator[list[Finding]]:
    """The findings on each of the obligations that are held closely against the draft."""
    weights = Weights.of(clause.text for statement in (*superiors, *statements) for clause in statement.clauses)
    draft = Draft(statements, weights)
    alignment = Alignment(superiors, draft)
    targets = [target for statement in statements for target in statement.record["targets"]]
    settled = settle_claims([claims_of(at, superior, alignment, facts) for at, superior in enumerate(superiors)], [str(superior.record.get("document", "")) for superior in superiors])
    for superior, claims in zip(superiors, settled, strict=True):
        yield judge(superior, claims, draft, facts, targets)


def coverage(findings: Sequence[Finding]) -> float:
    """The share of the obligations that apply which the draft carries out, a part counting by its share; 1 where none applies."""
    worth: dict[str, list[tuple[float, float]]] = {}
    for finding in findings:
        if finding.status != "not_applicable":
            record = finding.superior.record
            worth.setdefault(record.get("obligation", record["id"]), []).append((finding.weight, _WORTH.get(finding.status, 0.0)))
    shares = [sum(weight * value for weight, value in parts) / sum(weight for weight, _ in parts) for parts in worth.values()]
    return round(sum(shares) / len(shares), 4) if shares else 1.0
