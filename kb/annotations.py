"""Annotations (标注): corrected documents in the form of the annotation standard, so that corrections become test cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extractors.sentences import find_item_lines, split_sentences
from kb import store_corrections
from kb.filters import Filters
from kb.records import Json
from kb.store import Store

_DOCUMENT = (
    "title", "enclosed_title", "document_number", "issuing_organs", "level", "region", "document_type", "issued_on", "printed_on",
    "effective_on", "expires_on", "recipients", "cc", "sponsor", "supervisor", "attachments", "contacts",
)  # fmt: skip
_STRENGTH = ("prohibition", "duty", "target", "support", "encouragement")


def annotate_all(store: Store) -> list[Json]:
    """Every document that a correction is of, whole, as it reads with its corrections."""
    with store.reading() as connection:
        ids = dict.fromkeys(row["document_id"] for row in store_corrections.active(connection))
    return [annotate(store, document) for document in store.documents(list(ids))]


def annotate(store: Store, document: Mapping[str, Any]) -> Json:
    """One document in the form of the standard."""
    held = store.find_obligations(Filters(documents=(document["id"],)))
    return {
        "file": str(document["source"]).replace("\\", "/").rsplit("/", 1)[-1],
        "document": {key: document[key] for key in _DOCUMENT},
        "citations": [{key: citation[key] for key in ("title", "document_number", "relation")} for citation in document["citations"]],
        "deadlines": _unique(held, "deadlines", ("raw", "type", "start", "end", "recurrence")),
        "targets": _unique(held, "targets", ("raw", "indicator", "comparator", "value", "upper", "unit", "reference", "by")),
        "assignments": list(_assignments(held)),
        "sentences": list(_sentences(store, str(document["id"]), held)),
    }


def _unique(held: Sequence[Json], key: str, keys: Sequence[str]) -> list[Json]:
    """The mentions of all obligations in reading order, each printed one once."""
    mentions = {(one["start_char"], one["end_char"], one["raw"]): one for obligation in held for one in obligation[key]}
    return [{name: mention[name] for name in keys} for _, mention in sorted(mentions.items(), key=lambda pair: pair[0])]


def _assignments(held: Sequence[Json]) -> Iterator[Json]:
    """One entry for each item (the innermost heading) and date, or sentence with subjects of its own."""
    items: dict[tuple[str, tuple[tuple[str, str], ...], str | None], None] = {}
    for obligation in held:
        shared = [unit for unit in obligation["units"] if unit["inherited"]]
        own = [unit for unit in obligation["units"] if not unit["inherited"]]
        dates = {True: _end(obligation, True), False: _end(obligation, False)}
        if shared or dates[True]:
            items[obligation["path"][-1] if obligation["path"] else obligation["text"], _names(shared), dates[True]] = None
        if own or dates[False]:
            items[obligation["text"], _names(own), dates[False]] = None
    for item, units, end in items:
        yield {"item": item, "units": [{"name": name, "role": role} for name, role in units], "end": end}


def _end(obligation: Mapping[str, Any], inherited: bool) -> str | None:
    return next((str(one["end"]) for one in obligation["deadlines"] if one["end"] and one["inherited"] == inherited), None)


def _names(units: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((str(unit["name"]), str(unit["role"])) for unit in units))


def _sentences(store: Store, identity: str, held: Sequence[Json]) -> Iterator[Json]:
    """Every sentence of the body with the strongest thing that it says and whom it binds; `none` where it asks nothing."""
    document = store.load(identity)
    for sentence in split_sentences(document, find_item_lines(document.text)):
        span = sentence.span
        inside = [one for one in held if one["start_char"] < span.end and span.start < one["end_char"]]
        kinds = sorted((one["kind"] for one in inside), key=_STRENGTH.index)
        parties = list(dict.fromkeys(party for one in inside for party in one["parties"]))
        yield {"text": span.of(document.text), "kind": kinds[0] if kinds else "none", "parties": parties}
