"""Vectors in the base: one an obligation and encoder, and which encoder the base is searched with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, delete, select

from kb.dialect import VARIABLES
from kb.schema import meta, obligations, vectors

_NAME = "encoder"


def insert(connection: Connection, encoder: str, by_obligation: Mapping[str, bytes]) -> None:
    """Put vectors of obligations that are still stored in place of the encoder's older ones."""
    found = connection.execute(select(obligations.c.id, obligations.c.key).where(obligations.c.id.in_(list(by_obligation)))).all()
    keys = [row.key for row in found]
    connection.execute(delete(vectors).where(vectors.c.encoder == encoder, vectors.c.obligation_key.in_(keys)))
    if found:
        connection.execute(vectors.insert(), [{"obligation_key": row.key, "encoder": encoder, "vector": by_obligation[row.id]} for row in found])


def forget(connection: Connection, encoder: str, ids: Sequence[str]) -> None:
    """Remove the encoder's vectors of these obligations."""
    keys = select(obligations.c.key).where(obligations.c.id.in_(ids))
    connection.execute(delete(vectors).where(vectors.c.encoder == encoder, vectors.c.obligation_key.in_(keys)))


def select_vectors(connection: Connection, encoder: str, ids: Sequence[str] | None = None) -> Iterator[tuple[str, bytes]]:
    """The encoder's vectors (of these obligations alone where given), each with the id of its obligation, read as they are asked for."""
    query = select(obligations.c.id, vectors.c.vector).join(vectors, vectors.c.obligation_key == obligations.c.key).where(vectors.c.encoder == encoder)
    some = [query] if ids is None else [query.where(obligations.c.id.in_(ids[first : first + VARIABLES])) for first in range(0, len(ids), VARIABLES)]
    for one in some:
        for row in connection.execution_options(yield_per=4096).execute(one):
            yield row.id, row.vector


def encoder_of(connection: Connection) -> str:
    """The encoder that the base is searched with, "" where none was chosen."""
    return str(connection.execute(select(meta.c.value).where(meta.c.name == _NAME)).scalar() or "")


def use(connection: Connection, encoder: str) -> None:
    """Choose the encoder and let the vectors of others go."""
    connection.execute(delete(meta).where(meta.c.name == _NAME))
    connection.execute(meta.insert(), [{"name": _NAME, "value": encoder}])
    connection.execute(delete(vectors).where(vectors.c.encoder != encoder))
