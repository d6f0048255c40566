"""The work behind 对照检查: reading a draft, choosing the documents above it, holding it against them. The draft stays nowhere."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from extractors.mentions import Extraction
from ingest.document import Document
from kb.errors import KbError
from kb.records import Json, draft_json
from kb.superiors import LEVELS, _cites, choose_superiors, place_draft
from views.base import Kept, Snapshot
from views.jobs import Job


@dataclass(frozen=True)
class Draft:
    """A draft that was read, with the documents it would be held against."""

    name: str
    document: Document
    extraction: Extraction
    facts: Json
    chosen: tuple[str, ...]
    problem: str = ""


def read_draft(job: Job, of: Snapshot, name: str, data: bytes, region: str | None) -> Draft:
    """Read a draft from its bytes, in a file that is gone when it was read."""
    from dataclasses import replace

    from extractors.pipeline import extract
    from kb.reading import read_source

    job.tell("reading")
    with tempfile.TemporaryDirectory(prefix="kb-draft-") as folder:
        file = Path(folder) / f"draft{PurePath(name).suffix[:10]}"
        file.write_bytes(data)
        document = replace(read_source(str(file)), source=name)
    job.tell("extracting")
    extraction = place_draft(extract(document), region, name)
    facts = draft_json(document, extraction)
    try:
        return Draft(name, document, extraction, facts, tuple(choose_superiors(of.documents, facts, name)))
    except KbError as error:
        return Draft(name, document, extraction, facts, (), str(error))


def check_now(job: Job, of: Snapshot, draft: Draft, against: Sequence[str]) -> Json:
    """Hold a draft against documents, telling how far it is."""
    from kb.check import check_draft

    job.tell("comparing")

    class Chosen(Kept):
        """The base with the obligations of the documents chosen alone."""

        def all_obligations(self) -> Any:
            from kb.filters import Filters

            return iter(of.store.find_obligations(Filters(documents=tuple(against))))

    return check_draft(Chosen(of), draft.document, draft.extraction, against, None, lambda done, total: job.tell("comparing", done, total))  # type: ignore[arg-type]


def reason(draft: Draft, document: Json) -> str:
    """Why a document would be chosen: the draft cites it, or it is above it on its subject; else why it would not be."""
    own, other = draft.facts["level"], document["level"]
    if _cites(draft.facts, document):
        return "cited"
    if other in LEVELS and own in LEVELS and LEVELS.index(other) >= LEVELS.index(own):
        return "not_above"
    if tuple(document["region"]) != tuple(draft.facts["region"])[: len(document["region"])]:
        return "elsewhere"
    return "subject" if document["id"] in draft.chosen else "other_subject"
