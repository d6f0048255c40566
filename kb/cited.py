"""Citations of a draft (引用核对): whether the documents that it names are stored, go by that name, and still hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kb.naming import number_key, short_title_key, title_key
from kb.validity import Validity

Held = Mapping[str, Any]
_YEAR = re.compile(r"〔(\d{4})〕")


def check_citations(documents: Sequence[Held], draft: Mapping[str, Any], validity: Mapping[str, Validity] | None = None) -> list[dict[str, Any]]:
    """Each document that the draft cites: stored, not stored, misnamed, or no longer in force, with a note for the drafter.

    `validity` says by id how the stored documents stand at the draft's date.
    """
    by_number = {number_key(document["document_number"]): document for document in documents if document["document_number"]}
    by_title: dict[str | None, Held] = {}
    for document in documents:
        for title in (short_title_key(document["title"]), title_key(document["enclosed_title"]), title_key(document["title"])):
            if title:
                by_title[title] = document
    titles = {document["id"]: _name(document) for document in documents}
    checked = []
    for citation in draft["citations"]:
        numbered = by_number.get(number_key(citation["document_number"]))
        titled = by_title.get(title_key(citation["title"])) or by_title.get(short_title_key(citation["title"]))
        status, note = _status(citation, numbered, titled)
        found = numbered or titled
        if found and status == "found":
            status, note = _standing((validity or {}).get(found["id"]), titles)
        place = {key: citation[key] for key in ("start_char", "end_char") if key in citation}
        checked.append(
            {"title": citation["title"], "document_number": citation["document_number"], "status": status, "document": found["id"] if found else None, "note": note, **place}
        )
    return checked


def _status(citation: Held, numbered: Held | None, titled: Held | None) -> tuple[str, str]:
    """How number and title of a citation agree with what is stored."""
    number, title = number_key(citation["document_number"]), title_key(citation["title"])
    if not numbered and not titled:
        return "not in the knowledge base", ""
    own = number_key(titled["document_number"]) if titled else None
    if titled and number and own and titled is not numbered and own != number:
        printed, right = _YEAR.search(number), _YEAR.search(own)
        if printed and right and _YEAR.sub("", number) == _YEAR.sub("", own):
            return "number and title disagree", f"年份有误：该文件的文号为{titled['document_number']}"
        return "number and title disagree", f"该文件的文号为{titled['document_number']}"
    if numbered and title and not bears(numbered, title):
        return "number and title disagree", f"{numbered['document_number']}是{_name(numbered)}"
    return "found", ""


def _standing(found: Validity | None, titles: Mapping[str, str]) -> tuple[str, str]:
    """The status and note of a stored document by how it stands."""
    if found is None or found.status == "in force":
        return "found", ""
    if found.status in ("repealed", "replaced"):
        verb = "废止" if found.status == "repealed" else "替代"
        return found.status, f"已被{titles.get(found.by or '', '其他文件')}{verb}"
    words = "有效期已满" if found.status == "expired" else "尚未施行"
    return "found", f"{words}（{found.on}）" if found.on else words


def _name(document: Held) -> str:
    title = document["title"] or document["enclosed_title"]
    return f"《{title}》" if title else str(document["document_number"] or document["id"])


def bears(document: Held, title: str) -> bool:
    """Whether a stored document goes by this title, its own or its enclosed text's, whole or from 关于 on."""
    own = [key for key in (title_key(document["title"]), title_key(document["enclosed_title"])) if key]
    return any(title in key or key in title or (short_title_key(title) or title) in key for key in own) or not own
