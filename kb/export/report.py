"""Reports: a title, paragraphs and tables, ready for any file that a person hands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.export.marks import Piece

Cell = tuple[Piece, ...]


@dataclass(frozen=True)
class Row:
    """One row of a table; `tone` is high, medium, low, or empty where nothing asks for attention."""

    cells: tuple[Cell, ...]
    tone: str = ""


@dataclass(frozen=True)
class Sheet:
    """One table: the heads with the share of the width that each column takes, and its rows."""

    name: str
    heads: tuple[tuple[str, float], ...]
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True)
class Report:
    """What a person reads: the title, the summary's paragraphs, the tables; those without rows are not shown."""

    title: str
    summary: tuple[str, ...]
    sheets: tuple[Sheet, ...]

    @property
    def tables(self) -> Sequence[Sheet]:
        """The tables that have rows."""
        return [sheet for sheet in self.sheets if sheet.rows]


def words(cell: Cell) -> str:
    """A cell without its marks."""
    return "".join(piece.text for piece in cell)
