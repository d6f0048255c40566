"""The vocabulary of a base: which terms its passages have, and how rare each is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from kb.fulltext import FullText, hashed, rarity


class Vocabulary:
    """The terms of all parts of a catalogue together."""

    def __init__(self, parts: Sequence[FullText]) -> None:
        self._parts = parts
        self.size = sum(part.size for part in parts)
        self._found: dict[str, int] = {}

    def look_up(self, terms: Iterable[str]) -> None:
        """Looks terms up together, which takes a fraction of the time of one after the other."""
        new = [term for term in dict.fromkeys(terms) if term not in self._found]
        if not new:
            return
        if len(self._found) > 100_000:
            self._found.clear()
        kept = hashed(new)
        counts = sum((part.frequencies(kept) for part in self._parts), start=0 * kept.astype(int))
        self._found.update(zip(new, counts.tolist(), strict=True))

    def known(self, terms: Collection[str]) -> list[str]:
        """Those of the terms that some passage has."""
        self.look_up(terms)
        return [term for term in terms if self._found.get(term)]

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and bool(self.known((term,)))

    def rarity(self, term: str) -> float:
        """How rare a term is among the passages; 0 where none has it."""
        self.look_up((term,))
        return rarity(self._found.get(term, 0), self.size)
