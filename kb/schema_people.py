"""The tables of what people add and what notices say of each other: corrections, links between documents."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, Text

from kb.dialect import NEVER_REUSED
from kb.schema import metadata

# No foreign keys: a correction outlives the reading that it was made on, and is placed again in the next one.
corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("target", String, nullable=False),  # document or obligation
    Column("document_id", String, nullable=False),
    Column("obligation_id", String),
    Column("field", String, nullable=False),
    Column("value", JSON, nullable=False),  # as columns, or rows of the field's table
    Column("original", JSON, nullable=False),  # what was extracted, in the same form
    Column("who", Text, nullable=False),
    Column("why", Text),
    Column("made_at", Text, nullable=False),
    Column("withdrawn_at", Text),
    Column("withdrawn_by", Text),
    Column("locations", JSON, nullable=False),
    Column("number_key", Text),
    Column("title_key", Text),
    Column("passage", Text),
    Column("path", JSON, nullable=False),
    Column("start_char", Integer),
    sqlite_autoincrement=NEVER_REUSED,
)

document_links = Table(
    "document_links",
    metadata,
    Column("document_id", String, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("relation", String, nullable=False),
    Column("title", Text),
    Column("title_key", Text),
    Column("document_number", Text),
    Column("number_key", Text),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("rule", Text, nullable=False),
)
