"""The base's tables are what the migrations make; other files are refused in one line."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect

from kb.errors import StoreError, UsageError
from kb.migrations import newest, statements, steps
from kb.schema import metadata
from kb.store import base_path, open_store


def test_migrations_make_the_tables_that_queries_use(tmp_path: Path) -> None:
    with open_store(tmp_path / "kb.sqlite") as store, store.reading() as connection:
        made = inspect(connection)
        tables = {name: {column["name"]: (column["nullable"]) for column in made.get_columns(name)} for name in made.get_table_names()}
        keys = {name: made.get_pk_constraint(name)["constrained_columns"] for name in tables}
    declared = {table.name: {column.name: bool(column.nullable) for column in table.c} for table in metadata.sorted_tables}
    assert {name: set(columns) for name, columns in tables.items()} == {name: set(columns) for name, columns in declared.items()}
    assert keys == {table.name: [column.name for column in table.primary_key] for table in metadata.sorted_tables}


def test_migrations_are_numbered_without_gaps() -> None:
    assert [number for number, _ in steps()] == list(range(1, newest() + 1))


def test_statements_leave_comments_out() -> None:
    assert statements("-- about;\nCREATE TABLE a (\n  b TEXT\n);\n\nDROP TABLE c;\n") == ["CREATE TABLE a (\n  b TEXT\n)", "DROP TABLE c"]


def test_base_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kb.sqlite"
    open_store(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE meta SET value = '999' WHERE name = 'schema'")
    with pytest.raises(StoreError, match="newer version.*update notice-kb"):
        open_store(path)


def test_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE songs (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        open_store(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", ["这不是数据库。" * 200, "x"])
def test_a_text_file_is_no_base(tmp_path: Path, content: str) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match="not a knowledge base"):
        open_store(path)
    assert path.read_text(encoding="utf-8") == content


def test_a_folder_is_no_base(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder"):
        open_store(tmp_path)


@pytest.mark.parametrize(("db", "expected"), [("kb.sqlite", "kb.sqlite"), ("sqlite:///kb.sqlite", "kb.sqlite"), ("sqlite:////data/kb.sqlite", "/data/kb.sqlite")])
def test_a_base_is_a_path_or_an_address(db: str, expected: str) -> None:
    assert base_path(db) == Path(expected)


@pytest.mark.parametrize("db", ["postgresql://host/kb", "sqlite://", "sqlite:///", "http://host/kb.sqlite"])
def test_other_addresses_are_refused(db: str) -> None:
    with pytest.raises(UsageError, match="file path or sqlite:///"):
        base_path(db)
