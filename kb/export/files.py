"""Where an export goes: a file that is there whole or not at all, or standard output."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from kb.errors import KbError, UsageError


def write_file(path: Path, data: bytes) -> None:
    """Put `data` in the place of the file in one step: a reader sees the old or the new."""
    try:
        handle, made = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(made, _mode(path))
            os.replace(made, path)
        except OSError:
            Path(made).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise KbError(str(path), f"cannot be written ({error.strerror})", "check the folder and close the file where it is open") from error


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
