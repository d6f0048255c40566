"""What goes wrong is said in the language of the page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("streamlit")

from ingest.errors import IngestError
from ingest.limits import DEFAULT_LIMITS
from ingest.sources import read_one
from kb.errors import KbError
from tests.conftest import ROOT
from views import faults
from views.faults import in_words, load_faults

# What a page can come upon; the rest is of commands.
MODULES = [*sorted((ROOT / "ingest").rglob("*.py")), *(ROOT / "kb" / f"{name}.py" for name in ("correcting", "corrections", "store", "superiors", "uploads", "places"))]
ERRORS = {"IngestError", "KbError", "UsageError", "StoreError", "UnknownDocument"}


def clauses() -> Iterator[str]:
    """Every clause that an error of these modules may say, with {} for what is filled in."""
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                for said in node.args[1:]:
                    pieces = said.values if isinstance(said, ast.JoinedStr) else [said]
                    if all(isinstance(piece, ast.FormattedValue | ast.Constant) for piece in pieces):
                        words = "".join(str(piece.value) if isinstance(piece, ast.Constant) else "{}" for piece in pieces)
                        yield from (clause for clause in re.split("; |: ", words) if re.search("[a-z]", clause))


@pytest.fixture(autouse=True)
def chinese(monkeypatch):
    monkeypatch.setattr(faults, "language", lambda: "zh")


def test_nearly_every_fault_that_a_page_meets_has_its_chinese_words() -> None:
    held, found = load_faults("zh")[0], set(clauses())
    missing = sorted(clause for clause in found if in_words(clause.replace("{}", "7")) == clause.replace("{}", "7"))
    assert len(found) > 80 and len(missing) <= len(found) // 10, missing
    assert all(clause.count("{}") == words.count("{}") for clause, words in held.items())


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("坏文件.pdf: the PDF is damaged; get it again or print it to PDF anew", "坏文件.pdf：PDF 已损坏；请重新取得，或重新打印成 PDF"),
        ("a.ofd: it has 900 pages, more than the limit of 500; raise it with --max-pages", "a.ofd：共 900 页，超过上限 500 页；请拆分，或请管理员用 --max-pages 放宽"),
        (str(KbError("草案", "the draft does not tell whose it is", "name its region (--region) or the documents to hold it against (--against)")), "草案：草案没有写明由谁发布；请填写草案所属地区，或自行选择对照的文件"),
        ("of this nobody has heard; {0} %s", "of this nobody has heard；{0} %s"),
    ],
)
def test_a_fault_is_said_clause_by_clause(fault: str, words: str) -> None:
    assert in_words(fault).replace("：", ":").replace("；", ":") == words.replace("：", ":").replace("；", ":")


def test_a_file_that_cannot_be_read_says_so_in_chinese_and_in_english_as_it_is(tmp_path, monkeypatch) -> None:
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    with pytest.raises(IngestError) as met:
        read_one(str(empty), str(empty), DEFAULT_LIMITS)
    assert in_words(str(met.value)) == "文件是空的；请确认它保存或复制完整"
    monkeypatch.setattr(faults, "language", lambda: "en")
    assert in_words(str(met.value)) == str(met.value)


@given(st.text())
def test_any_words_pass(fault: str) -> None:
    assert isinstance(in_words(fault), str)
