"""An obligation as people read it: its words, who, by when, how much, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kb.export.ledger import when
from views.base import short_name
from views.pages import link
from views.tree import Node, el, marked
from views.words import name_of, t

Json = dict[str, Any]


def source_link(document: str, start: int, end: int) -> str:
    """The address of a passage in its notice."""
    return link("source", doc=document, at=f"{start}-{end}")


def chips(obligation: Json) -> Node:
    """Kind, units with their role, deadlines, targets and parties of an obligation."""
    found = [el("span", "chip kind", name_of("kind", obligation["kind"]))]
    for unit in obligation["units"]:
        found.append(el("span", "chip unit", f"{unit['name']}（{name_of('role', unit['role'])}）", title=unit["canonical"]))
    found += [el("span", "chip deadline", raw) for raw in dict.fromkeys(when(one) for one in obligation["deadlines"])]
    found += [el("span", "chip target", one["raw"], title=one["indicator"]) for one in obligation["targets"]]
    found += [el("span", "chip party", party) for party in obligation["parties"]]
    if obligation.get("corrected"):
        found.append(el("span", "chip corrected", t("source.corrected")))
    return el("div", "chips", *found)


def place_line(document: Json, obligation: Json) -> Node:
    """Where an obligation stands: document, number, headings and page; a link to the place."""
    number = f"（{document['document_number']}）" if document.get("document_number") else ""
    page = f" · {t('source.page', page=obligation['page'])}" if obligation.get("page") else ""
    words = " › ".join([f"{document.get('title') or short_name(document)}{number}", *obligation["path"]]) + page
    return el("a", "from", words, go=source_link(obligation["document"], obligation["start_char"], obligation["end_char"]))


def card(document: Json, obligation: Json, words: Sequence[str] = (), *beside: Node, quiet: bool = False) -> Node:
    """One obligation on a card; `words` are marked in it."""
    text = el("div", "words", *marked(obligation["text"], words))
    return el("div", "card quiet" if quiet else "card", text, chips(obligation), *beside, el("div", "", place_line(document, obligation)))
