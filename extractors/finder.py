"""Finders (查找): many rules looked for in a whole text, each only where it can begin and where the line has what it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from extractors.literals import crosses_lines, longest, openings
from extractors.screen import Scanner, Screen

_MAX_OPENINGS = 400  # openings of a rule that is tried only where it can begin; with more it is as well tried everywhere


class Finder:
    """Rules that are looked for in whole texts, behind one scan."""

    def __init__(self, rules: Sequence[re.Pattern[str]]) -> None:
        self._rules = tuple(rules)
        self._screen = Screen(rules)
        self._anywhere = 0 in self._screen.needs
        self._crossing = frozenset(i for i, rule in enumerate(rules) if crosses_lines(rule))
        opened: dict[str, list[int]] = {}
        for i, rule in enumerate(rules):
            begins = openings(rule) if i not in self._crossing else None
            for begin in begins if begins and len(begins) <= _MAX_OPENINGS else ():
                opened.setdefault(begin, []).append(i)
        self._opened = frozenset(i for rules_ in opened.values() for i in rules_)
        words = list(self._screen.words | dict.fromkeys(set(opened) - set(self._screen.words), 0))
        self._masks = tuple(self._screen.words.get(word, 0) for word in words)
        self._opens = tuple(tuple(opened.get(word, ())) for word in words)
        self._scanner = Scanner(words)

    def find(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Every match of every rule as `finditer` gives them, rule by rule, with the rule's index.

        A rule is tried in the lines that have what it needs, and there, where it is known, only where it can begin.
        """
        found: list[list[re.Match[str]]] = [[] for _ in self._rules]
        everywhere = [(i, self._screen.needs[i], rule.finditer) for i, rule in enumerate(self._rules) if i not in self._crossing | self._opened]
        for start, end, told, places in self._lines(text):
            stop = end + 2  # with the newline, and as much that `$` does not take it for the end
            for i, need, finditer in everywhere:
                if told & need == need:
                    found[i] += [match for match in finditer(text, start, stop) if match.start() <= end]
            for i, begins in places.items():
                if told & self._screen.needs[i] == self._screen.needs[i]:
                    found[i] += _matches_at(self._rules[i], text, begins, stop)
        for i in self._crossing:
            found[i] += self._rules[i].finditer(text)
        return ((i, match) for i, matches in enumerate(found) for match in matches)

    def _lines(self, text: str) -> Iterator[tuple[int, int, int, dict[int, list[int]]]]:
        """The start and end of each line, the needs that it meets, and where in it rules may begin."""
        masks, opens, hits = self._masks, self._opens, self._scanner.hits(text)
        hits.append((0, len(text) + 1, 0))
        (word, at, _), following = hits[0], 1
        start = 0
        while start <= len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            told = 0
            places: dict[int, list[int]] = {}
            while at < end:
                told |= masks[word]
                for i in opens[word]:
                    places.setdefault(i, []).append(at)
                word, at, _ = hits[following]
                following += 1
            if told or self._anywhere:
                yield start, end, told, places
            start = end + 1


def _matches_at(rule: re.Pattern[str], text: str, places: Sequence[int], stop: int) -> Iterator[re.Match[str]]:
    """The matches of `rule` that begin at one of `places`, the next behind the one before."""
    last = 0
    for place in sorted(places):
        match = rule.match(text, place, stop) if place >= last else None
        if match:
            last = match.end()
            yield match


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
        self._far = tuple((i, _bits(need), longest(rules[i])) for i, need in zip(far, self._screen.needs, strict=True))
        self._groups = [self._far[first : first + 8] for first in range(0, len(self._far), 8)]
        self.tables = lru_cache(maxsize=4)(self._tables_of)

    def at(self, text: str, at: int) -> list[int]:
        """The rules that can match in `text` from `at` on."""
        near, pair = self._near, text[at : at + 2]
        found = [*near.get(pair[:1], ()), *near.get(pair, ())] if len(pair) == 2 else [*near.get(pair, ())]
        for group, table in zip(self._groups, self.tables(text), strict=True):
            if mask := table[at]:
                found += [i for k, (i, _, _) in enumerate(group) if mask >> k & 1]
        return found

    def begin_with(self, pair: str) -> bool:
        """Whether some rule begins with the first of two characters, or with both."""
        return pair[:1] in self._near or pair in self._near

    def reach(self, text: str, at: int) -> bool:
        """Whether a rule of unknown beginnings can match in `text` from `at` on."""
        return any(table[at] for table in self.tables(text))

    def _tables_of(self, text: str) -> list[bytes]:
        """For eight rules at a time, a byte for each place of `text` whose bits say which of them can match there."""
        places: dict[int, list[int]] = {}
        for start, mask in zip(*self._screen.hits(text), strict=True):
            for bit in _bits(mask):
                places.setdefault(bit, []).append(start)
        size = len(text) + 1
        tables = []
        for group in self._groups:
            table = 0
            for k, (_, bits, reach) in enumerate(group):
                told = int.from_bytes(b"\1" * size, "little")
                for bit in bits:
                    told &= int.from_bytes(_within(places.get(bit, ()), reach, size), "little")
                table |= told << k
            tables.append(table.to_bytes(size, "little"))
        return tables


def _within(places: Sequence[int], reach: int, size: int) -> bytearray:
    """A byte for each place: 1 where one of `places` (sorted) lies at it or less than `reach` behind it."""
    flags = bytearray(size)
    last = 0
    for place in places:
        first = max(place - reach + 1, last)
        flags[first : place + 1] = b"\1" * (place + 1 - first)
        last = place + 1
    return flags


@cache
def _bits(mask: int) -> tuple[int, ...]:
    """The single bits of a mask."""
    return tuple(1 << i for i in range(mask.bit_length()) if mask >> i & 1)
