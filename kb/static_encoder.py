"""The encoder of our own: a text is the sum of its tokens' vectors, read from a sentence-transformers folder without torch.

The folder is a `StaticEmbedding` with a `Normalize` behind it. The table holds whole numbers of one byte, `embeddings`,
and for each token what they are multiplied by, `weights`; `tokenizer.json` cuts the text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import EncoderError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Tokens = NDArray[np.int32]

SHIPPED = Path(__file__).parent / "models" / "notices"
REMEDY = "install the program again, or name another encoder (KB_ENCODER)"
# Products of numbers up to which OpenBLAS multiplies matrices in the calling thread: for so few, waiting for others takes far longer.
_ALONE = 1 << 18
_AT_ONCE = 256  # texts whose tokens' rows are held at one time: as many as stay near the processor


class StaticEncoder:
    """A table of token vectors; rows of unit length, the same for the same text as sentence-transformers gives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self._tables = _read_tables(folder / "model.safetensors")
            self.dimension = int(self._tables["embeddings"].shape[1])
        except (OSError, ValueError, KeyError) as fault:
            raise EncoderError(str(folder), "holds no table of vectors that can be read", REMEDY) from fault

    @cached_property
    def name(self) -> str:
        """What the base records its vectors under: the folder's name and a check sum of the table."""
        import zlib

        return f"{self.folder.name}-{zlib.crc32(self._tables['embeddings'].tobytes()):08x}"

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        try:
            return Tokenizer.from_str((self.folder / "tokenizer.json").read_text(encoding="utf-8"))
        except OSError as fault:
            raise EncoderError(str(self.folder), "holds no tokenizer.json that can be read", REMEDY) from fault

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """The numbers of the tokens of each text."""
        import numpy as np

        found = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [np.asarray(one.ids, dtype=np.int32) for one in found]

    def rows(self, tokens: Tokens) -> Vectors:
        """The vectors of tokens."""
        held: Vectors = self._tables["embeddings"][tokens].astype("float32")
        held *= self._tables["weights"][tokens][:, None]
        return held

    def nearness(self, asked: Tokens, known: Tokens) -> tuple[Vectors, Vectors, Vectors]:
        """The cosine of each token asked for with each one known, and how much each of both says: the length of its vector."""
        import numpy as np

        table, weights = self._tables["embeddings"], self._tables["weights"]
        for tokens in (asked, known):
            new = tokens[self._lengths[tokens] == 0]
            if len(new):
                self._lengths[new] = np.maximum(np.linalg.norm(table[new].astype("float32"), axis=1), 1e-9)
        query = table[asked].astype("float32") / self._lengths[asked][:, None]
        near = np.empty((len(asked), len(known)), dtype=np.float32)
        at_once = max(1, _ALONE // query.size)
        for first in range(0, len(known), at_once):
            np.matmul(query, table[known[first : first + at_once]].astype("float32").T, out=near[:, first : first + at_once])
        near /= self._lengths[known]
        return near, np.abs(weights[asked]) * self._lengths[asked] + np.float32(1e-9), np.abs(weights[known]) * self._lengths[known] + np.float32(1e-9)

    @cached_property
    def _lengths(self) -> Vectors:
        """The lengths of the table's rows as far as they were asked for, else 0."""
        import numpy as np

        return np.zeros(len(self._tables["embeddings"]), dtype=np.float32)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length a text (all zero where the text has no token)."""
        return self.encode_tokens(self.tokens(texts))

    def encode_tokens(self, cut: Sequence[Tokens]) -> Vectors:
        """What `encode` gives, of texts that are cut already."""
        import numpy as np

        if len(cut) > _AT_ONCE:
            return np.concatenate([self.encode_tokens(cut[first : first + _AT_ONCE]) for first in range(0, len(cut), _AT_ONCE)])
        sums = np.zeros((len(cut), self.dimension), dtype=np.float32)
        filled = [place for place, one in enumerate(cut) if len(one)]
        if filled:
            starts = np.cumsum([0, *(len(cut[place]) for place in filled[:-1])])
            together = self.rows(np.concatenate([cut[place] for place in filled]))
            sums[filled] = np.add.reduceat(together, starts, axis=0)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        vectors: Vectors = sums / np.maximum(lengths, 1e-12)
        return vectors

    encode_queries = encode

    @cached_property
    def ranking(self) -> dict[str, Any]:
        """How its similarity counts beside the words of a text, as learned with it (`ranking.json`)."""
        try:
            held: dict[str, Any] = json.loads((self.folder / "ranking.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            raise EncoderError(str(self.folder), "holds no ranking.json that can be read", REMEDY) from fault
        return held


def _read_tables(path: Path) -> dict[str, Any]:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return load_file(path)
    except SafetensorError as fault:
        raise ValueError(str(fault)) from fault
