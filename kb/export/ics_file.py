"""ICS: deadlines as all-day tasks with an alarm, and as events for calendars that know no tasks; importing again updates them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kb.deadlines import Due
from kb.export.ledger import ROLE, basis
from kb.naming import number_key

if TYPE_CHECKING:
    from icalendar import Component

_UNDATED_STAMP = date(2000, 1, 1)
_WARN = timedelta(days=-7)  # a week's notice, at the start of the day
_FREQUENCY = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY", "Y": "YEARLY"}


def ledger_ics(rows: Iterable[Due]) -> bytes:
    """The rows that have a day, or days that follow each other, as VTODO and VEVENT; others have no place in a calendar."""
    from icalendar import Calendar, Event, Todo

    calendar = Calendar()
    calendar.add("prodid", "-//notice-kb//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "督办台账")
    for row in rows:
        end = row.deadline["end"] if row.status != "recurring" else None
        if end is None and not row.next:
            continue
        day = date.fromisoformat(end or row.next[0])
        task, event = Todo(), Event()
        task.add("due", day)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        if row.next:
            task.add("dtstart", day)  # what a rule of recurrence counts from
        for kind, component in (("todo", task), ("event", event)):
            _describe(component, row, f"{task_uid(row)}-{kind}@notice-kb")
            _repeat(component, row, day)
            calendar.add_component(component)
    return bytes(calendar.to_ical())


def _describe(component: Component, row: Due, uid: str) -> None:
    from icalendar import Alarm

    unit = row.unit["name"] if row.unit else None
    component.add("uid", uid)
    component.add("dtstamp", _stamp(row))
    component.add("sequence", len(row.obligation.get("corrected", ())))
    component.add("summary", f"【{unit}】{row.obligation['text']}" if unit else row.obligation["text"])
    role = f"{ROLE[row.unit['role']]}：{unit}\n" if row.unit else ""
    component.add("description", f"{role}时限：{row.deadline['raw']}\n依据：{basis(row.document, row.obligation)}")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{row.deadline['raw']}：{row.obligation['text'][:40]}")
    alarm.add("trigger", _WARN, parameters={"RELATED": "END"} if component.name == "VTODO" else None)
    component.add_component(alarm)


def _repeat(component: Component, row: Due, day: date) -> None:
    """The rule by which a recurring task comes back, where its days are a period apart; else the next days themselves."""
    match = re.fullmatch(r"P(\d+)([DWMY])", row.deadline["recurrence"] or "")
    if not row.next or match is None:
        return
    days = [date.fromisoformat(one) for one in row.next]
    months = int(match[1]) * {"M": 1, "Y": 12}.get(match[2], 0)
    apart = {(later.year - sooner.year) * 12 + later.month - sooner.month for sooner, later in pairwise(days)}
    if months and apart - {months}:
        component.add("rdate", days[1:])
        return
    rule: dict[str, Any] = {"freq": _FREQUENCY[match[2]], "interval": int(match[1])}
    if months and (day + timedelta(days=1)).day == 1:
        rule |= {"freq": "MONTHLY", "interval": months, "bymonthday": -1}  # the last day, whether 30 or 31
    component.add("rrule", rule)


def task_uid(row: Due) -> str:
    """The same task has the same name in every export, also when its day was corrected or the notice was read again."""
    document = row.document
    notice = number_key(document["document_number"]) or document["title"] or document["id"]
    order = next((at for at, one in enumerate(row.obligation["deadlines"]) if one["start_char"] == row.deadline["start_char"]), 0)
    unit = row.unit["name"] if row.unit else ""
    place = f"{notice} {str(row.obligation['id']).rpartition('-')[2]} {unit} {order} {row.deadline.get('occurrence', '')}"
    return sha256(place.encode()).hexdigest()[:24]


def _stamp(row: Due) -> datetime:
    """The notice's own date: the machine's clock would make every export another file."""
    issued = row.document.get("issued_on")
    day = date.fromisoformat(issued) if issued else _UNDATED_STAMP
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
