"""Triggers (触发词): the printed characters that a rule fired on, found again for whoever asks why.

Nothing of this runs while notices are read. Given a mention's rule and place, the rule's own expression, or the finder that
the rule's id names, is tried once more on the stretch that it stands in; None where it fires there no longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from extractors.clause_kinds import judge_clause, rules_of
from extractors.clauses import words_of
from extractors.folding import Folded, fold
from extractors.kinds import CLAUSE
from extractors.party_phrases import phrases, tokenize
from extractors.patterns import Pattern, load_patterns
from extractors.unit_names import PREDICATE
from ingest.document import Span

_FILES = ("deadlines", "targets", "units", "citations", "item_lines", "leads", "validity", "kinds", "parties")
_VERDICTS = {  # the rules of kinds.toml that a verdict of kinds.py rests on, by their role
    "forbid": ("forbid", "denied"), "encourage": ("encourage", "allow"), "give": ("give", "favour", "paid", "grant", "grant_to", "fund", "may_give", "eased"),
    "result": ("figure", "result", "state", "measure", "norm"), "duty.modal": ("modal",), "duty.penalty": ("penalty",), "duty.statement": ("bare", "modal"),
}  # fmt: skip
_BEFORE = {  # what stands before a unit that the rule names
    "unit.by": re.compile(r"(?:并|则|可|应|须|要|均|交|转|统一)?由"),
    "unit.with": re.compile(r"会同|协同|联合|会|商"),
    "unit.invited": re.compile(r"邀请|商请|提请"),
    "unit.called": re.compile(r"组织|召集|会商"),
}
_LIST_VERB = re.compile(r"总?牵头(?:负责)?|配合|协办|协助|参与|负责|落实|实施|主办|承办|支持")
_MAY = re.compile(r"(?<![许认不方即适尽宁])可以?")
_MODAL = re.compile(r"应当|必须|不得|严禁|禁止|应|须|要|需|可以?")


@cache
def _patterns() -> dict[str, Pattern]:
    return {pattern.id: pattern for name in _FILES for pattern in load_patterns(name)}


def find_trigger(rule: str, text: str, span: Span, within: Span) -> Span | None:
    """The characters of `text` inside `within` that made `rule` find what stands at `span`.

    >>> said = "责任单位：市教育局"
    >>> find_trigger("unit.label.responsible", said, Span(5, 9), Span(0, 9)).of(said)
    '责任单位：'
    """
    folded = fold(within.of(text))
    start = folded.place(max(0, span.start - within.start))
    end = max(start, folded.place(max(0, span.end - within.start)))
    found = _find(rule, folded, start, end)
    return folded.back(*found).shifted(within.start) if found and found[0] < found[1] else None


def _find(rule: str, folded: Folded, start: int, end: int) -> tuple[int, int] | None:
    text = folded.text
    if rule in _VERDICTS:
        return _first(text, _VERDICTS[rule]) or _word(text, rule)
    if rule == "duty.imperative":
        return _imperative(text)
    if rule in _BEFORE:
        before = [m.span() for m in _BEFORE[rule].finditer(text, 0, start)]
        return before[-1] if before else None
    if rule in ("unit.subject", "unit.title"):
        return _predicate(text, end)
    if rule == "unit.bracket":
        verb = _LIST_VERB.search(text, end)
        return verb.span() if verb else None
    if rule.startswith("party.") and rule != "party.quota_row":
        return _governor(text, start, end)
    pattern = _patterns().get(rule)
    if pattern is None:
        return None
    label = rule.startswith("unit.label.")
    return _nearest((m.span() for m in pattern.regex.finditer(text)), start, end, label)


def _nearest(found: Iterable[tuple[int, int]], start: int, end: int, label: bool) -> tuple[int, int] | None:
    """The match that shares most with [start, end); of a label the last one before it."""
    if label:
        return max((m for m in found if m[1] <= start), default=None)
    shared = [(min(m[1], end) - max(m[0], start), m) for m in found]
    best = max(shared, default=None, key=lambda pair: pair[0])
    return best[1] if best and best[0] > 0 else None


def _first(text: str, roles: Iterable[str]) -> tuple[int, int] | None:
    """The first place where a rule of one of `roles` holds in a clause, the roles in turn."""
    for role in roles:
        hits = [(m.start() + hit.start(), m.start() + hit.end()) for m in _clauses(text) for p in rules_of(role) if (hit := p.regex.search(m[0])) and hit[0]]
        if hits:
            start, end = min(hits, key=lambda hit: (hit[0], -hit[1]))
            return start, end + (text[end - 1 : end + 1] in ("应当", "应该"))
    return None


def _word(text: str, rule: str) -> tuple[int, int] | None:
    """What no expression of a verdict's rules has but their code knows: a 可 before a verb, an act inside a statement."""
    found = _MAY.search(text) if rule == "encourage" else words_of("act").search(text) if rule == "duty.statement" else None
    return found.span() if found else None


def _clauses(text: str) -> Iterator[re.Match[str]]:
    return CLAUSE.finditer(text)


def _imperative(text: str) -> tuple[int, int] | None:
    """The verb that tells somebody to act, of the first clause with one."""
    for match in _clauses(text):
        clause = judge_clause(match[0], last=True)
        word = clause.reading.word
        if clause.said & {"act", "push", "build", "raise"}:
            at = match[0].find(word) if word else -1
            return (match.start() + at, match.start() + at + len(word)) if at >= 0 else match.span()
    return None


def _predicate(text: str, end: int) -> tuple[int, int] | None:
    """What the subject that ends at `end` is told, behind the other subjects of its list."""
    stop = re.compile(r"[。；！？\n]").search(text, end)
    for at in range(end, min(stop.start() if stop else len(text), end + 80)):
        told = PREDICATE.match(text, at)
        if told and (at == end or not re.match("[一-龥]", text[at - 1]) or text[at - 1] in "等局委厅部府会室门位构关区县市"):
            return told.span()
    return None


def _governor(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The word that says what is done with the party at [start, end); of a subject, what it must do."""
    for phrase in phrases(text, tokenize(text)):
        if phrase.start < end and start < phrase.end:
            governor = phrase.governor
            if governor is not None and governor.kind != "stop":
                return governor.start, governor.end
            told = _MODAL.search(text, phrase.end, phrase.end + 30)
            return told.span() if told else (phrase.head.start, phrase.head.end)
    return None
