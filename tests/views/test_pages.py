"""Each page of the assistant as a person uses it, over a base of two notices, one of them hostile."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from kb.store import open_store
from tests.conftest import ROOT
from tests.views.bases import HOSTILE, fill, shown
from views.pages import page_asked

PAGES = ("asking", "source", "ledger", "enterprise", "checking", "library")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("base"))


@pytest.fixture
def visit(base, monkeypatch):
    monkeypatch.setenv("KB_DB", str(base))
    monkeypatch.delenv("KB_PASSWORDS", raising=False)

    def run(page="asking", **state):
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.session_state["_go"] = f"{page}?{urlencode(state, doseq=True)}" if state else page
        return app.run()

    return run


def documents(base):
    with open_store(base) as store:
        return {document["document_number"]: document["id"] for document in store.documents()}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_opens_in_both_languages(visit, page, language):
    app = visit(page, lang=language)
    assert not app.exception and not app.error
    from views.words import load_words

    assert app.title[0].value == load_words(language)[f"{page}.title"]


def test_a_search_shows_words_unit_and_source_with_a_way_to_it(visit):
    app = visit(q="养老服务中心")
    found = shown(app)
    assert "建设街道养老服务中心" in found and "市民政局（责任）" in found and "（一）健全服务网络" in found
    assert "砚政办〔2024〕8号" in found


def test_a_question_is_answered_with_its_ground(visit):
    found = shown(visit(q="街道养老服务中心由谁负责？"))
    assert "市民政局" in found and "回答" in found


def test_the_filters_of_an_address_narrow_the_hits(visit):
    everything, narrowed = shown(visit(q="养老服务")), shown(visit(q="养老服务", level="provincial"))
    assert "砚政办〔2024〕8号" in everything and "砚政办〔2024〕8号" not in narrowed and "澜政发〔2023〕5号" in narrowed


@pytest.mark.parametrize("state", [{"q": "互助点"}, {"q": "<script>alert(1)</script>"}])
def test_what_a_notice_or_question_holds_is_text(visit, state):
    app = visit(**state)
    assert not app.exception
    assert not any("onerror" in element.proto.body for element in app.get("html"))
    assert not any(HOSTILE in element.value for element in app.markdown)


def test_the_source_shows_the_notice_whole_and_its_mentions(visit, base):
    app = visit("source", doc=documents(base)["砚政办〔2024〕8号"], at="120-140")
    found = shown(app)
    assert not app.exception
    assert HOSTILE in found and "责任单位：市民政局" in found


def test_a_field_is_corrected_where_it_is_read(visit, base):
    app = visit("source", doc=documents(base)["澜政发〔2023〕5号"])
    app.selectbox(key="correct_field").select("expires_on").run()
    app.text_input(key="correct_value").input("2028-12-31")
    app.button[-1].click().run()
    assert not app.exception
    with open_store(base) as store:
        [found] = store.documents([documents(base)["澜政发〔2023〕5号"]])
    assert found["expires_on"] == "2028-12-31" and found["corrected"] == ["expires_on"]


@pytest.mark.parametrize("shape", ["table", "timeline", "calendar"])
def test_the_ledger_has_three_shapes(visit, shape):
    app = visit("ledger", **{"as": shape, "day": "2024-10-15", "month": "2024-10"})
    assert not app.exception
    assert "建设街道养老服务中心" in shown(app)


def test_the_lamp_follows_the_day_chosen(visit):
    assert "即将到期" in shown(visit("ledger", day="2024-10-15"))
    assert "已逾期" in shown(visit("ledger", day="2026-01-01"))


def test_a_ledger_of_one_department_has_that_one_alone(visit):
    found = shown(visit("ledger", unit="市消防救援支队"))
    assert "消防安全管理制度" in found and "建设街道养老服务中心" not in found


def test_an_enterprise_gets_its_groups_with_reasons_and_open_questions(visit):
    app = visit("enterprise", industry="养老机构")
    for _ in range(40):
        if "必须做到" in shown(app):
            break
        app.run()
    found = shown(app)
    assert "必须做到" in found and "消防安全管理制度" in found and "理由：" in found
    assert "补充下列信息后可以确定" in found


def test_a_notice_without_drawn_pages_says_so(visit):
    assert any("TEXT" in caption.value and "没有页面图像" in caption.value for caption in visit("source").caption)


def test_one_group_of_an_enterprise_is_looked_at_alone(visit):
    found = shown(visit("enterprise", industry="养老机构", group="must"))
    assert "全部类别" in found and "必须做到" in found and "补充下列信息" not in found


@pytest.mark.parametrize(("asked", "pages", "number"), [("3", 5, 3), ("9", 5, 5), ("0", 5, 1), ("x", 5, 1), ("²", 5, 1), ("1" * 40, 5, 1), ("2", 0, 1)])
def test_any_page_that_an_address_asks_for_is_one_that_there_is(monkeypatch, asked, pages, number):
    monkeypatch.setattr("views.pages.st.query_params", {"p": asked})
    assert page_asked(pages) == number


def test_the_library_lists_validity_links_and_figures(visit):
    assert "澜川省人民政府关于加强养老服务的意见" in shown(visit("library"))
    graph = shown(visit("library", view="graph"))
    assert "澜政发〔2023〕5号" in graph and "砚政办〔2024〕8号" in graph
    assert "≥95%" in shown(visit("library", view="figures", indicator="街道养老服务覆盖率"))


def test_removal_asks_twice(tmp_path, monkeypatch):
    base = fill(tmp_path)
    monkeypatch.setenv("KB_DB", str(base))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state["_go"] = "library"
    app.run()
    app.multiselect(key="gone").select(documents(base)["砚政办〔2024〕8号"]).run()
    assert app.button(key="remove_now").disabled
    app.checkbox(key="sure").check().run()
    app.button(key="remove_now").click().run()
    assert not app.exception and list(documents(base)) == ["澜政发〔2023〕5号"]


def test_an_empty_base_leads_to_the_upload(tmp_path, monkeypatch):
    monkeypatch.setenv("KB_DB", str(tmp_path / "empty.db"))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception and "打开文档库" in shown(app)


def test_what_is_wrong_with_the_base_is_one_sentence(tmp_path, monkeypatch):
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no database at all, but long enough to be looked at")
    monkeypatch.setenv("KB_DB", str(broken))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception and len(app.error) == 1


@pytest.mark.parametrize("state", [{"at": "9-3"}, {"at": "x-y"}, {"at": "0-99999999"}, {"doc": "<b>"}, {"id": "none"}])
def test_a_broken_address_opens_the_page_all_the_same(visit, state):
    assert not visit("source", **state).exception


@pytest.mark.parametrize("state", [{"p": "-4"}, {"p": "99999999999"}, {"day": "soon"}, {"month": "2024-99", "as": "calendar"}, {"by": "nobody"}, {"from": "2025-01-01", "to": "2020-01-01"}])
def test_a_broken_address_of_the_ledger_opens_it_all_the_same(visit, state):
    assert not visit("ledger", **state).exception
