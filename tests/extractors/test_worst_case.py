"""No rule backtracks: each is fed the worst that can be made of its own expression, and is done within a generous limit."""

from __future__ import annotations

import subprocess
import sys

import pytest

from extractors.clauses import read_clause
from extractors.kinds import find_kind
from tests.conftest import ROOT
from tests.extractors.test_patterns import NAMES
from tests.extractors.worst_case import worst_texts

LIMIT = 1_200  # seconds for a file of rules, generous for a busy machine; a rule that backtracks takes days


def feed(name: str, size: int) -> None:
    done = subprocess.run([sys.executable, "-m", "tests.extractors.worst_case", name, str(size)], cwd=ROOT, capture_output=True, text=True, timeout=LIMIT)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0]) > 0


@pytest.mark.parametrize("name", NAMES)
def test_each_rule_is_done_with_the_worst_of_its_own(name):
    feed(name, 4_000)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_rule_is_done_with_a_hundred_thousand_characters_of_the_worst_of_its_own(name):
    feed(name, 100_000)


def test_the_worst_of_a_rule_goes_on_with_what_its_repetitions_take():
    from extractors.patterns import compile_patterns

    table = {"pattern": [{"id": "a", "regex": "到(?:甲|每[^，]{1,8}){0,20}止", "examples": ["到甲止"]}]}
    texts = worst_texts(compile_patterns(table, "test")[0], 40)
    assert any(text.startswith("到每每每每") for text in texts)
    assert all(text.endswith("止") for text in texts)  # what the rule needs stands behind, so that it is tried


@pytest.mark.parametrize("words", ["全县学校24所" + "，甲1甲" * 200 + "和", "市财政局" + "每" * 200, "甲甲1元" + "、甲1" * 300 + "；"])
def test_sentences_that_rules_went_back_over_in_every_way_are_judged(words):
    assert find_kind(words + "。")[1]
    assert read_clause(words[:200]).how is not None
