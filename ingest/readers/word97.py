"""The binary form of Word 97–2003 (MS-DOC): its text by pieces, and the properties of paragraphs and characters."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from ingest.errors import IngestError

_MAGIC = 0xA5EC
_ENCRYPTED, _OTHER_TABLE, _OBFUSCATED = 0x0100, 0x0200, 0x8000
_PAGE = 512  # bytes of a page of formatted runs
_OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes of an operand by the class of its property (spra)
_TABLE_DEFINITION = 0xD608
_HIDING, _UNDERLINE = (0x0800, 0x083C), 0x2A3E  # deleted by a tracked change, hidden (sprmCFRMarkDel, sprmCFVanish); sprmCKul
_FAR = {0x6645, 0x6646}  # sprmPHugePapx: the properties lie in the Data stream
_MOST = 20_000_000  # characters; a file that claims more is damaged
# Places in the file information block: each an offset and a length in the table stream.
_STYLES, _CHARACTERS, _PARAGRAPHS, _PIECES, _LISTS, _OVERRIDES = 0xA2, 0xFA, 0x102, 0x1A2, 0x2E2, 0x2EA

Properties = dict[int, bytes]


@dataclass(slots=True)
class Word97:
    """A document: `text` of the body, what its footnotes and text boxes hold, properties by character positions of the body."""

    text: str
    notes: list[str]
    boxes: list[str]  # paragraphs
    paragraphs: list[tuple[int, int, Properties]] = field(default_factory=list)  # first and last character, what is set for them
    hidden: list[tuple[int, int]] = field(default_factory=list)  # deleted by a tracked change, or hidden
    underlined: list[tuple[int, int]] = field(default_factory=list)
    styles: dict[int, Properties] = field(default_factory=dict)
    lists: bytes = b""
    overrides: bytes = b""


def _number(data: bytes, at: int, size: int = 4) -> int:
    """A whole number in the byte order of the format; `ValueError` behind the end."""
    part = data[at : at + size]
    if at < 0 or len(part) < size:
        raise ValueError("behind the end")
    return int.from_bytes(part, "little")


def properties(data: bytes) -> Properties:
    """The properties in a list of modifiers (grpprl), the last of each kind."""
    found: Properties = {}
    at = 0
    while at + 3 <= len(data):
        code = _number(data, at, 2)
        size = _OPERANDS.get(code >> 13)
        at += 2
        if size is None:
            size = _number(data, at, 2) + 1 if code == _TABLE_DEFINITION and at + 2 <= len(data) else data[at] + 1
        found[code] = data[at : at + size]
        at += size
    return found


class _Pieces:
    """The piece table: which characters of the text lie where in the file."""

    def __init__(self, stream: bytes, clx: bytes) -> None:
        at = 0
        while clx[at : at + 1] == b"\x01":
            at += 3 + _number(clx, at + 1, 2)
        if clx[at : at + 1] != b"\x02":
            raise ValueError("no piece table")
        size = _number(clx, at + 1)
        table = clx[at + 5 : at + 5 + size]
        count = (size - 4) // 12
        self.starts = [_number(table, 4 * i) for i in range(count + 1)]
        self.places: list[tuple[int, int]] = []  # offset in the file, bytes of a character
        for i in range(count):
            place = _number(table, 4 * (count + 1) + 8 * i + 2)
            self.places.append(((place & 0x3FFFFFFF) // 2, 1) if place & 0x40000000 else (place & 0x3FFFFFFF, 2))
        if not count or self.starts != sorted(self.starts) or self.starts[-1] > _MOST:
            raise ValueError("damaged piece table")
        parts = []
        for i, (place, width) in enumerate(self.places):
            raw = stream[place : place + (self.starts[i + 1] - self.starts[i]) * width]
            text = raw.decode("cp1252" if width == 1 else "utf-16-le", errors="replace")
            parts.append(text.ljust(self.starts[i + 1] - self.starts[i]) if width == 1 else _unpaired(raw, self.starts[i + 1] - self.starts[i]))
        self.text = "".join(parts)
        self.order = sorted(range(count), key=lambda i: self.places[i][0])

    def ranges(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The ranges of characters that lie between two offsets of the file."""
        for i in self.order:
            place, width = self.places[i]
            end = place + (self.starts[i + 1] - self.starts[i]) * width
            low, high = max(first, place), min(last, end)
            if low < high:
                yield self.starts[i] + (low - place) // width, self.starts[i] + (high - place) // width


def _unpaired(raw: bytes, count: int) -> str:
    """UTF-16 with a code unit a character, so that positions hold; characters beyond the plane become one and a gap."""
    text = raw.decode("utf-16-le", errors="surrogatepass") if len(raw) % 2 == 0 else raw[:-1].decode("utf-16-le", errors="replace")
    widened = "".join(c if ord(c) < 0x10000 else c + "\u200b" for c in text)
    return widened[:count].ljust(count)


def _runs(stream: bytes, plc: bytes, entry: int) -> Iterator[tuple[int, int, bytes]]:
    """The runs of formatted text: offsets of their ends in the file and what is set; `entry` is the bytes of a page's entry."""
    count = max((len(plc) - 4) // 8, 0)
    for i in range(count):
        page = stream[(at := _number(plc, 4 * (count + 1) + 4 * i) * _PAGE) : at + _PAGE]
        if len(page) < _PAGE:
            continue
        runs = page[-1]
        if 4 * (runs + 1) + entry * runs > _PAGE:
            continue
        for k in range(runs):
            start = page[4 * (runs + 1) + entry * k] * 2
            yield _number(page, 4 * k), _number(page, 4 * k + 4), page[start:] if start else b""


def _paragraph(data: bytes, far: bytes) -> Properties:
    """What is set for a paragraph (PapxInFkp); the style's number under 0. What is too long for its page lies in `far`."""
    if len(data) < 3:
        return {}
    start, size = (2, 2 * data[1]) if data[0] == 0 else (1, 2 * data[0] - 1)
    held = data[start : start + size]
    found = {0: held[:2], **properties(held[2:])}
    for code in _FAR & found.keys():
        at = int.from_bytes(found[code], "little")
        size = int.from_bytes(far[at : at + 2], "little")
        found |= properties(far[at + 2 : at + 2 + size])
    return found


def _is_on(held: Properties, *codes: int) -> bool:
    """Whether one of the switches is on; 128 leaves it as the style has it."""
    return any(held.get(code, b"\0")[:1] not in (b"\0", b"\x80") for code in codes)


def _style_properties(sheet: bytes) -> dict[int, Properties]:
    """What the paragraph styles set, those that they are based on included (STSH)."""
    size = _number(sheet, 0, 2)
    count, base_size = _number(sheet, 2, 2), _number(sheet, 4, 2)
    at = 2 + size
    own: dict[int, tuple[int, Properties]] = {}
    for style in range(min(count, 4096)):
        length = _number(sheet, at, 2)
        std = sheet[at + 2 : at + 2 + length]
        at += 2 + length
        if len(std) < base_size + 2 or _number(std, 2, 2) & 0xF != 1:
            continue
        name = base_size + 2 + 2 * _number(std, base_size, 2) + 2
        size = _number(std, name, 2) if name + 2 <= len(std) else 0
        own[style] = (_number(std, 2, 2) >> 4, properties(std[name + 4 : name + 2 + size]))
    found: dict[int, Properties] = {}
    for style in own:
        held: Properties = {}
        at_style, depth = style, 0
        while at_style in own and depth < 12:
            held = {**own[at_style][1], **held}
            at_style, depth = own[at_style][0], depth + 1
        found[style] = held
    return found


def _read(stream: bytes, tables: dict[str, bytes], path: str) -> Word97:
    flags = _number(stream, 0x0A, 2)
    if _number(stream, 0, 2) != _MAGIC:
        raise ValueError("no Word document")
    if flags & (_ENCRYPTED | _OBFUSCATED):
        raise IngestError(path, "the document is encrypted; remove its password and add it again")
    table = tables["1Table" if flags & _OTHER_TABLE else "0Table"]

    def part(at: int) -> bytes:
        place = _number(stream, at)
        return table[place : place + _number(stream, at + 4)]

    pieces = _Pieces(stream, part(_PIECES))
    body, foot, heads, macros, comments, ends, boxes = (_number(stream, 0x4C + 4 * i) for i in range(7))  # the stories, one after another
    start = body + foot + heads + macros + comments + ends
    notes = [note.replace("\r", "") for note in pieces.text[body : body + foot].split("\x02")[1:]]
    document = Word97(pieces.text[:body], notes, pieces.text[start : start + boxes].split("\r"), lists=table[_number(stream, _LISTS) :] if _number(stream, _LISTS + 4) else b"", overrides=part(_OVERRIDES))
    document.styles = _style_properties(part(_STYLES))
    for first, last, held in _runs(stream, part(_PARAGRAPHS), 13):
        document.paragraphs.extend((a, b, _paragraph(held, tables.get("Data", b""))) for a, b in pieces.ranges(first, last))
    document.paragraphs.sort(key=lambda run: run[:2])
    for first, last, held in _runs(stream, part(_CHARACTERS), 1):
        found = properties(held[1 : 1 + held[0]]) if held else {}
        if _is_on(found, *_HIDING):
            document.hidden.extend(pieces.ranges(first, last))
        elif _is_on(found, _UNDERLINE):
            document.underlined.extend(pieces.ranges(first, last))
    return document


def properties_at(document: Word97, starts: list[int], at: int) -> Properties:
    """What holds for the paragraph whose mark is the character `at`; `starts` are the first characters of `document.paragraphs`."""
    i = bisect_right(starts, at) - 1
    own = document.paragraphs[i][2] if i >= 0 and document.paragraphs[i][1] > at else {}
    style = int.from_bytes(own.get(0, b"\0\0"), "little")
    return {**document.styles.get(style, {}), **own}


def read_word97(data: bytes, path: str) -> Word97:
    """The document in a compound file; `IngestError` where it is damaged or encrypted."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as package:
            streams = {name: package.openstream(name).read() for name in ("WordDocument", "0Table", "1Table", "Data") if package.exists(name)}
        return _read(streams["WordDocument"], streams, path)
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, struct.error, OverflowError, RecursionError) as fault:
        raise IngestError(path, "the Word file is damaged or older than Word 97; open it in Word or WPS and save it as DOCX") from fault
