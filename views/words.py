"""The interface's own texts, one file for each language: zh.toml, en.toml."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from threading import local

import streamlit as st

LANGUAGES = {"zh": "中文", "en": "English"}
_run = local()  # a run of a page has its thread to itself


@lru_cache(maxsize=len(LANGUAGES))
def load_words(language: str) -> dict[str, str]:
    """All texts of a language by their key, section.name."""
    held = tomllib.loads((Path(__file__).resolve().parent / f"{language}.toml").read_text(encoding="utf-8"))
    return {f"{section}.{name}": words for section, entries in held.items() for name, words in entries.items()}


def language() -> str:
    """The language chosen; a page asks for it with each of its texts, so that it is found out once a run."""
    return getattr(_run, "language", None) or find_language()


def find_language() -> str:
    """The language chosen: by the address, else in this session, else Chinese."""
    asked = st.query_params.get("lang")
    if asked in LANGUAGES:
        st.session_state["lang"] = asked
    _run.language = str(st.session_state.get("lang", "zh"))
    return str(_run.language)


def t(key: str, **values: object) -> str:
    """A text of the interface in the language chosen."""
    words = load_words(language())[key]
    return words.format(**values) if values else words


def name_of(section: str, value: str | None) -> str:
    """The word for a value of the contract (a kind, a level …) in the language chosen; the value itself where there is none."""
    return load_words(language()).get(f"{section}.{value}", value or "")
