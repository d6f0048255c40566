"""The full-text index: BM25 over weighted terms, in arrays that are mapped from files, so that opening one costs nothing.

A term is kept as a hash of eight bytes; of each passage that has it, what its count gives of the score, as a byte. How rare a
term is among all passages is known only where all parts of a base come together: `scores` takes the terms with their final weights.
Of a large part only the rarer terms are followed through all their passages (MaxScore, Turtle and Flood 1995, with a fixed
budget); the common ones are added to the best of those.
"""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Usual values of BM25; obligations are short and even in length, so length counts for little.
SATURATION = 1.2
LENGTH = 0.5
FOLLOWED = 400_000  # postings of a part that one query follows
LEADERS = 2_000  # passages to which the common terms are added
_SAMPLE = 4096  # passages by whose scores the best ones are bounded
_STEP = (SATURATION + 1) / 255  # of a share, kept as a byte
_FILES = ("terms", "starts", "rows", "shares")


def hashed(terms: Iterable[str]) -> NDArray[np.uint64]:
    """The terms as they are kept."""
    import numpy as np

    return np.frombuffer(b"".join(hashlib.blake2b(term.encode(), digest_size=8).digest() for term in terms), dtype="<u8").astype(np.uint64)


def rarity(found: int, size: int) -> float:
    """What a term counts that `found` of `size` passages have, 0 where none has it (inverse document frequency)."""
    return math.log(1 + (size - found + 0.5) / (found + 0.5)) if found else 0.0


@dataclass(frozen=True)
class FullText:
    """Postings: passages `rows[starts[i]:starts[i + 1]]` have the term `terms[i]`; `terms` are sorted, and the rows of each."""

    terms: NDArray[np.uint64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    shares: NDArray[np.uint8]
    size: int

    @classmethod
    def build(cls, passages: Iterable[Mapping[str, float]]) -> FullText:
        """An index of passages, each given as its terms with their weighted count."""
        import numpy as np

        numbers: dict[str, int] = {}
        of, counts, ends = array("i"), array("f"), array("q", [0])
        for passage in passages:
            of.extend([numbers.setdefault(term, len(numbers)) for term in passage])
            counts.extend(passage.values())
            ends.append(len(of))
        lengths = np.diff(np.asarray(ends))
        size = len(lengths)
        rows = np.repeat(np.arange(size, dtype=np.int32), lengths)
        count = np.asarray(counts, dtype=np.float32)
        total = np.bincount(rows, count, size).astype(np.float32)
        norm = SATURATION * (1 - LENGTH + LENGTH * total / ((float(total.mean()) if size else 1.0) or 1.0))
        shares = np.clip(np.rint(count * (SATURATION + 1) / (count + norm[rows]) / _STEP), 1, 255).astype(np.uint8)
        return cls.of_postings(hashed(numbers)[np.asarray(of)] if len(of) else np.zeros(0, np.uint64), rows, shares, size)

    @classmethod
    def of_postings(cls, terms: NDArray[np.uint64], rows: NDArray[np.int32], shares: NDArray[np.uint8], size: int) -> FullText:
        """An index of postings in the order of their passages."""
        import numpy as np

        order = np.argsort(terms, kind="stable")
        known, counts = np.unique(terms, return_counts=True)
        return cls(known, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), rows[order], shares[order], size)

    @classmethod
    def merged(cls, parts: Sequence[tuple[FullText, NDArray[np.bool_]]]) -> FullText:
        """One index of several one after another, each with the passages of it that are kept."""
        import numpy as np

        terms, rows, shares, size = [], [], [], 0
        for part, kept in parts:
            held = kept[part.rows]
            terms.append(np.repeat(part.terms, np.diff(part.starts))[held])
            rows.append((np.cumsum(kept) - 1 + size).astype(np.int32)[part.rows[held]])
            shares.append(np.asarray(part.shares)[held])
            size += int(kept.sum())
        return cls.of_postings(np.concatenate(terms), np.concatenate(rows), np.concatenate(shares), size)

    def places(self, terms: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The place of each term, -1 where no passage has it."""
        import numpy as np

        found = np.searchsorted(self.terms, terms)
        found[found == len(self.terms)] = 0
        known = self.terms[found] == terms if len(self.terms) else np.zeros(len(terms), dtype=bool)
        return np.where(known, found, -1)

    def frequencies(self, terms: NDArray[np.uint64]) -> NDArray[np.int64]:
        """How many passages have each term."""
        import numpy as np

        places = self.places(terms)
        return np.where(places >= 0, self.starts[places + 1] - self.starts[places], 0)

    def scores(self, terms: NDArray[np.uint64], weights: NDArray[np.float32], allowed: NDArray[np.bool_] | None = None) -> Scored:
        """The passages by the terms, each term with all that it counts; of those `allowed` alone where given."""
        import numpy as np

        places = self.places(terms)
        long = np.where(places >= 0, self.starts[places + 1] - self.starts[places], 0)
        chosen = [one for one in np.argsort(long, kind="stable").tolist() if places[one] >= 0]
        scores = np.zeros(self.size, dtype=np.float32)
        followed, late = 0, []
        for one in chosen:
            first, last = int(self.starts[places[one]]), int(self.starts[places[one] + 1])
            if followed and followed + last - first > FOLLOWED:
                late.append(one)
                continue
            followed += last - first
            np.add.at(scores, self.rows[first:last], self.shares[first:last] * np.float32(weights[one] * _STEP))
        return Scored(self, scores, [(int(places[one]), float(weights[one])) for one in late], allowed)

    def has(self, place: int, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The share of the score that the term at `place` gives each of these passages, 0 where they have it not."""
        import numpy as np

        first, last = int(self.starts[place]), int(self.starts[place + 1])
        held = self.rows[first:last]
        at = np.minimum(np.searchsorted(held, rows.astype(np.int32)), last - first - 1)
        return np.where(held[at] == rows, self.shares[first + at] * np.float32(_STEP), np.float32(0))

    def save(self, folder: Path) -> None:
        """Writes the index into a folder."""
        import numpy as np

        for name in _FILES:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path, size: int) -> FullText:
        """The index that `save` wrote; raises `OSError` where it is damaged."""
        import numpy as np

        try:
            terms, starts, rows, shares = (np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in _FILES)
        except (ValueError, EOFError) as fault:
            raise OSError(f"{folder} holds no full-text index") from fault
        if not len(terms) == len(starts) - 1 or not int(starts[-1]) == len(rows) == len(shares):
            raise OSError(f"{folder} holds no full-text index")
        return cls(np.asarray(terms), np.asarray(starts), rows, shares, size)


@dataclass
class Scored:
    """What one query's terms make of the passages of one part: the rarer terms are in `scores`, the common ones in `late`."""

    index: FullText
    scores: NDArray[np.float32]
    late: list[tuple[int, float]]
    allowed: NDArray[np.bool_] | None

    def of(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The full score of these passages."""
        found = self.scores[rows]
        for place, weight in self.late:
            found = found + self.index.has(place, rows) * weight
        return found

    def best(self, count: int) -> NDArray[np.int64]:
        """The passages with the best scores, at most `count`, none that has no term."""
        import numpy as np

        few = LEADERS if self.late else count
        rows = _likely(self.scores, few)
        if self.allowed is not None:
            rows = rows[self.allowed[rows]]
            if len(rows) < few:
                rows = _likely(self.scores * self.allowed, few)
        if self.late and len(rows) < count:
            # What matches common terms alone: any of them will do, there are more than enough.
            place = self.late[0][0]
            common = self.index.rows[int(self.index.starts[place]) : int(self.index.starts[place + 1])]
            common = common if self.allowed is None else common[self.allowed[common]]
            rows = np.union1d(rows, common[:LEADERS].astype(np.int64))
        rows = _leaders(rows, self.scores[rows], few)
        return _leaders(rows, self.of(rows), count) if self.late else rows


def _likely(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """The rows above a bound that leaves `count` of them or more; all that have a score where they are fewer."""
    import numpy as np

    if len(scores) > 16 * count:
        # A bound from a sample leaves few to be put in order.
        some = scores[:: max(1, len(scores) // _SAMPLE)]
        above = 4 * count * len(some) // len(scores) + 16
        held = some[some > 0]
        if len(held) > above:
            rows = np.flatnonzero(scores > np.partition(held, len(held) - above)[len(held) - above])
            if len(rows) >= count:
                return rows
    return np.flatnonzero(scores > 0)


def _leaders(rows: NDArray[np.int64], scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """The rows with the best scores, at most `count`, in order of the rows."""
    import numpy as np

    return np.sort(rows[np.argpartition(-scores, count - 1)[:count]]) if len(rows) > count else rows
