"""BM25 over terms of one's choice (Robertson and Zaragoza 2009), as sparse products: the reference, and where wrong answers are mined."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

SATURATION, LENGTH = 1.2, 0.75  # the usual values
_RUN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?%?")


def bigrams(text: str) -> list[str]:
    """The character bigrams of the Chinese runs (a run of one is itself), and Latin words and figures."""
    lower = text.lower()
    pairs = [run[at : at + 2] for run in _RUN.findall(lower) for at in range(max(1, len(run) - 1))]
    return pairs + _LATIN.findall(lower)


@cache
def _segmenter() -> Any:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    return jieba


def jieba_words(text: str) -> list[str]:
    """The words that jieba cuts a text into, without punctuation."""
    return [word for word in _segmenter().cut(text.lower(), HMM=False) if _RUN.fullmatch(word) or _LATIN.fullmatch(word)]


class Lexicon:
    """The passages of a corpus by their terms."""

    def __init__(self, passages: Sequence[Sequence[str]]) -> None:
        import scipy.sparse as sparse

        self._places: dict[str, int] = {}
        rows, columns, counts = [], [], []
        for row, terms in enumerate(passages):
            for term, count in Counter(terms).items():
                rows.append(row)
                columns.append(self._places.setdefault(term, len(self._places)))
                counts.append(count)
        at, term_of, often = np.asarray(rows, np.int32), np.asarray(columns, np.int32), np.asarray(counts, np.float32)
        size = len(passages)
        lengths = np.asarray([len(terms) for terms in passages], dtype=np.float32)
        found = np.bincount(term_of, minlength=len(self._places))
        rarity = np.log(1 + (size - found + 0.5) / (found + 0.5))
        norm = SATURATION * (1 - LENGTH + LENGTH * lengths / max(float(lengths.mean()), 1.0))
        shares = rarity[term_of] * often * (SATURATION + 1) / (often + norm[at])
        self._matrix = sparse.csr_matrix((shares.astype(np.float32), (term_of, at)), shape=(len(self._places), size))

    def scores(self, queries: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """The score of every passage for each query: a row a query."""
        import scipy.sparse as sparse

        rows, columns = [], []
        for row, terms in enumerate(queries):
            for term in terms:
                place = self._places.get(term)
                if place is not None:
                    rows.append(row)
                    columns.append(place)
        asked = sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(queries), len(self._places)))
        scores: NDArray[np.float32] = np.asarray((asked @ self._matrix).toarray(), dtype=np.float32)
        return scores
