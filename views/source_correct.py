"""Correcting a field where it is read: of the obligation that was clicked, else of the notice."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from kb.correcting import correct, undo
from kb.corrections import DOCUMENT_FIELDS, OBLIGATION_FIELDS
from kb.records import Json
from views.base import Snapshot
from views.chips import chips
from views.pages import say
from views.signin import may_edit, user
from views.source_text import Stored
from views.tree import draw, el
from views.words import name_of, t


def correct_here(of: Snapshot, document: str, chosen: Stored | None) -> None:
    """The obligation with its fields, or the notice, and a form that puts one of them right."""
    name = chosen[0] if chosen else document
    found: Json = of.store.obligations([name])[0] if chosen else of.by_id[document]
    fields = OBLIGATION_FIELDS if chosen else DOCUMENT_FIELDS
    if chosen:
        draw("chosen", el("div", "card", el("div", "words", found["text"]), chips(found), el("div", "muted", t("source.confidence", share=f"{found['confidence']:.0%}"))))
    with st.expander(t("source.correct") if chosen else t("source.correct_document"), expanded=False):
        if not may_edit():
            st.caption(t("frame.reader"))
            return
        field = st.selectbox(t("source.field"), fields, format_func=lambda value: t(f"field.{value}"), key="correct_field")
        st.text(t("source.now", value=written(found, field)))
        with st.form("correct", clear_on_submit=True, border=False):
            value = st.text_input(t("source.right"), help=t("source.right_help"), key="correct_value")
            why = st.text_input(t("source.reason"), key="correct_why")
            if st.form_submit_button(t("source.save"), type="primary"):
                correct(of.store, name, field, value, user(), why or None, _now())
                st.session_state["corrected"] = True
                st.rerun()
        if field in found.get("corrected", ()) and st.button(t("source.undo")):
            undo(of.store, name, field, user(), _now())
            st.rerun()
    if st.session_state.pop("corrected", False):
        say("success", t("source.saved"))


def written(found: Json, field: str) -> str:
    """A field's value as a person would type it."""
    value = found[field]
    if value is None or value == []:
        return "无"
    if field == "units":
        return "、".join(f"{unit['name']}（{name_of('role', unit['role'])}）" for unit in value)
    if field in ("deadlines", "targets"):
        return "；".join(one["raw"] for one in value)
    if field in ("kind", "level"):
        return name_of(field, value)
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
