"""Uploading: many files at once, read beside the page with progress, each failure with its reason."""

from __future__ import annotations

import os
from typing import Any

import streamlit as st

from kb.ingestion import use_overlay
from kb.uploads import take_in
from views import jobs
from views.base import Snapshot
from views.faults import in_words
from views.jobs import Job
from views.pages import say
from views.signin import may_edit
from views.tree import draw, el
from views.watching import watch
from views.words import t


def show_upload(of: Snapshot) -> None:
    """The files to be read, or how far their reading is."""
    if not may_edit():
        say("info", t("frame.reader"))
        return
    job = jobs.find(st.query_params.get("job"))
    if job is None:
        _put_in(of)
    elif job.ended:
        _show_outcome(job)
    else:
        watch(job.token, lambda job: t("library.reading", file=job.notes.get("file", ""), place=job.done + 1, total=max(job.total, 1)))


def _put_in(of: Snapshot) -> None:
    st.caption(t("library.upload_help"))
    with st.form("upload", clear_on_submit=True):
        files = st.file_uploader(t("library.files"), accept_multiple_files=True, key="files")
        if st.form_submit_button(t("library.read"), type="primary") and files:
            given = [(file.name, file.getvalue()) for file in files]
            st.query_params["job"] = jobs.begin(lambda job: read_files(job, of, given), "waiting").token
            st.rerun()


def read_files(job: Job, of: Snapshot, files: list[tuple[str, bytes]]) -> dict[str, Any]:
    """Store files in the base; what came of them, with the failures in words."""
    use_overlay(os.environ.get("KB_OVERLAY"))
    failures: list[str] = []
    job.notes["failures"] = failures
    total = max(len(files), 1)

    def tell(source: str, place: int, count: int) -> None:
        job.tell("files", place, max(count, total))
        job.notes["file"] = source.replace("\\", "/").rsplit("/", 1)[-1]

    counts = take_in(of.store, files, tell, lambda name, why: failures.append(why))
    return {"added": counts.added, "unchanged": counts.unchanged, "replaced": counts.replaced, "failed": len(counts.failures)}


def _show_outcome(job: Job) -> None:
    if job.failure:
        say("warning", t("library.stopped") if job.failure == "stopped" else in_words(job.failure))
    else:
        say("success", t("library.outcome", **job.result))
    failures = job.notes.get("failures", ())
    if failures:
        draw("failures", el("h4", "", t("library.failures")), el("ul", "", *(el("li", "", in_words(why)) for why in failures)))

    def again() -> None:
        jobs.drop(job.token)
        st.query_params.pop("job", None)

    st.button(t("library.again"), on_click=again, key="again")
