"""The ledger (督办台账): what falls due, one row for each unit, obligation and deadline; tasks of units without a time are rows too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Literal

from kb import store_documents, store_ledger, store_narrow, store_obligations
from kb.filters import Filters, wanted_unit
from kb.records import Json, document_summary, obligation_json, with_mark
from kb.recurrence import occurrences
from kb.store import Store
from kb.store_corrections import marks

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kb.expansion import UnitGroup
    from kb.store_ledger import Line

Grouping = Literal["unit", "month", "document"]
Status = Literal["overdue", "due_soon", "upcoming", "recurring", "undated"]
STATUSES = ("overdue", "due_soon", "upcoming", "recurring", "undated", "lasting")
SOON_DAYS = 30
NEXT = 3  # how many of a recurring duty's next days a row names
AHEAD = timedelta(days=3 * 366)  # how far ahead they are looked for
NO_UNIT = "未写明单位"
NO_DATE = "未定日期"
CHUNK = 500
_LAST = "9999-12-31"


@lru_cache(maxsize=1000)  # the units of a ledger are few
def _reason(canonical: str) -> str | None:
    from extractors.organs import current_name

    return current_name(canonical)[1]


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline of one obligation for one unit (None: the notice names none), as JSON pieces of the contract."""

    unit: Json | None
    deadline: Json
    status: Status
    obligation: Json
    document: Json
    group: str = ""  # what the unit's organ is called today
    next: tuple[str, ...] = ()  # the next days of what recurs
    lasting: bool = False  # 长期坚持

    @property
    def renamed(self) -> str | None:
        """Why the unit's organ bears another name today, None where it does not."""
        return _reason(self.unit["canonical"]) if self.unit and self.unit["canonical"] and self.group != self.unit["canonical"] else None

    def as_json(self) -> Json:
        """As `kb deadlines --json` prints it."""
        unit = self.unit or {"name": None, "role": None, "canonical": None}
        found: Json = {"unit": unit["name"], "canonical": unit["canonical"], "group": self.group or None, "role": unit["role"]}
        found |= {key: self.deadline[key] for key in ("type", "start", "end", "recurrence", "raw")} | {"status": self.status}
        if self.status == "recurring":
            found["next"] = list(self.next)
        if self.lasting:
            found["lasting"] = True
        if self.renamed:
            found["renamed"] = self.renamed
        if "expanded_from" in unit:
            found["expanded_from"] = unit["expanded_from"]
        return found | {"obligation": self.obligation, "document": self.document}


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is asked of the ledger: which rows, how grouped, judged on which day; a period spreads what recurs over it."""

    filters: Filters = field(default_factory=Filters)
    by: Grouping = "unit"
    as_of: date | None = None
    soon: int = SOON_DAYS
    statuses: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    groups: tuple[UnitGroup, ...] = ()  # generic names spread over the units that they stand for

    @property
    def is_plain(self) -> bool:
        """Whether the base itself can give the rows in their order."""
        return not self.groups and self.first is None


def status_of(deadline: Mapping[str, Any], as_of: date | None, soon: int = SOON_DAYS) -> Status:
    """How a deadline stands on a day; without a day, every dated one is `upcoming`: the machine's clock is never asked.

    >>> status_of({"type": "by", "end": "2025-06-30", "recurrence": None}, date(2025, 6, 1))
    'due_soon'
    """
    if deadline["type"] == "recurring" or deadline["recurrence"]:
        return "recurring"
    return _dated_status(deadline["end"], as_of, soon)


def _dated_status(last: str | None, as_of: date | None, soon: int) -> Status:
    if last is None:
        return "undated"
    if as_of is None:
        return "upcoming"
    end = date.fromisoformat(last)
    if end < as_of:
        return "overdue"
    return "due_soon" if end <= as_of + timedelta(days=soon) else "upcoming"


def list_deadlines(store: Store, filters: Filters | None = None, by: Grouping = "unit", as_of: date | None = None, soon: int = SOON_DAYS) -> list[Due]:
    """Every deadline that the filters mean, ordered as it is grouped."""
    return list(read_ledger(store, Ledger(filters or Filters(), by, as_of, soon)))


def read_ledger(store: Store, asked: Ledger, limit: int | None = None, offset: int = 0, once: bool = False) -> Iterator[Due]:
    """The rows asked for, streamed; with `once` each obligation and deadline a single time, whatever its units."""
    if not asked.is_plain:
        yield from islice(_reordered(store, asked, once), offset, None if limit is None else offset + limit)
        return
    with store.reading() as connection:
        conditions = _conditions(connection, asked)
        lines: Iterator[Line]
        if once:
            lines = islice(store_ledger.select_tasks(connection, conditions, asked.by), offset, None if limit is None else offset + limit)
        else:
            lines = store_ledger.select_lines(connection, conditions, asked.by, limit, offset)
        yield from _rows(connection, lines, asked)


def count_rows(store: Store, asked: Ledger) -> int:
    """How many rows there are in all."""
    if not asked.is_plain:
        return sum(1 for _ in _reordered(store, asked, False))
    with store.reading() as connection:
        return store_ledger.count_lines(connection, _conditions(connection, asked))


def _conditions(connection: Connection, asked: Ledger) -> list[Any]:
    soon = (asked.as_of + timedelta(days=asked.soon)).isoformat() if asked.as_of else None
    stands = store_ledger.standing_conditions(asked.statuses, asked.as_of.isoformat() if asked.as_of else None, soon, asked.by == "month")
    return [*store_narrow.ledger_conditions(asked.filters, connection, asked.by == "month"), *stands]


def _rows(connection: Connection, lines: Iterable[Line], asked: Ledger) -> Iterator[Due]:
    """The lines with their obligations and documents, a chunk at a time."""
    marked = marks(connection)
    documents: dict[str, Json] = {}
    lines = iter(lines)
    while chunk := list(islice(lines, CHUNK)):
        unknown = {line.document_id for line in chunk} - documents.keys()
        if len(documents) > 2 * CHUNK:
            documents.clear()
            unknown = {line.document_id for line in chunk}
        documents |= {row["id"]: document_summary(row) | {"region": row["region"]} for row in store_documents.load_rows(connection, unknown)}
        held = store_obligations.select_by_key(connection, {line.obligation_key for line in chunk})
        shown = {key: with_mark(obligation_json(*stored), marked) for key, stored in held.items()}
        for line in chunk:
            yield _due(line, shown[line.obligation_key], documents[line.document_id], asked)


def _due(line: Line, obligation: Json, document: Json, asked: Ledger) -> Due:
    unit = obligation["units"][line.unit_position] if line.unit_position >= 0 else None
    if line.deadline_position < 0:
        lasting = line.raw is not None
        nothing = {"start": None, "end": None, "recurrence": None, "inherited": lasting}
        deadline = {"raw": line.raw, "type": "during" if lasting else None, **nothing, "start_char": line.start_char, "end_char": line.end_char}
        return Due(unit, deadline, "undated", obligation, document, line.group_name, lasting=lasting)
    deadline = obligation["deadlines"][line.deadline_position]
    status = status_of(deadline, asked.as_of, asked.soon)
    days: tuple[str, ...] = ()
    if status == "recurring" and asked.as_of:
        days = tuple(day.isoformat() for day in islice(occurrences(deadline, asked.as_of, asked.as_of + AHEAD), NEXT))
    return Due(unit, deadline, status, obligation, document, line.group_name, days)


def _reordered(store: Store, asked: Ledger, once: bool) -> Iterator[Due]:
    """The rows of a ledger whose units or days are spread: more rows than the base holds, in an order of their own."""
    spread = replace(asked, groups=(), first=None, last=None, statuses=())
    if asked.groups:
        spread = replace(spread, filters=replace(asked.filters, units=(), roles=()))
    rows = [one for row in read_ledger(store, spread, once=once and not asked.groups) for one in _spread(row, asked)]
    if asked.groups:
        wanted, named = wanted_unit(asked.filters), asked.filters.units or asked.filters.roles
        rows = [row for row in rows if not named or row.unit and wanted(row.unit)]
    if asked.statuses:
        rows = [row for row in rows if row.status in asked.statuses or row.lasting and "lasting" in asked.statuses]
    yield from sorted(rows, key=lambda row: (group_of(row, asked.by)[0], *_order(row)))


def _spread(row: Due, asked: Ledger) -> Iterator[Due]:
    """A row as the rows of the units that a generic name stands for, and of the days of a period on which it recurs."""
    from kb.expansion import expand_unit

    for unit in expand_unit(row.unit, tuple(row.document["region"]), asked.groups):
        own = replace(row, unit=unit, group=unit["name"]) if unit and "expanded_from" in unit else row
        if asked.first is None or asked.last is None:
            yield own
        elif row.status == "recurring":
            for day in occurrences(row.deadline, asked.first, asked.last):
                dated = row.deadline | {"end": day.isoformat(), "occurrence": day.isoformat()}
                yield replace(own, deadline=dated, status=_dated_status(dated["end"], asked.as_of, asked.soon), next=())
        elif row.deadline["end"] and asked.first.isoformat() <= row.deadline["end"] <= asked.last.isoformat():
            yield own


def _order(row: Due) -> tuple[str, str, str, int]:
    return row.deadline["end"] or _LAST, row.deadline["start"] or _LAST, row.document["id"], row.obligation["start_char"]


def group_of(row: Due, by: Grouping) -> tuple[tuple[bool, str], str]:
    """The key that a row's group is ordered by (rows without a unit or day last) and the group's name."""
    if by == "unit":
        if row.unit is None:
            return (True, ""), NO_UNIT
        name = row.group or row.unit["canonical"] or row.unit["name"]
        return (False, name), name
    if by == "month":
        end = row.deadline["end"]
        return (True, "") if end is None else (False, end[:7]), NO_DATE if end is None else f"{end[:4]}年{int(end[5:7])}月"
    number, title = row.document["document_number"], row.document["title"] or row.document["source"]
    return (False, f"{title} {row.document['id']}"), f"{title}（{number}）" if number else title


def grouped(rows: Iterable[Due], by: Grouping) -> Iterator[tuple[str, list[Due]]]:
    """The rows of each group with its name, in order."""
    for (_, name), members in groupby(rows, key=lambda row: group_of(row, by)):
        yield name, list(members)
