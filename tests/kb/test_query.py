from __future__ import annotations

from importlib.resources import files

import pytest

from kb.fulltext import FullText
from kb.query import everyday_words, official_words, query_terms
from kb.terms import bigrams, searchable
from kb.vocabulary import Vocabulary


def test_everyday_words_are_sorted_and_say_something_else() -> None:
    rows = everyday_words()
    names = [everyday for everyday, _ in rows]
    assert names == sorted(set(names))
    assert [everyday for everyday, official in rows if not official or everyday in official] == []


def test_a_near_word_is_in_one_group() -> None:
    rows = files("extractors").joinpath("data", "near_words.tsv").read_text(encoding="utf-8").splitlines()
    words = [word for row in rows if not row.startswith("#") for word in row.split("\t")[1].split()]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(
    ("asked", "official"),
    [
        ("外来打工的孩子上学", "义务教育"),
        ("养老院着火", "火灾"),
        ("瓶装煤气谁来管", "燃气"),
        ("村里老房子翻新", "农村"),
        ("拖欠工钱", "劳动报酬"),
        ("看病报销", "就医"),
        ("臭水沟", "黑臭水体"),
        ("补课", "校外培训"),
        ("多久交一次材料", "报送"),
        ("工商所归谁", "市场监管所"),
    ],
)
def test_everyday_words_find_official_ones(asked: str, official: str) -> None:
    assert official in {word for _, word in official_words(searchable(asked))}


def test_half_of_an_everyday_word_that_no_notice_prints_counts_little() -> None:
    index = Vocabulary([FullText.build([dict.fromkeys(bigrams("由质监局组织"), 1.0)] * 3)])
    terms = query_terms("药监局查什么", index)
    assert terms["监局"] < 0.5
    assert query_terms("质监局查什么", index)["监局"] == 1


def test_official_words_do_not_outweigh_a_word_that_notices_print_too() -> None:
    common = [dict.fromkeys(bigrams("学校食堂留样"), 1.0)] * 6
    held = FullText.build([*common, dict.fromkeys(bigrams("集体用餐配送单位"), 1.0)])
    index = Vocabulary([held])
    terms = query_terms("食堂", index)
    put_in = {term: weight for term, weight in terms.items() if term in bigrams("集体用餐")}
    assert put_in
    assert sum(weight * index.rarity(term) for term, weight in put_in.items()) < index.rarity("食堂")
