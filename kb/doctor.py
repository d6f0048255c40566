"""The doctor (体检): whether a base is sound; what is derived is made again, all else is named with what to do.

Derived are the indexes of the file, the ledger, the names of units, rows whose document is gone, and the search files
beside the base. The notices, what was extracted from them and what people corrected are only looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from kb import store_health, store_ledger, store_vectors
from kb.correcting import list_corrections
from kb.dialect import VARIABLES, astray, damage, make_indexes_again, only_indexes, remove_rows
from kb.errors import EncoderError, StoreError
from kb.store import Store

State = Literal["mended", "could be mended", "wrong", "to know"]
Progress = Callable[[str, int, int], None]
CHECKS = ("file", "references", "texts", "places", "corrections", "ledger", "encoder", "search")
_NEAR = 0.01  # how far the square of a vector's length may be from 1
_ANEW = "restore the base from a copy, or read the notices into a new one: kb --db NEW ingest …"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: in which check, of what, what is wrong, what came of it and what to do."""

    check: str
    state: State
    subject: str
    problem: str
    remedy: str = ""

    def __str__(self) -> str:
        return ": ".join(part for part in (self.subject, self.problem, self.remedy or self.state) if part)


@dataclass(frozen=True, slots=True)
class Report:
    """What the doctor found."""

    base: str
    documents: int
    obligations: int
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is left that should be otherwise."""
        return all(finding.state in ("mended", "to know") for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """The report as `kb doctor --json` prints it."""
        return {"base": self.base, "documents": self.documents, "obligations": self.obligations, "sound": self.sound, "checks": list(CHECKS), "findings": [asdict(one) for one in self.findings]}


def examine(store: Store, mend: bool = True, on_progress: Progress | None = None) -> Report:
    """Look at all of a base; with `mend`, make again what is derived from the rest. What cannot be read ends the examination."""
    findings: list[Finding] = []
    documents = obligations = 0
    try:
        findings += _file(store, mend)
        findings += _references(store, mend)
        with store.reading() as connection:
            ids = store_health.document_ids(connection)
        documents, obligations = len(ids), store.count_obligations()
        findings += _documents(store, ids, on_progress)
        findings += _corrections(store)
        findings += _ledger(store, ids, mend, on_progress)
        findings += _encoder(store, mend)
        findings += _search(store, mend)
    except EncoderError as error:
        findings.append(Finding("encoder", "wrong", error.subject, error.problem, error.remedy))
    except StoreError as error:
        findings.append(Finding("file", "wrong", error.subject, error.problem, _ANEW if error.remedy and "copy" in error.remedy else error.remedy))
    return Report(str(store.path), documents, obligations, tuple(findings))


def _file(store: Store, mend: bool) -> Iterator[Finding]:
    with store.reading() as connection:
        found = damage(connection)
    if not found:
        return
    name = str(store.path)
    if not only_indexes(found):
        problem = f"the file is damaged ({len(found)} place{'s' if len(found) > 1 else ''}; {found[0]})".replace("\n", " ")
        kept = "; what people corrected is printed by kb correct --list --json" if _corrections_left(store) else ""
        yield Finding("file", "wrong", name, problem, _ANEW + kept)
        return
    if mend:
        with store.writing() as connection:
            make_indexes_again(connection)
    yield Finding("file", "mended" if mend else "could be mended", name, f"{len(found)} entries of indexes do not fit their tables")


def _corrections_left(store: Store) -> int:
    try:
        return len(list_corrections(store))
    except (StoreError, ValueError, TypeError):
        return 0


def _references(store: Store, mend: bool) -> Iterator[Finding]:
    with store.reading() as connection:
        found = astray(connection)
    for table, rows in found.items():
        if mend:
            with store.writing() as connection:
                remove_rows(connection, table, rows)
        yield Finding("references", "mended" if mend else "could be mended", table, f"{len(rows)} rows belong to a document or obligation that is not stored")


def _documents(store: Store, ids: list[tuple[str, str]], on_progress: Progress | None) -> Iterator[Finding]:
    """Each document's text and what points into it."""
    for place, (identity, source) in enumerate(ids):
        if on_progress:
            on_progress(source, place, 2 * len(ids))
        again = f"read it again: kb ingest --again {source}"
        with store.reading() as connection:
            lost = store_health.lacks_text(connection, identity)
            wrong = 0 if lost else store_health.misplaced(connection, identity)
        if lost:
            yield Finding("texts", "wrong", source, f"document {identity} has no text, or not all of it", again)
        if wrong:
            yield Finding("places", "wrong", source, f"{wrong} obligation{'s' if wrong > 1 else ''} of document {identity} do not stand where they are said to", again)
    with store.reading() as connection:
        for identity, source in store_health.nameless(connection):
            yield Finding("references", "wrong", source, f"no file name leads to document {identity}", f"remove it and read its file again: kb remove {identity}")


def _corrections(store: Store) -> Iterator[Finding]:
    held = {one["id"] for one in store.documents()}
    for one in list_corrections(store):
        if not one["placed"]:
            subject = f"{one['obligation_id'] or one['document_id']} {one['field']}"
            if one["document_id"] in held:
                yield Finding("corrections", "to know", subject, f"the passage that {one['who']} corrected is not in the notice as it was read last", "correct the passage that took its place, where there is one; kb correct --list shows it")
            else:
                yield Finding("corrections", "to know", subject, f"the document that {one['who']} corrected is not stored", "it is laid over the notice when that is read again")


class _Unchanged(Exception):
    """Takes back a transaction that was only to see what it would do."""


def _ledger(store: Store, ids: list[tuple[str, str]], mend: bool, on_progress: Progress | None) -> Iterator[Finding]:
    done = 0
    for batch in store_health.in_batches(ids):
        if on_progress:
            on_progress("ledger", len(ids) + done, 2 * len(ids))
        done += len(batch)
        wrong: list[str] = []
        try:
            with store.writing() as connection:
                wrong += [source for identity, source in batch if store_health.derive_ledger(connection, identity)]
                if not mend or not wrong:
                    raise _Unchanged
        except _Unchanged:
            pass
        except StoreError as error:
            yield Finding("ledger", "to know", str(store.path), f"the ledger was not looked at, since the base {error.problem}")
            return
        for source in wrong:
            yield Finding("ledger", "mended" if mend else "could be mended", source, "its rows of the ledger are not what its obligations give")
    with store.reading() as connection:
        unused = store_health.unused_names(connection)
    if unused and mend:  # a correction leaves some, and they do no harm
        with store.writing() as connection:
            store_ledger.forget_unused(connection)


def _encoder(store: Store, mend: bool) -> Iterator[Finding]:
    """Vectors that are none of the encoder that search works with: they are made again of their passages."""
    from kb.embedding import encoder_name
    from kb.encoder import open_encoder

    encoder = open_encoder(encoder_name(store))
    found = list(_no_vectors(store.vectors(encoder.name), encoder.dimension))
    if found and mend:
        with store.writing() as connection:
            for start in range(0, len(found), VARIABLES):
                store_vectors.forget(connection, encoder.name, found[start : start + VARIABLES])
    if found:
        yield Finding("encoder", "mended" if mend else "could be mended", encoder.name, f"{len(found)} of its vectors in the base are not whole")


def _no_vectors(vectors: Iterator[tuple[str, bytes]], dimension: int) -> Iterator[str]:
    """The obligations whose vector has another length than the encoder's, or is not of length 1 (0 where the text has no known word)."""
    import numpy as np

    for identity, held in vectors:
        row = np.frombuffer(held, "<f4") if len(held) == 4 * dimension else None
        with np.errstate(all="ignore"):
            length = -1.0 if row is None else float(row @ row)
        if not (abs(length - 1) < _NEAR or length == 0):
            yield identity


def _search(store: Store, mend: bool) -> Iterator[Finding]:
    from kb.catalogue_files import ailment, renew

    found = ailment(store)
    if not found:
        return
    name = f"{store.path}.search"
    if mend:
        renew(store)
        if ailment(store):
            yield Finding("search", "wrong", name, f"the search files are {found} and cannot be written", "give the folder room and the right to be written into; until then every search makes them anew")
            return
    yield Finding("search", "mended" if mend else "could be mended", name, f"the search files are {found}")
