"""Long work (耗时任务): done beside the page, seen from any of its reloads, and stopped on demand; kept in memory alone."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ingest.errors import IngestError
from kb.errors import KbError

_KEPT = 2 * 3600.0  # seconds that what came of a job is kept after it was looked at last
_MOST = 40  # jobs kept at once
_AT_ONCE = threading.Semaphore(2)  # more would only make each slower


class Stopped(Exception):
    """The person who began the job stopped it."""


@dataclass
class Job:
    """One piece of long work; whoever knows its token may look at it."""

    token: str
    step: str = ""
    done: int = 0
    total: int = 0
    result: Any = None
    failure: str = ""
    ended: bool = False
    stopping: bool = False
    seen: float = field(default_factory=time.monotonic)
    notes: dict[str, Any] = field(default_factory=dict)  # what the page adds: the choices made on the result

    def tell(self, step: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done; raises `Stopped` where it should not go on."""
        if self.stopping:
            raise Stopped
        self.step, self.done, self.total = step, done, total


_jobs: dict[str, Job] = {}
_LOCK = threading.Lock()


def begin(work: Callable[[Job], Any], step: str = "") -> Job:
    """Begin work in a thread of its own; its result or failure is the job's."""
    job = Job(secrets.token_urlsafe(18), step)
    with _LOCK:
        _forget()
        _jobs[job.token] = job
    threading.Thread(target=_run, args=(job, work), daemon=True).start()
    return job


def _run(job: Job, work: Callable[[Job], Any]) -> None:
    try:
        with _AT_ONCE:
            job.tell(job.step)
            job.result = work(job)
    except Stopped:
        job.failure = "stopped"
    except (KbError, IngestError) as error:
        job.failure = str(error)
    except (ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RuntimeError, TypeError, ValueError) as fault:
        job.failure = f"{type(fault).__name__}: {fault}"
    finally:
        job.ended = True


def find(token: str | None) -> Job | None:
    """The job of a token, None where there is none (any more)."""
    with _LOCK:
        job = _jobs.get(token or "")
    if job:
        job.seen = time.monotonic()
    return job


def drop(token: str) -> None:
    """Stop a job and forget what came of it."""
    with _LOCK:
        job = _jobs.pop(token, None)
    if job:
        job.stopping = True
        job.result = None


def _forget() -> None:
    """Forget what nobody looked at for long, then the oldest that ended."""
    now = time.monotonic()
    for token, job in list(_jobs.items()):
        if job.ended and now - job.seen > _KEPT:
            del _jobs[token]
    for token in [token for token, job in _jobs.items() if job.ended][: max(0, len(_jobs) - _MOST)]:
        del _jobs[token]
