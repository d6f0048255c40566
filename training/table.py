"""The table of token vectors and one step of learning: a text is the sum of its tokens' rows, made of unit length.

The loss is in-batch InfoNCE (van den Oord et al. 2018) over cosines, read in both directions, with mined hard
negatives beside the batch; Adam (Kingma & Ba 2015) on the rows that a batch holds. The gradients are written out: the
sums are sparse products, several times as fast on a processor as the sparse optimisers of torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.bags import Bags

Rows = NDArray[np.int64]
Vectors = NDArray[np.float32]

COMMON = 1e-3  # a token of this share of all starts with half its length (SIF, Arora et al. 2017)
_BETA1, _BETA2 = 0.9, 0.999
_NEVER = -1e4  # the logit of what is no negative: the same question, or another copy of the answer


@dataclass(frozen=True)
class Settings:
    """How a stage of learning goes; `drop` is the share of tokens left out of a text each time."""

    steps: int
    batch: int
    rate: float
    temperature: float
    drop: float
    warm_up: int = 50


class Table:
    """A row of numbers for each token, with Adam's moments."""

    def __init__(self, bags: Bags, rows: Vectors) -> None:
        self.bags, self.rows = bags, rows
        self.forget()

    @classmethod
    def fresh(cls, bags: Bags, dimension: int, seed: int) -> Table:
        """A table of chance: directions drawn by the seed, common tokens short."""
        rows = np.random.default_rng(seed).standard_normal((bags.size, dimension), dtype=np.float32) / np.float32(dimension**0.5)
        return cls(bags, rows * (COMMON / (COMMON + bags.shares())).astype(np.float32)[:, None])

    def forget(self) -> None:
        """Begins Adam's moments anew."""
        self._first, self._second, self._step = np.zeros_like(self.rows), np.zeros_like(self.rows), 0

    def learn(self, left: Rows, right: Rows, hard: Rows, rate: float, settings: Settings, draw: np.random.Generator) -> float:
        """One step: each text of `left` is to be nearer to its own of `right` than to the others and to `hard`."""
        import scipy.sparse as sparse

        tokens, ends = self.bags.cut(np.concatenate([left, right, hard]))
        kept = (draw.random(len(tokens)) > settings.drop).astype(np.float32)
        known, places = np.unique(tokens, return_inverse=True)
        counts = sparse.csr_matrix((kept, places.astype(np.int32), ends), shape=(len(ends) - 1, len(known)))
        unit = counts @ self.rows[known]
        lengths = np.linalg.norm(unit, axis=1, keepdims=True) + 1e-6
        unit /= lengths
        loss, pull = _contrast(unit, left, np.concatenate([right, hard]), settings.temperature)
        pull -= unit * (pull * unit).sum(axis=1, keepdims=True)
        self._move(known, counts.T @ (pull / lengths), rate)
        return loss

    def _move(self, known: NDArray[np.int32], slope: Vectors, rate: float) -> None:
        self._step += 1
        first, second = self._first[known], self._second[known]
        first += (1 - _BETA1) * (slope - first)
        second += (1 - _BETA2) * (slope * slope - second)
        self._first[known], self._second[known] = first, second
        pace = rate * np.sqrt(1 - _BETA2**self._step) / (1 - _BETA1**self._step)
        self.rows[known] -= np.float32(pace) * first / (np.sqrt(second) + 1e-8)


def _contrast(unit: Vectors, left: Rows, right: Rows, temperature: float) -> tuple[float, Vectors]:
    """The loss and its slope at the unit vectors: those of `left` first, then those of `right` (hard ones last)."""
    count = len(left)
    asked, found = unit[:count], unit[count:]
    logits = asked @ found.T / np.float32(temperature)
    same = right[None, :] == right[:count, None]
    same[:, :count] |= left[:, None] == left[None, :]
    diagonal = np.arange(count)
    same[diagonal, diagonal] = False
    logits[same] = _NEVER
    ahead = _softmax(logits, axis=1)
    loss = -float(np.log(ahead[diagonal, diagonal] + 1e-9).mean())
    back = _softmax(logits[:, :count], axis=0)
    ahead[diagonal, diagonal] -= 1
    back[diagonal, diagonal] -= 1
    ahead[:, :count] += back
    ahead *= np.float32(0.5 / (count * temperature))
    return loss, np.concatenate([ahead @ found, ahead.T @ asked])


def _softmax(logits: Vectors, axis: int) -> Vectors:
    powers = np.exp(logits - logits.max(axis=axis, keepdims=True))
    shares: Vectors = powers / powers.sum(axis=axis, keepdims=True)
    return shares


def train(table: Table, pairs: Rows, weights: NDArray[np.float64], settings: Settings, seed: int, hard: Rows | None = None) -> float:
    """Runs a stage over pairs of texts (two columns), each drawn by its weight; `hard` has a row of wrong answers a pair.

    Returns the mean loss of the last fifty steps.
    """
    draw = np.random.default_rng(seed)
    table.forget()
    reach = np.cumsum(weights)
    losses = []
    for step in range(settings.steps):
        rate = settings.rate * min(1.0, (step + 1) / settings.warm_up) * max(0.05, 1 - step / settings.steps)
        chosen = np.minimum(np.searchsorted(reach, draw.random(settings.batch) * reach[-1]), len(pairs) - 1)
        chosen = chosen[np.unique(pairs[chosen, 1], return_index=True)[1]]
        wrong = np.zeros(0, np.int64)
        if hard is not None and hard.shape[1]:
            wrong = np.unique(hard[chosen, draw.integers(0, hard.shape[1], len(chosen))])
            wrong = wrong[wrong >= 0]
        losses.append(table.learn(pairs[chosen, 0], pairs[chosen, 1], wrong, rate, settings, draw))
    return float(np.mean(losses[-50:]))
