"""The report of a check: how much is covered, each finding with both texts side by side, and what a person decided on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kb.decisions import Choice, decide, decisions_text, take_up
from kb.export.check_report import check_report
from kb.export.json_lines import json_text
from kb.export.marks import Piece, differing
from kb.records import Json
from views.address import keep, restore_many
from views.base import Snapshot
from views.chips import source_link
from views.jobs import Job
from views.pages import page_asked
from views.tree import Node, draw, el
from views.words import name_of, t

VERDICTS = ("conflict", "missing", "partial", "exceeds", "covered", "not_applicable")
_COLOURS = {"conflict": "red", "missing": "red", "partial": "amber", "exceeds": "green", "covered": "green", "not_applicable": "grey"}
_SEVERITIES = ("high", "medium", "low")
_PAGE = 10


def show_report(of: Snapshot, job: Job) -> None:
    """The summary, the filters, the findings of a page, the downloads."""
    report: Json = take_up(job.result, job.notes.get("decisions", ()), of.by_id)
    draw("summary", *summary(report))
    findings = _chosen(of, report)
    pages = max(1, -(-len(findings) // _PAGE))
    number = page_asked(pages)
    for at, finding in findings[(number - 1) * _PAGE : number * _PAGE]:
        with st.container(border=True):
            draw(f"finding{at}", *pair(of, finding), *_decided(finding.get("decision")))
            _decide(of, job, at, finding)
    if pages > 1:
        _pager(number, pages)
    _citations(of, report)
    _downloads(of, job, report)


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


def _pieces(tag: str, pieces: Sequence[Piece]) -> list[Node]:
    """A wording with the words marked that the other has not."""
    return [el(tag, "", piece.text) if piece.differs else piece.text for piece in pieces]


def pair(of: Snapshot, finding: Json) -> list[Node]:
    """A finding: verdict, both texts side by side, what differs in words, and the advice."""
    superior = finding["superior"]
    texts = [piece["text"] for piece in finding["draft"]]
    left: list[Node] = [superior["text"]]
    right: list[Node] = [el("span", "muted", t("checking.no_text"))]
    if texts:
        ours, theirs = differing(superior["text"], "\n".join(texts))
        left, right = _pieces("del", ours), _pieces("ins", theirs)
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


def _decided(decision: Mapping[str, Any] | None) -> list[Node]:
    if decision is None:
        return []
    reason = f"：{decision['reason']}" if decision["reason"] else ""
    return [el("p", "green" if decision["decision"] == "accepted" else "grey", f"{t('checking.' + decision['decision'])}{reason}")]


def _decide(of: Snapshot, job: Job, at: int, finding: Json) -> None:
    """Accept or dismiss a finding, with the reason."""
    words, yes, no = st.columns([4, 1, 1], vertical_alignment="bottom")
    words.text_input(t("checking.reason"), key=f"why{at}", label_visibility="collapsed", placeholder=t("checking.reason"))

    def made(choice: Choice) -> None:
        reason = str(st.session_state.get(f"why{at}", ""))
        job.notes["decisions"] = decide(job.result, job.notes.get("decisions", ()), [finding["superior"]["id"]], choice, reason, of.by_id)

    yes.button(t("checking.accept"), key=f"yes{at}", on_click=made, args=("accepted",), width="stretch")
    no.button(t("checking.dismiss"), key=f"no{at}", on_click=made, args=("dismissed",), width="stretch")


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


def _downloads(of: Snapshot, job: Job, report: Json) -> None:
    """The report and the decisions as files, made when asked for."""
    from kb.export.report_docx import report_docx
    from kb.export.report_html import report_html
    from kb.export.report_xlsx import report_xlsx

    name, office = t("checking.file"), "application/vnd.openxmlformats-officedocument"
    st.caption(t("frame.download"))
    columns = st.columns(5)
    columns[0].download_button("DOCX", lambda: report_docx(check_report(report, of.by_id)), f"{name}.docx", f"{office}.wordprocessingml.document", on_click="ignore", key="get_docx")
    columns[1].download_button("XLSX", lambda: report_xlsx(check_report(report, of.by_id)), f"{name}.xlsx", f"{office}.spreadsheetml.sheet", on_click="ignore", key="get_xlsx")
    columns[2].download_button("HTML", lambda: report_html(check_report(report, of.by_id)).encode(), f"{name}.html", "text/html", on_click="ignore", key="get_html")
    columns[3].download_button("JSON", lambda: json_text(report).encode(), f"{name}.json", "application/json", on_click="ignore", key="get_json")
    held = job.notes.get("decisions", ())
    columns[4].download_button(t("checking.decisions"), lambda: decisions_text(report["draft"], held).encode(), f"{name}-decisions.json", "application/json", on_click="ignore", key="get_decisions")
