"""A font of one box, which stands in for every font that a PDF names and does not hold while its text is read.

pdfium looks for a substitute among the fonts of the machine, to know how far each glyph reaches. Where it finds none it
loses text that is printed character by character; where it finds one, opening its glyphs takes nine tenths of the time
that a page costs. Which characters there are and how wide they run stands in the file itself (ISO 32000-1, 9.7.3), so a
box serves as well, and what is read is the same on every machine. Pictures of pages need the real fonts.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

_LOCK = RLock()  # the choice of fonts is pdfium's as a whole
_EM = 1000  # units of the font's square
_WIDE = 10  # units of the box: wider than nothing, narrower than any character
_kept: list[Any] = []  # what pdfium holds pointers to


def box_font() -> bytes:
    """A TrueType font (OpenType 1.9) whose every character is one narrow box."""
    glyph = struct.pack(">hhhhh", 1, 0, 0, _WIDE, _EM) + struct.pack(">HH4B", 3, 0, 1, 1, 1, 1) + struct.pack(">8h", 0, _WIDE, 0, -_WIDE, 0, 0, _EM, 0)
    group = struct.pack(">HHLLL", 13, 0, 28, 0, 1) + struct.pack(">LLL", 0, 0x10FFFF, 1)
    tables = {
        b"cmap": struct.pack(">HHHHL", 0, 1, 3, 10, 12) + group,
        b"glyf": glyph + glyph,
        b"head": struct.pack(">LLLLHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, 0, 0, _EM, _EM, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">LhhhHhhhhhhhhhhhH", 0x10000, _EM, 0, 0, _EM, 0, 0, _EM, 1, 0, 0, 0, 0, 0, 0, 0, 2),
        b"hmtx": struct.pack(">HhHh", _EM, 0, _EM, 0),
        b"loca": struct.pack(">LLL", 0, len(glyph), 2 * len(glyph)),
        b"maxp": struct.pack(">L14H", 0x10000, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    at = 12 + 16 * len(tables)
    directory, body = b"", b""
    for name, table in tables.items():
        directory += name + struct.pack(">LLL", 0, at + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    return struct.pack(">LHHHH", 0x10000, len(tables), 64, 2, 48) + directory + body


@contextmanager
def plain_fonts() -> Iterator[None]:
    """pdfium documents opened inside are read with the box for every font that they do not hold; close them before the end."""
    import pypdfium2.raw as pdfium

    with _LOCK:
        if not _kept:
            _kept.append(_system(box_font()))
        pdfium.FPDF_SetSystemFontInfo(ctypes.byref(_kept[0]))
        try:
            yield
        finally:
            pdfium.FPDF_SetSystemFontInfo(pdfium.FPDF_GetDefaultSystemFontInfo())


def _system(font: bytes) -> Any:
    """What pdfium asks for fonts (FPDF_SYSFONTINFO): a system with this one only."""
    import pypdfium2.raw as pdfium

    def data(_info: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        if table:
            return 0
        if buffer and size >= len(font):
            ctypes.memmove(buffer, font, len(font))
        return len(font)

    answers = {"MapFont": lambda *_: 1, "GetFont": lambda *_: 1, "GetFontData": data, "GetFaceName": lambda *_: 0, "GetFontCharset": lambda *_: 1}
    info = pdfium.FPDF_SYSFONTINFO(version=1)
    for name, kind in pdfium.FPDF_SYSFONTINFO._fields_:
        if name != "version":
            setattr(info, name, kind(answers.get(name, lambda *_: None)))
    return info
