"""Which rows of the ledger are meant: the shared filters as conditions on its own columns, so that a page needs no search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, bindparam, or_, select

from kb.filters import Filters, names_organ
from kb.schema import documents, obligation_parties, obligations
from kb.schema_ledger import ledger, unit_names
from kb.store_ledger import load_unit_names

if TYPE_CHECKING:
    from sqlalchemy import Connection


def ledger_conditions(filters: Filters, connection: Connection) -> list[ColumnElement[bool]]:
    """The filters' conditions on rows of the ledger."""
    columns = ledger.c
    conditions: list[ColumnElement[bool]] = []
    if filters.kinds:
        conditions.append(columns.kind.in_(filters.kinds))
    if filters.roles:
        conditions.append(columns.role.in_(filters.roles))
    if filters.units:
        conditions.append(columns.unit_key.in_(_plain(unit_keys(connection, filters.units))))
    if filters.due_from:
        conditions += [columns.due >= filters.due_from.isoformat(), columns.standing != "lasting"]
    if filters.due_to:
        conditions.append(columns.due <= filters.due_to.isoformat())
    if filters.due_from and not filters.due_to:
        conditions.append(columns.due < "9999-12-31")
    wanted = documents_meant(connection, filters)
    if wanted is not None:
        conditions.append(columns.document_id.in_(wanted))
    if filters.without:
        conditions.append(columns.document_id.not_in(filters.without))
    if filters.parties:
        named = or_(*(obligation_parties.c.name.contains(name, autoescape=True) for name in filters.parties))
        conditions.append(columns.obligation_key.in_(select(obligation_parties.c.obligation_key).where(named)))
    if filters.text:
        words = [obligations.c.text.contains(word, autoescape=True) for word in filters.text.split()]
        conditions.append(columns.obligation_key.in_(select(obligations.c.key).where(*words)))
    return conditions


def _plain(keys: list[int]) -> Any:
    """Whole numbers written into the query itself: there may be more than a query takes as values."""
    return bindparam(None, keys, expanding=True, literal_execute=True)


def unit_keys(connection: Connection, asked: Sequence[str]) -> list[int]:
    """The names of units that are one of those asked for: a part of it, an alias, an older or newer name."""
    from extractors.organs import spellings

    held = (unit_names.c.name, unit_names.c.canonical, unit_names.c.group_name)
    found = set()
    for one in asked:
        may_be = or_(*(column.contains(word, autoescape=True) for word in sorted(spellings(one)) for column in held))
        for row in connection.execute(select(unit_names).where(may_be)):
            if row.key not in found and any(names_organ(one, name) for name in dict.fromkeys((row.name, row.canonical, row.group_name))):
                found.add(row.key)
    return sorted(found)


def documents_meant(connection: Connection, filters: Filters) -> list[str] | Any | None:
    """The documents of the levels, regions and ids asked for; None where any will do."""
    from kb.filters import of_document

    conditions = of_document(filters)
    if not conditions:
        return None
    return select(documents.c.id).where(*conditions)


def nearest_units(connection: Connection, asked: str, count: int = 3) -> list[str]:
    """The names in the base that are spelt most like one that is not there."""
    from difflib import get_close_matches

    names = {name for row in load_unit_names(connection) for name in (row.name, row.canonical, row.group_name) if name}
    return get_close_matches(asked, sorted(names), count, 0.3)
