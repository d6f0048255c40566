"""企业适用: what an enterprise must do, must not do, will be inspected on, may receive; each with its reason, or the question that is open."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import streamlit as st

from kb.applies import GROUPS
from kb.export.ledger import when
from kb.filters import Filters
from kb.profiles import Profile, make_profile
from kb.records import Json
from views.address import keep, restore, restore_flag, restore_one
from views.base import Snapshot, snapshot
from views.chips import place_line
from views.jobs import Job, begin, drop, find
from views.pages import say
from views.tree import Node, draw, el
from views.watching import watch
from views.words import name_of, t

_SIZES = ("", "大型", "中型", "小型", "微型")
_TEXTS = ("industry", "product", "region", "licence", "attribute")
_FIELDS = {"industry": "industry", "product": "products", "region": "region", "licence": "licences", "attribute": "attributes", "size": "size"}
_SHOWN = 200  # items of a group that are listed
_LOOKS, _BETWEEN = 16, 0.02  # looks at the work, and seconds between two, before its progress is shown
_KEPT = 200  # answers


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
    profile = make_profile(given, t("enterprise.title"))
    without = () if st.session_state["expired"] else of.lapsed(date.today())
    job = _judged(of, profile, without)
    for _ in range(_LOOKS):
        if job.ended:
            break
        time.sleep(_BETWEEN)
    if not job.ended:
        watch(job.token, lambda job: t("enterprise.working", done=job.done, total=job.total))
    elif job.failure:
        _forget(of, profile, without)
        say("warning", t("checking.stopped") if job.failure == "stopped" else job.failure)
    else:
        draw("applies", *_shown(job.result))


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


_jobs: dict[tuple[Snapshot, Profile, tuple[str, ...]], str] = {}


def _judged(of: Snapshot, profile: Profile, without: tuple[str, ...]) -> Job:
    """The work that judges every item for a profile: begun once, found again by whoever asks the same."""
    job = find(_jobs.get((of, profile, without)))
    if job is None:
        job = begin(lambda job: _found(job, of, profile, without))
        if len(_jobs) > _KEPT:
            _jobs.clear()
        _jobs[of, profile, without] = job.token
    return job


def _forget(of: Snapshot, profile: Profile, without: tuple[str, ...]) -> None:
    """Let what was stopped or failed begin anew the next time."""
    drop(_jobs.pop((of, profile, without), ""))


def _found(job: Job, of: Snapshot, profile: Profile, without: tuple[str, ...]) -> Json:
    from kb.applies import applies

    documents = [document for document in of.documents if document["id"] not in without]
    seen: set[str] = set()

    def obligations_of(identity: str) -> list[Json]:
        seen.add(identity)
        job.tell("", len(seen), len(documents))
        time.sleep(0)  # others' clicks come first
        return of.store.find_obligations(Filters(documents=(identity,)))

    return applies(documents, obligations_of, profile)


def _shown(found: Json) -> list[Node]:
    """The questions that are open, then each group: what is sure, then what is not."""
    nodes: list[Node] = []
    if found["questions"]:
        asked = (el("li", "", f"{one['question']}", el("span", "muted", t("enterprise.concerns", count=one["items"]))) for one in found["questions"][:8])
        nodes.append(el("div", "card quiet", el("b", "", t("enterprise.questions")), el("ul", "", *asked)))
    if found["left_out"]["parts_of_region"]:
        nodes.append(el("p", "muted", t("enterprise.parts", count=len(found["left_out"]["parts_of_region"]))))
    for group in GROUPS:
        items = [item for item in found["items"] if item["group"] == group]
        if items:
            sure = sum(item["certainty"] == "applies" for item in items)
            nodes.append(el("h3", "", f"{name_of('group', group)} · {t('enterprise.counts', sure=sure, open=len(items) - sure)}"))
            nodes += [_item(item) for item in items[:_SHOWN]]
    if not found["items"]:
        say("info", t("enterprise.nothing"))
    return nodes


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
