"""Reading notices (公文): any file in, one document tree out."""

from typing import TYPE_CHECKING, Any

from ingest.errors import IngestError

if TYPE_CHECKING:
    from ingest.sources import count_unread, find_sources, read, read_all, read_all_bytes, read_bytes

__all__ = ["IngestError", "count_unread", "find_sources", "read", "read_all", "read_all_bytes", "read_bytes"]


def __getattr__(name: str) -> Any:
    # Readers and their rules are loaded when something is read: the document model alone is wanted more often.
    if name in __all__:
        from ingest import sources

        return getattr(sources, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
