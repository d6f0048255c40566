"""Workbooks as their sheets show them: merged cells, dates, percentages, hidden rows, unit lines."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import IngestError, read_bytes
from ingest.document import BlockKind
from ingest.limits import DEFAULT_LIMITS
from ingest.lines import Reading
from ingest.readers.xlsx import read_lines
from ingest.readers.xlsx_display import builtin_format, display

HEAD = ["序号", "重点任务", "责任单位", "完成时限"]


def book(fill: Callable[[Any], None]) -> bytes:
    import openpyxl

    made = openpyxl.Workbook()
    fill(made)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def sheet(*rows: list[Any], more: Callable[[Any], None] = lambda sheet: None) -> bytes:
    def fill(made: Any) -> None:
        for row in rows:
            made.active.append(row)
        more(made.active)

    return book(fill)


def reading(data: bytes) -> Reading:
    return read_lines(data, "表.xlsx", DEFAULT_LIMITS)


def texts(data: bytes) -> list[str]:
    return [" | ".join(line.cells) if line.cells else line.text for line in reading(data).lines]


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (0.85, "0%", "85%"),
        (0.8512, "0.0%", "85.1%"),
        (45838, "yyyy-mm-dd", "2025年6月30日"),
        (45838, 'yyyy"年"m"月"', "2025年6月"),
        (45838, '[$-804]yyyy"年"m"月"d"日";@', "2025年6月30日"),
        (45838, "m/d", "6月30日"),
        (45838.75, "yyyy/m/d h:mm", "2025年6月30日18:00"),
        (0.5, "h:mm", "12:00"),
        (-5, "yyyy-mm-dd", "-5"),
        (1e9, "yyyy-mm-dd", "1000000000"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (5, '0"万元"', "5万元"),
        (5, '"约"0"个"', "约5个"),
        (12, "000", "012"),
        (0.1 + 0.2, "General", "0.3"),
        (3.0, "General", "3"),
        (1.5, "0.##", "1.5"),
        (-3.2, "0.0_);(0.0)", "(3.2)"),
        (-3.25, "0.00", "-3.25"),
        (1200, "[Red]0", "1200"),
        (5000, "#,##0,", "5"),
        (8, "¥#,##0", "¥8"),
        (7, "", "7"),
        (0.25, "# ?/?", "0.25"),
    ],
)
def test_values_as_displayed(value: float, code: str, expected: str) -> None:
    assert display(value, code) == expected


def test_formats_that_a_chinese_office_has_by_number() -> None:
    assert display(45838, builtin_format(57)) == "2025年6月"
    assert display(45838, builtin_format(14)) == "2025年6月30日"
    assert display(44376, builtin_format(31), since_1904=True) == "2025年6月30日"


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(alphabet='0#?.,%;ymdhs"\\[]_*E+-@/年 ', max_size=20))
def test_any_value_in_any_format_is_text(value: float, code: str) -> None:
    assert isinstance(display(value, code) if abs(value) < 1e300 else "", str)


def test_title_and_unit_line_stand_above_the_table() -> None:
    data = sheet(["云溪市2025年重点任务分工表"], [None, None, None, "单位：万元"], HEAD, [1, "建设平台", "市数据局", date(2025, 6, 30)], ["注：限额以上的计入。"])
    lines = reading(data).lines
    assert texts(data) == ["云溪市2025年重点任务分工表", "单位：万元", " | ".join(HEAD), "1 | 建设平台 | 市数据局 | 2025年6月30日", "注：限额以上的计入。"]
    assert lines[3].columns == tuple(HEAD)
    assert [line.paragraph for line in lines] == [1, 2, 3, 4, 5]


def test_merged_cells_stand_in_each_row() -> None:
    def merge(made: Any) -> None:
        made.merge_cells("A1:D1")
        made.merge_cells("C3:C4")
        made.merge_cells("C5:D5")

    rows: list[list[Any]] = [["分工表", None, None, None], HEAD, [1, "建设平台", "市数据局", "6月底"], [2, "归集数据", None, "9月底"], [3, "开展培训", "长期坚持", None]]
    assert texts(sheet(*rows, more=merge))[2:] == ["1 | 建设平台 | 市数据局 | 6月底", "2 | 归集数据 | 市数据局 | 9月底", "3 | 开展培训 | 长期坚持 | "]


def test_hidden_rows_columns_and_sheets_are_left_out_with_a_warning() -> None:
    def fill(made: Any) -> None:
        shown = made.active
        for row in ([*HEAD, "内部备注"], [1, "建设平台", "市数据局", "6月底", "勿外传"], [2, "旧任务", "", "3月底", ""], [3, "开展培训", None, "9月底", ""]):
            shown.append(row)
        shown.merge_cells("C3:C4")
        shown["C3"] = "市人社局"
        shown.row_dimensions[3].hidden = True
        shown.column_dimensions["E"].hidden = True
        made.create_sheet("底稿").append(["草稿"])
        made["底稿"].sheet_state = "hidden"

    data = book(fill)
    assert texts(data) == [" | ".join(HEAD), "1 | 建设平台 | 市数据局 | 6月底", "3 | 开展培训 | 市人社局 | 9月底"]
    warnings = " ".join(reading(data).warnings)
    assert "hidden sheet 底稿" in warnings and "1 hidden rows" in warnings and "hidden columns" in warnings


def test_formulas_without_a_stored_value_are_told() -> None:
    assert "1 formulas" in reading(sheet(HEAD, [1, "建设平台", "市数据局", "=A1&B1"])).warnings[0]


def test_several_sheets_have_their_names_and_lines_in_a_cell_stay_apart() -> None:
    def fill(made: Any) -> None:
        made.active.title = "重点任务"
        made.active.append(["云溪市重点任务"])
        made.active.append(HEAD)
        made.active.append([1, "建设平台", "市数据局\n市财政局", datetime(2025, 6, 30)])
        other = made.create_sheet("指标表")
        other.append(["指标", "目标值", "责任单位"])
        other.append(["入园率", 0.9, "市教育局"])
        other["B2"].number_format = "0%"
        made.create_sheet("空表")

    assert texts(book(fill)) == ["云溪市重点任务", " | ".join(HEAD), "1 | 建设平台 | 市数据局、市财政局 | 2025年6月30日", "指标表", "指标 | 目标值 | 责任单位", "入园率 | 90% | 市教育局"]


def test_an_empty_row_inside_a_table_does_not_end_its_columns() -> None:
    lines = reading(sheet(HEAD, [1, "建设平台", "市数据局", "6月底"], [], [2, "开展培训", "市人社局", "9月底"])).lines
    assert lines[-1].columns == tuple(HEAD)


def replaced(data: bytes, member: str, pattern: str, by: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, re.sub(pattern, lambda _: by, content.decode(), count=1) if name == member else content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_many_formatted_rows_without_content_are_passed_over() -> None:
    empty = "".join(f'<row r="{i}" s="1"><c r="A{i}" s="0"/><c r="B{i}" s="0"/></row>' for i in range(10, 120_000))
    data = replaced(sheet(HEAD, [1, "建设平台", "市数据局", "6月底"]), SHEET, "</sheetData>", empty + "</sheetData>")
    assert len(texts(data)) == 2


def test_a_merge_over_whole_columns_and_a_far_cell_cost_nothing() -> None:
    data = replaced(sheet(HEAD, [1, "甲", "乙", "丙"]), SHEET, "</sheetData>", '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c></row></sheetData>')
    data = replaced(data, SHEET, "<pageMargins", '<mergeCells><mergeCell ref="A2:A1048576"/><mergeCell ref="?"/></mergeCells><pageMargins')
    found = reading(data)
    assert len(found.lines) == 2
    assert "larger" in found.warnings[0]


@pytest.mark.parametrize(
    ("pattern", "by", "words"),
    [("^", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>', "entities"), ("</sheetData>", "", "damaged")],
)
def test_a_workbook_that_is_not_sound_is_refused(pattern: str, by: str, words: str) -> None:
    with pytest.raises(IngestError, match=words):
        reading(replaced(sheet(HEAD), SHEET, pattern, by))


def test_a_workbook_is_a_document() -> None:
    document = read_bytes("分工表.xlsx", sheet(["云溪市重点任务分工表"], HEAD, [1, "建设平台", "市数据局", "2025年6月底"]))
    row = document.blocks[-1]
    assert document.format == "xlsx"
    assert row.kind is BlockKind.ROW
    assert [cell.column for cell in row.cells] == HEAD
    assert document.head.title == "云溪市重点任务分工表"
