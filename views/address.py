"""State in the address (网址): what a widget holds is kept in the page's query, so that a link leads to the same view."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st


def restore(key: str, default: str = "") -> None:
    """Give a text widget what the address says, before it is drawn first."""
    if key not in st.session_state:
        st.session_state[key] = st.query_params.get(key, default)


def restore_one(key: str, options: Sequence[str], default: str) -> None:
    """Give a choice what the address says, where that is one of its options."""
    if st.session_state.get(key) not in options:
        asked = st.query_params.get(key)
        st.session_state[key] = asked if asked in options else default


def restore_many(key: str, options: Sequence[str]) -> None:
    """Give a choice of several what the address says, as far as they are options."""
    held = st.session_state[key] if key in st.session_state else st.query_params.get_all(key)
    st.session_state[key] = [value for value in held if value in options]


def restore_day(key: str, default: date | None) -> None:
    """Give a day what the address says, where that is a day."""
    if key in st.session_state:
        return
    try:
        st.session_state[key] = date.fromisoformat(st.query_params[key]) if key in st.query_params else default
    except ValueError:
        st.session_state[key] = default


def restore_flag(key: str) -> None:
    """Give a tick box what the address says."""
    if key not in st.session_state:
        st.session_state[key] = st.query_params.get(key) == "1"


def keep(*keys: str, without: Sequence[object] = ()) -> None:
    """Put what widgets hold into the address; what is empty, or in `without`, is left out. Another choice begins at its first page."""
    for key in keys:
        held = st.session_state.get(key)
        value = _written(held)
        if not value or held in without:
            if key not in st.query_params:
                continue
            del st.query_params[key]
        elif st.query_params.get_all(key) != ([value] if isinstance(value, str) else value):
            st.query_params[key] = value
        else:
            continue
        st.query_params.pop("p", None)


def _written(held: object) -> str | list[str]:
    if isinstance(held, bool):
        return "1" if held else ""
    if isinstance(held, date):
        return held.isoformat()
    if isinstance(held, list | tuple):
        return [str(one) for one in held]
    return str(held) if held else ""
