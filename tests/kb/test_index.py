from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb.fulltext import FullText, hashed
from kb.index import VectorIndex
from kb.vocabulary import Vocabulary

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


def test_damaged_vectors_are_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "broken").write_bytes(b"not an index")
    with pytest.raises(OSError, match="no vector index"):
        VectorIndex.load(tmp_path / "broken")


def test_many_vectors_are_kept_in_cells_and_found_with_filters(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("kb.index.EXACT", 1000)
    monkeypatch.setattr("kb.index.FEW", 10)
    draw = np.random.default_rng(1)
    vectors = np.repeat(draw.standard_normal((60, 16)), 50, axis=0) + 0.3 * draw.standard_normal((3000, 16))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    VectorIndex.build(vectors).save(tmp_path / "vectors")
    index = VectorIndex.load(tmp_path / "vectors")
    assert not index.exact
    even = np.arange(0, 3000, 2)
    for query in vectors[::301]:
        near = {row for row, _ in index.nearest(query, 10, even)}
        true = even[np.argsort(-(vectors[even] @ query))[:10]]
        assert len(near & set(true.tolist())) >= 8
        assert not any(row % 2 for row in near)


def _order(index: FullText, *terms: str) -> list[int]:
    scored = index.scores(hashed(terms), np.ones(len(terms), dtype=np.float32))
    rows = scored.best(10)
    return rows[np.argsort(-scored.of(rows))].tolist()


PASSAGES = [{"食品": 1.0, "安全": 1.0}, {"食品": 1.0, "抽检": 1.0}, {"食品": 1.0}, {"安全": 3.0}]


def test_terms_are_found_again_from_the_files(tmp_path: Path) -> None:
    FullText.build(PASSAGES).save(tmp_path)
    again = FullText.load(tmp_path, len(PASSAGES))
    assert again.frequencies(hashed(["食品", "抽检", "没有"])).tolist() == [3, 1, 0]
    assert _order(again, "抽检") == [1]
    assert _order(again, "安全") == [3, 0]


@pytest.mark.parametrize("name", ["terms", "starts", "rows", "shares"])
def test_a_damaged_file_of_terms_is_an_os_error(tmp_path: Path, name: str) -> None:
    FullText.build(PASSAGES).save(tmp_path)
    whole = (tmp_path / f"{name}.npy").read_bytes()
    for damaged in (b"", b"not an index", whole[: len(whole) - 1]):
        (tmp_path / f"{name}.npy").write_bytes(damaged)
        with pytest.raises(OSError):
            FullText.load(tmp_path, len(PASSAGES))


def test_common_terms_are_added_to_the_best_of_the_rare_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    passages = [dict.fromkeys(["的", *(["检查"] if row % 3 == 0 else []), *(["电梯"] if row % 100 == 7 else [])], 1.0) for row in range(3000)]
    index = FullText.build(passages)
    terms, weights = hashed(["的", "检查", "电梯"]), np.asarray([0.1, 1.0, 4.0], dtype=np.float32)
    exact = index.scores(terms, weights)
    monkeypatch.setattr("kb.fulltext.FOLLOWED", 100)
    quick = index.scores(terms, weights)
    assert quick.late
    rows = exact.best(20)
    assert sorted(quick.best(20)) == sorted(rows)
    assert np.allclose(quick.of(rows), exact.of(rows))


def test_parts_put_together_are_one_without_what_is_gone() -> None:
    first, second = FullText.build(PASSAGES), FullText.build(PASSAGES[::-1])
    merged = FullText.merged([(first, np.asarray([True, False, True, True])), (second, np.ones(4, dtype=bool))])
    assert merged.size == 7
    assert merged.frequencies(hashed(["食品", "安全", "抽检"])).tolist() == [5, 4, 1]
    assert _order(merged, "抽检") == [5]


def test_rare_terms_count_more() -> None:
    words = Vocabulary([FullText.build(PASSAGES), FullText.build(PASSAGES[:1])])
    assert words.rarity("抽检") > words.rarity("食品") > words.rarity("没有") == 0
    assert words.known(["食品", "没有"]) == ["食品"]
    assert "抽检" in words
    assert "没有" not in words
