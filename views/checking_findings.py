"""The report of a check: how much is covered, each finding with both texts side by side, and what a person decided on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from difflib import SequenceMatcher
from typing import Any

import streamlit as st

from kb.export.check_html import report_html
from kb.export.json_lines import json_text
from kb.records import Json
from views.address import keep, restore, restore_many
from views.base import Snapshot
from views.chips import source_link
from views.jobs import Job
from views.signin import user
from views.tree import Node, draw, el
from views.words import name_of, t

VERDICTS = ("conflict", "missing", "partial", "exceeds", "covered", "not_applicable")
_COLOURS = {"conflict": "red", "missing": "red", "partial": "amber", "exceeds": "green", "covered": "green", "not_applicable": "grey"}
_SEVERITIES = ("high", "medium", "low")
_PAGE = 10


def show_report(of: Snapshot, job: Job) -> None:
    """The summary, the filters, the findings of a page, the downloads."""
    report: Json = job.result
    draw("summary", *summary(report))
    findings = _chosen(of, report)
    pages = max(1, -(-len(findings) // _PAGE))
    restore("p", "1")
    asked = str(st.query_params.get("p", "1"))
    number = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 8 else 1
    decisions: dict[int, Json] = job.notes.setdefault("decisions", {})
    for at, finding in findings[(number - 1) * _PAGE : number * _PAGE]:
        with st.container(border=True):
            draw(f"finding{at}", *pair(of, finding), *_decided(decisions.get(at)))
            _decide(at, decisions)
    if pages > 1:
        _pager(number, pages)
    _citations(of, report)
    _downloads(of, job, report, decisions)


def summary(report: Json) -> list[Node]:
    """The share covered, and how many findings there are of each verdict as bars."""
    counts = Counter(finding["status"] for finding in report["findings"])
    most = max(counts.values(), default=1)
    draft = report["draft"]
    lines = [
        el("div", "bar", el("span", "", name_of("verdict", one)), el("div", "track", el("div", f"fill {_COLOURS[one]}", **{"--share": f"{100 * counts[one] / most:.1f}%"})), str(counts[one]))
        for one in VERDICTS
    ]
    return [
        el("h3", "", draft["title"] or draft["source"]),
        el("div", "row-figures", el("div", "", el("div", "big", f"{report['coverage']:.0%}"), t("checking.coverage")), el("div", "", el("div", "big", str(len(report["findings"]))), t("checking.findings"))),
        el("div", "bars", *lines),
    ]


def _chosen(of: Snapshot, report: Json) -> list[tuple[int, Json]]:
    """The findings that the filters mean, the gravest first."""
    against = list(report["against"])
    for key, options in (("verdict", VERDICTS), ("severity", _SEVERITIES), ("above", against)):
        restore_many(key, options)
    first, second, third = st.columns(3)
    first.multiselect(t("checking.verdict"), VERDICTS, format_func=lambda value: name_of("verdict", value), key="verdict", placeholder=t("filter.all"))
    second.multiselect(t("checking.severity"), _SEVERITIES, format_func=lambda value: name_of("severity", value), key="severity", placeholder=t("filter.all"))
    third.multiselect(t("checking.document"), against, format_func=lambda value: of.by_id.get(value, {}).get("title") or value, key="above", placeholder=t("filter.all"))
    keep("verdict", "severity", "above")
    wanted = {"status": st.session_state["verdict"], "severity": st.session_state["severity"]}
    found = [(at, one) for at, one in enumerate(report["findings"]) if all(not held or one[key] in held for key, held in wanted.items())]
    found = [pair for pair in found if not st.session_state["above"] or pair[1]["superior"]["document"] in st.session_state["above"]]
    return sorted(found, key=lambda pair: (_SEVERITIES.index(pair[1]["severity"]), VERDICTS.index(pair[1]["status"])))


def differing(one: str, other: str) -> tuple[list[Node], list[Node]]:
    """Two texts with the words marked that the other has not."""
    left: list[Node] = []
    right: list[Node] = []
    for what, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what == "equal":
            left.append(one[a:b])
            right.append(other[c:d])
        else:
            left += [el("del", "", one[a:b])] if a < b else []
            right += [el("ins", "", other[c:d])] if c < d else []
    return left, right


def pair(of: Snapshot, finding: Json) -> list[Node]:
    """A finding: verdict, both texts side by side, what differs in words, and the advice."""
    superior = finding["superior"]
    texts = [piece["text"] for piece in finding["draft"]]
    left: list[Node] = [superior["text"]]
    right: list[Node] = [el("span", "muted", t("checking.no_text"))]
    if texts and len(superior["text"]) + sum(map(len, texts)) < 4000:
        left, right = differing(superior["text"], "\n".join(texts))
    elif texts:
        right = ["\n".join(texts)]
    document = of.by_id.get(superior["document"], {})
    where = " › ".join(filter(None, (document.get("document_number") or document.get("title"), *superior["path"][-2:])))
    source = el("a", "from", where, go=source_link(superior["document"], superior["start_char"], superior["end_char"]))
    paths = [el("div", "muted", " › ".join(piece["path"][-2:])) for piece in finding["draft"] if piece["path"]]
    told = [el("li", "", conflict["explanation"]) for conflict in finding["conflicts"]]
    return [
        el("div", "", el("b", f"lamp {_COLOURS[finding['status']]}", name_of("verdict", finding["status"])), f"　{name_of('severity', finding['severity'])}"),
        el("div", "pair", el("div", "", el("div", "muted", t("checking.above")), *left, el("div", "", source)), el("div", "", el("div", "muted", t("checking.draft")), *right, *paths)),
        *([el("ul", "", *told)] if told else []),
        el("p", "muted", finding["advice"]),
    ]


def _decided(decision: Json | None) -> list[Node]:
    if decision is None:
        return []
    return [el("p", "green" if decision["decision"] == "accepted" else "grey", f"{t('checking.' + decision['decision'])}：{decision['reason']}（{decision['who']}）")]


def _decide(at: int, decisions: dict[int, Json]) -> None:
    """Accept or dismiss a finding, with the reason."""
    words, yes, no = st.columns([4, 1, 1], vertical_alignment="bottom")
    words.text_input(t("checking.reason"), key=f"why{at}", label_visibility="collapsed", placeholder=t("checking.reason"))

    def decide(what: str) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        decisions[at] = {"decision": what, "reason": str(st.session_state.get(f"why{at}", "")), "who": user(), "at": now}

    yes.button(t("checking.accept"), key=f"yes{at}", on_click=decide, args=("accepted",), width="stretch")
    no.button(t("checking.dismiss"), key=f"no{at}", on_click=decide, args=("dismissed",), width="stretch")


def _pager(number: int, pages: int) -> None:
    def turn(by: int) -> None:
        st.query_params["p"] = str(number + by)

    left, middle, right = st.columns([1, 2, 1])
    left.button(t("ledger.sooner"), key="sooner", disabled=number <= 1, on_click=turn, args=(-1,))
    middle.text(t("ledger.page", page=number, pages=pages))
    right.button(t("ledger.later"), key="later", disabled=number >= pages, on_click=turn, args=(1,))


def _citations(of: Snapshot, report: Json) -> None:
    if report["citations"]:
        rows = (el("tr", "", el("td", "", one["title"] or ""), el("td", "", one["document_number"] or ""), el("td", "", name_of("cited", one["status"]))) for one in report["citations"])
        draw("citations", el("h3", "", t("checking.citations")), el("table", "", el("tbody", "", *rows)))


def decided(report: Json, decisions: dict[int, Json]) -> Iterator[dict[str, Any]]:
    """The decisions with the findings that they are on."""
    for at, decision in sorted(decisions.items()):
        finding = report["findings"][at]
        yield decision | {"status": finding["status"], "severity": finding["severity"], "superior": finding["superior"]["id"], "text": finding["superior"]["text"]}


def _downloads(of: Snapshot, job: Job, report: Json, decisions: dict[int, Json]) -> None:
    """The report and the decisions as files, made when asked for."""
    name = t("checking.file")
    st.caption(t("frame.download"))
    columns = st.columns(5)
    columns[0].download_button("HTML", lambda: report_html(report, of.by_id).encode(), f"{name}.html", "text/html", on_click="ignore", key="get_html")
    columns[1].download_button("JSON", lambda: json_text(report).encode(), f"{name}.json", "application/json", on_click="ignore", key="get_json")
    columns[2].download_button(t("checking.decisions"), lambda: json_text(list(decided(report, decisions))).encode(), f"{name}-decisions.json", "application/json", on_click="ignore", key="get_decisions")
