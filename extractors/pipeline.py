"""The pipeline: a document in, all that was found in it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractors.binding import bind_target
from extractors.citation_merge import merge_citations
from extractors.findings import Findings
from extractors.jurisdiction import Jurisdiction, resolve_jurisdiction
from extractors.mentions import Citation, Context, Deadline, Extraction, Kind, Party, Target, Unit
from extractors.numerals import parse_year
from extractors.obligations import Found, assemble
from extractors.organs import resolve_unit
from extractors.sentences import plain_document
from extractors.validity import find_validity
from ingest.document import Document, Head, Part

STRENGTH: tuple[Kind, ...] = ("prohibition", "duty", "target", "support", "encouragement")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2}) ?年")
_NUMBER_YEAR = re.compile(r"[〔\[【(（]\s*((?:19|20)\d{2})\s*[〕\]】)）]")


@dataclass(frozen=True, slots=True)
class Passage:
    """What is found in a bare text; `kind` is the strongest thing that it says, None where it asks nothing."""

    kind: Kind | None
    deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    units: tuple[Unit, ...]
    citations: tuple[Citation, ...]
    parties: tuple[Party, ...]


def year_of(head: Head, text: str, body_start: int = 0) -> int | None:
    """The year that a date without one is meant in: the notice's own, as far as the notice tells.

    Its date, else its number, else its title, else the first year in full that its body prints.
    """
    own = head.issued_on or head.printed_on
    if own is not None:
        return own.year
    number = _NUMBER_YEAR.search(head.document_number or "")
    if number:
        return parse_year(number[1])
    found = _YEAR.search(head.title or "") or _YEAR.search(text, body_start)
    return parse_year(found[1]) if found else None


def make_context(document: Document, jurisdiction: Jurisdiction) -> Context:
    """What the mentions of a document are resolved with."""
    body = next((block.span.start for block in document.blocks if block.part is Part.BODY), 0)
    year = year_of(document.head, document.text, body)
    issued = document.head.issued_on or document.head.printed_on
    guessed = year is not None and year_of(document.head, "") is None
    return Context(issued, year, jurisdiction.level, jurisdiction.region, tuple(document.head.issuing_organs), guessed)


def extract(document: Document) -> Extraction:
    """Everything found in `document`: obligations with what belongs to them, citations, jurisdiction, validity.

    Offsets are code points of `document.text`. Never raises on any text.
    """
    jurisdiction = resolve_jurisdiction(document.head, document.text)
    context = make_context(document, jurisdiction)
    findings = Findings(document, context)
    names = {name: resolve_unit(name, context) for name in {unit.name for unit in findings.units}}
    found = Found(
        sentences=findings.judged,
        deadlines=findings.deadlines,
        targets=findings.targets,
        units=[replace(unit, canonical=names[unit.name]) for unit in findings.units],
        citations=findings.citations,
        parties=findings.parties,
        unit_lines=findings.unit_lines,
        date_lines=findings.date_lines,
        convention=findings.convention,
        list_notes=findings.list_notes,
    )
    validity = find_validity(findings.folded, context)
    return Extraction(
        obligations=assemble(document, found, context),
        citations=tuple(merge_citations(_printed_in_body(found.citations, document), document.head)),
        level=jurisdiction.level,
        region=jurisdiction.region,
        adcode=jurisdiction.adcode,
        effective_on=validity.effective_on,
        expires_on=validity.expires_on,
        deadlines=tuple(found.deadlines),
    )


def _printed_in_body(citations: Sequence[Citation], document: Document) -> list[Citation]:
    """The citations of the body: what head, titles and imprint name is the notice itself."""
    kept = []
    for citation in citations:
        index = document.block_at(citation.span.start)
        if index is None or document.blocks[index].part in (Part.BODY, Part.NOTE):
            kept.append(citation)
    return kept


def extract_passage(text: str, issued_on: date | None = None, region: Sequence[str] = ()) -> Passage:
    """What is found in a bare `text`, with the date and region of the notice that it is from, where they are known."""
    context = Context(issued_on, issued_on.year if issued_on else None, None, tuple(region))
    found = Findings(plain_document(text), context)
    asked = {sentence.kind for sentence in found.judged}
    return Passage(
        kind=next((kind for kind in STRENGTH if kind in asked), None),
        deadlines=tuple(found.deadlines),
        targets=tuple(bind_target(target, found.deadlines, (), found.targets, text) for target in found.targets),
        units=tuple(replace(unit, canonical=resolve_unit(unit.name, context)) for unit in found.units),
        citations=tuple(merge_citations(found.citations, Head())),
        parties=tuple(party for parties in found.parties for party in parties),
    )
