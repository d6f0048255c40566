"""The report of a check for people: whole, in one file, and nothing that a notice prints is read as markup or formula."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.decisions import take_up
from kb.export.check_report import check_report
from kb.export.marks import differing
from kb.export.report import words
from kb.export.report_docx import report_docx
from kb.export.report_html import report_html
from kb.export.report_xlsx import report_xlsx
from tests.kb.bases import document, obligation


def _report(told: str = "加强检查。") -> dict[str, Any]:
    conflict = {"type": "kind_weaker", "superior": told, "draft": told, "explanation": told}
    place = {"text": "可以" + told, "path": [told], "start_char": 0, "end_char": 1}
    finding = {"status": "conflict", "severity": "high", "superior": obligation(told, path=[told]), "draft": [place], "conflicts": [conflict], "advice": told}
    missing = finding | {"status": "missing", "severity": "medium", "draft": [], "conflicts": []}
    covered = finding | {"status": "covered", "severity": "low", "conflicts": []}
    citation = {"title": told, "document_number": None, "status": "found", "document": "a", "note": told}
    choices = [document() | {"used": True, "reason": told}, document("old") | {"used": False, "reason": "已被废止"}]
    return {
        "draft": {"title": told}, "against": ["a"], "coverage": 0.25, "findings": [missing, covered, finding], "citations": [citation],
        "documents": choices, "warnings": [told],
    }  # fmt: skip


HELD = {"a": document()}


class Reader(HTMLParser):
    """The tags of a page, and whatever it would load from elsewhere."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("mark", "br"):  # where words differ, and where lines end
            self.tags.append(tag)
        self.loads += [name for name, _ in attrs if name in ("src", "href")]


def test_page_shows_both_wordings_and_the_gravest_first() -> None:
    page = report_html(check_report(_report(), HELD))
    assert page.index("冲突（高）") < page.index("缺失（中）") < page.index("已覆盖（低）")
    assert "覆盖率 25%" in page
    assert "云溪市关于食品安全的通知" in page
    assert "<mark>可以</mark>" in page
    assert "未作对照的文件 1 件" in page


def test_the_short_report_leaves_out_what_asks_for_nothing() -> None:
    names = [sheet.name for sheet in check_report(_report(), HELD, alarms_only=True).tables]
    assert names == ["需要处理的问题", "引用核对", "对照文件"]


@given(st.text())
def test_no_wording_becomes_markup(told: str) -> None:
    plain, strange = Reader(report_html(check_report(_report(), HELD))), Reader(report_html(check_report(_report(f"<script>{told}\"'&"), HELD)))
    assert strange.tags == plain.tags
    assert strange.loads == []


def _cells(data: bytes) -> Iterator[Any]:
    for sheet in openpyxl.load_workbook(BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


@pytest.mark.parametrize("told", ["=1+1", "+1", "-1", "@SUM(1)", "=HYPERLINK(\"http://x\")", "{=1}", "\t=1"])
def test_no_cell_starts_a_formula(told: str) -> None:
    data = report_xlsx(check_report(_report(told), HELD))
    assert all(cell.data_type in ("s", "inlineStr") for cell in _cells(data))
    assert all(b"<f>" not in ZipFile(BytesIO(data)).read(name) for name in ZipFile(BytesIO(data)).namelist())


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=40))
def test_any_wording_can_be_written(told: str) -> None:
    report = check_report(_report(told), HELD)
    assert list(_cells(report_xlsx(report)))
    assert docx.Document(BytesIO(report_docx(report))).tables


def test_word_file_has_real_tables_and_the_page_of_the_standard() -> None:
    made = docx.Document(BytesIO(report_docx(check_report(_report(), HELD))))
    assert [cell.text for cell in made.tables[0].rows[0].cells] == ["结论", "上位要求", "草案原文", "说明和建议"]
    assert len(made.tables[0].rows) == 3
    first = made.sections[0]
    assert [round(edge / Mm(1)) for edge in (first.page_width, first.page_height, first.top_margin, first.left_margin)] == [210, 297, 37, 28]
    fonts = {run.font.name for paragraph in made.paragraphs for run in paragraph.runs}
    assert {"方正小标宋简体", "仿宋_GB2312", "黑体"} <= fonts
    marked = [run.text for cell in made.tables[0].rows[1].cells for paragraph in cell.paragraphs for run in paragraph.runs if run.font.underline]
    assert marked == ["可以"]


def test_what_was_dismissed_is_told_apart() -> None:
    entry = {"decision": "dismissed", "reason": "市级已办", "status": "conflict", "document": "云溪市关于食品安全的通知", "superior": "加强检查。", "draft": ["可以加强检查。"]}
    report = check_report(take_up(_report(), [entry], HELD), HELD)
    told = {sheet.name: [words(row.cells[3]) for row in sheet.rows] for sheet in report.sheets}
    assert any("不采纳，市级已办" in line for line in told["已作处理的问题"])
    assert all("冲突" not in words(row.cells[0]) for row in report.sheets[0].rows)


@given(st.text(max_size=60), st.text(max_size=60))
def test_marks_keep_every_character(one: str, other: str) -> None:
    ours, theirs = differing(one, other)
    assert words(ours) == one
    assert words(theirs) == other
    assert not any(piece.differs for piece in differing(one, one)[0])
