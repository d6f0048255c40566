"""Corrections in the base: kept in their own table, laid over the extracted rows, placed again in every new reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, delete, select, update

from kb.corrections import belongs_to, find_passage
from kb.records import Json
from kb.schema import (
    documents,
    obligation_deadlines,
    obligation_parties,
    obligation_targets,
    obligation_units,
    obligations,
)
from kb.schema_people import corrections
from kb.store_documents import names_of
from kb.store_ledger import insert_ledger

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

_TABLES = {"units": obligation_units, "deadlines": obligation_deadlines, "targets": obligation_targets, "parties": obligation_parties}
_ANCHORS = ("locations", "number_key", "title_key", "passage", "path", "start_char")


def active(connection: Connection) -> list[Json]:
    """The corrections that hold, the oldest first."""
    query = select(corrections).where(corrections.c.withdrawn_at.is_(None)).order_by(corrections.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def marks(connection: Connection) -> dict[str, list[str]]:
    """The corrected fields of each document and obligation, by its id."""
    query = select(corrections.c.document_id, corrections.c.obligation_id, corrections.c.field).where(corrections.c.withdrawn_at.is_(None))
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in connection.execute(query.order_by(corrections.c.id)):
        fields = found[row.obligation_id or row.document_id]
        if row.field not in fields:
            fields.append(row.field)
    return dict(found)


def record(connection: Connection, target: str, identity: str, field: str, value: Any, who: str, why: str | None, made_at: str) -> None:
    """Keep a correction and lay it over what was extracted."""
    document = str(connection.execute(select(obligations.c.document_id).where(obligations.c.id == identity)).scalar()) if target == "obligation" else identity
    older = _newest(connection, target, identity, field)
    original = older["original"] if older else held(connection, target, identity, field, value)
    row = {"target": target, "document_id": document, "obligation_id": identity if target == "obligation" else None, "field": field, "value": value}
    row |= {"original": original, "who": who, "why": why, "made_at": made_at} | _anchors(connection, document, identity if target == "obligation" else None)
    connection.execute(corrections.insert(), [row])
    lay(connection, target, identity, field, value)


def withdraw(connection: Connection, target: str, identity: str, field: str, who: str, at: str) -> Json | None:
    """Take the newest correction of a field back: the one before it holds again, else what was extracted; None where there is none."""
    newest = _newest(connection, target, identity, field)
    if newest is None:
        return None
    connection.execute(update(corrections).where(corrections.c.id == newest["id"]).values(withdrawn_at=at, withdrawn_by=who))
    older = _newest(connection, target, identity, field)
    lay(connection, target, identity, field, older["value"] if older else newest["original"])
    return newest


def _newest(connection: Connection, target: str, identity: str, field: str) -> Json | None:
    column = corrections.c.obligation_id if target == "obligation" else corrections.c.document_id
    query = select(corrections).where(column == identity, corrections.c.target == target, corrections.c.field == field, corrections.c.withdrawn_at.is_(None))
    row = connection.execute(query.order_by(corrections.c.id.desc())).mappings().first()
    return dict(row) if row else None


def _anchors(connection: Connection, document: str, obligation: str | None) -> Json:
    row = connection.execute(select(documents.c.number_key, documents.c.title_key).where(documents.c.id == document)).one()
    found: Json = {"locations": [location for location, _, _ in names_of(connection, document)], "number_key": row.number_key, "title_key": row.title_key}
    if obligation is None:
        return found | {"passage": None, "path": [], "start_char": None}
    passage = connection.execute(select(obligations).where(obligations.c.id == obligation)).one()
    return found | {"passage": passage.text, "path": list(passage.path), "start_char": passage.start_char}


def held(connection: Connection, target: str, identity: str, field: str, like: Any) -> Any:
    """What a field holds now, in the form of a correction's value (`like`: which columns)."""
    if field in _TABLES:
        table = _TABLES[field]
        query = select(table).where(table.c.obligation_key == _key(connection, identity)).order_by(table.c.position)
        return [_as_json(dict(row)) for row in connection.execute(query).mappings()]
    table = obligations if target == "obligation" else documents
    row = connection.execute(select(*(table.c[column] for column in like)).where(table.c.id == identity)).mappings().one()
    return _as_json(dict(row))


def _as_json(row: Mapping[str, Any]) -> Json:
    return {column: value.isoformat() if isinstance(value, date) else value for column, value in row.items() if column not in ("obligation_key", "position")}


def _as_row(table: Table, value: Mapping[str, Any]) -> Json:
    """A value's columns with dates as dates; a column that a newer version added is left empty."""
    found: Json = {}
    for column in table.c:
        if column.name in value:
            held = value[column.name]
            found[column.name] = date.fromisoformat(held) if held and isinstance(column.type, Date) else held
    return found


def _key(connection: Connection, identity: str) -> int:
    return int(connection.execute(select(obligations.c.key).where(obligations.c.id == identity)).scalar_one())


def lay(connection: Connection, target: str, identity: str, field: str, value: Any) -> None:
    """Put a value in the place of what a field holds."""
    if field in _TABLES:
        table, key = _TABLES[field], _key(connection, identity)
        connection.execute(delete(table).where(table.c.obligation_key == key))
        rows = [{"obligation_key": key, "position": position, **_as_row(table, one)} for position, one in enumerate(value)]
        if rows:
            connection.execute(table.insert(), rows)
    else:
        table = obligations if target == "obligation" else documents
        connection.execute(update(table).where(table.c.id == identity).values(**_as_row(table, value)))
    if field in ("units", "deadlines", "kind"):
        document = str(connection.execute(select(obligations.c.document_id).where(obligations.c.id == identity)).scalar_one())
        insert_ledger(connection, document, keys=[_key(connection, identity)])


def lay_again(connection: Connection, identity: str) -> None:
    """Place the corrections of a document's earlier readings in the one just stored, and lay them over it."""
    document = dict(connection.execute(select(documents.c.number_key, documents.c.title_key).where(documents.c.id == identity)).mappings().one())
    locations = [location for location, _, _ in names_of(connection, identity)]
    mine = [one for one in active(connection) if one["document_id"] == identity or _is_orphan(connection, one) and belongs_to(one, document, locations)]
    if not mine:
        return
    rows = connection.execute(select(obligations.c.id, obligations.c.text, obligations.c.path).where(obligations.c.document_id == identity)).all()
    passages = [(row.id, row.text, row.path) for row in rows]
    originals: dict[tuple[str, str], Any] = {}
    for one in mine:
        place = identity if one["target"] == "document" else find_passage(one, passages)
        if place is None:
            continue
        if (place, one["field"]) not in originals:
            originals[place, one["field"]] = held(connection, one["target"], place, one["field"], one["value"])
        moved = {"document_id": identity, "obligation_id": place if one["target"] == "obligation" else None, "original": originals[place, one["field"]]}
        if one["target"] == "obligation" and place != one["obligation_id"]:
            moved |= _anchors(connection, identity, place)
        connection.execute(update(corrections).where(corrections.c.id == one["id"]).values(**moved))
        lay(connection, one["target"], place, one["field"], one["value"])


def _is_orphan(connection: Connection, correction: Mapping[str, Any]) -> bool:
    """Whether the reading that a correction was made on is no longer stored."""
    return connection.execute(select(documents.c.id).where(documents.c.id == correction["document_id"])).scalar() is None
