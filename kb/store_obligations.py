"""Obligations in the base: their rows and what belongs to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from extractors.mentions import Citation, Deadline, Obligation, Origin, Party, Target, Unit
from ingest.document import Span
from kb.dialect import VARIABLES
from kb.filters import Filters, narrow
from kb.records import Json, obligation_ids
from kb.schema import (
    obligation_citations,
    obligation_deadlines,
    obligation_parties,
    obligation_targets,
    obligation_units,
    obligations,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Table

Stored = tuple[str, str, Obligation]  # id, document, obligation


def insert_obligations(connection: Connection, document: str, found: Sequence[Obligation]) -> None:
    """Store the obligations of a document."""
    if not found:
        return
    ids = obligation_ids(document, found)
    rows = [_row(document, position, identity, obligation) for position, (identity, obligation) in enumerate(zip(ids, found, strict=True))]
    connection.execute(obligations.insert(), rows)
    query = select(obligations.c.key).where(obligations.c.document_id == document).order_by(obligations.c.position)
    keys = connection.execute(query).scalars().all()
    pairs = list(zip(keys, found, strict=True))
    _insert(connection, obligation_units, pairs, lambda o: [_unit_row(unit) for unit in o.units])
    _insert(connection, obligation_deadlines, pairs, lambda o: [_deadline_row(deadline) for deadline in o.deadlines])
    _insert(connection, obligation_targets, pairs, lambda o: [_target_row(target) for target in o.targets])
    _insert(connection, obligation_parties, pairs, lambda o: [{"name": party.name, **_place(party)} for party in o.parties])
    _insert(connection, obligation_citations, pairs, _citation_rows)


def _insert(connection: Connection, table: Table, pairs: Iterable[tuple[int, Obligation]], rows_of: Any) -> None:
    rows = [{"obligation_key": key, "position": position, **row} for key, obligation in pairs for position, row in enumerate(rows_of(obligation))]
    if rows:
        connection.execute(table.insert(), rows)


def _place(mention: Any) -> Json:
    return {"start_char": mention.span.start, "end_char": mention.span.end, "rule": mention.rule}


def _row(document: str, position: int, identity: str, obligation: Obligation) -> Json:
    row = {"id": identity, "document_id": document, "position": position, "kind": obligation.kind, "text": obligation.text}
    return row | _place(obligation) | {"page": obligation.page, "path": list(obligation.path), "confidence": obligation.confidence}


def _unit_row(unit: Unit) -> Json:
    row: Json = {"name": unit.name, "role": unit.role, "canonical": unit.canonical}
    return row | {"listed": unit.listed, "inherited": unit.inherited} | _place(unit) | _origin_row(unit.origin)


def _deadline_row(deadline: Deadline) -> Json:
    row: Json = {"raw": deadline.raw, "type": deadline.type, "start_on": deadline.start, "end_on": deadline.end, "recurrence": deadline.recurrence}
    row |= {"event": deadline.event, "reason": deadline.reason, "provisional": deadline.provisional, "inherited": deadline.inherited}
    return row | _place(deadline) | _origin_row(deadline.origin)


def _target_row(target: Target) -> Json:
    row: Json = {"raw": target.raw, "indicator": target.indicator, "comparator": target.comparator, "value": target.value, "upper": target.upper}
    return row | {"unit": target.unit, "reference": target.reference, "by_on": target.by, "due": [target.due.start, target.due.end] if target.due else None} | _place(target)


def _citation_rows(obligation: Obligation) -> list[Json]:
    printed = {c.title or c.document_number: [c.span.start, c.span.end, c.rule, c.title, c.document_number, c.relation] for c in obligation.cited}
    return [{"citation": name, "printed": printed.get(name)} for name in obligation.citations]


def _origin_row(origin: Origin | None) -> Json:
    return {"origin": [origin.way, origin.place.start, origin.place.end] if origin else None}


def _origin(stored: Sequence[Any] | None) -> Origin | None:
    return Origin(stored[0], Span(stored[1], stored[2])) if stored else None


def select_ids(connection: Connection, filters: Filters) -> list[str]:
    """The ids of the obligations that the filters mean, in the order of storing."""
    return list(connection.execute(narrow(select(obligations.c.id), filters, connection).order_by(obligations.c.key)).scalars())


def count(connection: Connection, filters: Filters) -> int:
    """How many obligations the filters mean."""
    found: int = connection.execute(narrow(select(func.count()).select_from(obligations), filters, connection)).scalar_one()
    return found


def count_by_document(connection: Connection) -> dict[str, int]:
    """How many obligations each document has."""
    query = select(obligations.c.document_id, func.count().label("held")).where(obligations.c.kind != "none").group_by(obligations.c.document_id)
    return {row.document_id: row.held for row in connection.execute(query)}


def select_obligations(connection: Connection, filters: Filters, limit: int | None = None, offset: int = 0) -> Iterator[Stored]:
    """The obligations that the filters mean, a batch at a time, in the order of storing."""
    query = narrow(select(obligations), filters, connection).order_by(obligations.c.key)
    after, left, skip = 0, limit, offset
    while left is None or left > 0:
        size = VARIABLES if left is None else min(left, VARIABLES)
        rows = connection.execute(query.where(obligations.c.key > after).offset(skip).limit(size)).all()
        yield from _with_mentions(connection, rows)
        if len(rows) < size:
            return
        after, skip, left = rows[-1].key, 0, None if left is None else left - len(rows)


def select_by_id(connection: Connection, ids: Collection[str]) -> Iterator[Stored]:
    """The obligations with these ids, in no order."""
    listed = list(ids)
    for start in range(0, len(listed), VARIABLES):
        rows = connection.execute(select(obligations).where(obligations.c.id.in_(listed[start : start + VARIABLES]))).all()
        yield from _with_mentions(connection, rows)


def select_by_key(connection: Connection, keys: Collection[int]) -> dict[int, Stored]:
    """The obligations with these keys, by them."""
    listed = sorted(keys)
    found: dict[int, Stored] = {}
    for start in range(0, len(listed), VARIABLES):
        rows = connection.execute(select(obligations).where(obligations.c.key.in_(listed[start : start + VARIABLES]))).all()
        found |= {row.key: stored for row, stored in zip(rows, _with_mentions(connection, rows), strict=True)}
    return found


def ids_like(connection: Connection, name: str) -> list[str]:
    """The ids that are `name`, or end in it behind the document's."""
    named = or_(obligations.c.id == name, obligations.c.id.endswith(f"-{name}", autoescape=True))
    return list(connection.execute(select(obligations.c.id).where(named).order_by(obligations.c.key).limit(6)).scalars())


def _with_mentions(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[Stored]:
    keys = [row.key for row in rows]
    units = _children(connection, obligation_units, keys)
    deadlines = _children(connection, obligation_deadlines, keys)
    targets = _children(connection, obligation_targets, keys)
    parties = _children(connection, obligation_parties, keys)
    citations = _children(connection, obligation_citations, keys)
    for row in rows:
        obligation = Obligation(
            span=Span(row.start_char, row.end_char),
            kind=row.kind,
            rule=row.rule,
            text=row.text,
            path=tuple(row.path),
            page=row.page,
            units=tuple(Unit(_span(u), u.rule, u.name, u.role, u.canonical, u.listed, u.inherited, _origin(u.origin)) for u in units[row.key]),
            deadlines=tuple(_deadline(d) for d in deadlines[row.key]),
            targets=tuple(_target(t) for t in targets[row.key]),
            parties=tuple(Party(_span(p), p.rule, p.name) for p in parties[row.key]),
            citations=tuple(c.citation for c in citations[row.key]),
            confidence=row.confidence,
            cited=tuple(Citation(Span(c.printed[0], c.printed[1]), *c.printed[2:]) for c in citations[row.key] if c.printed),
        )
        yield row.id, row.document_id, obligation


def _children(connection: Connection, table: Table, keys: Sequence[int]) -> defaultdict[int, list[Row[Any]]]:
    grouped: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    if keys:
        for row in connection.execute(select(table).where(table.c.obligation_key.in_(keys)).order_by(table.c.obligation_key, table.c.position)):
            grouped[row.obligation_key].append(row)
    return grouped


def _span(row: Row[Any]) -> Span:
    return Span(row.start_char, row.end_char)


def _deadline(row: Row[Any]) -> Deadline:
    return Deadline(
        _span(row), row.rule, row.raw, row.type, row.start_on, row.end_on, row.recurrence, row.event, row.reason, row.provisional, row.inherited,
        _origin(row.origin),
    )  # fmt: skip


def _target(row: Row[Any]) -> Target:
    return Target(_span(row), row.rule, row.raw, row.indicator, row.comparator, row.value, row.upper, row.unit, row.reference, row.by_on, Span(*row.due) if row.due else None)
