"""The page of the assistant, as a person uses it."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from kb.ingestion import ingest_paths
from kb.store import open_store
from tests.conftest import ROOT

NOTICE = """云溪市人民政府办公室文件

云政办〔2024〕8号

云溪市人民政府办公室关于加强养老服务的通知

各县（市、区）人民政府，市政府各部门：

一、主要任务
（一）健全服务网络
建设街道养老服务中心<script>alert(1)</script>，推广:red[互助点]。
责任单位：市民政局
完成时间：2024年10月

云溪市人民政府办公室
2024年3月1日
"""


@pytest.fixture
def app(tmp_path, monkeypatch):
    base = tmp_path / "kb.db"
    monkeypatch.setenv("KB_DB", str(base))
    notice = tmp_path / "云政办8号.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    with open_store(base) as store:
        ingest_paths(store, [str(notice)])
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()


def texts(app):
    return "\n".join(element.value for element in app.text)


def test_a_search_shows_the_words_the_unit_and_the_source(app):
    assert not app.exception
    app.text_input(key="query").input("养老服务中心").run()
    assert not app.exception
    shown = texts(app)
    assert "建设街道养老服务中心" in shown
    assert "市民政局（责任）" in shown
    assert "云政办〔2024〕8号" in shown and "（一）健全服务网络" in shown


def test_what_a_notice_holds_is_shown_and_not_run(app):
    app.text_input(key="query").input("互助点").run()
    assert "<script>alert(1)</script>，推广:red[互助点]" in texts(app)


def test_the_ledger_and_the_documents_are_tables(app):
    ledger, documents = (frame.value for frame in app.dataframe)
    assert "2024-10-31" in list(ledger["完成时限"])
    assert list(documents["文号"]) == ["云政办〔2024〕8号"]


def test_an_empty_base_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("KB_DB", str(tmp_path / "empty.db"))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not app.exception
    assert "kb ingest" in app.info[0].value
