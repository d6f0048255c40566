"""Which obligations are meant: the filters that lists, deadlines and search share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from kb.dialect import holds
from kb.schema import documents, obligation_deadlines, obligation_parties, obligation_units, obligations

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

# 云溪市教育局 asks for that city's bureau, 教育局 and 市教育局 for anybody's.
PLACE = re.compile(r"[^省市县区州盟旗]{2,10}?(?:省|市|县|区|州|盟|旗)(?=..)")


@dataclass(frozen=True, slots=True)
class Filters:
    """What an obligation must be: any value of each field given, all fields together; `documents` are ids."""

    units: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    due_from: date | None = None
    due_to: date | None = None
    text: str | None = None
    without: tuple[str, ...] = ()  # documents left out: those no longer in force
    dated: bool = False  # only obligations with a deadline, known day or not

    def __bool__(self) -> bool:
        return self != Filters()


def names_organ(asked: str, name: str | None) -> bool:
    """Whether an organ's name, printed or in full, is what is asked for: a part of it, an alias, an older or newer name."""
    if not name:
        return False
    if asked in name:
        return True
    place = PLACE.match(asked)
    if place and place[0] not in name:
        return False
    from extractors.organs import same_organ

    return same_organ(asked, name) is not None


def wanted_unit(filters: Filters) -> Callable[[Mapping[str, Any]], bool]:
    """Whether a unit of an obligation (as JSON) is one that the filters ask for."""

    def wanted(unit: Mapping[str, Any]) -> bool:
        if filters.roles and unit["role"] not in filters.roles:
            return False
        names = (unit["name"], unit["canonical"])
        return not filters.units or any(names_organ(asked, name) for asked in filters.units for name in names)

    return wanted


def wanted_deadline(filters: Filters) -> Callable[[Mapping[str, Any]], bool]:
    """Whether a deadline of an obligation (as JSON) falls between the filters' days."""

    def wanted(deadline: Mapping[str, Any]) -> bool:
        if filters.due_from is None and filters.due_to is None:
            return True
        end = deadline["end"]
        return bool(
            end
            and (filters.due_from is None or filters.due_from.isoformat() <= end)
            and (filters.due_to is None or end <= filters.due_to.isoformat())
        )

    return wanted


def narrow(query: Select[Any], filters: Filters, connection: Connection) -> Select[Any]:
    """The query over obligations with the filters' conditions."""
    conditions = [*_own(filters), *_of_document(filters)]
    if filters.units or filters.roles:
        conditions.append(_with_unit(filters, connection))
    if filters.dated or filters.due_from or filters.due_to:
        conditions.append(_with_deadline(filters))
    if filters.parties:
        named = or_(*(obligation_parties.c.name.contains(name, autoescape=True) for name in filters.parties))
        conditions.append(exists().where(obligation_parties.c.obligation_key == obligations.c.key, named))
    return query.where(*conditions)


def _own(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [obligations.c.kind != "none"]  # a person found that it asks nothing
    if filters.kinds:
        conditions.append(obligations.c.kind.in_(filters.kinds))
    if filters.documents:
        conditions.append(obligations.c.document_id.in_(filters.documents))
    if filters.without:
        conditions.append(obligations.c.document_id.not_in(filters.without))
    conditions += [holds(obligations.c.text, word) for word in (filters.text or "").split()]
    return conditions


def _of_document(filters: Filters) -> list[ColumnElement[bool]]:
    conditions = of_document(replace(filters, documents=()))
    return [obligations.c.document_id.in_(select(documents.c.id).where(*conditions))] if conditions else []


def of_document(filters: Filters) -> list[ColumnElement[bool]]:
    """The filters' conditions on documents themselves: level, region, id."""
    conditions: list[ColumnElement[bool]] = []
    if filters.levels:
        conditions.append(documents.c.level.in_(filters.levels))
    if filters.regions:
        conditions.append(or_(*(_within(region) for region in filters.regions)))
    if filters.documents:
        conditions.append(documents.c.id.in_(filters.documents))
    return conditions


def _within(region: str) -> ColumnElement[bool]:
    """Documents of a region and all below it, by the head of its name (云溪, 云溪市) or its code."""
    if region.isdecimal():
        return documents.c.adcode.startswith(region.rstrip("0") if len(region) == 6 else region, autoescape=True)
    return documents.c.region_key.contains(f"/{region}", autoescape=True)


def _with_unit(filters: Filters, connection: Connection) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [obligation_units.c.obligation_key == obligations.c.key]
    if filters.roles:
        conditions.append(obligation_units.c.role.in_(filters.roles))
    if filters.units:
        held = [connection.execute(select(column).distinct()).scalars() for column in (obligation_units.c.name, obligation_units.c.canonical)]
        names, full = ([name for name in column if any(names_organ(asked, name) for asked in filters.units)] for column in held)
        conditions.append(or_(obligation_units.c.name.in_(names), obligation_units.c.canonical.in_(full)))
    return exists().where(and_(*conditions))


def _with_deadline(filters: Filters) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [obligation_deadlines.c.obligation_key == obligations.c.key]
    if filters.due_from:
        conditions.append(obligation_deadlines.c.end_on >= filters.due_from)
    if filters.due_to:
        conditions.append(obligation_deadlines.c.end_on <= filters.due_to)
    return exists().where(and_(*conditions))
