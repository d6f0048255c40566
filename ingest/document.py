"""The document model: a notice as one reading text and a tree of blocks over it.

Everything later on points into `Document.text` by half-open spans counted in code points, so
`text[span.start:span.end]` is exactly what the drafter wrote. The model holds no I/O and knows no file format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

NOTICE_MARK = "#"  # between a file's name and the number of a notice in it, from the second on: 汇编.pdf#2


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points of one text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` in this range."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether `other` lies inside this range."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share a character."""
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> Span:
        """The same range moved by `by` characters."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a stretch of the reading text stands in the original file.

    `page` counts from 1; `box` is (left, top, right, bottom) in points from the page's upper left corner;
    `paragraph` counts from 0 in a file that flows (text, markdown, DOCX).
    """

    span: Span
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    paragraph: int | None = None


class Part(StrEnum):
    """The parts of an official document, after GB/T 9704-2012 (版头, 主体, 版记)."""

    HEADER = "header"  # 版头: 发文机关标志, 发文字号, 签发人 …
    TITLE = "title"  # 标题, of the notice, of its enclosed text, of an attachment
    RECIPIENTS = "recipients"  # 主送机关
    BODY = "body"  # 正文
    ATTACHMENT_NOTE = "attachment_note"  # 附件说明
    SIGNATURE = "signature"  # 发文机关署名 and 成文日期
    NOTE = "note"  # 附注: 联系人, 此件公开发布 …
    IMPRINT = "imprint"  # 版记: 主办, 督办, 抄送, 印发机关, 印发日期


class BlockKind(StrEnum):
    """What a block is, as far as its form tells."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"  # a heading on a line of its own
    ROW = "row"  # a row of a table, its cells joined by a tab


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table's row: its place in the text and the head of its column ('' where it has none)."""

    span: Span
    column: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or table row; blocks follow one another in reading order.

    A block with a number (一、 （一） 1. 第五条 …) or a heading is a node of the outline: later blocks stand under it
    (`parent`, an index into `Document.blocks`) until a node of the same or an outer `level` comes. `heading` is the
    heading with its number, as printed: the whole of a heading's own line, or the run-in heading at the head of a
    paragraph (（一）加强领导。各地要…). `body` is what the sentences are cut from: the block without number and heading;
    it is empty for a heading's own line.
    """

    span: Span
    body: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    part: Part = Part.BODY
    parent: int | None = None
    level: int | None = None
    number: str | None = None
    heading: Span | None = None
    cells: tuple[Cell, ...] = ()
    notice: int = 0  # 0: the notice itself, 1: the text it carries, 2 and on: its attachments
    provenance: tuple[Provenance, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What 版头, 主体 and 版记 say of the document itself; what the notice does not say is None or ()."""

    title: str | None = None
    enclosed_title: str | None = None
    copy_number: str | None = None
    classification: str | None = None
    urgency: str | None = None
    document_number: str | None = None
    signatory: str | None = None
    issuing_organs: tuple[str, ...] = ()
    document_type: str | None = None
    issued_on: date | None = None
    printed_on: date | None = None
    recipients: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    sponsor: str | None = None
    supervisor: str | None = None
    attachments: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)  # where a field stands, by its name


@dataclass(frozen=True, slots=True)
class Document:
    """One notice: its reading text, the blocks over it, and what its head says."""

    text: str
    blocks: tuple[Block, ...]
    head: Head = field(default_factory=Head)
    source: str = ""  # path or address as it was given
    sha256: str = ""  # of the file's bytes
    format: str = "text"
    pages: int | None = None
    warnings: tuple[str, ...] = ()

    def ancestors(self, index: int) -> Iterator[int]:
        """The outline nodes that block `index` stands under, from the innermost out."""
        parent = self.blocks[index].parent
        while parent is not None:
            yield parent
            parent = self.blocks[parent].parent

    def path(self, index: int) -> tuple[str, ...]:
        """The headings that block `index` stands under, its own run-in heading included, from the outermost in."""
        chain = [index, *self.ancestors(index)]
        spans = [self.blocks[i].heading for i in reversed(chain)]
        return tuple(" ".join(span.of(self.text).split()) for span in spans if span is not None)

    def block_at(self, offset: int) -> int | None:
        """The index of the block that holds the character at `offset`, None between blocks."""
        low, high = 0, len(self.blocks)
        while low < high:
            middle = (low + high) // 2
            if self.blocks[middle].span.end <= offset:
                low = middle + 1
            else:
                high = middle
        inside = low < len(self.blocks) and self.blocks[low].span.start <= offset
        return low if inside else None

    def page_at(self, offset: int) -> int | None:
        """The page on which the character at `offset` stands, None where the format has no pages."""
        index = self.block_at(offset)
        if index is None:
            return None
        pieces = self.blocks[index].provenance
        at = next((p for p in pieces if p.span.start <= offset < p.span.end), pieces[0] if pieces else None)
        return at.page if at else None
