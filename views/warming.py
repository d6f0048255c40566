"""Warming up (预热): what later clicks need is read while people look at the first page, which stands without it."""

from __future__ import annotations

import threading
import time
from datetime import date
from importlib import import_module

from ingest.errors import IngestError
from kb.errors import KbError

_PATIENCE = 3.0  # seconds after the start that the first page is waited for
_BREATH = 0.002  # seconds between two documents in which clicks come first
_PAGES = ("asking", "source", "ledger", "library", "enterprise", "checking")
_drawn = threading.Event()


def begin() -> None:
    """Begin to read what later clicks need, as soon as the first page is drawn, or nobody has come for a while."""
    threading.Thread(target=_warm, name="warming", daemon=True).start()


def drawn() -> None:
    """The first page stands."""
    _drawn.set()


def _warm() -> None:
    """The code of the other pages, the search with its words and vectors, the documents, and whom they speak to."""
    _drawn.wait(_PATIENCE)
    for name in _PAGES:
        import_module(f"views.{name}")
    try:
        from kb.search import search
        from views.base import Kept, snapshot

        of = snapshot()
        if of.size:
            search(Kept(of), "通知", 1)
        of.validity(date.today())
        _ = of.by_id, of.names, of.counts, of.links
        of.hear(lambda done, total: time.sleep(_BREATH))
    except (KbError, IngestError):  # the page that needs it says what is wrong
        pass
