"""What each rule is, in words: `data/rule_words.tsv`, one rule a row, English with the Chinese term."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def load_rule_words() -> dict[str, str]:
    """The words of every rule by its id."""
    lines = files("extractors").joinpath("data", "rule_words.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t", 1) for line in lines if line)


def words_for(rule: str) -> str:
    """What a rule is, in words; of a rule that is no longer known, its id.

    >>> words_for("unit.label.lead")
    'a list behind the label of lead units (牵头单位：)'
    """
    return load_rule_words().get(rule) or f"a rule of an earlier edition ({rule})"
