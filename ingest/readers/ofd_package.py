"""The OFD package (GB/T 33190): its parts found however their names are written, its XML read without danger."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.errors import IngestError, check_memory
from ingest.limits import Limits
from ingest.packages import open_package, read_member

_REFERENCE = re.compile(rb"&#(x[0-9a-fA-F]{1,999}|[0-9]{1,999});")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,80}encoding\s*=\s*["']([\w\-]{1,30})""")


@dataclass(frozen=True, slots=True)
class Package:
    """An opened OFD file: `members` leads from a part's name, folded as `key_of` does, to its member."""

    path: str
    archive: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    root: str  # the folder of OFD.xml, "" as a rule


def local(element: Any) -> str:
    """An element's name without namespace or prefix, declared or not; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its name, whatever its prefix and case."""
    value = element.get(name)
    if value is None:
        wanted = name.lower()
        value = next((v for k, v in element.items() if k.rpartition("}")[2].rpartition(":")[2].lower() == wanted), None)
    return None if value is None else str(value)


def children(element: Any, *names: str) -> Iterator[Any]:
    """The children of an element that bear one of the names."""
    return (child for child in element if local(child) in names) if element is not None else iter(())


def child(element: Any, *names: str) -> Any:
    """The first child that the names, one a level, lead to; None where there is none."""
    for name in names:
        element = next(children(element, name), None)
    return element


def words(element: Any) -> str:
    """The text of an element, "" where there is none."""
    return (element.text or "").strip() if element is not None else ""


def numbers(text: str | None) -> list[float]:
    """The numbers of a list between blanks or commas; it ends where something else stands."""
    found = []
    for token in (text or "").replace(",", " ").split():
        try:
            value = float(token)
        except ValueError:
            break
        if not -1e9 < value < 1e9:  # also what is no number
            break
        found.append(value)
    return found


def key_of(name: str) -> str:
    """A part's name without the differences that writers make: backslashes, dots, case, a leading slash."""
    return posixpath.normpath("/" + name.replace("\\", "/").strip()).lstrip("/").lower()


def _decoded(member: zipfile.ZipInfo) -> str:
    """A member's name; zip gives names in the Chinese code page as if they were cp437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename


def open_ofd(data: bytes, path: str, limits: Limits) -> Package:
    """The package of an OFD file, its limits checked."""
    archive = open_package(data, path, limits)
    members: dict[str, zipfile.ZipInfo] = {}
    for member in archive.infolist():
        if not member.filename.endswith("/"):
            members.setdefault(key_of(_decoded(member)), member)
            members.setdefault(key_of(member.filename), member)
    entry = min((key for key in members if posixpath.basename(key) == "ofd.xml"), key=len, default="ofd.xml")
    return Package(path, archive, members, posixpath.dirname(entry))


def locate(package: Package, location: str, *folders: str) -> str | None:
    """The part that a location means: from the root when it starts with a slash, else from the first folder that has it.

    Writers mix both up, so the other reading is tried too, and last the only part with that name. Nothing outside the
    package can be meant: its parts are all there is.
    """
    plain = location.replace("\\", "/").strip()
    if not plain:
        return None
    from_root = key_of(posixpath.join(package.root, plain.lstrip("/")))
    relative = [key_of(posixpath.join(folder, plain.lstrip("/"))) for folder in folders]
    for key in [from_root, *relative] if plain.startswith("/") else [*relative, from_root]:
        if key in package.members:
            return key
    ending = "/" + key_of(plain)
    alike = [key for key in package.members if key.endswith(ending)]
    return alike[0] if len(alike) == 1 else None


def parse(package: Package, key: str | None) -> Any:
    """The root element of a part; None where it is missing, damaged or no XML. Entities are never expanded, nothing is fetched.

    `IngestError` where a part declares entities: OFD has none, attacks have.
    """
    from lxml import etree

    if key is None or key not in package.members:
        return None
    member = package.members[key]
    try:
        data = read_member(package.archive, member, package.path).lstrip(b" \t\r\n")
    except IngestError:
        if member.flag_bits & 1:  # it wants a password
            raise
        return None
    if b"<!ENTITY" in data[:100_000] or "<!ENTITY".encode("utf-16-le") in data[:100_000]:
        raise IngestError(package.path, f"{key} in it declares XML entities, as attacks do and OFD never does; get the file from its publisher")
    settings = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False, "remove_comments": True, "remove_pis": True}
    for more in ({}, {"encoding": "gb18030"}, {"recover": True}):
        try:
            root = etree.fromstring(_mended(data) if more.get("recover") else data, etree.XMLParser(**settings, **more))
        except (etree.XMLSyntaxError, ValueError, LookupError) as fault:
            check_memory(fault)
            continue
        if root is not None:
            return root
    return None


def _mended(data: bytes) -> bytes:
    """XML without what is no character, which libxml2 lets through when it mends: references, and bytes where it is UTF-8."""
    data = _REFERENCE.sub(lambda found: found[0] if _is_character(found[1]) else b"", data)
    declared = _DECLARED.match(data)
    other = data.startswith((b"\xff\xfe", b"\xfe\xff")) or (declared is not None and declared[1].lower() not in (b"utf-8", b"utf8"))
    return data if other else data.decode("utf-8", errors="replace").encode()


def _is_character(reference: bytes) -> bool:
    """Whether a number, x before it where it is hexadecimal, is that of a character (XML 1.0, 2.2)."""
    code = int(reference[1:], 16) if reference[:1] == b"x" else int(reference)
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF


def is_encrypted(package: Package) -> bool:
    """Whether parts are encrypted as GM/T 0099 says: Encryptions.xml stands beside OFD.xml."""
    return any(posixpath.basename(key) in ("encryptions.xml", "decryptseed.dat", "decyptseed.dat") for key in package.members)
