"""Relevance (相关度): how well passages answer a query, by words and by meaning together.

Both searches propose passages; over those the two scores are made comparable and a few more are read off the tokens:
how near each word of the query comes to some word of the passage (soft matching, as in late interaction, Khattab and
Zaharia 2020), how much of it stands there word for word, how much of the passage is about the query, and how long the
passage is. The weights are learned with the encoder (`ranking.json`); the word of the encoder's table for "how much a
token says" is the length of its row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kb.static_encoder import StaticEncoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]
    Tokens = NDArray[np.int32]

FEATURES = ("cosine", "words", "soft", "exact", "about", "length")
PROPOSED = 100  # passages that each of the two searches proposes
_LONGEST = 300  # tokens of a passage that are looked at
_SAME = 0.999  # cosine of a token with itself, but for rounding


def standard(scores: Scores) -> Scores:
    """Scores of one query by how far they are above the mean, in standard deviations; all zero where they are all one."""
    spread = float(scores.std()) if len(scores) else 0.0
    return (scores - scores.mean()) / spread if spread > 1e-6 else scores * 0


def features(encoder: StaticEncoder, query: str, passages: Sequence[Tokens], cosines: Scores, words: Scores) -> Scores:
    """A row for each passage, given by its tokens, with the numbers named in `FEATURES`; `cosines` and `words` are the scores of the two searches."""
    import numpy as np

    found = [one[:_LONGEST] for one in passages]
    together = np.concatenate([np.zeros(0, np.int32), *found])
    return features_of(encoder, query, together, np.asarray([len(one) for one in found], dtype=np.int64), cosines, words)


def features_of(encoder: StaticEncoder, query: str, together: Tokens, lengths: NDArray[np.int64], cosines: Scores, words: Scores) -> Scores:
    """`features` of passages whose tokens are given one after another, with the length of each."""
    import numpy as np

    table = np.zeros((len(lengths), len(FEATURES)), dtype=np.float32)
    table[:, 0], table[:, 1], table[:, 5] = standard(cosines), standard(words), np.log1p(lengths)
    asked = np.unique(encoder.tokens([query])[0])
    filled = np.flatnonzero(lengths)
    if not len(asked) or not len(filled):
        return table
    starts = np.cumsum(lengths[filled]) - lengths[filled]
    known, places = _each_once(together)
    near, query_weight, known_weight = encoder.nearness(asked, known)
    best = np.maximum.reduceat(near[:, places], starts, axis=1)
    share = query_weight / query_weight.sum()
    weight = known_weight[places]
    table[filled, 2] = share @ best
    table[filled, 3] = share @ (best > _SAME)
    table[filled, 4] = np.add.reduceat(weight * near.max(axis=0)[places], starts) / np.add.reduceat(weight, starts)
    return table


def _each_once(tokens: Tokens) -> tuple[Tokens, NDArray[np.int64]]:
    """The tokens that occur, sorted, and of each its place among them: `np.unique`, by marks in place of sorting."""
    import numpy as np

    there = np.zeros(int(tokens.max()) + 1, dtype=bool)
    there[tokens] = True
    known = np.flatnonzero(there)
    return known.astype(np.int32), (np.cumsum(there) - 1)[tokens]


def relevance(table: Scores, weights: Mapping[str, float]) -> Scores:
    """The score of each row of `features`; only the order of one query's passages and their distances mean anything."""
    import numpy as np

    return np.asarray(table @ np.asarray([weights[name] for name in FEATURES], dtype=np.float32))
