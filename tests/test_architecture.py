"""The way of the data is the way of the imports: ingest, extractors, kb, views, app; libraries stay behind their fences."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

ORDER = ["ingest", "extractors", "kb", "views", "app"]
FENCES = {
    "pdfplumber": {"ingest"},
    "pypdfium2": {"ingest"},
    "docx": {"ingest", "kb"},
    "sqlalchemy": {"kb"},
    "faiss": {"kb"},
    "streamlit": {"views", "app"},
    "spacy": {"extractors"},
}
HEAVY = {"torch", "streamlit", "onnxruntime", "sentence_transformers", "spacy", "faiss", "pdfplumber", "docx", "jieba", "pandas"}
# Modules that are themselves only imported where they are needed.
HEAVY_HOMES = {"extractors/components.py", "app.py"}
MODULES = sorted(path for package in ORDER for path in [*ROOT.glob(f"{package}/**/*.py"), *ROOT.glob(f"{package}.py")])


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def package_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_against_the_data(path):
    own = package_of(path)
    for name in imports(ast.parse(path.read_text(encoding="utf-8"))):
        top = name.split(".")[0]
        if top in ORDER:
            assert ORDER.index(top) <= ORDER.index(own), f"{own} must not import {name}"
        if top in FENCES:
            assert own in FENCES[top], f"{top} belongs in {sorted(FENCES[top])}"
        if own == "extractors" and top == "ingest":
            assert not name.startswith("ingest.readers"), "extractors see the document model alone"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_heavy_libraries_are_imported_where_they_are_used(path):
    relative = path.relative_to(ROOT).as_posix()
    if relative in HEAVY_HOMES or relative.startswith(("views/", "ingest/readers/")):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    at_top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {name.split(".")[0] for node in at_top for name in imports(node)}
    assert not names & HEAVY


def test_there_are_modules_to_look_at():
    assert len(MODULES) > 20
