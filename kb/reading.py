"""From what a person names to documents: files, archives, addresses and standard input, read by a process of its own.

While a document is extracted and stored, the next one is read already; what comes out keeps the order of what was named.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.archives import Archive, Member, Way
from ingest.document import Document
from ingest.errors import IngestError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.sources import find_sources, read_file, read_links, read_one
from ingest.worker import Worker

STDIN = "-"
IsStored = Callable[[str, str], bool]
"""Whether what lies at a location is stored with the same SHA-256."""
Progress = Callable[[str, int, int], None]
"""Is told of each source before it is read: its name, its place, how many there are."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is read: its name as given, what tells it from all others, and the file that holds it, in an archive at `way`."""

    name: str
    location: str
    path: str
    way: Way = ()
    sha256: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a source: its documents, or what it holds as an archive, or why it was not read; nothing when unchanged."""

    source: Source
    documents: tuple[Document, ...] = ()
    archive: Archive | None = None
    failure: str = ""


@dataclass(slots=True)
class Reader:
    """Reads sources in their order, each while the one before is worked on."""

    worker: Worker
    is_stored: IsStored
    allow_private: bool = False
    on_progress: Progress | None = None
    _todo: deque[Source] = field(default_factory=deque)
    _named: set[str] = field(default_factory=set)

    def read(self, paths: Iterable[str | Path]) -> Iterator[Found]:
        """What comes of each source under `paths`, and of those that they lead to: members of archives, files linked from pages."""
        for name in find_sources(paths):
            self._add(name)
        ahead: tuple[Source, Found | None] | None = None
        place = 0
        while ahead or self._todo:
            source, known = ahead or self._begin(self._todo.popleft())
            if self.on_progress:
                self.on_progress(source.name, place, place + 1 + len(self._todo))
            found = known or self._end(source)
            if source.path != source.name and not source.way and not found.archive:
                Path(source.path).unlink(missing_ok=True)  # kept for this
            if found.archive:
                self._todo.extendleft(_member(source, member) for member in reversed(found.archive.members))
            else:
                place += 1
            ahead = self._begin(self._todo.popleft()) if self._todo else None
            yield found

    def _add(self, name: str) -> None:
        self._named.add(name)
        self._todo.append(Source(name, locate(name)[0], name))

    def _begin(self, source: Source) -> tuple[Source, Found | None]:
        """Give a source to the process that reads it; or what comes of it, where that is known without reading."""
        if source.refused:
            return source, Found(source, failure=source.refused)
        try:
            if source.name == STDIN:
                source = _kept(source, read_stdin(self.worker.limits), self.worker)
                source = replace(source, location=f"{STDIN}{source.sha256}")  # what is piped in next does not replace it
            elif not source.way and _is_address(source.name):
                source = self._fetch(source)
            if self.is_stored(source.location, source.sha256 or _digest(source.path, self.worker.limits)):
                return source, Found(source)
        except IngestError as error:
            return source, Found(source, failure=str(error))
        self.worker.send(source.name, read_file, source.name, source.path, source.way, self.worker.limits)
        return source, None

    def _fetch(self, source: Source) -> Source:
        """What an address gives, kept in a file; the files of its site that the notice on it links to are sources too."""
        from ingest.web import fetch

        page = fetch(source.name, self.worker.limits, allow_private=self.allow_private)
        source = _kept(source, page.data, self.worker)
        for linked in self.worker.ask(source.name, read_links, source.path, page.final):
            if linked not in self._named:
                self._add(linked)
        return source

    def _end(self, source: Source) -> Found:
        try:
            found = self.worker.receive()
        except IngestError as error:
            return Found(source, failure=str(error))
        return Found(source, archive=found) if isinstance(found, Archive) else Found(source, documents=found)


def read_source(name: str, limits: Limits = DEFAULT_LIMITS, meanwhile: Callable[[], object] | None = None) -> Document:
    """The document in a file, at an address or, for `-`, on standard input; `meanwhile` is called while it is read."""
    with Worker(limits) as worker:
        source = Source(name, name, name)
        if name == STDIN:
            source = _kept(source, read_stdin(limits), worker)
        elif _is_address(name):
            from ingest.web import fetch

            source = _kept(source, fetch(name, limits).data, worker)
        worker.send(name, read_one, name, source.path, limits)
        if meanwhile:
            meanwhile()
        document: Document = worker.receive()
        return document


def read_stdin(limits: Limits = DEFAULT_LIMITS) -> bytes:
    """What is on standard input."""
    most = limits.megabytes << 20
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        raise IngestError(STDIN, f"it has more than the limit of {limits.megabytes} MB; raise it with --max-megabytes")
    return data


def locate(source: str) -> tuple[str, str]:
    """What tells a source from all others wherever the command runs, and its bare name."""
    if source == STDIN or "://" in source:
        return source, source.rstrip("/").rsplit("/", 1)[-1]
    return os.path.abspath(source), os.path.basename(os.path.abspath(source))


def _is_address(name: str) -> bool:
    if "://" not in name:
        return False
    from ingest.web import is_address

    return is_address(name)


def _kept(source: Source, data: bytes, worker: Worker) -> Source:
    """A source whose bytes came from elsewhere, in a file for the process that reads."""
    return replace(source, path=worker.keep(data), sha256=hashlib.sha256(data).hexdigest())


def _member(archive: Source, member: Member) -> Source:
    """A file in an archive as a source of its own."""
    location = f"{archive.location}{member.name.removeprefix(archive.name)}"
    return Source(member.name, location, archive.path, member.way, member.sha256, member.refused)


def _digest(path: str, limits: Limits) -> str:
    """The SHA-256 of a file; empty where it cannot be had, which reading it explains."""
    with suppress(OSError, ValueError):
        if os.path.isfile(path) and os.path.getsize(path) <= limits.megabytes << 20:
            with open(path, "rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
    return ""
