"""Questions to the sample notices: answered from the records or the passage that says it, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.regions import use_overlay
from kb.ask import UNKNOWN, ask
from kb.filters import Filters
from kb.ingestion import ingest_paths
from kb.questions import Asked, read_question
from kb.store import Store, open_store
from tests.conftest import ROOT
from tests.kb.fakes import TEXT, make_document, make_extraction


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    use_overlay(ROOT / "corpus" / "overlay.toml")
    with open_store(tmp_path_factory.mktemp("ask") / "kb.sqlite") as store:
        ingest_paths(store, [ROOT / "corpus" / "notices"])
        yield store
    use_overlay(None)


def said(base: Store, question: str) -> dict[str, Any]:
    answer = ask(base, question)
    assert answer["answered"] is True
    for hit in answer["evidence"]:
        assert base.text(hit["document"]["id"])[hit["start_char"] : hit["end_char"]] == hit["passage"]
    return answer


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("云溪市养老服务由谁牵头？", Asked.WHO),
        ("云政发〔2021〕3号的发文字号是什么？", Asked.NUMBER),
        ("这件事找谁联系？", Asked.CONTACT),
        ("什么时候完成？", Asked.WHEN),
        ("护理型床位占比要达到多少？", Asked.HOW_MUCH),
        ("市民政局负责几项任务？", Asked.HOW_MANY),
        ("有哪些补贴？", Asked.WHICH),
        ("行动分几个阶段？", Asked.STAGES),
        ("可以承包给别人吗？", Asked.WHETHER),
        ("对承包有什么要求？", Asked.WHICH),
        ("怎样申请？", Asked.WHAT),
    ],
)
def test_what_a_question_asks(question: str, asked: Asked) -> None:
    assert read_question(question).asked is asked


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("栖禾县对烟花爆竹零售点有什么禁止规定？", "居民居住场所"),
        ("澜川省2020年12月底前要改造多少所食堂？", "1200所"),
        ("霁阳市居家养老补贴每人每月多少钱？", "400元"),
        ("霁阳市的补贴怎么联系咨询？", "0991-7250018"),
        ("砚州市学校食堂可以承包给别人吗？", "不可以"),
        ("栖政发〔2015〕6号的发文字号是什么？", "栖政发〔2015〕6号"),
    ],
)
def test_the_passage_that_says_it_is_quoted(base: Store, question: str, part: str) -> None:
    assert part in said(base, question)["answer"]


def test_the_lead_alone_is_named_where_the_lead_is_asked_for(base: Store) -> None:
    answer = said(base, "栖禾县安全生产隐患排查由哪个部门牵头？")
    assert answer["answer"].startswith("县安监局牵头")


def test_stages_are_listed_with_their_days(base: Store) -> None:
    answer = said(base, "砚州市校园食品安全行动分几个阶段？")
    assert answer["answer"].startswith("共三个（3个）") and len(answer["evidence"]) >= 3


def test_a_unit_s_tasks_are_counted_over_all_records(base: Store) -> None:
    """The list is the records', not the best of a search: as many items as the records have for that unit, each cited."""
    from kb.filters import Filters

    rows = base.find_obligations(Filters(units=("市教育体育局",), documents=(base.find_document("砚政办〔2020〕18号"),)))
    items = {tuple(row["path"]) for row in rows}
    answer = said(base, "砚州市教育体育局要负责哪些任务？")
    assert answer["answer"].startswith(f"共{len(items)}项")
    cited = {hit["obligation"]["id"] for hit in answer["evidence"]}
    assert {row["id"] for row in rows} >= cited and len(answer["evidence"]) >= len(items)


@pytest.mark.parametrize(
    "question",
    ["砚州市对外卖骑手有什么规定？", "栖禾县2020年的安全生产目标是多少？", "砚州市疫苗冷链的温度是多少度？", "霁阳市给高龄老人发多少斤大米？", "国膳安〔2018〕12号有哪些关于校车的规定？"],
)
def test_what_no_notice_says_is_not_answered(base: Store, question: str) -> None:
    assert ask(base, question) == {"question": question, "answer": UNKNOWN, "answered": False, "evidence": []}


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_question_is_answered_or_not(base: Store, text: str) -> None:
    answer = ask(base, text)
    assert answer["answered"] == bool(answer["evidence"])


def test_a_document_out_of_force_answers_only_where_it_is_named(base: Store) -> None:
    lapsed = (base.find_document("栖政发〔2015〕6号"),)
    assert ask(base, "栖禾县安全生产隐患排查由哪个部门牵头？", lapsed)["answered"] is False
    assert ask(base, "栖政发〔2015〕6号中隐患排查由哪个部门牵头？", lapsed)["answered"] is True


def test_a_count_is_of_all_documents_however_many_there_are(tmp_path: Path) -> None:
    store = open_store(tmp_path / "many.sqlite")
    for number in range(12):
        document = make_document(TEXT + "\n" * (number + 1), f"notices/{number}.txt", f"云政发〔2023〕{number}号")
        store.put(document, make_extraction())
    in_records = {(one["document"], tuple(one["path"])) for one in store.find_obligations(Filters(units=("民政局",)))}
    answer = ask(store, "民政局要做哪些事？")
    assert len({hit["document"]["id"] for hit in answer["evidence"]}) == 12
    assert answer["answer"].startswith(f"共{len(in_records)}项")
