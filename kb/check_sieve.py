"""The sieve: of very many obligations above, those that a draft may speak of at all, told by pairs of characters.

Looked at closely are the obligations of documents on the draft's subjects, and clauses that some sentence says nearly so;
all else of a large base is of other matters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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

    owners, shares = _shares(texts, draft)
    if not len(owners):
        return [False] * len(texts)
    names = {name: number for number, name in enumerate(dict.fromkeys(documents))}
    of = np.array([names[name] for name in documents])
    mean = np.bincount(of[owners], shares, minlength=len(names)) / np.maximum(np.bincount(of[owners], minlength=len(names)), 1)
    kept = mean[of] >= SAME_SUBJECT
    kept[owners[shares >= SURE]] = True
    found: list[bool] = kept.tolist()
    return found


def _shares(texts: Sequence[str], draft: Sequence[str]) -> tuple[Codes, NDArray[np.float64]]:
    """For each clause the text that it is of, and the share of its weight that the best sentence of the draft bears."""
    import numpy as np

    pairs, postings, starts = _index(draft)
    owners: list[int] = []
    shares = [np.zeros(0)]
    rarity = np.log(1 + len(draft) / (1 + np.diff(starts)))
    unseen = float(np.log(1 + len(draft)))
    for batch, clauses in _batches(texts) if len(pairs) else ():
        codes, rows = _pairs("\n".join(clauses))
        place = np.minimum(np.searchsorted(pairs, codes), len(pairs) - 1)
        known = pairs[place] == codes
        weight = np.where(known, rarity[place], unseen)
        total = np.bincount(rows, weight, minlength=len(clauses))
        place, rows, weight = place[known], rows[known], weight[known]
        sizes = starts[place + 1] - starts[place]
        hits = np.repeat(starts[place] - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes) + np.arange(sizes.sum())
        cells = np.repeat(rows, sizes) * len(draft) + postings[hits]
        borne = np.bincount(cells, np.repeat(weight, sizes), minlength=len(clauses) * len(draft)).reshape(len(clauses), len(draft)).max(axis=1)
        owners += batch
        shares.append(borne / np.maximum(total, 1e-6))
    return np.array(owners, dtype=np.int64), np.concatenate(shares)


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
    both = np.unique(lines[:-1][inside] << 42 | codes)
    return both & ((1 << 42) - 1), both >> 42


def _index(draft: Sequence[str]) -> tuple[Codes, Codes, Codes]:
    """The draft's pairs, sorted, and the sentences that hold each: `postings[starts[i]:starts[i + 1]]`."""
    import numpy as np

    codes, rows = _pairs("\n".join(text.replace("\n", " ") for text in draft))
    order = np.argsort(codes, kind="stable")
    found, counts = np.unique(codes[order], return_counts=True)
    return found, rows[order], np.concatenate(([0], np.cumsum(counts)))
