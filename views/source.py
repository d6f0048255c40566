"""原文: the notice as it was read, with its outline, its mentions, the quoted place, the original page, and corrections."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from ingest.document import Document, Span
from kb.filters import Filters
from views.address import restore_one
from views.base import Snapshot, short_name, snapshot
from views.faults import in_words
from views.pages import link, say
from views.source_correct import correct_here
from views.source_page import show_page
from views.source_text import Stored, legend, mention_marks, outline, paper, window
from views.tree import Node, draw, el
from views.words import name_of, t


@lru_cache(maxsize=64)
def _loaded(of: Snapshot, identity: str) -> tuple[Document, tuple[Stored, ...]]:
    """A notice with its obligations, as the generation has it."""
    return of.store.load(identity), tuple(of.store.load_obligations(Filters(documents=(identity,))))


def show() -> None:
    """The page."""
    of = snapshot()
    if not of.size:
        say("info", t("asking.empty"))
        return
    identity = _choose(of)
    document, obligations = _loaded(of, identity)
    quoted = read_place(st.query_params.get("at", ""), len(document.text))
    first, last = window(document, quoted.start if quoted else 0)
    middle, right = st.columns([3.6, 1.4], gap="medium")
    with middle:
        marks = mention_marks(document, obligations)
        focus = next((f"b{at}" for at in range(first, last) if quoted and document.blocks[at].span.end > quoted.start), None)
        shown = _around(document, identity, first, last, paper(document, first, last, marks, quoted))
        side = el("div", "side", el("h4", "", t("source.outline")), outline(document, identity, first, last))
        draw("paper", el("div", "spread", side, el("div", "", legend(), *shown)), focus=focus)
    with right, st.container(key="aside"):
        correct_here(of, identity, _obligation_at(obligations, quoted))
        show_page(of.by_id[identity], document, quoted)
        draw("head", *_head(of, identity))


def _choose(of: Snapshot) -> str:
    """The notice that the address names, or the one chosen from the list."""
    ids = [document["id"] for document in of.documents]
    restore_one("doc", ids, ids[0])

    def changed() -> None:
        for key in ("at", "id"):
            st.query_params.pop(key, None)

    name = st.selectbox(t("source.choose"), ids, format_func=lambda identity: _name(of, identity), key="doc", label_visibility="collapsed", on_change=changed)
    if st.query_params.get("doc") != name:
        st.query_params["doc"] = name
    return str(name)


def _name(of: Snapshot, identity: str) -> str:
    document = of.by_id[identity]
    number = f"（{document['document_number']}）" if document["document_number"] else ""
    return f"{document['title'] or short_name(document)}{number}"


def read_place(written: str, length: int) -> Span | None:
    """The place that an address names (start-end), None where it names none inside a text of so many characters."""
    start, _, end = written.partition("-")
    if not (start.isdecimal() and end.isdecimal() and len(written) < 24):
        return None
    found = Span(int(start), int(end))
    return found if found.start < found.end <= length else None


def _head(of: Snapshot, identity: str) -> Sequence[Node]:
    """What the notice says of itself, and how it stands today."""
    from datetime import date

    document = of.by_id[identity]
    rows = [("issuing_organs", "、".join(document["issuing_organs"])), ("document_number", document["document_number"]), ("level", name_of("level", document["level"]))]
    rows += [("region", "".join(document["region"])), ("issued_on", document["issued_on"]), ("effective_on", document["effective_on"]), ("expires_on", document["expires_on"])]
    standing = of.validity(date.today())[identity]
    rows.append(("validity", name_of("validity", standing.status)))
    lines = [el("tr", "", el("th", "narrow", t(f"field.{key}")), el("td", "", str(value))) for key, value in rows if value]
    ended = [el("a", "", t("source.ended_by"), go=link("source", doc=standing.by))] if standing.by else []
    warnings = [el("p", "muted", in_words(warning)) for warning in document["warnings"]]
    return [el("table", "", el("tbody", "", *lines)), *ended, *warnings, el("p", "muted", t("source.items", count=of.counts.get(identity, 0)))]


def _around(document: Document, identity: str, first: int, last: int, shown: Node) -> list[Node]:
    """The text with the ways to what stands before and behind it in a long notice."""
    before, behind = [], []
    if first > 0:
        span = document.blocks[first - 1].span
        before = [el("a", "", t("source.before"), go=link("source", doc=identity, at=f"{max(0, span.end - 20)}-{span.end}"))]
    if last < len(document.blocks):
        span = document.blocks[last].span
        behind = [el("a", "", t("source.behind"), go=link("source", doc=identity, at=f"{span.start}-{min(span.end, span.start + 20)}"))]
    return [*before, shown, *behind]


def _obligation_at(obligations: Sequence[Stored], quoted: Span | None) -> Stored | None:
    """The obligation that a place is of: the one named in the address, else the first that overlaps the place."""
    asked = st.query_params.get("id")
    named = next((one for one in obligations if one[0] == asked), None)
    return named or next((one for one in obligations if quoted and one[2].span.overlaps(quoted)), None)


