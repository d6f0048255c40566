"""One expression for any word of a long list, the longest first: a tree of shared beginnings instead of a row of words.

Python's `re` tries the words of `a|b|c…` one after another at every place; of a tree it leaves at the first character
that none has.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import Any

_END = ""  # the key under which a node keeps what must follow a word that ends there


def any_of(words: Iterable[str], behind: Mapping[str, str] | None = None) -> str:
    """An expression that matches the longest of `words` at a place; `behind` gives what must follow some of them.

    >>> any_of(["企业", "企业家", "个人"])
    '(?:个人|企业(?:家|))'
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[_END] = (behind or {}).get(word, "")
    return _expression(root)


def _expression(node: Mapping[str, Any]) -> str:
    branches = [re.escape(char) + _expression(below) for char, below in sorted(node.items()) if char != _END]
    if _END in node:
        branches.append(node[_END])
    if len(branches) == 1:
        return str(branches[0])
    return f"(?:{'|'.join(branches)})"


class Beginnings:
    """A list of words of which the longest that a text goes on with is wanted: looked up, where `any_of` tries branch after
    branch. Each word is kept with its class.

    >>> Beginnings({"企业": "a", "企业家": "b"}).at("各企业家", 1)
    ('企业家', 'b')
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = dict(words)
        lengths: dict[str, set[int]] = {}
        for word in words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}

    def at(self, text: str, at: int = 0) -> tuple[str, str] | None:
        """The longest word that stands in `text` at `at`, and its class."""
        for length in self._lengths.get(text[at : at + 1], ()):
            word = text[at : at + length]
            if word in self._words:
                return word, self._words[word]
        return None


class Words:
    """A list of words that are looked for in one pass: what `finditer` of `any_of` with the same words finds.

    `wanted` are the words without one of which a text is of no interest: nothing is found in it then.
    """

    def __init__(self, words: Iterable[str], behind: Mapping[str, str] | None = None, wanted: Container[str] | None = None) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        self._words = list(dict.fromkeys(words))
        conditions = {condition: re.compile(condition) for condition in (behind or {}).values() if condition}
        self._behind = [conditions.get((behind or {}).get(word, "")) for word in self._words]
        self._wanted = None if wanted is None else frozenset(i for i, word in enumerate(self._words) if word in wanted)
        self._longest = AhoCorasick(self._words, matchkind=MatchKind.LeftmostLongest, store_patterns=False)
        self._all = AhoCorasick(self._words, store_patterns=False)

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and word of each place, from left to right, the longest at each; none overlaps the one before.

        >>> Words(["企业", "企业家", "业家"]).find("企业家和企业")
        [(0, 3, '企业家'), (4, 6, '企业')]
        """
        words, behind = self._words, self._behind
        hits = self._longest.find_matches_as_indexes(text)
        if self._wanted is not None and self._wanted.isdisjoint([word for word, _, _ in hits]):
            return []
        for word, _, end in hits:
            condition = behind[word]
            if condition is not None and condition.match(text, end) is None:
                return self._find_shorter(text)
        return [(start, end, words[word]) for word, start, end in hits]

    def _find_shorter(self, text: str) -> list[tuple[int, int, str]]:
        """The same for a text in which a word stands before what it must not, so that a shorter or later one counts."""
        last, found = 0, []
        hits = self._all.find_matches_as_indexes(text, overlapping=True)
        for start, negative_end, word in sorted([(start, -end, word) for word, start, end in hits]):
            if start >= last:
                condition = self._behind[word]
                if condition is None or condition.match(text, -negative_end):
                    last = -negative_end
                    found.append((start, last, self._words[word]))
        return found

    def stand_in(self, text: str) -> bool:
        """Whether any of the words stands in `text`; what must follow a word is not asked."""
        return bool(self._longest.find_matches_as_indexes(text))
