"""Where an export goes: a file that is there whole or not at all, or standard output."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from kb.errors import KbError, UsageError


def write_file(path: Path, data: bytes) -> None:
    """Put `data` in the place of the file in one step: a reader sees the old or the new."""
    with replacing(path) as file:
        file.write(data)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to be written that takes the place of `path` when it is whole; nothing is left of one that is not."""
    try:
        handle, made = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield file
            os.chmod(made, _mode(path))
            os.replace(made, path)
        except BaseException:
            Path(made).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise KbError(str(path), f"cannot be written ({error.strerror})", "check the folder and close the file where it is open") from error


def make_folder(path: Path) -> None:
    """The folder that files are written into, made when absent."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KbError(str(path), f"no folder can be made there ({error.strerror})", "name another one") from error


def write_stream(writer: Callable[[Any, IO[bytes]], None], rows: Iterable[Any], output: Path | None, binary: bool = False) -> None:
    """Let `writer` put rows into `output` as they come, or onto standard output; never binary data onto a terminal."""
    if output is not None:
        with replacing(output) as file:
            writer(rows, file)
    elif binary and sys.stdout.isatty():
        raise UsageError("--output", "this format is a file", "name it, such as --output 台账.xlsx")
    else:
        sys.stdout.flush()
        with tempfile.TemporaryFile() as file:  # a workbook is written back and forth
            writer(rows, file)
            file.seek(0)
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def file_name(words: str) -> str:
    """Words as the name of a file that every system takes."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", words).strip(". ")[:80] or "_"


def _mode(path: Path) -> int:
    """The permissions of the file replaced, else those that a new file would get."""
    if path.exists():
        return path.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def write_out(data: bytes, output: Path | None, binary: bool = False) -> None:
    """Write to `output`, or to standard output where none is named; never binary data onto a terminal."""
    if output is not None:
        write_file(output, data)
    elif binary and sys.stdout.isatty():
        raise UsageError("--output", "this format is a file", "name it, such as --output 台账.xlsx")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
