"""Superior documents (上位文件): which stored documents a draft is held against."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from extractors.mentions import Extraction
from extractors.regions import chain_of, regions_named
from kb.errors import KbError
from kb.naming import number_key, short_title_key, title_key
from kb.wording import Weights, share, term_set

LEVELS = ("national", "provincial", "municipal", "county", "township")
SAME_SUBJECT = 0.5  # share of a title's wording that the other must bear
_FORM = re.compile(
    r"^.{0,40}?关于|(?:贯彻落实|贯彻|落实|印发|转发|进一步|全面|深入|切实|加强|做好|推进|推动|促进|加快|实施|开展|工作|行动|专项|的)|"
    r"(?:实施|指导)?(?:通知|意见|方案|办法|决定|规划|计划|细则|规定|批复|函|公告|通告|纲要|条例)(?:（[^（）]{1,12}）)?$|(?:19|20)\d{2}(?:—(?:19|20)\d{2})?年?"
)


def place_draft(extraction: Extraction, region: str | None, source: str) -> Extraction:
    """The draft's extraction with the region that the user names, where one is named."""
    if not region:
        return extraction
    found = regions_named(region)
    if len(found) != 1:
        problem = "several places bear this name" if found else "no place of this name is known"
        raise KbError(region, problem, "give the full name of the draft's region (--region)")
    chain = chain_of(found[0])
    return replace(extraction, level=found[0].level, region=tuple(place.name for place in chain))


def _subject(document: Mapping[str, Any], region: Sequence[str]) -> str:
    titles = [title for title in (document.get("title"), document.get("enclosed_title")) if title]
    subject = "\n".join(_FORM.sub("\n", title_key(title) or "") for title in titles)
    for place in region:
        subject = subject.replace(place, "\n")
    return subject


def _cites(draft: Mapping[str, Any], document: Mapping[str, Any]) -> bool:
    numbers = {number_key(citation["document_number"]) for citation in draft["citations"]} - {None}
    titles = {title_key(citation["title"]) for citation in draft["citations"]} - {None}
    own = {title_key(document.get("title")), short_title_key(document.get("title")), title_key(document.get("enclosed_title"))}
    return number_key(document.get("document_number")) in numbers or bool(titles & own)


def choose_superiors(documents: Sequence[Mapping[str, Any]], draft: Mapping[str, Any], source: str) -> list[str]:
    """The documents of a higher level with jurisdiction over the draft's region that it cites or shares its subject with.

    Raises `KbError` where the draft does not tell its region or no document qualifies.
    """
    level, region = draft["level"], tuple(draft["region"])
    if level not in LEVELS:
        raise KbError(source, "the draft does not tell whose it is", "name its region (--region) or the documents to hold it against (--against)")
    above = LEVELS[: LEVELS.index(level)]
    held = [
        document
        for document in documents
        if document["level"] in above and tuple(document["region"]) == region[: len(document["region"])] and document["id"] != draft["id"]
    ]
    if not held:
        raise KbError(source, "no stored document is of a higher level with jurisdiction over the draft's region", "ingest the superior documents, or name others (--against)")
    subjects = [_subject(document, document["region"]) for document in held]
    own = _subject(draft, region)
    weights = Weights.of([*subjects, own])
    chosen = [
        document["id"]
        for document, subject in zip(held, subjects, strict=True)
        if _cites(draft, document) or _same_subject(subject, own, weights)
    ]
    if not chosen:
        raise KbError(source, f"none of the {len(held)} stored documents above the draft is on its subject", "name the documents to hold it against (--against)")
    return chosen


def _same_subject(one: str, other: str, weights: Weights) -> bool:
    """Whether one title's subject lies within the other's: a plan for a part carries out the plan for the whole."""
    ours, theirs = term_set(one), term_set(other)
    return max(share(ours, theirs, weights, 0.0), share(theirs, ours, weights, 0.0)) >= SAME_SUBJECT


def check_citations(documents: Sequence[Mapping[str, Any]], draft: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each document that the draft cites: stored, not stored, or its number and title belong to different documents."""
    by_number = {number_key(document["document_number"]): document for document in documents if document["document_number"]}
    by_title: dict[str | None, Mapping[str, Any]] = {}
    for document in documents:
        for title in (short_title_key(document["title"]), title_key(document["enclosed_title"]), title_key(document["title"])):
            if title:
                by_title[title] = document
    checked = []
    for citation in draft["citations"]:
        title = title_key(citation["title"])
        numbered = by_number.get(number_key(citation["document_number"]))
        titled = by_title.get(title) or by_title.get(short_title_key(citation["title"]))
        found = numbered or titled
        status = "found" if found else "not in the knowledge base"
        other_number = titled and citation["document_number"] and titled["document_number"] and titled is not numbered
        if (numbered and title and not _bears(numbered, title)) or other_number:
            status = "number and title disagree"
        checked.append(
            {"title": citation["title"], "document_number": citation["document_number"], "status": status, "document": found["id"] if found else None}
        )
    return checked


def _bears(document: Mapping[str, Any], title: str) -> bool:
    """Whether a stored document goes by this title, its own or its enclosed text's, whole or from 关于 on."""
    own = [key for key in (title_key(document["title"]), title_key(document["enclosed_title"])) if key]
    return any(title in key or key in title or (short_title_key(title) or title) in key for key in own) or not own
