from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kb.encoder import HashedEncoder

TEXTS = ["加强食品安全监管", "强化食品安全监督管理", "推进老旧小区改造", "加装电梯"]
ENCODER = HashedEncoder.learn(TEXTS, ["食品安全", "老旧小区"])


def test_like_passages_lie_near() -> None:
    first, second, third, _ = ENCODER.encode(TEXTS)
    assert float(first @ second) > float(first @ third) + 0.3


def test_kept_encoder_gives_the_same_vectors() -> None:
    again = HashedEncoder.from_json(ENCODER.to_json())
    assert np.array_equal(again.encode(TEXTS), ENCODER.encode(TEXTS))


@given(st.text(max_size=60))
def test_rows_have_unit_length_or_none(text: str) -> None:
    (row,) = ENCODER.encode([text])
    length = float(np.linalg.norm(row))
    assert row.shape == (ENCODER.dimension,)
    assert length == 0.0 or abs(length - 1) < 1e-5
