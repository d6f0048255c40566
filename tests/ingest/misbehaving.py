"""Readers that do what a reader must not, for the process that has to bear it."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from ingest.errors import IngestError
from ingest.heartbeat import beat


def echo(value: Any) -> Any:
    return value


def hang(notes: str = "") -> None:
    """Never ends; a program that it started and one that this one started do not either. Their numbers go into `notes`."""
    if notes:
        inner = "import subprocess, sys, time; print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid, flush=True); time.sleep(600)"
        child = subprocess.Popen([sys.executable, "-c", inner], stdout=subprocess.PIPE, text=True, start_new_session=True)
        grandchild = child.stdout.readline().strip() if child.stdout else ""
        Path(notes).write_text(f"{os.getpid()} {child.pid} {grandchild}", encoding="utf-8")
    time.sleep(600)


def hold_the_lock() -> None:
    """Never ends and lets no other thread run, as a regular expression that goes astray does."""
    import re

    re.match(r"(?:a|a)*$", "a" * 60 + "b")


def work_on(pages: int, seconds: float) -> int:
    """Long work with a sign of life after each page."""
    for _ in range(pages):
        time.sleep(seconds)
        beat()
    return pages


def crash() -> None:
    ctypes.string_at(0)


def abort() -> None:
    os.abort()


def leave() -> None:
    os._exit(3)


def be_killed() -> None:
    """Ends as a process does that the system ends for want of memory."""
    os.kill(os.getpid(), 9)


def leave_politely() -> None:
    sys.exit("no more")


def eat_memory() -> int:
    return len([bytearray(1 << 20) for _ in range(1 << 14)])


def recurse(depth: int = 0) -> int:
    return recurse(depth + 1) + 1


def refuse() -> None:
    raise IngestError("别名", "the file is green; paint it")


def fail(kind: type[BaseException]) -> None:
    raise kind("出\n错")


def fail_in_surrogates() -> None:
    raise ValueError("\ud800 is half a character")


def give_what_cannot_be_sent() -> Any:
    return threading.Lock()


def give_what_is_nested() -> Any:
    """A value nested too deep to be sent."""
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]
    return nested


def give_what_cannot_be_taken() -> Any:
    """A value of a class that the other side does not know."""
    here = type("Passing", (), {"__module__": "absent_module"})
    sys.modules["absent_module"] = here  # type: ignore[assignment]
    here.Passing = here  # type: ignore[attr-defined]
    return here()


def chatter() -> str:
    """Prints to everything that is open, and asks for words."""
    sys.stdout.write("printed\n" * 100_000)
    sys.stdout.flush()
    os.write(1, b"\x80\x05garbage\n" * 10_000)
    os.write(2, b"complaint\n" * 10_000)
    return sys.stdin.read()


def identify() -> int:
    return os.getpid()


def loaded(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name in sys.modules]


def temporary_folder() -> str:
    import tempfile

    return tempfile.mkdtemp()


def crash_on(name: str, data: bytes) -> None:
    """Crashes, whatever it is given."""
    crash()
