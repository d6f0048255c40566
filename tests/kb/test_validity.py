"""What notices do to each other, and which of them are in force on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extractors.mentions import Citation
from ingest.document import Document, Span
from kb.links import find_links
from kb.store import open_store
from kb.validity import judge, lapsed, validities
from tests.kb.fakes import make_document, make_extraction

TITLE = "云溪市人民政府关于印发《云溪市养老服务管理办法》的通知"
LINKS = [
    ("《云溪市养老服务暂行办法》（云政发〔2015〕3号）同时废止。", [("replaces", "云溪市养老服务暂行办法", "云政发〔2015〕3号")]),
    ("原《云溪市养老服务管理办法》（云政发〔2018〕3号）同时废止。", [("replaces", "云溪市养老服务管理办法", "云政发〔2018〕3号")]),
    ("自施行之日起，云政办〔2016〕7号、云政办〔2017〕9号文件停止执行。", [("repeals", None, "云政办〔2016〕7号"), ("repeals", None, "云政办〔2017〕9号")]),
    ("现决定废止《云溪市殡葬收费规定》。", [("repeals", "云溪市殡葬收费规定", None)]),
    ("对《云溪市供水办法》作如下修改：", [("amends", "云溪市供水办法", None)]),
    ("下列文件予以废止：\n1.《云溪市甲办法》\n2.《云溪市乙办法》\n请遵照执行《云溪市丙办法》。", [("repeals", "云溪市甲办法", None), ("repeals", "云溪市乙办法", None)]),
    ("与《云溪市甲办法》规定不一致的，以本办法为准。", []),
    ("及时修订、废止不适应的文件，学习《云溪市丁条例》。", []),
    ("有效期届满自行失效，《云溪市甲办法》继续有效。", []),
]


@pytest.mark.parametrize(("text", "expected"), LINKS)
def test_links_of_a_body(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    document = make_document(f"{TITLE}\n{text}", title=TITLE)
    found = [(link.relation, link.title, link.document_number) for link in find_links(document)]
    assert found[: len(expected)] == expected and (expected or not found)
    assert all(link.span.end <= len(document.text) for link in find_links(document))


def test_a_title_says_what_it_forwards_or_amends() -> None:
    forwards = make_document("云溪县转发市教育局关于加强校园管理的通知\n请执行。", title="云溪县人民政府转发市教育局关于加强校园管理的通知")
    amends = make_document("云溪市关于修改《云溪市供水办法》的决定\n一、删去第三条。", title="云溪市关于修改《云溪市供水办法》的决定")
    assert [(link.relation, link.title) for link in find_links(forwards)] == [("forwards", "市教育局关于加强校园管理")]
    assert [(link.relation, link.title) for link in find_links(amends)] == [("amends", "云溪市供水办法")]


def test_what_is_carried_out_is_told_from_what_is_rested_on() -> None:
    text = "为贯彻落实《澜川省养老条例》，根据《民法典》，制定本办法。"
    citations = [Citation(Span(text.index(title), text.index(title) + len(title)), "c", title, None, "basis") for title in ("澜川省养老条例", "民法典")]
    links = find_links(Document(text, (), make_document().head), citations)
    assert [(link.relation, link.title) for link in links] == [("implements", "澜川省养老条例"), ("based_on", "民法典")]


TERM = {"title": "甲", "enclosed_title": None, "issued_on": "2020-01-01", "effective_on": "2020-02-01", "expires_on": "2022-01-31"}
DAYS = [("2020-01-15", "not yet in force"), ("2020-02-01", "in force"), ("2022-01-31", "in force"), ("2022-02-01", "expired")]


@pytest.mark.parametrize(("day", "expected"), DAYS)
def test_a_term_of_validity(day: str, expected: str) -> None:
    assert judge(TERM, date.fromisoformat(day)).status == expected


def test_a_repeal_counts_from_its_own_day_and_never_backwards() -> None:
    ended = [("replaces", "b", "2021-01-01")]
    assert judge(TERM, date(2020, 12, 31), ended).status == "in force"
    assert judge(TERM, date(2021, 1, 1), ended).status == "replaced"
    assert judge(TERM, date(2021, 1, 1), [("repeals", "b", "2019-01-01")]).status == "in force"
    assert judge(TERM | {"title": "甲办法（试行）"}, date(2021, 1, 1)).trial


def test_documents_of_the_base_end_each_other(tmp_path: Path) -> None:
    with open_store(tmp_path / "kb.sqlite") as store:
        store.put(make_document(), make_extraction(), "/old.txt")
        newer = make_document("云溪市人民政府关于养老的办法\n云政发〔2023〕5号同时废止。", number="云政发〔2024〕1号", title="云溪市人民政府关于养老的办法")
        store.put(newer, make_extraction(), "/new.txt")
        old = store.find_document("云政发〔2023〕5号")
        found = lapsed(store, date(2025, 1, 1))
        assert {identity: one.status for identity, one in found.items()} == {old: "repealed"}
        assert found[old].by == store.find_document("云政发〔2024〕1号")
        assert len(validities(store, date(2025, 1, 1))) == 2
