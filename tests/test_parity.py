"""The same notice gives the same obligations in every form it is saved in."""

from __future__ import annotations

import pytest

from tests.render.forms import CLEAN, SCAN, Form
from tests.render.masters import names
from tests.render.parity import FIELDS, compare

LEAST_CLEAN = 0.99  # of the units, deadlines and targets, in a form whose characters are certain
LEAST_SCAN = 0.95


def check(forms: dict[str, Form], least: float) -> None:
    for fields in compare(forms, names()).values():
        for field in FIELDS:
            recall, precision, missing, surplus = fields[field]
            assert min(recall, precision) >= least, (field, missing, surplus)


@pytest.mark.parametrize("ending", [ending for ending in CLEAN if ending != "txt"])
def test_a_clean_form_gives_what_the_plain_text_gives(ending: str) -> None:
    check({ending: CLEAN[ending]}, LEAST_CLEAN)


@pytest.mark.slow
@pytest.mark.parametrize("ending", list(SCAN))
def test_a_scan_gives_nearly_what_the_plain_text_gives(ending: str) -> None:
    check({ending: SCAN[ending]}, LEAST_SCAN)
