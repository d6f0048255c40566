"""The web assistant: names the pages, nothing else. Started by `kb serve`."""

from __future__ import annotations

import streamlit as st

from views import overview

st.set_page_config(page_title="公文事项库", layout="wide")
st.navigation([st.Page(overview.show, title="公文事项库", url_path="overview", default=True)], position="hidden").run()
