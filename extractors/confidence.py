"""Confidence: how often the rule that judged an obligation was right on annotated notices.

`data/confidence.tsv` holds for each rule how often it fired and how often the annotation agreed, as
`scripts/measure_confidence.py` counted them. The estimate is Laplace's rule of succession, (right + 1) / (fired + 2), so
that a rule seen once is trusted less than one seen a hundred times, and one never seen is a coin's toss.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _counts() -> dict[str, tuple[int, int]]:
    lines = files("extractors").joinpath("data", "confidence.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return {rule: (int(fired), int(right)) for rule, fired, right in rows}


def confidence_of(rule: str) -> float:
    """The share of right judgements to expect of a rule, between 0 and 1."""
    fired, right = _counts().get(rule, (0, 0))
    return round((right + 1) / (fired + 2), 3)
