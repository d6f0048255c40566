"""From a path or bytes to a document: which files are notices, and which reader reads them."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from ingest.archives import Archive, Way, list_members, member_bytes
from ingest.assemble import assemble, assemble_all
from ingest.document import NOTICE_MARK, Document
from ingest.errors import IngestError
from ingest.formats import SUFFIXES, reader_of, sniff
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.lines import Reading


def _reading(name: str, data: bytes, limits: Limits) -> tuple[str, Reading]:
    """The format of a file and its lines."""
    if not data.strip():
        raise IngestError(name, "the file is empty; check that it was saved or copied whole")
    _check_size(name, len(data), limits)
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


def read(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document in a file; `IngestError` says what is wrong with one that cannot be read."""
    return read_bytes(str(path), _bytes_of(path, limits=limits), limits)


def read_all(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> tuple[Document, ...]:
    """The documents in a file, one for each notice that it holds."""
    return read_all_bytes(str(path), _bytes_of(path, limits=limits), limits)


def read_file(name: str, path: str, way: Way, limits: Limits) -> tuple[Document, ...] | Archive:
    """What the file at `path` holds, named as `name`: its documents, or what is in it where it is an archive.

    With a `way`, the documents of the member of an archive that stands there.
    """
    if way:
        return read_all_bytes(name, member_bytes(name, path, way, limits), limits)
    data = _bytes_of(path, name, limits)
    return list_members(name, data, limits) if is_archive(name, data) else read_all_bytes(name, data, limits)


def read_one(name: str, path: str, limits: Limits) -> Document:
    """The one document that the file at `path` is, named as `name` and taken as one notice."""
    return read_bytes(name, _bytes_of(path, name, limits), limits)


def read_links(path: str, address: str) -> list[str]:
    """The addresses of the files that the notice links to on the page at `path`, which was fetched from `address`."""
    from ingest.attachments import find_attachments

    return find_attachments(Path(path).read_bytes(), address)


def is_archive(name: str, data: bytes) -> bool:
    """Whether bytes are those of a ZIP archive of files, and no document in such a package."""
    return data.startswith(b"PK") and sniff(name, data) == "archive"


def _bytes_of(path: str | Path, name: str = "", limits: Limits = DEFAULT_LIMITS) -> bytes:
    name = name or str(path)
    try:
        found = os.stat(path)
        if stat.S_ISDIR(found.st_mode):
            raise IngestError(name, "this is a folder; give the files in it")
        if not stat.S_ISREG(found.st_mode):
            raise IngestError(name, "this is no file but a device or pipe; give - and pipe it in")
        _check_size(name, found.st_size, limits)
        return Path(path).read_bytes()
    except FileNotFoundError as fault:
        raise IngestError(name, "there is no such file; check the path") from fault
    except PermissionError as fault:
        raise IngestError(name, "the file may not be read; check its permissions") from fault
    except (OSError, ValueError) as fault:
        raise IngestError(name, f"the file cannot be read ({fault}); check the disk or copy it again") from fault


def _check_size(name: str, size: int, limits: Limits) -> None:
    if size > limits.megabytes << 20:
        raise IngestError(name, f"the file has {size >> 20} MB, more than the limit of {limits.megabytes}; raise it with --max-megabytes")


def _walk(folder: str | Path) -> Iterator[tuple[Path, bool]]:
    """The files under a folder in sorted order, and whether each lies in it; hidden ones and Word's lock files left out.

    A link may lead to another place of the folder, no further. Links to folders are not gone into: those inside are
    found where they are, and so no loop of links is without end.
    """
    root = os.path.realpath(folder)
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from ((Path(at) / f, False) for f in folders if os.path.islink(os.path.join(at, f)) and not _lies_in(os.path.join(at, f), root))
        for file in sorted(files):
            path = Path(at) / file
            if not file.startswith((".", "~$")):
                yield path, not path.is_symlink() or _lies_in(path, root)


def _lies_in(path: str | Path, root: str) -> bool:
    """Whether what a link leads to is in the folder `root`; a link to nowhere is, and is told as a missing file."""
    return os.path.join(os.path.realpath(path), "").startswith(os.path.join(root, ""))


def _is_notice(path: Path) -> bool:
    """Whether a file of a folder is read: of a known ending, and no pipe or device."""
    return path.suffix.lower() in SUFFIXES and (path.is_file() or path.is_symlink())


def find_sources(paths: Iterable[str | Path]) -> Iterator[str]:
    """The files to read: those given, and of folders those with a known suffix, in sorted order, hidden ones left out."""
    for path in paths:
        if not Path(path).is_dir():
            yield str(path)
            continue
        yield from (str(file) for file, inside in _walk(path) if inside and _is_notice(file))


def count_unread(folder: str | Path) -> dict[str, int]:
    """How many files under a folder `find_sources` passes over, by their suffix, the most frequent first; {} for a file."""
    counts = Counter(file.suffix.lower() for file, inside in _walk(folder) if inside and not _is_notice(file))
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def find_links_outside(folder: str | Path) -> list[str]:
    """The links under a folder that lead out of it, and so are left out."""
    return [str(file) for file, inside in _walk(folder) if not inside]
