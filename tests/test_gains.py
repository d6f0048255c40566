"""`make gains`: what a change of the rules gains and loses, in a small repository whose only rule finds 应当."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.gains import compare, main
from scripts.worktrees import GitError, extract_in, git, tree_of
from tests.conftest import ROOT

MENTIONS = """
from dataclasses import dataclass

@dataclass(frozen=True)
class Span:
    start: int
    end: int

@dataclass(frozen=True)
class Unit:
    span: Span
    rule: str
    name: str
    role: str
    inherited: bool = False

@dataclass(frozen=True)
class Obligation:
    span: Span
    rule: str
    kind: str
    path: tuple = ()
    units: tuple = ()
    deadlines: tuple = ()
    targets: tuple = ()
    parties: tuple = ()
    citations: tuple = ()
    confidence: float = 1.0
"""
PIPELINE = """
import re
from types import SimpleNamespace
from extractors.mentions import Obligation, Span, Unit

def extract(document):
    found = []
    for match in re.finditer("[^。]+。", document.text):
        verb = re.search("应当", match[0])
        if verb:
            unit = Unit(Span(match.start(), match.start() + verb.start()), "unit.subject", match[0][:verb.start()], "responsible")
            found.append(Obligation(Span(*match.span()), "duty.modal", "duty", units=(unit,)))
    return SimpleNamespace(obligations=found, citations=(), level=None, region=(), effective_on=None, expires_on=None)
"""
READ = """
from types import SimpleNamespace

def read(path):
    head = SimpleNamespace(title=None, enclosed_title=None, document_number=None, issuing_organs=(), issued_on=None, printed_on=None)
    return SimpleNamespace(text=path.read_text(encoding="utf-8"), head=head)
"""
NOTICE = "云溪市教育局应当公布名单。云溪市财政局必须拨付资金。\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit and one notice in its corpus."""
    root = tmp_path / "project"
    files = {"extractors/mentions.py": MENTIONS, "extractors/pipeline.py": PIPELINE, "extractors/regions.py": "", "ingest/__init__.py": READ, "extractors/__init__.py": "", "corpus/notices/示例.txt": NOTICE}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    git_options = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "."), (*git_options, "commit", "-q", "-m", "one")):
        git(root, *words)
    return root


def worktrees(root: Path) -> int:
    return len(git(root, "worktree", "list").splitlines())


def run(root: Path, *words: str) -> tuple[int, str]:
    done = subprocess.run([sys.executable, str(ROOT / "scripts" / "gains.py"), "--root", str(root), *words], capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def change_rule(root: Path, old: str, new: str) -> None:
    path = root / "extractors" / "pipeline.py"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_clean_tree_has_no_change(repository: Path) -> None:
    assert run(repository) == (0, "no change against HEAD in 1 files\n")


def test_a_wider_rule_shows_what_appeared(repository: Path) -> None:
    change_rule(repository, '"应当"', '"应当|必须"')
    status, said = run(repository)
    assert status == 0, said
    assert "+ obligation 云溪市财政局必须拨付资金。" in said and "+ unit 云溪市财政局" in said
    assert "in: 云溪市财政局必须拨付资金。" in said
    assert "obligation +1 -0 ~0" in said
    assert worktrees(repository) == 1


def test_a_narrower_and_a_changed_rule_show_as_json(repository: Path) -> None:
    change_rule(repository, '"应当"', '"必须"')
    change_rule(repository, '"responsible"', '"lead"')
    status, said = run(repository, "--json")
    told = json.loads(said)
    assert status == 0 and told["counts"]["obligation"] == {"appeared": 1, "vanished": 1, "changed": 0}
    change_rule(repository, '"必须"', '"应当"')
    [change] = json.loads(run(repository, "--json")[1])["changes"]
    assert (change["change"], change["sort"], change["fields"]) == ("changed", "unit", {"role": ["responsible", "lead"]})


def test_a_state_that_cannot_read_a_file_is_a_change(repository: Path) -> None:
    (repository / "ingest" / "__init__.py").write_text("def read(path):\n    raise ValueError('no')\n", encoding="utf-8")
    status, said = run(repository)
    assert (status, "ValueError: no" in said) == (0, True), said


def test_an_unknown_commit_is_told_in_one_line(repository: Path) -> None:
    status, said = run(repository, "--against", "nowhere")
    assert status == 1 and "nowhere" in said and len(said.splitlines()) == 1


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none")]) == 2
    assert "no such folder" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to catch")
def test_the_worktree_is_removed_when_interrupted(repository: Path) -> None:
    change_rule(repository, "import re\n", "import re, time\ntime.sleep(60)\n")
    process = subprocess.Popen([sys.executable, str(ROOT / "scripts" / "gains.py"), "--root", str(repository)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(400):
        if worktrees(repository) == 2:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) != 0
    assert worktrees(repository) == 1


def test_a_tree_vanishes_after_an_error(repository: Path) -> None:
    with pytest.raises(ValueError, match="stop"), tree_of(repository, "HEAD") as tree:
        assert (tree / "extractors" / "pipeline.py").exists()
        raise ValueError("stop")
    assert worktrees(repository) == 1 and not tree.exists()


def test_a_failing_extraction_is_told(repository: Path) -> None:
    (repository / "extractors" / "regions.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    (repository / "corpus" / "overlay.toml").write_text("", encoding="utf-8")
    change_rule(repository, "import re\n", "raise SystemExit(3)\n")
    with pytest.raises(GitError, match="ended with status"):
        extract_in((repository,), [repository / "corpus" / "notices" / "示例.txt"], repository / "corpus" / "overlay.toml")


def found(text: str, *obligations: dict[str, object]) -> dict[str, object]:
    return {"text": text, "facts": {}, "obligations": list(obligations), "citations": []}


def test_where_another_text_was_read_words_are_compared_not_places() -> None:
    def duty(at: int) -> dict[str, object]:
        return {"sort": "obligation", "at": [at, at + 4], "quote": "应当公布", "rule": "duty.modal", "fields": {"kind": "duty"}, "mentions": []}

    [change] = compare(found("a", duty(0), duty(9)), found("b", duty(3), duty(12)), "示例.txt")
    assert change["sort"] == "document" and "reading text" in change["fields"]


def test_what_an_item_line_gives_is_compared_with_the_obligation() -> None:
    def duty(*names: str) -> dict[str, object]:
        given = [{"sort": "unit", "at": [20 + i, 21 + i], "quote": name, "rule": "u", "fields": {"role": "lead", "inherited": True}} for i, name in enumerate(names)]
        return {"sort": "obligation", "at": [0, 4], "quote": "公布名单", "rule": "r", "fields": {"kind": "duty"}, "mentions": given}

    changes = compare(found("a", duty("甲局")), found("a", duty("甲局", "乙局")), "示例.txt")
    assert [(c["change"], c["sort"], c["fields"].get("inherited units")) for c in changes] == [
        ("changed", "obligation", [["甲局=lead"], ["乙局=lead", "甲局=lead"]]),
        ("appeared", "unit", None),
    ]
