"""Learns how much each number of `kb.relevance` counts: the answer's share of a softmax over the passages proposed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kb.relevance import FEATURES

_CALM = 0.01  # L2 on the standardised weights


def learn_weights(queries: Sequence[tuple[NDArray[np.float32], NDArray[np.bool_]]]) -> dict[str, float]:
    """The weights that rank answers first best, from each query's table of features and which rows are answers.

    Listwise softmax loss (Cao et al. 2007), found by L-BFGS; queries without an answer proposed teach nothing.
    """
    from scipy.optimize import minimize

    used = [(table.astype(np.float64), right) for table, right in queries if right.any()]
    mean = np.mean([table.mean(axis=0) for table, _ in used], axis=0)
    spread = np.mean([table.std(axis=0) for table, _ in used], axis=0) + 1e-6
    rows = np.concatenate([(table - mean) / spread for table, _ in used])
    lengths = np.asarray([len(right) for _, right in used])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    of = np.repeat(np.arange(len(used)), lengths)
    wanted = np.concatenate([right / right.sum() for _, right in used])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = rows @ weights
        scores -= np.maximum.reduceat(scores, starts)[of]
        powers = np.exp(scores)
        sums = np.add.reduceat(powers, starts)
        value = -(wanted * (scores - np.log(sums)[of])).sum() / len(used) + _CALM * weights @ weights / 2
        return float(value), rows.T @ (powers / sums[of] - wanted) / len(used) + _CALM * weights

    found = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {name: round(float(weight), 4) for name, weight in zip(FEATURES, found.x / spread, strict=True)}
