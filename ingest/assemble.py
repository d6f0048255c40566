"""Lines to a document: paragraphs, parts, outline and head put together over one reading text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.column_units import name_units
from ingest.document import Block, BlockKind, Cell, Document, Part, Provenance, Span
from ingest.framed import unframe
from ingest.head import read_head
from ingest.layout import Placed, lay_out
from ingest.lines import CELL_SEPARATOR, Line, Paragraph, append
from ingest.markdown import drop_marks
from ingest.normalize import clean, clean_lines, seam
from ingest.outline import Node, outline
from ingest.paragraphs import join_lines, mend_cuts, unwrap
from ingest.readers.flat import unflatten_lines
from ingest.several import split_notices
from ingest.webpage import strip_page


def _merge_titles(placed: Sequence[Placed]) -> list[Placed]:
    """Title lines that follow one another made one paragraph."""
    merged: list[Placed] = []
    for place in placed:
        last = merged[-1] if merged else None
        if last and last.part is Part.TITLE and place.part is Part.TITLE and last.notice == place.notice:
            spaced = clean(f"{last.paragraph.text} {place.paragraph.text}")
            blank = " " if len(spaced) > len(last.paragraph.text) + len(place.paragraph.text) else seam(last.paragraph.text, place.paragraph.text)
            merged[-1] = replace(last, paragraph=append(last.paragraph, place.paragraph, blank))
        else:
            merged.append(place)
    return merged


def _provenance(paragraph: Paragraph, start: int) -> tuple[Provenance, ...]:
    return tuple(Provenance(Span(start + p.start, start + p.end), p.page, p.box, p.paragraph) for p in paragraph.pieces)


def _cells(paragraph: Paragraph, start: int) -> tuple[Cell, ...]:
    """The cells of a table row; its text is theirs, joined."""
    cells, at = [], start
    for i, text in enumerate(paragraph.cells):
        column = paragraph.columns[i] if i < len(paragraph.columns) else ""
        cells.append(Cell(Span(at, at + len(text)), re.sub(r"\s+", "", column)))
        at += len(text) + len(CELL_SEPARATOR)
    return tuple(cells)


def _block(place: Placed, node: Node, start: int) -> Block:
    paragraph = place.paragraph
    end = start + len(paragraph.text)
    kind = BlockKind.ROW if paragraph.cells else BlockKind.HEADING if node.own_line or place.part is Part.TITLE else BlockKind.PARAGRAPH
    return Block(
        span=Span(start, end),
        body=Span(start + node.body, end),
        kind=kind,
        part=place.part,
        parent=node.parent,
        level=node.level,
        number=node.number,
        heading=Span(start + node.heading[0], start + node.heading[1]) if node.heading else None,
        cells=_cells(paragraph, start),
        notice=place.notice,
        provenance=_provenance(paragraph, start),
    )


def _paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of a file, without the page around the notice and without frames of tables."""
    return unframe([p for p in mend_cuts(join_lines(unwrap(strip_page(name_units(clean_lines(drop_marks(unflatten_lines(lines)))))))) if p.text.strip()])


def assemble(lines: Sequence[Line], *, pages: int | None = None, warnings: Sequence[str] = ()) -> Document:
    """The document that a file's lines make, taken as one notice; the reader adds source and format."""
    return _document(_paragraphs(lines), pages, warnings)


def assemble_all(lines: Sequence[Line], *, pages: int | None = None, warnings: Sequence[str] = ()) -> tuple[Document, ...]:
    """The documents that a file's lines make, one for each notice in it."""
    notices, left_out = split_notices(_paragraphs(lines))
    told = f"the cover before the first notice ({left_out} lines) is left out"
    return tuple(
        _document(paragraphs, pages if len(notices) == 1 else _pages(paragraphs), (*warnings, told) if left_out and not n else warnings) for n, paragraphs in enumerate(notices)
    )


def _pages(paragraphs: Sequence[Paragraph]) -> int | None:
    """How many pages the paragraphs stand on."""
    held = {piece.page for paragraph in paragraphs for piece in paragraph.pieces if piece.page is not None}
    return max(held) - min(held) + 1 if held else None


def _document(paragraphs: Sequence[Paragraph], pages: int | None, warnings: Sequence[str]) -> Document:
    placed = _merge_titles(lay_out(paragraphs))
    blocks: list[Block] = []
    texts: list[str] = []
    start = 0
    for place, node in zip(placed, outline(placed), strict=True):
        blocks.append(_block(place, node, start))
        texts.append(place.paragraph.text)
        start += len(place.paragraph.text) + 1
    document = Document("\n".join(texts), tuple(blocks), pages=pages, warnings=tuple(warnings))
    return replace(document, head=read_head(document))
