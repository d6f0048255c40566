"""How an element of a web page is set: block or inline, centred, bold, hidden, as its tag and its own style say."""

from __future__ import annotations

import re
from typing import Any


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS = _words(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html"
    " legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
# What is no text of the page: scripts, controls, what other programs draw, what browsers without scripts show.
UNREAD = _words(
    "script style head title meta link noscript noframes template iframe frame object embed applet svg canvas audio video map select option datalist button input textarea"
    " progress meter dialog rt rp del basefont nav"
)
FRAMES = frozenset(("iframe", "frame", "embed", "object"))
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD_TAGS = frozenset(("b", "strong", "th", *HEADINGS))
_STYLE = re.compile(r"([a-z\-]+)\s*:\s*([^;]+)")
_HIDDEN_PARTS = ("comment", "comment-list", "header", "footer", "endnote-list-separator")  # what Word keeps beside the text


def style_of(element: Any) -> dict[str, str]:
    """The declarations of an element's own style, in lower case."""
    text = element.get("style")
    return {name: value.strip().removesuffix("!important").strip() for name, value in _STYLE.findall(text.lower()[:5000])} if text else {}


def is_hidden(element: Any, style: dict[str, str]) -> bool:
    """Whether a browser would not show the element, as far as itself says."""
    if style.get("display") == "none" or style.get("visibility") == "hidden" or style.get("mso-hide") == "all":
        return True
    return element.get("hidden") is not None or style.get("mso-element") in _HIDDEN_PARTS


def is_block(tag: str, style: dict[str, str]) -> bool:
    """Whether an element stands on lines of its own."""
    return tag in BLOCKS or style.get("display") in ("block", "flex", "grid", "table", "list-item")


def alignment(element: Any, tag: str, style: dict[str, str]) -> str | None:
    """center, left, right or justify; None where it is as around it."""
    if tag == "center":
        return "center"
    value = style.get("text-align") or (element.get("align") or "").strip().lower()
    if value in ("middle", "-webkit-center"):
        value = "center"
    return value if value in ("center", "left", "right", "justify") and tag not in ("img", "table") else None


def weight(tag: str, style: dict[str, str]) -> bool | None:
    """Whether an element's letters are bold; None where they are as around it."""
    value = style.get("font-weight", "")
    if value in ("bold", "bolder") or (value.isdigit() and int(value) >= 600):
        return True
    if value in ("normal", "lighter") or value.isdigit():
        return False
    return True if tag in _BOLD_TAGS else None


def is_indented(style: dict[str, str]) -> bool:
    """Whether the first line of a block stands in."""
    return re.match(r"0*[1-9]|0*\.0*[1-9]", style.get("text-indent", "")) is not None


def keeps_lines(tag: str, style: dict[str, str]) -> bool:
    """Whether line ends of the source are line ends of the page."""
    return tag == "pre" or style.get("white-space") in ("pre", "pre-wrap", "pre-line", "break-spaces")
