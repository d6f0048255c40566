"""A learned table as a folder that sentence-transformers loads as it is, and the encoder of `kb` without torch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.base.modules.normalize.Normalize"},
]
_CONFIG = {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine", "prompts": {"query": "", "document": ""}, "default_prompt_name": None}


def quantize(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Each row in whole numbers of one byte, and what they are multiplied by to give it back."""
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-12).astype(np.float32) / np.float32(127)
    return np.rint(rows / scales[:, None]).astype(np.int8), scales


def export(rows: NDArray[np.float32], tokenizer: Any, folder: Path) -> None:
    """Writes the folder: the table, the tokenizer, and what sentence-transformers reads to put them together."""
    from safetensors.numpy import save_file

    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    numbers, scales = quantize(rows)
    save_file({"embeddings": numbers, "weights": scales}, folder / "model.safetensors")
    cutting = json.loads(tokenizer.to_str())
    _write(folder / "tokenizer.json", json.dumps(cutting, ensure_ascii=False, separators=(",", ":")))
    _write(folder / "modules.json", json.dumps(_MODULES, indent=1))
    _write(folder / "config_sentence_transformers.json", json.dumps(_CONFIG, indent=1))
    _write(folder / "1_Normalize" / "config.json", json.dumps({"module_input_name": "sentence_embedding", "module_output_name": "sentence_embedding"}))


def _write(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8")
