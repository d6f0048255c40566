"""Texts to learn from: any folder of JSON Lines (plain or `.xz`) and text files, as passages and questions.

What a line is shows in its keys: `question` with `passage`, `query` with `answer` (and its `document`), `query` with
`relevant` (ids of lines with `id` and `text`), else a passage: `text` with `document` or `title`, and `heading`. A text
file is one document: its name, and its paragraphs as passages.
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_BRACKETS = re.compile(r"[（(]\d{4}[^）)]*[）)]")  # the date behind a law's name
_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇]+条$")
_SHORTEST = 8  # characters of a paragraph that says something


class TrainingError(Exception):
    """Text that cannot be learned from; `path` is what was asked for."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with what stands over it: the name of its document, its heading."""

    text: str
    over: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the passages that answer it. `group` is what must not be parted between training and test."""

    text: str
    answers: tuple[str, ...]
    group: str
    source: str
    measured: bool = False  # asked by `query`: one of a set that retrieval is measured with


@dataclass(frozen=True)
class Texts:
    """All that was read: passages, questions, and the corpus of a source of questions that names its answers by id."""

    passages: list[Passage] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    pools: dict[str, list[str]] = field(default_factory=dict)


def read_texts(folders: Sequence[Path]) -> Texts:
    """What the files of the folders hold, in the order of their names."""
    texts = Texts()
    for folder in folders:
        if not folder.exists():
            raise TrainingError("there is no such folder; name one that holds .jsonl, .jsonl.xz or .txt files", folder)
        files = [folder] if folder.is_file() else sorted(path for path in folder.rglob("*") if path.is_file())
        known: dict[str, str] = {}  # passages by id
        asked: list[tuple[dict[str, Any], str]] = []
        for path in files:
            if path.name.endswith((".jsonl", ".jsonl.xz")):
                for line in _lines(path):
                    _take(line, path.name, texts, known, asked)
            elif path.suffix in (".txt", ".md"):
                _take_document(path, texts)
        for line, source in asked:
            answers = tuple(known[one] for one in line["relevant"] if one in known)
            if answers:
                texts.questions.append(Question(line["query"], answers, str(line.get("id", line["query"])), source, measured=True))
        if asked:
            texts.pools.update(dict.fromkeys({source for _, source in asked}, list(known.values())))
    if not texts.passages and not texts.questions:
        raise TrainingError("holds no text to learn from; .jsonl, .jsonl.xz and .txt files are read", folders[0])
    return texts


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                found = json.loads(line)
            except ValueError as fault:
                raise TrainingError(f"line {number} is no JSON; mend or remove it", path) from fault
            if isinstance(found, dict):
                yield found


def _take(line: dict[str, Any], name: str, texts: Texts, known: dict[str, str], asked: list[tuple[dict[str, Any], str]]) -> None:
    source = str(line.get("source") or name)
    if "relevant" in line:
        asked.append((line, source))
    elif "question" in line or "query" in line:
        question, answer = line.get("question") or line["query"], line.get("passage") or line.get("answer")
        if answer:
            texts.questions.append(Question(question, (answer,), str(line.get("document", question)), source, "query" in line))
    elif line.get("text"):
        document = _ARTICLE.sub("", _BRACKETS.sub("", line.get("document") or line.get("title") or ""))
        texts.passages.append(Passage(line["text"], f"{document} {line.get('heading') or ''}".strip()))
        if "id" in line:
            known[line["id"]] = line["text"]


def _take_document(path: Path, texts: Texts) -> None:
    paragraphs = path.read_text(encoding="utf-8", errors="replace").split("\n")
    texts.passages.extend(Passage(part.strip(), path.stem) for part in paragraphs if len(part.strip()) >= _SHORTEST)
