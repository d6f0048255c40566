"""Parts of words: while it learns, a word is itself and every shorter word and character in it that has a row of its own.

食品安全 then shares what is learned of 食品 and 安全, which few words could be learned without (as in fastText, Bojanowski
et al. 2017). A text is a sum of rows, so the rows of the parts are added to the word's own when the learning is done:
nothing of it is left in the table that ships.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_HAN = ("\u3400", "\u9fff")


@dataclass(frozen=True)
class Parts:
    """The parts of token `i`, itself first: `tokens[starts[i]:starts[i + 1]]`."""

    tokens: NDArray[np.int32]
    starts: NDArray[np.int64]

    def spread(self, whole: NDArray[np.int32]) -> NDArray[np.int32]:
        """Tokens with the parts of each in its place."""
        lengths = self.starts[whole + 1] - self.starts[whole]
        ends = np.cumsum(lengths)
        places = np.repeat(self.starts[whole] - (ends - lengths), lengths) + np.arange(ends[-1] if len(ends) else 0)
        found: NDArray[np.int32] = self.tokens[places]
        return found

    def fold(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The row of each token with those of its parts added."""
        return np.add.reduceat(rows[self.tokens], self.starts[:-1], axis=0).astype(np.float32)


def parts_of(tokenizer: Any) -> Parts:
    """The parts of every token of a tokenizer."""
    numbers: dict[str, int] = tokenizer.get_vocab()
    found: list[int] = []
    starts = [0]
    for word, own in sorted(numbers.items(), key=lambda pair: pair[1]):
        found.append(own)
        if len(word) > 1 and _HAN[0] <= word[0] <= _HAN[1]:
            inner = (word[at : at + size] for size in range(1, len(word)) for at in range(len(word) - size + 1))
            found += [numbers[part] for part in inner if part in numbers]
        starts.append(len(found))
    return Parts(np.asarray(found, np.int32), np.asarray(starts, np.int64))
