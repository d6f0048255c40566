"""From a path or bytes to a document: which files are notices, and which reader reads them."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from ingest.assemble import assemble
from ingest.document import Document
from ingest.errors import IngestError

READ = "TXT, MD, DOCX and PDF are read"
SUFFIXES = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".docx": "docx", ".pdf": "pdf"}
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"BM", "bitmap"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
)


def _kind(name: str, data: bytes) -> str:
    """What the bytes are, by their first ones; the suffix only tells text from markdown."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if found == "bitmap":
        found = "a picture" if b"\x00" in data[:64] else None
    if found == "zip":
        return _zip_kind(name, data)
    if found == "ole":
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise IngestError(name, "the document is encrypted; remove its password and add it again")
        raise IngestError(name, "old Word files (.doc) are not read yet; save it as DOCX or PDF")
    if found == "pdf":
        return found
    if found is not None:
        raise IngestError(name, f"this is {found}, which is not read yet; {READ}")
    if head[:200].lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise IngestError(name, f"saved web pages are not read yet; save its text, {READ}")
    declared = SUFFIXES.get(Path(name).suffix.lower(), "text")
    return declared if declared in ("text", "markdown") else "text"


def _zip_kind(name: str, data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise IngestError(name, "the file is damaged; get it again or save it anew") from fault
    if "word/document.xml" in names:
        return "docx"
    what = "OFD" if any(n.lower().endswith("ofd.xml") for n in names) else "a workbook" if "xl/workbook.xml" in names else "an archive"
    raise IngestError(name, f"this is {what}, which is not read yet; {READ}")


def read_bytes(name: str, data: bytes) -> Document:
    """The document that `data` holds; `name` is where it came from, as it was given."""
    if not data.strip():
        raise IngestError(name, "the file is empty; check that it was saved or copied whole")
    kind = _kind(name, data)
    if kind == "pdf":
        from ingest.readers.pdf import read_lines as read_pdf

        lines, pages, warnings = read_pdf(data, name)
        document = assemble(lines, pages=pages, warnings=warnings)
    elif kind == "docx":
        from ingest.readers.docx import read_lines as read_docx

        document = assemble(read_docx(data, name))
    else:
        from ingest.readers.text import decode, read_lines

        document = assemble(read_lines(decode(data, name)))
    if not document.text.strip():
        raise IngestError(name, "the file holds no text; check that it is the notice")
    return replace(document, source=name, sha256=hashlib.sha256(data).hexdigest(), format=kind)


def read(path: str | Path) -> Document:
    """The document in a file; `IngestError` says what is wrong with one that cannot be read."""
    return read_bytes(str(path), _bytes_of(path))


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
