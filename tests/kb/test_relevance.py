from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.encoder import shipped_encoder
from kb.relevance import FEATURES, features, relevance, standard

ENCODER = shipped_encoder()


def rows(query: str, passages: list[str]) -> np.ndarray:
    flat = np.zeros(len(passages), dtype=np.float32)
    return features(ENCODER, query, ENCODER.tokens(passages), flat, flat)


@pytest.mark.parametrize(
    ("name", "more", "less"),
    [
        ("exact", "电梯要检查。", "河道要清淤。"),
        ("soft", "电梯要检查。", "河道要清淤。"),
        ("about", "电梯检查", "电梯检查和河道清淤、垃圾分类、道路养护"),
        ("length", "电梯检查和河道清淤、垃圾分类、道路养护", "电梯检查"),
    ],
)
def test_each_number_tells_what_it_is_named_for(name: str, more: str, less: str) -> None:
    first, second = rows("检查电梯", [more, less])[:, FEATURES.index(name)]
    assert first > second


def test_a_word_that_stands_there_counts_in_full() -> None:
    assert rows("电梯", ["电梯"])[0, FEATURES.index("exact")] == pytest.approx(1)


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=5))
def test_any_texts_are_ranked(query: str, passages: list[str]) -> None:
    scores = relevance(rows(query, passages), ENCODER.ranking["weights"])
    assert scores.shape == (len(passages),)
    assert np.isfinite(scores).all()


def test_scores_that_are_all_one_say_nothing() -> None:
    assert not standard(np.full(4, 3.0, dtype=np.float32)).any()
