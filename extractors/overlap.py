"""The one overlap rule: the longest mention wins, then the one found by the earlier rule."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Protocol, TypeVar

from ingest.document import Span


class Spanned(Protocol):
    """Anything with a place in the text."""

    @property
    def span(self) -> Span: ...


T = TypeVar("T", bound=Spanned)


def reading_order(mention: Spanned) -> tuple[int, int]:
    """The key that sorts mentions by their place: compared as two numbers, many times faster than the spans."""
    span = mention.span
    return span.start, span.end


def keep_longest(mentions: Iterable[T]) -> list[T]:
    """The mentions without those that overlap a longer one (or an equally long one given earlier), in reading order."""
    mentions = list(mentions)
    if len(mentions) < 2:
        return mentions
    ranked = sorted(enumerate(mentions), key=lambda pair: (pair[1].span.start - pair[1].span.end, pair[0]))
    kept: list[T] = []
    taken: set[int] = set()
    for _, mention in ranked:
        places = range(mention.span.start, mention.span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(mention)
    return sorted(kept, key=reading_order)


class Places:
    """Spans that are asked which of them overlap another: without looking at all of them each time."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: (span.start, span.end))
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))  # how far the spans up to each one reach

    def overlapping(self, span: Span) -> Sequence[Span]:
        """The spans that share a character with `span`, in order.

        >>> Places([Span(0, 4), Span(6, 9)]).overlapping(Span(3, 6))
        [Span(start=0, end=4)]
        """
        first, last = bisect_right(self._reach, span.start), bisect_left(self._starts, span.end)
        return [other for other in self._spans[first:last] if other.overlaps(span)]
