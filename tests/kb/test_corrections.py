"""A person's corrections: shown everywhere, kept through another reading, taken back, written as annotations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kb.annotations import annotate_all
from kb.correcting import correct, list_corrections, undo
from kb.deadlines import list_deadlines
from kb.errors import UnknownDocument, UsageError
from kb.filters import Filters
from kb.store import Store, open_store
from tests.kb.fakes import TEXT, make_document, make_extraction

NOW = "2025-06-01T08:00:00+00:00"
NUMBER = "云政发〔2023〕5号"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "kb.sqlite")
    store.put(make_document(), make_extraction(), "/a.txt")
    return store


def _id(store: Store, words: str) -> str:
    return next(str(one["id"]) for one in store.find_obligations() if words in one["text"])


def _set(store: Store, name: str, field: str, value: str) -> dict[str, object]:
    return correct(store, name, field, value, "李明", "核对原件", NOW)


def test_a_corrected_field_is_shown_and_filtered_by(store: Store) -> None:
    duty = _id(store, "改造")
    found = _set(store, duty, "units", "市教育局（牵头）、各乡镇（街道、管委会）（配合）")
    assert [(unit["name"], unit["role"], unit["canonical"]) for unit in found["units"]] == [  # type: ignore[attr-defined]
        ("市教育局", "lead", "云溪市教育局"),
        ("各乡镇（街道、管委会）", "cooperating", None),
    ]
    assert found["corrected"] == ["units"]
    assert [one["id"] for one in store.find_obligations(Filters(units=("教育局",)))] == [duty]
    assert [row.unit["name"] for row in list_deadlines(store, Filters(units=("教育局",))) if row.unit] == ["市教育局"]
    assert next(one for one in store.all_obligations() if one["id"] == duty)["corrected"] == ["units"]


def test_dates_are_read_as_a_notice_prints_them(store: Store) -> None:
    found = _set(store, _id(store, "押金"), "deadlines", "9月底前；2024-12-31")
    assert [deadline["end"] for deadline in found["deadlines"]] == ["2023-09-30", "2024-12-31"]  # type: ignore[attr-defined]
    assert [one["text"] for one in store.find_obligations(Filters(dated=True)) if "押金" in one["text"]]


def test_what_asks_nothing_leaves_the_lists_until_taken_back(store: Store) -> None:
    duty = _id(store, "押金")
    _set(store, duty, "kind", "none")
    assert duty not in [one["id"] for one in store.find_obligations()] and store.count_obligations() == 2
    undo(store, duty, "kind", "李明", NOW)
    assert next(one for one in store.find_obligations() if one["id"] == duty)["kind"] == "prohibition"


def test_undo_goes_back_one_step_at_a_time(store: Store) -> None:
    _set(store, NUMBER, "title", "甲")
    _set(store, NUMBER, "title", "乙")
    assert undo(store, NUMBER, "title", "李明", NOW)["title"] == "甲"
    assert undo(store, NUMBER, "title", "李明", NOW)["title"] == "云溪市人民政府关于加强养老服务的通知"
    with pytest.raises(UsageError, match="never corrected"):
        undo(store, NUMBER, "title", "李明", NOW)


def test_a_corrected_number_finds_the_document(store: Store) -> None:
    _set(store, NUMBER, "document_number", "云政发〔2023〕15号")
    assert store.find_document("云政发(2023)15号")
    with pytest.raises(UnknownDocument):
        store.find_document(NUMBER)


def test_corrections_stay_when_the_notice_is_read_again(store: Store) -> None:
    duty = _id(store, "改造")
    _set(store, duty, "units", "市教育局（牵头）")
    _set(store, NUMBER, "expires_on", "2027-12-31")
    store.put(make_document(), make_extraction(), "/a.txt", again=True)
    assert [unit["name"] for unit in store.obligations([duty])[0]["units"]] == ["市教育局"]
    assert store.documents()[0]["expires_on"] == "2027-12-31"
    assert [unit["name"] for unit in undo(store, duty, "units", "李明", NOW)["units"]] == ["市民政局", "市财政局"]


def test_corrections_move_with_a_text_that_moved_a_little(store: Store) -> None:
    _set(store, _id(store, "改造"), "units", "市教育局（牵头）")
    _set(store, NUMBER, "level", "县级")
    old, new = "于2024年6月底前完成改造。", "于2024年6月底前全部完成改造。"
    extraction = make_extraction()
    moved = tuple(replace(one, text=one.text.replace(old, new)) for one in extraction.obligations)
    assert store.put(make_document(TEXT.replace(old, new)), replace(extraction, obligations=moved), "/a.txt") == "replaced"
    duty = _id(store, "全部完成改造")
    assert [unit["name"] for unit in store.obligations([duty])[0]["units"]] == ["市教育局"]
    assert store.documents()[0]["level"] == "county"
    assert [one["placed"] for one in list_corrections(store)] == [True, True]


def test_a_correction_whose_passage_is_gone_is_kept_and_said_so(store: Store) -> None:
    _set(store, _id(store, "押金"), "kind", "duty")
    extraction = make_extraction()
    store.put(make_document(TEXT.replace("养老机构不得收取高额押金。\n", "")), replace(extraction, obligations=extraction.obligations[:2]), "/a.txt")
    assert [(one["field"], one["placed"]) for one in list_corrections(store)] == [("kind", False)]


def test_corrections_become_annotations(store: Store) -> None:
    _set(store, _id(store, "改造"), "units", "市教育局（牵头）")
    _set(store, _id(store, "押金"), "kind", "none")
    [found] = annotate_all(store)
    assert found["file"] == "云溪.txt" and found["document"]["issued_on"] == "2023-05-01"
    assert {"item": "市民政局牵头，市财政局配合，于2024年6月底前完成改造。", "units": [{"name": "市教育局", "role": "lead"}], "end": "2024-06-30"} in found["assignments"]
    assert [one["kind"] for one in found["sentences"] if "押金" in one["text"]] == ["none"]
    assert [one["end"] for one in found["deadlines"]] == ["2025-12-31", "2024-06-30"]


BAD = [("押金", "kind", "must", "no kind"), ("押金", "title", "甲", "no field of an obligation"), ("押金", "deadlines", "2025-02-30", "no date"), ("押金", "targets", "很好", "no target")]


@pytest.mark.parametrize(("words", "field", "value", "problem"), BAD)
def test_a_wrong_value_is_one_clear_line(store: Store, words: str, field: str, value: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        _set(store, _id(store, words), field, value)
    assert list_corrections(store) == []


def test_no_such_thing_is_said_so(store: Store) -> None:
    with pytest.raises(UnknownDocument, match="no obligation or document"):
        _set(store, "无", "kind", "duty")
