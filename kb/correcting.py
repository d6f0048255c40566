"""Correcting (更正): the acts of a person on what was extracted, each one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from extractors.mentions import Context
from kb import store_corrections
from kb.corrections import DOCUMENT_FIELDS, OBLIGATION_FIELDS, document_value, obligation_value
from kb.errors import UnknownDocument, UsageError
from kb.records import Json
from kb.store import Store

_ONE = {"unit": "units", "deadline": "deadlines", "target": "targets", "party": "parties"}


@dataclass(frozen=True, slots=True)
class Place:
    """What is corrected: a document or obligation, and which of its fields."""

    target: str
    identity: str
    document: str
    field: str


def find_place(store: Store, name: str, field: str) -> Place:
    """The document or obligation that goes by `name`, and a field that it has; raises `UsageError` for any other field."""
    field = _ONE.get(field, field)
    held = store.obligations([name])
    target, known = ("obligation", OBLIGATION_FIELDS) if held else ("document", DOCUMENT_FIELDS)
    try:
        identity = name if held else store.find_document(name)
    except UnknownDocument as error:
        raise UnknownDocument(name, "no obligation or document goes by this", "`kb obligations --json` and `kb documents` list ids") from error
    if field not in known:
        raise UsageError(field, f"no field of a{'n' if held else ''} {target} that can be corrected", f"one of {', '.join(known)}")
    return Place(target, identity, held[0]["document"] if held else identity, field)


def correct(store: Store, name: str, field: str, raw: str, who: str, why: str | None, at: str) -> Json:
    """Set a field; gives the object as it now is."""
    place = find_place(store, name, field)
    if place.target == "obligation":
        [obligation] = store.obligations([place.identity])
        [document] = store.documents([place.document])
        value: Any = obligation_value(place.field, raw, obligation, context_of(document))
    else:
        value = document_value(place.field, raw)
    with store.writing(touched=[place.document]) as connection:
        store_corrections.record(connection, place.target, place.identity, place.field, value, who, why, at)
    return shown(store, place)


def undo(store: Store, name: str, field: str, who: str, at: str) -> Json:
    """Take the newest correction of a field back; gives the object as it now is."""
    place = find_place(store, name, field)
    with store.writing(touched=[place.document]) as connection:
        if store_corrections.withdraw(connection, place.target, place.identity, place.field, who, at) is None:
            raise UsageError(f"{name} {place.field}", "was never corrected", "`kb correct --list` shows what was")
    return shown(store, place)


def shown(store: Store, place: Place) -> Json:
    """The corrected object as exports print it."""
    found = store.obligations([place.identity]) if place.target == "obligation" else store.documents([place.identity])
    return found[0]


def list_corrections(store: Store) -> list[Json]:
    """The corrections that hold, each with whether its passage is in the base as it is now."""
    with store.reading() as connection:
        found = store_corrections.active(connection)
    ids = {row["obligation_id"] or row["document_id"] for row in found}
    placed = {row["id"] for row in store.obligations(sorted(ids))} | {row["id"] for row in store.documents(sorted(ids))}
    keys = ("id", "target", "document_id", "obligation_id", "field", "value", "original", "who", "why", "made_at", "passage")
    return [{key: row[key] for key in keys} | {"placed": (row["obligation_id"] or row["document_id"]) in placed} for row in found]


def context_of(document: Mapping[str, Any]) -> Context:
    """What a document's mentions are resolved with."""
    issued = date.fromisoformat(document["issued_on"]) if document["issued_on"] else None
    return Context(issued, issued.year if issued else None, document["level"], tuple(document["region"]), tuple(document["issuing_organs"] or ()))
