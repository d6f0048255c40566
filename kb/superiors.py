"""Superior documents (上位文件): which stored documents a draft is held against."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractors.mentions import Extraction
from kb.errors import KbError
from kb.naming import number_key, short_title_key, title_key
from kb.places import place_named
from kb.validity import Validity
from kb.wording import Weights, share, term_set

LEVELS = ("national", "provincial", "municipal", "county", "township")
LEVEL = {"national": "国家", "provincial": "省级", "municipal": "市级", "county": "县级", "township": "乡级"}
ENDED = {"expired": "有效期已满，不作对照", "repealed": "已被废止，不作对照", "replaced": "已被替代，不作对照"}
SAME_SUBJECT = 0.5  # share of a title's wording that the other must bear
_FORM = re.compile(
    r"^.{0,40}?关于|(?:贯彻落实|贯彻|落实|印发|转发|进一步|全面|深入|切实|加强|做好|推进|推动|促进|加快|实施|开展|工作|行动|专项|的)|"
    r"(?:实施|指导)?(?:通知|意见|方案|办法|决定|规划|计划|细则|规定|批复|函|公告|通告|纲要|条例)(?:（[^（）]{1,12}）)?$|(?:19|20)\d{2}(?:—(?:19|20)\d{2})?年?"
)


def place_draft(extraction: Extraction, region: str | None) -> Extraction:
    """The draft's extraction with the region that the user names, where one is named."""
    if not region:
        return extraction
    level, chain = place_named(region)
    return replace(extraction, level=level, region=chain)


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


@dataclass(frozen=True)
class Choice:
    """One stored document that a draft might be held against: whether it is, and why."""

    document: Mapping[str, Any]
    used: bool
    reason: str
    validity: Validity

    def to_json(self) -> dict[str, Any]:
        document = {key: self.document[key] for key in ("id", "title", "document_number", "level")}
        return document | {"used": self.used, "reason": self.reason, "validity": self.validity.as_json()}


def choose_superiors(documents: Sequence[Mapping[str, Any]], draft: Mapping[str, Any], source: str, validity: Mapping[str, Validity] | None = None) -> list[Choice]:
    """The documents of a higher level with jurisdiction over the draft's region that it cites or shares its subject with.

    Those of them that are no longer in force at the draft's date (`validity`, by id) are told and not used. Raises
    `KbError` where the draft does not tell its region or no document qualifies.
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
    choices = []
    for document, subject in zip(held, subjects, strict=True):
        cited = _cites(draft, document)
        if cited or _same_subject(subject, own, weights):
            place = "、".join(document["region"][-1:]) or "全国"
            why = f"{LEVEL[document['level']]}文件，适用于{place}，" + ("草案引用了它" if cited else "与草案主题相同")
            choices.append(_choice(document, why, validity or {}))
    if not any(choice.used for choice in choices):
        problem = f"none of the {len(held)} stored documents above the draft is on its subject"
        if choices:
            problem = f"the {len(choices)} stored documents above the draft on its subject are no longer in force"
        raise KbError(source, problem, "name the documents to hold it against (--against)")
    return choices


def named_superiors(documents: Sequence[Mapping[str, Any]], draft: Mapping[str, Any], ids: Sequence[str], validity: Mapping[str, Validity] | None = None) -> list[Choice]:
    """The documents that the user names, in force or not, of whatever region; what speaks against one is told.

    Raises `KbError` where no stored document has one of the ids.
    """
    held = {document["id"]: document for document in documents}
    choices = []
    for identity in dict.fromkeys(ids):
        if identity not in held:
            raise KbError(identity, "no stored document has this id", "see kb documents")
        document = held[identity]
        choice = _choice(document, "由使用者指定", validity or {})
        reason = choice.reason
        if draft["level"] in LEVELS and tuple(document["region"]) != tuple(draft["region"])[: len(document["region"])]:
            reason += f"；注意：是{''.join(document['region'])}的文件，对草案所在地没有约束力，仅供参考"
        choices.append(replace(choice, used=True, reason=reason))
    return choices


def _choice(document: Mapping[str, Any], why: str, validity: Mapping[str, Validity]) -> Choice:
    found = validity.get(document["id"], Validity("in force"))
    ended = ENDED.get(found.status)
    return Choice(document, ended is None, f"{why}；{ended}{f'（{found.on}）' if found.on else ''}" if ended else why, found)


def _same_subject(one: str, other: str, weights: Weights) -> bool:
    """Whether one title's subject lies within the other's: a plan for a part carries out the plan for the whole."""
    ours, theirs = term_set(one), term_set(other)
    return max(share(ours, theirs, weights, 0.0), share(theirs, ours, weights, 0.0)) >= SAME_SUBJECT
