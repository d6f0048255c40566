"""Confidences rest on counts: a rule leans on its family, a family on everything, and what was seen counts less."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.confidence import Counts, Weights, confidence_of, estimate, family_of, load_counts, make_estimate
from scripts.measure_confidence import BINS, KEPT, TABLE, Row, left_out, make_table, read_rows, reliability, table_text

WEIGHTS = Weights()


def row(fired: int, right: int, rule: str = "duty.modal", state: str = "unseen", notice: str = "A 1", family: str = "kind.duty") -> Row:
    return Row(state, notice, family, rule, fired, right)


def test_a_rule_that_was_right_more_often_is_trusted_more() -> None:
    table = make_table([row(20, 20), row(10, 2, "duty.row")])
    values = [make_estimate(table, "kind.duty", rule, WEIGHTS).value for rule in ("duty.modal", "never.fired", "duty.row")]
    assert values == sorted(values, reverse=True) and len(set(values)) == 3


def test_what_was_seen_counts_less_than_what_was_not() -> None:
    seen, unseen = Counts(seen=20, seen_right=20), Counts(unseen=20, unseen_right=20)
    assert WEIGHTS.lean(0.5, seen) < WEIGHTS.lean(0.5, unseen)


def test_a_family_of_which_nothing_is_known_takes_the_share_of_all() -> None:
    table = make_table([row(100, 80)])
    assert abs(make_estimate(table, "party", "party.free", WEIGHTS).value - 0.8) < 0.02


def test_one_long_notice_does_not_outweigh_the_others() -> None:
    table = make_table([row(900, 900), row(10, 2, notice="A 2")])
    assert table["kind.duty", "duty.modal"].unseen <= 40


@given(st.lists(st.tuples(st.sampled_from(["duty", "party"]), st.sampled_from(["a", "b", "c"]), st.sampled_from(["seen", "unseen"]), st.integers(1, 500), st.floats(0, 1)), max_size=12))
def test_confidences_lie_between_none_and_all(found: list[tuple[str, str, str, int, float]]) -> None:
    table = make_table([Row(state, f"A {i}", family, rule, fired, round(fired * share)) for i, (family, rule, state, fired, share) in enumerate(found)])
    for counts in table.values():
        assert 0 <= counts.seen_right <= counts.seen and 0 <= counts.unseen_right <= counts.unseen
    for family in ("duty", "target"):
        assert 0.0 <= make_estimate(table, family, "a", WEIGHTS).value <= 1.0


def test_the_file_that_extraction_reads_is_made_of_the_counts_that_are_kept() -> None:
    assert TABLE.read_text(encoding="utf-8") == table_text(make_table(read_rows()))
    assert load_counts() == make_table(read_rows())


def test_the_counts_kept_are_sound() -> None:
    rows = read_rows()
    assert all(0 <= r.right <= r.fired and r.fired > 0 and r.state in ("seen", "unseen") for r in rows)
    assert len({(r.state, r.notice, r.family, r.rule) for r in rows}) == len(rows)
    assert KEPT.read_text(encoding="utf-8").isascii()  # counts and rules: no text of a notice


def test_of_unseen_mentions_given_nine_tenths_nine_in_ten_are_right() -> None:
    given_to = [(value, r) for value, r in left_out(read_rows(), WEIGHTS) if value >= 0.9]
    right, fired = sum(r.right for _, r in given_to), sum(r.fired for _, r in given_to)
    assert fired > 1000 and right / fired >= 0.9


def test_a_reliability_table_tells_count_mean_and_share() -> None:
    bins, error = reliability([(0.92, row(10, 9)), (0.55, row(10, 8))])
    assert [(low, n, round(told, 9), right) for low, _, n, told, right in bins] == [(0.5, 10, 0.55, 0.8), (0.9, 10, 0.92, 0.9)]
    assert abs(error - (0.25 + 0.02) / 2) < 1e-9
    assert BINS[0] == 0.0 and BINS[-1] == 1.0


def test_families_pool_what_came_by_in_the_same_way() -> None:
    assert family_of("obligation", kind="duty") == "kind.duty"
    assert family_of("unit", inherited=True) == "unit.inherited"
    assert estimate("unit", "unit.subject").family == "unit"
    assert 0.5 < confidence_of("duty.modal", "duty") < 1.0
