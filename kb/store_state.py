"""The state of a base: its file, its schema's version, brought up to date, and the generation that what is derived from it is of."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import select, update

from kb import store_documents, store_ledger
from kb.dialect import may_write
from kb.errors import StoreError, UsageError
from kb.migrations import check_version, newest, upgrade
from kb.schema import documents, meta

if TYPE_CHECKING:
    from sqlalchemy import Connection

STEP = 1_000_000  # by how much a generation grows at most
LEDGER_SINCE = 4  # the schema that first kept the ledger: older bases get theirs when they are opened


class Transactions(Protocol):
    """What is asked of a store that is being opened."""

    @property
    def path(self) -> Path: ...
    def reading(self) -> AbstractContextManager[Connection]: ...
    def writing(self) -> AbstractContextManager[Connection]: ...
    def keep_log_beside(self) -> None: ...


def base_path(db: str | Path) -> Path:
    """The file that `--db` names: a path or sqlite:///path."""
    name = str(db)
    if name.startswith("-"):
        raise UsageError(name, "no name of a base", "give a file path behind --db, ./ before one that begins with a dash")
    if "://" not in name:
        return Path(name).expanduser()
    scheme, _, rest = name.partition("://")
    if scheme != "sqlite" or not rest.startswith("/") or len(rest) < 2:
        raise UsageError(name, "not a base this version can open", "give a file path or sqlite:///path/to/file")
    return Path(rest[1:]).expanduser()


def generation_of(connection: Connection) -> int:
    """The number of the base's state."""
    return int(connection.execute(select(meta.c.value).where(meta.c.name == "generation")).scalar() or 0)


def next_generation(connection: Connection) -> int:
    """Another number, higher than the one before."""
    # A step of any length: a base restored from a copy must not come to the number of a cache made of another state.
    generation = generation_of(connection) + SystemRandom().randint(1, STEP)
    connection.execute(update(meta).where(meta.c.name == "generation").values(value=str(generation)))
    return generation


def _version(connection: Connection, path: Path) -> int:
    """The schema's version, 0 of an empty base."""
    tables = set(connection.dialect.get_table_names(connection))
    if "meta" not in tables:
        if tables:
            raise StoreError(str(path), "a database of another program", "name another file with --db")
        return 0
    found = connection.execute(select(meta.c.value).where(meta.c.name == "schema")).scalar()
    if found is None or not found.isdecimal():
        raise StoreError(str(path), "a database of another program", "name another file with --db")
    return int(found)


def bring_up_to_date(store: Transactions) -> None:
    """Make the tables of a new base, or those that an older one lacks; raises `StoreError` for another program's or a newer one."""
    with store.reading() as connection:
        version = _version(connection, store.path)
    check_version(version, str(store.path))
    if version == newest():
        return
    if version and not may_write(store.path):
        raise StoreError(str(store.path), "made by an older version, and cannot be written here", "open it once where it can be written: that brings it up to date")
    if version == 0:
        store.keep_log_beside()
    with store.writing() as connection:
        # Another program may have done it while this one waited for the lock.
        version = _version(connection, store.path)
        if version < newest():
            upgrade(connection, version)
            if 0 < version < LEDGER_SINCE:
                for identity in connection.execute(select(documents.c.id)).scalars().all():
                    store_ledger.insert_ledger(connection, identity, store_documents.load_tree(connection, identity))
        if version == 0:
            connection.execute(meta.insert(), [{"name": "generation", "value": "0"}])
