"""Encoders: passages as vectors, so that like meanings lie near each other.

`HashedEncoder` ships without a model: character n-grams and words, weighted by how rare the base has them, hashed into
a vector of fixed length. A trained encoder takes its place through the same protocol.
"""

from __future__ import annotations

import json
import math
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from kb.terms import known_words, searchable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

DIMENSION = 512
_LONGEST = 3  # characters of an n-gram; longer ones are words
_WEIGHT = {1: 0.3, 2: 1.0, 3: 0.8}


class EncoderError(Exception):
    """An encoder that cannot be loaded; `name` is what was asked for."""

    def __init__(self, message: str, name: str) -> None:
        super().__init__(f"encoder {name}: {message}")
        self.name = name


class Encoder(Protocol):
    """What the index asks of an encoder: rows of unit length, the same for the same text."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors: ...


def _features(text: str, vocabulary: frozenset[str]) -> Iterator[tuple[str, float]]:
    folded = "".join(char for char in searchable(text) if char.isalnum() or char in "%‰〔〕")
    for size in range(1, _LONGEST + 1):
        for start in range(len(folded) - size + 1):
            yield folded[start : start + size], _WEIGHT[size]
    for word in known_words(folded, vocabulary):
        yield "w" + word, 1.0


class HashedEncoder:
    """N-grams and words hashed with a sign into `DIMENSION` numbers; `rarity` is what the base has taught it."""

    name = f"hashed-{DIMENSION}-1"
    dimension = DIMENSION

    def __init__(self, rarity: Mapping[int, float] | None = None, vocabulary: Iterable[str] = ()) -> None:
        self._rarity = dict(rarity or {})
        self._unseen = max(self._rarity.values(), default=1.0)
        self._vocabulary = frozenset(vocabulary)

    @classmethod
    def learn(cls, texts: Sequence[str], vocabulary: Iterable[str] = ()) -> HashedEncoder:
        """An encoder that knows how rare each n-gram is among `texts`."""
        known = frozenset(vocabulary)
        seen: Counter[int] = Counter()
        for text in texts:
            seen.update({zlib.crc32(feature.encode()) for feature, _ in _features(text, known)})
        # Kept once for features of one text alone: they are as rare as those never seen.
        rarity = {key: round(math.log(1 + len(texts) / count), 3) for key, count in seen.items() if count > 1}
        return cls(rarity or {0: math.log(1 + len(texts))}, known)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length a text (all zero where the text has no character that counts)."""
        import numpy as np

        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            counts: Counter[int] = Counter()
            weights: dict[int, float] = {}
            for feature, weight in _features(text, self._vocabulary):
                key = zlib.crc32(feature.encode())
                counts[key] += 1
                weights[key] = weight
            for key, count in counts.items():
                value = weights[key] * self._rarity.get(key, self._unseen) * (1 + math.log(count))
                row[key % self.dimension] += value if key & 0x40000000 else -value
            length = float(np.linalg.norm(row))
            if length:
                row /= length
        return rows

    def to_json(self) -> str:
        """What the encoder has learned, for the cache."""
        return json.dumps({"rarity": self._rarity, "vocabulary": sorted(self._vocabulary)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> HashedEncoder:
        """The encoder that `to_json` wrote."""
        table = json.loads(text)
        return cls({int(key): value for key, value in table["rarity"].items()}, table["vocabulary"])
