"""DOCX: paragraphs and tables in order, styles as hints, the numbers that Word generates."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ingest.errors import IngestError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.lines import Line, Reading
from ingest.readers.tables import as_rows

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument
    from docx.table import Table
    from docx.text.paragraph import Paragraph as DocxParagraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CN = "〇一二三四五六七八九"


def _open(data: bytes, path: str) -> DocxDocument:
    import docx
    from docx.opc.exceptions import OpcError

    try:
        return docx.Document(BytesIO(data))
    except (OpcError, SyntaxError, KeyError, ValueError, AttributeError, TypeError, IndexError, OSError, zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError) as fault:
        raise IngestError(path, "the DOCX file is damaged; open it in Word and save it anew") from fault


def chinese_numeral(number: int) -> str:
    """A number below 100 in Chinese numerals.

    >>> chinese_numeral(21)
    '二十一'
    """
    tens, ones = divmod(number, 10)
    if not tens:
        return _CN[ones]
    return ("" if tens == 1 else _CN[tens % 10]) + "十" + (_CN[ones] if ones else "")


class Numbering:
    """The numbers that Word generates: counters per list and level, as the document's definitions format them."""

    def __init__(self, document: DocxDocument) -> None:
        self.counters: dict[tuple[str, int], int] = {}
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.abstracts: dict[str, str] = {}
        try:
            root: Any = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        for num in root.findall(f"{_W}num"):
            abstract = num.find(f"{_W}abstractNumId")
            if abstract is not None:
                self.abstracts[num.get(f"{_W}numId")] = abstract.get(f"{_W}val")
        for abstract in root.findall(f"{_W}abstractNum"):
            for level in abstract.findall(f"{_W}lvl"):
                values = {tag: self._value(level, tag) for tag in ("numFmt", "lvlText", "start")}
                key = (abstract.get(f"{_W}abstractNumId"), int(level.get(f"{_W}ilvl") or 0))
                start = values["start"]
                self.levels[key] = (values["numFmt"], values["lvlText"], int(start) if start.isdigit() else 1)

    @staticmethod
    def _value(element: Any, tag: str) -> str:
        child = element.find(f"{_W}{tag}")
        return "" if child is None else child.get(f"{_W}val") or ""

    def label(self, paragraph: DocxParagraph) -> str:
        """The number generated before a paragraph, '' where there is none."""
        num_pr = self._num_pr(paragraph)
        if num_pr is None:
            return ""
        num_id, level = self._value(num_pr, "numId"), int(self._value(num_pr, "ilvl") or 0)
        abstract = self.abstracts.get(num_id)
        if abstract is None or (abstract, level) not in self.levels:
            return ""
        kind, pattern, start = self.levels[abstract, level]
        if kind in ("bullet", "none", ""):
            return ""
        self.counters[abstract, level] = self.counters.get((abstract, level), start - 1) + 1
        for other in [key for key in self.counters if key[0] == abstract and key[1] > level]:
            del self.counters[other]
        return re.sub(r"%(\d)", lambda m: self._figure(abstract, int(m[1]) - 1), pattern)

    def _figure(self, abstract: str, level: int) -> str:
        kind, _, start = self.levels.get((abstract, level), ("decimal", "", 1))
        number = self.counters.get((abstract, level), start)
        if "hinese" in kind or "ideograph" in kind or "japanese" in kind:
            return chinese_numeral(number)
        if "Circle" in kind and 1 <= number <= 20:
            return chr(ord("①") + number - 1)
        return str(number)

    @staticmethod
    def _num_pr(paragraph: DocxParagraph) -> Any:
        """The numbering of a paragraph or of its style."""
        properties = paragraph._p.pPr
        own = None if properties is None else properties.find(f"{_W}numPr")
        if own is not None:
            return own
        style: Any = paragraph.style
        while style is not None:
            p_pr = style.element.find(f"{_W}pPr")
            found = None if p_pr is None else p_pr.find(f"{_W}numPr")
            if found is not None:
                return found
            style = style.base_style
        return None


def _paragraph_lines(paragraph: DocxParagraph, number: int, label: str) -> Iterator[Line]:
    """The lines of one paragraph: breaks inside it (Shift+Enter) end a line."""
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    found = re.match(r"(?:Heading|标题) ?(\d)", style)
    heading = int(found[1]) if found else 1 if style in ("Title", "标题") else None
    runs = [run for run in paragraph.runs if run.text.strip()]
    bold = bool(runs) and all(run.bold for run in runs)
    centred = str(paragraph.alignment or "").startswith("CENTER")
    for i, text in enumerate(re.split(r"[\n\v\f]", paragraph.text)):
        if text.strip():
            yield Line((label if not i else "") + text, paragraph=number, heading=heading, bold=bold, centred=centred, ends_paragraph=True)


def _table_rows(table: Table) -> list[list[str | None]]:
    """The rows of a table; a cell that spans rows stands in each, what it spans to the right is None."""
    rows: list[list[str | None]] = []
    for row in table.rows:
        cells: list[str | None] = []
        previous: object = None
        for cell in row.cells:
            spanned = cell._tc is previous
            previous = cell._tc
            cells.append(None if spanned else "".join(p.text for p in cell.paragraphs) or cell.text)
        rows.append(cells)
    return rows


def read_lines(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """The lines of a DOCX file: a line a paragraph, a line a table row."""
    from docx.table import Table

    document = _open(data, path)
    numbering = Numbering(document)
    lines: list[Line] = []
    try:
        for number, item in enumerate(document.iter_inner_content()):
            if isinstance(item, Table):
                lines.extend(as_rows(_table_rows(item), paragraph=number))
            else:
                lines.extend(_paragraph_lines(item, number, numbering.label(item)))
    except (KeyError, ValueError, AttributeError, IndexError, TypeError) as fault:
        raise IngestError(path, "the DOCX file is damaged; open it in Word and save it anew") from fault
    return Reading(lines)
