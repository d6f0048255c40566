from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractors.mentions import Extraction, Obligation
from extractors.pipeline import extract
from extractors.sentences import plain_document
from ingest import read
from ingest.document import Document, Head, Span
from kb.check import check, check_draft
from kb.errors import KbError
from kb.records import obligation_ids, obligation_json
from kb.store import open_store
from kb.validity import Validity
from tests.kb.bases import FakeStore, deadline, document, obligation, target, unit

TEXT = "\n".join(
    [
        "建立食品安全信用档案，实行动态管理。",
        "每月组织一次校园食堂检查，通报检查结果。",
        "鼓励餐饮企业购买食品安全责任保险。",
        "加强农药、兽药、饲料质量监测。",
    ]
)


def _draft(text: str = TEXT, **head: Any) -> tuple[Document, Extraction]:
    document = replace(plain_document(text), head=Head(title="云溪市河口县食品安全信用实施方案", **head), source="draft.txt")
    found = []
    start = 0
    for line in text.split("\n"):
        found.append(Obligation(Span(start, start + len(line)), "duty", "test", line))
        start += len(line) + 1
    return document, Extraction(tuple(found), level="county", region=("示例省", "云溪市", "河口县"))


def _status(superior: dict[str, Any], text: str = TEXT, **head: Any) -> tuple[str, list[str]]:
    report = check_draft(FakeStore([superior]), *_draft(text, **head), against=["a"])
    (finding,) = report["findings"]
    return finding["status"], [conflict["type"] for conflict in finding["conflicts"]]


@pytest.mark.parametrize(
    ("superior", "expected"),
    [
        (obligation("建立健全食品安全信用档案，加强动态管理。"), ("covered", [])),
        (obligation("开展电梯维保单位专项督查。"), ("missing", [])),
        (obligation("餐饮企业应当购买食品安全责任保险。"), ("conflict", ["kind_weaker"])),
        (obligation("加强农药、兽药、饲料、种子、农膜质量监测。"), ("partial", [])),
        (obligation("建立食品安全信用档案，实行动态管理。", deadlines=[deadline("2025-10-31")]), ("partial", ["deadline_missing"])),
        (obligation("省级有关部门建立食品安全信用档案。"), ("not_applicable", [])),
        (obligation("省局将建立食品安全信用档案。"), ("not_applicable", [])),
        (obligation("建立食品安全信用档案。", deadlines=[deadline("2015-12-31")]), ("not_applicable", [])),
    ],
)
def test_verdict(superior: dict[str, Any], expected: tuple[str, list[str]]) -> None:
    assert _status(superior, issued_on=date(2024, 5, 1)) == expected


def test_document_against_itself_raises_no_alarm() -> None:
    draft, extraction = _draft()
    ids = obligation_ids("a", extraction.obligations)
    above = [obligation_json(identity, "a", found) for identity, found in zip(ids, extraction.obligations, strict=True)]
    above[1] |= {"targets": [target("校园食堂检查", "=", 1, "次")], "units": [unit("市教育局")]}
    report = check_draft(FakeStore(above[:1] + above[2:]), draft, extraction, against=["a"])
    assert report["coverage"] == 1.0
    assert {finding["status"] for finding in report["findings"]} == {"covered"}


def test_deleted_sentence_alone_is_missing() -> None:
    draft, extraction = _draft()
    above = [obligation(found.text) for found in extraction.obligations]
    for at, left_out in enumerate(above):
        rest = "\n".join(line for place, line in enumerate(TEXT.split("\n")) if place != at)
        report = check_draft(FakeStore(above), *_draft(rest), against=["a"])
        missing = [finding["superior"]["text"] for finding in report["findings"] if finding["status"] == "missing"]
        assert missing == [left_out["text"]]


def test_what_carries_out_one_requirement_is_not_lent_to_another() -> None:
    above = [obligation("加强农药、兽药、饲料质量监测。"), obligation("加强农药、兽药经营单位监测点建设。")]
    report = check_draft(FakeStore(above), *_draft(), against=["a"])
    assert [finding["status"] for finding in report["findings"]] == ["covered", "missing"]


def test_every_obligation_has_one_finding_with_both_places() -> None:
    report = check_draft(FakeStore([obligation("建立信用档案。"), obligation("加强培训。", document="b")]), *_draft(), against=["a"])
    (finding,) = report["findings"]
    assert finding["superior"]["document"] == "a"
    for piece in finding["draft"]:
        assert TEXT[piece["start_char"] : piece["end_char"]] == piece["text"]


ABOVE = [
    document("city", title="云溪市食品安全信用管理办法"),
    document("other", title="远山市食品安全信用管理办法", region=["示例省", "远山市"]),
    document("subject", title="云溪市养老服务条例"),
    document("peer", title="河口县食品安全实施方案", level="county", region=["示例省", "云溪市", "河口县"]),
]


def test_documents_above_on_the_subject_are_chosen() -> None:
    store = FakeStore([obligation("建立食品安全信用档案。", document="city")], ABOVE)
    assert check_draft(store, *_draft())["against"] == ["city"]


@pytest.mark.parametrize(
    ("documents", "level", "words"),
    [(ABOVE[1:2], "county", "jurisdiction"), (ABOVE[2:3], "county", "subject"), (ABOVE, None, "--region")],
)
def test_no_document_to_compare_is_said(documents: list[dict[str, Any]], level: str | None, words: str) -> None:
    draft, extraction = _draft()
    with pytest.raises(KbError, match=words):
        check_draft(FakeStore([], documents), draft, replace(extraction, level=level))


def test_unknown_document_is_said() -> None:
    with pytest.raises(KbError, match="nowhere"):
        check_draft(FakeStore([]), *_draft(), against=["nowhere"])


def test_draft_file_is_read_and_not_stored(tmp_path: Path) -> None:
    file = tmp_path / "draft.txt"
    file.write_text("河口县食品安全实施方案\n\n一、主要任务\n\n建立食品安全信用档案，实行动态管理。\n", encoding="utf-8")
    above = tmp_path / "above.txt"
    above.write_text("云溪市食品安全管理办法\n\n一、主要任务\n\n各县市场监管局要建立食品安全信用档案。\n", encoding="utf-8")
    with open_store(tmp_path / "base.sqlite") as store:
        document = read(str(above))
        store.put(document, extract(document))
        report = check(store, file, against=[store.documents()[0]["id"]])
        assert [finding["status"] for finding in report["findings"]] == ["covered"]
        assert len(store.documents()) == 1


def test_documents_no_longer_in_force_are_told_and_not_used() -> None:
    above = [ABOVE[0], document("old", title="云溪市食品安全信用管理暂行办法")]
    store = FakeStore([obligation("建立食品安全信用档案。", document=name) for name in ("city", "old")], above)
    validity = {"old": Validity("replaced", "2024-01-01", "city")}
    report = check_draft(store, *_draft(), validity=validity)
    assert report["against"] == ["city"]
    assert {(told["id"], told["used"], "替代" in told["reason"]) for told in report["documents"]} == {("city", True, False), ("old", False, True)}
    assert check_draft(store, *_draft(), against=["old"], validity=validity)["against"] == ["old"]
    with pytest.raises(KbError, match="no longer in force"):
        check_draft(FakeStore([], above[1:]), *_draft(), validity=validity)


def test_a_document_of_another_region_is_used_only_when_named_and_with_a_warning() -> None:
    report = check_draft(FakeStore([], ABOVE), *_draft(), against=["other"])
    assert "仅供参考" in report["documents"][0]["reason"]
