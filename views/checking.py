"""对照检查: a draft held against the documents above it; with real progress, and nothing of it kept."""

from __future__ import annotations

import streamlit as st

from kb.records import Json
from views import jobs
from views.base import Snapshot, short_name, snapshot
from views.checking_findings import show_report
from views.checking_work import Draft, check_now, read_draft, reason
from views.faults import in_words
from views.pages import say
from views.tree import draw, el
from views.watching import watch
from views.words import name_of, t


def show() -> None:
    """The page: a draft to be put in, what it will be held against, the work, the report."""
    of = snapshot()
    job = jobs.find(st.query_params.get("job"))
    if job is None:
        if "job" in st.query_params:
            del st.query_params["job"]
            say("info", t("checking.gone"))
        _put_in(of)
    elif not job.ended:
        watch(job.token, lambda job: t(f"checking.step_{job.step}", done=job.done, total=job.total))
    elif job.failure:
        say("warning", t("checking.stopped") if job.failure == "stopped" else in_words(job.failure))
        _drop_button(job.token)
    elif isinstance(job.result, Draft):
        _choose(of, job.token, job.result)
    else:
        _drop_button(job.token)
        show_report(of, job)


def _put_in(of: Snapshot) -> None:
    """The draft and, where it does not say it, its region."""
    st.caption(t("checking.start"))
    with st.form("draft", border=True):
        file = st.file_uploader(t("checking.draft"), key="draft_file")
        region = st.text_input(t("checking.region"), key="draft_region", help=t("checking.region_help"))
        if st.form_submit_button(t("checking.read"), type="primary") and file is not None:
            name, data = file.name, file.getvalue()
            job = jobs.begin(lambda job: read_draft(job, of, name, data, region.strip() or None), "waiting")
            st.query_params["job"] = job.token
            st.rerun()


def _drop_button(token: str) -> None:
    def drop() -> None:
        jobs.drop(token)
        st.query_params.pop("job", None)

    st.button(t("checking.another"), on_click=drop, key="another", help=t("checking.another_help"))


def _choose(of: Snapshot, token: str, draft: Draft) -> None:
    """The documents that the draft will be held against, each with the reason, to be changed."""
    _drop_button(token)
    facts = draft.facts
    own = [facts["title"] or draft.name, facts["document_number"] or "", name_of("level", facts["level"]), "".join(facts["region"])]
    draw("draft", el("h3", "", t("checking.draft")), el("p", "", " · ".join(filter(None, own))))
    if draft.problem:
        say("warning", in_words(draft.problem))
    order = sorted(of.documents, key=lambda document: (document["id"] not in draft.chosen, document["title"] or ""))
    ids = [document["id"] for document in order]

    def named(identity: str) -> str:
        document: Json = of.by_id[identity]
        return f"{document['title'] or short_name(document)}（{document['document_number'] or name_of('level', document['level'])}）— {draft.reasons.get(identity) or t('checking.because_' + reason(draft, document))}"

    if "against" not in st.session_state:
        st.session_state["against"] = list(draft.chosen)
    st.multiselect(t("checking.against"), ids, format_func=named, key="against")
    against = list(st.session_state["against"])
    if st.button(t("checking.check"), type="primary", disabled=not against):
        job = jobs.begin(lambda job: check_now(job, of, draft, against), "waiting")
        job.notes["draft"] = draft.name
        jobs.drop(token)
        del st.session_state["against"]
        st.query_params["job"] = job.token
        st.rerun()


