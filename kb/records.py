"""The JSON objects of the contract, and the rows they are stored as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from extractors.edition import edition
from extractors.mentions import Citation, Deadline, Extraction, Obligation, Target, Unit
from ingest.document import Document, Span
from kb.naming import number_key, region_key, short_title_key, title_key

Json = dict[str, Any]
_LISTS = ("issuing_organs", "recipients", "cc", "attachments", "contacts")
_PLAIN = ("title", "enclosed_title", "copy_number", "classification", "urgency", "document_number", "signatory", "document_type", "issued_on", "printed_on", "sponsor", "supervisor")
DOCUMENT_KEYS = (
    "id", "source", "sha256", "format", "title", "enclosed_title", "document_number", "issuing_organs", "level", "region", "adcode",
    "document_type", "issued_on", "printed_on", "effective_on", "expires_on", "recipients", "cc", "sponsor", "supervisor",
    "attachments", "contacts",
)  # fmt: skip


def iso(day: date | None) -> str | None:
    """A date as the contract prints it."""
    return day.isoformat() if day else None


def document_id(document: Document) -> str:
    """The same bytes have the same id, under whatever name they were read."""
    return (document.sha256 or sha256(document.text.encode()).hexdigest())[:16]


def obligation_ids(document: str, obligations: Iterable[Obligation]) -> list[str]:
    """Ids that stay while document and passage do, whatever else is found; a passage printed twice is counted."""
    seen: dict[str, int] = {}
    ids = []
    for obligation in obligations:
        words = "".join(obligation.text.split())
        seen[words] = seen.get(words, 0) + 1
        digest = sha256(f"{seen[words]} {words}".encode()).hexdigest()[:10]
        ids.append(f"{document}-{digest}")
    return ids


def document_row(document: Document, extraction: Extraction) -> Json:
    """A document as its row in `documents`."""
    head = document.head
    row: Json = {name: getattr(head, name) for name in _PLAIN}
    row |= {name: list(getattr(head, name)) for name in _LISTS}
    return row | {
        "id": document_id(document),
        "sha256": document.sha256,
        "source": document.source,
        "format": document.format,
        "title_key": title_key(head.title),
        "enclosed_title_key": title_key(head.enclosed_title),
        "short_title_key": short_title_key(head.title),
        "number_key": number_key(head.document_number),
        "level": extraction.level,
        "region": list(extraction.region),
        "region_key": region_key(extraction.region),
        "adcode": extraction.adcode,
        "effective_on": extraction.effective_on,
        "expires_on": extraction.expires_on,
        "pages": document.pages,
        "characters": len(document.text),
        "warnings": list(document.warnings),
        "head_spans": {name: [span.start, span.end] for name, span in head.spans.items()},
        "deadlines": [deadline_json(deadline) | {"rule": deadline.rule} for deadline in extraction.deadlines],
        "edition": edition(),
        "notes": dict(extraction.notes),
        "text": document.text,
    }


def document_json(row: Mapping[str, Any], citations: Sequence[Json]) -> Json:
    """A document as `kb export documents` prints it, from its row and its citations."""
    facts = {key: iso(value) if isinstance(value := row[key], date) else value for key in DOCUMENT_KEYS}
    return facts | {"citations": list(citations), "pages": row["pages"], "characters": row["characters"], "warnings": row["warnings"]}


def draft_json(document: Document, extraction: Extraction) -> Json:
    """A document that is not stored, as `kb export documents` would print it, its citations unresolved."""
    return document_json(document_row(document, extraction), [citation_json(citation) for citation in extraction.citations])


def document_summary(row: Mapping[str, Any]) -> Json:
    """What a list or a hit says of the document that a passage is from."""
    return {key: row[key] for key in ("id", "source", "title", "document_number", "level")} | {"issued_on": iso(row["issued_on"])}


def citation_json(citation: Citation, resolved: str | None = None) -> Json:
    """A citation of a document; `resolved` is the id of the stored document that it names."""
    place = _place(citation.span)
    return {"title": citation.title, "document_number": citation.document_number, "relation": citation.relation, **place, "resolved": resolved}


def obligation_json(identity: str, document: str, obligation: Obligation) -> Json:
    """An obligation as `kb export obligations` prints it."""
    return {
        "id": identity,
        "document": document,
        "kind": obligation.kind,
        "text": obligation.text,
        **_place(obligation.span),
        "page": obligation.page,
        "path": list(obligation.path),
        "units": [unit_json(unit) for unit in obligation.units],
        "deadlines": [deadline_json(deadline) for deadline in obligation.deadlines],
        "targets": [target_json(target) for target in obligation.targets],
        "parties": [party.name for party in obligation.parties],
        "citations": list(obligation.citations),
        "confidence": round(obligation.confidence, 4),
    }


def with_mark(found: Json, marks: Mapping[str, Sequence[str]]) -> Json:
    """An obligation or document with the names of the fields that a person corrected, where there are any."""
    fields = marks.get(found["id"])
    return found | {"corrected": list(fields)} if fields else found


def unit_json(unit: Unit) -> Json:
    """A responsible unit with its role."""
    return {"name": unit.name, "role": unit.role, "canonical": unit.canonical, "inherited": unit.inherited, **_place(unit.span)}


def deadline_json(deadline: Deadline) -> Json:
    """A deadline with both ends inclusive."""
    found: Json = {"raw": deadline.raw, "type": deadline.type, "start": iso(deadline.start), "end": iso(deadline.end)}
    found |= {"recurrence": deadline.recurrence, "inherited": deadline.inherited, **_place(deadline.span)}
    if deadline.event or deadline.reason:
        found |= {"event": deadline.event, "reason": deadline.reason}
    return found | ({"provisional": True} if deadline.provisional else {})


def target_json(target: Target) -> Json:
    """A target with its figures as numbers."""
    return {
        "raw": target.raw,
        "indicator": target.indicator,
        "comparator": target.comparator,
        "value": number(target.value),
        "upper": number(target.upper),
        "unit": target.unit,
        "reference": target.reference,
        "by": iso(target.by),
        **_place(target.span),
    }


def passage_json(passage: Any) -> Json:
    """What `kb extract --lines` prints of one passage (`extractors.pipeline.Passage`)."""
    return {
        "kind": passage.kind,
        "deadlines": [deadline_json(deadline) for deadline in passage.deadlines],
        "targets": [target_json(target) for target in passage.targets],
        "units": [unit_json(unit) for unit in passage.units],
        "citations": [citation.title or citation.document_number for citation in passage.citations],
        "parties": list(dict.fromkeys(party.name for party in passage.parties)),
    }


def number(value: float | None) -> float | int | None:
    """A figure without a decimal point where it has no decimals."""
    return int(value) if value is not None and value.is_integer() else value


def _place(span: Span) -> Json:
    return {"start_char": span.start, "end_char": span.end}


def structure_json(document: Document) -> list[Json]:
    """The blocks of a document in reading order, as `kb show --json` prints its structure."""
    return [
        {
            "kind": block.kind.value,
            "part": block.part.value,
            "notice": block.notice,
            "parent": block.parent,
            "level": block.level,
            "number": block.number,
            "heading": block.heading.of(document.text) if block.heading else None,
            "path": list(document.path(index)),
            **_place(block.span),
            "page": document.page_at(block.span.start),
        }
        for index, block in enumerate(document.blocks)
    ]
