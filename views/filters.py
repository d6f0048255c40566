"""The filters (筛选) that pages share, as widgets whose state stands in the address."""

from __future__ import annotations

from datetime import date

import streamlit as st

from kb.filters import Filters
from views.address import keep, restore, restore_day, restore_flag, restore_many
from views.base import Snapshot
from views.words import name_of, t

KINDS = ("duty", "prohibition", "target", "support", "encouragement")
LEVELS = ("national", "provincial", "municipal", "county", "township")
ROLES = ("lead", "responsible", "cooperating")
_KEYS = ("unit", "role", "kind", "level", "region", "party", "from", "to", "expired")


def choose_filters(of: Snapshot, day: date, text: str | None = None) -> Filters:
    """Draw the filters and give what they mean on a day."""
    for key in ("unit", "region", "party"):
        restore(key)
    for key, options in (("role", ROLES), ("kind", KINDS), ("level", LEVELS)):
        restore_many(key, options)
    for key in ("from", "to"):
        restore_day(key, None)
    restore_flag("expired")
    st.text_input(t("filter.unit"), key="unit", placeholder=t("filter.unit_example"))
    st.multiselect(t("filter.kind"), KINDS, format_func=lambda value: name_of("kind", value), key="kind", placeholder=t("filter.all"))
    with st.expander(t("filter.more"), expanded=any(st.session_state[key] for key in ("role", "level", "region", "party", "from", "to", "expired"))):
        st.multiselect(t("filter.role"), ROLES, format_func=lambda value: name_of("role", value), key="role", placeholder=t("filter.all"))
        st.multiselect(t("filter.level"), LEVELS, format_func=lambda value: name_of("level", value), key="level", placeholder=t("filter.all"))
        st.text_input(t("filter.region"), key="region")
        st.text_input(t("filter.party"), key="party")
        st.date_input(t("filter.from"), key="from", format="YYYY-MM-DD", value=None)
        st.date_input(t("filter.to"), key="to", format="YYYY-MM-DD", value=None)
        st.checkbox(t("filter.expired"), key="expired")
    keep(*_KEYS)
    first, last = st.session_state["from"], st.session_state["to"]
    if first and last and first > last:
        first, last = last, first
    return Filters(
        units=_words("unit"),
        roles=tuple(st.session_state["role"]),
        kinds=tuple(st.session_state["kind"]),
        levels=tuple(st.session_state["level"]),
        regions=_words("region"),
        parties=_words("party"),
        due_from=first,
        due_to=last,
        text=text,
        without=() if st.session_state["expired"] else of.lapsed(day),
    )


def _words(key: str) -> tuple[str, ...]:
    """What a text field names, several with 、 between them."""
    return tuple(word for word in str(st.session_state[key]).replace("，", "、").split("、") if word.strip())
