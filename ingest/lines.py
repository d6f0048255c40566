"""Lines as a reader finds them, and the paragraphs made of them: what every format is brought to."""

from __future__ import annotations

from dataclasses import dataclass, replace

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, or a whole paragraph or table row where the format has such.

    `ends_paragraph` is None where the format does not tell (plain text), so that the words must.
    """

    text: str
    page: int | None = None
    box: Box | None = None
    paragraph: int | None = None
    heading: int | None = None  # level that a format's mark or style gives; a hint only
    bold: bool = False
    centred: bool = False
    indented: bool = False
    size: float | None = None
    letterhead: bool = False  # the large, mostly red letters of a 发文机关标志
    cells: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()  # heads of the columns of `cells`
    ends_paragraph: bool | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader finds in a file: its lines in reading order, its number of pages, and what a person must know of it."""

    lines: list[Line]
    pages: int | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A range of a paragraph's text that stands in one place of the file."""

    start: int
    end: int
    page: int | None = None
    box: Box | None = None
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading or table row of the reading text, with its places in the file."""

    text: str
    pieces: tuple[Piece, ...] = ()
    heading: int | None = None
    bold: bool = False
    centred: bool = False
    cells: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    letterhead: bool = False


CELL_SEPARATOR = "\t"


def as_paragraph(line: Line) -> Paragraph:
    """The paragraph that a single line makes."""
    text = CELL_SEPARATOR.join(line.cells) if line.cells else line.text
    piece = Piece(0, len(text), line.page, line.box, line.paragraph)
    return Paragraph(text, (piece,), line.heading, line.bold, line.centred, line.cells, line.columns, line.letterhead)


def append(first: Paragraph, second: Paragraph, seam: str = "") -> Paragraph:
    """`first` carried on by `second`, with `seam` between their texts."""
    shift = len(first.text) + len(seam)
    moved = (Piece(p.start + shift, p.end + shift, p.page, p.box, p.paragraph) for p in second.pieces)
    heading = first.heading if first.heading is not None else second.heading
    return Paragraph(
        first.text + seam + second.text,
        (*first.pieces, *moved),
        heading,
        first.bold and second.bold,
        first.centred and second.centred,
        letterhead=first.letterhead and second.letterhead,
    )


def split(paragraph: Paragraph, at: int) -> tuple[Paragraph, Paragraph]:
    """A paragraph parted before the character `at`."""
    left = (Piece(p.start, min(p.end, at), p.page, p.box, p.paragraph) for p in paragraph.pieces if p.start < at)
    right = (Piece(max(p.start, at) - at, p.end - at, p.page, p.box, p.paragraph) for p in paragraph.pieces if p.end > at)
    return (
        replace(paragraph, text=paragraph.text[:at], pieces=tuple(left)),
        replace(paragraph, text=paragraph.text[at:], pieces=tuple(right)),
    )
