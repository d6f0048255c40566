"""The ledger as rows of the base: groups under today's names, statuses, what recurs, what lasts, generic names spread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.mentions import Deadline, Extraction, Obligation, Unit
from ingest.document import Block, Document, Head, Part, Span
from kb.deadlines import Ledger, count_rows, list_deadlines, read_ledger
from kb.errors import KbError
from kb.expansion import expand_unit, load_groups
from kb.export.ics_file import ledger_ics
from kb.export.ledger import ledger, status_word
from kb.filters import Filters
from kb.recurrence import occurrences
from kb.store import Store, open_store

HERE = ("澜川省", "砚州市", "栖禾县")  # 示例
Make = Callable[..., Store]


def _notice(lines: list[dict[str, Any]], name: str) -> tuple[Document, Extraction]:
    """A notice with one sentence a line, and what is found in each."""
    text, blocks, found = "", [], []
    for line in lines:
        span = Span(len(text), len(text) + len(line["text"]))
        text += line["text"] + "\n"
        blocks.append(Block(span, span, part=Part.BODY))
        if line.get("kind", "duty"):
            units = tuple(Unit(span, "u", unit, line.get("role", "responsible"), line.get("canonical")) for unit in line.get("units", ()))
            found.append(Obligation(span, "duty", "k", line["text"], units=units, deadlines=tuple(Deadline(span, "d", **due) for due in line.get("due", ()))))
    head = Head(title=name, issued_on=date(2024, 3, 1))
    return Document(text, tuple(blocks), head, f"{name}.txt", "", "text", None, ()), Extraction(tuple(found), (), "county", HERE)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def build(*notices: list[dict[str, Any]]) -> Store:
        store = open_store(tmp_path / "kb.sqlite")
        for number, lines in enumerate(notices):
            store.put(*_notice(lines, f"甲{number}"), f"/{number}")
        return store

    return build


BY = {"raw": "6月底前", "type": "by", "end": date(2024, 6, 30)}
LATE = {"raw": "9月底前", "type": "by", "end": date(2024, 9, 30)}
MONTHLY = {"raw": "每季度末月20日前", "type": "recurring", "recurrence": "P3M"}


def test_older_and_newer_names_are_one_group_and_keep_what_is_printed(make: Make) -> None:
    old = {"text": "质监局检查。", "units": ["县质监局"], "canonical": "栖禾县质量技术监督局", "due": [BY]}
    new = {"text": "市场监管局检查。", "units": ["县市场监管局"], "canonical": "栖禾县市场监督管理局", "due": [LATE]}
    rows = list_deadlines(make([old], [new]))
    assert [(row.group, row.unit and row.unit["name"]) for row in rows] == [("栖禾县市场监督管理局", "县质监局"), ("栖禾县市场监督管理局", "县市场监管局")]


def test_generic_names_are_grouped_with_their_place(make: Make) -> None:
    [row] = list_deadlines(make([{"text": "上报。", "units": ["各有关部门"], "due": [BY]}]))
    assert row.group == "各有关部门（栖禾县）" and row.as_json()["unit"] == "各有关部门"


LINES = [
    {"text": "甲。", "due": [BY]},
    {"text": "乙。", "due": [LATE]},
    {"text": "丙。", "due": [MONTHLY]},
    {"text": "丁。", "due": [{"raw": "收到之日起30日内", "type": "within"}]},
]
STATUSES = [(("overdue",), ["甲。"]), (("due_soon",), ["乙。"]), (("upcoming",), []), (("recurring",), ["丙。"]), (("undated",), ["丁。"]), (("overdue", "undated"), ["甲。", "丁。"])]


@pytest.mark.parametrize(("statuses", "expected"), STATUSES)
def test_rows_of_a_status(make: Make, statuses: tuple[str, ...], expected: list[str]) -> None:
    asked = Ledger(as_of=date(2024, 9, 1), statuses=statuses)
    store = make(LINES)
    assert [row.obligation["text"] for row in read_ledger(store, asked)] == expected
    assert count_rows(store, asked) == len(expected)
    assert list(read_ledger(store, replace(asked, as_of=None, statuses=("overdue",)))) == []


def test_what_recurs_names_its_next_days(make: Make) -> None:
    rows = list_deadlines(make(LINES), as_of=date(2024, 9, 1))
    assert [row.as_json()["next"] for row in rows if row.status == "recurring"] == [["2024-09-20", "2024-12-20", "2025-03-20"]]


def test_a_period_spreads_what_recurs_over_its_days(make: Make) -> None:
    asked = Ledger(by="month", as_of=date(2024, 7, 1), first=date(2024, 6, 1), last=date(2024, 9, 30))
    rows = list(read_ledger(make(LINES), asked))
    assert [(row.obligation["text"], row.deadline["end"], row.status) for row in rows] == [
        ("丙。", "2024-06-20", "overdue"),
        ("甲。", "2024-06-30", "overdue"),
        ("丙。", "2024-09-20", "upcoming"),
        ("乙。", "2024-09-30", "upcoming"),
    ]
    assert len(list(ledger(rows))) == 4


def test_what_is_to_last_is_apart(make: Make) -> None:
    store = make([{"text": "加强巡查。", "units": ["县水利局"], "canonical": "栖禾县水利局"}, {"text": "完成时限：长期坚持", "kind": ""}, {"text": "按期完成。", "due": [BY]}])
    rows = list_deadlines(store)
    assert [(row.obligation["text"], row.lasting, status_word(row), row.deadline["raw"]) for row in rows] == [
        ("加强巡查。", True, "长期坚持", "长期坚持"),
        ("按期完成。", False, "未到期", "6月底前"),
    ]
    assert [row.obligation["text"] for row in read_ledger(store, Ledger(statuses=("lasting",)))] == ["加强巡查。"]
    assert rows[0].as_json()["lasting"] is True and rows[0].as_json()["status"] == "undated"


OVERLAY = '[[group]]\nname = "各乡镇（街道、管委会）"\naliases = ["各镇街"]\nregion = "栖禾县"\nunits = ["东河乡人民政府", "城关镇人民政府"]\n'


def test_generic_units_are_spread_over_those_that_the_overlay_names(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "overlay.toml"
    path.write_text(OVERLAY, encoding="utf-8")
    store = make([{"text": "上报。", "units": ["各乡镇(街道、管委会)", "县水利局"], "due": [BY]}])
    rows = list(read_ledger(store, Ledger(groups=load_groups(path))))
    assert [row.unit and row.unit["name"] for row in rows] == ["东河乡人民政府", "县水利局", "城关镇人民政府"]
    assert rows[0].as_json()["expanded_from"] == "各乡镇(街道、管委会)"
    one = Ledger(Filters(units=("东河乡",)), groups=load_groups(path))
    assert [row.unit and row.unit["name"] for row in read_ledger(store, one)] == ["东河乡人民政府"]
    assert expand_unit({"name": "各镇街"}, ("别处",), load_groups(path)) == [{"name": "各镇街"}]


@pytest.mark.parametrize("text", ["", "[[group]]\nname = 3\nunits = ['甲']", "[[group]]\nname = '各镇'", "=", "[[group]]\nname='各镇'\nunits=[]"])
def test_a_bad_overlay_is_one_clear_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "overlay.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KbError, match="corpus/overlay.toml"):
        load_groups(path)


def test_pages_follow_each_other(make: Make) -> None:
    store = make(LINES, [line | {"text": f"再{line['text']}"} for line in LINES])
    for by in ("unit", "month", "document"):
        whole = list(read_ledger(store, Ledger(by=by)))  # type: ignore[arg-type]
        pages = [row for start in range(0, len(whole), 3) for row in read_ledger(store, Ledger(by=by), 3, start)]  # type: ignore[arg-type]
        assert pages == whole and len(whole) == len(LINES) * 2


def test_an_older_base_gets_its_ledger_when_opened(make: Make, tmp_path: Path) -> None:
    import sqlite3

    store = make(LINES)
    rows = list_deadlines(store)
    store.close()
    with sqlite3.connect(tmp_path / "kb.sqlite") as raw:
        raw.executescript("DROP TABLE ledger; DROP TABLE unit_names; DROP TABLE changes; DROP INDEX documents_place; UPDATE meta SET value = '3' WHERE name = 'schema'")
    assert list_deadlines(open_store(tmp_path / "kb.sqlite")) == rows


DAYS = [
    ("P1M", "每月5日前", ["2025-01-05", "2025-02-05", "2025-03-05"]),
    ("P1M", "每月底", ["2025-01-31", "2025-02-28", "2025-03-31"]),
    ("P3M", "每季度", ["2025-03-31"]),
    ("P3M", "每季度结束后10日内", ["2025-01-10"]),
    ("P6M", "每半年报送1次", []),
    ("P1Y", "每年3月、9月", ["2025-03-31"]),
    ("P1Y", "每年3月15日前", ["2025-03-15"]),
    ("P1Y", "每年春秋开学前", ["2025-03-31"]),
    ("P2Y", "每两年", []),
    ("P2W", "每两周", ["2025-01-05", "2025-01-19", "2025-02-02", "2025-02-16", "2025-03-02", "2025-03-16", "2025-03-30"]),
    (None, "定期", []),
]


@pytest.mark.parametrize(("recurrence", "raw", "expected"), DAYS)
def test_days_of_what_recurs(recurrence: str | None, raw: str, expected: list[str]) -> None:
    found = occurrences({"recurrence": recurrence, "raw": raw, "start": None, "end": None}, date(2025, 1, 1), date(2025, 3, 31))
    assert [day.isoformat() for day in found] == expected


@given(st.sampled_from(["P1D", "P2W", "P1M", "P3M", "P6M", "P1Y", "P3Y", "P0M", "x"]), st.text(max_size=12), st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 2000))
def test_days_stay_within_the_period_and_in_order(recurrence: str, raw: str, first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    found = list(occurrences({"recurrence": recurrence, "raw": raw, "start": None, "end": None}, first, last))
    assert found == sorted(set(found)) and all(first <= day <= last for day in found)


def test_calendars_have_tasks_events_alarms_and_rules(make: Make) -> None:
    from icalendar import Calendar

    rows = list_deadlines(make(LINES), as_of=date(2024, 9, 1))
    calendar = Calendar.from_ical(ledger_ics(rows))
    tasks, events = calendar.walk("VTODO"), calendar.walk("VEVENT")
    assert len(tasks) == len(events) == 3 and len(calendar.walk("VALARM")) == 6
    assert len({str(one["uid"]) for one in (*tasks, *events)}) == 6
    [repeated] = [one for one in tasks if "rrule" in one]
    assert repeated["rrule"]["FREQ"] == ["MONTHLY"] and repeated["rrule"]["INTERVAL"] == [3] and repeated.decoded("due") == date(2024, 9, 20)
    assert events[0].decoded("dtend") > events[0].decoded("dtstart")


def test_a_task_keeps_its_name_when_its_day_or_file_changes(make: Make) -> None:
    from kb.export.ics_file import task_uid

    [row, *_] = list_deadlines(make(LINES))
    moved = replace(row, deadline=row.deadline | {"end": "2024-07-31"}, obligation=row.obligation | {"id": "other-" + row.obligation["id"].rpartition("-")[2]})
    assert task_uid(row) == task_uid(moved)


def test_tasks_of_units_without_a_time_are_rows_too(make: Make) -> None:
    store = make([{"text": "加强巡查。", "units": ["县水利局"], "canonical": "栖禾县水利局"}, {"text": "按期完成。"}])
    [row] = list_deadlines(store)
    assert (row.status, row.lasting, row.as_json()["raw"], row.as_json()["type"]) == ("undated", False, None, None)
    assert next(ledger([row]))[5] == ""


@pytest.mark.parametrize(("words", "found"), [("床位", True), ("床位 护理型", True), ("床 位%", False), ("app", True), ("APP", True), ("ap_", False), ("床位 没有", False)])
def test_words_of_a_passage_are_held_whatever_their_case(make: Make, words: str, found: bool) -> None:
    store = make([{"text": "用App登记护理型床位。", "units": ["县民政局"], "due": [BY]}])
    assert bool(store.count_obligations(Filters(text=words))) is found
    assert bool(list_deadlines(store, Filters(text=words))) is found
