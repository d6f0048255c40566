"""The worst that each rule can be given: texts made of the rule's own expression, and a run of the rules over them.

    python -m tests.extractors.worst_case FILE SIZE

feeds every rule of `data/FILE.toml` with SIZE characters of each of its texts and prints how many there were. A text goes
on and on with what one repetition of the rule takes, or with the opening of it, or with an example of the rule, whole and
cut short; behind it stands what the rule needs besides, so that no screen holds it back.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from extractors.finder import Finder
from extractors.kinds import MAX_SENTENCE, find_kind
from extractors.literals import needed
from extractors.patterns import Pattern, load_patterns

_REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)
_LONG = 8  # a repetition of so many may be costly
_FILL = "甲"
SENTENCES = frozenset(("kinds", "clauses", "leads"))  # rules that see a sentence, cut at MAX_SENTENCE


def _inside(op: Any, value: Any) -> list[Sequence[Any]]:
    if op is code.BRANCH:
        return list(value[1])
    if op is code.SUBPATTERN:
        return [value[3]]
    if op is code.ATOMIC_GROUP:
        return [value]
    return [value[2]] if op in _REPEATS else []


def _one_of(items: Sequence[Any]) -> str:
    for op, value in items:
        if op is code.NEGATE:
            return _FILL
        if op is code.LITERAL:
            return chr(value)
        if op is code.RANGE:
            return _FILL if value[0] <= ord(_FILL) <= value[1] else chr(value[0])
    return "1" if items[0][1] is code.CATEGORY_DIGIT else _FILL


def sample(nodes: Sequence[Any]) -> str:
    """A string that the pieces match, as short as they allow and as far as assertions let it."""
    out = []
    for op, value in nodes:
        if op is code.LITERAL:
            out.append(chr(value))
        elif op is code.IN:
            out.append(_one_of(value))
        elif op in (code.ANY, code.NOT_LITERAL):
            out.append(_FILL)
        elif op in _REPEATS:
            out.append(sample(value[2]) * value[0])
        elif inside := _inside(op, value):
            out.append(sample(inside[0]))
    return "".join(out)


def _ways(nodes: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The alternatives of a repetition's body."""
    op, value = nodes[0]
    inside = _inside(op, value) if len(nodes) == 1 and op in (code.BRANCH, code.SUBPATTERN) else []
    for way in inside:
        yield from _ways(way) if way else ()
    if not inside:
        yield nodes


def _pumps(nodes: Sequence[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """For each way of each long repetition what stands before it and what it takes: once as a whole, once only its first character."""
    for op, value in nodes:
        for way in _ways(value[2]) if op in _REPEATS and value[1] >= _LONG else ():
            taken = sample(way) or _FILL
            yield before, taken
            yield before, taken[0]
        for inside in _inside(op, value):
            yield from _pumps(inside, before)
        before = (before + sample([(op, value)]))[-200:]


def worst_texts(rule: Pattern, size: int) -> list[str]:
    """Texts of about `size` characters that cost `rule` the most."""
    units = dict.fromkeys(_pumps(_parser.parse(rule.regex.pattern)))
    units |= {(before, before + taken * 3): None for before, taken in units if before}
    units |= {("", cut): None for example in rule.examples[:2] for cut in (example, example[:-1]) if cut}
    lacking = _FILL + "、".join(min(need) for need in needed(rule.regex))
    return [(before + unit * (size // len(unit)))[:size] + lacking for before, unit in units]


def run(name: str, size: int) -> int:
    """Feed every rule of a file with its texts, as the rules are used: over a whole text, or over a sentence."""
    count = 0
    for rule in load_patterns(name):
        finder = Finder([rule.regex])
        for text in worst_texts(rule, size):
            count += 1
            if name in SENTENCES:
                find_kind(text)
            else:
                sum(1 for _ in finder.find(text))
        for text in worst_texts(rule, MAX_SENTENCE - 100) if name in SENTENCES else ():
            find_kind(text)
            find_kind(text + "。", (text,))
    return count


if __name__ == "__main__":
    sys.stdout.write(f"{run(sys.argv[1], int(sys.argv[2]))} texts\n")
