"""Claims: several obligations above may point at the same words of a draft; the words carry out the one they fit best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.align import Alignment, Draft, Match
from kb.scope import DraftFacts, dropped_clauses
from kb.statements import Statement

FOUND = 0.6  # a match that tells where the rest of its sentence is to be looked for
SURE = 0.95  # a claim that nobody can doubt; weaker ones may share the words
SAME = 1.5  # a sentence taken over word for word: no other claim comes near it
RIVALRY = 1.0  # how much a better claim of another obligation takes from a match


@dataclass(frozen=True)
class Claim:
    """One clause of an obligation with its match in the draft; `binds` is False where it is dropped from what binds."""

    clause: int
    match: Match
    binds: bool = True


def claims_of(at: int, superior: Statement, alignment: Alignment, facts: DraftFacts) -> list[Claim]:
    """Each clause that somebody can be held to with the place in the draft that carries it out best."""
    core = {clause.start for clause in superior.core}
    asked = [place for place, clause in enumerate(superior.clauses) if clause.start in core]
    dropped = dropped_clauses(superior, facts)
    same = alignment.draft.same(superior)
    if same is not None:
        return [Claim(place, Match(SAME, same, place), superior.clauses[place].text not in dropped) for place in asked]
    alone = [alignment.find(at, superior, place) for place in asked]
    surest = max(alone, key=lambda match: match.score)
    if len(alone) > 1 and surest.score >= FOUND:
        alone = [match if match is surest else alignment.find(at, superior, place, surest.sentence) for place, match in zip(asked, alone, strict=True)]
    found = _apart(alone)
    return [Claim(place, match, superior.clauses[place].text not in dropped) for place, match in zip(asked, found, strict=True)]


def _apart(matches: Sequence[Match]) -> list[Match]:
    """The matches of one sentence's clauses, so that two of them share a clause of the draft only where none else comes near."""
    taken: set[tuple[int | None, int]] = set()
    found = list(matches)
    for at in sorted(range(len(found)), key=lambda at: -found[at].score):
        match = found[at]
        if (match.sentence, match.clause) in taken:
            other = next((place for place in match.also if (place.sentence, place.clause) not in taken), None)
            if other is not None:
                also = tuple(place for place in match.also if place is not other)
                found[at] = Match(other.score, other.sentence, other.clause, also)
        taken.add((found[at].sentence, found[at].clause))
    return found


def settle_claims(every: Sequence[Sequence[Claim]], documents: Sequence[str]) -> list[list[Claim]]:
    """All claims, each match discounted by how much better another obligation of the same document claims the same words.

    What a draft says to carry out one requirement does not carry out another one that it only resembles; but one
    sentence may answer two documents. `documents` names the document of each obligation.
    """
    claims: dict[tuple[str, int | None, int], list[tuple[float, int]]] = {}
    whole: dict[tuple[str, int | None], set[int]] = {}
    for at, (own, document) in enumerate(zip(every, documents, strict=True)):
        for claim in own:
            claims.setdefault((document, claim.match.sentence, claim.match.clause), []).append((claim.match.score, at))
            if claim.match.score == SAME:
                whole.setdefault((document, claim.match.sentence), set()).add(at)
    settled = []
    for at, (own, document) in enumerate(zip(every, documents, strict=True)):
        kept = []
        for claim in own:
            match = claim.match
            best = max((score for score, other in claims[document, match.sentence, match.clause] if other != at and score >= SURE), default=0.0)
            share = max(0.0, 1 - RIVALRY * max(0.0, best - match.score))
            if match.score < SAME and whole.get((document, match.sentence), {at}) - {at}:
                share = 0.0  # the sentence is another one's, word for word
            kept.append(replace(claim, match=replace(match, score=match.score * share)))
        settled.append(kept)
    return settled


def said_near(draft: Draft, superior: Statement, claim: Claim) -> list[int]:
    """The clauses of the matched sentence that speak of what the claim asks."""
    if claim.match.sentence is None:
        return []
    return draft.said_near(superior.clauses[claim.clause].text, claim.match.sentence, claim.match.clause)
