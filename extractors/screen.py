"""Screens (筛): which of many rules can match in a passage at all, told by one scan of it.

The scan looks for all the literals that the rules need (`extractors.literals`) at once; a rule is tried only where the
passage has what it needs. What is found is the same as without a screen.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING

from extractors.literals import crosses_lines, longest, needed, openings
from extractors.patterns import Pattern

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_RECENT = 64  # texts whose needs are kept: the clauses of a sentence are asked for one role after another


class Screen:
    """Rules with what each needs, as bits: rule `i` can match where `told(text) & needs[i] == needs[i]`."""

    def __init__(self, rules: Sequence[re.Pattern[str]]) -> None:
        self.rules = tuple(rules)
        bits: dict[frozenset[str], int] = {}
        needs = []
        self._needless: list[int] = []  # rules of which nothing is known: they can match anywhere
        self._by_rarest: dict[int, list[int]] = {}  # the other rules by the need of theirs that is met most seldom
        for i, rule in enumerate(self.rules):
            own = [bits.setdefault(need, 1 << len(bits)) for need in needed(rule)]
            needs.append(sum(own))
            (self._by_rarest.setdefault(own[0], []) if own else self._needless).append(i)
        self.needs = tuple(needs)
        self._rarest = sum(self._by_rarest)
        words: dict[str, int] = {}
        for need, bit in bits.items():
            for word in need:
                words[word] = words.get(word, 0) | bit
        self._words = words
        self._masks = tuple(words.values())
        self._scanner: AhoCorasick | None = None
        self.hits = lru_cache(maxsize=4)(self._hits)
        self._crossing = frozenset(i for i, rule in enumerate(self.rules) if crosses_lines(rule))

    def _scan(self, text: str) -> list[tuple[int, int, int]]:
        """Every literal in `text`: its index, start and end."""
        if self._scanner is None:
            from ahocorasick_rs import AhoCorasick

            self._scanner = AhoCorasick(list(self._words), store_patterns=False)
        return self._scanner.find_matches_as_indexes(text, overlapping=True)

    def told(self, text: str) -> int:
        """The needs that `text` meets."""
        masks, told = self._masks, 0
        for word, _, _ in self._scan(text):
            told |= masks[word]
        return told

    def candidates(self, text: str) -> list[int]:
        """The rules that can match in `text`, in their order."""
        told = self.told(text)
        met, found = told & self._rarest, self._needless.copy()
        while met:
            bit = met & -met
            met ^= bit
            found += [i for i in self._by_rarest[bit] if told & self.needs[i] == self.needs[i]]
        return sorted(found)

    def told_between(self, text: str, start: int, end: int) -> int:
        """The needs that are met by literals beginning in text[start:end]; for texts that are asked about many times."""
        starts, masks = self.hits(text)
        first = bisect_left(starts, start)
        return reduce(or_, masks[first : bisect_left(starts, end, first)], 0)

    def _hits(self, text: str) -> tuple[list[int], list[int]]:
        """Where literals begin in `text`, sorted, and the need that each meets."""
        masks = self._masks
        hits = sorted((start, masks[word]) for word, start, _ in self._scan(text))
        return [start for start, _ in hits], [mask for _, mask in hits]

    def find_in_line(self, line: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Every match of every rule in a text of one line, rule by rule, with the rule's index."""
        for i in self.candidates(line):
            for match in self.rules[i].finditer(line):
                yield i, match

    def find(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Every match of every rule as `finditer` gives them, rule by rule, with the rule's index."""
        found: list[list[re.Match[str]]] = [[] for _ in self.rules]
        rules = [(i, need, self.rules[i].finditer, found[i]) for i, need in enumerate(self.needs) if i not in self._crossing]
        for start, end, told in self._lines(text):
            stop = end + 2  # with the newline, and as much that `$` does not take it for the end
            for _, need, finditer, matches in rules:
                if told & need == need:
                    matches += [match for match in finditer(text, start, stop) if match.start() <= end]
        for i in self._crossing:
            found[i] += self.rules[i].finditer(text)
        return ((i, match) for i, matches in enumerate(found) for match in matches)

    def _lines(self, text: str) -> Iterator[tuple[int, int, int]]:
        """The start and end of each line, and the needs that it meets."""
        masks, hits = self._masks, iter(self._scan(text))
        word, at, _ = next(hits, (0, len(text) + 1, 0))
        start = 0
        while start <= len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            told = 0
            while at < end:
                told |= masks[word]
                word, at, _ = next(hits, (0, len(text) + 1, 0))
            if told or self._needless:
                yield start, end, told
            start = end + 1


class Openings:
    """Rules that are tried at one place after another, and which of them can match there: by the characters that they
    begin with, else by the literals that they need within their reach."""

    def __init__(self, rules: Sequence[re.Pattern[str]]) -> None:
        self._near: dict[str, tuple[int, ...]] = {}
        far = []
        for i, rule in enumerate(rules):
            begins = openings(rule)
            if begins is None:
                far.append(i)
            for begin in begins or ():
                self._near[begin] = (*self._near.get(begin, ()), i)
        self._screen = Screen([rules[i] for i in far])
        self._far = tuple((i, need, longest(rules[i])) for i, need in zip(far, self._screen.needs, strict=True))
        self._reach = max((reach for _, _, reach in self._far), default=0)

    def at(self, text: str, at: int) -> list[int]:
        """The rules that can match in `text` from `at` on."""
        found = [*self._near.get(text[at : at + 1], ()), *self._near.get(text[at : at + 2], ())]
        starts, masks = self._screen.hits(text)
        first = bisect_left(starts, at)
        if first < len(starts) and starts[first] < at + self._reach:
            for i, need, reach in self._far:
                if not need or starts[first] < at + reach:
                    told = reduce(or_, masks[first : bisect_left(starts, at + reach, first)], 0)
                    if told & need == need:
                        found.append(i)
        return found


class RoleScreen:
    """Patterns that are asked for by their role (the key `role` of their table), behind one screen."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns
        self._screen = Screen([pattern.regex for pattern in patterns])
        self.possible = lru_cache(maxsize=_RECENT)(self._possible)

    def _possible(self, text: str) -> dict[str, list[Pattern]]:
        """The rules that can match in `text`, by role, in the file's order."""
        found: dict[str, list[Pattern]] = {}
        for i in self._screen.candidates(text):
            pattern = self._patterns[i]
            found.setdefault(pattern.fields["role"], []).append(pattern)
        return found

    def first(self, role: str, text: str, how: str = "search") -> Pattern | None:
        """The first rule of `role` that holds for `text`; `how` is the method that tries it."""
        for pattern in self.possible(text).get(role, ()):
            if getattr(pattern.regex, how)(text):
                return pattern
        return None
