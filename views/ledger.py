"""时限台账: what falls due, by department, month or document; as a table, a timeline or a calendar; to print and to download."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from io import BytesIO
from typing import Any

import streamlit as st

from kb.deadlines import STATUSES, Due, Ledger, count_rows, group_of, read_ledger
from kb.export.ledger import when
from views.address import keep, restore, restore_day, restore_many, restore_one
from views.base import Snapshot, snapshot
from views.chips import source_link
from views.filters import choose_filters
from views.ledger_times import calendar, lamp, timeline
from views.pages import link, page_asked, pager, say
from views.tree import Node, draw, el
from views.words import name_of, t

_BY = ("unit", "month", "document")
_SHAPES = ("table", "timeline", "calendar")
_PAGE = 50
_BARS = 60  # lines of a timeline: more cannot be read


def show() -> None:
    """The page."""
    of = snapshot()
    if not of.size:
        say("info", t("asking.empty"))
        return
    main, beside = st.columns([3.4, 1], gap="medium")
    with beside, st.container(key="filters"):
        restore_day("day", date.today())
        st.date_input(t("ledger.day"), key="day", format="YYYY-MM-DD", help=t("ledger.day_help"))
        day = st.session_state["day"] or date.today()
        restore("text")
        st.text_input(t("filter.text"), key="text")
        filters = choose_filters(of, day, str(st.session_state["text"]).strip() or None)
        restore_many("status", STATUSES)
        st.multiselect(t("ledger.status"), STATUSES, format_func=lambda value: name_of("status", value), key="status", placeholder=t("filter.all"))
    keep("text", "status")
    keep("day", without=[date.today()])
    with main:
        shape, by = _shape()
        asked = Ledger(filters, by, day, statuses=tuple(st.session_state["status"]))  # type: ignore[arg-type]
        if shape == "table":
            _show_table(of, asked)
        elif shape == "timeline":
            _show_timeline(of, asked)
        else:
            _show_month(of, asked)
        _downloads(of, asked)


def _shape() -> tuple[str, str]:
    """How the ledger is shown and what it is grouped by."""
    left, right = st.columns(2)
    restore_one("as", _SHAPES, "table")
    restore_one("by", _BY, "unit")
    left.segmented_control(t("ledger.as"), _SHAPES, format_func=lambda value: t(f"ledger.{value}"), key="as", required=True, label_visibility="collapsed")
    right.segmented_control(t("ledger.by"), _BY, format_func=lambda value: t(f"ledger.by_{value}"), key="by", required=True, label_visibility="collapsed")
    keep("as", without=["table"])
    keep("by", without=["unit"])
    return str(st.session_state["as"]), str(st.session_state["by"])


@lru_cache(maxsize=128)
def _rows(of: Snapshot, asked: Ledger, limit: int, offset: int) -> tuple[Due, ...]:
    return tuple(read_ledger(of.store, asked, limit, offset))


@lru_cache(maxsize=128)
def _count(of: Snapshot, asked: Ledger) -> int:
    return count_rows(of.store, asked)


def _show_table(of: Snapshot, asked: Ledger) -> None:
    """A page of the table, with its groups as headings."""
    total = _count(of, asked)
    pages = max(1, -(-total // _PAGE))
    number = page_asked(pages)
    rows = _rows(of, asked, _PAGE, (number - 1) * _PAGE)
    nodes: list[Node] = [el("p", "muted", t("ledger.count", count=total, day=asked.as_of or "")), el("button", "noprint", t("ledger.print"), print="1")]
    held: list[Node] = []
    group = ""
    for row in rows:
        name = group_of(row, asked.by)[1]
        if name != group:
            nodes += [_table(held)] if held else []
            held, group = [], name
            nodes.append(el("h3", "", el("a", "", name, go=_only(name)) if asked.by == "unit" and row.unit else name))
        held.append(_line(row, asked.by))
    nodes += [_table(held)] if held else []
    draw("ledger", *nodes, *pager("ledger", number, pages))


def _only(unit: str) -> str:
    """The ledger of one department alone: the page to print."""
    kept = {key: st.query_params.get_all(key) for key in st.query_params if key not in ("unit", "p", "lang")}
    return link("ledger", unit=unit, **kept)


def _table(lines: Sequence[Node]) -> Node:
    heads = (el("th", "", t(f"ledger.head_{name}")) for name in ("task", "units", "due", "targets", "state"))
    return el("table", "wide", el("thead", "", el("tr", "", *heads)), el("tbody", "", *lines))


def _line(row: Due, by: str) -> Node:
    """One row: the task with its source, who, by when, how much, how it stands."""
    obligation = row.obligation
    where = source_link(obligation["document"], obligation["start_char"], obligation["end_char"])
    source = " › ".join((row.document.get("document_number") or row.document.get("title") or "", *obligation["path"][-1:]))
    units = "、".join(dict.fromkeys(f"{unit['name']}（{name_of('role', unit['role'])}）" for unit in obligation["units"]))
    if by != "unit" and row.unit:
        units = f"{row.unit['name']}（{name_of('role', row.unit['role'])}）"
    targets = "；".join(target["raw"] for target in obligation["targets"])
    task = el("td", "", obligation["text"], el("div", "", el("a", "from", source, go=where)))
    return el("tr", "", task, el("td", "", units), el("td", "", when(row.deadline, row.next)), el("td", "", targets), el("td", f"narrow lamp {lamp(row)}", name_of("status", "lasting" if row.lasting else row.status)))


def _show_timeline(of: Snapshot, asked: Ledger) -> None:
    """The dated rows as bars over time."""
    dated = replace(asked, filters=replace(asked.filters, dated=True))
    rows = [row for row in _rows(of, dated, 4 * _BARS, 0) if row.deadline["end"]][:_BARS]
    if not rows:
        say("info", t("ledger.nothing"))
        return
    draw("timeline", timeline(rows, asked.as_of or date.today()), el("p", "muted", t("ledger.shown", count=len(rows))))


def _show_month(of: Snapshot, asked: Ledger) -> None:
    """A month with what falls due on its days, recurring duties too."""
    day = asked.as_of or date.today()
    restore("month", day.strftime("%Y-%m"))
    try:
        first = date.fromisoformat(f"{st.session_state['month']}-01")
    except ValueError:
        first = day.replace(day=1)
    behind = (first + timedelta(days=31)).replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    spread = replace(asked, filters=replace(asked.filters, due_from=first, due_to=behind - timedelta(days=1)), first=None, last=None)
    kept = {key: st.query_params.get_all(key) for key in st.query_params if key not in ("month", "lang")}
    ways = [link("ledger", month=one.strftime("%Y-%m"), **kept) for one in (before, behind)]
    draw("month", calendar(_rows(of, spread, 400, 0), first, day, ways))


def _downloads(of: Snapshot, asked: Ledger) -> None:
    """The whole ledger as the files that offices use, made when asked for."""
    st.caption(t("frame.download"))
    columns = st.columns(4)
    kinds: list[tuple[str, str, Callable[[], Any]]] = [
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", lambda: _xlsx(of, asked)),
        ("csv", "text/csv", lambda: _csv(of, asked)),
        ("ics", "text/calendar", lambda: _ics(of, asked)),
    ]
    for column, (suffix, mime, make) in zip(columns, kinds, strict=False):
        column.download_button(suffix.upper(), make, f"{t('ledger.file')}.{suffix}", mime, key=f"get_{suffix}", on_click="ignore")


def _xlsx(of: Snapshot, asked: Ledger) -> bytes:
    from kb.export.xlsx_file import write_ledger_xlsx

    out = BytesIO()
    write_ledger_xlsx(read_ledger(of.store, asked, once=True), out)
    return out.getvalue()


def _csv(of: Snapshot, asked: Ledger) -> bytes:
    from kb.export.csv_file import write_ledger_csv

    out = BytesIO()
    write_ledger_csv(read_ledger(of.store, asked, once=True), out)
    return out.getvalue()


def _ics(of: Snapshot, asked: Ledger) -> bytes:
    from kb.export.ics_file import ledger_ics

    return ledger_ics(read_ledger(of.store, asked))
