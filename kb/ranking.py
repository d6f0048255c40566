"""Ranking (排序): which passages of a catalogue answer a query best, of those that the filters allow.

The two searches, by words and by meaning, propose passages of each part; the best of all parts are then weighed by
`kb/relevance.py`, by the everyday and official words that the query asks for, and by what stands beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kb.catalogue import Catalogue
from kb.encoder import shipped_encoder
from kb.fulltext import Scored
from kb.index import FEW
from kb.relevance import PROPOSED, features_of, relevance, standard

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Rows = NDArray[np.int64]
    Scores = NDArray[np.float32]

# What the terms count beside what the ranking learned for plain bigrams: here they know synonyms, units, numbers and dates too.
WORDS = 3.0
ASIDE = 2.0  # what a sentence that asks nothing of anybody has to be better by than an obligation
BESIDE = 0.3  # what the sentences beside a passage, under the same headings, count of its own score
_SPREAD = 8.0  # of scores, so that the best of any query can be told from one another as they are shown
_NEARLY_ALL = 0.8  # share of a part's rows that is searched as if it were all of them
Place = tuple[int, int]  # a passage: its part and its row


class Chosen:
    """The rows of a part that the filters allow, kept for the next query that has the same."""

    def __init__(self, mask: Mask) -> None:
        self.mask = mask
        self.count = int(mask.sum())

    @property
    def every(self) -> bool:
        return self.count == len(self.mask)

    @cached_property
    def rows(self) -> Rows:
        import numpy as np

        return np.flatnonzero(self.mask)

    @cached_property
    def bits(self) -> NDArray[np.uint8]:
        """The mask, eight rows a byte."""
        import numpy as np

        return np.packbits(self.mask, bitorder="little")


@dataclass(frozen=True)
class Weighed:
    """What a query asks for, as the parts are asked: its terms with all that each counts, and its vector."""

    query: str
    terms: NDArray[np.uint64]
    weights: Scores
    vector: Scores


def rank(catalogue: Catalogue, asked: Weighed, k: int, allowed: Sequence[Chosen]) -> list[tuple[Place, float]]:
    """The best `k` of the rows allowed with their score; as many as there are, whatever matches."""
    import numpy as np

    count = max(PROPOSED, 2 * k)
    parts = catalogue.parts
    proposed = [_propose(part, asked, count, chosen) for part, chosen in zip(parts, allowed, strict=True)]
    if k < 1 or not any(len(one.rows) for one in proposed):
        return []
    of = np.repeat(np.arange(len(proposed)), [len(one.rows) for one in proposed])
    rows = np.concatenate([one.rows for one in proposed])
    best = _union(_top(np.concatenate([one.words for one in proposed]), count), _top(np.concatenate([one.near for one in proposed]), count))
    of, rows = of[best], rows[best]
    words, cosines, aside, section = (np.zeros(len(rows), dtype=kind) for kind in (np.float32, np.float32, bool, np.int64))
    tokens: list[Any] = []
    lengths: list[Any] = []
    for number, one in enumerate(proposed):
        here = of == number
        part, some = parts[number], rows[here]
        if not len(some):
            continue
        words[here] = one.scored.of(some)
        cosines[here] = part.vectors.similarity(asked.vector, some)
        aside[here] = part.attributes.other_passages(some)
        section[here] = part.sections[some].astype(np.int64) + (number << 32)
        found, long = part.tokens_of_rows(some)
        tokens.append(found)
        lengths.append(long)
    table = features_of(shipped_encoder(), asked.query, np.concatenate(tokens), np.concatenate(lengths), cosines, words)
    scores: Scores = (relevance(table, shipped_encoder().ranking["weights"]) + WORDS * standard(words) - ASIDE * aside).astype(np.float32)
    scores += BESIDE * _beside(section, scores)
    order = np.lexsort((rows, of, -scores))[:k]
    mean = float(scores.mean())
    return [((int(of[at]), int(rows[at])), _shown(float(scores[at]) - mean)) for at in order]


@dataclass(frozen=True)
class _Proposed:
    """Rows of a part that one of the two searches proposes, with the scores of both as far as they are known (else the least)."""

    rows: Rows
    words: Scores
    near: Scores
    scored: Scored


def _propose(part: Any, asked: Weighed, count: int, chosen: Chosen) -> _Proposed:
    """The best rows of a part by words and by meaning; any, where fewer than `count` match."""
    import numpy as np

    scored: Scored = part.fulltext.scores(asked.terms, asked.weights, None if chosen.every else chosen.mask)
    if chosen.count <= count:
        return _Proposed(chosen.rows, scored.of(chosen.rows), part.vectors.similarity(asked.vector, chosen.rows), scored)
    by_words = scored.best(count)
    close, similarity = _nearest(part, asked.vector, count, chosen)
    rows = _union(by_words, close)
    if len(rows) < count:
        rows = _union(rows, chosen.rows[:count])
    words, near = np.full(len(rows), -1, dtype=np.float32), np.full(len(rows), -2, dtype=np.float32)
    at = np.searchsorted(rows, by_words)
    words[at] = scored.of(by_words)
    near[np.searchsorted(rows, close)] = similarity
    return _Proposed(rows, words, near, scored)


def _nearest(part: Any, vector: Scores, count: int, chosen: Chosen) -> tuple[Rows, Scores]:
    """The rows nearest to the query, of those chosen; where nearly all are, those that are not are left out afterwards."""
    if chosen.every:
        return part.vectors.near(vector, count)  # type: ignore[no-any-return]
    if chosen.count >= _NEARLY_ALL * len(part):
        rows, similarity = part.vectors.near(vector, count + count // 2)
        kept = chosen.mask[rows]
        return rows[kept][:count], similarity[kept][:count]
    return part.vectors.near(vector, count, chosen.rows if chosen.count <= FEW else None, chosen.bits)  # type: ignore[no-any-return]


def _beside(section: Rows, scores: Scores) -> Scores:
    """The mean score of what else was proposed under the same headings; its own of a passage that stands alone."""
    import numpy as np

    _, number = np.unique(section, return_inverse=True)
    others = np.bincount(number)[number] - 1
    total = np.bincount(number, scores)[number] - scores
    return np.where(others > 0, total / np.maximum(others, 1), scores).astype(np.float32)


def _union(one: Rows, other: Rows) -> Rows:
    """The rows of both, sorted: `np.union1d`, which looks for a way that pays for far more of them."""
    import numpy as np

    rows = np.sort(np.concatenate([one, other]))
    return rows[np.concatenate([[True], rows[1:] != rows[:-1]])] if len(rows) else rows


def _top(scores: Scores, count: int) -> Rows:
    import numpy as np

    return np.argpartition(-scores, count - 1)[:count] if len(scores) > count else np.arange(len(scores))


def _shown(score: float) -> float:
    """A score as shown: between 0 and 1, a half for what is no better than the passages proposed are on the mean."""
    import math

    return round(1 / (1 + math.exp(-max(-50.0, min(50.0, score / _SPREAD)))), 4)
