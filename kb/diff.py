"""Two versions of one document (新旧对照): which obligations came, went, or changed, and in what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from extractors.folding import fold
from kb.compare import Comparison, Conflict, compare_deadlines, compare_terms, compare_units, join
from kb.figures import compare_targets
from kb.force import compare_force
from kb.given import Given
from kb.pairing import likely_pairs, likeness
from kb.statements import Statement
from kb.wording import Weights, share, term_set

Change = Literal["unchanged", "changed", "added", "dropped"]
ALIKE = 0.5  # mean share of each other's wording from which two obligations are one in two versions
WITHIN = 0.8  # share of an obligation's wording that another must bear to hold it as a part
SAME_HEADING = 0.05  # what a common heading adds
# What is said where the new version asks less of a thing, and where it asks more.
_LESS = {
    "target_weaker": "指标由“{old}”降为“{new}”", "target_missing": "取消指标“{old}”", "deadline_later": "时限由“{old}”推迟为“{new}”",
    "deadline_missing": "取消时限“{old}”", "unit_missing": "不再列出{old}", "kind_weaker": "要求放宽",
}  # fmt: skip
_MORE = {
    "target_weaker": "指标由“{old}”提高为“{new}”", "target_missing": "新增指标“{new}”", "deadline_later": "时限由“{old}”提前为“{new}”",
    "deadline_missing": "新增时限“{new}”", "unit_missing": "新增{new}", "kind_weaker": "要求提高",
}  # fmt: skip


_NUMBER = re.compile(r"^(?:第[一二三四五六七八九十百零\d]+[编章节条款]|[（(]?[一二三四五六七八九十\d]+[）)、.．])\s*")


def _headings(statement: Statement) -> list[str]:
    """What stands above a sentence, without the numbers that move when an item is put in; an article's bare number is none."""
    return [words for heading in statement.path if (words := _NUMBER.sub("", heading))]


@dataclass(frozen=True)
class Pair:
    """One obligation in both versions; `part` where one of them was merged into or split from the other."""

    change: Change
    old: Statement | None
    new: Statement | None
    differences: tuple[dict[str, str], ...] = ()
    score: float = 0.0
    part: Literal["", "merged", "split"] = ""

    def to_json(self) -> dict[str, Any]:
        old, new = (dict(one.record) if one else None for one in (self.old, self.new))
        moved = bool(self.old and self.new and _headings(self.old) != _headings(self.new))
        return {"change": self.change, "old": old, "new": new, "differences": list(self.differences), "moved": moved, "part": self.part, "score": round(self.score, 3)}


def diff(old: Given, new: Given) -> dict[str, Any]:
    """Both documents and the changes, in the order of the new one, as `kb diff --json` prints them."""
    pairs = compare_versions([Statement(record) for record in old.obligations], [Statement(record) for record in new.obligations])
    return {"old": old.document, "new": new.document, "changes": [pair.to_json() for pair in pairs]}


def compare_versions(old: Sequence[Statement], new: Sequence[Statement]) -> list[Pair]:
    """Each obligation of either version, paired one to one by wording, what is left as part of a longer one or by itself."""
    weights = Weights.of(statement.text for statement in (*old, *new))
    paired = _exact(old, new)
    taken = set(paired.values())
    rated = [(score + (SAME_HEADING if old[ours].path[-1:] == new[theirs].path[-1:] else 0.0), ours, theirs) for score, ours, theirs in likely_pairs(old, new, weights, taken, paired)]
    for score, ours, theirs in sorted(rated, key=lambda one: (-one[0], one[1], one[2])):
        if score >= ALIKE and theirs not in paired and ours not in taken:
            paired[theirs] = ours
            taken.add(ours)
    pairs = {at: _pair(old[paired[at]], statement, weights) if at in paired else _lone_new(statement, old, weights) for at, statement in enumerate(new)}
    dropped: dict[int, list[Pair]] = defaultdict(list)
    behind = {ours: theirs for theirs, ours in paired.items()}
    last = -1
    for at, statement in enumerate(old):
        last = behind.get(at, last)
        if at not in taken:
            dropped[last].append(_lone_old(statement, new, weights))
    return [*dropped[-1], *(pair for at in range(len(new)) for pair in (pairs[at], *dropped[at]))]


def _bare(statement: Statement) -> str:
    return "".join(fold(statement.text).text.split())


def _exact(old: Sequence[Statement], new: Sequence[Statement]) -> dict[int, int]:
    """Word for word the same, new to old, of several those under the same headings."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, statement in enumerate(old):
        places[_bare(statement)].append(at)
    paired = {}
    for at, statement in enumerate(new):
        found = places[_bare(statement)]
        if found:
            best = next((place for place in found if old[place].path == statement.path), found[0])
            found.remove(best)
            paired[at] = best
    return paired


def _pair(old: Statement, new: Statement, weights: Weights) -> Pair:
    same = _bare(old) == _bare(new)
    differences = tuple(_differences(old, new, weights))
    return Pair("unchanged" if same and not differences else "changed", old, new, differences, 1.0 if same else likeness(old, new, weights))


def _lone_new(statement: Statement, old: Sequence[Statement], weights: Weights) -> Pair:
    """New by itself, or split from an old one that held it."""
    holder, score = _holder(statement, old, weights)
    return Pair("changed", holder, statement, score=score, part="split") if holder else Pair("added", None, statement)


def _lone_old(statement: Statement, new: Sequence[Statement], weights: Weights) -> Pair:
    holder, score = _holder(statement, new, weights)
    return Pair("changed", statement, holder, score=score, part="merged") if holder else Pair("dropped", statement, None)


def _holder(statement: Statement, others: Sequence[Statement], weights: Weights) -> tuple[Statement | None, float]:
    words = term_set(statement.text)
    best, score = None, 0.0
    for other in others:
        borne = share(words, term_set(other.text), weights, 0.0) if len(other.text) > len(statement.text) else 0.0
        if borne > score:
            best, score = other, borne
    return (best, score) if score >= WITHIN else (None, 0.0)


def _differences(old: Statement, new: Statement, weights: Weights) -> Iterator[dict[str, str]]:
    """What the new version asks less of, then what it asks more of."""
    for conflict in _compared(old, new, weights).conflicts:
        yield _told(conflict.type, "less", conflict.superior, conflict.draft, _LESS)
    for conflict in _compared(new, old, weights).conflicts:
        yield _told(conflict.type, "more", conflict.draft, conflict.superior, _MORE)


def _told(kind: str, direction: str, old: str, new: str, words: Mapping[str, str]) -> dict[str, str]:
    return {"type": kind, "direction": direction, "old": old, "new": new, "explanation": words[kind].format(old=old, new=new) + "。"}


def _compared(asked: Statement, given: Statement, weights: Weights) -> Comparison:
    """What `given` asks less than `asked`, with units also where it names none."""
    forces = []
    for clause in asked.core:
        wanted = term_set(clause.text)
        shares = [share(wanted, term_set(other.text), weights) for other in given.clauses]
        at = max(range(len(shares)), key=lambda place: shares[place])
        if shares[at] >= ALIKE:
            forces.append(compare_force(asked, clause, given, at, bool(asked.record["targets"])))
    units = compare_units(asked, [given])
    if asked.record["units"] and not given.record["units"]:
        names = "、".join(dict.fromkeys(unit["name"] for unit in asked.record["units"]))
        units = Comparison((Conflict("unit_missing", names, "", ""),))
    return join([compare_targets(asked, [given], [], weights), compare_deadlines(asked, [given]), compare_terms(asked, [given], weights), units, *forces])
