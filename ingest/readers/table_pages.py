"""A table over several pages made one: repeated heads dropped, rows cut at a page's end joined, cells that span the break filled."""

from __future__ import annotations

from dataclasses import replace

from ingest.lines import Line
from ingest.normalize import seam

_MOST_HEADS = 3  # rows of heads, one above the other


class TableOverPages:
    """Takes the lines of all pages in their order; `carried` tells whether the last one taken stands for the one before it."""

    def __init__(self) -> None:
        self.carried = False
        self._heads: list[tuple[str, ...]] = []  # the rows of heads of the table that is being read
        self._columns: tuple[str, ...] = ()
        self._spanning: frozenset[int] = frozenset()  # columns in which cells span rows
        self._last: Line | None = None  # the row before, None where the line before is none
        self._at_top = False
        self._repeated = 0  # rows of heads met again on this page
        self._carrying = False  # whether this table began on an earlier page
        self._open: set[int] = set()  # columns whose cell may come from the page before

    def turn_page(self, spanning: frozenset[int]) -> None:
        """A new page begins, whose first table has cells that span rows in the columns `spanning`."""
        self._at_top = self._last is not None
        self._repeated = 0
        self._spanning = self._spanning | spanning if self._at_top else spanning
        self._open = set()

    def take(self, line: Line) -> Line | None:
        """The line as it comes into the text, None for a head that is repeated."""
        self.carried = False
        if not line.cells:
            self._last, self._at_top, self._open = None, False, set()
            return line
        row = self._row_at_top(line) if self._at_top else line
        if row is None or self.carried:
            self._last = row or self._last
            return row
        if self._last is None:
            self._begin()
        if row.columns:
            self._columns = row.columns
        elif self._carrying and len(self._columns) == len(row.cells):
            row = replace(row, columns=self._columns)
        elif not self._columns and len(self._heads) < _MOST_HEADS:
            self._heads.append(row.cells)
        self._last = self._filled(row)
        return self._last

    def _begin(self) -> None:
        """A new table begins."""
        self._heads, self._columns, self._carrying = [], (), False

    def _row_at_top(self, line: Line) -> Line | None:
        """A row that may belong to the table of the page before."""
        if self._repeated < len(self._heads) and _same(line.cells, self._heads[self._repeated]):
            self._repeated += 1
            return None
        self._at_top = False
        last = self._last
        if last is None or len(last.cells) != len(line.cells) or (line.columns and self._columns and not _same(line.columns, self._columns)):
            self._begin()
            self._spanning = frozenset()
            return line
        self._carrying = True
        self._open = {c for c in self._spanning if c < len(line.cells)}
        key = next((c for c in range(len(line.cells)) if c not in self._spanning), 0)
        if not line.cells[key] and last.cells[key] and last.columns:
            self.carried = True
            return replace(last, cells=tuple(_joined(a, b) for a, b in zip(last.cells, line.cells, strict=True)))
        return line

    def _filled(self, row: Line) -> Line:
        """The row with the cells that reach over from the page before."""
        self._open = {c for c in self._open if not row.cells[c]} if self._last is not None else set()
        last = self._last
        if not self._open or last is None:
            return row
        return replace(row, cells=tuple(last.cells[c] if c in self._open else cell for c, cell in enumerate(row.cells)))


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return ["".join(cell.split()) for cell in one] == ["".join(cell.split()) for cell in other]


def _joined(before: str, after: str) -> str:
    return before + (seam(before, after) if before and after else "") + after
