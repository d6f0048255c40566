"""Numbered migrations: each file of SQL here brings a base one version further; an old one is never edited.

They are plain SQL that every database understands, but for the words in braces, which `kb.dialect.TYPES` spells.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kb.dialect import TYPES
from kb.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NAME = re.compile(r"(\d{4})_\w+\.sql")


@cache
def steps() -> tuple[tuple[int, str], ...]:
    """The version that each migration leads to and its SQL, in order."""
    found = [(match, file) for file in files(__package__).iterdir() if (match := _NAME.fullmatch(file.name))]
    return tuple(sorted((int(match[1]), file.read_text(encoding="utf-8")) for match, file in found))


def newest() -> int:
    """The version that this program works with."""
    return steps()[-1][0]


def upgrade(connection: Connection, version: int) -> None:
    """Bring a base from `version` (0: empty) to the newest, inside the caller's transaction."""
    words = TYPES[connection.dialect.name]
    for number, script in steps():
        if number > version:
            for statement in statements(script):
                connection.exec_driver_sql(statement.format(**words))
    connection.exec_driver_sql("DELETE FROM meta WHERE name = 'schema'")
    connection.exec_driver_sql(f"INSERT INTO meta (name, value) VALUES ('schema', '{newest()}')")


def statements(script: str) -> list[str]:
    """The statements of a script, its comments left out."""
    lines = (line for line in script.splitlines() if not line.lstrip().startswith("--"))
    return [piece.strip(" \n;") for piece in "\n".join(lines).split(";\n") if piece.strip(" \n;")]


def check_version(found: int, name: str) -> None:
    """Refuse a base that a newer program made."""
    if found > newest():
        problem = f"made by a newer version (schema {found}, this program knows {newest()})"
        raise StoreError(name, problem, "update notice-kb, or name another base with --db")
