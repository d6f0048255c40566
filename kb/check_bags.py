"""Bags of terms: a draft's sentences and clauses as tables, so that all that a clause shares with them is told at once.

The same measure as `kb.wording.share`, for many texts in one go: rows are terms (or characters), columns texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kb.wording import PARTLY, Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.uint8]
    Row = NDArray[np.float32]
    Columns = NDArray[np.intp]


class Asked:
    """What is sought: its terms, their weights, and their rows in a `Bags`."""

    def __init__(self, terms: Iterable[str], bags: Bags) -> None:
        import numpy as np

        self.terms = sorted(terms)
        self.weights = np.array([bags.weights[term] for term in self.terms], dtype=np.float32)
        self.total = float(self.weights.sum())
        self.rows = np.array([bags.rows.get(term, -1) for term in self.terms], dtype=np.intp)
        pairs = [(term[0], term[1]) if len(term) == 2 else ("", "") for term in self.terms]
        self.first = np.array([bags.characters.get(pair[0], -1) for pair in pairs], dtype=np.intp)
        self.second = np.array([bags.characters.get(pair[1], -1) for pair in pairs], dtype=np.intp)


class Bags:
    """Texts as sets of terms; the last row of each table is empty, for what no text holds."""

    def __init__(self, texts: Sequence[frozenset[str]], weights: Weights, like: Bags | None = None) -> None:
        import numpy as np

        self.weights = weights
        self.rows: dict[str, int] = like.rows if like else {term: at for at, term in enumerate(sorted(frozenset().union(*texts)))}
        self.characters: dict[str, int] = like.characters if like else {char: at for at, char in enumerate(sorted(set().union(*self.rows)))}
        self.held = np.zeros((len(self.rows) + 1, len(texts)), dtype=np.uint8)
        self.spelled = np.zeros((len(self.characters) + 1, len(texts)), dtype=np.uint8)
        for at, terms in enumerate(texts):
            self.held[[self.rows[term] for term in terms], at] = 1
            self.spelled[[self.characters[char] for char in set().union(*terms)], at] = 1

    def rough(self, asked: Asked) -> Row:
        """How much of what is asked each text holds word for word."""
        known = asked.rows >= 0
        found: Row = asked.weights[known] @ self.held[asked.rows[known]]
        return found

    def bears(self, asked: Asked, columns: Columns) -> Row:
        """The share of what is asked that each of the texts bears, 0 to 1; torn bigrams count for a part."""
        import numpy as np

        if not asked.total:
            return np.zeros(len(columns), dtype=np.float32)
        whole = self.held[np.ix_(asked.rows, columns)].astype(np.float32)
        torn = self.spelled[np.ix_(asked.first, columns)].astype(np.float32) + self.spelled[np.ix_(asked.second, columns)]
        found: Row = (asked.weights @ (whole + (1 - whole) * (PARTLY / 2) * torn)) / asked.total
        return found
