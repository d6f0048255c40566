"""A tree of words matches what the row of words, longest first, matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.alternation import Beginnings, Words, any_of

WORDS = st.lists(st.text(alphabet="企业家个人.(", min_size=1, max_size=4), min_size=1, max_size=12)


@given(WORDS, st.text(alphabet="企业家个人.(x", max_size=30))
def test_a_tree_finds_what_a_row_finds(words: list[str], text: str) -> None:
    row = re.compile("|".join(map(re.escape, sorted(set(words), key=len, reverse=True))))
    tree = re.compile(any_of(words))
    assert [m.span() for m in tree.finditer(text)] == [m.span() for m in row.finditer(text)]


@pytest.mark.parametrize(("text", "found"), [("企业家", "企业家"), ("企业务", None), ("企业的", "企业"), ("企家", "企")])
def test_what_must_follow_a_word(text: str, found: str | None) -> None:
    match = re.match(any_of(["企", "企业", "企业家"], {"企业": "(?!务)", "企": "(?!业)"}), text)
    assert (match[0] if match else None) == found


@settings(max_examples=200, deadline=None)
@given(st.sets(st.text(alphabet="企业家甲", min_size=1, max_size=4), min_size=1), st.text(alphabet="企业家甲乙", max_size=20))
def test_words_are_found_where_their_expression_finds_them(words: set[str], text: str) -> None:
    behind = {word: "(?!甲)" for word in words if word.endswith("业")}
    expected = [(m.start(), m.end(), m[0]) for m in re.finditer(any_of(words, behind), text)]
    assert list(Words(words, behind).find(text)) == expected


@given(WORDS, st.text(alphabet="企业家个人.(x", max_size=12), st.integers(0, 12))
def test_what_a_text_goes_on_with_is_what_the_expression_matches(words: list[str], text: str, at: int) -> None:
    found = Beginnings({word: word[::-1] for word in words}).at(text, at)
    match = re.compile(any_of(words)).match(text, at)
    assert found == (match and (match[0], match[0][::-1]))
