"""Sealed folders: what each file of a cache was when it was written, so that one cut, changed or left half-written is not used."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

SEAL = "seal.json"


def seal(folder: Path) -> None:
    """Note the size and digest of each file in the folder; the last thing written into it."""
    (folder / SEAL).write_text(json.dumps({path.relative_to(folder).as_posix(): [path.stat().st_size, _digest(path)] for path in _files(folder)}), encoding="utf-8")


def broken(folder: Path, thorough: bool = False) -> str:
    """The first file that is not what was sealed, "" where all are; by their sizes, `thorough` also by what is in them."""
    try:
        noted: dict[str, list[str | int]] = json.loads((folder / SEAL).read_text(encoding="utf-8"))
        for name, (size, digest) in noted.items():
            path = folder / name
            if path.stat().st_size != size or thorough and _digest(path) != digest:
                return name
    except (OSError, ValueError, TypeError, AttributeError) as fault:
        return Path(getattr(fault, "filename", None) or SEAL).name
    return ""


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SEAL)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:32]
