"""The pages of the assistant: their addresses, the links between them, and the frame around each."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from ingest.errors import IngestError
from kb.errors import KbError
from views.faults import in_words
from views.look import dress
from views.signin import show_user
from views.tree import GO, Node, el
from views.warming import drawn
from views.words import LANGUAGES, find_language, language, t

ICONS = {"asking": "search", "source": "article", "ledger": "event", "enterprise": "domain", "checking": "fact_check", "library": "library_books"}


def page(name: str) -> Any:
    """The page of a name; its module is imported when it is shown first."""

    def show() -> None:
        _framed(name)

    show.__name__ = name
    return st.Page(show, title=t(f"{name}.title"), icon=f":material/{ICONS[name]}:", url_path=name, default=name == "asking")


def navigate(names: Sequence[str]) -> None:
    """Show the page that the address names; first go where a link that was clicked leads."""
    find_language()
    chosen = st.navigation([page(name) for name in names], position="top")
    target = st.session_state.pop(GO, None)
    if target:
        follow(str(target))
    chosen.run()
    drawn()


def link(name: str, **state: str | Sequence[str] | None) -> str:
    """The address of a page in a state, inside the assistant."""
    held = {key: value for key, value in state.items() if value}
    if language() != "zh":
        held["lang"] = language()
    return f"{name}?{urlencode(held, doseq=True)}" if held else name


def page_asked(pages: int) -> int:
    """The page of a list that the address asks for, among so many."""
    asked = str(st.query_params.get("p", "1"))
    return min(max(int(asked), 1), max(pages, 1)) if asked.isdecimal() and len(asked) < 8 else 1


def pager(name: str, number: int, pages: int) -> list[Node]:
    """Which page of a list this is, with the ways to those beside it; nothing where there is one."""
    if pages < 2:
        return []
    kept = {key: st.query_params.get_all(key) for key in st.query_params if key not in ("p", "lang")}
    ways = [(number - 1, t("ledger.sooner")), (number + 1, t("ledger.later"))]
    shown = [el("a", "", words, go=link(name, p=str(to), **kept)) for to, words in ways if 1 <= to <= pages]
    return [el("p", "noprint", t("ledger.page", page=number, pages=pages), *(piece for one in shown for piece in ("　", one)))]


def follow(target: str) -> None:
    """Go to an address inside the assistant; anything else is left alone."""
    name, _, query = target.partition("?")
    if name in ICONS:
        held: dict[str, list[str]] = {}
        for key, value in parse_qsl(query):
            held.setdefault(key, []).append(value)
        for key in held:  # a widget's own memory must not win over the link
            st.session_state.pop(key, None)
        st.switch_page(page(name), query_params=held)


def _framed(name: str) -> None:
    """One page: title, language, user; what is wrong with the base or a value, in one sentence."""
    dress()
    left, right = st.columns([6, 1], vertical_alignment="bottom")
    left.title(t(f"{name}.title"), anchor=False)
    with right, st.container(horizontal_alignment="right", key="user"):
        _switch_language()
        show_user()
    if st.query_params.get("lang") != language() and language() != "zh":
        st.query_params["lang"] = language()
    try:
        import_module(f"views.{name}").show()
    except (KbError, IngestError) as error:
        st.error(_plain(in_words(str(error))))


def _switch_language() -> None:
    other = next(code for code in LANGUAGES if code != language())

    def switch() -> None:
        st.session_state["lang"] = other
        if other == "zh":
            st.query_params.pop("lang", None)
        else:
            st.query_params["lang"] = other

    st.button(LANGUAGES[other], on_click=switch, key="switch_language", type="tertiary")


def _plain(words: str) -> str:
    """A sentence that may quote a file name, for an element that reads Markdown: each mark of it escaped."""
    import re

    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])", r"\\\1", words)


def say(kind: str, words: str) -> None:
    """A message (info, success, warning, error) whose words are shown as they are."""
    getattr(st, kind)(_plain(words))
