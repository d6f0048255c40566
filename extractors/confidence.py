"""Confidence: how often what a rule finds is right on notices that it was not written with.

`data/confidence.tsv`, written by `scripts/measure_confidence.py`, counts for each rule how often it fired and how often the
annotation agreed: on notices that rules were written with (seen), and on notices as rules from before they were looked at
read them (unseen). What was seen flatters, for a rule is mended until it is right there: it counts SEEN_WEIGHT of what was
unseen. Few counts prove little, so each level leans on the one above as on PRIOR further cases of it:

    all    = the share of right ones among everything unseen
    family = (PRIOR × all    + right of the family) / (PRIOR + fired of the family)      all duties, all inherited dates …
    rule   = (PRIOR × family + right of the rule)   / (PRIOR + fired of the rule)        right, fired: unseen + SEEN_WEIGHT × seen

This is the mean of a Beta distribution with the level above as its prior. PRIOR and SEEN_WEIGHT lie, of the pairs that
`scripts/measure_confidence.py --try` prints, where log loss and calibration on the unseen notices, each left out in turn, are
both near their best.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PRIOR = 80.0
SEEN_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Counts:
    """How often something fired and was right, on notices seen and unseen."""

    seen: int = 0
    seen_right: int = 0
    unseen: int = 0
    unseen_right: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.seen + other.seen, self.seen_right + other.seen_right, self.unseen + other.unseen, self.unseen_right + other.unseen_right)


Table = dict[tuple[str, str], Counts]  # by family and rule


@dataclass(frozen=True, slots=True)
class Estimate:
    """A confidence between 0 and 1, with the counts that it rests on."""

    value: float
    family: str
    of_family: Counts
    of_rule: Counts


@dataclass(frozen=True, slots=True)
class Weights:
    """How much the level above and what was seen count."""

    prior: float = PRIOR
    seen: float = SEEN_WEIGHT

    def lean(self, above: float, own: Counts) -> float:
        """The share of right ones that `own` tells, leaning on the share of the level above."""
        return (self.prior * above + own.unseen_right + self.seen * own.seen_right) / (self.prior + own.unseen + self.seen * own.seen)


def family_of(sort: str, *, kind: str = "", inherited: bool = False) -> str:
    """What a mention is pooled with: an obligation with those of its kind, an inherited unit or date with other inherited ones."""
    return f"kind.{kind}" if sort == "obligation" else f"{sort}.inherited" if inherited else sort


def total(counts: Iterable[Counts]) -> Counts:
    """Several counts as one."""
    return sum(counts, Counts())


def make_estimate(table: Table, family: str, rule: str, weights: Weights) -> Estimate:
    """How far `table` lets a rule be trusted in a family."""
    everything = total(table.values())
    whole, own = total(counts for (name, _), counts in table.items() if name == family), table.get((family, rule), Counts())
    overall = (everything.unseen_right + 1) / (everything.unseen + 2)
    return Estimate(round(weights.lean(weights.lean(overall, whole), own), 3), family, whole, own)


@cache
def load_counts() -> Table:
    """What each rule did in each family."""
    lines = files("extractors").joinpath("data", "confidence.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines if line)
    return {(family, rule): Counts(*map(int, numbers)) for family, rule, *numbers in rows}


@cache
def estimate(family: str, rule: str) -> Estimate:
    """How far a rule can be trusted in a family, and why."""
    return make_estimate(load_counts(), family, rule, Weights())


def confidence_of(rule: str, kind: str = "duty") -> float:
    """The share of right judgements to expect of the rule that told an obligation's kind, between 0 and 1."""
    return estimate(family_of("obligation", kind=kind), rule).value
