"""Changes in the base: which documents were touched since a generation, so that what is derived can follow."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, select

from kb.schema import changes
from kb.store_state import generation_of

KEPT = 10_000  # transactions that are remembered: what lags by more is made again


def note(connection: Connection, generation: int, touched: Collection[str] | None) -> None:
    """Remember what a transaction touched (None: it may be anything)."""
    connection.execute(changes.insert(), [{"generation": generation, "documents": None if touched is None else sorted(touched)}])
    oldest = connection.execute(select(changes.c.generation).order_by(changes.c.generation.desc()).offset(KEPT).limit(1)).scalar()
    if oldest is not None:
        connection.execute(delete(changes).where(changes.c.generation <= oldest))


def since(connection: Connection, generation: int) -> list[str] | None:
    """The documents touched after a generation; None where that is not known: it is long ago, or was never one of this base."""
    rows = connection.execute(select(changes).where(changes.c.generation >= generation).order_by(changes.c.generation)).all()
    if not rows or rows[0].generation != generation or rows[-1].generation != generation_of(connection) or any(row.documents is None for row in rows[1:]):
        return None
    return sorted({identity for row in rows[1:] for identity in row.documents})
