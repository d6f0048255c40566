"""What pages are made of: texts in both languages, trees, marks, kept files, charts."""

from __future__ import annotations

import gc
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("streamlit")

from ingest.document import Span
from kb.errors import KbError
from kb.store import open_store
from kb.uploads import folder_of, forget_files, keep_file, kept_name, take_in
from tests.views.bases import ABOVE, fill
from views import heap, warming
from views.base import snapshot
from views.ledger_times import calendar
from views.library_graph import around, places
from views.look import theme_options
from views.server import options
from views.source import read_place
from views.source_text import Mark, segments
from views.tree import marked, text_of
from views.words import load_words


def test_both_languages_have_the_same_texts_with_the_same_blanks():
    import re

    chinese, english = load_words("zh"), load_words("en")
    assert chinese.keys() == english.keys()
    assert {key: sorted(re.findall(r"\{\w+\}", words)) for key, words in chinese.items()} == {key: sorted(re.findall(r"\{\w+\}", words)) for key, words in english.items()}


@given(st.text(max_size=80), st.lists(st.text(max_size=6), max_size=5))
def test_marking_words_changes_no_text(text, words):
    assert text_of(marked(text, words)) == text


@given(st.text(min_size=1, max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_cutting_a_text_at_marks_changes_no_text(text, spans):
    marks = [Mark(Span(min(pair), max(pair)), "m-unit", "says") for pair in spans]
    assert text_of(segments(text, Span(0, len(text)), marks)) == text


def test_of_marks_over_each_other_the_shortest_is_told():
    [inner] = segments("甲乙丙", Span(1, 2), [Mark(Span(0, 3), "said", "outer", "source?x"), Mark(Span(1, 2), "m-unit", "inner")])
    assert inner[1] == {"title": "inner", "go": "source?x", "class": "said m-unit"}


@given(st.text(max_size=30), st.integers(0, 1000))
def test_a_place_lies_inside_the_text_or_is_none(written, length):
    found = read_place(written, length)
    assert found is None or 0 <= found.start < found.end <= length


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\x\\y.pdf", "a" * 400 + ".pdf", "通知" * 200 + ".docx", "", "..", "con:.txt", "x\x00y.txt", "名<script>.txt"])
def test_an_uploaded_file_stays_in_its_folder(tmp_path, name):
    place = keep_file(tmp_path / "kb.db", name, b"text")
    assert place.resolve().parent.parent == folder_of(tmp_path / "kb.db").resolve() and len(kept_name(name).encode()) <= 255


def test_files_are_taken_in_shown_by_name_and_go_with_their_document(tmp_path):
    failures = []
    with open_store(tmp_path / "kb.db") as store:
        counts = take_in(store, [("意见.txt", ABOVE.encode()), ("坏.pdf", b"%PDF-1.7 nothing")], on_failure=lambda name, why: failures.append((name, why)))
        assert counts.added == 1 and [name for name, _ in failures] == ["坏.pdf"] and str(tmp_path) not in failures[0][1]
        [document] = store.documents()
        kept = list(folder_of(store.path).rglob("*.*"))
        assert [path.name for path in kept] == ["意见.txt"]
        forget_files(store.path, [document["source"]])
        assert not kept[0].exists()


def test_forgetting_files_leaves_those_that_lie_elsewhere(tmp_path):
    file = tmp_path / "own" / "x.txt"
    file.parent.mkdir()
    file.write_text("x", encoding="utf-8")
    forget_files(tmp_path / "kb.db", [str(file), "https://example.org/x", "x.txt"])
    assert file.exists()


def test_the_graph_has_a_row_for_each_level_and_ends_somewhere():
    documents = [{"id": f"d{n}", "level": level, "issued_on": None} for n, level in enumerate(["county", "national", "county", None, "provincial"] + ["township"] * 9)]
    found = places(documents)
    assert found["d1"][1] < found["d4"][1] < found["d0"][1] == found["d2"][1] < found["d5"][1]
    assert len(set(found.values())) == len(documents)
    links = [{"document_id": f"d{n}", "resolved": f"d{n + 1}"} for n in range(80)]
    assert around("d40", links)[0] == "d40" and len(around("d40", links)) == 36


def test_a_month_without_tasks_is_a_calendar_all_the_same():
    shown = text_of([calendar((), date(2024, 2, 1), date(2024, 2, 29), ("a", "b"))])
    assert "29" in shown and "30" not in shown


def test_the_server_reports_nothing_and_fetches_no_font():
    asked = options("127.0.0.1", 8501)
    assert asked["browser.gatherUsageStats"] is False and asked["client.showErrorDetails"] == "none"
    assert not any("http" in str(value) for value in theme_options().values())


def test_what_outlives_a_long_search_for_dead_objects_is_set_apart_and_looked_at_again(monkeypatch):
    clock = iter([0.0, 1.0, 2.0, 2.001])
    monkeypatch.setattr("views.heap.time.thread_time", lambda: next(clock))
    monkeypatch.setattr("views.heap._AGAIN", 2)
    keeper, full = heap._Keeper(), {"generation": 2}
    try:
        keeper("start", {"generation": 0})
        keeper("start", full)
        keeper("stop", full)
        assert gc.get_freeze_count() > 10_000
        keeper("start", full)
        keeper("stop", full)
        assert gc.get_freeze_count() == 0
    finally:
        gc.unfreeze()


def test_warming_reads_what_searches_need_and_leaves_a_broken_base_to_its_page(tmp_path, monkeypatch):
    monkeypatch.setattr(warming, "_PATIENCE", 0.0)
    monkeypatch.setenv("KB_DB", str(fill(tmp_path)))
    warming._warm()
    assert {"documents", "names", "links"} <= set(vars(snapshot()))
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a base" * 100)
    monkeypatch.setenv("KB_DB", str(broken))
    warming._warm()
    with pytest.raises(KbError):
        snapshot()
