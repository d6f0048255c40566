"""Whether what the base holds fits together: texts and the places in them, names, and the ledger as it would be derived now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, not_, or_, select

from kb import store_documents, store_ledger
from kb.schema import (
    document_sources,
    documents,
    obligation_deadlines,
    obligation_parties,
    obligation_targets,
    obligation_units,
    obligations,
)
from kb.schema_ledger import ledger, unit_names

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MENTIONS = (obligation_units, obligation_deadlines, obligation_targets, obligation_parties)


def document_ids(connection: Connection) -> list[tuple[str, str]]:
    """Id and source of every document."""
    return [(row.id, row.source) for row in connection.execute(select(documents.c.id, documents.c.source).order_by(documents.c.source, documents.c.id))]


def nameless(connection: Connection) -> list[tuple[str, str]]:
    """Id and source of the documents that no file name leads to: reading their file again would not know them."""
    named = exists().where(document_sources.c.document_id == documents.c.id)
    return [(row.id, row.source) for row in connection.execute(select(documents.c.id, documents.c.source).where(not_(named)))]


def lacks_text(connection: Connection, identity: str) -> bool:
    """Whether a document's reading text is missing or not as long as it was."""
    row = connection.execute(select(documents.c.text, documents.c.characters).where(documents.c.id == identity)).one()
    return not row.text or len(row.text) != row.characters


def misplaced(connection: Connection, identity: str) -> int:
    """How many obligations of a document have a place that does not give their words, or a mention outside the text."""
    text = store_documents.load_text(connection, identity) or ""
    own = obligations.c.document_id == identity
    rows = connection.execute(select(obligations.c.key, obligations.c.text, obligations.c.start_char, obligations.c.end_char).where(own))
    wrong = {row.key for row in rows if text[row.start_char : row.end_char] != row.text}
    for table in _MENTIONS:
        place = or_(table.c.start_char < 0, table.c.end_char < table.c.start_char, table.c.end_char > len(text))
        wrong.update(connection.execute(select(obligations.c.key).join(table, table.c.obligation_key == obligations.c.key).where(own, place)).scalars())
    return len(wrong)


def derive_ledger(connection: Connection, identity: str) -> bool:
    """Derive a document's rows of the ledger again; whether they were other than they are now."""
    before = _rows(connection, identity)
    store_ledger.insert_ledger(connection, identity, store_documents.load_tree(connection, identity))
    return before != _rows(connection, identity)


def _rows(connection: Connection, identity: str) -> set[tuple[object, ...]]:
    columns = [column for column in ledger.c if column.name != "unit_key"]
    names = (unit_names.c.name, unit_names.c.canonical)
    query = select(*columns, *names).outerjoin(unit_names, unit_names.c.key == ledger.c.unit_key)
    own = ledger.c.obligation_key.in_(select(obligations.c.key).where(obligations.c.document_id == identity))
    return {tuple(row) for row in connection.execute(query.where(or_(own, ledger.c.document_id == identity)))}


def unused_names(connection: Connection) -> int:
    """How many names of units no row of the ledger bears."""
    return int(connection.execute(select(func.count()).select_from(unit_names).where(~exists().where(ledger.c.unit_key == unit_names.c.key))).scalar_one())


def in_batches(ids: list[tuple[str, str]], size: int = 50) -> Iterator[list[tuple[str, str]]]:
    """Documents a few at a time, so that a writer has to wait for no more than these."""
    return (ids[start : start + size] for start in range(0, len(ids), size))
