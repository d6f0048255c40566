"""What can go wrong in the knowledge base, in words a person can act on."""

from __future__ import annotations


class KbError(Exception):
    """One line for a person: what failed (`subject`: a file, a base, a document), what is wrong, what to do."""

    def __init__(self, subject: str, problem: str, remedy: str = "") -> None:
        self.subject = subject
        self.problem = problem
        self.remedy = remedy
        super().__init__(": ".join(part for part in (subject, problem, remedy) if part))


class StoreError(KbError):
    """The base cannot be opened, read or written."""


class EncoderError(KbError):
    """An encoder or re-ranker that cannot be loaded; `subject` is what was asked for."""


class UnknownDocument(KbError):
    """No stored document, or more than one, goes by this id, number or file name."""


class UsageError(KbError):
    """The command itself is wrong (exit status 2)."""
