"""The files that offices use: opened again, they say what the base says, and no cell starts a formula."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.deadlines import Due, list_deadlines
from kb.export.columns import lay_out, width, wrap
from kb.export.csv_file import ledger_csv
from kb.export.files import write_file
from kb.export.ics_file import ledger_ics
from kb.export.ledger import COLUMNS, ledger, once
from kb.export.lists import deadlines_list, obligations_list
from kb.export.xlsx_file import ledger_xlsx
from kb.store import open_store
from tests.kb.fakes import make_document, make_extraction


@pytest.fixture
def rows(tmp_path: Path) -> list[Due]:
    with open_store(tmp_path / "kb.sqlite") as store:
        store.put(make_document(), make_extraction())
        return list_deadlines(store)


def _named(row: Due, text: str) -> Due:
    return Due(row.unit, row.deadline, row.status, row.obligation | {"text": text, "id": text}, row.document)


def test_the_ledger_has_a_row_for_each_obligation_and_deadline(rows: list[Due]) -> None:
    found = list(ledger(once(rows)))
    assert [row[0] for row in found] == [1, 2]
    assert found[1][1:5] == ("市民政局牵头，市财政局配合，于2024年6月底前完成改造。", "市民政局", "", "市财政局")
    assert found[1][5] == "2024年6月底前（2024-06-30）"
    assert found[0][6] == "达到60%以上"
    assert found[0][7] == "《云溪市人民政府关于加强养老服务的通知》（云政发〔2023〕5号） 一、主要任务"


def test_csv_opens_with_chinese_and_without_formulas(rows: list[Due]) -> None:
    data = ledger_csv([*rows, _named(rows[0], "=HYPERLINK(1)")])
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(StringIO(data.decode("utf-8-sig"))))
    assert tuple(read[0]) == COLUMNS and len(read) == 4
    assert read[-1][1] == "'=HYPERLINK(1)"


def test_xlsx_opens_with_its_head_frozen_and_strings_only(rows: list[Due]) -> None:
    import openpyxl

    formula = '=cmd|"/C calc"!A0'
    book = openpyxl.load_workbook(BytesIO(ledger_xlsx([*rows, _named(rows[0], formula)])))
    sheet = book.active
    assert sheet is not None
    assert tuple(cell.value for cell in sheet[1]) == COLUMNS
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:I4"
    assert sheet["B4"].value == formula and sheet["B4"].data_type == "s"
    assert sheet["B2"].value == rows[0].obligation["text"]


def test_an_empty_ledger_is_a_workbook_too() -> None:
    import openpyxl

    sheet = openpyxl.load_workbook(BytesIO(ledger_xlsx([]))).active
    assert sheet is not None and sheet.max_row == 1


def test_calendar_tasks_are_all_day_and_keep_their_names(rows: list[Due]) -> None:
    from icalendar import Calendar

    undated = Due(rows[0].unit, rows[0].deadline | {"end": None}, "undated", rows[0].obligation, rows[0].document)
    data = ledger_ics([*rows, undated])
    assert data == ledger_ics([*rows, undated])
    tasks = Calendar.from_ical(data).walk("VTODO")
    assert [task.decoded("due").isoformat() for task in tasks] == ["2025-12-31", "2024-06-30", "2024-06-30"]
    assert len({str(task["uid"]) for task in tasks}) == 3
    assert str(tasks[1]["summary"]).startswith("【市民政局】")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    write_file(path, b"new")
    assert path.read_bytes() == b"new" and [file.name for file in tmp_path.iterdir()] == ["out.csv"]


@given(st.text(), st.integers(2, 40))
@example("0(中", 2)
def test_wrapping_keeps_every_character_and_the_width(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert "".join(lines) == text.replace("\n", "")
    assert all(sum(map(width, line)) <= cells for line in lines)


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), max_size=4))
def test_columns_show_no_control_characters(cells: list[tuple[str, str]]) -> None:
    lines = list(lay_out(((pair, "") for pair in cells), (10, 12)))
    assert all(char.isprintable() for line in lines for char in line)
    assert all(sum(map(width, line)) <= 23 for line in lines)


def test_lists_stay_within_a_hundred_columns(rows: list[Due]) -> None:
    lines = [*deadlines_list(rows, "unit", 100), *deadlines_list(rows, "month", 100)]
    lines += obligations_list([row.obligation for row in rows], {row.document["id"]: row.document for row in rows}, 100)
    assert all(sum(map(width, line)) <= 100 for line in lines)
    assert any("云溪市民政局（原文：市民政局）" in line for line in lines)
