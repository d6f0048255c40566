"""What several documents above say of one matter, and what a bad scan of a draft may hide."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from extractors.mentions import Extraction, Obligation
from extractors.sentences import plain_document
from ingest.document import Head, Span
from kb.check import check_draft
from kb.export.check_report import check_report
from kb.export.report import words
from tests.kb.bases import FakeStore, deadline, document, obligation, target

ABOVE = [document("state", level="national", region=[], title="校园食品安全办法"), document("province", level="provincial", region=["示例省"], title="示例省校园食品安全办法")]


def _report(state: dict[str, Any], province: dict[str, Any], text: str = "组织消防演练。", warnings: tuple[str, ...] = ()) -> dict[str, Any]:
    draft = replace(plain_document(text), head=Head(title="河口县方案"), source="draft.txt", warnings=warnings)
    found = Extraction((Obligation(Span(0, len(text)), "duty", "test", text),), level="county", region=("示例省", "云溪市", "河口县"))
    held = [state | {"document": "state", "id": "s"}, province | {"document": "province", "id": "p"}]
    return check_draft(FakeStore(held, ABOVE), draft, found, against=["state", "province"])


def _rate(value: float) -> dict[str, Any]:
    words = f"学校食堂抽检合格率达到{value}%以上。"
    return obligation(words, kind="target", targets=[target("学校食堂抽检合格率", ">=", value, raw=words[:-1])])


def _relations(report: dict[str, Any]) -> list[list[str]]:
    return [[note["relation"] for note in finding.get("see", ())] for finding in report["findings"]]


def test_a_stricter_province_speaks_and_the_state_stands_under_it() -> None:
    report = _report(_rate(95), _rate(98))
    assert _relations(report) == [["stricter"], ["goes beyond"]]
    shown = check_report(report, {found["id"]: found for found in ABOVE}).sheets[0]
    (row,) = shown.rows
    assert "98%" in words(row.cells[1])
    assert "95%" in words(row.cells[3])


def test_a_province_below_the_state_is_shown_with_it() -> None:
    assert _relations(_report(_rate(98), _rate(95))) == [["contradicts"], ["contradicts"]]


def test_a_later_date_contradicts() -> None:
    state, province = (obligation(f"{year}年底前完成食堂改造。", deadlines=[deadline(f"{year}-12-31", raw=f"{year}年底前")]) for year in (2025, 2026))
    assert _relations(_report(state, province)) == [["contradicts"], ["contradicts"]]


def test_other_matters_and_equal_figures_are_left_alone() -> None:
    other = obligation("护理型床位占比达到60%以上。", kind="target", targets=[target("护理型床位占比", ">=", 60)])
    assert _relations(_report(_rate(95), other)) == [[], []]
    assert _relations(_report(_rate(95), _rate(95))) == [[], []]


def test_what_a_scan_may_hide_is_marked_and_not_missing() -> None:
    state, province = obligation("建立食品安全信用档案。"), obligation("推广明厨亮灶。")
    text = "建立食品女全信用档桨。"
    plain = _report(state, province, "校车按时年检。")
    scanned = _report(state, province, text, ("page 1 was read by OCR", f"page 1: “{text}” may be misread"))
    assert [finding["status"] for finding in plain["findings"]] == ["missing", "missing"]
    assert scanned["findings"][1]["status"] == "missing"
    first = scanned["findings"][0]
    assert first["status"] != "missing"
    assert first["status"] == "covered" or first["doubtful"]
