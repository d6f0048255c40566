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

    (asked,) = encoder.tokens([query])
    table = np.zeros((len(passages), len(FEATURES)), dtype=np.float32)
    table[:, 0], table[:, 1] = standard(cosines), standard(words)
    found = [one[:_LONGEST] for one in passages]
    table[:, 5] = [np.log1p(len(one)) for one in found]
    filled = np.asarray([place for place, one in enumerate(found) if len(one)], dtype=np.int64)
    asked = np.unique(asked)
    if not len(asked) or not len(filled):
        return table
    together = np.concatenate([found[place] for place in filled])
    starts = np.cumsum([0, *(len(found[place]) for place in filled[:-1])])
    known, places = np.unique(together, return_inverse=True)
    query_unit, query_weight = _unit(encoder.rows(asked))
    known_unit, known_weight = _unit(encoder.rows(known))
    near = query_unit @ known_unit.T
    best = np.maximum.reduceat(near[:, places], starts, axis=1)
    share = query_weight / query_weight.sum()
    weight = known_weight[places]
    table[filled, 2] = share @ best
    table[filled, 3] = share @ (best > _SAME)
    table[filled, 4] = np.add.reduceat(weight * near.max(axis=0)[places], starts) / np.add.reduceat(weight, starts)
    return table


def _unit(rows: Scores) -> tuple[Scores, Scores]:
    import numpy as np

    lengths = np.linalg.norm(rows, axis=1)
    return rows / np.maximum(lengths, 1e-9)[:, None], lengths + np.float32(1e-9)


def relevance(table: Scores, weights: Mapping[str, float]) -> Scores:
    """The score of each row of `features`; only the order of one query's passages and their distances mean anything."""
    import numpy as np

    return np.asarray(table @ np.asarray([weights[name] for name in FEATURES], dtype=np.float32))
