"""A process of its own that reads files from outside, within limits of time and memory: a hang or a crash costs one file.

It is started for the first file, reused for the next ones, and replaced when it had to be ended. It may read a file
while the one before is worked on: `send`, then `receive`. What it starts itself (OCR, LibreOffice) ends with it.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import IO, Any, Self

from ingest.errors import IngestError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.processes import end_tree
from ingest.worker_process import FOLDER, Answer, Job

_START = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from ingest.worker_process import serve; serve()"
_CRASHED = "the reader crashed on this file; save it in another format"
_STARTED = 60  # seconds that a start may take


class Worker:
    """The process that reads, seen from outside. One file at a time is with it."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self.limits = limits
        self._folder = tempfile.TemporaryDirectory(prefix=FOLDER, ignore_cleanup_errors=True)
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: SimpleQueue[tuple[float, Answer | None]] = SimpleQueue()
        self._unsent: IngestError | None = None
        self._name = ""
        self._since = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process and all that it started; what it left on the disk goes."""
        self._end()
        self._folder.cleanup()

    def keep(self, data: bytes) -> str:
        """A file of bytes that came from elsewhere (standard input, the web), as long as this worker is; gives its path."""
        handle, path = tempfile.mkstemp(dir=self._folder.name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        return path

    def send(self, name: str, read: Callable[..., Any], *given: Any) -> None:
        """Let `read` (a function of a module) be called with what is given for the source `name`; its answer is for `receive`."""
        self._name, self._unsent = name, None
        if self._process is not None and not self._answers.empty():
            self._end()  # it ended between two files
        try:
            pipe = (self._process or self._start()).stdin
        except IngestError as error:
            self._unsent = error
            return
        self._since = time.monotonic()
        with suppress(OSError):  # it has ended, which `receive` will see
            if pipe is not None:
                pipe.write(pickle.dumps(Job(read, given, self.limits)))
                pipe.flush()

    def receive(self) -> Any:
        """What `read` gave for the source that was sent; `IngestError` where it refused it, or had to be ended."""
        if self._unsent is not None:
            raise self._unsent
        answer = self._wait(self.limits.seconds)
        if answer is None:
            raise IngestError(self._name, self._end_of_process())
        if answer.kind == "read":
            return answer.held
        if answer.kind == "memory":
            self._end()  # what is left of its memory is in pieces
            raise IngestError(self._name, self._too_much_memory())
        if answer.kind == "refused":
            raise IngestError(self._name, answer.held)
        if answer.kind == "broken":
            self._end()
            raise IngestError(self._name, _CRASHED)
        raise IngestError(self._name, f"cannot be read ({answer.held}); save it in another format and try again")

    def ask(self, name: str, read: Callable[..., Any], *given: Any) -> Any:
        """`send` and `receive` in one."""
        self.send(name, read, *given)
        return self.receive()

    def _too_much_memory(self) -> str:
        return f"reading it needed more memory than the limit of {self.limits.memory} MB; raise it with --max-memory, or save it in another format"

    def _wait(self, seconds: float) -> Answer | None:
        """The next answer; None where the process has ended, or was ended because it gave none for so long."""
        while True:
            left = self._since + seconds - time.monotonic()
            try:
                at, answer = self._answers.get(timeout=max(left, 0)) if left > 0 else self._answers.get_nowait()
            except Empty:
                self._end()
                raise IngestError(self._name, f"reading it took longer than the limit of {self.limits.seconds} s; raise it with --max-seconds") from None
            if answer is None or answer.kind != "beat":
                return answer
            self._since = at

    def _end_of_process(self) -> str:
        """Why a process that ended by itself did so, as far as can be told."""
        if self._end() == -9:
            return "the system ended the process that read it, as it does when its memory runs out; close other programs and add it again"
        return _CRASHED

    def _start(self) -> subprocess.Popen[bytes]:
        """Start the process and wait until it can read."""
        self._answers = SimpleQueue()
        # -P: nothing is imported from the folder that the command runs in, which may be the one of the files.
        command = [sys.executable, "-P", "-c", _START, json.dumps([entry for entry in sys.path if isinstance(entry, str)])]
        surroundings = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._folder.name)
        group: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)  # of Windows: Ctrl-C is for the command alone
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=_errors(), env=surroundings, start_new_session=sys.platform != "win32", creationflags=group
            )
        except (OSError, ValueError) as fault:
            raise IngestError(self._name, f"it was not read, since the process that reads files cannot be started ({fault}); check that Python may start programs here") from fault
        self._process = process
        threading.Thread(target=_listen, args=(process.stdout, self._answers), daemon=True).start()
        self._since = time.monotonic()
        try:
            answer = self._wait(_STARTED)
        except IngestError:
            answer = None
        if answer is None:
            self._end()
            raise IngestError(self._name, "it was not read, since the process that reads files does not start; run it again with KB_DEBUG=1 to see why")
        return process

    def _end(self) -> int:
        """End the process; gives the status that it ended with, where it did so by itself before."""
        process, self._process = self._process, None
        if process is None:
            return 0
        end_tree(process.pid)  # first: until it is waited for, its number is nobody else's
        status = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        return status


def _errors() -> int | None:
    """Where what libraries complain of goes: nowhere, unless a fault is looked for."""
    return None if os.environ.get("KB_DEBUG") else subprocess.DEVNULL


def _listen(pipe: IO[bytes], answers: SimpleQueue[tuple[float, Answer | None]]) -> None:
    """Queue the answers of a process as they come, each with its time; None when it has ended."""
    answer: Answer | None
    while True:
        try:
            answer = pickle.load(pipe)
        except (EOFError, OSError):
            answer = None
        except Exception:  # it broke off in the middle of an answer, which may look like anything
            answer = Answer("broken")
        answers.put((time.monotonic(), answer))
        if answer is None or answer.kind == "broken":
            return
