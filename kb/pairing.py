"""Pairs: statements of two documents that are likely of one matter, found by the rare words that both use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from kb.statements import Statement
from kb.wording import Weights, share, term_set

_CANDIDATES = 20  # statements looked at closely for one
_COMMON = 200  # statements that hold a term from which it tells nothing


def likeness(one: Statement, other: Statement, weights: Weights) -> float:
    """The mean share of each other's wording that two statements bear, 0 to 1."""
    ours, theirs = term_set(one.text), term_set(other.text)
    return (share(ours, theirs, weights, 0.0) + share(theirs, ours, weights, 0.0)) / 2


def likely_pairs(one: Sequence[Statement], other: Sequence[Statement], weights: Weights, skip_one: Collection[int] = (), skip_other: Collection[int] = ()) -> list[tuple[float, int, int]]:
    """Likeness and the numbers of both, the most alike first, without those to be skipped."""
    holders: dict[str, list[int]] = defaultdict(list)
    for at, statement in enumerate(one):
        if at not in skip_one:
            for term in term_set(statement.text):
                holders[term].append(at)
    rated = []
    for at, statement in enumerate(other):
        if at in skip_other:
            continue
        shared: dict[int, float] = defaultdict(float)
        for term in term_set(statement.text):
            found = holders.get(term, ())
            for holder in found if len(found) <= _COMMON else ():
                shared[holder] += weights[term]
        for holder in sorted(shared, key=lambda place: (-shared[place], place))[:_CANDIDATES]:
            rated.append((likeness(one[holder], statement, weights), holder, at))
    return sorted(rated, key=lambda pair: (-pair[0], pair[1], pair[2]))
