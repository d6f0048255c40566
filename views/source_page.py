"""The original page beside the text: a picture of it with the quoted place boxed, where the file is still there."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from threading import Lock
from typing import Any

import streamlit as st

from ingest.document import Document, Provenance, Span
from ingest.errors import IngestError
from ingest.page_picture import FORMATS, Picture, draw_page
from ingest.worker import Worker
from views.tree import draw, el
from views.words import t

_LOCK = Lock()


@lru_cache(maxsize=1)
def _worker() -> Worker:
    return Worker()


@lru_cache(maxsize=48)
def _drawn(path: str, sha256: str, page: int) -> Picture | None:
    """A page, drawn in the process that reads files from outside; None where it cannot be."""
    worker = _worker()
    with _LOCK:
        try:
            found: Picture = worker.ask(path, draw_page, path, sha256, page, worker.limits)
        except IngestError:
            return None
    return found


def pieces_of(document: Document, quoted: Span | None) -> list[Provenance]:
    """Where a place stands on pages: its lines with their boxes; of no place the first page."""
    if quoted is None:
        return []
    return [piece for block in document.blocks if block.span.overlaps(quoted) for piece in block.provenance if piece.page and piece.span.overlaps(quoted)]


def show_page(facts: dict[str, Any], document: Document, quoted: Span | None) -> None:
    """Draw the page of the quoted place, or the first one; of a form that is not drawn say so."""
    if document.format not in FORMATS:
        st.caption(t("source.no_pages", form=document.format.upper()))
        return
    if not document.pages or "://" in facts["source"] or "#" in facts["source"]:
        st.caption(t("source.no_picture"))
        return
    pieces = pieces_of(document, quoted)
    page = pieces[0].page if pieces and pieces[0].page else 1
    with st.expander(t("source.page_picture", page=page), expanded=True):
        with st.spinner(t("source.drawing")):
            found = _drawn(facts["source"], facts["sha256"], page)
        if found is None:
            st.caption(t("source.no_picture"))
            return
        boxes = [_box(piece.box, found) for piece in pieces if piece.page == page and piece.box]
        image = el("img", "", src=f"data:image/png;base64,{b64encode(found.png).decode()}", alt=t("source.page", page=page))
        draw("sheet", el("div", "sheet", image, *boxes))


def _box(box: tuple[float, float, float, float], page: Picture) -> Any:
    left, top, right, bottom = box
    measures = {"--left": left / page.width, "--top": top / page.height, "--width": (right - left) / page.width, "--height": (bottom - top) / page.height}
    return el("div", "box", **{name: f"{100 * value:.2f}%" for name, value in measures.items()})
