"""What a drafter decided on findings is known again in a later run of a changed draft."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.decisions import decide, decisions_text, is_open, load_decisions, take_up
from kb.errors import KbError
from tests.kb.bases import document, obligation

HELD = {"a": document(document_number="云政发〔2024〕3号")}


def _finding(words: str, status: str = "missing", *draft: str, identity: str = "") -> dict[str, Any]:
    return {"status": status, "superior": obligation(words, id=identity or f"a-{words}"), "draft": [{"text": text} for text in draft]}


def _report(*findings: dict[str, Any]) -> dict[str, Any]:
    return {"draft": {"title": "方案", "source": "draft.txt"}, "findings": list(findings)}


def _kept(tmp_path: Path, report: dict[str, Any], *ids: str) -> list[dict[str, Any]]:
    file = tmp_path / "decisions.json"
    file.write_text(decisions_text(report["draft"], decide(report, [], ids, "dismissed", "市级已办", HELD)), encoding="utf-8")
    return load_decisions(file)


def test_a_decision_is_taken_up_again_whatever_the_ids(tmp_path: Path) -> None:
    held = _kept(tmp_path, _report(_finding("公开台账。")), "公开台账。")
    later = take_up(_report(_finding("公开\n台账。", identity="b-9#2"), _finding("开展培训。")), held, HELD)
    assert [found.get("decision") for found in later["findings"]] == [{"decision": "dismissed", "reason": "市级已办", "changed": False}, None]
    assert [is_open(found) for found in later["findings"]] == [False, True]


def test_a_decision_on_other_words_of_the_draft_is_looked_at_again(tmp_path: Path) -> None:
    held = _kept(tmp_path, _report(_finding("公开台账。", "conflict", "可以公开台账。")), "a-公开台账。")
    later = take_up(_report(_finding("公开台账。", "conflict", "视情况公开台账。")), held, HELD)
    assert later["findings"][0]["decision"]["changed"]
    assert is_open(later["findings"][0])


def test_a_part_is_known_by_the_whole_that_was_decided(tmp_path: Path) -> None:
    held = _kept(tmp_path, _report(_finding("建立台账，公开结果。")), "a-建立台账，公开结果。")
    later = take_up(_report(_finding("公开结果。"), _finding("建立台账，", "covered", "建立台账。")), held, HELD)
    assert ["decision" in found for found in later["findings"]] == [True, False]


def test_a_later_decision_takes_the_place_of_an_earlier_one() -> None:
    report = _report(_finding("公开台账。"))
    once = decide(report, [], ["公开台账。"], "dismissed", "不必", HELD)
    (entry,) = decide(report, once, ["公开台账。"], "accepted", "", HELD)
    assert entry["decision"] == "accepted"


def test_an_unknown_finding_is_said() -> None:
    with pytest.raises(KbError, match="no finding"):
        decide(_report(), [], ["x"], "accepted", "", HELD)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"decisions": 3}', '{"decisions": [{}]}', '{"decisions": ["x"]}', "\x00"])
def test_another_file_is_refused_in_a_sentence(tmp_path: Path, content: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(KbError, match="decisions"):
        load_decisions(file)


def test_no_file_yet_holds_no_decisions(tmp_path: Path) -> None:
    assert load_decisions(tmp_path / "none.json") == []
