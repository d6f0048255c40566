"""One whole story for each kind of user, in a real browser, over the sample corpus; pictures of each stay for whoever looks."""

from __future__ import annotations

import shutil

import pytest

pytest.importorskip("streamlit")
pytest.importorskip("playwright", reason="playwright is not installed: pip install playwright")

from kb.ingestion import ingest_paths, use_overlay
from kb.passwords import set_person
from kb.store import open_store
from tests.conftest import ROOT
from tests.views.bases import NOTICE
from tests.views.browser import CHROMIUM, PHONE, browsing, choose, go, picture, serving, settle

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")]


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stories")
    notices = folder / "notices"
    shutil.copytree(ROOT / "corpus" / "notices", notices)
    (notices / "<img src=x onerror=alert(1)>.txt").write_text(NOTICE, encoding="utf-8")
    use_overlay(ROOT / "corpus" / "overlay.toml")
    with open_store(folder / "kb.db") as store:
        ingest_paths(store, [str(notices)])
    return folder / "kb.db"


@pytest.fixture(scope="module")
def address(base):
    with serving(base) as found:
        yield found


def test_policy_staff_find_a_duty_open_its_place_and_correct_it(address, base):
    with browsing(address) as page:
        page.get_by_placeholder("输入问题或检索词").fill("街道养老服务中心")
        page.keyboard.press("Enter")
        hit = page.locator(".card", has_text="建设街道养老服务中心").first
        hit.wait_for()
        assert hit.locator("mark").count() and "<script>alert(1)</script>" in hit.inner_text()
        picture(page, "ask")
        hit.locator("a.from").click()
        page.wait_for_url("**/source?**")
        quoted = page.locator(".quoted").first
        quoted.wait_for()
        assert quoted.is_visible() and "at=" in page.url and "onerror" in page.locator(".paper").inner_text()
        picture(page, "source")
        page.get_by_text("更正这条事项").click()
        choose(page, "字段", "责任单位")
        page.get_by_role("textbox", name="应为").fill("市民政局（牵头）、市财政局（配合）")
        page.get_by_role("button", name="保存更正").click()
        page.locator(".chip", has_text="市财政局（配合）").first.wait_for()
        with open_store(base) as store:
            assert any("units" in one.get("corrected", ()) for one in store.find_obligations())


def test_an_auditor_follows_the_ledger_of_a_department_and_takes_it_along(address):
    with browsing(address) as page:
        page.goto(f"{address}/ledger?day=2020-06-01")
        page.locator("table.wide").first.wait_for()
        assert page.locator(".lamp.red").count() and page.locator(".lamp.grey").count()
        picture(page, "ledger")
        page.locator("h3 a").first.click()
        page.wait_for_url("**unit=**")
        with page.expect_download() as taken:
            page.get_by_role("button", name="XLSX").click()
        assert taken.value.suggested_filename.endswith(".xlsx") and taken.value.path().read_bytes()[:2] == b"PK"
        page.goto(f"{address}/ledger?day=2020-06-01&as=timeline")
        page.locator(".gantt .span").first.wait_for()
        picture(page, "timeline")
        page.goto(f"{address}/ledger?day=2020-06-01&as=calendar&month=2020-06")
        page.locator("table.month").wait_for()
        picture(page, "calendar")


def test_an_enterprise_learns_what_applies_why_and_what_is_open(address):
    with browsing(address) as page:
        go(page, "企业适用")
        page.get_by_label("行业").fill("养老机构")
        page.keyboard.press("Enter")
        page.locator("h3", has_text="必须做到").wait_for()
        assert page.get_by_text("补充下列信息后可以确定").count() and page.get_by_text("理由：").count()
        assert "industry=" in page.url
        picture(page, "enterprise")
        page.locator("a.from").first.click()
        page.locator(".quoted").first.wait_for()


def test_a_drafter_checks_a_draft_decides_and_takes_the_report(address):
    with browsing(address) as page:
        go(page, "对照检查")
        page.locator("input[type=file]").set_input_files(ROOT / "corpus" / "drafts" / "qihe-campus-food-draft.docx")
        page.get_by_role("button", name="读取草案").click()
        page.get_by_role("button", name="开始对照").click()
        page.get_by_text("覆盖率").first.wait_for()
        assert page.locator(".bar").count() == 6 and page.locator(".pair del").count()
        picture(page, "check")
        page.get_by_placeholder("理由").first.fill("已在第三条写明")
        page.get_by_role("button", name="不采纳").first.click()
        page.get_by_text("不采纳：已在第三条写明").wait_for()
        page.reload()
        page.get_by_text("不采纳：已在第三条写明").wait_for()
        for name, start in (("DOCX", b"PK"), ("XLSX", b"PK"), ("HTML", b"<!")):
            with page.expect_download() as taken:
                page.get_by_role("button", name=name).click()
            assert taken.value.path().read_bytes()[:2] == start
        page.get_by_role("button", name="检查另一份草案").click()
        page.get_by_role("button", name="读取草案").wait_for()


def test_whoever_keeps_the_library_adds_looks_through_and_removes(address, tmp_path):
    good, bad = tmp_path / "示例补充通知.txt", tmp_path / "坏文件.pdf"
    good.write_text(NOTICE.replace("8号", "18号").replace("养老服务", "托育服务"), encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7 nothing")
    with browsing(address) as page:
        go(page, "文档库")
        page.locator("table.documents").wait_for()
        assert page.get_by_text("<img src=x onerror=alert(1)>.txt").count()
        picture(page, "library")
        page.get_by_text("上传", exact=True).click()
        page.locator("input[type=file]").set_input_files([good, bad])
        page.get_by_role("button", name="读入知识库").click()
        page.get_by_text("新增1份").wait_for()
        assert page.get_by_text("坏文件.pdf").count()
        picture(page, "upload")
        page.get_by_text("关系图", exact=True).click()
        page.locator("svg.graph g.go").first.wait_for()
        picture(page, "graph")
        page.locator("svg.graph g.go:not(.middle)").first.click()
        page.wait_for_url("**center=**")
        settle(page)
        page.get_by_text("指标对比", exact=True).click()
        page.locator(".bar").first.wait_for()
        picture(page, "figures")
        page.get_by_text("文件列表", exact=True).click()
        page.get_by_text("移除文件").click()
        choose(page, "要移除的文件", "托育服务")
        page.keyboard.press("Escape")
        page.get_by_text("确认移除这1份文件").click()
        page.get_by_role("button", name="移除", exact=True).click()
        page.locator("table.documents tr", has_text="托育服务").wait_for(state="detached")


def test_a_link_leads_somebody_else_to_the_same_view_in_either_language(address):
    with browsing(f"{address}/?q=食品安全&kind=duty&lang=en") as page:
        page.locator(".card").first.wait_for()
        assert page.locator("h1").inner_text() == "Ask and search"
        assert all("duty" in chip for chip in page.locator(".chip.kind").all_inner_texts())
        page.get_by_role("button", name="中文").click()
        page.wait_for_function("() => document.querySelector('h1').innerText.includes('问答与检索')")
        assert "lang" not in page.url and "q=" in page.url


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [None, PHONE], ids=["1280", "phone"])
def test_every_page_fits_its_screen(address, size, dark):
    with browsing(address, size or {"width": 1280, "height": 720}, dark) as page:
        for name in ("?q=食品安全", "source", "ledger?day=2020-06-01", "ledger?as=timeline&day=2020-06-01", "enterprise?industry=餐饮", "checking", "library", "library?view=graph"):
            page.goto(f"{address}/{name}")
            settle(page)
            page.wait_for_timeout(700)
            picture(page, f"fit-{'phone' if size else 'wide'}-{'dark' if dark else 'light'}-{name.split('?')[0] or 'asking'}{len(name)}")
            assert page.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth + 1"), name


def test_over_a_network_a_reader_signs_in_and_changes_nothing(base, tmp_path):
    people = tmp_path / "people.tsv"
    set_person(people, "王某", "reader", "correct horse")
    with serving(base, people) as address, browsing(address) as page:
        assert page.url.endswith("/sign-in")
        page.get_by_label("用户名").fill("王某")
        page.get_by_label("口令").fill("wrong password")
        page.get_by_role("button").click()
        page.get_by_text("用户名或口令不对").wait_for()
        page.get_by_label("用户名").fill("王某")
        page.get_by_label("口令").fill("correct horse")
        page.get_by_role("button").click()
        page.get_by_placeholder("输入问题或检索词").wait_for()
        picture(page, "signed-in")
        page.goto(f"{address}/library?view=upload")
        page.get_by_text("只读用户不能修改").wait_for()
        page.get_by_text("退出登录").click()
        page.wait_for_url("**/sign-in")
