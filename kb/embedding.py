"""Vectors of a base's obligations: kept in the base under the encoder's name, made where they are missing.

They are put down a batch at a time, so that what was made before an interruption need not be made again. The base
says which encoder it is searched with; another one takes its place when all of its vectors are there, and until then
the old ones serve.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kb.encoder import Encoder, chosen_name, open_encoder
from kb.errors import StoreError
from kb.static_encoder import SHIPPED, StaticEncoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 1024  # obligations whose vectors are put down at once
AT_ONCE = 500  # obligations that a search embeds anew without being asked to
Progress = Callable[[int, int], None]


def passage_of(obligation: Mapping[str, Any]) -> str:
    """The text that stands for an obligation: its innermost heading and itself."""
    return "\n".join((*obligation["path"][-1:], obligation["text"]))


def encoder_name(base: Any) -> str:
    """The encoder that a base is searched with now: the one chosen where that takes no time, else the base's own."""
    if not hasattr(base, "encoder"):
        return chosen_name() or SHIPPED.name
    own = base.encoder() or SHIPPED.name
    wanted = chosen_name() or own
    return wanted if wanted == own or base.count_obligations() <= AT_ONCE else own


def serves(base: Any) -> bool:
    """Whether the encoder that the user chose is the one that the base is searched with."""
    return chosen_name() in ("", encoder_name(base))


def embed(base: Any, encoder: Encoder, ids: Sequence[str], texts: Sequence[str], tokens: Sequence[Any] = (), progress: Progress | None = None) -> NDArray[np.float32]:
    """The vectors of obligations by their passages: those that the base holds, and new ones, which it holds from then on.

    `tokens` are those of the encoder that ships, where they are known.
    """
    import numpy as np

    rows = np.zeros((len(ids), encoder.dimension), dtype=np.float32)
    left = fill_in(base, encoder, ids, rows)
    for first in range(0, len(left), BATCH):
        some = left[first : first + BATCH]
        cut = isinstance(encoder, StaticEncoder) and encoder.folder == SHIPPED and tokens
        rows[some] = encoder.encode_tokens([tokens[row] for row in some]) if cut else encoder.encode([texts[row] for row in some])  # type: ignore[attr-defined]
        _keep(base, encoder.name, {ids[row]: rows[row].astype("<f4").tobytes() for row in some})
        if progress is not None:
            progress(min(first + BATCH, len(left)), len(left))
    return rows


def fill_in(base: Any, encoder: Encoder, ids: Sequence[str], rows: NDArray[np.float32]) -> list[int]:
    """Puts the vectors that the base holds into the rows of their obligations; returns the rows that it has none for."""
    import numpy as np

    missing = dict.fromkeys(range(len(ids)))
    place = {identity: row for row, identity in enumerate(ids)}
    for identity, held in base.vectors(encoder.name, ids) if hasattr(base, "vectors") else ():
        row = place.get(identity)
        if row is not None and len(held) == rows[row].nbytes:
            rows[row] = np.frombuffer(held, dtype="<f4")
            missing.pop(row, None)
    return list(missing)


def _keep(base: Any, name: str, vectors: dict[str, bytes]) -> None:
    """Puts vectors into the base; one that cannot be written is searched without keeping them."""
    if hasattr(base, "put_vectors"):
        try:
            base.put_vectors(name, vectors)
        except StoreError:
            return


def change_encoder(base: Any, name: str, progress: Progress | None = None) -> int:
    """Makes the vectors of another encoder, then has the base searched with it; returns how many obligations it has."""
    encoder = open_encoder(name)
    ids, texts = [], []
    for obligation in base.all_obligations():
        ids.append(obligation["id"])
        texts.append(passage_of(obligation))
    embed(base, encoder, ids, texts, (), progress)
    base.use_encoder(name)
    return len(ids)
