"""The web assistant: names the pages, nothing else. Started by `kb serve`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from views.pages import navigate

st.set_page_config(page_title="公文事项库", page_icon=str(Path(__file__).resolve().parent / "views" / "icon.svg"), layout="wide")
navigate(["asking", "source", "ledger", "enterprise", "checking", "library"])
