"""An earlier state of the project beside the present one: a git worktree in a temporary folder, and what its rules extract."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

DUMP = Path(__file__).resolve().parent / "dump_extraction.py"
_BATCH = 200  # files a process: their names must fit on a command line


class GitError(Exception):
    """What git said, in one line."""


def git(root: Path, *words: str) -> str:
    """What a git command prints, run in `root`."""
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no answer"]
        raise GitError(f"git {words[0]}: {said[-1]}")
    return done.stdout


def commit_of(root: Path, revision: str) -> str:
    """The commit that `revision` names."""
    try:
        return git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip()
    except GitError as error:
        raise GitError(f"{revision}: no commit of this repository; name one that `git log` lists") from error


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def _forget(root: Path, tree: Path) -> None:
    """Remove a worktree; one that git was still making is locked and half there."""
    subprocess.run(["git", "worktree", "remove", "--force", "--force", str(tree)], cwd=root, capture_output=True, check=False)
    if tree.as_posix() in git(root, "worktree", "list", "--porcelain"):
        subprocess.run(["git", "worktree", "unlock", str(tree)], cwd=root, capture_output=True, check=False)
        shutil.rmtree(tree, ignore_errors=True)
        subprocess.run(["git", "worktree", "prune"], cwd=root, capture_output=True, check=False)


@contextmanager
def tree_of(root: Path, revision: str) -> Iterator[Path]:
    """The project as it was at `revision`, in a folder that vanishes afterwards, also when this program is told to end."""
    commit = commit_of(root, revision)
    before = {number: signal.signal(number, _end) for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))}
    folder = Path(tempfile.mkdtemp(prefix="notice-kb-")).resolve()
    tree = folder / "tree"
    try:
        git(root, "worktree", "add", "--quiet", "--detach", str(tree), commit)
        yield tree
    finally:
        _forget(root, tree)
        shutil.rmtree(folder, ignore_errors=True)
        for number, handler in before.items():
            signal.signal(number, handler)


def _start(tree: Path, overlay: Path, files: Sequence[Path], out: Path) -> subprocess.Popen[bytes]:
    environment = dict(os.environ) | {"PYTHONPATH": str(tree), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    with out.open("ab") as stream:
        return subprocess.Popen([sys.executable, str(DUMP), str(overlay), *map(str, files)], cwd=tree, env=environment, stdout=stream)


def extract_in(trees: Sequence[Path], files: Sequence[Path], overlay: Path) -> list[dict[str, dict[str, Any]]]:
    """What each state of the project extracts from `files`, by file; the states run beside one another."""
    with tempfile.TemporaryDirectory(prefix="notice-kb-") as folder:
        outs = [Path(folder) / f"{place}.jsonl" for place in range(len(trees))]
        for start in range(0, len(files), _BATCH):
            running = [_start(tree, overlay, files[start : start + _BATCH], out) for tree, out in zip(trees, outs, strict=True)]
            try:
                for process, tree in zip(running, trees, strict=True):
                    if process.wait():
                        raise GitError(f"the extraction of {tree} ended with status {process.returncode}")
            finally:
                for process in running:
                    if process.poll() is None:
                        process.kill()
                        process.wait()
        return [{found["file"]: found for line in out.open(encoding="utf-8") for found in [json.loads(line)]} if out.exists() else {} for out in outs]
