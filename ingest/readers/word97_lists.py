"""The lists of Word 97–2003 (MS-DOC 2.9.131, 2.9.150): turned into the levels that DOCX has, to be counted the same way."""

from __future__ import annotations

from contextlib import suppress

from ingest.readers.docx_numbering import Level, Numbering
from ingest.readers.docx_styles import Styles

# Formats of numbers (MS-OSHARED 2.2.1.3, MSONFC) by the names that DOCX has for them.
_KINDS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal", 8: "hex", 10: "ideographDigital", 11: "japaneseCounting",
    14: "decimalFullWidth", 15: "decimal", 16: "japaneseLegal", 17: "japaneseDigitalTenThousand", 18: "decimalEnclosedCircle", 19: "decimalFullWidth2", 22: "decimalZero", 23: "bullet",
    26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac",
    32: "ideographZodiacTraditional", 33: "taiwaneseCounting", 34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand", 57: "numberInDash", 255: "none",
}  # fmt: skip
_LIST, _OVERRIDE, _LEVEL = 28, 16, 28  # bytes of their fixed parts
_SUFFIXES = {0: "tab", 1: "space", 2: "nothing"}


def _level(data: bytes, at: int) -> tuple[Level, int]:
    """The level at an offset, and the offset behind it."""
    flags = data[at + 5]
    text = at + _LEVEL + data[at + 24] + data[at + 25]
    length = int.from_bytes(data[text : text + 2], "little")
    end = text + 2 + 2 * length
    if end > len(data):
        raise ValueError("behind the end")
    written = data[text + 2 : end].decode("utf-16-le", errors="replace")
    pattern = "".join(f"%{ord(c) + 1}" if ord(c) < 9 else c for c in written)
    restart = data[at + 26] if flags & 8 else None
    kind = _KINDS.get(data[at + 4], "decimal")
    return Level(kind, pattern, int.from_bytes(data[at : at + 4], "little"), restart, bool(flags & 4), _SUFFIXES.get(data[at + 15], "tab"), None), end


def read_lists(lists: bytes, overrides: bytes) -> Numbering:
    """The numbering of a document from its tables of lists (PlfLst with its levels, PlfLfo)."""
    numbering = Numbering(None, Styles(None))
    with suppress(ValueError, IndexError):  # the numbers behind a damage are lost, the text is not
        _fill(numbering, lists, overrides)
    return numbering


def _fill(numbering: Numbering, lists: bytes, overrides: bytes) -> None:
    count = int.from_bytes(lists[:2], "little")
    at = 2 + _LIST * count
    for i in range(count):
        head = lists[2 + _LIST * i : 2 + _LIST * (i + 1)]
        levels: dict[int, Level] = {}
        for depth in range(1 if head[26] & 1 else 9):
            levels[depth], at = _level(lists, at)
        numbering.abstracts[head[:4].hex()] = levels
    total = int.from_bytes(overrides[:4], "little")
    at = 4 + _OVERRIDE * total
    for i in range(min(total, len(overrides) // _OVERRIDE)):
        head = overrides[4 + _OVERRIDE * i : 4 + _OVERRIDE * (i + 1)]
        starts: dict[int, int] = {}
        own: dict[int, Level] = {}
        numbering.nums[str(i + 1)] = (head[:4].hex(), starts, own)
        at += 4  # what precedes the levels' overrides says nothing
        for _ in range(head[12]):
            start, flags = int.from_bytes(overrides[at : at + 4], "little"), overrides[at + 4]
            at += 8
            if flags & 0x20:
                own[flags & 0xF], at = _level(overrides, at)
                start = own[flags & 0xF].start
            if flags & 0x10:
                starts[flags & 0xF] = start
