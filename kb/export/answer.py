"""An answer as lines for a terminal: the words, then each passage with its document, number, path and page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def answer_list(found: Mapping[str, Any]) -> list[str]:
    """The lines of an answer as `kb ask` prints it."""
    lines = [found["answer"], ""]
    for number, hit in enumerate(found["evidence"], 1):
        document = hit["document"]
        name = document.get("document_number") or document.get("title") or document.get("source")
        place = " › ".join(hit["path"])
        page = f"，第{hit['page']}页" if hit.get("page") else ""
        lines.append(f"[{number}] {name}{f' {place}' if place else ''}{page}")
        lines.append(f"    {' '.join(hit['passage'].split())}")
    return lines
