"""The sheets of a workbook (ECMA-376-1, 18): their cells as displayed, in bounded memory however many empty rows are formatted."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from ingest.errors import IngestError, check_memory
from ingest.readers.ooxml import Package, local, number
from ingest.readers.xlsx_display import builtin_format, display, iso_dated

_ROWS = 50_000  # rows with content that are read of one sheet
COLUMNS = 200
_MERGES = 20_000
_LARGE = 4 << 20  # bytes of a part from which what is only formatted is cut out before it is parsed: ten times as fast
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"(?: [a-z]{1,4}="[^"<>]*")*/>')
_EMPTY_ROW = re.compile(rb'<row r="\d{1,7}"(?: [\w:]{1,30}="[^"<>]*")*(?:/>|></row>)')
_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")

Place = tuple[int, int]


@dataclass(slots=True)
class Sheet:
    """A sheet: the texts of its filled cells by row and column (from 1), its merged ranges, what of it is hidden."""

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[tuple[Place, Place]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: dict[int, dict[int, str]] = field(default_factory=dict)  # a merged cell may begin in one
    unknown: int = 0  # cells with a formula whose value the file does not keep
    cut: bool = False  # it has more rows or columns than are read


def place_of(reference: str) -> Place | None:
    """Row and column of a reference, None where it is none.

    >>> place_of("AB12")
    (12, 28)
    """
    found = _REFERENCE.match(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _events(package: Package, part: str, names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The elements of a part as they end, emptied after use, so that a sheet of a million rows stays small."""
    from lxml import etree

    data = package.read(part)
    if len(data) > _LARGE:
        data = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", data))
    source = BytesIO(data)
    try:
        for _, element in etree.iterparse(source, events=("end",), resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True):
            name = local(element)
            if name in names:
                yield name, element
                element.clear(keep_tail=False)
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as fault:
        check_memory(fault)
        raise IngestError(package.path, f"{part} in it is damaged; open the workbook in Excel or WPS and save it anew") from fault


def _text(element: Any) -> str:
    """The text of a string item: its runs, without the readings of characters (rPh)."""
    parts = []
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.extend(t.text or "" for t in child if local(t) == "t")
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: "\n" if m[1].upper() in ("000D", "000A") else "", "".join(parts))


class Workbook:
    """A workbook: which sheets it shows, and how numbers in them are displayed."""

    def __init__(self, package: Package) -> None:
        self.package = package
        main = package.main_part("xl/workbook.xml")
        root = package.root(main)
        if root is None:
            raise IngestError(package.path, "the file has the form of XLSX but holds no workbook; open it in Excel or WPS and save it anew")
        relations = package.relations(main)
        parts = {relation.kind: relation.part for relation in relations.values()}
        settings = next((e for e in root if local(e) == "workbookPr"), None)
        self.since_1904 = settings is not None and settings.get("date1904") in ("1", "true")
        self.sheets: list[tuple[str, str]] = []  # name and part of those shown
        self.hidden: list[str] = []
        for element in root.iter("{*}sheet"):
            name = element.get("name") or ""
            relation = relations.get(next((v for k, v in element.items() if k.endswith("}id")), ""))
            if (element.get("state") or "visible") != "visible":
                self.hidden.append(name)
            elif relation is not None and relation.kind == "worksheet" and package.has(relation.part):
                self.sheets.append((name, relation.part))
        strings = parts.get("sharedStrings", "")
        self.strings = [_text(element) for _, element in _events(package, strings, ("si",))] if package.has(strings) else []
        self.formats = self._formats(package.root(parts.get("styles", "")))

    @staticmethod
    def _formats(root: Any) -> list[str]:
        """The number format of each cell style."""
        own: dict[int, str] = {}
        found: list[str] = []
        for element in () if root is None else root.iter("{*}numFmt", "{*}cellXfs"):
            if local(element) == "numFmt":
                own.setdefault(number(element.get("numFmtId"), 0), element.get("formatCode") or "General")
            else:
                found = [xf.get("numFmtId") or "0" for xf in element if local(xf) == "xf"]
        return [own.get(number(i, 0)) or builtin_format(number(i, 0)) for i in found]

    def read(self, name: str, part: str) -> Sheet:
        """The filled cells of a sheet, hidden rows left out."""
        sheet = Sheet(name)
        at = 0
        for kind, element in _events(self.package, part, ("row", "mergeCell", "col")):
            if kind == "row":
                at = number(element.get("r"), at + 1)
                self._row(sheet, at, element)
            elif kind == "mergeCell" and len(sheet.merges) < _MERGES:
                first, _, last = (element.get("ref") or "").partition(":")
                ends = place_of(first), place_of(last or first)
                if ends[0] and ends[1]:
                    sheet.merges.append((ends[0], ends[1]))
            elif kind == "col" and element.get("hidden") in ("1", "true"):
                first_column = number(element.get("min"), 1)
                sheet.hidden_columns.update(range(first_column, min(number(element.get("max"), first_column), COLUMNS) + 1))
        return sheet

    def _row(self, sheet: Sheet, at: int, row: Any) -> None:
        texts: dict[int, str] = {}
        column = 0
        for cell in row:
            if local(cell) != "c":
                continue
            place = place_of(cell.get("r") or "")
            column = place[1] if place else column + 1
            text = self._value(cell, sheet) if len(cell) else ""
            if not text.strip():
                continue
            if column > COLUMNS:
                sheet.cut = True
                continue
            texts[column] = text
        if not texts:
            return
        rows = sheet.hidden_rows if row.get("hidden") in ("1", "true") else sheet.rows
        if len(rows) >= _ROWS:
            sheet.cut = True
        else:
            rows[at] = texts

    def _value(self, cell: Any, sheet: Sheet) -> str:
        """What a cell displays."""
        held = {local(child): child for child in cell}
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            return _text(held["is"]) if "is" in held else ""
        raw = (held["v"].text or "") if "v" in held else ""
        if not raw:
            sheet.unknown += "f" in held and kind != "str"
            return ""
        if kind == "s":
            place = number(raw, -1)
            return self.strings[place] if 0 <= place < len(self.strings) else ""
        if kind == "n":
            try:
                value = float(raw)
            except ValueError:
                return raw
            style = number(cell.get("s"), 0)
            code = self.formats[style] if 0 <= style < len(self.formats) else "General"
            return display(value, code, self.since_1904) if abs(value) < 1e300 else raw
        return iso_dated(raw) if kind == "d" else "" if kind == "e" else {"1": "是", "0": "否"}.get(raw, raw) if kind == "b" else raw


def fill_merged(sheet: Sheet) -> dict[int, dict[int, str | None]]:
    """The cells with merged ones filled: down the same text in each row that holds anything, across None."""
    filled: dict[int, dict[int, str | None]] = {at: dict(row) for at, row in sheet.rows.items()}
    order = sorted(filled)
    for (top, left), (bottom, right) in sheet.merges:
        text = (sheet.rows.get(top) or sheet.hidden_rows.get(top) or {}).get(left, "")
        left = next((column for column in range(left, min(right, COLUMNS) + 1) if column not in sheet.hidden_columns), COLUMNS + 1)
        if not text or left > COLUMNS:
            continue
        for at in order[bisect_left(order, top) : bisect_right(order, bottom)]:
            filled[at][left] = text
            for column in range(left + 1, min(right, COLUMNS) + 1):
                filled[at][column] = None
    return filled
