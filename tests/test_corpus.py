"""The sample corpus: its gold and its checks quote what its texts say, and its files are built from its masters."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import docx
import pdfplumber
import pytest
from docx.table import Table

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
GOLD = sorted((CORPUS / "gold").glob("*.json"))
CHECKS = sorted((CORPUS / "checks").glob("*.json"))
FILES = sorted([*(CORPUS / "notices").iterdir(), *(CORPUS / "drafts").iterdir()])
KINDS = {"none", "duty", "prohibition", "target", "support", "encouragement"}
DOCUMENT = {
    "title", "enclosed_title", "document_number", "issuing_organs", "level", "region", "document_type", "issued_on", "printed_on",
    "effective_on", "expires_on", "recipients", "cc", "sponsor", "supervisor", "attachments", "contacts",
}  # fmt: skip
STATUSES = {"covered", "partial", "missing", "conflict", "exceeds", "not_applicable"}
CONFLICTS = {"target_weaker", "target_missing", "deadline_later", "deadline_missing", "unit_missing", "kind_weaker"}
COMPARATORS = {">=", ">", "<=", "<", "=", "range", "increase", "decrease", "multiple"}


def bare(text: str) -> str:
    """A text without blanks, as quotations are compared."""
    return re.sub(r"\s", "", text)


def text_of(file: str) -> str:
    """What a sample says, without blanks: its master, or the file itself where that is text."""
    places = [CORPUS / "notices" / file, CORPUS / "drafts" / file]
    stem = Path(file).stem
    places += [CORPUS / "masters" / f"{stem}.txt", CORPUS / "masters" / "drafts" / f"{stem}.txt"]
    source = next(path for path in places if path.suffix == ".txt" and path.exists())
    return bare(re.sub(r"(?m)^%\w+ ", "", source.read_text(encoding="utf-8")))


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def is_date(value: str | None) -> bool:
    return value is None or date.fromisoformat(value).isoformat() == value


@pytest.fixture(scope="module")
def build() -> ModuleType:
    """corpus/build.py, which is no package."""
    spec = importlib.util.spec_from_file_location("corpus_build", CORPUS / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_length_and_mark(path: Path) -> None:
    text = text_of(path.name)
    assert 2000 <= len(text) <= 6000
    assert "示例文件" in text[:200]


def test_every_notice_has_gold() -> None:
    notices = [path.name for path in sorted((CORPUS / "notices").iterdir())]
    assert sorted(load(path)["file"] for path in GOLD) == notices
    assert len({Path(name).stem for name in notices}) == len(notices), "each notice in one form only"
    assert {Path(name).suffix for name in notices} == {".txt", ".docx", ".pdf"}


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_gold_document(path: Path) -> None:
    gold, text = load(path), text_of(load(path)["file"])
    assert set(gold) == {"file", "document", "citations", "deadlines", "targets", "assignments", "sentences"}
    document = gold["document"]
    assert set(document) == DOCUMENT
    assert document["level"] in {"national", "provincial", "municipal", "county", "township"}
    for key in ("issued_on", "printed_on", "effective_on", "expires_on"):
        assert is_date(document[key])
    printed = [document[key] for key in ("title", "enclosed_title", "document_number", "document_type", "sponsor", "supervisor")]
    printed += [name for key in ("issuing_organs", "recipients", "cc", "attachments", "contacts") for name in document[key]]
    assert [words for words in printed if words and bare(words) not in text] == []


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_gold_quotes_the_notice(path: Path) -> None:
    gold, text = load(path), text_of(load(path)["file"])
    quoted = [entry["raw"] for key in ("deadlines", "targets") for entry in gold[key]]
    quoted += [entry["item"] for entry in gold["assignments"]]
    quoted += [unit["name"] for entry in gold["assignments"] for unit in entry["units"]]
    quoted += [words for entry in gold["citations"] for words in (entry["title"], entry["document_number"]) if words]
    assert [words for words in quoted if bare(words) not in text] == []
    items = {bare(entry["item"]) for entry in gold["assignments"]}
    assert [item for item in items if text.count(item) != 1] == []


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_gold_sentences_follow_the_text(path: Path) -> None:
    gold, text, at = load(path), text_of(load(path)["file"]), 0
    for sentence in gold["sentences"]:
        found = text.find(bare(sentence["text"]), at)
        assert found >= 0, sentence["text"]
        at = found + len(bare(sentence["text"]))
        assert sentence["kind"] in KINDS
        assert [party for party in sentence["parties"] if party not in sentence["text"]] == []
        assert sentence["kind"] != "none" or sentence["parties"] == []


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_gold_values(path: Path) -> None:
    gold = load(path)
    for entry in gold["deadlines"]:
        assert set(entry) == {"raw", "type", "start", "end", "recurrence"}
        assert entry["type"] in {"by", "during", "recurring", "within"}
        assert is_date(entry["start"]) and is_date(entry["end"])
        assert (entry["type"] == "recurring") == bool(re.fullmatch(r"P\d+[YMWD]", entry["recurrence"] or ""))
    for entry in gold["targets"]:
        assert set(entry) == {"raw", "indicator", "comparator", "value", "upper", "unit", "reference", "by"}
        assert entry["comparator"] in COMPARATORS and is_date(entry["by"])
        assert entry["value"] is not None or entry["reference"]
        assert (entry["comparator"] == "range") == (entry["upper"] is not None)
    for entry in gold["assignments"]:
        assert {unit["role"] for unit in entry["units"]} <= {"lead", "responsible", "cooperating"} and is_date(entry["end"])
    assert {entry["relation"] for entry in gold["citations"]} <= {"basis", "mention"}


@pytest.mark.parametrize("path", CHECKS, ids=lambda p: p.stem)
def test_checks(path: Path) -> None:
    case = load(path)
    superior = [text_of(file) for file in case["against"]]
    draft = text_of(case["draft"])
    assert len(case["expect"]) >= 30
    for expected in case["expect"]:
        assert set(expected) == {"quote", "status", "conflicts", "why"}
        assert expected["status"] in STATUSES and set(expected["conflicts"]) <= CONFLICTS
        assert sum(text.count(bare(expected["quote"])) for text in superior) == 1, expected["quote"]
        if expected["status"] in {"covered", "exceeds"}:
            said = re.search(r"“(.+)”", expected["why"])
            assert said and bare(said[1]) in draft, expected["why"]


def test_overlay_codes_are_private() -> None:
    overlay = tomllib.loads((CORPUS / "overlay.toml").read_text(encoding="utf-8"))
    regions = {entry["code"]: entry for entry in overlay["region"]}
    assert [entry["level"] for entry in regions.values()].count("municipal") == 2
    for code, entry in regions.items():
        assert re.fullmatch(r"99\d{4}", code)
        assert entry["parent"] in regions or (entry["parent"] == "" and entry["level"] == "provincial")


def docx_text(data: bytes) -> str:
    parts = []
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        parts.append("".join(cell.text for row in block.rows for cell in row.cells) if isinstance(block, Table) else block.text)
    return bare("".join(parts))


def pdf_text(data: bytes) -> str:
    """The text of a PDF without its page numbers; a table's cells come out line by line, so characters are sorted."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        pages = [re.sub(r"— \d+ —\s*$", "", page.extract_text()) for page in pdf.pages]
    return "".join(sorted(bare("".join(pages))))


READ: dict[str, tuple[Callable[[bytes], str], Callable[[str], str]]] = {
    ".docx": (docx_text, lambda text: text),
    ".pdf": (pdf_text, lambda text: "".join(sorted(text))),
}


@pytest.mark.parametrize("path", [p for p in FILES if p.suffix in READ], ids=lambda p: p.name)
def test_built_files_are_what_the_masters_say(path: Path) -> None:
    read, order = READ[path.suffix]
    assert read(path.read_bytes()) == order(text_of(path.name).replace("|", ""))


def test_building_is_repeatable(build: ModuleType) -> None:
    first, second = dict(build.build_all()), dict(build.build_all())
    assert first == second
    assert set(first) == {f"{path.parent.name}/{path.name}" for path in FILES if path.suffix in READ}
    for name, data in first.items():
        read, _ = READ[Path(name).suffix]
        assert read(data) == read((CORPUS / name).read_bytes()), f"{name}: run python corpus/build.py"
