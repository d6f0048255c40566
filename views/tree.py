"""What a page draws of notices: a tree of elements whose texts the browser takes as text, never as markup.

Everything a notice, a draft or a file name says goes to the screen through here (or through widgets that show plain text):
`tree.js` makes text nodes of it. A node that names a target (`go`) is a link inside the assistant.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

Node = str | list[Any]
_HERE = Path(__file__).resolve().parent
GO = "_go"  # in the session: the target of the link that was clicked


def el(tag: str, words: str = "", *children: Node, **attributes: Any) -> Node:
    """An element with the classes `words`; underscores of an attribute's name stand for dashes."""
    held = {name.replace("_", "-"): value for name, value in attributes.items() if value is not None}
    if words:
        held["class"] = words
    return [tag, held, list(children)]


def text_of(nodes: Iterable[Node]) -> str:
    """All text of nodes, as a reader sees it."""
    return "".join(node if isinstance(node, str) else text_of(node[2]) for node in nodes)


def marked(text: str, words: Sequence[str]) -> list[Node]:
    """A text with the words that stand in it marked, the longest where several do."""
    import re

    known = sorted({word for word in words if word}, key=len, reverse=True)
    if not known:
        return [text]
    pieces = re.split("(" + "|".join(map(re.escape, known)) + ")", text, flags=re.IGNORECASE)
    return [el("mark", "", piece) if at % 2 else piece for at, piece in enumerate(pieces) if piece]


@lru_cache(maxsize=1)
def _sources() -> tuple[str, str]:
    return (_HERE / "tree.css").read_text(encoding="utf-8"), (_HERE / "tree.js").read_text(encoding="utf-8")


def draw(key: str, *nodes: Node, focus: str | None = None) -> None:
    """Show nodes; `focus` is the id of the one to scroll to. A click on a link is taken up by the next run (`pages.follow`)."""
    css, js = _sources()
    tree = st.components.v2.component("notice_tree", css=css, js=js)

    def chosen() -> None:
        st.session_state[GO] = st.session_state[key]["chosen"]

    dark = "dark" if st.context.theme.type == "dark" else "light"
    data = json.dumps({"nodes": [el("div", dark, *nodes)], "focus": focus}, ensure_ascii=False, check_circular=False)
    tree(key=key, data=data.encode(errors="replace"), on_chosen_change=chosen)  # bytes are passed on as they are; a dict is searched for tables, with pandas
