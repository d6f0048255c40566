"""The vector index: nearest passages by inner product. All FAISS calls of the project stand here.

Exact while that takes no time; beyond, cells of nearby vectors with a byte a number (IVF with scalar quantisation), of which the
nearest few are looked at. On clustered vectors of 256 numbers that found 0.976 of the true ten best of a million in half a
millisecond, at a quarter of the memory; HNSW found as many with five times the memory, and took ten times as long to make.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EXACT = 20_000  # vectors that are all compared
CELLS_LOOKED_AT = 24
_A_CELL = 256  # vectors, about
_TRAINED_ON = 64  # vectors a cell
FEW = 2_000  # allowed vectors that are compared one by one


class VectorIndex:
    """An index over unit vectors: a row's place in it is the passage's place in its part of the catalogue."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> VectorIndex:
        """An index of the rows of `vectors`: exact where they are few, else in cells."""
        import faiss

        size, dimension = vectors.shape
        if size <= EXACT:
            flat: Any = faiss.IndexFlatIP(int(dimension))
            flat.add(vectors)
            return cls(flat)
        cells = max(16, size // _A_CELL)
        library: Any = faiss  # its own signatures leave out what SWIG accepts
        quantizer: Any = faiss.IndexFlatIP(int(dimension))
        index: Any = faiss.IndexIVFScalarQuantizer(quantizer, int(dimension), cells, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
        index.own_fields = True
        quantizer.this.disown()
        index.cp.niter, index.cp.max_points_per_centroid, index.cp.seed = 10, _TRAINED_ON, 1
        library.omp_set_num_threads(os.cpu_count() or 1)
        index.train(vectors)
        index.add(vectors)
        index.nprobe = CELLS_LOOKED_AT
        index.make_direct_map()
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

    @property
    def exact(self) -> bool:
        """Whether all vectors are compared, as they were given."""
        return not hasattr(self._index, "nprobe")

    def nearest(self, query: NDArray[np.float32], k: int, among: Sequence[int] | NDArray[np.int64] | None = None) -> list[tuple[int, float]]:
        """The `k` rows nearest to one query vector with their similarity, of the rows in `among` alone where given.

        Fewer where the cells looked at hold fewer.
        """
        import numpy as np

        if among is None:
            rows, scores = self.near(query, k)
        else:
            chosen = np.asarray(among, dtype=np.int64)
            bits = np.zeros(len(self), dtype=bool)
            bits[chosen] = True
            rows, scores = self.near(query, k, chosen if len(chosen) <= FEW else None, np.packbits(bits, bitorder="little"))
        return list(zip(rows.tolist(), scores.tolist(), strict=True))

    def near(
        self, query: NDArray[np.float32], k: int, rows: NDArray[np.int64] | None = None, bits: NDArray[np.uint8] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """`nearest` as two arrays: of `rows` alone, each compared, or of those that `bits` has set, eight a byte."""
        import faiss
        import numpy as np

        if rows is not None:
            near = self.similarity(query, rows)
            order = np.argsort(-near, kind="stable")[:k]
            return rows[order], near[order]
        if not k or not len(self):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        options = None
        if bits is not None:
            library: Any = faiss  # its own signatures leave out what SWIG accepts
            chosen = library.IDSelectorBitmap(bits)
            options = library.SearchParameters(sel=chosen) if self.exact else library.SearchParametersIVF(sel=chosen, nprobe=CELLS_LOOKED_AT)
        # One query is answered sooner by one thread than by several that wait for each other.
        faiss.omp_set_num_threads(1)
        scores, found = self._index.search(query.reshape(1, -1), min(k, len(self)), params=options)
        held = found[0] >= 0
        return found[0][held], scores[0][held]

    def similarity(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The similarity of these rows to one query vector."""
        import numpy as np

        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        # Not `@`, which has several threads wait for each other.
        near: NDArray[np.float32] = np.einsum("ij,j->i", self.vectors(rows), query)
        return near

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of these rows."""
        import numpy as np

        held: NDArray[np.float32] = self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return held
