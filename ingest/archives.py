"""ZIP archives of notices: what they hold, archives inside them too; nothing of them is ever written to the disk.

A member's name only names a source (archive.zip/inner/name.docx): `..`, drive letters and leading slashes are taken out.
Names without the UTF-8 flag (APPNOTE 4.4.4, bit 11) are GBK where they are no UTF-8: Chinese Windows writes them so.
"""

from __future__ import annotations

import hashlib
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath

from ingest.errors import IngestError
from ingest.formats import SUFFIXES, sniff
from ingest.limits import Limits
from ingest.packages import check_ratio, open_directory, read_member

Way = tuple[int, ...]
"""Where a member is: its place in the outermost archive, in the one inside that, and so on."""
_UNICODE_PATH = 0x7075  # APPNOTE 4.6.9: the name in UTF-8, beside one in the archiver's own code page


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name as a source, where it is, and what its bytes are; `refused` says why it cannot be read."""

    name: str
    way: Way
    sha256: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Archive:
    """What an archive holds: the files of kinds that are read, in order of their names, and the endings of the others."""

    name: str
    members: tuple[Member, ...]
    passed_over: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Listing:
    """An archive while it is gone through: what was found, and what of the limits is used."""

    name: str
    limits: Limits
    members: list[Member] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    count: int = 0
    unpacked: int = 0

    def take(self, package: zipfile.ZipFile) -> None:
        """Count what an archive inside unpacks to; all of them together stay within the limits of one."""
        self.count += len(package.infolist())
        self.unpacked += sum(info.file_size for info in package.infolist())
        if self.count > self.limits.members:
            raise IngestError(self.name, f"it holds more files than the limit of {self.limits.members}, those of archives inside it counted; raise it with --max-members")
        if self.unpacked > self.limits.unpacked << 20:
            raise IngestError(self.name, f"with the archives inside it, it unpacks to more than the limit of {self.limits.unpacked} MB; raise it with --max-unpacked")

    def own_name(self, name: str) -> str:
        """A name that no other member has."""
        path, number, found = PurePosixPath(name), 1, name
        while found in self.names:
            number += 1
            found = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
        self.names.add(found)
        return found


def list_members(name: str, data: bytes, limits: Limits) -> Archive:
    """The files in an archive; `IngestError` where it is damaged or passes a limit as a whole."""
    listing = _Listing(name, limits)
    _list(listing, name, data, (), 1)
    if not listing.members:
        held = ", ".join(f"{count} {suffix or 'without ending'}" for suffix, count in listing.passed_over.most_common())
        raise IngestError(name, f"the archive holds no file of a kind that is read{f' ({held})' if held else ''}; check that it is the right one")
    counts = dict(sorted(listing.passed_over.items(), key=lambda entry: (-entry[1], entry[0])))
    return Archive(name, tuple(sorted(listing.members, key=lambda member: member.name)), counts)


def _list(listing: _Listing, name: str, data: bytes, way: Way, depth: int) -> None:
    """Add what one archive holds, and what the archives inside it hold."""
    package = open_directory(data, name, listing.limits)
    listing.take(package)
    for place, info in enumerate(package.infolist()):
        path = member_path(info)
        if info.filename.endswith("/") or not path or _is_litter(path):
            continue
        suffix = PurePosixPath(path).suffix.lower()
        if suffix not in SUFFIXES:
            listing.passed_over[suffix] += 1
            continue
        own, at = listing.own_name(f"{name}/{path}"), (*way, place)
        try:
            _refuse_links(own, info)
            check_ratio(info, own, listing.limits)
            if SUFFIXES[suffix] != "archive":
                listing.members.append(Member(own, at, _digest(package, info, own)))
                continue
            if depth >= listing.limits.nesting:
                raise IngestError(own, f"it is an archive inside archives, more than the limit of {listing.limits.nesting} deep; raise it with --max-nesting, or unpack it")
            inner = read_member(package, info, own)
            if sniff(own, inner) != "archive":  # its name lies
                listing.members.append(Member(own, at, hashlib.sha256(inner).hexdigest()))
                continue
        except IngestError as error:
            listing.members.append(Member(own, at, refused=str(error)))
            continue
        _list_inner(listing, own, inner, at, depth)


def _list_inner(listing: _Listing, name: str, data: bytes, way: Way, depth: int) -> None:
    """Add what an archive inside holds; one that cannot be read is one member that cannot."""
    try:
        _list(listing, name, data, way, depth + 1)
    except IngestError as error:
        if error.path == listing.name:
            raise  # a limit of the whole
        listing.members.append(Member(name, way, refused=str(error)))


def member_bytes(name: str, path: str, way: Way, limits: Limits) -> bytes:
    """The bytes of the member that stands at `way` in the archive in the file `path`; `name` is the member's as a source."""
    try:
        package = _opened(path, Path(path).stat().st_mtime_ns, way[:-1], limits)
        return read_member(package, package.infolist()[way[-1]], name)
    except (OSError, IndexError) as fault:
        raise IngestError(name, "the archive has changed while it was read; add it again") from fault


@lru_cache(maxsize=4)  # the members of an archive are asked for one after the other
def _opened(path: str, changed: int, way: Way, limits: Limits) -> zipfile.ZipFile:
    """The archive in a file, or the one inside it that stands at `way`."""
    if not way:
        return open_directory(Path(path).read_bytes(), path, limits)
    outer = _opened(path, changed, way[:-1], limits)
    return open_directory(read_member(outer, outer.infolist()[way[-1]], path), path, limits)


def member_path(info: zipfile.ZipInfo) -> str:
    """The name of a member as its maker meant it, without what would lead out of the archive; empty where nothing is left.

    >>> member_path(zipfile.ZipInfo("../../C:/附件/1.docx")), member_path(zipfile.ZipInfo("/etc/./a.txt"))
    ('附件/1.docx', 'etc/a.txt')
    """
    parts = [part.strip() for part in _decoded(info).replace("\\", "/").split("/")]
    kept = ["".join(char if char.isprintable() or char == "\u3000" else "_" for char in part) for part in parts if part not in ("", ".", "..")]
    return "/".join(part for part in kept if not (len(part) == 2 and part[1] == ":"))


def _decoded(info: zipfile.ZipInfo) -> str:
    """A name in the code page that it was written in."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")  # what zipfile took it for
    except UnicodeEncodeError:
        return info.filename
    for kind, field_ in _fields(info.extra):
        if kind == _UNICODE_PATH and field_[:1] == b"\x01" and int.from_bytes(field_[1:5], "little") == zlib.crc32(raw):
            raw = field_[5:]
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """The extra fields of a member: kind and content."""
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        yield kind, extra[4 : 4 + size]
        extra = extra[4 + size :]


def _is_litter(path: str) -> bool:
    """Whether a member is what systems leave in archives and folders: macOS's shadow files, hidden files, Word's lock files."""
    parts = path.split("/")
    return any(part == "__MACOSX" or part.startswith(".") for part in parts) or parts[-1].startswith("~$")


def _refuse_links(name: str, info: zipfile.ZipInfo) -> None:
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise IngestError(name, "it is a link or another special file, which is not followed out of an archive; add the file itself")


def _digest(package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> str:
    """The digest of a member's bytes, which is looked up before the member is read."""
    return hashlib.sha256(read_member(package, info, name)).hexdigest()
