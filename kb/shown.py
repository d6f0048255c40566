"""What a hit shows (展示内容): each passage of a part as it is printed, with its document, so that a search asks the database for none.

Records are packed one by one, with the words that all of them have (`_COMMON`) known beforehand, and lie in one file in the order of
the rows, of which a search opens the few that it shows.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ABOUT = ("id", "source", "title", "document_number", "level")  # what a hit says of its document
_COMMON = (
    '"page":null,"path":["一、（一）1."],"units":[],"targets":[],"parties":[],"citations":[],"confidence":0.9}'
    ',"raw":"","indicator":"","comparator":">=","value":1,"upper":null,"unit":"%","reference":null,"by":null,'
    '"type":"by","start":null,"end":"2025-12-31","recurrence":null,"inherited":true,"start_char":0,"end_char":0},'
    '{"name":"市","role":"responsible","canonical":"人民政府办公室","inherited":false,"start_char":1,"end_char":2}],"deadlines":[],'
    '"document_number":"〔2021〕1号","level":"municipal"},{"id":"","source":".txt","title":"关于印发实施方案的通知",'
    '"kind":"duty","text":"加强监督管理，推进落实工作。","start_char":0,"end_char":0'
).encode()
_LEVEL = 4  # of packing: half the time of the default, nearly as small


@dataclass(frozen=True)
class Shown:
    """Packed records one after the other; that of row `i` is `data[starts[i]:starts[i + 1]]`."""

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def record(self, row: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """The passage in a row, in the form of an obligation, and what a hit says of its document."""
        packed = self.data[self.starts[row] : self.starts[row + 1]].tobytes()
        passage, document = json.loads(zlib.decompressobj(zdict=_COMMON).decompress(packed))
        return passage, document

    @classmethod
    def merged(cls, parts: Sequence[tuple[Shown, NDArray[np.bool_]]]) -> Shown:
        """The records of several parts one after another, each with the rows of it that are kept."""
        import numpy as np

        data, lengths = [], []
        for part, kept in parts:
            long = np.diff(part.starts)
            data.append(np.asarray(part.data)[np.repeat(kept, long)])
            lengths.append(long[kept])
        return cls(np.concatenate(data), np.concatenate([[0], np.cumsum(np.concatenate(lengths))]).astype(np.int64))

    def save(self, folder: Path) -> None:
        """Writes the records into a folder."""
        import numpy as np

        np.save(folder / "shown.npy", self.data)
        np.save(folder / "starts_of_shown.npy", self.starts)

    @classmethod
    def load(cls, folder: Path) -> Shown:
        """The records that `save` wrote; raises `OSError` where they are damaged."""
        import numpy as np

        try:
            data, starts = (np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in ("shown", "starts_of_shown"))
        except (ValueError, EOFError) as fault:
            raise OSError(f"{folder} holds no records to show") from fault
        if not len(starts) or int(starts[-1]) != len(data):
            raise OSError(f"{folder} holds no records to show")
        return cls(data, starts)


@dataclass
class Packed:
    """Records as they are gathered, a passage at a time."""

    data: bytearray = field(default_factory=bytearray)
    starts: list[int] = field(default_factory=lambda: [0])

    def add(self, passage: Mapping[str, Any], document: Mapping[str, Any]) -> None:
        """Takes the next passage (in the form of an obligation as exported) with its document."""
        about = {key: document.get(key) for key in ABOUT}
        packer = zlib.compressobj(_LEVEL, zdict=_COMMON)
        self.data += packer.compress(json.dumps([passage, about], ensure_ascii=False, separators=(",", ":")).encode()) + packer.flush()
        self.starts.append(len(self.data))

    def done(self) -> Shown:
        """The records of all that were taken."""
        import numpy as np

        return Shown(np.frombuffer(bytes(self.data), dtype=np.uint8), np.asarray(self.starts, dtype=np.int64))
