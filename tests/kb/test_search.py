from __future__ import annotations

from pathlib import Path

import pytest

from kb.search import search
from kb.terms import dates, document_numbers, figures, periods, searchable
from tests.kb.bases import FakeStore, deadline, document, obligation, target, unit

PASSAGES = [
    obligation("推动餐饮服务单位公开加工过程。", id="kitchen"),
    obligation("贯彻云政发〔2021〕7号文件，制定年度计划。", id="number", citations=["云政发〔2021〕7号"]),
    obligation("抽检合格率达到98%以上。", id="rate", kind="target", targets=[target("抽检合格率", ">=", 98)]),
    obligation("到2025年，产业销售收入达到500亿元。", id="money", kind="target", targets=[target("产业销售收入", ">=", 5e10, "元")]),
    obligation("完善养老机构护理制度。", id="care", units=[unit("市民政局")], deadlines=[deadline("2026-06-30")]),
    obligation("各单位每半年报送工作情况。", id="report", deadlines=[deadline(None, type="recurring", recurrence="P6M")]),
    obligation("不得向未成年人销售烟酒。", id="minors", kind="prohibition"),
    obligation("做好农药经营管理。", id="farm", path=["三、主要任务", "（二）乡村学校食堂改造"]),
]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("云政发[2021]7号", "number"),
        ("云政发(2021)7号文", "number"),
        ("98%", "rate"),
        ("百分之九十八", "rate"),
        ("五百亿元", "money"),
        ("民政局的任务", "care"),
        ("2026年6月到期", "care"),
        ("每隔六个月报一次", "report"),
        ("养老院怎么管", "care"),
        ("哪些事不准做", "minors"),
        ("学校食堂", "farm"),
    ],
)
def test_first_hit(query: str, first: str) -> None:
    hits = search(FakeStore(PASSAGES), query, 3)["hits"]
    assert hits[0]["obligation"]["id"] == first
    assert hits[0]["why"]


def test_filters_leave_as_many_hits_as_asked_for() -> None:
    hits = search(FakeStore(PASSAGES), "餐饮", 2, filters="target")["hits"]
    assert [hit["obligation"]["kind"] for hit in hits] == ["target", "target"]


@pytest.mark.parametrize("query", ["", " ", "？？", "zzz", "不见于任何地方的话题", "的\n了"])
def test_any_query_is_answered(query: str) -> None:
    result = search(FakeStore(PASSAGES), query, 3)
    assert result["query"] == query
    assert len(result["hits"]) == 3


def test_empty_base_has_no_hits() -> None:
    assert search(FakeStore([]), "食品", 3) == {"query": "食品", "hits": []}


def test_cache_follows_the_base(tmp_path: Path) -> None:
    store = FakeStore(PASSAGES[:3], path=tmp_path / "base.db")
    search(store, "食品")
    store.held.append(obligation("加强电梯安全检查。", id="lift"))
    store.version = 2
    assert search(store, "电梯")["hits"][0]["obligation"]["id"] == "lift"
    kept = list((tmp_path / "base.db.search").glob("part-*"))
    assert len(kept) == 1


def test_damaged_cache_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FakeStore(PASSAGES, path=tmp_path / "base.db")
    before = search(store, "农药")
    for file in (tmp_path / "base.db.search").rglob("*.np?"):
        file.write_bytes(b"broken")
    monkeypatch.setattr("kb.catalogue_files._HELD", {})
    assert search(store, "农药") == before


def test_place_of_a_document_is_understood() -> None:
    passages = [obligation("完善预案。", id="here"), obligation("完善预案。", id="there", document="b")]
    documents = [document(), document("b", title="关于预案的通知", region=["示例省", "远山县"])]
    assert search(FakeStore(passages, documents), "远山县预案", 1)["hits"][0]["obligation"]["id"] == "there"


@pytest.mark.parametrize(
    ("text", "reader", "expected"),
    [
        ("依据云政发〔2021〕7号", document_numbers, "@云政发〔2021〕7号"),
        ("占比百分之五", figures, "#5%"),
        ("1.2万人", figures, "#12000人"),
        ("2025年底前", dates, "d:2025-12-31"),
        ("6月20日前", dates, "d:06-20"),
        ("每季度通报", periods, "r:P3M"),
    ],
)
def test_marked_terms(text: str, reader: object, expected: str) -> None:
    assert expected in list(reader(searchable(text)))  # type: ignore[operator]
