"""问答与检索: one box for questions and searches; each hit with the words that matched, and the way to its place in the notice."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

import streamlit as st

from kb.filters import Filters
from views.address import keep, restore, restore_one
from views.base import Kept, Snapshot, snapshot
from views.chips import card
from views.filters import choose_filters
from views.pages import link, say
from views.tree import Node, draw, el
from views.words import t

_ASKS = re.compile(r"[？?]|谁|什么|哪|多少|何时|几[个项年月天日条]|如何|怎[么样]|是否|吗$|^(?:who|what|when|which|how)\b", re.IGNORECASE)
_STEPS = ("10", "20", "50")


def show() -> None:
    """The page."""
    of = snapshot()
    if not of.size:
        draw("empty", el("div", "card quiet", t("asking.empty"), el("div", "", el("a", "", t("asking.to_library"), go=link("library")))))
        return
    restore("q")
    st.text_input(t("asking.box"), key="q", placeholder=t("asking.example"), label_visibility="collapsed", type="search")
    results, beside = st.columns([3, 1], gap="medium")
    with beside, st.container(key="filters"):
        restore_one("k", _STEPS, _STEPS[0])
        filters = choose_filters(of, date.today())
        st.segmented_control(t("asking.how_many"), _STEPS, key="k", required=True)
    keep("q")
    keep("k", without=_STEPS[:1])
    query = str(st.session_state["q"]).strip()
    with results:
        if query:
            show_found(of, query, filters, int(st.session_state["k"]))
        else:
            draw("start", *_start(of))


def _start(of: Snapshot) -> list[Node]:
    """What stands there before anything was asked."""
    return [
        el("div", "row-figures", el("div", "", el("div", "big", str(of.size)), t("asking.documents")), el("div", "", el("div", "big", str(of.items)), t("asking.obligations"))),
        el("p", "muted", t("asking.start")),
        el("ul", "", *(el("li", "", el("a", "", example, go=link("asking", q=example))) for example in t("asking.examples").split("|"))),
    ]


def show_found(of: Snapshot, query: str, filters: Filters, k: int) -> None:
    """The answer, where a question was asked, and the hits."""
    nodes: list[Node] = []
    if _ASKS.search(query):
        nodes += _answer(of, _asked(of, query, filters.without))
    found = _searched(of, query, k, filters)
    if not found["hits"]:
        say("info", t("asking.nothing"))
    else:
        nodes.append(el("h3", "", t("asking.hits", count=len(found["hits"]))))
        nodes += [_hit(hit) for hit in found["hits"]]
    draw("found", *nodes)


@lru_cache(maxsize=256)
def _asked(of: Snapshot, query: str, without: tuple[str, ...]) -> dict[str, Any]:
    from kb.ask import ask

    return ask(Kept(of), query, without)


@lru_cache(maxsize=256)
def _searched(of: Snapshot, query: str, k: int, filters: Filters) -> dict[str, Any]:
    from kb.search import search

    return search(Kept(of), query, k, filters or None)


def _answer(of: Snapshot, found: dict[str, Any]) -> list[Node]:
    """The answer in words with the passages it rests on."""
    if not found["answered"]:
        return [el("div", "card quiet", el("div", "", t("asking.unanswered")))]
    lines = [el("p", "words", line) for line in str(found["answer"]).splitlines() if line.strip()]
    grounds = [_ground(of, number, hit) for number, hit in enumerate(found["evidence"], 1)]
    return [el("div", "card", el("h3", "", t("asking.answer")), *lines, el("div", "muted", t("asking.grounds")), *grounds)]


def _ground(of: Snapshot, number: int, hit: dict[str, Any]) -> Node:
    document = of.by_id.get(hit["document"]["id"], hit["document"])
    name = document.get("document_number") or document.get("title") or document.get("source") or ""
    where = link("source", doc=hit["document"]["id"], at=f"{hit['start_char']}-{hit['end_char']}")
    return el("div", "", el("a", "", f"[{number}] {name}", go=where), el("span", "muted", f"　{hit['passage'][:120]}"))


def _hit(hit: dict[str, Any]) -> Node:
    given = [word.split(" ", 1)[-1] for word in hit["why"]]
    said = [word for word in given if not any(word != other and word in other for other in given)]  # pairs of characters say no more than their word
    why = el("div", "muted", t("asking.why", words="、".join(dict.fromkeys(said)))) if said else el("div", "muted", t("asking.by_meaning"))
    return card(hit["document"], hit["obligation"], [word for word in said if len(word) > 1], why)
