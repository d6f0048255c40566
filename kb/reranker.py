"""Re-ranker: a CrossEncoder (`KB_RERANKER`) that reads query and passage together and orders the first hits anew."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from kb.errors import EncoderError

SETTING = "KB_RERANKER"
FIRST = 50  # hits that are read again


def chosen_reranker() -> str:
    """The name of the re-ranker that the user chose, "" where none is chosen."""
    return os.environ.get(SETTING, "").strip()


def order_again(query: str, passages: Sequence[str]) -> list[tuple[int, float]]:
    """The places of the passages from the best to the worst by the chosen model, with its scores (0 to 1)."""
    if not passages:
        return []
    import numpy as np

    raw = np.asarray(_load(chosen_reranker()).predict([(query, passage) for passage in passages], show_progress_bar=False), dtype=np.float64)
    scores = raw if raw.ndim == 1 else raw[:, -1]
    if scores.min() < 0 or scores.max() > 1:
        scores = 1 / (1 + np.exp(-np.clip(scores, -50, 50)))
    order = np.argsort(-scores, kind="stable")
    return [(int(place), float(scores[place])) for place in order]


@lru_cache(maxsize=1)
def _load(name: str) -> Any:
    try:
        from sentence_transformers import CrossEncoder
    except ImportError as fault:
        raise EncoderError(name, "needs sentence-transformers, which is not installed", "pip install 'notice-kb[neural]'") from fault
    try:
        return CrossEncoder(name, device=os.environ.get("KB_DEVICE"))
    except (OSError, ValueError, KeyError, RuntimeError) as fault:
        reason = (str(fault).strip().splitlines() or [""])[0][:160]
        raise EncoderError(name, f"is no re-ranker that can be loaded ({reason})", f"name a CrossEncoder model or its folder in {SETTING}") from fault
