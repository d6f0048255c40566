"""Reading notices (公文): any file in, one document tree out."""

from ingest.errors import IngestError
from ingest.sources import find_sources, read, read_bytes

__all__ = ["IngestError", "find_sources", "read", "read_bytes"]
