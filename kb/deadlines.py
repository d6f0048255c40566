"""The ledger (督办台账): what falls due, one row for each unit, obligation and deadline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Literal

from kb.filters import Filters, wanted_deadline, wanted_unit
from kb.records import Json
from kb.store import Store

Grouping = Literal["unit", "month", "document"]
Status = Literal["overdue", "due_soon", "upcoming", "recurring", "undated"]
SOON_DAYS = 30
NO_UNIT = "未写明单位"
NO_DATE = "未定日期"
_LAST = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline of one obligation for one unit (None: the notice names none), as JSON pieces of the contract."""

    unit: Json | None
    deadline: Json
    status: Status
    obligation: Json
    document: Json

    def as_json(self) -> Json:
        """As `kb deadlines --json` prints it."""
        unit = self.unit or {"name": None, "role": None, "canonical": None}
        dates = {key: self.deadline[key] for key in ("type", "start", "end", "recurrence", "raw")}
        return {
            "unit": unit["name"],
            "canonical": unit["canonical"],
            "role": unit["role"],
            **dates,
            "status": self.status,
            "obligation": self.obligation,
            "document": self.document,
        }


def status_of(deadline: Mapping[str, Any], as_of: date | None, soon: int = SOON_DAYS) -> Status:
    """How a deadline stands on a day; without a day, every dated one is `upcoming`: the machine's clock is never asked.

    >>> status_of({"type": "by", "end": "2025-06-30", "recurrence": None}, date(2025, 6, 1))
    'due_soon'
    """
    if deadline["type"] == "recurring" or deadline["recurrence"]:
        return "recurring"
    if deadline["end"] is None:
        return "undated"
    if as_of is None:
        return "upcoming"
    end = date.fromisoformat(deadline["end"])
    if end < as_of:
        return "overdue"
    return "due_soon" if end <= as_of + timedelta(days=soon) else "upcoming"


def list_deadlines(store: Store, filters: Filters | None = None, by: Grouping = "unit", as_of: date | None = None, soon: int = SOON_DAYS) -> list[Due]:
    """Every deadline that the filters mean, ordered as it is grouped."""
    filters = filters or Filters()
    documents = store.summaries()
    rows: list[Due] = []
    for obligation in store.find_obligations(replace(filters, dated=True)):
        document = documents[obligation["document"]]
        rows += (
            Due(unit, deadline, status_of(deadline, as_of, soon), obligation, document) for unit, deadline in _pairs(obligation, filters)
        )
    return sorted(rows, key=lambda row: (group_of(row, by)[0], *_order(row)))


def _pairs(obligation: Json, filters: Filters) -> Iterator[tuple[Json | None, Json]]:
    """The unit and deadline of each row, of those that the filters mean."""
    named = filters.units or filters.roles
    wanted = wanted_unit(filters)
    units: list[Json | None] = [unit for unit in obligation["units"] if not named or wanted(unit)]
    if not units and not named:
        units = [None]
    for deadline in filter(wanted_deadline(filters), obligation["deadlines"]):
        for unit in units:
            yield unit, deadline


def _order(row: Due) -> tuple[str, str, str, int]:
    return row.deadline["end"] or _LAST, row.deadline["start"] or _LAST, row.document["id"], row.obligation["start_char"]


def group_of(row: Due, by: Grouping) -> tuple[tuple[bool, str], str]:
    """The key that a row's group is ordered by (rows without a unit or day last) and the group's name."""
    if by == "unit":
        if row.unit is None:
            return (True, ""), NO_UNIT
        name = row.unit["canonical"] or row.unit["name"]
        return (False, name), name
    if by == "month":
        end = row.deadline["end"]
        return (True, "") if end is None else (False, end[:7]), NO_DATE if end is None else f"{end[:4]}年{int(end[5:7])}月"
    number, title = row.document["document_number"], row.document["title"] or row.document["source"]
    return (False, f"{title} {row.document['id']}"), f"{title}（{number}）" if number else title


def grouped(rows: list[Due], by: Grouping) -> Iterator[tuple[str, list[Due]]]:
    """The rows of each group with its name, in order."""
    for (_, name), members in groupby(rows, key=lambda row: group_of(row, by)):
        yield name, list(members)
