"""The tables of the knowledge base, as queries see them; kb/migrations makes them.

Types are portable (SQLite now, PostgreSQL later). Dates are dates, lists that are only shown are JSON, and what is
looked up by has a column of its own. `*_key` columns hold a folded form for comparison (see `kb.naming`).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from kb.dialect import NEVER_REUSED

metadata = MetaData()


def _place() -> tuple[Column[int], Column[int], Column[str]]:
    """Where a mention stands in the reading text and the rule that found it."""
    return Column("start_char", Integer, nullable=False), Column("end_char", Integer, nullable=False), Column("rule", Text, nullable=False)


def _owner(table: str, column: str, kind: type[Integer] | type[String]) -> Column[Any]:
    """The row that goes with, and vanishes with, the document or obligation it belongs to."""
    return Column(f"{table}_{column}", kind, ForeignKey(f"{table}s.{column}", ondelete="CASCADE"), primary_key=True)


meta = Table("meta", metadata, Column("name", String, primary_key=True), Column("value", Text, nullable=False))

# What each writing transaction touched: a list of ids of documents, none where it may be any.
changes = Table("changes", metadata, Column("generation", BigInteger, primary_key=True), Column("documents", JSON(none_as_null=True)))

documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("source", Text, nullable=False),  # as it was given; document_sources has every name
    Column("format", String, nullable=False),
    Column("title", Text),
    Column("enclosed_title", Text),
    Column("title_key", Text),
    Column("enclosed_title_key", Text),
    Column("short_title_key", Text),  # the title from its 关于 on: how others cite it
    Column("copy_number", Text),
    Column("classification", Text),
    Column("urgency", Text),
    Column("document_number", Text),
    Column("number_key", Text),
    Column("signatory", Text),
    Column("issuing_organs", JSON, nullable=False),
    Column("level", String),
    Column("region", JSON, nullable=False),
    Column("region_key", Text, nullable=False),  # /浙江省/金华市/
    Column("adcode", String),
    Column("document_type", String),
    Column("issued_on", Date),
    Column("printed_on", Date),
    Column("effective_on", Date),
    Column("expires_on", Date),
    Column("recipients", JSON, nullable=False),
    Column("cc", JSON, nullable=False),
    Column("sponsor", Text),
    Column("supervisor", Text),
    Column("attachments", JSON, nullable=False),
    Column("contacts", JSON, nullable=False),
    Column("pages", Integer),
    Column("characters", Integer, nullable=False),
    Column("warnings", JSON, nullable=False),
    Column("head_spans", JSON, nullable=False),
    Column("deadlines", JSON, nullable=False),  # every one printed, also those that bind no obligation
    Column("notes", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("edition", Text),  # of the rules that it was read with (extractors.edition); none: read before it was kept
)

# Every name under which the same bytes were read. `location` tells one file from another wherever the command ran.
document_sources = Table(
    "document_sources",
    metadata,
    Column("location", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("name", Text, nullable=False),  # the file's name alone
    Column("document_id", String, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
)

blocks = Table(
    "blocks",
    metadata,
    _owner("document", "id", String),
    Column("position", Integer, primary_key=True),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("body_start", Integer, nullable=False),
    Column("body_end", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("part", String, nullable=False),
    Column("parent", Integer),
    Column("level", Integer),
    Column("number", Text),
    Column("heading_start", Integer),
    Column("heading_end", Integer),
    Column("cells", JSON, nullable=False),  # [start, end, column]
    Column("notice", Integer, nullable=False),
    Column("provenance", JSON, nullable=False),  # [start, end, page, box, paragraph]
)

document_citations = Table(
    "document_citations",
    metadata,
    _owner("document", "id", String),
    Column("position", Integer, primary_key=True),
    Column("title", Text),
    Column("title_key", Text),
    Column("document_number", Text),
    Column("number_key", Text),
    Column("relation", String, nullable=False),
    *_place(),
)

obligations = Table(
    "obligations",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("document_id", String, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    *_place(),
    Column("page", Integer),
    Column("path", JSON, nullable=False),
    Column("confidence", Float, nullable=False),
    sqlite_autoincrement=NEVER_REUSED,
)

obligation_units = Table(
    "obligation_units",
    metadata,
    _owner("obligation", "key", Integer),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String, nullable=False),
    Column("canonical", Text),
    Column("listed", Boolean, nullable=False),
    Column("inherited", Boolean, nullable=False),
    *_place(),
    Column("origin", JSON(none_as_null=True)),  # [way, start, end]
)

obligation_deadlines = Table(
    "obligation_deadlines",
    metadata,
    _owner("obligation", "key", Integer),
    Column("position", Integer, primary_key=True),
    Column("raw", Text, nullable=False),
    Column("type", String, nullable=False),
    Column("start_on", Date),
    Column("end_on", Date),
    Column("recurrence", String),
    Column("event", Text),
    Column("reason", Text),
    Column("provisional", Boolean, nullable=False),
    Column("inherited", Boolean, nullable=False),
    *_place(),
    Column("origin", JSON(none_as_null=True)),  # [way, start, end]
)

obligation_targets = Table(
    "obligation_targets",
    metadata,
    _owner("obligation", "key", Integer),
    Column("position", Integer, primary_key=True),
    Column("raw", Text, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("comparator", String, nullable=False),
    Column("value", Float),
    Column("upper", Float),
    Column("unit", Text),
    Column("reference", Text),
    Column("by_on", Date),
    *_place(),
    Column("due", JSON(none_as_null=True)),  # [start, end] of the deadline that by_on is from
)

obligation_parties = Table(
    "obligation_parties",
    metadata,
    _owner("obligation", "key", Integer),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    *_place(),
)

obligation_citations = Table(
    "obligation_citations",
    metadata,
    _owner("obligation", "key", Integer),
    Column("position", Integer, primary_key=True),
    Column("citation", Text, nullable=False),  # title or number
    Column("printed", JSON(none_as_null=True)),  # [start, end, rule, title, number, relation] where it is printed first
)

# One vector an obligation and encoder: float32, little-endian. The search index is derived from these.
vectors = Table(
    "vectors",
    metadata,
    _owner("obligation", "key", Integer),
    Column("encoder", String, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)
