"""`kb check` as a drafter works with it: run, decide, change the draft, run again; and what it says to what it cannot check."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractors.regions import use_overlay
from kb.cli import main

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"
ABOVE = CORPUS / "notices" / "qihe-work-safety-2015.txt"
DRAFT = Path(__file__).parent / "cases" / "wangchuan-work-safety-draft.txt"


class Run:
    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def __call__(self, *words: str) -> tuple[int, str, str]:
        self._monkeypatch.setattr("sys.argv", ["kb", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = self._capsys.readouterr()
        return int(ended.value.code or 0), out, err

    def findings(self, *words: str) -> list[dict[str, Any]]:
        status, out, err = self("check", *words, "--json")
        assert status == 0, err
        return list(json.loads(out)["findings"])


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    monkeypatch.setenv("KB_DB", str(tmp_path / "kb.sqlite"))
    monkeypatch.setenv("KB_OVERLAY", str(CORPUS / "overlay.toml"))
    use_overlay(CORPUS / "overlay.toml")
    run = Run(capsys, monkeypatch)
    assert run("ingest", str(ABOVE))[0] == 0
    yield run
    use_overlay(None)


def _about(findings: list[dict[str, Any]], words: str) -> dict[str, Any]:
    return next(found for found in findings if words in found["superior"]["text"])


def test_decisions_are_taken_up_by_a_run_of_a_changed_draft(kb: Run, tmp_path: Path) -> None:
    draft, decisions = tmp_path / "draft.txt", tmp_path / "decisions.json"
    text = DRAFT.read_text(encoding="utf-8")
    draft.write_text(text, encoding="utf-8")
    findings = kb.findings(str(draft))
    dams, retail = _about(findings, "巡坝"), _about(findings, "30家")
    status, _, err = kb("check", str(draft), "--decisions", str(decisions), "--dismiss", retail["superior"]["id"], "--reason", "本镇没有零售点")
    assert status == 0 and "1 decisions" in err
    assert kb("check", str(draft), "--decisions", str(decisions), "--accept", dams["superior"]["id"])[0] == 0

    again = kb.findings(str(draft), "--decisions", str(decisions))
    assert _about(again, "30家")["decision"] == {"decision": "dismissed", "reason": "本镇没有零售点", "changed": False}
    assert _about(again, "巡坝")["decision"]["decision"] == "accepted"

    draft.write_text(text.replace("汛期每周至少巡坝1次", "汛期每5天至少巡坝1次"), encoding="utf-8")
    changed = kb.findings(str(draft), "--decisions", str(decisions))
    assert _about(changed, "巡坝")["decision"]["changed"]
    assert not _about(changed, "30家")["decision"]["changed"]
    stored = json.loads(kb("documents", "--json")[1])
    assert [Path(document["source"]).name for document in stored] == [ABOVE.name]


def test_the_report_tells_what_was_decided(kb: Run, tmp_path: Path) -> None:
    decisions, shown = tmp_path / "decisions.json", tmp_path / "report.html"
    found = _about(kb.findings(str(DRAFT)), "30家")
    words = ("--decisions", str(decisions), "--dismiss", found["superior"]["id"], "--reason", "本镇没有零售点")
    assert kb("check", str(DRAFT), *words, "--output", str(shown))[0] == 0
    assert "本镇没有零售点" in shown.read_text(encoding="utf-8")
    assert "不采纳 1 项" in kb("check", str(DRAFT), "--decisions", str(decisions))[1]


@pytest.mark.parametrize(
    ("content", "words", "said"),
    [
        ("", [], "is empty"),
        ("云溪，晚安。\n", [], "does not tell whose it is"),
        ("购物清单\n鸡蛋\n牛奶\n", ["--region", "栖禾县"], "no stored document"),
        ("购物清单\n鸡蛋\n牛奶\n", ["--region", "哪里也不是"], "哪里也不是"),
        ("各村要每月巡查。\n", ["--against", "没有此号"], "没有此号"),
    ],
)
def test_what_cannot_be_checked_is_said_in_a_line(kb: Run, tmp_path: Path, content: str, words: list[str], said: str) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(content, encoding="utf-8")
    status, out, err = kb("check", str(draft), *words)
    assert status in (1, 2) and not out
    assert said in err and len(err.strip().splitlines()) == 1 and "Traceback" not in err
