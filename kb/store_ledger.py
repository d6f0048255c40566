"""The ledger's rows: written with the obligations that they are of, read a page or a stream at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import and_, delete, exists, false, func, or_, select

from extractors.folding import fold
from ingest.document import Document, Span
from kb.dialect import VARIABLES
from kb.lasting import find_lasting
from kb.records import Json
from kb.schema import documents, obligation_deadlines, obligation_units, obligations
from kb.schema_ledger import ledger, unit_names

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Row, Select

Order = Literal["unit", "month", "document"]
NEVER = "9999-12-31"
NONE = -1
NO_DEADLINE = -2  # a task that units are named for and no time


@lru_cache(maxsize=20_000)
def group_of_unit(name: str, canonical: str | None, place: str) -> str:
    """What a unit is grouped under: what its organ is called today; a generic name (各有关部门) with its notice's place."""
    from extractors.organs import current_name

    if canonical:
        return current_name(canonical)[0]
    bare = "".join(fold(name).text.split())
    return f"{bare}（{place}）" if place else bare


def insert_ledger(connection: Connection, document: str, tree: Document | None = None, keys: Sequence[int] | None = None) -> None:
    """Write the rows of a document's obligations, or of some of them; `tree` tells which of them are to last."""
    where = obligations.c.document_id == document if keys is None else obligations.c.key.in_(list(keys))
    held = connection.execute(select(obligations.c.key, obligations.c.kind, obligations.c.start_char, obligations.c.path).where(where).order_by(obligations.c.position)).all()
    wanted = [row.key for row in held]
    lasting = _kept_lasting(connection, wanted)
    connection.execute(delete(ledger).where(ledger.c.obligation_key.in_(select(obligations.c.key).where(where))))
    region: Sequence[str] = connection.execute(select(documents.c.region).where(documents.c.id == document)).scalar() or []
    deadlines = _children(connection, obligation_deadlines, where)
    units = _children(connection, obligation_units, where)
    if tree is not None:
        briefs = [{"start_char": row.start_char, "path": list(row.path), "dated": row.key in deadlines} for row in held]
        lasting = {wanted[index]: said for index, said in find_lasting(tree, briefs).items()}
    names = _unit_keys(connection, {(unit.name, unit.canonical) for of in units.values() for unit in of}, region[-1] if region else "")
    rows = [line for row in held if row.kind != "none" for line in _lines(row, document, deadlines.get(row.key, []), units.get(row.key, []), lasting.get(row.key), names)]
    if rows:
        connection.execute(ledger.insert(), rows)


def _kept_lasting(connection: Connection, keys: Sequence[int]) -> dict[int, tuple[str, Span]]:
    query = select(ledger.c.obligation_key, ledger.c.raw, ledger.c.start_char, ledger.c.end_char).where(ledger.c.standing == "lasting")
    found = (row for start in range(0, len(keys), VARIABLES) for row in connection.execute(query.where(ledger.c.obligation_key.in_(keys[start : start + VARIABLES]))))
    return {row.obligation_key: (row.raw, Span(row.start_char, row.end_char)) for row in found}


def _children(connection: Connection, table: Any, where: ColumnElement[bool]) -> dict[int, list[Row[Any]]]:
    grouped: dict[int, list[Row[Any]]] = {}
    query = select(table).join(obligations, obligations.c.key == table.c.obligation_key).where(where).order_by(table.c.obligation_key, table.c.position)
    for row in connection.execute(query):
        grouped.setdefault(row.obligation_key, []).append(row)
    return grouped


def _unit_keys(connection: Connection, names: Collection[tuple[str, str | None]], place: str) -> dict[tuple[str, str | None], tuple[int, str]]:
    """The key and group of each name, new ones added. A name that has a full form is the same wherever it is printed."""
    found = {}
    for name, canonical in sorted(names, key=lambda pair: (pair[0], pair[1] or "")):
        where = place if canonical is None else ""
        group = group_of_unit(name, canonical, where)
        query = select(unit_names.c.key).where(unit_names.c.name == name, unit_names.c.canonical.is_(None) if canonical is None else unit_names.c.canonical == canonical, unit_names.c.place == where)
        key = connection.execute(query).scalar()
        if key is None:
            connection.execute(unit_names.insert(), [{"name": name, "canonical": canonical, "place": where, "group_name": group}])
            key = connection.execute(query).scalar_one()
        found[name, canonical] = (int(key), group)
    return found


def _lines(row: Any, document: str, deadlines: Sequence[Row[Any]], units: Sequence[Row[Any]], lasting: tuple[str, Span] | None, names: Mapping[tuple[str, str | None], tuple[int, str]]) -> Iterator[Json]:
    times: list[Json] = [
        {"deadline_position": one.position, "standing": standing_of(one.type, one.recurrence, one.end_on), "due": one.end_on.isoformat() if one.end_on else NEVER, "raw": None, "start_char": None, "end_char": None}
        for one in deadlines
    ]  # fmt: skip
    if lasting and not deadlines:
        times.append({"deadline_position": NONE, "standing": "lasting", "due": NEVER, "raw": lasting[0], "start_char": lasting[1].start, "end_char": lasting[1].end})
    if units and not times:
        times.append({"deadline_position": NO_DEADLINE, "standing": "undated", "due": NEVER, "raw": None, "start_char": None, "end_char": None})
    for time in times:
        own = {"obligation_key": row.key, "document_id": document, "kind": row.kind, **time}
        for unit in units:
            key, group = names[unit.name, unit.canonical]
            yield own | {"unit_position": unit.position, "unit_key": key, "nobody": 0, "group_name": group, "role": unit.role}
        if not units:
            yield own | {"unit_position": NONE, "unit_key": 0, "nobody": 1, "group_name": "", "role": None}


def standing_of(kind: str, recurrence: str | None, end: object) -> str:
    """How a deadline is dated: recurring, on a day, or without one."""
    return "recurring" if kind == "recurring" or recurrence else "dated" if end else "undated"


@dataclass(frozen=True, slots=True)
class Line:
    """Where a row's parts are."""

    obligation_key: int
    deadline_position: int
    unit_position: int
    document_id: str
    group_name: str
    raw: str | None
    start_char: int | None
    end_char: int | None


def select_lines(connection: Connection, conditions: Sequence[ColumnElement[bool]], order: Order, limit: int | None = None, offset: int = 0) -> Iterator[Line]:
    """The rows that the conditions mean, in the order of their grouping, streamed."""
    columns = ledger.c
    query = select(columns.obligation_key, columns.deadline_position, columns.unit_position, columns.document_id, columns.group_name, columns.raw, columns.start_char, columns.end_char).where(*conditions)
    tail = (columns.due, columns.obligation_key, columns.deadline_position, columns.unit_position)
    if order == "document":
        lines: Iterator[Line] = _by_document(connection, query, tail)
        yield from islice(lines, offset, None if limit is None else offset + limit)
        return
    query = query.order_by(columns.nobody, columns.group_name, *tail) if order == "unit" else query.order_by(*tail)
    if limit is not None:
        query = query.limit(limit).offset(offset)
    for row in connection.execution_options(yield_per=2000).execute(query):
        yield Line(*row)


def _by_document(connection: Connection, query: Select[Any], tail: Sequence[ColumnElement[Any]]) -> Iterator[Line]:
    """The rows document by document, in the order of their titles: a few documents at a time, as a page seldom needs many."""
    ids = connection.execute(select(documents.c.id).order_by(documents.c.title_key, documents.c.id)).scalars().all()
    size = 20
    while ids:
        chunk, ids = ids[:size], ids[size:]
        found: dict[str, list[Line]] = {}
        for row in connection.execute(query.where(ledger.c.document_id.in_(chunk)).order_by(ledger.c.document_id, *tail)):
            found.setdefault(row.document_id, []).append(Line(*row))
        for identity in chunk:
            yield from found.get(identity, ())
        size = min(2 * size, VARIABLES)


def select_tasks(connection: Connection, conditions: Sequence[ColumnElement[bool]], order: Order) -> Iterator[Line]:
    """Each obligation and deadline once, where its first unit stands, streamed: the rows of a 督办台账."""
    columns = ledger.c
    pair = (columns.obligation_key, columns.deadline_position)
    query = select(
        *pair, func.min(columns.unit_position).label("unit"), func.min(columns.document_id).label("document"), func.min(columns.group_name).label("group"),
        func.min(columns.raw).label("raw"), func.min(columns.start_char).label("start"), func.min(columns.end_char).label("end"),
    ).where(*conditions).group_by(*pair)  # fmt: skip
    first = {"unit": (func.min(columns.nobody), func.min(columns.group_name)), "month": (), "document": (func.min(columns.document_id),)}[order]
    for row in connection.execution_options(yield_per=2000).execute(query.order_by(*first, func.min(columns.due), *pair)):
        yield Line(*row)


def count_lines(connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> int:
    """How many rows the conditions mean."""
    return int(connection.execute(select(func.count()).select_from(ledger).where(*conditions)).scalar_one())


def standing_conditions(statuses: Iterable[str], as_of: str | None, soon: str | None, by_day: bool = True) -> list[ColumnElement[bool]]:
    """Rows of these statuses (none: any) on a day (`soon`: the last day that is due soon); without a day all dated ones are upcoming."""
    asked = list(statuses)
    ways: list[ColumnElement[bool]] = []
    due: ColumnElement[str] = ledger.c.due if by_day else ledger.c.due.concat("")
    dated = ledger.c.standing == "dated"
    for status in asked:
        if status in ("recurring", "lasting"):
            ways.append(ledger.c.standing == status)
        elif status == "undated":
            ways.append(ledger.c.standing.in_(("undated", "lasting")))
        elif as_of is None or soon is None:
            ways += [dated] if status == "upcoming" else []
        elif status == "overdue":
            ways.append(and_(dated, due < as_of))
        else:
            ways.append(and_(dated, due >= as_of, due <= soon) if status == "due_soon" else and_(dated, due > soon))
    return [or_(false(), *ways)] if asked else []


def load_unit_names(connection: Connection) -> list[Row[Any]]:
    """Every name of a unit with its group."""
    return list(connection.execute(select(unit_names).order_by(unit_names.c.name)).all())


def forget_unused(connection: Connection) -> None:
    """Forget the names of units that no row bears any more."""
    connection.execute(delete(unit_names).where(~exists().where(ledger.c.unit_key == unit_names.c.key)))
