"""From a path or bytes to a document: which files are notices, and which reader reads them."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from ingest.assemble import assemble, assemble_all
from ingest.document import NOTICE_MARK, Document
from ingest.errors import IngestError
from ingest.formats import SUFFIXES, reader_of
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.lines import Reading


def _reading(name: str, data: bytes, limits: Limits) -> tuple[str, Reading]:
    """The format of a file and its lines."""
    if not data.strip():
        raise IngestError(name, "the file is empty; check that it was saved or copied whole")
    if len(data) > limits.megabytes << 20:
        raise IngestError(name, f"the file has {len(data) >> 20} MB, more than the limit of {limits.megabytes}; raise it with --max-megabytes")
    kind, module = reader_of(name, data)
    reading: Reading = import_module(f"ingest.readers.{module}").read_lines(data, name, limits)
    return kind, reading


def read_bytes(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document that `data` holds, taken as one notice; `name` is where it came from, as it was given."""
    kind, reading = _reading(name, data, limits)
    document = assemble(reading.lines, pages=reading.pages, warnings=reading.warnings)
    return _named((document,), name, kind, data)[0]


def read_all_bytes(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[Document, ...]:
    """The documents that `data` holds, one for each notice: the first bears the file's own name and digest, the others name#2, name#3 …"""
    kind, reading = _reading(name, data, limits)
    return _named(assemble_all(reading.lines, pages=reading.pages, warnings=reading.warnings), name, kind, data)


def _named(documents: tuple[Document, ...], name: str, kind: str, data: bytes) -> tuple[Document, ...]:
    """The documents of one file with their source, digest and format."""
    if not any(document.text.strip() for document in documents):
        raise IngestError(name, "the file holds no text; check that it is the notice")
    digest = hashlib.sha256(data).hexdigest()
    named = [replace(documents[0], source=name, sha256=digest, format=kind)]
    for n, document in enumerate(documents[1:], 2):
        named.append(replace(document, source=f"{name}{NOTICE_MARK}{n}", sha256=hashlib.sha256(f"{digest}{NOTICE_MARK}{n}".encode()).hexdigest(), format=kind))
    return tuple(named)


def read(path: str | Path) -> Document:
    """The document in a file; `IngestError` says what is wrong with one that cannot be read."""
    return read_bytes(str(path), _bytes_of(path))


def read_all(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> tuple[Document, ...]:
    """The documents in a file, one for each notice that it holds."""
    return read_all_bytes(str(path), _bytes_of(path), limits)


def _bytes_of(path: str | Path) -> bytes:
    name = str(path)
    try:
        if Path(path).is_dir():
            raise IngestError(name, "this is a folder; give the files in it")
        return Path(path).read_bytes()
    except FileNotFoundError as fault:
        raise IngestError(name, "there is no such file; check the path") from fault
    except PermissionError as fault:
        raise IngestError(name, "the file may not be read; check its permissions") from fault
    except (OSError, ValueError) as fault:
        raise IngestError(name, f"the file cannot be read ({fault}); check the disk or copy it again") from fault


def _walk(folder: str | Path) -> Iterator[Path]:
    """The files under a folder in sorted order, hidden ones and Word's lock files left out."""
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from (Path(at) / file for file in sorted(files) if not file.startswith((".", "~$")))


def find_sources(paths: Iterable[str | Path]) -> Iterator[str]:
    """The files to read: those given, and of folders those with a known suffix, in sorted order, hidden ones left out."""
    for path in paths:
        if not Path(path).is_dir():
            yield str(path)
            continue
        yield from (str(file) for file in _walk(path) if file.suffix.lower() in SUFFIXES)


def count_unread(folder: str | Path) -> dict[str, int]:
    """How many files under a folder `find_sources` passes over, by their suffix, the most frequent first; {} for a file."""
    counts = Counter(file.suffix.lower() for file in _walk(folder) if file.suffix.lower() not in SUFFIXES)
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))
