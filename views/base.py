"""The knowledge base as pages read it: opened once a process, with what every page asks for kept for each generation."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from kb.records import Json
from kb.store import Store, open_store
from kb.validity import LAPSED, Validity, validities

if TYPE_CHECKING:
    from kb.heard import Heard

_LOCK = Lock()


@lru_cache(maxsize=4)
def _opened(path: str, _process: int) -> Store:
    return open_store(path)


def store() -> Store:
    """The base that this server serves ($KB_DB, else the user's own)."""
    with _LOCK:
        return _opened(os.environ.get("KB_DB") or _own_base(), os.getpid())


def _own_base() -> str:
    from kb.commands.options import default_db

    return str(default_db())


class Snapshot:
    """What pages ask for again and again, as it is in one generation of the base."""

    def __init__(self, held: Store, generation: int) -> None:
        self.store, self.generation = held, generation
        self._validities: dict[date, dict[str, Validity]] = {}
        self._heard: dict[str, list[Heard]] | None = None
        self._hearing = Lock()

    @cached_property
    def size(self) -> int:
        """How many documents there are."""
        from kb.store_documents import count_documents

        with self.store.reading() as connection:
            return count_documents(connection)

    @cached_property
    def items(self) -> int:
        """How many obligations they hold."""
        return self.store.count_obligations()

    @cached_property
    def documents(self) -> list[Json]:
        """All documents, the latest first."""
        return self.store.documents()

    @cached_property
    def by_id(self) -> dict[str, Json]:
        """All documents by id."""
        return {document["id"]: document for document in self.documents}

    @cached_property
    def names(self) -> dict[str, str]:
        """What each document is called in a list to choose from."""
        return {identity: document["title"] or short_name(document) for identity, document in self.by_id.items()}

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many obligations each document has."""
        return self.store.obligations_by_document()

    @cached_property
    def links(self) -> list[Json]:
        """What documents do to each other, as far as both are stored or named."""
        from kb.store_links import load_links

        with self.store.reading() as connection:
            return load_links(connection)

    def is_heard(self) -> bool:
        """Whether whom the obligations speak to was read."""
        return self._heard is not None

    def hear(self, tell: Callable[[int, int], None] = lambda done, total: None) -> dict[str, list[Heard]]:
        """Whom the obligations of each document speak to, read once; `tell` hears how many documents are done, of how many."""
        from kb.heard import hear
        from kb.store_spoken import select_spoken

        with self._hearing:
            if self._heard is None:
                found: dict[str, list[Heard]] = {}
                with self.store.reading() as connection:
                    for identity, obligations in select_spoken(connection, list(self.by_id)):
                        found[identity] = hear(self.by_id[identity], obligations)
                        tell(len(found), len(self.by_id))
                self._heard = found
            return self._heard

    def validity(self, day: date) -> dict[str, Validity]:
        """How each document stands on a day."""
        if day not in self._validities:
            self._validities[day] = validities(self.store, day)
        return self._validities[day]

    def lapsed(self, day: date) -> tuple[str, ...]:
        """The documents no longer in force on a day."""
        return tuple(sorted(identity for identity, found in self.validity(day).items() if found.status in LAPSED))


_SNAPSHOTS: dict[str, Snapshot] = {}


def snapshot() -> Snapshot:
    """The base as it is now."""
    held = store()
    generation, path = held.generation(), str(held.path)
    found = _SNAPSHOTS.get(path)
    if found is None or found.generation != generation or found.store is not held:
        found = _SNAPSHOTS[path] = Snapshot(held, generation)
    return found


class Kept:
    """A base whose list of documents is read once a generation: for search and questions, which ask for it each time."""

    def __init__(self, of: Snapshot) -> None:
        self._of = of
        self.path: Path = of.store.path

    def documents(self, ids: Collection[str] | None = None) -> Sequence[Json]:
        """All documents, or those with these ids."""
        return self._of.documents if ids is None else [self._of.by_id[identity] for identity in ids if identity in self._of.by_id]

    def generation(self) -> int:
        """The generation that the list is of."""
        return self._of.generation

    def __getattr__(self, name: str) -> Any:
        return getattr(self._of.store, name)


def short_name(document: Json) -> str:
    """A document's file name, without the folder it lies in."""
    return str(document["source"]).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
