"""Processes that this one started: ended with all that they started themselves."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

import psutil


def end_tree(process: int) -> None:
    """End a process, its descendants and its group where it leads one, at once and whatever they do; it comes last itself."""
    with suppress(psutil.Error):
        for found in psutil.Process(process).children(recursive=True):
            with suppress(psutil.Error):
                found.kill()
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process, signal.SIGKILL)  # what lost its parent is in the group still
    with suppress(psutil.Error):
        psutil.Process(process).kill()
