"""DOC, WPS, RTF, XLS, ET and XLSB: brought to DOCX or XLSX by LibreOffice; the text of DOC without it where it is absent."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from ingest.formats import sniff
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.lines import Reading
from ingest.readers.soffice import convert, find_soffice

# Kind of file to the ending under which LibreOffice is given it and the form that is asked for.
_FORMS = {"doc": (".doc", "docx"), "rtf": (".rtf", "docx"), "wordml": (".xml", "docx"), "works": (".wps", "docx"), "xls": (".xls", "xlsx"), "xlsb": (".xlsb", "xlsx")}


def read_lines(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """The lines of an old Office file."""
    kind = sniff(path, data)
    if kind == "doc" and find_soffice() is None:
        from ingest.readers.doc import read_lines as read_doc

        return read_doc(data, path, limits)
    ending, target = _FORMS.get(kind, (Path(path).suffix.lower() or ".doc", "docx"))
    made = convert(data, ending, target, path, limits)
    reading: Reading = import_module(f"ingest.readers.{target}").read_lines(made, path, limits)
    return reading
