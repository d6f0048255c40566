"""Alignment: which clauses of a draft carry out which clauses of the obligations above it.

A clause is sought by its wording, and of two like places the one is taken whose item carries out the rest of the
clause's own item: drafts follow the documents that they implement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from extractors.folding import fold
from kb.check_bags import Asked, Bags
from kb.statements import Statement
from kb.wording import Weights, share, term_set

CANDIDATES = 12  # sentences looked at closely for one clause
# Weight of what the clause asks beside what the draft's own clause says; of the four drafts that the verdicts rest on,
# 0.7–0.9 differ by 0.04 at most.
ASKED = 0.8
SENTENCE = 0.3  # what the rest of the sentence and its heading count for of that
SAME_MATTER = 0.5  # share of a neighbouring clause that the obligation's clause bears
CHANCE = 0.2  # what two clauses of any notices share
KIN = 0.35  # likeness of two items that surely belong together
KINSHIP = 0.4  # how much the likeness of the items lends to that of their clauses
BESIDE = 0.08  # what a sentence gains that carries out another clause of the same obligation
STAGE = 0.15  # what a place gains that is due when the figure sought is
ALSO = 0.8  # a place this close to the best one carries the clause out as well

Item = tuple[str, ...]
Key = tuple[str, Item]  # a document above and one of its items


class Place(NamedTuple):
    """One clause of one sentence of the draft, and how well it bears what is sought."""

    score: float
    sentence: int
    clause: int


@dataclass(frozen=True)
class Match:
    """How well a clause is found in the draft: best in clause `clause` of sentence `sentence`, nearly as well in `also`."""

    score: float
    sentence: int | None = None
    clause: int = 0
    also: tuple[Place, ...] = ()


class Draft:
    """A draft's sentences with the index by which a clause finds the few that may carry it out."""

    def __init__(self, statements: Sequence[Statement], weights: Weights) -> None:
        self.statements = list(statements)
        self.weights = weights
        self._by_text: dict[str, list[int]] = defaultdict(list)
        for at, statement in enumerate(self.statements):
            self._by_text[fold(statement.text).text].append(at)
        self._items: dict[Item, list[Statement]] = defaultdict(list)
        for statement in self.statements:
            self._items[tuple(statement.path)].append(statement)
        self._clauses = [(at, place) for at, statement in enumerate(self.statements) for place in range(len(statement.clauses))]
        self._begin = list(accumulate((len(statement.clauses) for statement in self.statements), initial=0))
        self._own = [term_set(self.statements[at].clauses[place].text) for at, place in self._clauses]
        windows = [self.statements[at].window(place) for at, place in self._clauses]
        # Side by side in one table: the sentences, their clauses with neighbours, their clauses alone.
        self._bags = Bags([*(statement.terms for statement in self.statements), *windows, *self._own], weights)

    def same(self, superior: Statement) -> int | None:
        """The sentence that says word for word the same, of several the one under the same headings."""
        found = self._by_text.get(fold(superior.text).text, [])
        return max(found, key=lambda at: (self.statements[at].path == superior.path, -at)) if found else None

    def item(self, statement: Statement) -> list[Statement]:
        """What stands under the same headings as a sentence, [] where it stands under none."""
        path = tuple(statement.path)
        return self._items[path] if path else []

    def candidates(self, asked: Asked) -> list[int]:
        """The sentences that share most with a clause."""
        import numpy as np

        rough = self._bags.rough(asked, len(self.statements))
        best = np.argsort(-rough, kind="stable")[:CANDIDATES]
        return [int(at) for at in best if rough[at] > 0]

    def places(self, clause: str) -> list[Place]:
        """Where a clause may be carried out: what the draft says of it, and how little else it says there."""
        import numpy as np

        wanted = term_set(clause)
        asked = Asked(wanted, self._bags)
        sentences = self.candidates(asked)
        if not sentences:
            return []
        columns = np.concatenate([np.arange(self._begin[at], self._begin[at + 1]) for at in sentences])
        windows = len(self.statements) + columns
        borne = self._bags.bears(asked, np.concatenate((sentences, windows, windows + len(self._clauses))))
        whole, near, alone = np.split(borne, (len(sentences), len(sentences) + len(columns)))
        around = SENTENCE * np.repeat(whole, [self._begin[at + 1] - self._begin[at] for at in sentences]) + (1 - SENTENCE) * near
        # Of neighbours that see the same words, the clause that holds most of them speaks.
        scores = ASKED * around + (1 - ASKED) * self._bags.said(asked, windows + len(self._clauses)) + 0.1 * alone
        return [Place(score, *self._clauses[at]) for score, at in zip(scores.tolist(), columns.tolist(), strict=True)]

    def said_near(self, clause: str, sentence: int, at: int) -> list[int]:
        """The clause matched and those beside it that speak of the same: their force counts too."""
        clauses, wanted = self.statements[sentence].clauses, term_set(clause)
        around = [near for near in (at - 1, at + 1) if 0 <= near < len(clauses)]
        return [at, *(near for near in around if share(term_set(clauses[near].text), wanted, self.weights) >= SAME_MATTER)]


def _stages(statement: Statement) -> frozenset[str]:
    """The dates that a statement with figures is due by: of two stages with the same indicators that of the same date is meant."""
    return frozenset(str(found["end"]) for found in statement.record["deadlines"] if found.get("end"))


def key_of(superior: Statement) -> Key:
    """The item above that an obligation stands in."""
    return str(superior.record.get("document", "")), tuple(superior.path)


class Alignment:
    """Where each clause of the obligations above may be carried out in the draft, their items' likeness in view."""

    def __init__(self, superiors: Sequence[Statement], draft: Draft) -> None:
        self.draft = draft
        places = {clause.text: draft.places(clause.text) for superior in superiors for clause in superior.clauses}
        self._places: list[list[list[Place]]] = [[places[clause.text] for clause in superior.clauses] for superior in superiors]
        self._weights = [[sum(draft.weights[term] for term in term_set(clause.text)) for clause in superior.clauses] for superior in superiors]
        self._items = [tuple(statement.path) for statement in draft.statements]
        self._total: dict[Key, float] = defaultdict(float)
        self._kin: dict[Key, dict[Item, float]] = defaultdict(lambda: defaultdict(float))
        for at, superior in enumerate(superiors):
            for place, weight in enumerate(self._weights[at]):
                self._total[key_of(superior)] += weight
                for item, likeness in self._of_items(at, place).items():
                    self._kin[key_of(superior)][item] += weight * likeness

    def _of_items(self, at: int, clause: int) -> Mapping[Item, float]:
        best: dict[Item, float] = {}
        for place in self._places[at][clause]:
            item = self._items[place.sentence]
            likeness = place.score - CHANCE
            if likeness > best.get(item, 0.0):
                best[item] = likeness
        return best

    def _stages(self, place: Place) -> frozenset[str]:
        return _stages(self.draft.statements[place.sentence].part(place.clause, place.clause))

    def find(self, at: int, superior: Statement, clause: int, beside: int | None = None) -> Match:
        """The best match of a clause of the obligation numbered `at`; `beside` is the sentence that carries out the rest."""
        key, own = key_of(superior), self._of_items(at, clause)
        weight = self._weights[at][clause]
        rest = self._total[key] - weight
        kin = self._kin[key]
        stages = _stages(superior.part(clause, clause)) if superior.record["targets"] else frozenset()

        def rated(place: Place) -> float:
            item = self._items[place.sentence]
            likeness = (kin[item] - weight * own.get(item, 0.0)) / rest if rest > 0 else 0.0
            near = BESIDE if place.sentence == beside else 0.0
            stage = STAGE if stages and self._stages(place) & stages else 0.0
            return place.score + KINSHIP * min(max(likeness, 0.0), KIN) + near + stage

        places = sorted((Place(rated(place), place.sentence, place.clause) for place in self._places[at][clause]), key=lambda place: (-place.score, place.sentence, place.clause))
        if not places:
            return Match(0.0)
        best = places[0]
        also = tuple(place for place in places[1:] if place.score >= ALSO * best.score)
        return Match(best.score, best.sentence, best.clause, also)
