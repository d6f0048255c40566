"""The tables of the ledger, derived from the obligations: names of units with their group, one row for each line."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from kb.dialect import NEVER_REUSED
from kb.schema import metadata

unit_names = Table(
    "unit_names",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("canonical", Text),
    Column("place", Text, nullable=False),  # of the notice, for names that mean nothing without it
    Column("group_name", Text, nullable=False),  # what the organ is called today, or the printed name with its place
    sqlite_autoincrement=NEVER_REUSED,
)

ledger = Table(
    "ledger",
    metadata,
    Column("obligation_key", Integer, ForeignKey("obligations.key", ondelete="CASCADE"), primary_key=True),
    Column("deadline_position", Integer, primary_key=True),  # -1: it is to last (长期坚持), in `raw`; -2: no time is named
    Column("unit_position", Integer, primary_key=True),  # -1: the notice names no unit
    Column("document_id", String, nullable=False),
    Column("unit_key", Integer, nullable=False),  # 0: none
    Column("nobody", Integer, nullable=False),  # 1 where no unit is named: those come last
    Column("group_name", Text, nullable=False),
    Column("role", String),
    Column("kind", String, nullable=False),
    Column("standing", String, nullable=False),  # dated, recurring, undated, lasting
    Column("due", Text, nullable=False),  # the last day, 9999-12-31 where there is none
    Column("raw", Text),
    Column("start_char", Integer),
    Column("end_char", Integer),
)
