"""Encoders: passages as vectors, so that like meanings lie near each other.

The one that ships (`kb/models/notices`) needs no model hub and no torch. `KB_ENCODER` names any sentence-transformers
model or folder in its place; the base keeps the vectors of each encoder apart by its name.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kb.errors import EncoderError
from kb.static_encoder import SHIPPED, StaticEncoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

SETTING = "KB_ENCODER"
# What a model wants before a query where its own folder does not say so, by a part of its name; from the models' cards.
_PROMPTS = {
    "bge-small-zh": "为这个句子生成表示以用于检索相关文章：",
    "bge-base-zh": "为这个句子生成表示以用于检索相关文章：",
    "bge-large-zh": "为这个句子生成表示以用于检索相关文章：",
    "e5-": "query: ",
    "Qwen3-Embedding": "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:",
}
_PASSAGE_PROMPTS = {"e5-": "passage: "}
_BATCH = 64


class Encoder(Protocol):
    """What the index asks of an encoder: rows of unit length, the same for the same text."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors: ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors: ...


class NeuralEncoder:
    """Any sentence-transformers model, by its name on the hub or its folder."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._model = _load(name)
        self.dimension = int(self._model.get_embedding_dimension() or 0) or int(self.encode(["维"]).shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length a passage."""
        return self._encode(texts, self._prompt("document", _PASSAGE_PROMPTS))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length a query, with the prompt that the model wants before it."""
        return self._encode(texts, self._prompt("query", _PROMPTS))

    def _prompt(self, role: str, known: dict[str, str]) -> str:
        own = (self._model.prompts or {}).get(role)
        return own or next((prompt for part, prompt in known.items() if part.lower() in self.name.lower()), "")

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        import numpy as np

        rows = self._model.encode(list(texts), prompt=prompt or None, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.ascontiguousarray(rows, dtype=np.float32)


def _load(name: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as fault:
        raise EncoderError(name, "needs sentence-transformers, which is not installed", "pip install 'notice-kb[neural]'") from fault
    try:
        return SentenceTransformer(name, device=os.environ.get("KB_DEVICE"))
    except (OSError, ValueError, KeyError, RuntimeError) as fault:
        reason = (str(fault).strip().splitlines() or [""])[0][:160]
        raise EncoderError(name, f"is no model that can be loaded ({reason})", f"name a sentence-transformers model or its folder in {SETTING}") from fault


@lru_cache(maxsize=1)
def shipped_encoder() -> StaticEncoder:
    """The encoder that ships, read once."""
    return StaticEncoder(SHIPPED)


@lru_cache(maxsize=2)
def _open(name: str) -> Encoder:
    path = Path(name)
    if (path / "ranking.json").is_file():
        return StaticEncoder(path)
    return NeuralEncoder(name)


def chosen_name() -> str:
    """The name of the encoder that the user chose, "" where none is chosen."""
    return os.environ.get(SETTING, "").strip()


def open_encoder(name: str = "") -> Encoder:
    """The encoder of that name: a model, a folder, "" or `notices` the one that ships."""
    return shipped_encoder() if name in ("", SHIPPED.name) else _open(name)
