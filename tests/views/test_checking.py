"""The cross-check page: the work beside it, the report, the decisions; nothing of the draft stays."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from kb.store import open_store
from tests.conftest import ROOT
from tests.views.bases import ABOVE, NOTICE, fill, shown
from views import jobs
from views.base import Snapshot
from views.checking_work import check_now, read_draft

DRAFT = NOTICE.replace("达到90%以上", "达到85%以上").replace("2024年3月1日", "2024年4月1日").replace("〔2024〕8号", "〔2024〕9号")


@pytest.fixture
def of(tmp_path, monkeypatch):
    base = fill(tmp_path, ("澜政发5号.txt", ABOVE))
    monkeypatch.setenv("KB_DB", str(base))
    monkeypatch.delenv("KB_PASSWORDS", raising=False)
    with open_store(base) as store:
        yield Snapshot(store, store.generation())


def work(job, of):
    return read_draft(job, of, "草案<b>.txt", DRAFT.encode(), None)


def visit(token):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state["_go"] = f"checking?job={token}"
    return app.run()


def done(run):
    job = jobs.begin(run)
    for _ in range(3000):
        if job.ended:
            break
        time.sleep(0.01)
    return job


def test_a_draft_is_read_and_the_documents_above_it_are_chosen_with_reasons(of):
    job = done(lambda job: work(job, of))
    assert not job.failure
    draft = job.result
    assert list(draft.chosen) == [of.documents[0]["id"]]
    app = visit(job.token)
    assert not app.exception and "草案引用了它" in app.multiselect(key="against").options[0]


def test_the_report_shows_both_texts_the_filters_and_takes_decisions(of):
    draft = done(lambda job: work(job, of)).result
    job = done(lambda job: check_now(job, of, draft, draft.chosen))
    assert job.total and job.done == job.total
    app = visit(job.token)
    found = shown(app)
    assert not app.exception
    assert "覆盖率" in found and "95%" in found and "85%" in found and "<script>alert(1)</script>" in found
    key = next(button.key for button in app.button if button.key and button.key.startswith("no"))
    app.text_input(key=key.replace("no", "why")).input("本地已有规定").run()
    app.button(key=key).click().run()
    assert "不采纳：本地已有规定" in shown(app)
    assert job.notes["decisions"][0]["decision"] == "dismissed"


def test_nothing_of_a_draft_stays(of, monkeypatch, tmp_path):
    folder = tmp_path / "made"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    before = of.store.generation()
    job = done(lambda job: work(job, of))
    done(lambda other: check_now(other, of, job.result, job.result.chosen))
    assert not list(folder.rglob("*")) and of.store.generation() == before
    jobs.drop(job.token)
    assert jobs.find(job.token) is None and job.result is None
    assert not [path for path in Path(of.store.path).parent.glob("*") if path.name.endswith(".files")]


def test_work_can_be_stopped_and_a_reload_finds_it_again(of):
    def run(job):
        while True:
            job.tell("comparing", 1, 10)

    job = jobs.begin(run)
    assert jobs.find(job.token) is job
    job.stopping = True
    for _ in range(1000):
        if job.ended:
            break
        time.sleep(0.01)
    assert job.failure == "stopped"
    app = visit(job.token)
    assert not app.exception and app.warning


def test_a_token_that_is_none_says_so(of):
    app = visit("guessed")
    assert not app.exception and app.info


def test_a_draft_that_cannot_be_read_fails_in_one_sentence(of):
    job = done(lambda job: read_draft(job, of, "坏.pdf", b"%PDF-1.7 nothing", None))
    assert job.failure and "Traceback" not in job.failure
