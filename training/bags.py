"""Texts as bags of token numbers, kept in two flat arrays so that a million of them fit and a batch is cut at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from training.parts import Parts

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST = 300  # tokens of a text that are looked at
_AT_ONCE = 20_000


@dataclass(frozen=True)
class Bags:
    """Text `i` has the tokens `tokens[starts[i]:starts[i + 1]]`; `size` is how many tokens there are to know."""

    tokens: NDArray[np.int32]
    starts: NDArray[np.int64]
    size: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def cut(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The tokens of these texts one after another, and where each text's begin (with the end)."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        ends = np.concatenate([[0], np.cumsum(lengths)])
        places = np.repeat(self.starts[rows] - ends[:-1], lengths) + np.arange(ends[-1])
        return self.tokens[places], ends

    def shares(self) -> NDArray[np.float64]:
        """The share of each token among all of the texts."""
        counts = np.bincount(self.tokens, minlength=self.size) + 1
        return np.asarray(counts / counts.sum())


def make_bags(texts: Sequence[str], tokenizer: Any, parts: Parts) -> Bags:
    """The bags of the texts by a `tokenizers.Tokenizer`, each token with its parts."""
    found: list[NDArray[np.int32]] = []
    for first in range(0, len(texts), _AT_ONCE):
        for encoding in tokenizer.encode_batch(texts[first : first + _AT_ONCE], add_special_tokens=False):
            found.append(parts.spread(np.asarray(encoding.ids[:LONGEST], dtype=np.int32)))
    starts = np.concatenate([[0], np.cumsum([len(one) for one in found])]).astype(np.int64)
    return Bags(np.concatenate(found) if found else np.zeros(0, np.int32), starts, tokenizer.get_vocab_size())
