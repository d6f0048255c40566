"""Zip packages (DOCX, XLSX, OFD, archives): opened only where what they unpack to stays within the limits."""

from __future__ import annotations

import zipfile
from functools import partial
from io import BytesIO

from ingest.errors import IngestError
from ingest.limits import Limits

_ENCRYPTED = 0x2041  # APPNOTE 4.4.4: bit 0, bit 6 (strong encryption), bit 13 (the directory too)
_PIECE = 4096  # packed bytes that are taken at a time
_SMALL = 1 << 20  # bytes below which a ratio says nothing: blank text packs a thousandfold


def open_package(data: bytes, path: str, limits: Limits) -> zipfile.ZipFile:
    """The package of one document, its directory checked: number of members, what they unpack to, and each one's ratio.

    `zipfile` never gives more of a member than the directory declares, so a directory that lies cannot pass the limits.
    """
    package = open_directory(data, path, limits)
    for member in package.infolist():
        check_ratio(member, path, limits, f"{member.filename} in it")
    return package


def open_directory(data: bytes, path: str, limits: Limits) -> zipfile.ZipFile:
    """A package whose members are checked as a whole: how many, what they unpack to, that each has bytes of its own."""
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise IngestError(path, "the file is damaged; get it again or save it anew") from fault
    members = package.infolist()
    if len(members) > limits.members:
        raise IngestError(path, f"it holds {len(members)} files, more than the limit of {limits.members}; raise it with --max-members")
    total = sum(member.file_size for member in members)
    if total > limits.unpacked << 20:
        raise IngestError(path, f"it unpacks to {total >> 20} MB, more than the limit of {limits.unpacked}; raise it with --max-unpacked")
    if sum(member.compress_size for member in members) > len(data):
        raise IngestError(path, "members in it share their bytes, as in a zip bomb; get it again or pack it anew")
    return package


def check_ratio(member: zipfile.ZipInfo, path: str, limits: Limits, subject: str = "it") -> None:
    """`IngestError` where a member unpacks to more than the limit's many times its bytes."""
    if member.file_size > _SMALL and member.file_size > limits.ratio * max(member.compress_size, 1):
        ratio = member.file_size // max(member.compress_size, 1)
        raise IngestError(path, f"{subject} unpacks {ratio}-fold, more than the limit of {limits.ratio}, as a zip bomb does; raise it with --max-ratio")


def read_member(package: zipfile.ZipFile, member: str | zipfile.ZipInfo, path: str) -> bytes:
    """The bytes of one member; `IngestError` where it is encrypted, damaged or packed in an unusual way."""
    import lzma
    import struct
    import zlib

    try:
        info = package.getinfo(member) if isinstance(member, str) else member
        if info.flag_bits & _ENCRYPTED:
            raise IngestError(path, "the file is encrypted; remove its password and add it again")
        with package.open(info) as file:
            # zipfile unpacks all of a piece that it takes of bzip2 and LZMA, whatever the directory says.
            pieces = iter(partial(file.read, _PIECE), b"")
            return file.read() if info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) else b"".join(pieces)
    except NotImplementedError as fault:
        raise IngestError(path, "it is packed in a way that is not read; unpack it and pack it anew as ordinary ZIP") from fault
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, KeyError, ValueError, RuntimeError) as fault:
        raise IngestError(path, "the file is damaged; get it again or save it anew") from fault
