"""OCR engine (RapidOCR with the PP-OCR models of its wheel): where lines are on a picture, and what a line's crop says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.errors import IngestError

_LOOK = 1280  # pixels of a page's longer side when lines are looked for: found as at 2000, in a fifth of the time
_SLENDER = 0.5  # of its longer side that a picture's shorter one has at least: the engine enlarges by the shorter side
_HEIGHT = 48  # pixels that the model wants a line's crop to be high
_WIDEST = 6400  # pixels of width that one crop may have: a line of 130 characters
_BATCH = 4800  # pixels of width that are read at once
_CHOICES = 4  # characters weighed where one is uncertain
_DOUBT = 0.96  # confidence below which the other choices of a character are kept


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as read: where its middle is in the crop (share of its width), how sure, and what else it may be."""

    text: str
    at: float
    sure: float
    choices: tuple[tuple[str, float], ...] = ()


@cache
def engine(threads: int) -> Any:
    """The engine with its models loaded as they are needed; 0 threads lets it take all cores."""
    from rapidocr import RapidOCR

    params = {"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": threads or -1}
    return RapidOCR(params=params)


def need_engine(path: str) -> None:
    """`IngestError` where OCR is not installed."""
    from importlib.util import find_spec

    missing = [name for name in ("rapidocr", "onnxruntime", "cv2") if find_spec(name) is None]
    if missing:
        raise IngestError(path, f"it has pages that are pictures, and reading them needs OCR ({', '.join(missing)} missing); install it with: pip install 'notice-kb[ocr]'")


@contextmanager
def plain_faults() -> Iterator[None]:
    """What the engine and its pictures raise, as Python says it: `MemoryError` where memory was short, else `RuntimeError`."""
    import cv2
    from onnxruntime.capi.onnxruntime_pybind11_state import Fail, RuntimeException
    from rapidocr.inference_engine.onnxruntime import ONNXRuntimeError

    try:
        yield
    except (cv2.error, ONNXRuntimeError, Fail, RuntimeException) as fault:
        if any(word in str(fault).lower() for word in ("alloc", "memory")):
            raise MemoryError from fault
        raise RuntimeError(str(fault)) from fault


def find_quads(picture: Any, threads: int, longest: int = _LOOK) -> Any:
    """The lines of text on a picture (height × width × 3), each as its four corners, clockwise from the upper left: n × 4 × 2."""
    import cv2
    import numpy as np

    scale = min(1.0, longest / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    lacking = [max(0, round(_SLENDER * max(small.shape[:2])) - side) for side in small.shape[:2]]
    if any(lacking):
        small = cv2.copyMakeBorder(small, 0, lacking[0], 0, lacking[1], cv2.BORDER_CONSTANT, value=(255, 255, 255))
    found = engine(threads)._load_det_model()(small).boxes
    return np.zeros((0, 4, 2), np.float32) if found is None else np.asarray(found, np.float32) / scale


def upside_down(pieces: Sequence[Any], threads: int) -> bool:
    """Whether most of these pieces of lines stand on their heads: so they look, and turned they are read more surely."""
    if not pieces:
        return False
    votes = engine(threads).cls_and_rotate([piece.copy() for piece in pieces])[1].cls_res or ()
    turned = sum(score for label, score in votes if label == "180")
    if turned <= sum(score for label, score in votes if label != "180"):
        return False
    standing, turned = (sum(min(g.sure for g in glyphs) for glyphs in read_crops(crops, threads) if glyphs) for crops in (pieces, [p[::-1, ::-1] for p in pieces]))
    return bool(turned > standing)


def read_crops(crops: Sequence[Any], threads: int) -> list[list[Glyph]]:
    """The characters of each crop (height × width × 3), those of equal width read together."""
    order = sorted(range(len(crops)), key=lambda i: crops[i].shape[1] / crops[i].shape[0])
    read: list[list[Glyph]] = [[] for _ in crops]
    at = 0
    while at < len(order):
        batch = [order[at]]
        while at + len(batch) < len(order) and _width(crops[order[at + len(batch)]]) * (len(batch) + 1) <= _BATCH:
            batch.append(order[at + len(batch)])
        at += len(batch)
        for i, glyphs in zip(batch, _read_batch([crops[i] for i in batch], threads), strict=True):
            read[i] = glyphs
    return read


def _width(crop: Any) -> int:
    return min(max(int(crop.shape[1] * _HEIGHT / crop.shape[0]), 48), _WIDEST)


def _read_batch(crops: Sequence[Any], threads: int) -> list[list[Glyph]]:
    import cv2
    import numpy as np

    reader = engine(threads)._load_rec_model()
    widths = [_width(crop) for crop in crops]
    full = max(widths)
    batch = np.zeros((len(crops), 3, _HEIGHT, full), np.float32)
    for i, (crop, width) in enumerate(zip(crops, widths, strict=True)):
        batch[i, :, :, :width] = cv2.resize(crop, (width, _HEIGHT)).transpose(2, 0, 1) / 127.5 - 1
    chances = reader.session(batch)
    letters = reader.postprocess_op.character
    return [_decode(page, letters, full / width) for page, width in zip(chances, widths, strict=True)]


def _decode(chances: Any, letters: Sequence[str], stretch: float) -> list[Glyph]:
    """The characters of one line from the chance of each letter (0: none) at each step from left to right."""
    import numpy as np

    best = chances.argmax(axis=1)
    steps = len(best)
    glyphs = []
    for step in np.flatnonzero(best):
        if step and best[step] == best[step - 1]:
            continue
        row = chances[step]
        sure = float(row[best[step]])
        choices: tuple[tuple[str, float], ...] = ()
        if sure < _DOUBT:
            top = np.argsort(row)[::-1][:_CHOICES]
            choices = tuple((letters[i], float(row[i])) for i in top if i)
        glyphs.append(Glyph(letters[best[step]], (step + 0.5) / steps * stretch, sure, choices))
    return glyphs
