"""Watching long work: how far it is, looked at again and again, with the way to stop it; the page follows when it ends."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from views.jobs import Job, find
from views.words import t

_EVERY = 0.7  # seconds between two looks


def watch(token: str, words: Callable[[Job], str]) -> None:
    """Show a running job with what `words` says of it; nothing else of the page is drawn anew meanwhile."""

    def look() -> None:
        job = find(token)
        if job is None or job.ended:
            st.rerun()
        else:
            st.progress(min(job.done / job.total, 1.0) if job.total else 0.0)
            st.text(words(job))
            if st.button(t("checking.stop"), key="stop"):
                job.stopping = True

    st.fragment(look, run_every=_EVERY)()
