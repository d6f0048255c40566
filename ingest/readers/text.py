"""Plain text and markdown: bytes to lines, whatever the encoding, whatever marks a converter left."""

from __future__ import annotations

import html
import re

from ingest.errors import IngestError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.lines import Line, Reading
from ingest.markdown import BOLD, HEADING, plain
from ingest.readers.flat import unflatten
from ingest.readers.scanned import is_garbage
from ingest.readers.tables import as_rows

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BROKEN = 0.005  # of the characters outside ASCII may be broken: files are cut and joined by bytes
_FRONT_MATTER = re.compile(r"\A\s*---\n(?:[\w\-]+ ?:.*\n|[ \t]+.*\n|- .*\n)*?---\n")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>", re.DOTALL)
_BREAK_TAG = re.compile(r"<br ?/?>|</?(?:p|div|tr|h\d|li)\b[^<>]{0,500}>", re.IGNORECASE)
_RULE = re.compile(r"^\s*(?:-{3,}|\*{3,}|_{3,}|={3,}|[-*_]( [-*_]){2,})\s*$")
_CONTAINER = re.compile(r"^\s*:{3,}.*$|^\s*\[\[toc\]\]\s*$|^\s*```.*$", re.IGNORECASE)
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$")
_TABLE_ROW = re.compile(r"^\s*\|(.+)\|\s*$")
_ITEM = re.compile(r"^\s*(?:>+\s*|[-*+]\s+(?=\S))+")
_INDENT = re.compile(r"\u3000|\u2003| {4}|\t")


def decode(data: bytes, path: str) -> str:
    """The text of a file's bytes; `IngestError` where they are no text."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    text = _decoded(data)
    if text is None:
        raise IngestError(path, "the characters of this file cannot be told, it may be no text; save the notice as UTF-8 text, DOCX or PDF")
    odd = sum(c in "\x00\ufffd" or (c < " " and c not in "\t\n\r\f\x0b\x1a\x1b") for c in text)
    if odd > max(3, len(text) * 0.02):
        raise IngestError(path, "this is no text; save the notice as TXT, MD, DOCX or PDF")
    return text


def _decoded(data: bytes) -> str | None:
    """The text of bytes without a mark: UTF-8, GB18030, either with a few broken bytes, or what they look like; None where nothing fits."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, errors="replace")
        if text.count("\ufffd") <= max(_BROKEN * sum(char > "\x7f" for char in text), 2) and not is_garbage(text):
            return text
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return None if best is None else str(best)


def _tabbed(raws: list[str]) -> set[int]:
    """The lines that are rows of a table: three cells or more between tabs, as many as in the row before or after."""
    counts = [len(re.findall(r"(?<=\S)[ \u3000]*\t[ \u3000]*(?=\S)", raw)) for raw in raws]
    widths = [raw.count("\t") for raw in raws]
    rows = [i for i, count in enumerate(counts) if count >= 2 and raws[i][:1] not in "\t \u3000"]
    return {i for i in rows if any(j in rows and widths[j] == widths[i] for j in (i - 1, i + 1))}


def read_lines(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """The lines of a plain text or markdown file, its marks turned into hints."""
    return Reading(lines_of(decode(data, path)))


def lines_of(text: str) -> list[Line]:
    """The lines of a plain text or markdown, its marks turned into hints."""
    if re.search(r"<(?:br|p|div|span|table|td|font|a|b|strong|center)\b[^<>]{0,500}>", text):
        text = _TAG.sub("", _BREAK_TAG.sub("\n", text))
    if "&" in text:
        text = html.unescape(text)
    text = text.replace("\r\n", "\n")
    lines: list[Line] = []
    if matter := _FRONT_MATTER.match(text):
        text = text[matter.end() :]
        if title := re.search(r"^title *: *['\"]?(.+?)['\"]? *$", matter[0], re.MULTILINE):
            lines.append(Line(title[1], heading=1))
    columns: tuple[str, ...] = ()
    apart = False  # a container's edge stands between this line and the one before
    raws = unflatten(text)
    tabbed = _tabbed(raws)
    for number, raw in enumerate(raws):
        if number in tabbed:
            if number - 1 not in tabbed:
                end = next(i for i in range(number, len(raws) + 1) if i not in tabbed)
                lines.extend(as_rows([plain(row).strip("\n").split("\t") for row in raws[number:end]], paragraph=number))
            continue
        if _RULE.match(raw) or _CONTAINER.match(raw) or _TABLE_RULE.match(raw):
            apart = apart or _CONTAINER.match(raw) is not None
            continue
        if row := _TABLE_ROW.match(raw):
            cells = tuple(plain(cell) for cell in row[1].split("|"))
            columns, first = (columns, False) if columns and len(columns) == len(cells) else (cells, True)
            lines.append(Line(" ".join(cells), paragraph=number, cells=cells, columns=() if first else columns, ends_paragraph=True))
            continue
        columns = () if raw.strip() else columns
        heading = HEADING.match(raw)
        item = None if heading else _ITEM.match(raw)
        body = heading[2] if heading else raw[item.end() :] if item else raw
        bold = BOLD.match(body) is not None
        indented = bool(item and item[0].strip(" >\t")) or apart or (bool(_INDENT.match(raw)) and not heading)
        lines.append(Line(plain(body), paragraph=number, heading=len(heading[1]) if heading else (7 if bold else None), bold=bold, indented=indented))
        apart = apart and not raw.strip()
    return lines
