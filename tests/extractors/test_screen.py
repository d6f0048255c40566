"""A screen finds what the rules find without it."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.finder import Finder, Openings
from extractors.folding import fold
from extractors.patterns import load_patterns
from extractors.screen import RoleScreen, Screen

FILES = ("deadlines", "targets", "units", "citations", "validity", "item_lines", "kinds", "leads", "parties", "clauses")
RULES = {name: load_patterns(name) for name in FILES}
SCREENS = {name: Screen([pattern.regex for pattern in patterns]) for name, patterns in RULES.items()}
FINDERS = {name: Finder([pattern.regex for pattern in patterns]) for name, patterns in RULES.items()}
OPENINGS = Openings([pattern.regex for pattern in RULES["units"]])
PIECES = sorted({example for patterns in RULES.values() for p in patterns for example in (*p.examples, *p.counterexamples)})
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from("，。；\n的了12三"), st.text(max_size=4)), max_size=12).map("".join)


def spans(matches):
    return [(i, match.span(), match.groups()) for i, match in matches]


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_a_screen_finds_what_the_rules_find(name, text):
    plain = [(i, match) for i, pattern in enumerate(RULES[name]) for match in pattern.regex.finditer(text)]
    assert spans(FINDERS[name].find(text)) == spans(plain)
    line = text.replace("\n", "")
    plain = [(i, match) for i, pattern in enumerate(RULES[name]) for match in pattern.regex.finditer(line)]
    assert spans(SCREENS[name].find_in_line(line)) == spans(plain)


def test_every_example_passes_its_own_screen():
    rules = [(SCREENS[name], need, pattern) for name in FILES for need, pattern in zip(SCREENS[name].needs, RULES[name], strict=True)]
    held_back = [p.id for screen, need, p in rules for example in p.examples if screen.told(fold(example).text) & need != need]
    assert held_back == []


def test_a_rule_that_crosses_lines_is_tried_on_the_whole():
    finder = Finder([re.compile("甲[^。]*乙"), re.compile("丙$")])
    assert spans(finder.find("甲\n乙\n丙")) == [(0, (0, 3), ()), (1, (4, 5), ())]
    assert spans(finder.find("丙\n\n")) == []


def test_the_first_rule_of_a_role_counts():
    roles = RoleScreen(RULES["kinds"])
    for pattern in chain(RULES["kinds"]):
        expected = next(p for p in RULES["kinds"] if p.fields["role"] == pattern.fields["role"] and p.regex.search(pattern.examples[0]))
        assert roles.first(pattern.fields["role"], pattern.examples[0]) is expected


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_the_rules_that_can_open_at_a_place_are_all_that_match_there(text):
    for at in range(len(text) + 1):
        matching = {i for i, pattern in enumerate(RULES["units"]) if pattern.regex.match(text, at)}
        assert matching <= set(OPENINGS.at(text, at))
