"""The store: one knowledge base, opened; reading and writing it in transactions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from sqlalchemy import delete, select
from sqlalchemy.exc import DatabaseError

from extractors.mentions import Extraction, Obligation
from ingest.document import NOTICE_MARK, Document
from kb import (
    store_changes,
    store_corrections,
    store_documents,
    store_ledger,
    store_links,
    store_obligations,
    store_vectors,
)
from kb.dialect import NO_BASE, explain, for_writing, is_foreign, keep_log_beside, open_engine
from kb.errors import StoreError, UnknownDocument
from kb.filters import Filters
from kb.records import Json, document_id, document_summary, obligation_json, with_mark
from kb.schema import documents
from kb.store_state import base_path, bring_up_to_date, generation_of, next_generation

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

Outcome = Literal["added", "replaced", "unchanged"]


class Store:
    """A knowledge base. Every method is one transaction; a writer waits for another one to end."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self.path = path
        self._engine = engine

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees the base as it is now, whatever others write meanwhile."""
        with self._in_words(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, *, counts: bool = True, touched: Collection[str] | None = None) -> Iterator[Connection]:
        """A transaction that writes: all of it or nothing, and caches know that they lag (not where what is written is no news to them).

        `touched` are the documents that it changes (None: it may be any).
        """
        with self._in_words(), self._engine.connect() as connection, for_writing(connection).begin():
            yield connection
            if not counts:
                return
            store_changes.note(connection, next_generation(connection), touched)

    def keep_log_beside(self) -> None:
        """Prepare a new base for readers beside a writer."""
        with self._in_words():
            keep_log_beside(self._engine)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """The database's own errors as one line with what to do."""
        try:
            yield
        except DatabaseError as error:
            raise StoreError(str(self.path), *explain(error)) from error

    def generation(self) -> int:
        """Grows with each writing transaction: what was derived from another generation lags."""
        with self.reading() as connection:
            return generation_of(connection)

    def changed_since(self, generation: int) -> list[str] | None:
        """The documents touched after a generation of this base; None where that is not known."""
        with self.reading() as connection:
            return store_changes.since(connection, generation)

    # Documents

    def holds(self, identity: str, location: str) -> bool:
        """Whether what lies at `location` is stored with the same content."""
        with self.reading() as connection:
            return store_documents.owner_of(connection, location) == identity

    def put(self, document: Document, extraction: Extraction, location: str = "", name: str = "", again: bool = False) -> Outcome:
        """Store a document in one transaction, in place of what was read from `location` before.

        The same bytes change nothing (with `again` their extraction is stored anew); known bytes under a new name add the name.
        """
        identity, location = document_id(document), location or document.source
        name = name or location.replace("\\", "/").rsplit("/", 1)[-1]
        if not again and self.holds(identity, location):
            return "unchanged"
        touched = {identity}
        with self.writing(touched=touched) as connection:
            owner = store_documents.owner_of(connection, location)
            if owner is not None and owner != identity:
                store_documents.take_name(connection, owner, location)
                touched.add(owner)
            stored = connection.execute(select(documents.c.id).where(documents.c.id == identity)).scalar() is not None
            if stored and again:
                self._read_again(connection, document, extraction)
            elif not stored:
                store_documents.insert_document(connection, document, extraction)
                store_obligations.insert_obligations(connection, identity, extraction.obligations)
            store_documents.name_source(connection, identity, location, document.source, name)
            if again or not stored:
                store_links.insert_links(connection, identity, document, extraction.citations)
                store_ledger.insert_ledger(connection, identity, document)
                store_corrections.lay_again(connection, identity)
            if owner is not None:
                store_ledger.forget_unused(connection)
        if owner is not None and owner != identity or stored and again:
            return "replaced"
        return "unchanged" if stored else "added"

    @staticmethod
    def _read_again(connection: Connection, document: Document, extraction: Extraction) -> None:
        identity = document_id(document)
        names = store_documents.names_of(connection, identity)
        connection.execute(delete(documents).where(documents.c.id == identity))
        store_documents.insert_document(connection, document, extraction)
        store_obligations.insert_obligations(connection, identity, extraction.obligations)
        for location, source, name in names:
            store_documents.name_source(connection, identity, location, source, name)

    def remove(self, ids: Collection[str]) -> int:
        """Remove documents with all that belongs to them; how many there were."""
        with self.writing(touched=ids) as connection:
            removed = connection.execute(delete(documents).where(documents.c.id.in_(list(ids)))).rowcount
            store_ledger.forget_unused(connection)
            return removed

    def parts_of(self, name: str) -> list[str]:
        """The ids of the notices behind the first in a file that goes by `name`."""
        with self.reading() as connection:
            return [identity for _, identity in store_documents.parts_of(connection, name)]

    def forget_parts(self, location: str, count: int) -> None:
        """Forget the notices that the file at `location` held behind its first `count`."""
        with self.reading() as connection:
            held = store_documents.parts_of(connection, location)
        self._forget([entry for entry in held if int(entry[0].rpartition(NOTICE_MARK)[2]) > count])

    def members_of(self, name: str) -> list[str]:
        """The ids of the documents that were read from the archive that goes by `name`."""
        with self.reading() as connection:
            return [identity for _, identity in store_documents.members_of(connection, name)]

    def forget_members(self, location: str, kept: Collection[str]) -> None:
        """Forget what the archive at `location` held that is not among `kept`: its members, each as /name."""
        with self.reading() as connection:
            gone = store_documents.members_gone(connection, location, kept)
        self._forget(gone)

    def _forget(self, gone: Sequence[tuple[str, str]]) -> None:
        """Take these locations from their documents."""
        if gone:
            with self.writing(touched={identity for _, identity in gone}) as connection:
                for location, identity in gone:
                    store_documents.take_name(connection, identity, location)
                store_ledger.forget_unused(connection)

    def find_document(self, name: str) -> str:
        """The id of the one document that goes by an id, a 文号 or a file name."""
        with self.reading() as connection:
            found = store_documents.matching_documents(connection, name)
        if not found:
            raise UnknownDocument(name, "no such document in the knowledge base", "`kb documents` lists ids, numbers and sources")
        if len(found) > 1:
            listed = "; ".join(f"{identity} {source}" for identity, source in found[:5])
            raise UnknownDocument(name, f"{len(found)} documents go by this name", f"give the id of one: {listed}")
        return found[0][0]

    def documents(self, ids: Collection[str] | None = None) -> list[Json]:
        """Documents as `kb export documents` prints them, the latest first."""
        with self.reading() as connection:
            marks = store_corrections.marks(connection)
            return [with_mark(found, marks) for found in store_documents.load_documents(connection, ids)]

    def summaries(self, ids: Collection[str] | None = None) -> dict[str, Json]:
        """What lists say of documents (id, source, title, number, level), by id."""
        with self.reading() as connection:
            return {row["id"]: document_summary(row) for row in store_documents.load_rows(connection, ids)}

    def text(self, identity: str) -> str:
        """The reading text of a document."""
        with self.reading() as connection:
            found = store_documents.load_text(connection, identity)
        if found is None:
            raise UnknownDocument(identity, "no such document in the knowledge base")
        return found

    def load(self, identity: str) -> Document:
        """A document as it was read, with its blocks and their places."""
        with self.reading() as connection:
            found = store_documents.load_tree(connection, identity)
        if found is None:
            raise UnknownDocument(identity, "no such document in the knowledge base")
        return found

    def how_read(self, identity: str) -> Json:
        """What explains a document's own values: edition of the rules, places of its head, deadlines and citations with their rules."""
        with self.reading() as connection:
            found = store_documents.load_reading(connection, identity)
        if found is None:
            raise UnknownDocument(identity, "no such document in the knowledge base")
        return found

    # Obligations

    def find_obligations(self, filters: Filters | None = None, limit: int | None = None, offset: int = 0) -> list[Json]:
        """Obligations as `kb export obligations` prints them."""
        with self.reading() as connection:
            marks = store_corrections.marks(connection)
            return [with_mark(obligation_json(*stored), marks) for stored in store_obligations.select_obligations(connection, filters or Filters(), limit, offset)]

    def load_obligations(self, filters: Filters | None = None, limit: int | None = None, offset: int = 0) -> list[tuple[str, str, Obligation]]:
        """Obligations as they were extracted (rules, events and reasons included), each with its id and its document's."""
        with self.reading() as connection:
            return list(store_obligations.select_obligations(connection, filters or Filters(), limit, offset))

    def all_obligations(self) -> Iterator[Json]:
        """Every obligation, read a batch at a time inside one transaction."""
        with self.reading() as connection:
            marks = store_corrections.marks(connection)
            for stored in store_obligations.select_obligations(connection, Filters()):
                yield with_mark(obligation_json(*stored), marks)

    def obligations(self, ids: Sequence[str]) -> list[Json]:
        """The obligations with these ids that are still stored, in the order asked for."""
        with self.reading() as connection:
            marks = store_corrections.marks(connection)
            found = {stored[0]: stored for stored in store_obligations.select_by_id(connection, ids)}
        return [with_mark(obligation_json(*found[identity]), marks) for identity in ids if identity in found]

    def find_obligation(self, name: str) -> tuple[str, str, Obligation] | None:
        """The obligation that goes by an id, or by the end of one behind its document's, with its document's id; None where none does."""
        with self.reading() as connection:
            found = store_obligations.ids_like(connection, name)
            if len(found) > 1:
                raise UnknownDocument(name, f"{len(found)} obligations go by this id", f"give one in full: {'; '.join(found)}")
            return next(store_obligations.select_by_id(connection, found), None)

    def find_obligation_ids(self, filters: Filters | None = None) -> list[str] | None:
        """The ids of the obligations that the filters mean, None where they mean all."""
        if not filters:
            return None
        with self.reading() as connection:
            return store_obligations.select_ids(connection, filters)

    def count_obligations(self, filters: Filters | None = None) -> int:
        """How many obligations the filters mean."""
        with self.reading() as connection:
            return store_obligations.count(connection, filters or Filters())

    def obligations_by_document(self) -> dict[str, int]:
        """How many obligations each document has, by its id (none: absent)."""
        with self.reading() as connection:
            return store_obligations.count_by_document(connection)

    # Vectors

    def put_vectors(self, encoder: str, by_obligation: dict[str, bytes]) -> None:
        """Store vectors (float32, little-endian) that an encoder made of obligations, in place of its older ones."""
        with self.writing(counts=False) as connection:
            store_vectors.insert(connection, encoder, by_obligation)

    def vectors(self, encoder: str, ids: Sequence[str] | None = None) -> Iterator[tuple[str, bytes]]:
        """The vectors that an encoder made (of these obligations alone where given), each with the id of its obligation."""
        with self.reading() as connection:
            yield from store_vectors.select_vectors(connection, encoder, ids)

    def encoder(self) -> str:
        """The name of the encoder that this base is searched with, "" where none was chosen for it."""
        with self.reading() as connection:
            return store_vectors.encoder_of(connection)

    def use_encoder(self, name: str) -> None:
        """Have the base searched with this encoder from now on; the vectors of others go."""
        with self.writing(touched=()) as connection:
            store_vectors.use(connection, name)


def open_store(db: str | Path) -> Store:
    """Open the knowledge base that `db` names; made when absent, brought up to date when older."""
    path = base_path(db)
    try:
        if path.is_dir():
            raise StoreError(str(path), "is a folder", "name a file with --db, such as kb.sqlite in it")
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and is_foreign(path):
            raise StoreError(str(path), *NO_BASE)
    except OSError as error:
        raise StoreError(str(path), f"cannot be opened ({error.strerror})", "name another file with --db") from error
    store = Store(open_engine(path), path)
    try:
        bring_up_to_date(store)
    except StoreError:
        store.close()
        raise
    return store
