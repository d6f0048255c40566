"""企业适用: what an enterprise must do, must not do, will be inspected on, may receive; each with its reason, or the question that is open."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import streamlit as st

from kb.applies import Answer, Item, item_json, judge_all
from kb.export.ledger import when
from kb.groups import GROUPS
from kb.profiles import Profile, make_profile
from kb.records import Json
from views.address import keep, restore, restore_flag, restore_one
from views.base import Snapshot, snapshot
from views.chips import place_line
from views.faults import in_words
from views.jobs import begin, drop, find
from views.pages import link, page_asked, pager, say
from views.tree import Node, draw, el
from views.watching import watch
from views.words import name_of, t

_SIZES = ("", "大型", "中型", "小型", "微型")
_TEXTS = ("industry", "product", "region", "licence", "attribute")
_FIELDS = {"industry": "industry", "product": "products", "region": "region", "licence": "licences", "attribute": "attributes", "size": "size"}
_SHOWN, _PAGE = 15, 50  # items of a group beside the others, and of one that is looked at alone
_LOOKS, _BETWEEN = 16, 0.02  # looks at the work, and seconds between two, before its progress is shown


def show() -> None:
    """The page."""
    of = snapshot()
    for key in _TEXTS:
        restore(key)
    restore_one("size", _SIZES, "")
    restore_flag("expired")
    with st.container(key="beside"):
        _form()
    keep(*_TEXTS, "size", "expired")
    given = {_FIELDS[key]: _words(key) for key in _TEXTS if _words(key)}
    if st.session_state["size"]:
        given["size"] = st.session_state["size"]
    if not set(given) - {"region", "size"}:
        draw("asked", el("p", "muted", t("enterprise.start")))
        return
    without = () if st.session_state["expired"] else of.lapsed(date.today())
    if _is_read(of):
        draw("applies", *_shown(of, _answer(of, make_profile(given, t("enterprise.title")), without)))


def _is_read(of: Snapshot) -> bool:
    """Whether the items of the base are read; where that takes longer, its progress is shown, and what went wrong."""
    if of.is_heard():
        return True
    job = find(_reading.get(of))
    if job is None:
        _reading.clear()
        job = begin(lambda job: of.hear(lambda done, total: job.tell("", done, total)))
        _reading[of] = job.token
    for _ in range(_LOOKS):
        if job.ended:
            break
        time.sleep(_BETWEEN)
    if not job.ended:
        watch(job.token, lambda job: t("enterprise.working", done=job.done, total=job.total))
    elif job.failure:
        drop(_reading.pop(of, ""))  # begun anew the next time
        say("warning", t("checking.stopped") if job.failure == "stopped" else in_words(job.failure))
    return of.is_heard()


def _form() -> None:
    first, second, third = st.columns(3)
    first.text_input(t("enterprise.industry"), key="industry", placeholder="乳制品制造")
    second.text_input(t("enterprise.product"), key="product", placeholder="婴幼儿配方乳粉、鲜奶")
    third.text_input(t("enterprise.region"), key="region", help=t("enterprise.region_help"))
    first, second, third = st.columns(3)
    first.selectbox(t("enterprise.size"), _SIZES, format_func=lambda value: value or t("enterprise.unknown"), key="size")
    second.text_input(t("enterprise.licence"), key="licence")
    third.text_input(t("enterprise.attribute"), key="attribute", placeholder="规模以上、出口、学校食堂")
    st.checkbox(t("filter.expired"), key="expired")


def _words(key: str) -> list[str]:
    return [word.strip() for word in str(st.session_state[key]).replace("，", "、").split("、") if word.strip()]


_reading: dict[Snapshot, str] = {}


@lru_cache(maxsize=200)
def _answer(of: Snapshot, profile: Profile, without: tuple[str, ...]) -> Answer:
    heard = of.hear()
    return judge_all((document for document in of.documents if document["id"] not in without), lambda identity: heard.get(identity, ()), profile)


def _shown(of: Snapshot, answer: Answer) -> list[Node]:
    """The questions that are open, then each group: what is sure, then what is not; or one group alone, page by page."""
    alone = st.query_params.get("group", "")
    if alone not in GROUPS:
        alone = ""
    nodes: list[Node] = []
    if answer.questions and not alone:
        asked = (el("li", "", f"{one['question']}", el("span", "muted", t("enterprise.concerns", count=one["items"]))) for one in answer.questions[:8])
        nodes.append(el("div", "card quiet", el("b", "", t("enterprise.questions")), el("ul", "", *asked)))
    if answer.parts:
        nodes.append(el("p", "muted", t("enterprise.parts", count=len(answer.parts))))
    if alone:
        nodes.append(el("p", "", el("a", "", t("enterprise.all_groups"), go=_way(group=None))))
    for group in GROUPS:
        items = [item for item in answer.items if item.heard.group == group]
        if items and group in (alone or group):
            nodes += _group(of, group, items, bool(alone))
    if not answer.items:
        say("info", t("enterprise.nothing"))
    return nodes


def _group(of: Snapshot, group: str, items: Sequence[Item], alone: bool) -> list[Node]:
    """A group's heading, its items, and the way to the others."""
    sure = sum(item.verdict.certainty == "applies" for item in items)
    nodes: list[Node] = [el("h3", "", f"{name_of('group', group)} · {t('enterprise.counts', sure=sure, open=len(items) - sure)}")]
    if not alone:
        nodes += _items(of, items[:_SHOWN])
        return [*nodes, el("p", "", el("a", "", t("enterprise.rest", count=len(items)), go=_way(group=group)))] if len(items) > _SHOWN else nodes
    pages = -(-len(items) // _PAGE)
    number = page_asked(pages)
    nodes += _items(of, items[(number - 1) * _PAGE : number * _PAGE])
    return [*nodes, *pager("enterprise", number, pages)]


def _way(**state: str | None) -> str:
    """The address of this page with another state."""
    kept: dict[str, Any] = {key: st.query_params.get_all(key) for key in st.query_params if key not in ("p", "group", "lang")}
    return link("enterprise", **(kept | state))


def _items(of: Snapshot, items: Sequence[Item]) -> list[Node]:
    """Items as cards; of those that are not shown nothing is read."""
    held = _read(of, tuple(item.heard.identity for item in items))
    return [_item(item_json(item, held[item.heard.identity], of.by_id[item.heard.document])) for item in items if item.heard.identity in held]


@lru_cache(maxsize=200)
def _read(of: Snapshot, ids: tuple[str, ...]) -> dict[str, Json]:
    return {one["id"]: one for one in of.store.obligations(ids)}


def _item(item: dict[str, Any]) -> Node:
    """One item: its words, why it applies or what would decide it, the office, the dates, its place."""
    obligation = item["obligation"]
    lines: list[Node] = [el("div", "muted", t("enterprise.because", words=item["because"]))]
    if item["asks"]:
        lines.append(el("div", "amber", t("enterprise.asks", words="；".join(item["asks"]))))
    told = [("amounts", item["amounts"]), ("hand_in", item["hand_in"]), ("offices", item["offices"]), ("due", [when(one) for one in obligation["deadlines"]])]
    lines += [el("div", "muted", f"{t(f'enterprise.{key}')}：{'、'.join(dict.fromkeys(values))}") for key, values in told if values]
    sort = "card" if item["certainty"] == "applies" else "card quiet"
    return el("div", sort, el("div", "words", obligation["text"]), *lines, el("div", "", place_line(item["document"], obligation)))
