"""Which rows of the ledger are meant: the shared filters as conditions on its own columns, so that a page needs no search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select

from kb.dialect import holds
from kb.filters import PLACE, Filters, names_organ
from kb.schema import documents, obligation_parties, obligations
from kb.schema_ledger import ledger, unit_names
from kb.store_ledger import load_unit_names

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

FEW_NAMES = 200  # units or documents whose rows are quicker collected and sorted than met on the way
FEW_OF_PARTY = 50_000  # obligations that an index finds at once
FEW = 20_000  # obligations whose keys are quicker looked up by themselves than met on the way through the ledger


def ledger_conditions(filters: Filters, connection: Connection, by_day: bool = True) -> list[ColumnElement[bool]]:
    """The filters' conditions on rows of the ledger; `by_day`: the rows are wanted in the order of their days.

    A condition that many rows meet is put as an expression, so that the database walks through the rows in the order wanted
    until the page is full, and does not collect and sort all that meet it.
    """
    columns = ledger.c
    due = columns.due if by_day else columns.due.concat("")
    conditions: list[ColumnElement[bool]] = []
    if filters.kinds:
        conditions.append(columns.kind.in_(filters.kinds))
    if filters.roles:
        conditions.append(columns.role.in_(filters.roles))
    if filters.units:
        keys = unit_keys(connection, filters.units)
        conditions.append((columns.unit_key if len(keys) <= FEW_NAMES else columns.unit_key + 0).in_(_plain(keys)))
    if filters.due_from:
        conditions += [due >= filters.due_from.isoformat(), columns.standing != "lasting"]
    if filters.due_to:
        conditions.append(due <= filters.due_to.isoformat())
    if filters.due_from and not filters.due_to:
        conditions.append(due < "9999-12-31")
    wanted = documents_meant(filters)
    if wanted is not None:
        few = len(connection.execute(wanted.limit(FEW_NAMES + 1)).all()) <= FEW_NAMES
        conditions.append((columns.document_id if few else columns.document_id.concat("")).in_(wanted))
    if filters.without:
        conditions.append(columns.document_id.not_in(filters.without))
    if filters.parties:
        conditions.append(_with_party(connection, filters.parties))
    if filters.text:
        conditions.append(_with_text(connection, filters.text.split()))
    return conditions


def _with_party(connection: Connection, asked: Sequence[str]) -> ColumnElement[bool]:
    """Rows of obligations that bind a party of one of these names: by its obligations where they are few, else row by row."""
    columns = obligation_parties.c
    first = select(func.min(columns.name).label("name")).cte("names", recursive=True)
    following = select(func.min(columns.name)).where(columns.name > first.c.name).scalar_subquery()
    every = first.union_all(select(following).where(first.c.name.is_not(None)))
    names = [name for name in connection.execute(select(every.c.name)).scalars() if name and any(one in name for one in asked)]
    meant = columns.name.in_(bindparam(None, names, expanding=True, literal_execute=True))
    keys = select(columns.obligation_key).where(meant)
    held = connection.execute(select(func.count()).select_from(keys.limit(FEW_OF_PARTY + 1).subquery())).scalar_one()
    return ledger.c.obligation_key.in_(keys) if held <= FEW_OF_PARTY else exists().where(columns.obligation_key == ledger.c.obligation_key, meant)


def _with_text(connection: Connection, words: Sequence[str]) -> ColumnElement[bool]:
    """Rows of obligations whose passage holds all the words."""
    held = [holds(obligations.c.text, word) for word in words]
    return _by_key(connection, select(obligations.c.key).where(*held), exists().where(obligations.c.key == ledger.c.obligation_key, *held))


def _plain(keys: list[int]) -> Any:
    """Whole numbers written into the query itself: there may be more than a query takes as values."""
    return bindparam(None, keys, expanding=True, literal_execute=True)


def _by_key(connection: Connection, keys: Select[Any], each: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that is quicker: the keys themselves where they are few, else a look at each row until the page is full."""
    found = connection.execute(keys.limit(FEW + 1)).scalars().all()
    return each if len(found) > FEW else ledger.c.obligation_key.in_(_plain(list(found)))


def unit_keys(connection: Connection, asked: Sequence[str]) -> list[int]:
    """The names of units that are one of those asked for: a part of it, an alias, an older or newer name."""
    from extractors.organs import spellings

    held = (unit_names.c.name, unit_names.c.canonical, unit_names.c.group_name)
    found: set[int] = set()
    for one in asked:
        may_be = or_(*(column.contains(word, autoescape=True) for word in sorted(spellings(one)) for column in held[:2]), held[2].contains(one, autoescape=True))
        place = PLACE.match(one)
        if place:
            may_be = and_(may_be, or_(*(column.contains(place[0], autoescape=True) for column in held)))
        same: dict[str, bool] = {}  # most names are printed by many notices
        for row in connection.execute(select(unit_names).where(may_be)):
            name = row.canonical if place and row.canonical else row.name
            if name not in same:
                same[name] = names_organ(one, name)
            if same[name] or any(one in other for other in (row.name, row.canonical or "", row.group_name)):
                found.add(row.key)
    return sorted(found)


def documents_meant(filters: Filters) -> Select[Any] | None:
    """The documents of the levels, regions and ids asked for; None where any will do."""
    from kb.filters import of_document

    conditions = of_document(filters)
    if not conditions:
        return None
    return select(documents.c.id).where(*conditions)


def is_region_known(connection: Connection, asked: str) -> bool:
    """Whether a document is of this region or lies below it."""
    wanted = documents_meant(Filters(regions=(asked,)))
    return wanted is None or connection.execute(wanted.limit(1)).first() is not None


def nearest_regions(connection: Connection, asked: str, count: int = 3) -> list[str]:
    """The regions of the base that are spelt most like one that is not there."""
    from difflib import get_close_matches

    names = {name for (held,) in connection.execute(select(documents.c.region).distinct()) for name in held or ()}
    return get_close_matches(asked, sorted(names), count, 0.3)


def nearest_units(connection: Connection, asked: str, count: int = 3) -> list[str]:
    """The names in the base that are spelt most like one that is not there."""
    from difflib import get_close_matches

    names = {name for row in load_unit_names(connection) for name in (row.name, row.canonical, row.group_name) if name}
    return get_close_matches(asked, sorted(names), count, 0.3)
