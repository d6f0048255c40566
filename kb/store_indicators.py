"""Indicators (指标) in the base: what figures are set for, and by which documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from kb.records import Json, iso, number
from kb.schema import documents, obligation_targets, obligations

if TYPE_CHECKING:
    from sqlalchemy import Connection


def count_indicators(connection: Connection, least: int = 1) -> list[tuple[str, int]]:
    """Each indicator with a figure and how many documents set one, the most common first; those that fewer than `least` set are left out."""
    sets = func.count(obligations.c.document_id.distinct())
    query = (
        select(obligation_targets.c.indicator, sets)
        .join(obligations, obligations.c.key == obligation_targets.c.obligation_key)
        .where(obligation_targets.c.value.is_not(None), obligation_targets.c.indicator != "", obligations.c.kind != "none")
        .group_by(obligation_targets.c.indicator)
        .having(sets >= least)
        .order_by(sets.desc(), obligation_targets.c.indicator)
    )
    return [(name, count) for name, count in connection.execute(query)]


def select_targets(connection: Connection, indicator: str) -> list[Json]:
    """The figures of an indicator by the day that they are due, each with its document and place; `by` is ISO 8601 or None."""
    target, stated, notice = obligation_targets.c, obligations.c, documents.c
    query = (
        select(target.raw, target.comparator, target.value, target.upper, target.unit, target.by_on, stated.document_id, stated.id, stated.start_char, stated.end_char, notice.title, notice.document_number, notice.level, notice.issued_on)
        .join(obligations, stated.key == target.obligation_key)
        .join(documents, notice.id == stated.document_id)
        .where(target.indicator == indicator, target.value.is_not(None), stated.kind != "none")
        .order_by(target.unit, target.by_on, notice.issued_on, stated.id)
    )
    rows = connection.execute(query).mappings()
    return [dict(row) | {"value": number(row["value"]), "upper": number(row["upper"]), "by": iso(row["by_on"]), "issued_on": iso(row["issued_on"])} for row in rows]
