"""The commands as a person types them: what they print, where, and with which exit status."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kb.cli import main
from kb.store import open_store
from tests.kb.fakes import TEXT, make_document, make_extraction

COMMANDS = ["ingest", "documents", "show", "remove", "extract", "obligations", "deadlines", "search", "ask", "check", "diff", "breakdown", "export documents", "export obligations", "serve"]


class Kb:
    """Runs commands in this process."""

    def __init__(self, base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.base, self._monkeypatch, self._capsys = base, monkeypatch, capsys

    def __call__(self, *words: str, stdin: str = "") -> tuple[int, str, str]:
        self._monkeypatch.setattr("sys.argv", ["kb", *words])
        self._monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = self._capsys.readouterr()
        return int(ended.value.code or 0), out, err

    def json(self, *words: str) -> Any:
        status, out, _ = self(*words)
        assert status == 0
        return json.loads(out)


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kb:
    base = tmp_path / "kb.sqlite"
    monkeypatch.setenv("KB_DB", str(base))
    with open_store(base) as store:
        store.put(make_document(), make_extraction())
    return Kb(base, monkeypatch, capsys)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example(kb: Kb, command: str) -> None:
    status, out, _ = kb(*command.split(), "--help")
    assert status == 0 and "Example:" in out and ("--db" in out or command == "extract")


def test_exports_print_what_is_stored(kb: Kb) -> None:
    [document] = [json.loads(line) for line in kb("export", "documents")[1].splitlines()]
    obligations = [json.loads(line) for line in kb("export", "obligations")[1].splitlines()]
    assert document["document_number"] == "云政发〔2023〕5号" and document["issued_on"] == "2023-05-01"
    assert [TEXT[found["start_char"] : found["end_char"]] for found in obligations] == [found["text"] for found in obligations]
    assert kb.json("documents", "--json") == [document]
    assert kb.json("obligations", "--json") == obligations


def test_show_prints_the_text_that_offsets_count_in(kb: Kb) -> None:
    assert kb("show", "云政发[2023]5号", "--text") == (0, TEXT + "\n", "")
    shown = kb.json("show", "云溪.txt", "--json")
    assert shown["structure"][2]["heading"] == "一、主要任务" and shown["structure"][3]["path"] == ["一、主要任务"]
    status, out, _ = kb("show", "云溪.txt")
    assert status == 0 and "一、主要任务" in out and "云溪市人民政府" in out


def test_lists_are_tables(kb: Kb) -> None:
    assert "云政发" in kb("documents")[1]
    assert "3 obligations" in kb("obligations")[1]
    out = kb("deadlines", "--as-of", "2025-01-01")[1]
    assert "已逾期" in out and "未到期" in out and "3 deadlines" in out


def test_filters_take_both_languages(kb: Kb) -> None:
    assert len(kb.json("obligations", "--kind", "禁止", "--json")) == 1
    assert len(kb.json("obligations", "--kind", "prohibition", "--kind", "duty", "--level", "市级", "--json")) == 2
    assert len(kb.json("deadlines", "--role", "牵头", "--json")) == 1
    assert len(kb.json("obligations", "--document", "云溪.txt", "--due-to", "2024-12-31", "--json")) == 1


def test_deadlines_go_into_files(kb: Kb, tmp_path: Path) -> None:
    for suffix, head in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("ics", b"BEGIN:VCALENDAR"), ("json", b"[")):
        path = tmp_path / f"台账.{suffix}"
        status, out, err = kb("deadlines", "--output", str(path))
        assert (status, out) == (0, "") and f"{2 if suffix in ('xlsx', 'csv') else 3} deadlines written" in err
        assert path.read_bytes().startswith(head)


def test_ingest_ends_with_its_counts(kb: Kb, tmp_path: Path) -> None:
    notice = tmp_path / "a.txt"
    notice.write_text("云海市人民政府办公室关于开展检查的通知\n各县人民政府：\n不得瞒报。\n", encoding="utf-8")
    status, out, err = kb("ingest", str(notice), str(tmp_path / "gone.txt"))
    assert (status, out) == (1, "1 added, 0 unchanged, 0 replaced, 1 failed\n")
    assert err.count("\n") == 1 and err.startswith(str(tmp_path / "gone.txt"))
    assert kb("ingest", str(notice)) == (0, "0 added, 1 unchanged, 0 replaced, 0 failed\n", "")
    assert kb("ingest", "-", stdin="关于报送材料的通知\n") == (0, "1 added, 0 unchanged, 0 replaced, 0 failed\n", "")


def test_remove_says_what_it_did_not_find(kb: Kb) -> None:
    status, out, err = kb("remove", "云溪.txt", "没有.txt")
    assert (status, out) == (1, "1 removed\n") and err.startswith("没有.txt: ")
    assert kb.json("documents", "--json") == []


def test_extract_answers_each_line(kb: Kb) -> None:
    lines = '{"text": "请于2024年9月20日前将总结报送市安委办。", "issued_on": "2024-09-01"}\n{"no": 1}\n'
    status, out, err = kb("extract", "--lines", stdin=lines)
    found = [json.loads(line) for line in out.splitlines()]
    assert status == 1 and err.startswith("line 2: ")
    assert set(found[0]) == {"kind", "deadlines", "targets", "units", "citations", "parties"}
    assert found[0]["deadlines"][0]["end"] == "2024-09-20" and "error" in found[1]


def test_extract_stores_nothing(kb: Kb) -> None:
    before = len(kb.json("documents", "--json"))
    status, out, _ = kb("extract", "--json", stdin="到2025年底，覆盖率达到98%以上。")
    assert status == 0 and json.loads(out)["obligations"][0]["deadlines"][0]["end"] == "2025-12-31"
    assert len(kb.json("documents", "--json")) == before


WRONG = [
    (["nope"], 2),
    (["obligations", "--kind", "foo"], 2),
    (["deadlines", "--as-of", "2025-13-01"], 2),
    (["obligations", "--due-from", "2025-02-01", "--due-to", "2025-01-01"], 2),
    (["documents", "--db", "postgresql://host/kb"], 2),
    (["--db", "mysql://host/kb", "documents"], 2),
    (["show", "没有.txt"], 1),
    (["documents", "--db", "/"], 1),
    (["extract", "/no/such/file.txt"], 1),
    (["check", "/no/such/file.txt"], 1),
    (["check", "a.txt", "--output", "report.pdf"], 2),
    (["check", "a.txt", "--dismiss", "x", "--decisions", "d.json"], 2),
    (["check", "a.txt", "--accept", "x"], 2),
    (["diff", "没有.txt", "也没有.txt"], 1),
    (["breakdown", "没有.txt", "--region", "义乌市"], 1),
    (["breakdown", "没有.txt"], 2),
    (["ingest", "--overlay", "/no/such/overlay.toml", "a.txt"], 1),
]


@pytest.mark.parametrize(("words", "expected"), WRONG)
def test_what_is_wrong_is_said_in_words(kb: Kb, words: list[str], expected: int) -> None:
    status, out, err = kb(*words)
    assert (status, out) == (expected, "") and err.strip() and "Traceback" not in err
    assert expected == 2 or err.count("\n") == 1


def test_a_fault_of_the_program_is_one_line(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.store.Store.documents", lambda self: 1 / 0)
    status, _, err = kb("documents")
    assert status == 1 and err.count("\n") == 1 and "ZeroDivisionError" in err


def test_lists_start_without_heavy_libraries(kb: Kb) -> None:
    script = (
        "import sys\nsys.argv = ['kb', 'deadlines']\nfrom kb.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'spacy', 'faiss', 'pdfplumber', 'numpy', 'pandas', 'streamlit', 'torch', 'docx', 'jieba', 'rich', 'xlsxwriter', 'icalendar'}\n"
        "sys.stderr.write(' '.join(sorted(heavy & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr == "" and "3 deadlines" in done.stdout


def test_a_limit_of_reading_is_an_option(kb: Kb, tmp_path: Path) -> None:
    assert kb("extract", "--max-pages", "0", "x.txt")[0] == 2
    (tmp_path / "large.txt").write_text("　　各县要落实责任。\n" * 60_000, encoding="utf-8")
    status, out, complaint = kb("extract", "--max-megabytes", "1", str(tmp_path / "large.txt"))
    assert (status, out) == (1, "") and "raise it with --max-megabytes" in complaint
