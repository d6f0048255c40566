"""The order of hits: what stands under the same headings counts, and rows that filters leave out never show."""

from __future__ import annotations

import numpy as np

from kb.ranking import Chosen, _beside


def test_a_sentence_beside_good_ones_gains_and_one_alone_keeps_its_score() -> None:
    section, scores = np.asarray([7, 7, 7, 9]), np.asarray([6.0, 3.0, 0.0, 2.0], dtype=np.float32)
    assert _beside(section, scores).tolist() == [1.5, 3.0, 4.5, 2.0]


def test_rows_chosen_are_those_of_the_mask_in_every_form() -> None:
    mask = np.asarray([row % 3 == 0 for row in range(20)])
    chosen = Chosen(mask)
    assert (chosen.count, chosen.every) == (7, False)
    assert np.array_equal(np.unpackbits(chosen.bits, bitorder="little")[:20], mask)
    assert np.array_equal(chosen.rows, np.flatnonzero(mask))
