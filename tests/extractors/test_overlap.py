"""Spans that overlap one another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.overlap import Places
from ingest.document import Span

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda pair: Span(pair[0], sum(pair)))


@given(st.lists(SPANS, max_size=12), SPANS)
def test_places_are_those_that_share_a_character(spans, asked):
    assert list(Places(spans).overlapping(asked)) == sorted(span for span in spans if span.overlaps(asked))
