from __future__ import annotations

from extractors import confidence
from extractors.confidence import confidence_of


def test_a_rule_seen_often_is_trusted_more(monkeypatch):
    monkeypatch.setattr(confidence, "_counts", lambda: {"often": (98, 98), "once": (1, 1), "wrong": (8, 2)})
    assert [confidence_of(rule) for rule in ("often", "once", "never", "wrong")] == [0.99, 0.667, 0.5, 0.3]


def test_the_table_counts_no_more_right_than_fired():
    counts = confidence._counts()
    assert counts
    assert all(0 <= right <= fired and fired > 0 for fired, right in counts.values())
