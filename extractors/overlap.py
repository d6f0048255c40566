"""The one overlap rule: the longest mention wins, then the one found by the earlier rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from ingest.document import Span


class Spanned(Protocol):
    """Anything with a place in the text."""

    @property
    def span(self) -> Span: ...


T = TypeVar("T", bound=Spanned)


def keep_longest(mentions: Iterable[T]) -> list[T]:
    """The mentions without those that overlap a longer one (or an equally long one given earlier), in reading order."""
    ranked = sorted(enumerate(mentions), key=lambda pair: (pair[1].span.start - pair[1].span.end, pair[0]))
    kept: list[T] = []
    taken: set[int] = set()
    for _, mention in ranked:
        places = range(mention.span.start, mention.span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.span)
