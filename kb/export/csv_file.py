"""CSV that spreadsheet programs open as it is: with a byte order mark, and no cell that starts a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import BytesIO, StringIO
from typing import IO

from kb.deadlines import Due
from kb.export.ledger import COLUMNS, ledger, once

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def plain_cell(value: object) -> object:
    """A text that a spreadsheet program would take for a formula, made text by a leading apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def write_ledger_csv(rows: Iterable[Due], out: IO[bytes]) -> None:
    """The ledger as CSV, row by row."""
    out.write(b"\xef\xbb\xbf")
    out.write(_line([*COLUMNS]))
    out.writelines(_line([plain_cell(cell) for cell in row]) for row in ledger(rows))


def _line(cells: list[object]) -> bytes:
    line = StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


def ledger_csv(rows: Iterable[Due]) -> bytes:
    """The ledger as CSV, whole."""
    out = BytesIO()
    write_ledger_csv(once(rows), out)
    return out.getvalue()
