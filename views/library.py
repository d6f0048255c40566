"""文档库: the documents of the base: list, upload, removal, what they do to each other, and the figures that they set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import streamlit as st

from kb.records import Json
from views.address import keep, restore, restore_many, restore_one
from views.base import Snapshot, short_name, snapshot
from views.library_figures import show_figures
from views.library_graph import show_graph
from views.library_upload import show_upload
from views.pages import link, page_asked, pager, say
from views.signin import may_edit
from views.tree import Node, draw, el
from views.words import name_of, t

LEVELS = ("national", "provincial", "municipal", "county", "township")
_STANDINGS = ("in force", "not yet in force", "expired", "repealed", "replaced")
_ORDERS: Mapping[str, Callable[[Json], str]] = {
    "issued": lambda document: document["issued_on"] or "",
    "title": lambda document: document["title"] or document["source"],
    "number": lambda document: document["document_number"] or "",
    "level": lambda document: str(LEVELS.index(document["level"])) if document["level"] in LEVELS else "9",
}
_TABS = ("list", "upload", "graph", "figures")
_PAGE = 50
_COLOURS = {"in force": "green", "not yet in force": "amber"}


def show() -> None:
    """The page."""
    of = snapshot()
    restore_one("view", _TABS, "list" if of.size else "upload")
    st.segmented_control(t("library.view"), _TABS, format_func=lambda value: t(f"library.{value}"), key="view", required=True, label_visibility="collapsed")
    keep("view", without=["list"])
    view = st.session_state["view"]
    if view == "upload":
        show_upload(of)
    elif not of.size:
        say("info", t("asking.empty"))
    elif view == "graph":
        show_graph(of)
    elif view == "figures":
        show_figures(of)
    else:
        _show_list(of)


def _show_list(of: Snapshot) -> None:
    """The list with its filters and order, and the removal of documents."""
    standing = of.validity(date.today())
    first, second, third, fourth = st.columns([2, 1.2, 1.2, 1])
    restore("find")
    first.text_input(t("library.find"), key="find", label_visibility="collapsed", placeholder=t("library.find"), type="search")
    restore_many("level", LEVELS)
    second.multiselect(t("filter.level"), LEVELS, format_func=lambda value: name_of("level", value), key="level", label_visibility="collapsed", placeholder=t("filter.level"))
    restore_many("standing", _STANDINGS)
    third.multiselect(t("field.validity"), _STANDINGS, format_func=lambda value: name_of("validity", value), key="standing", label_visibility="collapsed", placeholder=t("field.validity"))
    restore_one("order", list(_ORDERS), "issued")
    fourth.selectbox(t("library.order"), list(_ORDERS), format_func=lambda value: t(f"library.order_{value}"), key="order", label_visibility="collapsed")
    keep("find", "level", "standing")
    keep("order", without=["issued"])
    words = str(st.session_state["find"]).split()
    found = [
        document
        for document in of.documents
        if all(word in f"{document['title']} {document['document_number']} {short_name(document)} {''.join(document['region'])}" for word in words)
        and (not st.session_state["level"] or document["level"] in st.session_state["level"])
        and (not st.session_state["standing"] or standing[document["id"]].status in st.session_state["standing"])
    ]
    order = st.session_state["order"]
    found.sort(key=_ORDERS[order], reverse=order == "issued")
    pages = max(1, -(-len(found) // _PAGE))
    number = page_asked(pages)
    shown = found[(number - 1) * _PAGE : number * _PAGE]
    draw("documents", el("p", "muted", t("library.count", count=len(found))), _table(of, shown, standing), *pager("library", number, pages))
    _remove(of)


def _table(of: Snapshot, documents: list[Json], standing: Mapping[str, object]) -> Node:
    heads = (el("th", "", t(f"field.{name}")) for name in ("title", "document_number", "level", "issued_on", "validity", "items"))
    return el("table", "wide documents", el("thead", "", el("tr", "", *heads)), el("tbody", "", *(_row(of, document, standing[document["id"]]) for document in documents)))


def _row(of: Snapshot, document: Json, validity: object) -> Node:
    status = str(getattr(validity, "status", ""))
    title = el("td", "", el("a", "", document["title"] or short_name(document), go=link("source", doc=document["id"])), el("div", "muted", short_name(document)))
    ended = getattr(validity, "by", None)
    state: list[Node] = [el("span", f"lamp {_COLOURS.get(status, 'grey')}", name_of("validity", status))]
    if ended in of.by_id:
        state.append(el("div", "", el("a", "from", of.by_id[ended]["document_number"] or of.by_id[ended]["title"] or "", go=link("source", doc=ended))))
    count = of.counts.get(document["id"], 0)
    items = el("td", "", el("span", "wide-only", str(count)), el("span", "narrow-only", t("source.items", count=count)))  # a phone shows no heading beside it
    level = " ".join(filter(None, (name_of("level", document["level"]), "".join(document["region"][-1:]))))
    return el("tr", "", title, el("td", "", document["document_number"] or ""), el("td", "", level), el("td", "", document["issued_on"] or ""), el("td", "", *state), items)


def _remove(of: Snapshot) -> None:
    """Removal of documents, which asks twice."""
    if not may_edit():
        return
    with st.expander(t("library.remove")):
        ids = list(of.by_id)
        st.session_state["gone"] = [identity for identity in st.session_state.get("gone", []) if identity in of.by_id]
        chosen = st.multiselect(t("library.which"), ids, format_func=of.names.__getitem__, key="gone")
        sure = st.checkbox(t("library.sure", count=len(chosen)), key="sure") if chosen else False

        def remove() -> None:
            from kb.uploads import forget_files

            of.store.remove(chosen)
            forget_files(of.store.path, [of.by_id[identity]["source"] for identity in chosen])
            st.session_state["sure"] = False
            st.session_state["gone"] = []

        st.button(t("library.remove_now"), type="primary", disabled=not sure, on_click=remove, key="remove_now")
