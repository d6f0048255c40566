"""Marks (差异标示): which words of two wordings differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LEAST = 2  # characters that both must print in a row to count as the same words
_TOKEN = re.compile(r"\d+(?:\.\d+)?%?|[A-Za-z]+|.", re.DOTALL)
_MARK = re.compile(r"[\s，。；：、！？,;:.!?（）()“”《》]+")
LONGEST = 2000  # characters compared; longer wordings are shown without marks


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a cell, and whether the other wording lacks them."""

    text: str
    differs: bool = False


def plain(text: object) -> tuple[Piece, ...]:
    """A cell without marks."""
    return (Piece(str(text)),) if text not in (None, "") else ()


def differing(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both wordings, each cut where it begins to differ from the other.

    >>> [piece.text for piece in differing("合格率达到98%以上", "合格率达到95%以上")[0] if piece.differs]
    ['98%']
    """
    if one == other or max(len(one), len(other)) > LONGEST:
        return plain(one), plain(other)
    ours, theirs = _TOKEN.findall(one), _TOKEN.findall(other)
    blocks = [block for block in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks() if _counts(ours[block.a : block.a + block.size])]
    return tuple(_cut(ours, [(block.a, block.size) for block in blocks])), tuple(_cut(theirs, [(block.b, block.size) for block in blocks]))


def _counts(tokens: Sequence[str]) -> bool:
    """Whether tokens that both print are the same words and no chance."""
    text = "".join(tokens)
    return len(_MARK.sub("", text)) >= LEAST or bool(text) and not _MARK.sub("", text)


def _cut(tokens: Sequence[str], same: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """The pieces of one wording; punctuation alone is never marked."""
    at = 0
    for start, size in [*same, (len(tokens), 0)]:
        if start > at:
            text = "".join(tokens[at:start])
            yield Piece(text, bool(_MARK.sub("", text)))
        if size:
            yield Piece("".join(tokens[start : start + size]))
        at = start + size
