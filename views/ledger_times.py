"""Deadlines over time: a timeline (Gantt) and the calendar of a month, red, amber and green by the day chosen."""

from __future__ import annotations

from calendar import monthcalendar
from collections.abc import Sequence
from datetime import date, timedelta

from kb.deadlines import Due
from views.chips import source_link
from views.tree import Node, el
from views.words import t

_LAMPS = {"overdue": "red", "due_soon": "amber", "upcoming": "green"}
_TICKS = 5  # years named on the scale: a phone has room for no more
_PER_DAY = 4  # tasks of a day that a calendar lists


def lamp(row: Due) -> str:
    """The colour of a row: red of what is overdue, amber of what is due soon, green of what has time, grey of the rest."""
    return _LAMPS.get(row.status, "grey")


def _span(row: Due, day: date) -> tuple[date, date]:
    """The first and last day of a row's bar: of what has no first day, a month before its end, or from the day it was issued."""
    end = date.fromisoformat(row.deadline["end"])
    issued = row.document.get("issued_on")
    start = row.deadline["start"] or issued
    begun = date.fromisoformat(start) if start else end - timedelta(days=30)
    return min(begun, end), end


def timeline(rows: Sequence[Due], day: date) -> Node:
    """Rows as bars on one scale of time, the day chosen as a line."""
    spans = [_span(row, day) for row in rows]
    first = min(min(start for start, _ in spans), day)
    last = max(max(end for _, end in spans), day)
    length = max((last - first).days, 1)

    def share(moment: date) -> str:
        return f"{100 * (moment - first).days / length:.2f}%"

    step = -(-(last.year - first.year) // _TICKS) or 1
    ticks = [el("div", "tick", str(year), **{"--left": share(date(year, 1, 1))}) for year in range(first.year + 1, last.year + 1, step)]
    today = el("div", "today", title=day.isoformat(), **{"--left": share(day)})
    lines: list[Node] = [el("div", "axis", el("div", "what", t("ledger.head_task")), el("div", "lane", *ticks, today))]
    for row, (start, end) in zip(rows, spans, strict=True):
        obligation = row.obligation
        unit = f"{row.unit['name']}：" if row.unit else ""
        width = f"{100 * (end - start).days / length:.2f}%"
        says = f"{start} — {end}\n{row.deadline['raw']}\n{obligation['text']}"
        bar = el("div", f"span {lamp(row)}", title=says, **{"--left": share(start), "--width": width})
        go = source_link(obligation["document"], obligation["start_char"], obligation["end_char"])
        lines.append(el("div", "line", el("div", "what", f"{unit}{obligation['text']}", title=says, go=go), el("div", "lane", bar, el("div", "today", **{"--left": share(day)}))))
    return el("div", "gantt", *lines)


def calendar(rows: Sequence[Due], first: date, day: date, ways: Sequence[str]) -> Node:
    """A month of rows, with the ways to the months before and behind it."""
    by_day: dict[int, dict[str, Due]] = {}
    for row in rows:
        end = row.deadline["end"]
        if end and end[:7] == first.isoformat()[:7]:
            by_day.setdefault(int(end[8:]), {})[row.obligation["id"]] = row
    title = el("p", "", el("a", "", t("ledger.before"), go=ways[0]), el("b", "", f"　{first:%Y-%m}　"), el("a", "", t("ledger.behind"), go=ways[1]))
    heads = el("tr", "", *(el("th", "", name) for name in t("ledger.days").split("|")))
    weeks = [el("tr", "", *(_day(number, first, day, list(by_day.get(number, {}).values())) for number in week)) for week in monthcalendar(first.year, first.month)]
    return el("div", "", title, el("table", "month", el("thead", "", heads), el("tbody", "", *weeks)))


def _day(number: int, first: date, day: date, rows: Sequence[Due]) -> Node:
    if not number:
        return el("td", "")
    tasks = [
        el("a", f"task lamp {lamp(row)}", row.obligation["text"], title=row.obligation["text"], go=source_link(row.obligation["document"], row.obligation["start_char"], row.obligation["end_char"]))
        for row in rows[:_PER_DAY]
    ]
    more = [el("span", "muted", t("ledger.more", count=len(rows) - _PER_DAY))] if len(rows) > _PER_DAY else []
    return el("td", "now" if first.replace(day=number) == day else "", el("div", "day", str(number)), *tasks, *more)
