"""Screens (筛): which of many rules can match in a passage at all, told by one scan of it.

The scan looks for all the literals that the rules need (`extractors.literals`) at once; a rule is tried only where the
passage has what it needs. What is found is the same as without a screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.literals import needed
from extractors.patterns import Pattern

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_RECENT = 64  # texts whose needs are kept: the clauses of a sentence are asked for one role after another


class Scanner:
    """Literals that are looked for all at once, wherever they begin (Aho and Corasick, 1975)."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = list(words)
        self._automaton: AhoCorasick | None = None  # made when it is first needed

    def hits(self, text: str) -> list[tuple[int, int, int]]:
        """Every literal in `text`: its index, start and end, in the order of the ends."""
        return (self._automaton or self._made()).find_matches_as_indexes(text, overlapping=True)

    def found(self, text: str) -> list[str]:
        """Every literal in `text` by itself, once for each of its places."""
        return (self._automaton or self._made()).find_matches_as_strings(text, overlapping=True)

    def _made(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick

        self._automaton = AhoCorasick(self.words, store_patterns=True)
        return self._automaton


class Screen:
    """Rules with what each needs, as bits: rule `i` can match where `told(text) & needs[i] == needs[i]`."""

    def __init__(self, rules: Sequence[re.Pattern[str]]) -> None:
        self.rules = tuple(rules)
        bits: dict[frozenset[str], int] = {}
        needs = []
        self._needless: list[int] = []  # rules of which nothing is known: they can match anywhere
        self._by_rarest: dict[int, list[tuple[int, int]]] = {}  # the other rules, with their needs, by the one that is met most seldom
        for i, rule in enumerate(self.rules):
            own = [bits.setdefault(need, 1 << len(bits)) for need in needed(rule)]
            needs.append(sum(own))
            if own:
                self._by_rarest.setdefault(own[0], []).append((i, needs[-1]))
            else:
                self._needless.append(i)
        self.needs = tuple(needs)
        self._rarest = sum(self._by_rarest)
        words: dict[str, int] = {}
        for need, bit in bits.items():
            for word in need:
                words[word] = words.get(word, 0) | bit
        self.words = words  # each literal with the needs that it meets
        self._masks = tuple(words.values())
        self._scanner = Scanner(words)
        self.hits = lru_cache(maxsize=4)(self._hits)

    def told(self, text: str) -> int:
        """The needs that `text` meets."""
        words, told = self.words, 0
        for word in self._scanner.found(text):
            told |= words[word]
        return told

    def candidates(self, text: str) -> list[int]:
        """The rules that can match in `text`, in their order."""
        told = self.told(text)
        by_rarest, met, found = self._by_rarest, told & self._rarest, self._needless.copy()
        while met:
            bit = met & -met
            met ^= bit
            for i, need in by_rarest[bit]:
                if told & need == need:
                    found.append(i)
        return sorted(found)

    def _hits(self, text: str) -> tuple[list[int], list[int]]:
        """Where literals begin in `text`, sorted, and the need that each meets."""
        masks = self._masks
        hits = sorted((start, masks[word]) for word, start, _ in self._scanner.hits(text) if masks[word])
        return [start for start, _ in hits], [mask for _, mask in hits]

    def find_in_line(self, line: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Every match of every rule in a text of one line, rule by rule, with the rule's index."""
        for i in self.candidates(line):
            for match in self.rules[i].finditer(line):
                yield i, match


class RoleScreen:
    """Patterns that are asked for by their role (the key `role` of their table), behind one screen."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns
        self._roles = tuple(str(pattern.fields["role"]) for pattern in patterns)
        self._screen = Screen([pattern.regex for pattern in patterns])
        self._recent = lru_cache(maxsize=_RECENT)(self._possible)
        self._read: tuple[str, dict[str, list[Pattern]]] = ("", {})
        self._asked: tuple[str, dict[str, list[Pattern]]] = ("", {})  # the text asked about last: one role after another

    def read(self, text: str) -> None:
        """Scan `text` for all that will be asked of its parts: what cannot match in it cannot match in them either."""
        if text not in self._read[0]:
            self._read = self._asked = text, self._possible(text)

    def possible(self, text: str) -> Mapping[str, Sequence[Pattern]]:
        """The rules that may match in `text`, by role, in the file's order."""
        asked, found = self._asked
        if asked is not text:
            whole, found = self._read
            if text not in whole:
                found = self._recent(text)
            self._asked = text, found
        return found

    def _possible(self, text: str) -> dict[str, list[Pattern]]:
        found: dict[str, list[Pattern]] = {}
        for i in self._screen.candidates(text):
            found.setdefault(self._roles[i], []).append(self._patterns[i])
        return found

    def first(self, role: str, text: str, how: str = "search") -> Pattern | None:
        """The first rule of `role` that holds for `text`; `how` is the method that tries it."""
        asked, found = self._asked
        rules = (found if asked is text else self.possible(text)).get(role)
        if rules:
            for pattern in rules:
                if getattr(pattern.regex, how)(text):
                    return pattern
        return None
