"""The sieve: of very many obligations above, those that a draft may speak of at all, told by pairs of characters.

Looked at closely are the obligations of documents on the draft's subjects, and clauses that some sentence says nearly so;
all else of a large base is of other matters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.int64]

MANY = 4000  # obligations up to which each is held against the draft closely
# Of drafts and documents of ten subjects the mean is 0.34 and more on the same subject, 0.21 and less on another.
SAME_SUBJECT = 0.24  # mean share of a document's clauses that the draft's sentences bear at best
SURE = 0.5  # the same of one clause, from which its obligation is looked at whatever the document is about
_AT_ONCE = 600  # clauses in one product
_CUT = re.compile(r"[，；。：！？,;:!?\s]+")
_SHORT = 5  # characters below which a clause is of any matter


def of_the_matter(texts: Sequence[str], documents: Sequence[str], draft: Sequence[str]) -> list[bool]:
    """For each text whether the draft may carry it out; `documents` names the document that each text is of."""
    import numpy as np

    index = _Index.of(draft)
    names = {name: number for number, name in enumerate(dict.fromkeys(documents))}
    of = np.array([names[name] for name in documents], dtype=np.int64)
    likely = _kept(*index.shares(texts, at_most=True), of)  # what no sentence can bear enough of need not be held against each
    near = np.flatnonzero(likely)
    kept = np.zeros(len(texts), dtype=np.bool_)
    kept[near] = _kept(*index.shares([texts[at] for at in near.tolist()]), of[near])
    found: list[bool] = kept.tolist()
    return found


def _kept(owners: Codes, shares: NDArray[np.float64], of: Codes) -> NDArray[np.bool_]:
    """Which texts the shares of their clauses keep: those of a document on the subject, and those with a clause surely said."""
    import numpy as np

    size = int(of.max(initial=-1)) + 1
    mean = np.bincount(of[owners], shares, minlength=size) / np.maximum(np.bincount(of[owners], minlength=size), 1)
    kept: NDArray[np.bool_] = mean[of] >= SAME_SUBJECT
    kept[owners[shares >= SURE]] = True
    return kept


@dataclass(frozen=True)
class _Index:
    """A draft's pairs, sorted, with their weights and the sentences that hold each: `postings[starts[i]:starts[i + 1]]`."""

    size: int
    pairs: Codes
    postings: Codes
    starts: Codes
    rarity: NDArray[np.float64]
    hashed: NDArray[np.bool_]

    @classmethod
    def of(cls, draft: Sequence[str]) -> _Index:
        import numpy as np

        codes, rows = _pairs("\n".join(text.replace("\n", " ") for text in draft))
        order = np.argsort(codes, kind="stable")
        pairs, counts = np.unique(codes[order], return_counts=True)
        hashed = np.zeros(_HASHES, dtype=np.bool_)
        hashed[_hash(pairs)] = True
        return cls(len(draft), pairs, rows[order], np.concatenate(([0], np.cumsum(counts))), np.log(1 + len(draft) / (1 + counts)), hashed)

    def shares(self, texts: Sequence[str], at_most: bool = False) -> tuple[Codes, NDArray[np.float64]]:
        """For each clause the text that it is of, and the share of its weight that the best sentence of the draft bears.

        `at_most`: the share that all sentences together bear, which is told much sooner.
        """
        import numpy as np

        owners: list[int] = []
        shares = [np.zeros(0)]
        unseen = float(np.log(1 + self.size))
        for batch, clauses in _batches(texts) if len(self.pairs) else ():
            codes, rows = _pairs("\n".join(clauses))
            everything = np.bincount(rows, minlength=len(clauses))
            maybe = self.hashed[_hash(codes)]
            codes, rows = codes[maybe], rows[maybe]
            place = np.minimum(np.searchsorted(self.pairs, codes), len(self.pairs) - 1)
            known = self.pairs[place] == codes
            place, rows = place[known], rows[known]
            weight = self.rarity[place]
            borne = np.bincount(rows, weight, minlength=len(clauses))
            total = borne + unseen * (everything - np.bincount(rows, minlength=len(clauses)))
            if not at_most:
                sizes = self.starts[place + 1] - self.starts[place]
                hits = np.repeat(self.starts[place] - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes) + np.arange(sizes.sum())
                cells = np.repeat(rows, sizes) * self.size + self.postings[hits]
                borne = np.bincount(cells, np.repeat(weight, sizes), minlength=len(clauses) * self.size).reshape(len(clauses), self.size).max(axis=1)
            owners += batch
            shares.append(borne / np.maximum(total, 1e-6))
        return np.array(owners, dtype=np.int64), np.concatenate(shares)


_HASHES = 1 << 21


def _hash(codes: Codes) -> Codes:
    return (codes >> 21 << 7 ^ codes) & (_HASHES - 1)


def _batches(texts: Sequence[str]) -> Iterator[tuple[list[int], list[str]]]:
    owners: list[int] = []
    clauses: list[str] = []
    for at, text in enumerate(texts):
        for clause in _CUT.split(text):
            if len(clause) >= _SHORT:
                owners.append(at)
                clauses.append(clause)
        if len(clauses) >= _AT_ONCE:
            yield owners, clauses
            owners, clauses = [], []
    if clauses:
        yield owners, clauses


def _pairs(text: str) -> tuple[Codes, Codes]:
    """The character pairs of lines as numbers, each with its line; no pair crosses a line's end."""
    import numpy as np

    points = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.int64)
    ends = points == 10
    lines = np.cumsum(ends)
    inside = ~(ends[:-1] | ends[1:])
    codes = (points[:-1] << 21 | points[1:])[inside]
    both = np.sort(lines[:-1][inside] << 42 | codes)
    once = both[np.diff(both, prepend=-1) != 0]
    return once & ((1 << 42) - 1), once >> 42
