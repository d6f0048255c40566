"""Literals (字面): what strings a text must contain for a regular expression to match in it, read off the expression.

Rules are many and most cannot match in a given sentence: 不得 does not stand there, nor any digit. `needed` derives from the
parsed expression a few sets of strings of which any match holds at least one each, after the prefilter of RE2
(Russ Cox, Regular Expression Matching in the Wild, 2010), so that nobody keeps lists of trigger words beside the rules.
What assertions ask for is left out: it may stand outside the passage that is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Need = frozenset[str]

_MAX_EXACT = 120  # strings that a stretch is spelled out as before its pieces are taken one by one
_MAX_NEED = 1500  # strings of one need; more tell too little
_MAX_NEEDS = 4  # needs kept of one expression
_NEWLINE = ord("\n")
_WITH_NEWLINE = frozenset((code.CATEGORY_SPACE, code.CATEGORY_NOT_DIGIT, code.CATEGORY_NOT_WORD))
_LAST_DECIMAL = 0x1FBF9  # SEGMENTED DIGIT NINE
_EMPTY: Need = frozenset(("",))


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of a piece: every string it can match (None: too many), else needs, all of which each match meets."""

    exact: Need | None
    needs: tuple[Need, ...] = ()


_NOTHING = _Told(None)
_WIDTHLESS = _Told(_EMPTY)


@cache
def _decimals() -> Need:
    """Every character that \\d matches."""
    return frozenset(re.findall(r"\d", "".join(map(chr, range(_LAST_DECIMAL + 1)))))


@lru_cache(maxsize=128)  # an expression is asked for its needs, its openings and its length in turn
def _parsed(regex: re.Pattern[str]) -> Any:
    return _parser.parse(regex.pattern, regex.flags & ~re.UNICODE)


def needed(regex: re.Pattern[str]) -> tuple[Need, ...]:
    """Sets of strings: every match of `regex` contains at least one string of each; () where nothing is known.

    >>> [sorted(need) for need in needed(re.compile("(?:一律)?(?:不得|严禁)[^。]*销售"))]
    [['销售'], ['不得', '严禁']]
    """
    if regex.flags & (re.IGNORECASE | re.VERBOSE):
        return ()
    told = _sequence(_parsed(regex))
    needs = told.needs if told.exact is None else _as_needs(told.exact)
    return _best(needs)


def _best(needs: Iterable[Need]) -> tuple[Need, ...]:
    """The needs that tell most, without those that another one implies."""
    kept: list[Need] = []
    for need in sorted(set(needs), key=_frequency):
        if len(need) <= _MAX_NEED and not any(other <= need for other in kept):
            kept.append(need)
    return tuple(kept[:_MAX_NEEDS])


def _frequency(need: Need) -> tuple[float, list[str]]:
    """About how often some string of the need stands in a hundred characters: single characters are common, words rare."""
    return sum(1.0 if len(word) == 1 else 0.1 if len(word) == 2 else 0.02 for word in need), sorted(need)


def _as_needs(exact: Need) -> tuple[Need, ...]:
    """The strings a piece can match as a need: without those that hold a shorter one; nothing where it may be empty."""
    return () if "" in exact else (frozenset(word for word in exact if not _holds_other(word, exact)),)


def _holds_other(word: str, words: Need) -> bool:
    """Whether some string of `words` stands inside `word`, which is one of them itself."""
    size = len(word)
    return any(word[i:j] in words for i in range(size) for j in range(i + 1, size + 1) if j - i < size)


def _sequence(nodes: Sequence[Any]) -> _Told:
    """What is known of pieces one after another."""
    needs: list[Need] = []
    run: Need = _EMPTY  # what the last pieces can match, put together
    whole = True
    for op, value in nodes:
        told = _piece(op, value)
        if told.exact is not None and len(run) * len(told.exact) <= _MAX_EXACT:
            run = frozenset(a + b for a in run for b in told.exact)
            continue
        whole = False
        needs += _as_needs(run)
        needs += told.needs
        run = told.exact if told.exact is not None else _EMPTY
    if whole:
        return _Told(run)
    return _Told(None, (*needs, *_as_needs(run)))


def _piece(op: Any, value: Any) -> _Told:
    if op is code.LITERAL:
        return _Told(frozenset((chr(value),)))
    if op is code.IN:
        return _set(value)
    if op is code.BRANCH:
        return _branch([_sequence(branch) for branch in value[1]])
    if op is code.SUBPATTERN:
        return _NOTHING if value[1] & re.IGNORECASE else _sequence(value[3])
    if op is code.ATOMIC_GROUP:
        return _sequence(value)
    if op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        return _repeat(*value)
    if op in (code.AT, code.ASSERT, code.ASSERT_NOT):
        return _WIDTHLESS
    return _NOTHING


def _repeat(least: int, most: int, body: Sequence[Any]) -> _Told:
    told = _sequence(body)
    if least == most == 1:
        return told
    if least == 0:
        return _Told(told.exact | _EMPTY) if most == 1 and told.exact is not None else _NOTHING
    return _Told(None, told.needs if told.exact is None else _as_needs(told.exact))


def _branch(branches: Sequence[_Told]) -> _Told:
    exact: Need = frozenset().union(*(told.exact for told in branches if told.exact is not None))
    if all(told.exact is not None for told in branches) and len(exact) <= _MAX_NEED:
        return _Told(exact)
    best = [min(told.needs if told.exact is None else _as_needs(told.exact), key=_frequency, default=None) for told in branches]
    if any(need is None for need in best):
        return _NOTHING
    return _Told(None, _as_needs(frozenset().union(*(need for need in best if need is not None))))


def _set(items: Sequence[Any]) -> _Told:
    """The characters of [...]; a class with digits is a need alone, one of too many characters is nothing."""
    chars: set[str] = set()
    digits = False
    for op, value in items:
        if op is code.LITERAL:
            chars.add(chr(value))
        elif op is code.RANGE and value[1] - value[0] < _MAX_EXACT:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        elif op is code.CATEGORY and value is code.CATEGORY_DIGIT:
            digits = True
        else:
            return _NOTHING
    return _Told(None, (_decimals() | chars,)) if digits else _Told(frozenset(chars))


def crosses_lines(regex: re.Pattern[str]) -> bool:
    """Whether a match of `regex` may hold the end of a line."""
    parsed = _parsed(regex)
    return any(_holds_newline(op, value) for op, value in _consumed(parsed, bool(regex.flags & re.DOTALL)))


def _consumed(nodes: Sequence[Any], dotall: bool) -> Iterator[tuple[Any, Any]]:
    """The single characters and classes that a match is made of; assertions hold none. A dot that takes newlines is `None`."""
    for op, value in nodes:
        if op is code.BRANCH:
            for branch in value[1]:
                yield from _consumed(branch, dotall)
        elif op is code.SUBPATTERN:
            yield from _consumed(value[3], (dotall or bool(value[1] & re.DOTALL)) and not value[2] & re.DOTALL)
        elif op is code.ATOMIC_GROUP:
            yield from _consumed(value, dotall)
        elif op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            yield from _consumed(value[2], dotall)
        elif op not in (code.AT, code.ASSERT, code.ASSERT_NOT):
            yield (None, None) if op is code.ANY and dotall else (op, value)


def _holds_newline(op: Any, value: Any) -> bool:
    if op is code.LITERAL:
        return bool(value == _NEWLINE)
    if op is code.ANY:
        return False
    if op is code.NOT_LITERAL:
        return bool(value != _NEWLINE)
    if op is not code.IN:
        return True
    negated = value[0][0] is code.NEGATE
    return negated != any(
        item == _NEWLINE if kind is code.LITERAL else item[0] <= _NEWLINE <= item[1] if kind is code.RANGE else kind is code.CATEGORY and item in _WITH_NEWLINE
        for kind, item in value
    )


_OPENING = 2  # characters of an opening


def openings(regex: re.Pattern[str]) -> Need | None:
    """Strings of one or two characters with one of which every match of `regex` begins; None where that cannot be told.

    >>> sorted(openings(re.compile("(?:各|有关)?部门|[省市]直")))
    ['各部', '市直', '有关', '省直', '部门']
    """
    if regex.flags & (re.IGNORECASE | re.VERBOSE):
        return None
    done, open_ = _openings(_parsed(regex))
    return None if "" in done | open_ else done | open_


def _openings(nodes: Sequence[Any]) -> tuple[Need, Need]:
    """How pieces one after another begin: what is known, and the shorter strings behind which the next piece goes on."""
    done: set[str] = set()
    open_: Need = _EMPTY
    for op, value in nodes:
        ended, goes_on = _piece_openings(op, value)
        done.update((a + b)[:_OPENING] for a in open_ for b in ended)
        joined = {(a + b)[:_OPENING] for a in open_ for b in goes_on}
        done.update(word for word in joined if len(word) == _OPENING)
        open_ = frozenset(word for word in joined if len(word) < _OPENING)
        if not open_:
            break
    return frozenset(done), open_


def _piece_openings(op: Any, value: Any) -> tuple[Need, Need]:
    if op is code.BRANCH:
        parts = [_openings(branch) for branch in value[1]]
        return frozenset().union(*(part[0] for part in parts)), frozenset().union(*(part[1] for part in parts))
    if op is code.SUBPATTERN and not value[1] & re.IGNORECASE:
        return _openings(value[3])
    if op is code.ATOMIC_GROUP:
        return _openings(value)
    if op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        least, most, body = value
        done, open_ = _openings(body)
        may_lack = _EMPTY if least == 0 else frozenset()
        return (done, open_ | may_lack) if most == 1 else (done | (open_ - _EMPTY), open_ & _EMPTY | may_lack)
    told = _piece(op, value)
    return (_EMPTY, frozenset()) if told.exact is None else (frozenset(), told.exact)


def longest(regex: re.Pattern[str]) -> int:
    """The most characters that a match of `regex` can have."""
    return int(_parsed(regex).getwidth()[1])
