"""Validity (时效): which stored documents are in force on a day, and by what the others ended: 有效期, repeal, replacement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from kb import store_links
from kb.records import Json
from kb.store import Store

Status = Literal["in force", "not yet in force", "expired", "repealed", "replaced"]
LAPSED: tuple[Status, ...] = ("expired", "repealed", "replaced")
_TRIAL = re.compile(r"[（(](?:试行|暂行)[）)]|暂行(?:办法|规定|条例|细则|标准)|试行(?:办法|方案)")


@dataclass(frozen=True, slots=True)
class Validity:
    """How a document stands on a day; `by` is the document that ended it, `on` the day from which it is so."""

    status: Status
    on: str | None = None
    by: str | None = None
    trial: bool = False  # 试行, 暂行: meant to be taken up again

    def as_json(self) -> Json:
        """As `kb documents --json` prints it."""
        return {"status": self.status, "on": self.on, "by": self.by, "trial": self.trial}


def judge(document: Mapping[str, Any], day: date, ended_by: Sequence[tuple[str, str, str | None]] = ()) -> Validity:
    """How a document stands on a day; `ended_by`: relation, document and first day of each that repeals or replaces it."""
    today = day.isoformat()
    trial = bool(_TRIAL.search(f"{document['title'] or ''}{document['enclosed_title'] or ''}"))
    for relation, other, since in ended_by:
        own = document["issued_on"]
        if (since is None or since <= today) and not (own and since and since < own):
            return Validity("replaced" if relation == "replaces" else "repealed", since, other, trial)
    if document["expires_on"] and document["expires_on"] < today:
        return Validity("expired", document["expires_on"], None, trial)
    if document["effective_on"] and document["effective_on"] > today:
        return Validity("not yet in force", document["effective_on"], None, trial)
    return Validity("in force", document["effective_on"], None, trial)


def judge_all(terms: Iterable[Mapping[str, Any]], links: Iterable[Mapping[str, Any]], day: date) -> dict[str, Validity]:
    """How every document stands on a day, by its id."""
    held = {term["id"]: term for term in terms}
    ended: dict[str, list[tuple[str, str, str | None]]] = {}
    for link in links:
        if link["resolved"] in held and link["relation"] in ("repeals", "replaces"):
            other = held[link["document_id"]]
            ended.setdefault(link["resolved"], []).append((link["relation"], other["id"], other["effective_on"] or other["issued_on"]))
    return {identity: judge(term, day, ended.get(identity, ())) for identity, term in held.items()}


def validities(store: Store, day: date) -> dict[str, Validity]:
    """How every stored document stands on a day."""
    with store.reading() as connection:
        return judge_all(store_links.load_terms(connection), store_links.load_links(connection, ("repeals", "replaces")), day)


def lapsed(store: Store, day: date) -> dict[str, Validity]:
    """The stored documents that are no longer in force on a day."""
    return {identity: found for identity, found in validities(store, day).items() if found.status in LAPSED}
