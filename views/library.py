"""文档库: not here yet."""

from __future__ import annotations


def show() -> None:
    """The page."""
