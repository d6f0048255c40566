"""Every rule says in words what it is: those of the data files, and those that the code names."""

from __future__ import annotations

import ast
from importlib.resources import files

import pytest

from extractors.patterns import load_data, load_patterns
from extractors.pipeline import extract
from extractors.rule_words import load_rule_words, words_for
from ingest import read
from tests.conftest import ROOT

DATA = [path.name for path in files("extractors").joinpath("data").iterdir()]
NAMES = sorted(name.removesuffix(".toml") for name in DATA if name.endswith(".toml") and "pattern" in load_data(name.removesuffix(".toml")))
# What stands before the dot of an id that the code makes, with all that it makes of it.
MADE = {f"party.{word}" for word in ("bound", "urged", "favoured", "inspected", "quota_row", "favour", "keep", "measure", "free", "tied", "public")}
BARE = {"forbid", "give", "encourage", "result"}  # verdicts of several rules together


def ids_of_data() -> set[str]:
    return {pattern.id for name in NAMES for pattern in load_patterns(name)}


def ids_of_code() -> set[str]:
    """The strings of the code that begin as an id does: `unit.subject`, `nothing.words`."""
    heads = {known.split(".")[0] for known in load_rule_words() if "." in known}
    found = set()
    for path in (ROOT / "extractors").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                head, dot, rest = node.value.partition(".")
                if dot and head in heads and rest.strip(".") == rest and rest.replace("_", "").replace(".", "").isalpha() and node.value not in DATA:
                    found.add(node.value)
    return found


def test_every_rule_of_the_data_files_has_words() -> None:
    assert ids_of_data() - load_rule_words().keys() == set()


def test_every_rule_that_the_code_names_has_words() -> None:
    assert (ids_of_code() | MADE | BARE) - load_rule_words().keys() == set()


def test_no_words_of_rules_that_are_gone() -> None:
    known = ids_of_data() | ids_of_code() | MADE | BARE
    made = {"section.background", "section.ideology", "penalty", "correction"}
    assert load_rule_words().keys() - known - made == set()


def test_words_stand_sorted_once_each_and_short() -> None:
    lines = files("extractors").joinpath("data", "rule_words.tsv").read_text(encoding="utf-8").splitlines()[1:]
    ids = [line.split("\t")[0] for line in lines]
    assert ids == sorted(set(ids))
    assert all(10 < len(words) < 140 and not words.endswith(".") for words in load_rule_words().values())


@pytest.mark.parametrize("notice", sorted((ROOT / "corpus" / "notices").iterdir()), ids=lambda path: path.stem)
def test_whatever_fires_in_the_sample_notices_has_words(notice) -> None:
    found = extract(read(notice))
    fired = {m.rule for o in found.obligations for m in (o, *o.units, *o.deadlines, *o.targets, *o.parties)}
    assert (fired | {c.rule for c in found.citations}) <= load_rule_words().keys()


def test_a_rule_of_an_earlier_edition_is_said_to_be_one() -> None:
    assert words_for("deadline.gone") == "a rule of an earlier edition (deadline.gone)"
