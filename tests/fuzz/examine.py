"""Whether a file, however damaged, is read or refused as the readers promise: done in the process that reads."""

from __future__ import annotations

import os
import traceback
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from ingest.archives import Archive, list_members
from ingest.errors import IngestError
from ingest.limits import Limits
from ingest.sources import is_archive, read_all_bytes
from ingest.worker import Worker
from tests.fuzz.mutations import mutate

LIMITS = Limits(megabytes=20, pages=200, seconds=20, memory=2048, unpacked=64, members=500)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a file: read, refused or fault, and what was said."""

    kind: str
    words: str = ""


@dataclass(slots=True)
class Tally:
    """What came of many files of one form."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0


def make_example(seeds: Mapping[str, list[bytes]], ending: str, seed: str) -> bytes:
    """A mutated file, the same for the same seed."""
    rng = Random(seed)
    others = seeds[ending] if rng.random() < 0.8 else seeds[rng.choice(list(seeds))]
    return mutate(rng.choice(seeds[ending]), rng, others)


def examine(worker: Worker, ending: str, data: bytes) -> Verdict:
    """What comes of a file; a crash or a hang of the process is a fault too."""
    try:
        verdict: Verdict = worker.ask(f"文{ending}", judge, f"文{ending}", data)
    except IngestError as error:
        return Verdict("fault", str(error))
    return verdict


def judge(name: str, data: bytes) -> Verdict:
    """Read a file and check what it gives, inside the process that reads."""
    _without_others()
    try:
        if is_archive(name, data):
            _check_archive(list_members(name, data, LIMITS))
        else:
            for document in read_all_bytes(name, data, LIMITS):
                _check_document(document)
    except IngestError as error:
        words = str(error)
        return Verdict("refused", words) if words and "\n" not in words else Verdict("fault", f"no sentence: {words!r}")
    except MemoryError:
        raise
    except Exception:
        return Verdict("fault", traceback.format_exc())
    return Verdict("read")


def _without_others() -> None:
    """LibreOffice and the engine of OCR are not what is tested here: the one is absent, the other finds one line a page."""
    os.environ["KB_SOFFICE"] = "/absent/soffice"
    from ingest.lines import Line
    from ingest.readers import scan
    from ingest.readers.printed import Page

    def read_line(pages: Iterable[Any], *rest: Any) -> dict[int, tuple[Page, list[str]]]:
        return {number: (Page(number, 595.0, 842.0, (Line("一、要完成工作。", page=number, box=(79.0, 80.0, 500.0, 96.0)),)), []) for number, *_ in pages}

    vars(scan)["_read_all"] = read_line


def _check_document(document: Any) -> None:
    from tests.ingest.test_properties import check

    check(document)
    document.text.encode()  # no half characters
    if "\0" in document.text:
        raise ValueError("a NUL in the text")


def _check_archive(archive: Archive) -> None:
    for member in archive.members:
        if not member.sha256 and not member.refused:
            raise ValueError(f"{member.name} is neither read nor refused")
