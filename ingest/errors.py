"""The one error of this package: a file that cannot be read, and what to do about it; want of memory told from it."""

from __future__ import annotations

_NO_MEMORY = 2


class IngestError(Exception):
    """A source that cannot be read; the message is one sentence: what is wrong, what to do."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path


def check_memory(fault: Exception) -> None:
    """Raise `MemoryError` where libxml2 gave up for want of memory (XML_ERR_NO_MEMORY), which lxml tells as bad XML."""
    if getattr(fault, "code", None) == _NO_MEMORY:
        raise MemoryError from fault
