from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb.fulltext import FullText
from kb.index import VectorIndex

VECTORS = np.eye(4, dtype=np.float32)


@pytest.mark.parametrize(
    ("among", "expected"),
    [(None, [2, 0, 1]), ([0, 1], [0, 1]), ([], []), ([3], [3])],
)
def test_nearest_keeps_to_the_rows_allowed(among: list[int] | None, expected: list[int]) -> None:
    query = np.asarray([0.3, 0.2, 0.9, 0.1], dtype=np.float32)
    assert [row for row, _ in VectorIndex.build(VECTORS).nearest(query, 3, among)] == expected


def test_saved_vectors_are_found_again(tmp_path: Path) -> None:
    index = VectorIndex.build(VECTORS)
    index.save(tmp_path / "vectors")
    assert VectorIndex.load(tmp_path / "vectors").nearest(VECTORS[1], 1) == index.nearest(VECTORS[1], 1)


@pytest.mark.parametrize("loader", [VectorIndex.load, FullText.load])
def test_damaged_file_is_an_os_error(tmp_path: Path, loader: object) -> None:
    (tmp_path / "broken").write_bytes(b"not an index")
    with pytest.raises(OSError):
        loader(tmp_path / "broken")  # type: ignore[operator]


def test_rare_terms_count_more(tmp_path: Path) -> None:
    index = FullText.build([{"食品": 1, "安全": 1}, {"食品": 1, "抽检": 1}, {"食品": 1}])
    index.save(tmp_path / "terms")
    again = FullText.load(tmp_path / "terms")
    assert index.rarity("抽检") > index.rarity("食品") > index.rarity("没有") == 0
    assert list(again.scores({"抽检": 1.0, "食品": 1.0}).argsort()[::-1])[0] == 1
    assert again.matched({"食品": 1.0, "抽检": 1.0, "没有": 1.0}, 1) == ["抽检", "食品"]
