"""One row for each unit, obligation and deadline, with the status of the day asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.deadlines import NO_UNIT, Grouping, grouped, list_deadlines, status_of
from kb.filters import Filters
from kb.store import Store, open_store
from tests.kb.fakes import make_document, make_extraction


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "kb.sqlite")
    store.put(make_document(), make_extraction())
    return store


STATUS = [
    ("by", "2025-06-30", None, "2025-07-01", "overdue"),
    ("by", "2025-06-30", None, "2025-06-30", "due_soon"),
    ("by", "2025-06-30", None, "2025-05-31", "due_soon"),
    ("by", "2025-06-30", None, "2025-05-30", "upcoming"),
    ("by", "2025-06-30", None, None, "upcoming"),
    ("recurring", None, "P6M", "2025-05-30", "recurring"),
    ("recurring", None, None, None, "recurring"),
    ("within", None, None, "2025-05-30", "undated"),
]


@pytest.mark.parametrize(("kind", "end", "recurrence", "as_of", "expected"), STATUS)
def test_status(kind: str, end: str | None, recurrence: str | None, as_of: str | None, expected: str) -> None:
    day = date.fromisoformat(as_of) if as_of else None
    assert status_of({"type": kind, "end": end, "recurrence": recurrence}, day) == expected


ROWS = [
    (Filters(), [("市卫健委", "2025-12-31"), ("市民政局", "2024-06-30"), ("市财政局", "2024-06-30")]),
    (Filters(units=("财政局",)), [("市财政局", "2024-06-30")]),
    (Filters(roles=("lead",)), [("市民政局", "2024-06-30")]),
    (Filters(due_from=date(2025, 1, 1)), [("市卫健委", "2025-12-31")]),
    (Filters(kinds=("prohibition",)), []),
]


@pytest.mark.parametrize(("filters", "expected"), ROWS)
def test_rows_are_those_of_the_filters(store: Store, filters: Filters, expected: list[tuple[str, str]]) -> None:
    rows = [row.as_json() for row in list_deadlines(store, filters)]
    assert [(row["unit"], row["end"]) for row in rows] == expected


GROUPS: list[tuple[Grouping, list[tuple[str, int]]]] = [
    ("unit", [("云溪市卫生健康委员会", 1), ("云溪市民政局", 1), ("云溪市财政局", 1)]),
    ("month", [("2024年6月", 2), ("2025年12月", 1)]),
    ("document", [("云溪市人民政府关于加强养老服务的通知（云政发〔2023〕5号）", 3)]),
]


@pytest.mark.parametrize(("by", "expected"), GROUPS)
def test_groups(store: Store, by: Grouping, expected: list[tuple[str, int]]) -> None:
    assert [(name, len(rows)) for name, rows in grouped(list_deadlines(store, by=by), by)] == expected


def test_what_names_no_unit_comes_last(store: Store) -> None:
    from dataclasses import replace

    extraction = make_extraction()
    nobody = replace(extraction.obligations[0], units=())
    store.put(make_document(), replace(extraction, obligations=(nobody, *extraction.obligations[1:])), again=True)
    rows = list_deadlines(store)
    assert [name for name, _ in grouped(rows, "unit")][-1] == NO_UNIT
    assert rows[-1].as_json()["unit"] is None and rows[-1].as_json()["role"] is None
    assert all(row.unit for row in list_deadlines(store, Filters(units=("局",))))
