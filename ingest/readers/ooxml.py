"""Office Open XML packages (ECMA-376, ISO/IEC 29500): their parts parsed safely, their relations told, nothing outside fetched."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

from ingest.errors import IngestError, check_memory
from ingest.limits import Limits
from ingest.packages import open_package, read_member

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
# The Strict variant differs in its names alone (ISO/IEC 29500-1 annex A; -4 has the Transitional ones).
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a part to another part of the package; those to targets outside are left out."""

    kind: str  # the last word of its type: styles, header, worksheet …
    part: str


class Package:
    """An opened package; `path` is the file's name for messages."""

    def __init__(self, data: bytes, path: str, limits: Limits) -> None:
        self.path = path
        self.zip: ZipFile = open_package(data, path, limits)
        self._names = {name.replace("\\", "/").lstrip("/").lower(): name for name in self.zip.namelist()}

    def has(self, part: str) -> bool:
        """Whether the package holds a part; names are told apart without regard to case (ECMA-376-2, 9.1.1)."""
        return part.lower() in self._names

    def read(self, part: str) -> bytes:
        """The bytes of a part, the Strict names in them made Transitional; `IngestError` where it declares a document type."""
        data = read_member(self.zip, self._names.get(part.lower(), part), self.path)
        if any(mark in data for mark in _DOCTYPE):
            raise IngestError(self.path, f"{part} in it declares entities, which no Office program writes; open it in Word or WPS and save it anew")
        if _STRICT in data:
            for strict, usual in _STRICT_NAMES:
                data = data.replace(strict, usual)
        return data

    def root(self, part: str) -> Any:
        """The root element of a part, None where the package lacks it."""
        from lxml import etree

        if not self.has(part):
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
        data = self.read(part)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as fault:
            check_memory(fault)
            if "depth" in str(fault):  # libxml2 goes no deeper than 256
                raise IngestError(self.path, f"{part} in it is nested too deep, as tables inside tables are; take them apart and save it anew") from fault
            raise IngestError(self.path, f"{part} in it is damaged; open the file in Word or WPS and save it anew") from fault

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part ('' for the package) by their identifiers."""
        folder, name = posixpath.split(part)
        root = self.root(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relation] = {}
        for element in () if root is None else root.iter(_RELATION):
            target = element.get("Target") or ""
            if element.get("TargetMode") == "External" or not target:
                continue
            inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[element.get("Id") or ""] = Relation((element.get("Type") or "").rsplit("/", 1)[-1], inside)
        return found

    def main_part(self, usual: str) -> str:
        """The part that the package is about; `usual` is its name where the relations do not tell."""
        told = next((relation.part for relation in self.relations("").values() if relation.kind == "officeDocument"), usual)
        return told if self.has(told) else usual


def local(element: Any) -> str:
    """The name of an element without its namespace, '' for what is no element."""
    tag = element.tag
    return re.sub(r"^\{[^}]*\}", "", tag) if isinstance(tag, str) else ""


def number(text: str | None, default: int) -> int:
    """A whole number of an attribute, bounded so that no counter runs away."""
    try:
        return max(-(10**6), min(10**6, int(float(text or ""))))
    except (ValueError, OverflowError):
        return default
