"""The vector index: nearest passages by inner product. All FAISS calls of the project stand here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class VectorIndex:
    """An exact index over unit vectors: a row's place in it is the passage's place in the catalogue."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> VectorIndex:
        """An index of the rows of `vectors`."""
        import faiss

        index = faiss.IndexFlatIP(int(vectors.shape[1]))
        index.add(vectors)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """The index that `save` wrote; raises `OSError` where the file is damaged."""
        import faiss

        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as fault:
            raise OSError(f"{path} is no vector index") from fault

    def save(self, path: Path) -> None:
        """Writes the index to `path`; raises `OSError` where it cannot be written."""
        import faiss

        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as fault:
            raise OSError(f"{path} cannot be written") from fault

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def nearest(self, query: NDArray[np.float32], k: int, among: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The `k` rows nearest to one query vector with their similarity, of the rows in `among` alone where given."""
        import faiss
        import numpy as np

        count = min(k, len(self) if among is None else len(among))
        if not count:
            return []
        options = None
        if among is not None:
            parameters: Any = faiss.SearchParameters  # its own signature leaves out what SWIG accepts
            options = parameters(sel=faiss.IDSelectorBatch(np.asarray(among, dtype=np.int64)))
        scores, rows = self._index.search(query.reshape(1, -1), count, params=options)
        return [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]

    def similarity(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The similarity of these rows to one query vector."""
        import numpy as np

        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        held: NDArray[np.float32] = self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return np.asarray(held @ query, dtype=np.float32)
