"""Two versions of one document: what came, went and changed."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.diff import compare_versions, diff
from kb.export.diff_report import diff_report
from kb.export.report import words
from kb.export.report_docx import report_docx
from kb.given import Given
from kb.statements import Statement
from tests.kb.bases import deadline, document, obligation, target, unit

OLD = [
    obligation("建立食品安全信用档案。", path=["一、监管"]),
    obligation("每季度公布一次抽检结果。", path=["一、监管"]),
    obligation("养老机构应当配备专职消防管理员。", path=["二、消防"]),
    obligation("开展校车驾驶人培训，建立校车台账，完善校车应急预案。", path=["三、校车"]),
]


def _pairs(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[tuple[str, str | None, str | None]]:
    pairs = compare_versions([Statement(one) for one in old], [Statement(one) for one in new])
    return [(pair.change, pair.old and pair.old.text, pair.new and pair.new.text) for pair in pairs]


def test_a_version_beside_itself_has_no_change() -> None:
    assert {change for change, _, _ in _pairs(OLD, OLD)} == {"unchanged"}


def test_what_was_dropped_stands_where_it_stood_and_what_was_added_where_it_stands() -> None:
    new = [OLD[0], obligation("推广明厨亮灶视频接入。"), *OLD[2:]]
    assert [change for change, _, _ in _pairs(OLD, new)] == ["unchanged", "dropped", "added", "unchanged", "unchanged"]


def _only(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str]]:
    (pair,) = compare_versions([Statement(old)], [Statement(new)])
    assert pair.change == "changed"
    return [(difference["type"], difference["direction"]) for difference in pair.differences]


def test_a_softened_wording_is_told_as_less() -> None:
    assert _only(OLD[2], obligation("养老机构可以配备专职消防管理员。")) == [("kind_weaker", "less")]


def test_a_figure_raised_and_a_date_moved_back_are_told() -> None:
    def version(value: int, end: str) -> dict[str, Any]:
        return obligation(f"抽检合格率达到{value}%以上。", targets=[target("抽检合格率", ">=", value)], deadlines=[deadline(end)])

    assert _only(version(95, "2024-12-31"), version(97, "2025-12-31")) == [("deadline_later", "less"), ("target_weaker", "more")]


def test_a_unit_added_and_one_dropped_are_told() -> None:
    old, new = (obligation("开展联合检查。", units=[unit(name)]) for name in ("市公安局", "市教育局"))
    assert _only(old, new) == [("unit_missing", "less"), ("unit_missing", "more")]


def test_a_date_of_the_item_changes_an_obligation_of_the_same_words() -> None:
    old, new = (obligation("公布结果。", deadlines=[deadline(end, inherited=True)]) for end in ("2024-12-31", "2024-06-30"))
    assert _only(old, new) == [("deadline_later", "more")]


def test_an_obligation_split_in_two_is_no_loss() -> None:
    new = [obligation("开展校车驾驶人培训，建立校车台账。"), obligation("完善校车应急预案。")]
    assert [change for change, _, _ in _pairs(OLD[3:], new)] == ["changed", "changed"]


def test_the_table_marks_what_differs() -> None:
    found = diff(Given(document(), [OLD[1]]), Given(document("b"), [obligation("每半年公布一次抽检结果。")]))
    report = diff_report(found, short=True)
    (row,) = report.tables[0].rows
    assert [piece.text for piece in row.cells[2] if piece.differs] == ["每半年"]
    assert words(row.cells[0]) == "修改"
    assert report_docx(report)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(max_size=30), max_size=5), st.lists(st.text(max_size=30), max_size=5))
def test_every_obligation_of_both_versions_is_told(old: list[str], new: list[str]) -> None:
    versions = [[obligation(text, id=f"{side}{at}") for at, text in enumerate(texts)] for side, texts in (("o", old), ("n", new))]
    pairs = compare_versions(*([Statement(one) for one in version] for version in versions))
    assert {pair.old.record["id"] for pair in pairs if pair.old} >= {one["id"] for one in versions[0]}
    assert [pair.new.record["id"] for pair in pairs if pair.new and pair.part != "merged"] == [one["id"] for one in versions[1]]


def test_a_number_that_moved_is_no_other_chapter() -> None:
    def moved(old: list[str], new: list[str]) -> bool:
        (pair,) = compare_versions([Statement(obligation("建立校车台账。", path=old))], [Statement(obligation("建立校车台账。", path=new))])
        return bool(pair.to_json()["moved"])

    assert not moved(["第一章 总则", "第四条"], ["第一章 总则", "第五条"])
    assert not moved(["二、校车", "（一）台账"], ["三、校车", "（二）台账"])
    assert moved(["二、校车"], ["二、消防"])
