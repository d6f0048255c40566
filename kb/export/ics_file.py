"""ICS: dated deadlines as all-day tasks that calendar programs take in; importing again updates them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from hashlib import sha256

from kb.deadlines import Due
from kb.export.ledger import ROLE, basis

_UNDATED_STAMP = date(2000, 1, 1)


def ledger_ics(rows: Iterable[Due]) -> bytes:
    """The dated rows as VTODO; rows without a day have no place in a calendar."""
    from icalendar import Calendar, Todo

    calendar = Calendar()
    calendar.add("prodid", "-//notice-kb//deadlines//ZH")
    calendar.add("version", "2.0")
    for row in rows:
        if row.deadline["end"] is None:
            continue
        task = Todo()
        task.add("uid", task_uid(row))
        task.add("dtstamp", _stamp(row))
        task.add("due", date.fromisoformat(row.deadline["end"]))
        unit = row.unit["name"] if row.unit else None
        task.add("summary", f"【{unit}】{row.obligation['text']}" if unit else row.obligation["text"])
        role = f"{ROLE[row.unit['role']]}：{unit}\n" if row.unit else ""
        task.add("description", f"{role}时限：{row.deadline['raw']}\n依据：{basis(row.document, row.obligation)}")
        calendar.add_component(task)
    return bytes(calendar.to_ical())


def task_uid(row: Due) -> str:
    """The same task has the same name in every export."""
    place = f"{row.obligation['id']} {row.unit['name'] if row.unit else ''} {row.unit['role'] if row.unit else ''} {row.deadline['start_char']} {row.deadline['end']}"
    return f"{sha256(place.encode()).hexdigest()[:24]}@notice-kb"


def _stamp(row: Due) -> datetime:
    """The notice's own date: the machine's clock would make every export another file."""
    issued = row.document.get("issued_on")
    day = date.fromisoformat(issued) if issued else _UNDATED_STAMP
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
