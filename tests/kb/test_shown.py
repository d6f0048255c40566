"""What a hit shows comes back as it was put down, whatever it is, and follows its row when parts are put together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.shown import ABOUT, Packed, Shown

DOCUMENT = dict.fromkeys(ABOUT, "示例")


def shown(*texts: str) -> Shown:
    packed = Packed()
    for text in texts:
        packed.add({"id": text, "text": text}, DOCUMENT | {"characters": 9})
    return packed.done()


def texts(held: Shown) -> list[Any]:
    return [held.record(row)[0]["text"] for row in range(len(held))]


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)))))
def test_any_text_comes_back(given_texts: list[str]) -> None:
    assert texts(shown(*given_texts)) == given_texts


def test_only_what_a_hit_says_of_its_document_is_kept() -> None:
    assert shown("电梯").record(0)[1] == DOCUMENT


def test_records_follow_their_rows_into_a_larger_part() -> None:
    merged = Shown.merged([(shown("甲", "乙", "丙"), np.asarray([True, False, True])), (shown("丁"), np.asarray([True]))])
    assert texts(merged) == ["甲", "丙", "丁"]


@pytest.mark.parametrize("name", ["shown", "starts_of_shown"])
def test_damaged_records_are_an_os_error(tmp_path: Path, name: str) -> None:
    shown("电梯", "河道").save(tmp_path)
    assert texts(Shown.load(tmp_path)) == ["电梯", "河道"]
    for damaged in (b"", b"not records"):
        (tmp_path / f"{name}.npy").write_bytes(damaged)
        with pytest.raises(OSError):
            Shown.load(tmp_path)
