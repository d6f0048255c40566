"""DOC of Word 97–2003 without LibreOffice: paragraphs, tables with merged cells, the numbers that Word generates.

Of text boxes only what belongs to 版头 is read, headers not; both are said.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.lines import Line, Reading
from ingest.readers.docx_margins import is_head
from ingest.readers.docx_runs import BLANK
from ingest.readers.docx_tables import Cell, only_places, placed_lines, texts_of
from ingest.readers.tables import as_rows
from ingest.readers.word97 import Properties, Word97, properties_at, read_word97
from ingest.readers.word97_lists import read_lists

_IN_TABLE, _ROW_END, _LIST, _LEVEL, _OUTLINE = 0x2416, 0x2417, 0x460B, 0x260A, 0x2640
_ALIGNED = (0x2461, 0x2403)
_DEFINITION = 0xD608
_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_PAGE_FIELD = re.compile(r"^\x13\s*(?:PAGE|NUMPAGES|TOC)\b", re.IGNORECASE)
_SPECIAL = {"\x1e": "-", "\x1f": "", "\x0b": "\n", "\x0c": "", "\x0e": "\n", "\x01": "", "\x02": "", "\x03": "", "\x04": "", "\x05": "", "\x08": "", "\x00": ""}
_NEAR = 60  # twentieths of a point; edges of cells nearer than this are one
WARNING = "read without LibreOffice: text boxes and headers of this DOC file may be missing; install LibreOffice or save the file as DOCX"


def _fields(text: str) -> str:
    """Text with each field replaced by its result, from the inside out."""
    for _ in range(20):
        replaced = _FIELD.sub(lambda m: "" if _PAGE_FIELD.match(m[0]) else m[1] or "", text)
        if replaced == text:
            break
        text = replaced
    return re.sub("[\x13-\x15]", "", text)


def _printed(text: str) -> str:
    printed = "".join(_SPECIAL.get(c, c) for c in text)
    return printed if printed.strip(" \t\u3000_\n") else ""


def _visible(document: Word97) -> list[str]:
    """The characters of the body, those deleted or hidden empty, marks of paragraphs and cells kept; a rule to write on as ____."""
    characters = list(document.text)
    for first, last in sorted(document.underlined):
        if document.text[first:last] and not document.text[first:last].strip(" \t\u3000\u00a0"):
            before = first > 0 and characters[first - 1] in ("", BLANK)
            characters[first:last] = ["" if before else BLANK, *[""] * (last - first - 1)]
    for first, last in document.hidden:
        for at in range(first, min(last, len(characters))):
            if characters[at] not in "\r\x07\x13\x14\x15":
                characters[at] = ""
    return characters


def _flag(held: Properties, code: int) -> int:
    return int.from_bytes(held.get(code, b"")[:2], "little")


def _cells(definition: bytes) -> tuple[list[int], list[int]]:
    """The edges of a row's cells and the flags of each (TDefTableOperand)."""
    count = definition[2] if len(definition) > 2 else 0
    edges = [int.from_bytes(definition[3 + 2 * i : 5 + 2 * i], "little", signed=True) for i in range(count + 1)]
    first = 3 + 2 * (count + 1)
    flags = [int.from_bytes(definition[first + 20 * i : first + 20 * i + 2], "little") for i in range(count)]
    return edges, flags


class _Table:
    """The rows of a table as they are met; laid on one grid at its end."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.rows: list[tuple[list[tuple[Line, ...]], bytes]] = []

    def lines(self) -> list[Line]:
        """The lines of the table."""
        made = [_cells(definition) for _, definition in self.rows]
        edges: list[int] = []
        for edge in sorted({edge for row, _ in made for edge in row}):
            if not edges or edge - edges[-1] > _NEAR:
                edges.append(edge)
        grid = []
        for (texts, _), (row, flags) in zip(self.rows, made, strict=True):
            whole = len(row) == len(texts) + 1
            places = [sum(edge <= at + _NEAR // 2 for edge in edges) - 1 for at in row] if whole else list(range(len(texts) + 1))
            cells: list[Cell] = []
            for i, lines in enumerate(texts):
                flag = flags[i] if whole and i < len(flags) else 0
                span = max(places[i + 1] - places[i], 1)
                if flag & 2 and cells:  # merged into the cell at its left
                    cells[-1] = replace(cells[-1], span=cells[-1].span + span)
                else:
                    cells.append(Cell(lines, places[i], span, goes_on=flag >> 5 & 3 == 1))
            grid.append(cells)
        rows = as_rows(texts_of(grid), paragraph=self.number)
        return placed_lines(grid) if only_places(grid, rows, ruled=True) else rows


def read_lines(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """The lines of a DOC file: a line a paragraph, a line a table row."""
    document = read_word97(data, path)
    numbering = read_lists(document.lists, document.overrides)
    characters = _visible(document)
    starts = [run[0] for run in document.paragraphs]
    notes = iter(document.notes)
    boxed = [_printed(_fields(text)).strip() for text in document.boxes]
    lines = [Line(text, paragraph=0, centred=True, ends_paragraph=True) for text in boxed if is_head(text)]
    table: _Table | None = None
    row: list[tuple[Line, ...]] = []
    cell: list[Line] = []
    number, begin = 0, 0
    for at, mark in enumerate(document.text):
        if mark not in "\r\x07\x0c" or (mark == "\x0c" and at + 1 < len(document.text) and document.text[at + 1] == "\r"):
            continue
        held = properties_at(document, starts, at)
        text = _printed(_fields("".join(characters[begin:at])))
        cited = [note for _, note in zip(re.findall("\x02", document.text[begin:at]), notes, strict=False)]
        begin = at + 1
        label = numbering.label_at(str(_flag(held, _LIST)), _flag(held, _LEVEL)) if _flag(held, _LIST) and not _flag(held, _ROW_END) else ""
        inside = bool(_flag(held, _IN_TABLE))
        if table is not None and not inside:
            lines.extend(table.lines())
            table, row, cell = None, [], []
        if inside and table is None:
            table = _Table(number)
        made = _paragraph(text, label, held, number, in_cell=inside)
        made += [Line(f"注：{words}", paragraph=number, ends_paragraph=True) for note in cited if (words := _printed(_fields(note)).strip())]
        number += not inside or bool(_flag(held, _ROW_END))
        if table is None:
            lines.extend(made)
        elif _flag(held, _ROW_END):
            table.rows.append((row, held.get(_DEFINITION, b"")))
            row, cell = [], []
        else:
            cell.extend(made)
            if mark == "\x07":
                row.append(tuple(cell))
                cell = []
    lines.extend(table.lines() if table is not None else [])
    return Reading(lines, warnings=(WARNING,))


def _paragraph(text: str, label: str, held: Properties, number: int, *, in_cell: bool) -> list[Line]:
    """The lines of a paragraph."""
    level = held.get(_OUTLINE, b"\x09")[0]
    centred = any(held.get(code, b"\0")[:1] == b"\x01" for code in _ALIGNED)
    pieces = [piece for piece in text.split("\n") if piece.strip()] or ([""] if label and in_cell else [])
    heading = level + 1 if level < 9 else None
    return [Line((label if not i else "") + piece, paragraph=number, heading=heading, centred=centred, ends_paragraph=True) for i, piece in enumerate(pieces)]
