"""Alignment: which sentences of a draft carry out which clauses of an obligation above it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.folding import fold
from kb.clauses import Clause
from kb.statements import Statement
from kb.wording import Weights, share, term_set

CANDIDATES = 12  # sentences looked at closely for one clause
# Weight of what the clause asks beside what the draft's own clause says; of the four drafts that the verdicts rest on,
# 0.7–0.9 differ by 0.04 at most.
ASKED = 0.8
BESIDE = 0.1  # what a sentence gains that carries out another clause of the same obligation
SAME_MATTER = 0.5  # share of a neighbouring clause that the obligation's clause bears


@dataclass(frozen=True)
class Match:
    """How well one clause is found in the draft: in sentence `sentence`, best in its clause `clause`."""

    score: float
    sentence: int | None = None
    clause: int = 0


class Draft:
    """A draft's sentences with the index by which a clause finds the few that may carry it out."""

    def __init__(self, statements: Sequence[Statement], weights: Weights) -> None:
        self.statements = list(statements)
        self.weights = weights
        self._by_term: dict[str, list[int]] = defaultdict(list)
        self._by_text: dict[str, list[int]] = defaultdict(list)
        for at, statement in enumerate(self.statements):
            self._by_text[fold(statement.text).text].append(at)
            for term in statement.terms:
                self._by_term[term].append(at)

    def same(self, superior: Statement) -> int | None:
        """The sentence that says word for word the same, of several the one under the same headings."""
        found = self._by_text.get(fold(superior.text).text, [])
        return max(found, key=lambda at: (self.statements[at].path == superior.path, -at)) if found else None

    def candidates(self, clause: str) -> list[int]:
        """The sentences that share most with a clause."""
        scores: dict[int, float] = defaultdict(float)
        for term in term_set(clause):
            weight = self.weights[term]
            for at in self._by_term.get(term, ()):
                scores[at] += weight
        return sorted(scores, key=lambda at: (-scores[at], at))[:CANDIDATES]

    def find(self, clause: Clause, beside: int | None = None) -> Match:
        """The best match of a clause: what the draft says of it, and how little else it says there.

        `beside` is the sentence that carries out the rest: one of the same item is preferred.
        """
        wanted = term_set(clause.text)
        best, closest = Match(0.0), 0.0
        path = self.statements[beside].path if beside is not None else None
        for at in self.candidates(clause.text):
            statement = self.statements[at]
            near = (BESIDE if at == beside else BESIDE / 2) if path and statement.path == path else 0.0
            for place, other in enumerate(statement.clauses):
                own = term_set(other.text)
                score = ASKED * share(wanted, statement.window(place), self.weights) + (1 - ASKED) * share(own, wanted, self.weights)
                # Of neighbours that see the same words, the clause that holds most of them speaks.
                close = score + near + 0.1 * share(wanted, own, self.weights)
                if close > closest:
                    best, closest = Match(score, at, place), close
        return best

    def said_near(self, clause: Clause, match: Match) -> list[int]:
        """The clause matched and those beside it that speak of the same: their force counts too."""
        if match.sentence is None:
            return []
        clauses, wanted = self.statements[match.sentence].clauses, term_set(clause.text)
        around = [at for at in (match.clause - 1, match.clause + 1) if 0 <= at < len(clauses)]
        return [match.clause, *(at for at in around if share(term_set(clauses[at].text), wanted, self.weights) >= SAME_MATTER)]
