"""No measure on an annotated set may fall below its floor in `floors.json`; floors only ever rise."""

from __future__ import annotations

import json

import pytest

from scripts.score import FLOORS, SCORE, SETS, f1_values

FLOOR = json.loads(FLOORS.read_text(encoding="utf-8"))


@pytest.mark.skipif(not SCORE.exists(), reason="the annotated notices are not at hand")
@pytest.mark.parametrize("name", sorted(FLOOR))
def test_no_measure_falls_below_its_floor(name):
    assert name in SETS
    values = f1_values(name)
    assert set(FLOOR[name]) <= set(values)
    fallen = {key: (round(values[key], 4), floor) for key, floor in FLOOR[name].items() if values[key] < floor}
    assert not fallen
