"""The work behind 对照检查: reading a draft, choosing the documents above it, holding it against them. The draft stays nowhere."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from extractors.mentions import Extraction
from ingest.document import Document
from kb.errors import KbError
from kb.ingestion import use_overlay
from kb.records import Json, draft_json
from kb.superiors import LEVELS, choose_superiors, place_draft
from kb.validity import Validity
from views.base import Kept, Snapshot
from views.jobs import Job


@dataclass(frozen=True)
class Draft:
    """A draft that was read, with the documents it would be held against."""

    name: str
    document: Document
    extraction: Extraction
    facts: Json
    reasons: dict[str, str]  # of each document above it on its subject, by id
    chosen: tuple[str, ...]
    problem: str = ""

    @property
    def day(self) -> date:
        """The day by which the documents above it must be in force."""
        return self.document.head.issued_on or self.document.head.printed_on or date.today()


def read_draft(job: Job, of: Snapshot, name: str, data: bytes, region: str | None) -> Draft:
    """Read a draft from its bytes, in a file that is gone when it was read."""
    from dataclasses import replace

    from extractors.pipeline import extract
    from kb.reading import read_source

    use_overlay(os.environ.get("KB_OVERLAY"))
    job.tell("reading")
    with tempfile.TemporaryDirectory(prefix="kb-draft-") as folder:
        file = Path(folder) / f"draft{PurePath(name).suffix[:10]}"
        file.write_bytes(data)
        document = replace(read_source(str(file)), source=name)
    job.tell("extracting")
    extraction = place_draft(extract(document), region)
    facts = draft_json(document, extraction)
    day = document.head.issued_on or document.head.printed_on or date.today()
    try:
        choices = choose_superiors(of.documents, facts, name, of.validity(day))
    except KbError as error:
        return Draft(name, document, extraction, facts, {}, (), str(error))
    reasons = {str(choice.document["id"]): choice.reason for choice in choices}
    return Draft(name, document, extraction, facts, reasons, tuple(str(choice.document["id"]) for choice in choices if choice.used))


def check_now(job: Job, of: Snapshot, draft: Draft, against: Sequence[str]) -> Json:
    """Hold a draft against documents, telling how far it is."""
    from kb.check import check_draft

    job.tell("comparing")
    validity: dict[str, Validity] = of.validity(draft.day)

    class Chosen(Kept):
        """The base with the obligations of the documents chosen alone."""

        def all_obligations(self) -> Any:
            from kb.filters import Filters

            return iter(of.store.find_obligations(Filters(documents=tuple(against))))

    return check_draft(Chosen(of), draft.document, draft.extraction, against, None, lambda done, total: job.tell("comparing", done, total), validity)


def reason(draft: Draft, document: Json) -> str:
    """Why a document would not be chosen by itself: a word of the interface."""
    own, other = draft.facts["level"], document["level"]
    if other in LEVELS and own in LEVELS and LEVELS.index(other) >= LEVELS.index(own):
        return "not_above"
    if tuple(document["region"]) != tuple(draft.facts["region"])[: len(document["region"])]:
        return "elsewhere"
    return "other_subject"
