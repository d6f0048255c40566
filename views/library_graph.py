"""The graph of documents: who implements, forwards, amends or repeals whom, one row for each level; a click goes on from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from kb.records import Json
from views.address import keep, restore_one
from views.base import Snapshot, short_name
from views.pages import link
from views.tree import Node, draw, el
from views.words import name_of, t

_LEVELS = ("national", "provincial", "municipal", "county", "township", None)
_MOST = 36  # documents that can be read at once
_WIDTH, _HEIGHT, _ACROSS, _DOWN = 168, 44, 184, 112  # of a box, and from box to box
_IN_ROW = 6


def show_graph(of: Snapshot) -> None:
    """The documents around one, drawn and listed."""
    linked = [one for one in of.links if one["resolved"] in of.by_id and one["document_id"] in of.by_id]
    ways = Counter(end for one in linked for end in {one["document_id"], one["resolved"]})
    most = max(of.by_id, key=lambda identity: ways[identity], default="")
    restore_one("center", list(of.by_id), most)
    st.selectbox(t("library.center"), list(of.by_id), format_func=of.names.__getitem__, key="center")
    keep("center")
    center = str(st.session_state["center"])
    shown = around(center, linked)
    held = [one for one in linked if one["document_id"] in shown and one["resolved"] in shown]
    outside = [one for one in of.links if one["document_id"] == center and one["resolved"] is None]
    draw("graph", _legend(), el("div", "scroll", _drawing(of, shown, held, center)), *_listed(of, held, outside, center))


def around(center: str, links: Sequence[Json]) -> list[str]:
    """The documents reached from one by links, the nearest first."""
    near: dict[str, list[str]] = {}
    for one in links:
        near.setdefault(one["document_id"], []).append(one["resolved"])
        near.setdefault(one["resolved"], []).append(one["document_id"])
    found = {center: None}
    waiting = [center]
    while waiting and len(found) < _MOST:
        for other in near.get(waiting.pop(0), ()):
            if other not in found and len(found) < _MOST:
                found[other] = None
                waiting.append(other)
    return list(found)


def places(documents: Sequence[Json]) -> dict[str, tuple[int, int]]:
    """Where each document's box stands: a row for each level that occurs, the highest on top; long rows are folded."""
    found: dict[str, tuple[int, int]] = {}
    row = 0
    for level in _LEVELS:
        here = sorted((one for one in documents if (one["level"] if one["level"] in _LEVELS else None) == level), key=lambda one: one["issued_on"] or "")
        for at, document in enumerate(here):
            found[document["id"]] = (70 + at % _IN_ROW * _ACROSS, 12 + (row + at // _IN_ROW) * _DOWN)
        row += -(-len(here) // _IN_ROW)
    return found


def _drawing(of: Snapshot, shown: Sequence[str], links: Sequence[Json], center: str) -> Node:
    at = places([of.by_id[identity] for identity in shown])
    width = max([x for x, _ in at.values()] + [70 + (_IN_ROW - 1) * _ACROSS]) + _WIDTH + 12  # boxes keep their size, however few they are
    height = max(y for _, y in at.values()) + _HEIGHT + 16
    lines = [_line(at, one) for one in links]
    rows = {at[identity][1]: name_of("level", of.by_id[identity]["level"]) for identity in shown}
    labels = [el("text", "label", words, x=4, y=y + 26) for y, words in rows.items()]
    return el("svg", "graph", *lines, *labels, *(_box(of.by_id[identity], at[identity], identity == center) for identity in shown), viewBox=f"0 0 {width} {height}", role="img")


def _line(at: Mapping[str, tuple[int, int]], one: Json) -> Node:
    (x, y), (to_x, to_y) = at[one["document_id"]], at[one["resolved"]]
    x, to_x = x + _WIDTH // 2, to_x + _WIDTH // 2
    if y == to_y:
        middle = y - 10
        bend = f"M{x} {y} C{x} {middle} {to_x} {middle} {to_x} {to_y}"
    else:
        start, end = (y, to_y + _HEIGHT) if to_y < y else (y + _HEIGHT, to_y)
        half = (start + end) // 2
        bend = f"M{x} {start} C{x} {half} {to_x} {half} {to_x} {end}"
    return el("path", one["relation"], el("title", "", name_of("relation", one["relation"])), d=bend)


def _box(document: Json, place: tuple[int, int], is_center: bool) -> Node:
    x, y = place
    title = document["enclosed_title"] or document["title"] or short_name(document)
    bare = title[title.index("关于") + 2 :] if "关于" in title else title
    go = link("source", doc=document["id"]) if is_center else link("library", view="graph", center=document["id"])
    lines = [el("text", "", bare[:12], x=x + 6, y=y + 18), el("text", "", bare[12:23] + ("…" if len(bare) > 23 else ""), x=x + 6, y=y + 36)]
    return el("g", "middle" if is_center else "", el("title", "", f"{title}\n{document['document_number'] or ''}"), el("rect", "", x=x, y=y, width=_WIDTH, height=_HEIGHT, rx=4), *lines, go=go)


def _legend() -> Node:
    return el("p", "muted", t("library.graph_help"))


def _listed(of: Snapshot, links: Sequence[Json], outside: Sequence[Json], center: str) -> list[Node]:
    """The links of the middle document in words, those to documents that the base has not too."""
    lines: list[Node] = []
    for one in links:
        if center in (one["document_id"], one["resolved"]):
            where = link("source", doc=one["document_id"], at=f"{one['start_char']}-{one['end_char']}")
            lines.append(el("li", "", el("a", "", _name(of, one["document_id"]), go=where), f"　{name_of('relation', one['relation'])} → ", el("a", "", _name(of, one["resolved"]), go=link("source", doc=one["resolved"]))))
    for one in outside:
        where = link("source", doc=center, at=f"{one['start_char']}-{one['end_char']}")
        lines.append(el("li", "", el("a", "", f"{name_of('relation', one['relation'])} → 《{one['title'] or ''}》{one['document_number'] or ''}", go=where), el("span", "muted", t("library.not_held"))))
    return [el("ul", "", *lines)] if lines else [el("p", "muted", t("library.no_links"))]


def _name(of: Snapshot, identity: str) -> str:
    document = of.by_id[identity]
    return str(document["document_number"] or document["title"] or short_name(document))
