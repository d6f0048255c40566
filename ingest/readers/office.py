"""DOC, WPS, RTF, XLS, ET and XLSB: brought to DOCX or XLSX by LibreOffice; the text of DOC without it where it is absent."""

from __future__ import annotations

import struct
from importlib import import_module
from io import BytesIO
from pathlib import Path

from ingest.errors import IngestError
from ingest.formats import sniff
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.lines import Reading
from ingest.readers.soffice import convert, find_soffice

# Kind of file to the ending under which LibreOffice is given it and the form that is asked for.
_FORMS = {"doc": (".doc", "docx"), "rtf": (".rtf", "docx"), "wordml": (".xml", "docx"), "works": (".wps", "docx"), "xls": (".xls", "xlsx"), "xlsb": (".xlsb", "xlsx")}

_STREAMS = {"doc": {"worddocument"}, "xls": {"workbook", "book"}}


def read_lines(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """The lines of an old Office file."""
    kind = sniff(path, data)
    if kind == "doc" and find_soffice() is None:
        from ingest.readers.doc import read_lines as read_doc

        return read_doc(data, path, limits)
    if kind in _STREAMS and find_soffice() is not None:
        _check_compound(data, kind, path)
    ending, target = _FORMS.get(kind, (Path(path).suffix.lower() or ".doc", "docx"))
    made = convert(data, ending, target, path, limits)
    reading: Reading = import_module(f"ingest.readers.{target}").read_lines(made, path, limits)
    return reading


def _check_compound(data: bytes, kind: str, path: str) -> None:
    """`IngestError` where a compound file is broken: LibreOffice would take its bytes for plain text."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as package:
            names = {entry[-1].lower() for entry in package.listdir()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, struct.error):
        names = set()
    if not names & _STREAMS[kind]:
        raise IngestError(path, f"the file is damaged; get it again, or open it in the office program and save it as {_FORMS[kind][1].upper()}")
