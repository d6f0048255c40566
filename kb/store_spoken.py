"""The words of obligations (条文文字): what tells whom each speaks to, read many documents at a time without the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import select

from kb.dialect import VARIABLES
from kb.filters import Filters, narrow
from kb.records import Json
from kb.schema import obligation_parties, obligation_units, obligations

if TYPE_CHECKING:
    from sqlalchemy import Connection

_COLUMNS = (obligations.c.key, obligations.c.id, obligations.c.document_id, obligations.c.kind, obligations.c.text, obligations.c.path)


def select_spoken(connection: Connection, documents: Iterable[str]) -> Iterator[tuple[str, list[Json]]]:
    """For each document its obligations in their order: id, kind, text, path, parties, and of units whether each is inherited."""
    listed = list(documents)
    for start in range(0, len(listed), VARIABLES):
        filters = Filters(documents=tuple(listed[start : start + VARIABLES]))
        rows = connection.execute(narrow(select(*_COLUMNS), filters, connection).order_by(obligations.c.key)).all()
        parties, units = _parties(connection, filters), _units(connection, filters)
        found: dict[str, list[Json]] = {}
        for row in rows:
            one = {"id": row.id, "kind": row.kind, "text": row.text, "path": row.path, "parties": parties.get(row.key, []), "units": units.get(row.key, [])}
            found.setdefault(row.document_id, []).append(one)
        yield from found.items()


def _parties(connection: Connection, filters: Filters) -> dict[int, list[str]]:
    held = obligation_parties.c
    query = select(held.obligation_key, held.name).join(obligations, obligations.c.key == held.obligation_key)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for key, name in connection.execute(narrow(query, filters, connection).order_by(held.obligation_key, held.position)):
        found[key].append(name)
    return found


def _units(connection: Connection, filters: Filters) -> dict[int, list[Json]]:
    held = obligation_units.c
    query = select(held.obligation_key, held.inherited).join(obligations, obligations.c.key == held.obligation_key)
    found: defaultdict[int, list[Json]] = defaultdict(list)
    for key, inherited in connection.execute(narrow(query, filters, connection).order_by(held.obligation_key, held.position)):
        found[key].append({"inherited": inherited})
    return found
