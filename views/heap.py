"""The heap (内存堆) of the server: what lives as long as the server is not looked through again at every click.

Streamlit has all objects of the process searched for dead cycles after each run of a page. A base, its search and the rules are
some hundred thousand objects that never die: with them each such search takes 0.1 s of a core, three quarters of what a click cost.
So whatever has survived a search that took long is set apart (`gc.freeze`), and only now and then looked at again with the rest.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Mapping

_LONG = 0.005  # seconds of one search for dead objects that are felt in a click
_AGAIN = 2000  # full searches after which what was set apart is looked at too: people who left long ago are in it
_OLDEST = 2  # the generation of a full search


class _Keeper:
    """Watches the searches for dead objects."""

    def __init__(self) -> None:
        self.begun = 0.0
        self.searches = 0

    def __call__(self, phase: str, found: Mapping[str, int]) -> None:
        """What the collector calls before and behind each search."""
        if found["generation"] != _OLDEST:
            return
        if phase == "start":
            self.searches += 1
            if self.searches % _AGAIN == 0:
                gc.unfreeze()
            self.begun = time.thread_time()
        elif time.thread_time() - self.begun > _LONG:
            gc.freeze()


def set_apart() -> None:
    """Begin to set apart what lives long; once a process."""
    if not any(isinstance(one, _Keeper) for one in gc.callbacks):
        gc.callbacks.append(_Keeper())
