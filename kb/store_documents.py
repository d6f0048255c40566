"""Documents in the base: their rows, blocks, names and citations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, delete, func, or_, select, update

from extractors.mentions import Citation, Extraction
from ingest.document import NOTICE_MARK, Block, BlockKind, Cell, Document, Head, Part, Provenance, Span
from kb.dialect import VARIABLES
from kb.naming import number_key, title_key
from kb.records import Json, citation_json, document_json, document_row
from kb.schema import blocks, document_citations, document_sources, documents

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

_LISTED = [column for column in documents.c if column.name not in ("text", "deadlines", "head_spans", "notes", "edition")]
_HEAD = ("title", "enclosed_title", "copy_number", "classification", "urgency", "document_number", "signatory", "document_type", "issued_on", "printed_on", "sponsor", "supervisor")


def insert_document(connection: Connection, document: Document, extraction: Extraction) -> str:
    """Store a document with its blocks and citations; its obligations follow. Gives its id."""
    row = document_row(document, extraction)
    identity: str = row["id"]
    connection.execute(documents.insert(), [row])
    held = [_block_row(identity, position, block) for position, block in enumerate(document.blocks)]
    if held:
        connection.execute(blocks.insert(), held)
    cited = [_citation_row(identity, position, citation) for position, citation in enumerate(extraction.citations)]
    if cited:
        connection.execute(document_citations.insert(), cited)
    return identity


def _block_row(identity: str, position: int, block: Block) -> Json:
    return {
        "document_id": identity,
        "position": position,
        "start_char": block.span.start,
        "end_char": block.span.end,
        "body_start": block.body.start,
        "body_end": block.body.end,
        "kind": block.kind.value,
        "part": block.part.value,
        "parent": block.parent,
        "level": block.level,
        "number": block.number,
        "heading_start": block.heading.start if block.heading else None,
        "heading_end": block.heading.end if block.heading else None,
        "cells": [[cell.span.start, cell.span.end, cell.column] for cell in block.cells],
        "notice": block.notice,
        "provenance": [[piece.span.start, piece.span.end, piece.page, piece.box, piece.paragraph] for piece in block.provenance],
    }


def _citation_row(identity: str, position: int, citation: Citation) -> Json:
    return {
        "document_id": identity,
        "position": position,
        "title": citation.title,
        "title_key": title_key(citation.title),
        "document_number": citation.document_number,
        "number_key": number_key(citation.document_number),
        "relation": citation.relation,
        "start_char": citation.span.start,
        "end_char": citation.span.end,
        "rule": citation.rule,
    }


def name_source(connection: Connection, identity: str, location: str, source: str, name: str) -> None:
    """Let a document go by one more name; a name leads to one document only."""
    connection.execute(delete(document_sources).where(document_sources.c.location == location))
    connection.execute(document_sources.insert(), [{"location": location, "source": source, "name": name, "document_id": identity}])


def owner_of(connection: Connection, location: str) -> str | None:
    """The id of the document that was read from a location last."""
    return connection.execute(select(document_sources.c.document_id).where(document_sources.c.location == location)).scalar()


def names_of(connection: Connection, identity: str) -> list[tuple[str, str, str]]:
    """Location, source and file name of every file that holds a document."""
    held = document_sources.c
    query = select(held.location, held.source, held.name).where(held.document_id == identity)
    return [(row.location, row.source, row.name) for row in connection.execute(query)]


def take_name(connection: Connection, identity: str, location: str) -> None:
    """A file no longer holds this document: forget the name, and the document when no other file holds it."""
    connection.execute(delete(document_sources).where(document_sources.c.location == location))
    query = select(document_sources.c.source).where(document_sources.c.document_id == identity).order_by(document_sources.c.location)
    other = connection.execute(query).scalars().first()
    if other is None:
        connection.execute(delete(documents).where(documents.c.id == identity))
    else:
        connection.execute(update(documents).where(documents.c.id == identity).values(source=other))


def parts_of(connection: Connection, name: str) -> list[tuple[str, str]]:
    """Location and document of the notices behind the first in a file that goes by `name`: name#2, name#3 …"""
    held = document_sources.c
    ways = [column.startswith(f"{name}{NOTICE_MARK}", autoescape=True) for column in (held.location, held.source, held.name)]
    rows = connection.execute(select(held.location, held.document_id).where(or_(*ways))).all()
    return [(row.location, row.document_id) for row in rows if row.location.rpartition(NOTICE_MARK)[2].isdigit()]


def members_of(connection: Connection, name: str) -> list[tuple[str, str]]:
    """Location and document of what was read from the archive that goes by `name`, a location or a source."""
    held = document_sources.c
    start, end = f"{name}/", f"{name}0"  # 0 follows / in the order of characters
    rows = connection.execute(select(held.location, held.document_id).where(or_(and_(held.location >= start, held.location < end), and_(held.source >= start, held.source < end)))).all()
    return [(row.location, row.document_id) for row in rows]


def members_gone(connection: Connection, location: str, kept: Collection[str]) -> list[tuple[str, str]]:
    """Location and document of what was read at `location` before and is none of `kept`: its members as /name, '' for a document there."""
    held = [*members_of(connection, location), *parts_of(connection, location)]
    if owner := owner_of(connection, location):
        held.append((location, owner))
    names = [place.removeprefix(location) for place, _ in held]
    return [entry for entry, name in zip(held, names, strict=True) if name not in kept and _without_number(name) not in kept]


def _without_number(name: str) -> str:
    """The name of the file that a notice behind the first is in."""
    return re.sub(rf"{NOTICE_MARK}\d+$", "", name)


def matching_documents(connection: Connection, name: str) -> list[tuple[str, str]]:
    """Id and source of the documents that go by an id, a 文号 in any brackets, a source or a file's name."""
    named = select(document_sources.c.document_id).where(or_(document_sources.c.name == name, document_sources.c.source == name, document_sources.c.location == name))
    ways = [documents.c.id == name, documents.c.id.in_(named)]
    if key := number_key(name):
        ways.insert(1, documents.c.number_key == key)
    for way in ways:
        found = connection.execute(select(documents.c.id, documents.c.source).where(way).order_by(documents.c.source)).all()
        if found:
            return [(row.id, row.source) for row in found]
    return []


def count_documents(connection: Connection) -> int:
    """How many documents the base holds."""
    return connection.execute(select(func.count()).select_from(documents)).scalar_one()


def load_rows(connection: Connection, ids: Collection[str] | None = None) -> list[Json]:
    """The rows of documents (all where no ids are given) without their text, the latest first."""
    query = select(*_LISTED).order_by(documents.c.issued_on.desc(), documents.c.source, documents.c.id)
    if ids is None:
        return [dict(row) for row in connection.execute(query).mappings()]
    return [dict(row) for chunk in _chunks(ids) for row in connection.execute(query.where(documents.c.id.in_(chunk))).mappings()]


def load_documents(connection: Connection, ids: Collection[str] | None = None) -> list[Json]:
    """Documents as `kb export documents` prints them."""
    rows = load_rows(connection, ids)
    resolved = _resolved(connection, ids)
    cited: defaultdict[str, list[Json]] = defaultdict(list)
    query = select(document_citations).order_by(document_citations.c.document_id, document_citations.c.position)
    for row in _for_documents(connection, query, ids):
        citation = Citation(Span(row.start_char, row.end_char), row.rule, row.title, row.document_number, row.relation)
        cited[row.document_id].append(citation_json(citation, resolved.get((row.document_id, row.position))))
    return [document_json(row, cited[row["id"]]) for row in rows]


def _for_documents(connection: Connection, query: Any, ids: Collection[str] | None) -> Iterator[Row[Any]]:
    if ids is None:
        yield from connection.execute(query)
        return
    for chunk in _chunks(ids):
        yield from connection.execute(query.where(document_citations.c.document_id.in_(chunk)))


def _chunks(ids: Collection[str]) -> Iterator[list[str]]:
    listed = list(ids)
    return (listed[start : start + VARIABLES] for start in range(0, len(listed), VARIABLES))


def _resolved(connection: Connection, ids: Collection[str] | None) -> dict[tuple[str, int], str]:
    """For each citation, the stored document that it names: by number, else by title, else by the title from 关于 on.

    The last, which other places' notices may share, only where one document alone has it.
    """
    cited, named = document_citations.c, documents.c
    by_number = named.number_key == cited.number_key
    by_title = or_(named.title_key == cited.title_key, named.enclosed_title_key == cited.title_key)
    rank = case((by_number, 0), (by_title, 1), else_=2).label("rank")
    query = (
        select(cited.document_id, cited.position, named.id, rank)
        .join(documents, or_(by_number, named.title_key == cited.title_key, named.enclosed_title_key == cited.title_key, named.short_title_key == cited.title_key))
        .where(named.id != cited.document_id)
        .order_by(rank, named.issued_on.desc(), named.id)
    )
    found: defaultdict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
    for row in _for_documents(connection, query, ids):
        found[row.document_id, row.position].append((row.rank, row.id))
    return {place: best[0][1] for place, best in found.items() if best[0][0] < 2 or len(best) == 1}


def load_text(connection: Connection, identity: str) -> str | None:
    """The reading text of a document."""
    return connection.execute(select(documents.c.text).where(documents.c.id == identity)).scalar()


def load_reading(connection: Connection, identity: str) -> Json | None:
    """What explains a document's own values: the edition of the rules that read it, the places of its head, its deadlines, its citations' rules."""
    query = select(documents.c.edition, documents.c.head_spans, documents.c.deadlines).where(documents.c.id == identity)
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    cited = select(document_citations).where(document_citations.c.document_id == identity).order_by(document_citations.c.position)
    found = [Citation(Span(c.start_char, c.end_char), c.rule, c.title, c.document_number, c.relation) for c in connection.execute(cited)]
    return dict(row) | {"citations": found}


def load_tree(connection: Connection, identity: str) -> Document | None:
    """The document as it was read, blocks and places included."""
    row = connection.execute(select(documents).where(documents.c.id == identity)).mappings().first()
    if row is None:
        return None
    lists: dict[str, Any] = {name: tuple(row[name]) for name in ("issuing_organs", "recipients", "cc", "attachments", "contacts")}
    spans = {name: Span(*place) for name, place in row["head_spans"].items()}
    head = Head(**{name: row[name] for name in _HEAD}, **lists, spans=spans)
    query = select(blocks).where(blocks.c.document_id == identity).order_by(blocks.c.position)
    tree = tuple(_block(found) for found in connection.execute(query))
    return Document(row["text"], tree, head, row["source"], row["sha256"], row["format"], row["pages"], tuple(row["warnings"]))


def _block(row: Row[Any]) -> Block:
    return Block(
        span=Span(row.start_char, row.end_char),
        body=Span(row.body_start, row.body_end),
        kind=BlockKind(row.kind),
        part=Part(row.part),
        parent=row.parent,
        level=row.level,
        number=row.number,
        heading=None if row.heading_start is None else Span(row.heading_start, row.heading_end),
        cells=tuple(Cell(Span(start, end), column) for start, end, column in row.cells),
        notice=row.notice,
        provenance=tuple(
            Provenance(Span(start, end), page, tuple(box) if box else None, paragraph) for start, end, page, box, paragraph in row.provenance
        ),
    )
