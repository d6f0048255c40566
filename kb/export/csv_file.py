"""CSV that spreadsheet programs open as it is: with a byte order mark, and no cell that starts a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from kb.deadlines import Due
from kb.export.ledger import COLUMNS, ledger

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def plain_cell(value: object) -> object:
    """A text that a spreadsheet program would take for a formula, made text by a leading apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def ledger_csv(rows: Iterable[Due]) -> bytes:
    """The ledger as CSV."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([plain_cell(cell) for cell in row] for row in ledger(rows))
    return out.getvalue().encode("utf-8-sig")
