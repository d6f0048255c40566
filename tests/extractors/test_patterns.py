"""Every rule proves itself: its examples match in full, its counterexamples do not match."""

from __future__ import annotations

from importlib.resources import files

import pytest

from extractors.folding import fold
from extractors.patterns import PatternError, compile_patterns, load_data, load_patterns

NAMES = sorted(
    path.name.removesuffix(".toml")
    for path in files("extractors").joinpath("data").iterdir()
    if path.name.endswith(".toml") and "pattern" in load_data(path.name.removesuffix(".toml"))
)


@pytest.mark.parametrize("name", NAMES)
def test_every_example_matches_and_no_counterexample_does(name):
    for pattern in load_patterns(name):
        for example in pattern.examples:
            assert pattern.regex.fullmatch(fold(example).text), (pattern.id, example)
        for example in pattern.counterexamples:
            assert not pattern.regex.fullmatch(fold(example).text), (pattern.id, example)


@pytest.mark.parametrize(
    "table, said",
    [
        ({"pattern": [{"id": "a", "regex": "x"}]}, "a: a rule needs examples"),
        ({"pattern": [{"id": "a", "regex": "{day}", "examples": ["x"]}]}, "a: unknown atom 'day'"),
        ({"pattern": [{"id": "a", "regex": "x", "examples": ["x"]}] * 2}, "a: the id stands twice"),
        ({"pattern": [{"id": "a", "regex": "(", "examples": ["x"]}]}, "a: the expression does not compile"),
    ],
)
def test_a_rule_that_does_not_prove_itself_is_refused(table, said):
    with pytest.raises(PatternError, match=r".*") as fault:
        compile_patterns(table, "test")
    assert str(fault.value).startswith(said)


def test_an_atom_can_stand_twice_under_another_name():
    table = {"atoms": {"year": r"(?P<year>\d{4})年"}, "pattern": [{"id": "a", "regex": "{year}—{year@end}", "examples": ["2019年—2020年"]}]}
    match = compile_patterns(table, "test")[0].regex.fullmatch("2019年—2020年")
    assert match is not None and match["year"] == "2019" and match["year_end"] == "2020"
