from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb.static_encoder import StaticEncoder
from tests.training.small import SUBJECTS, make_small
from training.bags import Bags
from training.export import quantize
from training.fusion import learn_weights
from training.table import Settings, Table, _contrast, train


def test_the_same_text_gives_the_same_encoder(tmp_path: Path) -> None:
    first, second = make_small(tmp_path / "one"), make_small(tmp_path / "two")
    for name in ("model.safetensors", "tokenizer.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_questions_come_near_their_answers(tmp_path: Path) -> None:
    encoder = StaticEncoder(make_small(tmp_path))
    asked = encoder.encode([f"{one}归谁管" for one in SUBJECTS])
    answers = encoder.encode([f"{one}工作由水务局牵头负责。" for one in SUBJECTS])
    assert (np.argmax(asked @ answers.T, axis=1) == np.arange(len(SUBJECTS))).all()


def test_slope_is_that_of_the_loss() -> None:
    draw = np.random.default_rng(3)
    unit = draw.standard_normal((7, 4))
    left, right = np.arange(3), np.asarray([10, 11, 12, 13])

    def loss(at: np.ndarray) -> float:
        back = np.exp(at[:3] @ at[3:6].T / 0.5)
        one_way = _contrast(at, left, right, 0.5)[0]
        return (one_way - float(np.log(np.diag(back) / back.sum(axis=0)).mean())) / 2

    slope = _contrast(unit, left, right, 0.5)[1]
    for place in ((0, 1), (4, 2), (6, 0)):
        moved = unit.copy()
        moved[place] += 1e-6
        assert slope[place] == pytest.approx((loss(moved) - loss(unit)) / 1e-6, abs=1e-4)


def test_copies_of_an_answer_are_no_negatives() -> None:
    bags = Bags(np.asarray([0, 1, 1], np.int32), np.asarray([0, 1, 2, 3]), 2)
    table = Table.fresh(bags, 4, 1)
    before = table.rows.copy()
    settings = Settings(steps=1, batch=1, rate=0.1, temperature=0.1, drop=0.0)
    table.learn(np.asarray([0]), np.asarray([1]), np.asarray([1]), 0.1, settings, np.random.default_rng(1))
    assert np.allclose(table.rows, before, atol=1e-3)


def test_a_stage_lowers_the_loss() -> None:
    draw = np.random.default_rng(5)
    bags = Bags(draw.integers(0, 50, 400).astype(np.int32), np.arange(0, 401, 10), 50)
    table = Table.fresh(bags, 16, 1)
    pairs = np.asarray([(row, row + 20) for row in range(20)])
    settings = Settings(steps=60, batch=20, rate=0.05, temperature=0.1, drop=0.0, warm_up=1)
    assert train(table, pairs, np.ones(20), settings, 1) < np.log(20) / 2


def test_one_byte_is_enough() -> None:
    rows = np.random.default_rng(1).standard_normal((20, 8)).astype(np.float32)
    rows[3] = 0
    numbers, scales = quantize(rows)
    assert np.abs(numbers * scales[:, None] - rows).max() <= np.abs(rows).max() / 254 + 1e-6


def test_weights_find_what_tells_the_answer() -> None:
    draw = np.random.default_rng(2)
    queries = []
    for _ in range(40):
        table = draw.standard_normal((10, 6)).astype(np.float32)
        queries.append((table, np.arange(10) == int(np.argmax(table[:, 2]))))
    weights = learn_weights(queries)
    assert max(weights, key=lambda name: weights[name]) == "soft"
