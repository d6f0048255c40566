"""A sign of life of long work: each page that OCR has read lets the time limit begin anew."""

from __future__ import annotations

from collections.abc import Callable


def _nobody() -> None:
    """What hears a beat where nobody waits for it."""


_listener: Callable[[], None] = _nobody


def listen(listener: Callable[[], None]) -> None:
    """Let `listener` be called at each beat from now on."""
    global _listener
    _listener = listener


def beat() -> None:
    """Tell whoever waits that the work goes on."""
    _listener()
