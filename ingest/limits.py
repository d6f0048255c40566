"""How much of a file from outside is read: each limit is named in the message of the file that passes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what one source may cost; every one can be set by an option of `kb ingest`."""

    megabytes: int = 200  # of one file or page as it comes
    pages: int = 3000  # of one document
    seconds: int = 600  # to read one document, OCR of its pages apart
    memory: int = 4096  # megabytes of the process that reads
    ratio: int = 200  # unpacked to packed bytes of a compressed member
    unpacked: int = 1024  # megabytes of all members of one archive together
    members: int = 10_000  # files in one archive, those in archives inside it included
    nesting: int = 3  # archives inside archives


DEFAULT_LIMITS = Limits()
