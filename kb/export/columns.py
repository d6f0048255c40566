"""Columns of text at a fixed width, Chinese characters two cells wide.

Rich's tables take 0.6 ms a row; a ledger has thousands, and `kb deadlines` must answer at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import east_asian_width

_NOT_FIRST = frozenset("。，；：、！？）》”’〕】…,.;:!?)")  # a line does not start with these
_NOT_LAST = frozenset("（《“‘〔【(")
_WIDTHS: dict[str, int] = {}
_GAP = " "
_LONGEST_WORD = 12


def width(char: str) -> int:
    """How many cells a character takes on a terminal."""
    found = _WIDTHS.get(char)
    if found is None:
        found = _WIDTHS[char] = 2 if east_asian_width(char) in "WF" else 1 if char.isprintable() else 0
    return found


def wrap(text: str, cells: int) -> list[str]:
    """The lines of a text, each at most so many cells wide.

    >>> wrap("完善制度，落实责任。", 8)
    ['完善制', '度，落实', '责任。']
    """
    lines = []
    for paragraph in text.split("\n"):
        start = used = 0
        for place, char in enumerate(paragraph):
            wide = _WIDTHS.get(char) or width(char)
            while used + wide > cells and place > start:
                cut = _cut(paragraph, start, place)
                lines.append(paragraph[start:cut])
                start, used = cut, sum(map(width, paragraph[cut:place]))
            used += wide
        lines.append(paragraph[start:])
    return lines


def _cut(text: str, start: int, place: int) -> int:
    """Where a line from `start` that is full before `place` ends: not inside a number or word, nor at a bracket's wrong side."""
    cut = place
    while _joined(text[cut - 1], text[cut]) and place - cut < _LONGEST_WORD:
        cut -= 1
        if cut <= start:
            return place
    return place if _joined(text[cut - 1], text[cut]) else cut


def _joined(before: str, after: str) -> bool:
    return after in _NOT_FIRST or before in _NOT_LAST or (before + after).isascii() and before.isalnum() and after.isalnum()


def pad(text: str, cells: int) -> str:
    """A text filled up with blanks."""
    return text + " " * (cells - sum(map(width, text)))


def lay_out(rows: Iterable[tuple[Sequence[str], str]], widths: Sequence[int]) -> Iterator[str]:
    """The lines of rows of cells; each row brings the terminal's code of its last cell's colour ('' for none)."""
    for cells, colour in rows:
        columns = [wrap(printable(cell), size) for cell, size in zip(cells, widths, strict=True)]
        for line in range(max(map(len, columns))):
            pieces = [column[line] if line < len(column) else "" for column in columns]
            start = _GAP.join(pad(piece, size) for piece, size in zip(pieces[:-1], widths, strict=False))
            last = f"\x1b[{colour}m{pieces[-1]}\x1b[0m" if colour and pieces[-1] else pieces[-1]
            yield f"{start}{_GAP}{last}".rstrip()


def rule(widths: Sequence[int]) -> str:
    """A line under the heads."""
    return _GAP.join("─" * size for size in widths)


def printable(text: str) -> str:
    """Control characters of a notice must not reach the terminal."""
    return "".join(char for char in text if char.isprintable() or char == "\n")
