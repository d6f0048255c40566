"""ZIP archives as archivers and attackers make them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

LINK, PIPE = 0o120777 << 16, 0o010644 << 16


def notice(subject: str) -> bytes:
    """A small notice about a subject."""
    return f"关于{subject}的通知\n各街道办事处：\n一、要于2021年6月底前完成{subject}。\n云溪市住房和城乡建设局\n2021年3月1日\n".encode()


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive as Python makes it: names outside ASCII are flagged as UTF-8."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Entry:
    """A member byte by byte; what is None is as it should be."""

    name: bytes
    data: bytes
    flags: int = 0
    method: int = zipfile.ZIP_DEFLATED
    packed: bytes | None = None
    size: int | None = None
    crc: int | None = None
    extra: bytes = b""
    attributes: int = 0
    at: int | None = None  # where its bytes are said to lie


def raw_zip(*entries: Entry) -> bytes:
    """An archive of members written as they are told (APPNOTE 4.3)."""
    out, directory = b"", b""
    for entry in entries:
        packed = entry.packed if entry.packed is not None else deflated(entry.data) if entry.method == zipfile.ZIP_DEFLATED else entry.data
        size = len(entry.data) if entry.size is None else entry.size
        crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
        known = struct.pack("<HHHHHIIIHH", 20, entry.flags, entry.method, 0, 33, crc, len(packed), size, len(entry.name), len(entry.extra))
        place = len(out) if entry.at is None else entry.at
        out += b"PK\x03\x04" + known + entry.name + entry.extra + packed if entry.at is None else b""
        directory += b"PK\x01\x02" + struct.pack("<H", 0x0314) + known + struct.pack("<HHHII", 0, 0, 0, entry.attributes, place) + entry.name + entry.extra
    return out + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(directory), len(out), 0)


def deflated(data: bytes) -> bytes:
    """Bytes packed as ZIP wants them, without a head."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def unicode_path(name: str, beside: bytes) -> bytes:
    """The extra field that gives a name in UTF-8 beside one in a code page (APPNOTE 4.6.9)."""
    field = b"\x01" + struct.pack("<I", zlib.crc32(beside)) + name.encode()
    return struct.pack("<HH", 0x7075, len(field)) + field
