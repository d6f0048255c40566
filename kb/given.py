"""Documents as a person names them: stored ones by id, 文号 or file name, or a file that is read and not stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.limits import DEFAULT_LIMITS, Limits
from kb.records import draft_json, obligation_ids, obligation_json
from kb.store import Store

Json = dict[str, Any]


@dataclass(frozen=True)
class Given:
    """A document with its obligations, both in the contract's form."""

    document: Json
    obligations: Sequence[Json]


def load_given(store: Store, name: str, limits: Limits = DEFAULT_LIMITS) -> Given:
    """The document that a person names: the file of that path where there is one, else the stored one."""
    if Path(name).is_file():
        return _read(name, limits)
    identity = store.find_document(name)
    (document,) = store.documents([identity])
    from kb.filters import Filters

    return Given(document, store.find_obligations(Filters(documents=(identity,))))


def _read(name: str, limits: Limits) -> Given:
    from extractors.pipeline import extract
    from kb.reading import read_source

    document = read_source(name, limits)
    extraction = extract(document)
    facts = draft_json(document, extraction)
    ids = obligation_ids(facts["id"], extraction.obligations)
    return Given(facts, [obligation_json(identity, facts["id"], found) for identity, found in zip(ids, extraction.obligations, strict=True)])
