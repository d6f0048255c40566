"""The inside of the process that reads files (`ingest.worker` is its outside): it takes jobs and gives their answers."""

from __future__ import annotations

import faulthandler
import os
import pickle
import shutil
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, BinaryIO

from ingest.errors import IngestError
from ingest.heartbeat import listen
from ingest.limits import Limits
from ingest.processes import end_tree

FOLDER = "kb-read-"  # begins the name of the folder that is made for this process's files
_GRACE = 30  # seconds behind the limit after which the process ends itself: nobody is left to end it


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done: a function of a module, what it is given, and the limits that it must keep."""

    read: Callable[..., Any]
    given: tuple[Any, ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job: `kind` is ready, beat, read, refused, memory or fault, seen from outside also broken; `held` what was read, or the words for it."""

    kind: str
    held: Any = None


def serve() -> None:
    """Read one file after the other until nobody gives any more."""
    jobs, answers = _pipes()

    def send(answer: Answer) -> None:
        try:
            answers.write(_packed(answer))  # whole before the first byte goes out
            answers.flush()
        except OSError:  # nobody hears it any more: the taker, whose pipe has ended too, takes the folder away and ends this
            taker.join()
            raise

    def beat() -> None:
        _watch(limits)
        send(Answer("beat"))

    waiting: SimpleQueue[Job] = SimpleQueue()
    taker = threading.Thread(target=_take, args=(jobs, waiting), daemon=True)
    taker.start()
    import ingest.sources  # noqa: F401 — loaded before the first job's time counts

    send(Answer("ready"))
    listen(beat)
    while True:
        job = waiting.get()
        limits = job.limits
        _bound(limits)
        _watch(limits)
        send(_answer(job))
        faulthandler.cancel_dump_traceback_later()


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Where jobs come from and answers go to; what libraries print or ask for goes nowhere."""
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    if not os.environ.get("KB_DEBUG"):
        os.dup2(nowhere, 2)
    return jobs, answers


def _take(jobs: BinaryIO, waiting: SimpleQueue[Job]) -> None:
    """Queue the jobs as they come; whoever gave them has ended when the pipe does, and so does this with all it started."""
    try:
        while True:
            waiting.put(pickle.load(jobs))
    except (EOFError, pickle.UnpicklingError):  # cut off between two jobs, or within one
        folder = os.environ.get("TMPDIR", "")  # whoever made it was ended before it could take it away
        if os.path.basename(folder).startswith(FOLDER):
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        end_tree(os.getpid())
        os._exit(1)


def _answer(job: Job) -> Answer:
    try:
        return Answer("read", job.read(*job.given))
    except IngestError as error:
        return Answer("refused", str(error))
    except Exception as fault:  # the border of the process: whatever a parser raises costs this file alone
        return _failed(fault)


def _packed(answer: Answer) -> bytes:
    """An answer as it is sent; one that cannot be sent is a fault."""
    try:
        return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except Exception as fault:  # what pickling calls may raise anything too
        return pickle.dumps(_failed(fault), pickle.HIGHEST_PROTOCOL)


def _failed(fault: Exception) -> Answer:
    """The answer for what a reader did not foresee, its words on one line."""
    if os.environ.get("KB_DEBUG"):
        import traceback

        traceback.print_exception(fault)
    if isinstance(fault, MemoryError):
        return Answer("memory")
    if isinstance(fault, RecursionError):
        return Answer("fault", "it is nested too deep")
    words = " ".join(f"{type(fault).__name__}: {fault}".split())
    return Answer("fault", "".join(char if char.isprintable() else "\ufffd" for char in words)[:300])


def _watch(limits: Limits) -> None:
    """End this process when its time is over, also where it is stuck in a library and where nobody waits for it any more."""
    nowhere = sys.__stderr__
    if nowhere is not None:
        faulthandler.dump_traceback_later(limits.seconds + _GRACE, exit=True, file=nowhere)


def _bound(limits: Limits) -> None:
    """Bound the memory of this process and of each that it starts; a system without such bounds has the time limit alone."""
    if sys.platform == "win32":
        return
    import resource

    most = limits.memory << 20
    # What is written to counts, not what is only reserved, as libraries with many threads do.
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    _, ceiling = resource.getrlimit(kind)
    if ceiling != resource.RLIM_INFINITY:
        most = min(most, ceiling)
    resource.setrlimit(kind, (most, ceiling))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
