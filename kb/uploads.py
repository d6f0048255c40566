"""Uploaded files (上传文件): kept beside the base, each in a folder named after its bytes, so that its pages can be shown again."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import KbError
from kb.export.files import file_name

if TYPE_CHECKING:
    from kb.ingestion import Counts
    from kb.reading import Progress
    from kb.store import Store

_LONGEST = 120  # bytes of a name, its ending apart: systems take 255


def folder_of(base: Path) -> Path:
    """Where the files uploaded to a base lie."""
    return base.with_name(f"{base.name}.files")


def kept_name(name: str) -> str:
    """A file's own name without any folder, short enough for every system, its ending kept."""
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, ending = bare.rpartition(".")
    stem, ending = (stem, f".{file_name(ending)[:10]}") if dot and stem else (bare, "")
    while len(stem.encode()) > _LONGEST:
        stem = stem[:-1]
    return f"{file_name(stem)}{ending}"


def keep_file(base: Path, name: str, data: bytes) -> Path:
    """Write an uploaded file to its place; the same bytes and name always to the same."""
    place = folder_of(base) / hashlib.sha256(data).hexdigest()[:16] / kept_name(name)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    except OSError as error:
        raise KbError(name, f"cannot be kept ({error.strerror})", "make room beside the knowledge base") from error
    return place


def take_in(store: Store, files: Iterable[tuple[str, bytes]], on_progress: Progress | None = None, on_failure: Callable[[str, str], None] | None = None) -> Counts:
    """Keep and read uploaded files within the readers' limits; what cannot be read is not kept. `on_failure` gets name and reason."""
    from kb.ingestion import ingest_paths, prepare_search

    places = {str(keep_file(store.path, name, data)): name for name, data in files}

    def shown(words: str) -> str:
        for place, name in places.items():
            words = words.replace(place, name)
        return words

    def tell(source: str, place: int, total: int) -> None:
        if on_progress:
            on_progress(shown(source), place, max(total, len(places)))

    counts = ingest_paths(store, list(places), tell)
    for failure in counts.failures:
        if on_failure:
            on_failure(shown(failure.source), shown(str(failure)))
        if failure.source in places:
            shutil.rmtree(Path(failure.source).parent, ignore_errors=True)
    prepare_search(store)
    return counts


def forget_files(base: Path, sources: Sequence[str]) -> None:
    """Delete the files of removed documents, as far as they were uploaded; files that lie elsewhere are not ours."""
    own = folder_of(base).absolute()
    for source in sources:
        place = Path(source.split("#", 1)[0]).absolute()
        if place.parent.parent == own:
            shutil.rmtree(place.parent, ignore_errors=True)
