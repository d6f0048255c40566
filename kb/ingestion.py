"""Reading files into the knowledge base: each is read, extracted and stored by itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from ingest import IngestError, count_unread, find_sources, read, read_all, read_all_bytes, read_bytes
from ingest.document import NOTICE_MARK, Document
from kb.errors import KbError
from kb.store import Outcome, Store

# What a fault of our own in one file may raise: the other files must still be read.
FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, OSError, RuntimeError, TypeError, ValueError)
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that was not stored: what is wrong and what to do."""

    source: str
    reason: str

    def __str__(self) -> str:
        return self.reason if self.reason.startswith(f"{self.source}: ") else f"{self.source}: {self.reason}"


@dataclass(slots=True)
class Counts:
    """What came of the sources given."""

    added: int = 0
    unchanged: int = 0
    replaced: int = 0
    failures: list[Failure] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.added} added, {self.unchanged} unchanged, {self.replaced} replaced, {len(self.failures)} failed"


def use_overlay(path: str | Path | None) -> None:
    """Add the user's own regions (开发区, 新区 …) to the gazetteer; raises `KbError` where the file cannot be used."""
    if path:
        from extractors.regions import OverlayError
        from extractors.regions import use_overlay as use

        try:
            use(path)
        except OverlayError as fault:
            raise KbError(str(path), "cannot be used as an overlay", f"{fault.__cause__ or fault}; corpus/overlay.toml shows the form") from fault


def ingest_paths(
    store: Store,
    paths: Iterable[str | Path],
    on_progress: Callable[[str, int, int], None] | None = None,
    on_failure: Callable[[Failure], None] | None = None,
    again: bool = False,
    allow_private: bool = False,
) -> Counts:
    """Store what lies under `paths`; `on_progress` is told of each source before it is read: its name, its place, how many.

    With `again`, also what has not changed is read anew: for a new version of the rules, or another overlay. Files that a
    page on the web links to are sources too. With `allow_private`, addresses of the own network are fetched.
    """
    counts = Counts()
    sources = list(find_sources(paths))
    for place, source in enumerate(sources):
        if on_progress:
            on_progress(source, place, len(sources))
        try:
            page, linked = _fetch(source, allow_private)
            sources.extend(file for file in linked if file not in sources)
            outcome = _ingest(store, source, again, page)
        except IngestError as error:
            failure = Failure(source, str(error))
        except FAULTS as fault:
            failure = Failure(source, f"cannot be read ({type(fault).__name__}: {fault}): save it in another format and try again")
        else:
            setattr(counts, outcome, getattr(counts, outcome) + 1)
            continue
        counts.failures.append(failure)
        if on_failure:
            on_failure(failure)
    return counts


def passed_over(paths: Iterable[str | Path]) -> list[str]:
    """One line for each folder given that holds files of kinds that are not read: how many, of which endings."""
    lines = []
    for path in paths:
        if counts := count_unread(path):
            endings = ", ".join(f"{count} {suffix or 'without ending'}" for suffix, count in counts.items())
            total = sum(counts.values())
            lines.append(f"{path}: {total} file{'s' if total > 1 else ''} passed over, of kinds that this version does not read: {endings}")
    return lines


def prepare_search(store: Store) -> None:
    """What the first search would have to wait for; the notices are stored whether it can be made or not."""
    from kb.catalogue import prepare

    with suppress(*FAULTS):
        prepare(store)


def _ingest(store: Store, source: str, again: bool, page: bytes | None = None) -> Outcome:
    from extractors.pipeline import extract

    location, name = locate(source)
    if source == STDIN:
        documents = read_all_bytes(STDIN, sys.stdin.buffer.read())
        location = f"{STDIN}{documents[0].sha256}"  # what was piped in once is not replaced by what is piped in next
    elif not again and _unchanged(store, source, location, page):
        return "unchanged"
    else:
        documents = read_all(source) if page is None else read_all_bytes(source, page)
    # The first goes in last: while it is missing the file counts as changed, and is read again.
    outcomes = [store.put(part, extract(part), f"{location}{NOTICE_MARK}{n}", f"{name}{NOTICE_MARK}{n}", again) for n, part in enumerate(documents[1:], 2)]
    store.forget_parts(location, len(documents))
    outcomes.append(store.put(documents[0], extract(documents[0]), location, name, again))
    return next((outcome for outcome in ("replaced", "added") if outcome in outcomes), "unchanged")


def locate(source: str) -> tuple[str, str]:
    """What tells a source from all others wherever the command runs, and its bare name."""
    if source == STDIN or "://" in source:
        return source, source.rstrip("/").rsplit("/", 1)[-1]
    return os.path.abspath(source), os.path.basename(os.path.abspath(source))


def read_source(source: str) -> Document:
    """The document in a file, at an address or, for `-`, on standard input."""
    if source == STDIN:
        return read_stdin()
    page, _ = _fetch(source)
    return read(source) if page is None else read_bytes(source, page)


def _fetch(source: str, allow_private: bool = False) -> tuple[bytes | None, list[str]]:
    """What an address gives, and the addresses of the files that the notice on it links to; None and none for a file."""
    if "://" not in source:
        return None, []
    from ingest.attachments import find_attachments
    from ingest.web import fetch, is_address

    if not is_address(source):
        return None, []
    page = fetch(source, allow_private=allow_private)
    return page.data, find_attachments(page.data, page.final)


def read_stdin() -> Document:
    """The document on standard input."""
    return read_bytes(STDIN, sys.stdin.buffer.read())


def _unchanged(store: Store, source: str, location: str, page: bytes | None = None) -> bool:
    """Whether the bytes of the file or page are stored already, so that it need not be read."""
    try:
        digest = sha256(Path(source).read_bytes() if page is None else page).hexdigest()
    except (OSError, ValueError):
        return False  # reading it will say what is wrong
    return store.holds(digest[:16], location)
