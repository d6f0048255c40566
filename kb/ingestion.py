"""Reading files into the knowledge base: each is read, extracted and stored by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ingest.document import NOTICE_MARK
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.sources import count_unread, find_links_outside
from ingest.worker import Worker
from kb.errors import KbError
from kb.reading import Found, Progress, Reader, locate
from kb.store import Outcome, Store

# What a fault of our own in one file may raise: the other files must still be read.
FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, OSError, RuntimeError, TypeError, ValueError)


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
    passed_over: list[str] = field(default_factory=list)  # a line for each folder or archive with files that are not read

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
    on_progress: Progress | None = None,
    on_failure: Callable[[Failure], None] | None = None,
    again: bool = False,
    allow_private: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Counts:
    """Store what lies under `paths`; `on_progress` is told of each source before it is read: its name, its place, how many.

    With `again`, also what has not changed is read anew: for a new version of the rules, or another overlay. Files in
    archives and files that a page on the web links to are sources too. With `allow_private`, addresses of the own network
    are fetched. Files are read in a process of their own, within the limits.
    """
    given = list(paths)
    counts = Counts(passed_over=passed_over(given))

    def is_stored(location: str, digest: str) -> bool:
        return bool(digest) and not again and store.holds(digest[:16], location)

    with Worker(limits) as worker:
        for found in Reader(worker, is_stored, allow_private, on_progress).read(given):
            failure = _take(store, found, again, counts)
            if failure is None:
                continue
            counts.failures.append(failure)
            if on_failure:
                on_failure(failure)
    return counts


def _take(store: Store, found: Found, again: bool, counts: Counts) -> Failure | None:
    """Store what was found and count it; or say why it could not be."""
    if found.failure:
        return Failure(found.source.name, found.failure)
    try:
        if found.archive:
            store.forget_members(found.source.location, [member.name.removeprefix(found.archive.name) for member in found.archive.members])
            counts.passed_over += _passed_over_line(found.archive.name, found.archive.passed_over)
        else:
            outcome = _store(store, found, again)
            setattr(counts, outcome, getattr(counts, outcome) + 1)
    except FAULTS as fault:
        return Failure(found.source.name, f"cannot be read ({type(fault).__name__}: {fault}): save it in another format and try again")
    return None


def passed_over(paths: Iterable[str | Path]) -> list[str]:
    """One line for each folder given that holds files of kinds that are not read, or links that lead out of it."""
    lines = []
    for path in paths:
        lines += _passed_over_line(str(path), count_unread(path))
        if links := find_links_outside(path):
            lines.append(f"{path}: {len(links)} link{'s' if len(links) > 1 else ''} left out that lead out of the folder: {', '.join(links[:5])}{' …' if len(links) > 5 else ''}")
    return lines


def _passed_over_line(name: str, counts: Mapping[str, int]) -> list[str]:
    """The line for a folder or archive, none where everything in it is read."""
    if not counts:
        return []
    endings = ", ".join(f"{count} {suffix or 'without ending'}" for suffix, count in counts.items())
    total = sum(counts.values())
    return [f"{name}: {total} file{'s' if total > 1 else ''} passed over, of kinds that this version does not read: {endings}"]


def prepare_search(store: Store) -> None:
    """What the first search would have to wait for; the notices are stored whether it can be made or not."""
    from kb.catalogue_files import prepare

    with suppress(*FAULTS):
        prepare(store)


def _store(store: Store, found: Found, again: bool) -> Outcome:
    """Extract and store the documents of a source, each in one transaction."""
    from extractors.pipeline import extract

    if not found.documents:
        return "unchanged"
    location, documents = found.source.location, found.documents
    name = locate(found.source.name)[1]
    # The first goes in last: while it is missing the file counts as changed, and is read again.
    outcomes = [store.put(part, extract(part), f"{location}{NOTICE_MARK}{n}", f"{name}{NOTICE_MARK}{n}", again) for n, part in enumerate(documents[1:], 2)]
    store.forget_parts(location, len(documents))
    store.forget_members(location, [""])  # of an archive that lay there before
    outcomes.append(store.put(documents[0], extract(documents[0]), location, name, again))
    return next((outcome for outcome in ("replaced", "added") if outcome in outcomes), "unchanged")
