"""The figures of one indicator compared: over documents and over the years that they are due in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

import streamlit as st

from kb.records import Json
from views.address import keep, restore_one
from views.base import Snapshot
from views.chips import source_link
from views.pages import say
from views.tree import Node, draw, el
from views.words import name_of, t

_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}


@lru_cache(maxsize=8)
def _indicators(of: Snapshot) -> dict[str, int]:
    from kb.store_indicators import count_indicators

    with of.store.reading() as connection:
        return dict(count_indicators(connection))


@lru_cache(maxsize=64)
def _targets(of: Snapshot, indicator: str) -> tuple[Json, ...]:
    from kb.store_indicators import select_targets

    with of.store.reading() as connection:
        return tuple(select_targets(connection, indicator))


def show_figures(of: Snapshot) -> None:
    """One indicator's figures as bars, each with its document and day."""
    known = _indicators(of)
    if not known:
        say("info", t("library.no_figures"))
        return
    restore_one("indicator", list(known), next(iter(known)))
    st.selectbox(t("library.indicator"), list(known), format_func=lambda name: t("library.indicator_of", name=name, count=known[name]), key="indicator")
    keep("indicator")
    draw("figures", *bars(_targets(of, str(st.session_state["indicator"]))))


def bars(targets: Sequence[Json]) -> list[Node]:
    """A set of bars for each unit of measure, by the day that the figures are due."""
    nodes: list[Node] = []
    for unit, group in groupby(targets, key=lambda target: target["unit"]):
        same = list(group)
        most = max((abs(float(target["upper"] or target["value"])) for target in same), default=1.0) or 1.0
        nodes.append(el("h4", "", t("library.measured", unit=unit or t("library.no_unit"))))
        nodes.append(el("div", "bars", *(_bar(target, most) for target in same)))
    return nodes


def _bar(target: Json, most: float) -> Node:
    figure = f"{_SIGNS.get(target['comparator'], '')}{target['value']}" + (f"–{target['upper']}" if target["upper"] is not None else "") + (target["unit"] or "")
    share = f"{100 * abs(float(target['upper'] or target['value'])) / most:.1f}%"
    year = (target["by"] or "")[:4] or t("library.no_year")
    document = target["document_number"] or target["title"] or ""
    where = source_link(target["document_id"], target["start_char"], target["end_char"])
    name = el("a", "", f"{year} {name_of('level', target['level'])} {document}", go=where, title=f"{target['title'] or ''}\n{target['raw']}")
    return el("div", "bar", name, el("div", "track", el("div", "fill", **{"--share": share})), figure)
