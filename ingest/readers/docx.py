"""DOCX: paragraphs, tables, text boxes and notes in reading order, styles as hints, the numbers that Word generates.

The parts are read straight from the package (ECMA-376), within the limits: nothing that a relation names outside is opened,
no macro is looked at. What stands in the file is read as printed: tracked changes accepted, comments and hidden text left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ingest.errors import IngestError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.lines import Line, Reading
from ingest.normalize import squeeze
from ingest.paragraphs import starts_anew, wrap_width
from ingest.readers.docx_margins import with_margins
from ingest.readers.docx_numbering import Numbering
from ingest.readers.docx_runs import Content, RunReader
from ingest.readers.docx_styles import Styles, W, switch, value
from ingest.readers.docx_tables import table_lines
from ingest.readers.ooxml import Package, Relation, local

_DEEPEST = 25  # containers, cells and boxes inside one another
_ENTRY = re.compile(r"\t|[.…·]{3}|\d\s*$")  # an entry of a table of contents
_LONG = 40  # characters; a paragraph longer than this is no line of the head
_CUT = 20  # characters of a line that a break may cut


class Story:
    """Reads the body, a header, a note: whatever holds paragraphs and tables."""

    def __init__(self, package: Package, main: str) -> None:
        self.package = package
        self.main = main
        self.relations: dict[str, Relation] = package.relations(main)
        self.styles = Styles(self._related("styles"))
        self.numbering = Numbering(self._related("numbering"), self.styles)
        self.notes = {kind: self._notes(kind) for kind in ("footnote", "endnote")}
        self.runs = RunReader(self.styles)
        self.past_head = False  # a paragraph of the body has been seen
        self.embedded = False  # the file holds a part of another format (w:altChunk)

    def _related(self, kind: str) -> Any:
        part = next((relation.part for relation in self.relations.values() if relation.kind == kind), None)
        return None if part is None else self.package.root(part)

    def _notes(self, kind: str) -> dict[str, Any]:
        root = self._related(f"{kind}s")
        return {} if root is None else {note.get(f"{W}id") or "": note for note in root.findall(f"{W}{kind}")}

    def blocks(self, container: Any, depth: int = 0) -> Iterator[Any]:
        """The paragraphs and tables of a container, content controls and accepted insertions looked into."""
        for child in container if depth < _DEEPEST else ():
            name = local(child)
            if name in ("p", "tbl"):
                yield child
            elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "Choice"):
                if name != "sdt" or not switch(child.find(f"{W}sdtPr"), "showingPlcHdr"):
                    yield from self.blocks(child, depth + 1)
            elif name == "AlternateContent":
                yield from self.blocks(next(iter(child), ()), depth + 1)
            elif name == "altChunk":
                self.embedded = True

    def lines(self, container: Any, paragraph: int | None = None, depth: int = 0) -> list[Line]:
        """The lines of a container; `paragraph` is the place in the body of what it stands in, None where it is the body."""
        lines: list[Line] = []
        open_text: list[Content] = []  # paragraphs whose mark is deleted: the next goes on in their line
        columns: tuple[str, ...] = ()
        for i, block in enumerate(self.blocks(container)):
            number = i if paragraph is None else paragraph
            if local(block) == "tbl":
                if depth < _DEEPEST:
                    read = table_lines(block, self.styles, lambda cell, n=number: self.lines(cell, n, depth + 1), number, columns)  # type: ignore[misc]
                    lines.extend(read)
                    columns = next((line.columns for line in reversed(read) if line.columns), ())
                continue
            properties = block.find(f"{W}pPr")
            in_contents = self.runs.in_contents
            content = self.runs.read(block)
            open_text.append(content)
            if self._mark_is_gone(properties):
                continue
            if self.styles.is_contents(properties) or ((in_contents or self.runs.in_contents) and _ENTRY.search(content.text)):
                if lines and squeeze(lines[-1].text).text == "目录":
                    lines.pop()
                open_text = []
                continue
            found = self._paragraph(open_text, properties, number, depth, in_cell=depth > 0)
            columns = () if found else columns
            lines.extend(found)
            open_text = []
        return lines + (self._paragraph(open_text, None, paragraph or 0, depth) if open_text else [])

    def _mark_is_gone(self, properties: Any) -> bool:
        """Whether a paragraph's mark is deleted, moved away or hidden, so that the next paragraph goes on in its line."""
        held = None if properties is None else properties.find(f"{W}rPr")
        if held is None:
            return False
        return held.find(f"{W}del") is not None or held.find(f"{W}moveFrom") is not None or self.styles.run_switch(held, value(properties, "pStyle"), "vanish")

    def _paragraph(self, contents: list[Content], properties: Any, number: int, depth: int, *, in_cell: bool = False) -> list[Line]:
        """The lines of a paragraph: its text boxes, itself, its notes."""
        label = self.numbering.label(properties)
        text = "".join(content.text for content in contents)
        bold = all(content.bold for content in contents if content.text.strip()) and bool(text.strip())
        heading, centred = self.styles.heading(properties), self.styles.centred(properties)
        own: list[Line] = []
        pieces = [piece for piece in re.split(r"[\n\v\f]", text) if piece.strip()] or ([""] if in_cell and label else [])
        for i, piece in enumerate(pieces):
            ends = centred or heading is not None or i + 1 == len(pieces) or not _is_cut(piece, pieces[i + 1])
            words = piece.lstrip() if label and not i else piece
            own.append(Line((label if not i else "") + words, paragraph=number, heading=heading, bold=bold, centred=centred, ends_paragraph=ends))
        boxed = [line for content in contents for line in self._boxes(content, number, depth)]
        notes = [line for content in contents for kind, key in content.notes for line in self._note(kind, key, number)]
        lines = [*own, *boxed, *notes] if self.past_head else [*boxed, *own, *notes]
        self.past_head = self.past_head or (len(text) > _LONG and re.search("[，。；]", text) is not None)
        return lines

    def _boxes(self, content: Content, number: int, depth: int) -> list[Line]:
        """The lines of the text boxes anchored in a paragraph, from the top down where their heights are told."""
        boxes = content.boxes
        if all(height is not None for height, _ in boxes):
            boxes = sorted(boxes, key=lambda box: box[0] or 0.0)
        lines: list[Line] = []
        for _, box in boxes:
            if local(box) == "textpath":
                lines.append(Line(box.get("string") or "", paragraph=number, centred=True, ends_paragraph=True))
            elif depth < _DEEPEST:
                lines.extend(self.apart(box, number, depth + 1))
        return lines

    def apart(self, container: Any, number: int, depth: int = 0) -> list[Line]:
        """The lines of a container that stands outside the run of the text, fields of the text left open."""
        before, self.runs = self.runs, RunReader(self.styles)
        try:
            return self.lines(container, number, depth)
        finally:
            self.runs = before

    def _note(self, kind: str, key: str, number: int) -> list[Line]:
        """A footnote or endnote as a line after the paragraph that cites it, so that no sentence is torn."""
        note = self.notes[kind].pop(key, None)  # once, however often cited
        text = "" if note is None else "".join(line.text.strip() for line in self.apart(note, number) if not line.cells)
        return [Line(text if text.startswith("注") else f"注：{text}", paragraph=number, ends_paragraph=True)] if text else []

    def margin(self, kind: str, identifier: str) -> list[Line]:
        """The lines of a header or footer, by the identifier of its relation."""
        relation = self.relations.get(identifier)
        root = self.package.root(relation.part) if relation is not None and relation.kind == kind else None
        return [] if root is None else [line for line in self.apart(root, 0) if not line.cells]


def _is_cut(before: str, after: str) -> bool:
    """Whether a break inside a paragraph (Shift+Enter, a page's end) stands inside a sentence, so that it ends nothing."""
    inside = len(before.strip()) >= _CUT and re.search(r"[。！？；：!?;:…][”’」』）)]?\s*$", before) is None
    return inside and re.search("[，。；]", before + after) is not None and not starts_anew(Line(after.strip()))


def _unwrap(lines: list[Line]) -> list[Line]:
    """The lines of a file in which each printed line was made a paragraph (converted from PDF): the words tell where one ends."""
    if wrap_width(lines) is None:
        return lines
    return [replace(line, ends_paragraph=None, indented=re.match(r"\s{2}|\u3000", line.text) is not None) if not line.cells else line for line in lines]


def read_lines(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """The lines of a DOCX file: a line a paragraph, a line a table row."""
    package = Package(data, path, limits)
    main = package.main_part("word/document.xml")
    root = package.root(main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise IngestError(path, "the file has the form of DOCX but holds no Word text; open it in Word or WPS and save it anew")
    story = Story(package, main)
    lines = with_margins(story.lines(body), body, story.margin)
    if story.embedded and not lines:
        raise IngestError(path, "its text is embedded in another format (altChunk), which is not read; open the file in Word and save it anew")
    warnings = ("a part embedded in another format (altChunk) was not read; open the file in Word and save it anew",) if story.embedded else ()
    return Reading(_unwrap(lines), warnings=warnings)
