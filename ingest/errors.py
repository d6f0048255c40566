"""The one error of this package: a file that cannot be read, and what to do about it."""

from __future__ import annotations


class IngestError(Exception):
    """A source that cannot be read; the message is one sentence: what is wrong, what to do."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path
