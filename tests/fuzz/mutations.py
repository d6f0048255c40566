"""Damage of every kind to a file: bits, blocks, members of packages, attributes of XML, streams of PDF."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

Mutation = Callable[[bytes, Random], bytes]

_LARGEST = 4 << 20  # bytes of a mutated file; what grows beyond is cut
_INTERESTING = [0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF]
_VALUES = ["", "0", "-1", "1", "99999999999999999999", "-2147483649", "1e309", "NaN", "inf", "0x41", "true", "../../../etc/passwd", "file:///etc/passwd", "/", "\ud7ff", "𠀀" * 9, "A" * 5000, "１２", "1 2 3", "g 9999999 1", " ", "rId1", "#REF!", "&lt;", "&#55296;", "&undefined;", "%s%n"]
_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_ATTRIBUTE = re.compile(rb'(?<==")[^"<>]{0,300}(?=")')
_ELEMENT = re.compile(rb"<([\w:]{1,40})\b[^<>]*>")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)


def mutate(data: bytes, rng: Random, others: Sequence[bytes] = ()) -> bytes:
    """A damaged copy of a file; `others` are files that parts may come from."""
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        data = _once(data, rng, others)[:_LARGEST]
    return data


def _once(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    if data[:2] == b"PK" and rng.random() < 0.8:
        return _package(data, rng, others)
    if data[:5] == b"%PDF-" and rng.random() < 0.5:
        return rng.choice((_pdf_stream, _pdf_number))(data, rng)
    if b"<" in data[:200] and rng.random() < 0.6:
        return _markup(data, rng)
    if others and rng.random() < 0.1:
        return _splice(data, rng.choice(others), rng)
    return rng.choice(_BYTES)(data, rng)


def _place(data: bytes, rng: Random) -> int:
    return rng.randrange(len(data) + 1)


def _block(data: bytes, rng: Random) -> tuple[int, int]:
    start = _place(data, rng)
    return start, min(len(data), start + rng.choice((1, 4, 16, 64, 512, 4096, len(data) // 3 + 1)))


def _flip(data: bytes, rng: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 2, 8, 64)) if data else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _put_number(data: bytes, rng: Random) -> bytes:
    """A number of two or four bytes replaced by one at the edge of what its width holds."""
    width, order = rng.choice((("H", 2), ("I", 4))), rng.choice("<>")
    at = _place(data, rng) // width[1] * width[1]
    put = struct.pack(order + width[0], rng.choice(_INTERESTING) & (0xFFFF if width[1] == 2 else 0xFFFFFFFF))
    return data[:at] + put + data[at + width[1] :]


def _truncate(data: bytes, rng: Random) -> bytes:
    return data[: _place(data, rng)]


def _delete(data: bytes, rng: Random) -> bytes:
    start, end = _block(data, rng)
    return data[:start] + data[end:]


def _double(data: bytes, rng: Random) -> bytes:
    start, end = _block(data, rng)
    return data[:end] + data[start:end] * rng.choice((1, 1, 2, 50)) + data[end:]


def _move(data: bytes, rng: Random) -> bytes:
    start, end = _block(data, rng)
    rest = data[:start] + data[end:]
    at = _place(rest, rng)
    return rest[:at] + data[start:end] + rest[at:]


def _fill(data: bytes, rng: Random) -> bytes:
    start, end = _block(data, rng)
    return data[:start] + rng.choice((b"\0", b"\xff", b"<", b"(", "一".encode(), b"\xed\xa0\x80")) * (end - start) + data[end:]


def _noise(data: bytes, rng: Random) -> bytes:
    start, end = _block(data, rng)
    return data[:start] + rng.randbytes(min(end - start, 4096)) + data[end:]


_BYTES: tuple[Mutation, ...] = (_flip, _flip, _put_number, _put_number, _truncate, _delete, _double, _move, _fill, _noise)


def _splice(data: bytes, other: bytes, rng: Random) -> bytes:
    """The head of one file and the tail of another."""
    return data[: _place(data, rng)] + other[_place(other, rng) :]


def _package(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """A package with one member damaged, lost, doubled, renamed or taken from another package, packed anew."""
    try:
        members = _members(data)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, zlib.error, EOFError, struct.error):
        return _flip(data, rng)
    if not members:
        return _flip(data, rng)
    at = rng.randrange(len(members))
    name, held = members[at]
    what = rng.random()
    if what < 0.75:
        members[at] = (name, _once(held, rng, [body for _, body in members]) if held else rng.randbytes(20))
    elif what < 0.8:
        del members[at]
    elif what < 0.85:
        members.insert(rng.randrange(len(members)), (name, rng.choice(members)[1]))
    elif what < 0.9:
        members[at] = (rng.choice((name.upper(), f"../{name}", f"/{name}", name.replace("/", "\\"), name + "x", rng.choice(members)[0])), held)
    elif what < 0.95:
        members[at] = (name, rng.choice(members)[1])
    else:
        packages = [other for other in others if other[:2] == b"PK"]
        try:
            members += _members(rng.choice(packages)) if packages else []
        except (zipfile.BadZipFile, OSError, ValueError):
            members *= 2
    return _packed(members)


def _members(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        if sum(info.file_size for info in package.infolist()) > 8 * _LARGEST:
            return []
        return [(info.filename, package.read(info)) for info in package.infolist()]


def _packed(members: Sequence[tuple[str, bytes]]) -> bytes:
    import warnings

    out = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        warnings.simplefilter("ignore")  # names that come twice are meant
        for name, held in members:
            package.writestr(zipfile.ZipInfo(name or "x"), held, zipfile.ZIP_DEFLATED)  # without the time of day
    return out.getvalue()


def _markup(data: bytes, rng: Random) -> bytes:
    """XML or HTML with an attribute, a number or an element changed, doubled, lost, nested or renamed."""
    what = rng.random()
    if what < 0.45 and (found := _any(_ATTRIBUTE, data, rng)):
        return data[: found.start()] + rng.choice(_VALUES).encode("utf-8", "surrogatepass") + data[found.end() :]
    if what < 0.55 and (found := _any(_NUMBER, data, rng)):
        return data[: found.start()] + rng.choice(_VALUES).encode() + data[found.end() :]
    found, other = _any(_ELEMENT, data, rng), _any(_ELEMENT, data, rng)
    if found is None or other is None:
        return rng.choice(_BYTES)(data, rng)
    name = found[1]
    end = data.find(b"</" + name + b">", found.end())
    end = end + len(name) + 3 if end >= 0 and end - found.start() < 20_000 else found.end()
    whole = data[found.start() : end]
    if what < 0.65:
        return data[: found.start()] + data[end:]
    if what < 0.75:
        return data[:end] + whole * rng.choice((1, 3, 200)) + data[end:]
    if what < 0.85:
        return data[: other.end()] + whole + data[other.end() :]
    if what < 0.92:
        depth = rng.choice((2, 30, 300, 3000))
        return data[: found.start()] + (b"<" + name + b">") * depth + whole + (b"</" + name + b">") * depth + data[end:]
    return data[: found.start()] + found[0].replace(name, other[1], 1) + data[found.end() :]


def _any(pattern: re.Pattern[bytes], data: bytes, rng: Random) -> re.Match[bytes] | None:
    """A match somewhere behind a random place, not always the first."""
    start = _place(data, rng)
    return pattern.search(data, start) or pattern.search(data)


def _pdf_stream(data: bytes, rng: Random) -> bytes:
    """A PDF with what is in one of its streams damaged and packed again."""
    found = _any(_STREAM, data, rng)
    if found is None:
        return _flip(data, rng)
    try:
        held, packed = zlib.decompress(found[1]), True
    except zlib.error:
        held, packed = found[1], False
    changed = rng.choice((*_BYTES, _stream_number, _stream_number))(held, rng)
    put = zlib.compress(changed) if packed else changed
    return data[: found.start(1)] + put + data[found.end(1) :]


def _stream_number(data: bytes, rng: Random) -> bytes:
    found = _any(_NUMBER, data, rng)
    return data if found is None else data[: found.start()] + rng.choice((b"0", b"-1", b"1e9", b"99999999999", b"0.0000001", b"/X", b"(", b"[")) + data[found.end() :]


def _pdf_number(data: bytes, rng: Random) -> bytes:
    """A number, reference or name in the objects of a PDF changed."""
    found = _any(_NUMBER if rng.random() < 0.7 else re.compile(rb"/[A-Za-z]{2,20}"), data, rng)
    if found is None:
        return _flip(data, rng)
    put = rng.choice((b"0", b"-1", b"99999999", b"4294967296", b"1 0 R", b"2 0 R", b"null", b"[]", b"<<>>", b"/Pages", b"/Page", b"/Kids", b"/Encrypt", b"()"))
    return data[: found.start()] + put + data[found.end() :]
