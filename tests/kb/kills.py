"""Kills `kb ingest` at a random moment and looks at what is left: each document whole or absent, and the next run ends the work.

A process that has loaded the program already is forked for every run, so that the moments fall into the work rather than
into loading. What is killed is the command with its process group, the command alone, or it with all that it started.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import psutil

from kb.catalogue_files import open_catalogue
from kb.doctor import examine as doctor
from kb.search import search
from kb.store import Store, open_store
from tests.kb.notices import write_notices

WAYS = ("group", "alone", "tree")
STARTS = ("empty base", "older edition", "read again")
GONE = 20.0  # seconds in which what a killed command had started must have ended by itself
Export = dict[str, tuple[Any, ...]]
"""What an export says of each document, with its obligations, by its id."""


class KillFault(Exception):
    """What a kill must never leave behind."""


@dataclass(slots=True)
class Tally:
    """What the kills hit."""

    kills: int = 0
    finished: int = 0  # runs that ended before their moment, and were begun again
    by_start: Counter[str] = field(default_factory=Counter)
    amid: int = 0  # left a base that was neither as before nor done


class Scene:
    """A folder of notices in its second edition, a base of the first one, and what an undisturbed run makes of them."""

    def __init__(self, folder: Path, corpus: Path) -> None:
        self.folder, self.sources, self.temporary = folder, folder / "notices", folder / "tmp"
        self.temporary.mkdir()
        write_notices(self.sources, corpus, 1)
        self.older = self._undisturbed("older")
        before = exported(self.older)
        write_notices(self.sources, corpus, 2)
        self.newer = self._undisturbed("newer")
        self.wanted = exported(self.newer)
        self.known = before | self.wanted
        self.begun = dict(zip(STARTS, ({}, before, self.wanted), strict=True))
        if not before.keys() - self.wanted.keys() or not before.keys() & self.wanted.keys():
            raise KillFault("the two editions of the notices do not differ as they should")
        self.seconds: dict[str, tuple[float, float]] = {}  # until the first write, and in all
        for start in STARTS:
            base = self.base("timed", start)
            since = time.monotonic()
            child = self.run(base, start)
            wait_for_write(base, child)
            first = time.monotonic() - since
            self._await(child, base)
            self.seconds[start] = first, time.monotonic() - since
            if exported(base) != self.wanted:
                raise KillFault(f"an undisturbed run ({start}) does not end with what a new base holds")

    def _undisturbed(self, name: str) -> Path:
        base = self.base(name, STARTS[0])
        self.finish(base, STARTS[0])
        return base

    def base(self, name: str, start: str) -> Path:
        """A base to begin with, in a folder of its own."""
        place = self.folder / "bases" / name
        shutil.rmtree(place, ignore_errors=True)
        if start == STARTS[0]:
            place.mkdir(parents=True)
        else:
            shutil.copytree((self.older if start == STARTS[1] else self.newer).parent, place)
        return place / "kb.sqlite"

    def run(self, base: Path, start: str) -> int:
        """Start `kb ingest` in a process of its own that leads a group; gives its number."""
        words = ["kb", "--db", str(base), "ingest", str(self.sources), *(["--again"] if start == STARTS[2] else [])]
        return _fork(words, self.temporary, base.parent / "said.txt")

    def finish(self, base: Path, start: str) -> None:
        """Run `kb ingest` to its end."""
        self._await(self.run(base, start), base)

    @staticmethod
    def _await(child: int, base: Path) -> None:
        _, status = os.waitpid(child, 0)
        if status:
            raise KillFault(f"kb ingest ended with status {os.waitstatus_to_exitcode(status)}: {(base.parent / 'said.txt').read_text(encoding='utf-8')}")


def wait_for_write(base: Path, child: int) -> None:
    """Wait until a run has written into its base, or ended."""
    log = base.with_name(f"{base.name}-wal")
    while True:
        with suppress(OSError):
            if log.stat().st_size:
                return
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return
        time.sleep(0.002)


def load_program() -> None:
    """Load all that `kb ingest` works with, before the first fork."""
    import kb.cli  # noqa: F401 — to have it loaded
    import kb.ingestion  # noqa: F401
    from extractors.pipeline import extract_passage

    extract_passage("县教育局牵头，于2022年6月底前完成整改。", None, ())


def _fork(words: list[str], temporary: Path, said: Path) -> int:
    child = os.fork()
    if child:
        return child
    try:
        os.setsid()
        os.environ |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
        import tempfile

        tempfile.tempdir = None
        out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.argv = words
        from kb.cli import main

        main()
        os._exit(0)
    except SystemExit as ended:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(ended.code or 0))
    finally:
        os._exit(70)


def exported(path: Path) -> Export:
    """What the exports say of each document, by its id; citations without what they lead to, which depends on the others."""
    if not path.exists():
        return {}
    with open_store(path) as store:
        documents, obligations = store.documents(), list(store.all_obligations())
        texts = {one["id"]: store.text(one["id"]) for one in documents}
    if len(texts) != len(documents) or len({one["id"] for one in obligations}) != len(obligations):
        raise KillFault("a document or an obligation is stored twice")
    own: dict[str, list[Any]] = {identity: [] for identity in texts}
    for one in obligations:
        own[one["document"]].append(one)
    plain = [one | {"citations": [cited | {"resolved": None} for cited in one["citations"]]} for one in documents]
    return {one["id"]: (one, texts[one["id"]], own[one["id"]]) for one in plain}


def kill(scene: Scene, random: Random, number: int, tally: Tally) -> None:
    """One run that is killed at a random moment, what it leaves, and the run that ends the work; raises `KillFault`."""
    start, way = STARTS[number % len(STARTS)], WAYS[number // len(STARTS) % len(WAYS)]
    first, whole = scene.seconds[start]
    writing = number % 2 == 1  # half of the moments fall into the time in which it writes
    moment = random.uniform(0.0, whole - first) if writing else random.uniform(0.02, whole)
    base = scene.base(f"{number}", start)
    while not _run_and_kill(scene, base, start, way, moment, writing):
        tally.finished += 1
        moment *= random.random()  # the machine has less to do than when the undisturbed run was timed
        base = scene.base(f"{number}", start)
    tally.kills += 1
    tally.by_start[start] += 1
    try:
        left = _examine(scene, base, random)
        tally.amid += left not in (scene.begun[start], scene.wanted)
        scene.finish(base, start)
        if exported(base) != scene.wanted:
            raise KillFault("the next run does not end with what an undisturbed one does")
        _examine(scene, base, random)
    except KillFault as fault:
        raise KillFault(f"{start}, {way} killed after {moment:.3f} s: {fault}; the base: {base}") from fault
    shutil.rmtree(base.parent)


def _run_and_kill(scene: Scene, base: Path, start: str, way: str, moment: float, writing: bool) -> bool:
    """Whether the run was still going on when its moment came, counted from its start or its first write."""
    child = scene.run(base, start)
    if writing:
        wait_for_write(base, child)
    time.sleep(moment)
    started = psutil.Process(child).children(recursive=True)
    running = os.waitpid(child, os.WNOHANG)[0] == 0
    if running:
        _end(child, started if way == "tree" else [], group=way != "alone")
        os.waitpid(child, 0)
    _, left = psutil.wait_procs(started, timeout=GONE)
    if left:
        raise KillFault(f"{start}, {way} killed after {moment:.3f} s: {len(left)} processes are left of {len(started)}")
    # One without a reader yet is empty, and nobody is left to take it away.
    if way != "tree" and any(started or any(folder.iterdir()) for folder in scene.temporary.glob("kb-read-*")):
        raise KillFault(f"{start}, {way} killed after {moment:.3f} s: the folder of the reader is left")
    for folder in scene.temporary.glob("kb-read-*"):
        shutil.rmtree(folder)  # nobody who could take it away was left alive
    return running


def _end(child: int, started: list[psutil.Process], group: bool) -> None:
    for process in started:
        with suppress(psutil.Error):
            process.suspend()  # none of them may clean up behind the other
    (os.killpg if group else os.kill)(child, signal.SIGKILL)
    for process in started:
        with suppress(psutil.Error):
            process.kill()


def _examine(scene: Scene, base: Path, random: Random) -> Export:
    """The documents that a base holds, all of them whole; raises `KillFault` where anything is amiss."""
    if not base.exists():
        return {}
    with closing(sqlite3.connect(base)) as raw:
        if raw.execute("PRAGMA integrity_check").fetchall() != [("ok",)] or raw.execute("PRAGMA foreign_key_check").fetchall():
            raise KillFault("the base is damaged")
    found = exported(base)
    for identity, held in found.items():
        if held != scene.known.get(identity):
            raise KillFault(f"document {identity} is not whole")
    with open_store(base) as store:
        for complaint in _amiss(store, found, random):
            raise KillFault(complaint)
        for finding in doctor(store, mend=False).findings:
            raise KillFault(str(finding))
    return found


def _amiss(store: Store, found: Export, random: Random) -> Iterator[str]:
    """What search says other than the exports do."""
    obligations = [one for _, _, own in found.values() for one in own]
    if sorted(open_catalogue(store).ids()) != sorted(one["id"] for one in obligations):
        yield "search knows other obligations than the export has"
    for wanted in random.sample(obligations, min(3, len(obligations))):
        hits = [hit["obligation"] for hit in search(store, wanted["text"], k=20)["hits"] if hit["obligation"]]
        if wanted["text"] not in [hit["text"] for hit in hits]:
            yield f"search does not find {wanted['id']}"
        if any(hit not in obligations for hit in hits):
            yield "search finds what the export does not have"
