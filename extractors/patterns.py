"""Rules as data: patterns from `data/*.toml`, each with an id, examples and counterexamples (STYLE: rules are data).

    [atoms]
    year = '(?P<year>20\\d{2})年'
    [[pattern]]
    id = "deadline.end_of_year"
    regex = '{year}底前'
    examples = ["2025年底前"]
    counterexamples = ["2025年"]

`{name}` puts an atom in; `{name@end}` does so with its groups renamed (`year` → `year_end`), so that an atom can stand
twice in a pattern. Any further keys of a pattern are kept in `Pattern.fields`. Patterns match folded text
(`extractors.folding`). Loading fails on a rule without examples, an unknown atom or a doubled id.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_ATOM = re.compile(r"\{([a-z_]+)(?:@([a-z0-9_]+))?\}")
_GROUP = re.compile(r"\(\?P<(\w+)>")
_OWN_KEYS = {"id", "regex", "examples", "counterexamples"}


class ExtractorError(Exception):
    """Base of the errors of this package; `rule_id` names the rule or data file at fault."""

    def __init__(self, message: str, rule_id: str) -> None:
        super().__init__(f"{rule_id}: {message}")
        self.rule_id = rule_id


class PatternError(ExtractorError):
    """A rule that cannot be loaded."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One rule: its compiled expression, what proves it, and the further keys of its table."""

    id: str
    regex: re.Pattern[str]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    fields: Mapping[str, Any]


def load_data(name: str) -> dict[str, Any]:
    """The table of `data/<name>.toml`."""
    text = files("extractors").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _expand(regex: str, atoms: Mapping[str, str], rule_id: str) -> str:
    def put(match: re.Match[str]) -> str:
        name, suffix = match.groups()
        if name not in atoms:
            raise PatternError(f"unknown atom {name!r}", rule_id)
        inner = _expand(atoms[name], atoms, rule_id)
        return _GROUP.sub(lambda group: f"(?P<{group[1]}_{suffix}>", inner) if suffix else inner

    return _ATOM.sub(put, regex)


def compile_patterns(table: Mapping[str, Any], name: str) -> tuple[Pattern, ...]:
    """The patterns of one table, compiled; raises `PatternError` on a rule that does not prove itself."""
    atoms = table.get("atoms", {})
    seen: set[str] = set()
    patterns = []
    for entry in table.get("pattern", []):
        rule_id = str(entry.get("id", f"{name} (no id)"))
        if rule_id in seen:
            raise PatternError("the id stands twice", rule_id)
        seen.add(rule_id)
        if not entry.get("examples"):
            raise PatternError("a rule needs examples", rule_id)
        try:
            regex = re.compile(_expand(entry["regex"], atoms, rule_id))
        except re.error as fault:
            raise PatternError(f"the expression does not compile: {fault}", rule_id) from fault
        fields = {key: value for key, value in entry.items() if key not in _OWN_KEYS}
        patterns.append(Pattern(rule_id, regex, tuple(entry["examples"]), tuple(entry.get("counterexamples", ())), fields))
    return tuple(patterns)


@cache
def load_patterns(name: str) -> tuple[Pattern, ...]:
    """The patterns of `data/<name>.toml`, in the file's order."""
    return compile_patterns(load_data(name), name)
