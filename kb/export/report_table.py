"""A report on the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from kb.export.columns import printable
from kb.export.report import Cell, Report
from kb.export.table import make_table

_COLOUR = {"high": "red", "medium": "yellow", "low": "dim"}
_NARROW = 0.12  # share of the width up to which a column is as wide as its head says
_CELLS = 100  # columns of a terminal


def report_parts(report: Report) -> Iterator[RenderableType]:
    """The whole report, part by part."""
    yield Text(printable(report.title), style="bold")
    for line in report.summary:
        yield Text(printable(line))
    for sheet in report.tables:
        yield Text()
        yield Text(sheet.name, style="bold")
        whole = sum(share for _, share in sheet.heads)
        table = make_table(*((name, max(int(_CELLS * share / whole), 2 * len(name)) if share / whole <= _NARROW else None) for name, share in sheet.heads))
        for row in sheet.rows:
            cells = [_text(cell) for cell in row.cells]
            cells[0].stylize(_COLOUR.get(row.tone, ""))
            table.add_row(*cells)
        yield table


def _text(cell: Cell) -> Text:
    text = Text()
    for piece in cell:
        text.append(printable(piece.text), style="bold red" if piece.differs else "")
    return text
