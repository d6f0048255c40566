"""The full-text index: BM25 over weighted terms, held in arrays that load at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Usual values of BM25; obligations are short and even in length, so length counts for little.
SATURATION = 1.2
LENGTH = 0.5


class FullText:
    """Postings of terms with the share of the score that each posting gives, computed when the index is built."""

    def __init__(self, terms: Sequence[str], starts: NDArray[np.int64], rows: NDArray[np.int32], impacts: NDArray[np.float32], size: int) -> None:
        self._places = {term: i for i, term in enumerate(terms)}
        self._terms, self._starts, self._rows, self._impacts, self.size = list(terms), starts, rows, impacts, size

    @classmethod
    def build(cls, passages: Sequence[Mapping[str, float]]) -> FullText:
        """An index of passages, each given as its terms with their weighted count."""
        import numpy as np

        size = len(passages)
        lengths = [sum(passage.values()) for passage in passages]
        average = (sum(lengths) / size if size else 1.0) or 1.0
        postings: dict[str, list[tuple[int, float]]] = {}
        for row, passage in enumerate(passages):
            norm = SATURATION * (1 - LENGTH + LENGTH * lengths[row] / average)
            for term, count in passage.items():
                postings.setdefault(term, []).append((row, count * (SATURATION + 1) / (count + norm)))
        terms = sorted(postings)
        starts = np.zeros(len(terms) + 1, dtype=np.int64)
        rows, impacts = [], []
        for i, term in enumerate(terms):
            found = postings[term]
            rarity = np.log(1 + (size - len(found) + 0.5) / (len(found) + 0.5))
            starts[i + 1] = starts[i] + len(found)
            rows += [row for row, _ in found]
            impacts += [rarity * share for _, share in found]
        return cls(terms, starts, np.asarray(rows, dtype=np.int32), np.asarray(impacts, dtype=np.float32), size)

    def __contains__(self, term: object) -> bool:
        return term in self._places

    def rarity(self, term: str) -> float:
        """How rare a term is among the passages; 0 where none has it."""
        import math

        place = self._places.get(term)
        if place is None:
            return 0.0
        found = int(self._starts[place + 1] - self._starts[place])
        return math.log(1 + (self.size - found + 0.5) / (found + 0.5))

    def scores(self, query: Mapping[str, float]) -> NDArray[np.float32]:
        """The score of every passage for the query's weighted terms."""
        import numpy as np

        scores = np.zeros(self.size, dtype=np.float32)
        for term, weight in query.items():
            place = self._places.get(term)
            if place is not None:
                among = slice(int(self._starts[place]), int(self._starts[place + 1]))
                scores[self._rows[among]] += weight * self._impacts[among]
        return scores

    def matched(self, query: Mapping[str, float], row: int) -> list[str]:
        """The query's terms that passage `row` has, those that count most first."""
        import numpy as np

        found = []
        for term, weight in query.items():
            place = self._places.get(term)
            if place is None:
                continue
            first, last = int(self._starts[place]), int(self._starts[place + 1])
            at = first + int(np.searchsorted(self._rows[first:last], row))
            if at < last and int(self._rows[at]) == row:
                found.append((weight * float(self._impacts[at]), term))
        return [term for _, term in sorted(found, key=lambda pair: (-pair[0], pair[1]))]

    def words(self) -> list[str]:
        """The plain terms of three characters or more."""
        return [term for term in self._terms if len(term) >= 3 and term[1] != ":" and term[0] not in "#@"]

    def save(self, path: Path) -> None:
        """Writes the index to `path`."""
        import numpy as np

        with path.open("wb") as file:
            np.savez(
                file,
                terms=np.frombuffer("\n".join(self._terms).encode(), dtype=np.uint8),
                starts=self._starts,
                rows=self._rows,
                impacts=self._impacts,
                size=np.asarray(self.size),
            )

    @classmethod
    def load(cls, path: Path) -> FullText:
        """The index that `save` wrote; raises `OSError` where the file is damaged."""
        import zipfile

        import numpy as np

        try:
            with np.load(path, allow_pickle=False) as held:
                text = held["terms"].tobytes().decode()
                return cls(text.split("\n") if text else [], held["starts"], held["rows"], held["impacts"], int(held["size"]))
        except (ValueError, KeyError, zipfile.BadZipFile) as fault:
            raise OSError(f"{path} is no full-text index") from fault
