"""Bags of terms: a draft's sentences and clauses in one list, so that all that a clause shares with them is told at once.

The same measure as `kb.wording.share`, both ways round, for many texts in one go. What is kept grows with the length of
the texts: the terms of each one after the other, and which characters each is spelled with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kb.wording import PARTLY, Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Row = NDArray[np.float32]
    Columns = NDArray[np.intp]


class Asked:
    """What is sought: its terms, their weights, and their numbers in a `Bags` (the one behind the last where it has none)."""

    def __init__(self, terms: Iterable[str], bags: Bags) -> None:
        import numpy as np

        self.terms = sorted(terms)
        self.weights = np.array([bags.weights[term] for term in self.terms], dtype=np.float32)
        self.total = float(self.weights.sum())
        self.numbers = np.array([bags.numbers.get(term, len(bags.numbers)) for term in self.terms], dtype=np.intp)
        self.first, self.second = bags.spelling(self.terms)


class Bags:
    """Texts as sets of terms."""

    def __init__(self, texts: Sequence[frozenset[str]], weights: Weights) -> None:
        import numpy as np

        self.weights = weights
        known = sorted(frozenset().union(*texts))
        self.numbers: dict[str, int] = {term: at for at, term in enumerate(known)}
        self.characters: dict[str, int] = {char: at for at, char in enumerate(sorted(set().union(*known)))}
        self._sizes = np.array([len(terms) for terms in texts], dtype=np.intp)
        self._begin = np.concatenate(([0], np.cumsum(self._sizes)))
        self._terms = np.array([number for terms in texts for number in sorted(map(self.numbers.__getitem__, terms))], dtype=np.intp)
        self._spelled = np.zeros((len(self.characters) + 1, len(texts)), dtype=np.uint8)
        for at, terms in enumerate(texts):
            self._spelled[[self.characters[char] for char in set().union(*terms)], at] = 1
        self._weights = np.array([weights[term] for term in known], dtype=np.float32)
        self._first, self._second = self.spelling(known)
        # Which of the terms asked for each term is, filled for the time of one question.
        self._asked = np.zeros(len(known) + 1, dtype=np.intp)
        self._sought = np.zeros(len(self.characters) + 1, dtype=np.uint8)
        self._holders: list[Columns] | None = None

    def spelling(self, terms: Sequence[str]) -> tuple[Columns, Columns]:
        """The numbers of each bigram's characters; of other terms that of none."""
        import numpy as np

        none = len(self.characters)
        pairs = [(self.characters.get(term[0], none), self.characters.get(term[1], none)) if len(term) == 2 else (none, none) for term in terms]
        both = np.array(pairs, dtype=np.intp).reshape(len(pairs), 2)
        return both[:, 0], both[:, 1]

    def _entries(self, columns: Columns) -> tuple[Columns, Columns]:
        """The terms of the texts numbered `columns`, one after the other, each with the place of its text in `columns`."""
        import numpy as np

        sizes = self._sizes[columns]
        ends = np.cumsum(sizes)
        places = np.repeat(self._begin[columns] - ends + sizes, sizes) + np.arange(int(sizes.sum()))
        return self._terms[places], np.repeat(np.arange(len(columns)), sizes)

    def rough(self, asked: Asked, first: int) -> Row:
        """How much of what is asked each of the first texts holds word for word."""
        import numpy as np

        holders = self._held_by(first)
        hits = [(holders[number], weight) for number, weight in zip(asked.numbers, asked.weights, strict=True) if number < len(holders)]
        found = np.zeros(first, dtype=np.float32)
        for texts, weight in hits:
            found[texts] += weight
        return found

    def _held_by(self, first: int) -> list[Columns]:
        """For each term which of the first texts hold it."""
        import numpy as np

        if self._holders is None:
            terms, owners = self._entries(np.arange(first))
            order = np.argsort(terms, kind="stable")
            self._holders = np.split(owners[order], np.cumsum(np.bincount(terms, minlength=len(self.numbers)))[:-1])
        return self._holders

    def bears(self, asked: Asked, columns: Columns) -> Row:
        """The share of what is asked that each of the texts bears, 0 to 1; torn bigrams count for a part."""
        import numpy as np

        if not asked.total:
            return np.zeros(len(columns), dtype=np.float32)
        terms, owners = self._entries(columns)
        self._asked[asked.numbers] = np.arange(1, len(asked.terms) + 1)
        self._asked[-1] = 0
        places = self._asked[terms]
        self._asked[asked.numbers] = 0
        hit = places > 0
        earned = (self._spelled[asked.first[:, None], columns] + self._spelled[asked.second[:, None], columns]).astype(np.float32)
        earned *= PARTLY / 2
        earned[places[hit] - 1, owners[hit]] = 1
        found: Row = (asked.weights @ earned) / asked.total
        return found

    def said(self, asked: Asked, columns: Columns) -> Row:
        """The share of what each of the texts says that is asked for, 0 to 1: the same the other way round."""
        import numpy as np

        terms, owners = self._entries(columns)
        letters = [at for char in set().union(*asked.terms) if (at := self.characters.get(char)) is not None]
        self._asked[asked.numbers], self._sought[letters] = 1, 1
        self._asked[-1] = 0
        whole = self._asked[terms]
        torn = self._sought[self._first[terms]] + self._sought[self._second[terms]]
        self._asked[asked.numbers], self._sought[letters] = 0, 0
        weights = self._weights[terms]
        earned = np.bincount(owners, weights * np.where(whole, 1.0, torn * (PARTLY / 2)), minlength=len(columns))
        found: Row = (earned / np.maximum(np.bincount(owners, weights, minlength=len(columns)), 1e-9)).astype(np.float32)
        return found
