"""Links between documents in the base: as a notice states them, and the stored documents that they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import case, or_, select

from extractors.mentions import Citation
from ingest.document import Document
from kb.links import find_links
from kb.naming import number_key, title_key
from kb.records import Json, iso
from kb.schema import documents
from kb.schema_people import document_links

if TYPE_CHECKING:
    from sqlalchemy import Connection


def insert_links(connection: Connection, identity: str, document: Document, citations: Sequence[Citation] = ()) -> None:
    """Store what a document says that it does to others."""
    rows = [
        {
            "document_id": identity, "position": position, "relation": link.relation, "title": link.title, "title_key": title_key(link.title),
            "document_number": link.document_number, "number_key": number_key(link.document_number),
            "start_char": link.span.start, "end_char": link.span.end, "rule": link.rule,
        }
        for position, link in enumerate(find_links(document, citations))
    ]  # fmt: skip
    if rows:
        connection.execute(document_links.insert(), rows)


def load_links(connection: Connection, relations: Collection[str] = ()) -> list[Json]:
    """Every link (of the relations named), with the stored document that it means where there is one.

    By number, else by title, else by the title from 关于 on where one document alone has it.
    """
    link, named = document_links.c, documents.c
    by_number = named.number_key == link.number_key
    by_title = or_(named.title_key == link.title_key, named.enclosed_title_key == link.title_key)
    rank = case((by_number, 0), (by_title, 1), else_=2).label("rank")
    pairs = (
        select(link.document_id, link.position, named.id, rank)
        .join(documents, or_(by_number, named.title_key == link.title_key, named.enclosed_title_key == link.title_key, named.short_title_key == link.title_key))
        .where(named.id != link.document_id)
        .order_by(rank, named.issued_on.desc(), named.id)
    )
    query = select(document_links).order_by(link.document_id, link.position)
    if relations:
        pairs, query = pairs.where(link.relation.in_(list(relations))), query.where(link.relation.in_(list(relations)))
    found: defaultdict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
    for row in connection.execute(pairs):
        found[row.document_id, row.position].append((row.rank, row.id))
    keys = ("document_id", "relation", "title", "document_number", "start_char", "end_char", "rule")
    return [{key: row[key] for key in keys} | {"resolved": _one(found[row["document_id"], row["position"]])} for row in connection.execute(query).mappings()]


def _one(found: list[tuple[int, str]]) -> str | None:
    return found[0][1] if found and (found[0][0] < 2 or len(found) == 1) else None


def load_terms(connection: Connection) -> list[Json]:
    """Of each document what its validity is judged by."""
    columns = documents.c
    query = select(columns.id, columns.title, columns.enclosed_title, columns.document_number, columns.issued_on, columns.effective_on, columns.expires_on)
    return [{key: iso(value) if key.endswith("_on") else value for key, value in row.items()} for row in connection.execute(query).mappings()]
