"""The text of a DOCX paragraph as printed: changes accepted, fields by their results, hidden text left out (ECMA-376-1, 17.3, 17.13, 17.16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.readers.docx_figures import circled
from ingest.readers.docx_styles import Styles, W, switch, value
from ingest.readers.ooxml import local, number

_DEEPEST = 60  # elements inside one another; more is no document
# Names of elements whose content is not part of the text: deleted, moved away, properties, what only a program reads.
_GONE = {"del", "moveFrom", "rPr", "pPr", "sdtPr", "sdtEndPr", "delText", "instrText", "delInstrText", "rt", "rubyPr", "fldData", "annotationRef"}
BLANK = "____"  # what forms leave open (____年____月)
_MATH_MARKS = {"rad": "√", "den": "/"}
_PAGE_FIELD = re.compile(r"^\s*(?:PAGE|NUMPAGES|SECTIONPAGES|SECTION)\b", re.IGNORECASE)
_CONTENTS_FIELD = re.compile(r"^\s*TOC\b", re.IGNORECASE)
_OVERLAID = re.compile(r"^\s*EQ\s*\\o\s*(?:\\a[clr]\s*)?\(\s*[○〇◯]\s*[,;，；]\s*([^()]{1,4})\)", re.IGNORECASE)  # 带圈字符
_SYMBOLS = {
    "symbol": dict(zip(b"\x25\xb0\xb1\xb3\xb4\xb7\xb8\xb9\xa3\xbb\xa5\xae\x6d\x44\x53\x57\x61\x62\x70\xb2\xa2", "%°±≥×•÷≠≤≈∞→μΔΣΩαβπ″′", strict=True)),
    "wingdings": dict(zip(b"\x6c\x6e\x6f\x71\x75\xa1\xa8\xd8\xe0\xfb\xfc\xfd\xfe\x76\xa7\x9f\x77\xf0", "●■□□◆○□➢→✗✓☒☑❖▪•◆⇨", strict=True))
    | {0x80 + i: circled(i) for i in range(11)} | {0x8C + i: chr(ord("❶") + i) for i in range(10)},
    "wingdings 2": dict(zip(b"\x50\x52\x53\x54\xa3\x4f\x51", "✓☑☒☒□✗☒", strict=True)) | {0x69 + i: circled(i) for i in range(11)},
}  # fmt: skip


def symbol(code: int, font: str) -> str:
    """The character of a symbol font, '' for an ornament of unknown meaning."""
    if not 0xF000 <= code <= 0xF0FF:
        return chr(code) if 0x20 <= code < 0xD800 and font.lower() not in _SYMBOLS else _SYMBOLS.get(font.lower(), {}).get(code, "")
    return _SYMBOLS.get(font.lower(), _SYMBOLS["symbol"]).get(code & 0xFF, "")


@dataclass(slots=True)
class Content:
    """What a paragraph holds: its text, the notes cited in it, the text boxes anchored in it."""

    parts: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # kind (footnote, endnote) and identifier
    boxes: list[tuple[float | None, Any]] = field(default_factory=list)  # height over the paragraph or page where told, and w:txbxContent
    bold: bool = True  # as long as no run speaks against it

    @property
    def text(self) -> str:
        """The paragraph's text; line breaks in it as newlines."""
        text = "".join(self.parts)
        return text if text.strip(" \t\u3000_") else ""


@dataclass(slots=True)
class _Field:
    """A field that is open: its instruction, and whether its result is being read."""

    instruction: str = ""
    result: bool = False
    dropped: bool = False


def chosen(alternates: Any) -> Any:
    """Of mc:AlternateContent the branch to read: the first that holds text, so that none is read twice."""
    branches = [child for child in alternates if local(child) in ("Choice", "Fallback")]
    full = (b for b in branches if any(local(e) in ("t", "sym", "textpath") and (e.text or e.get("string") or local(e) == "sym") for e in b.iter()))
    return next(full, branches[0] if branches else None)


def _height(element: Any) -> float | None:
    """The place of a drawing or shape below its anchor in points, where it is told."""
    for child in element.iter():
        name = local(child)
        if name == "positionV":
            offset = next((e.text for e in child if local(e) == "posOffset"), None)
            return number(offset, 0) / 12700 if offset else None
        if name in ("shape", "group", "rect", "roundrect") and (found := re.search(r"margin-top:(-?[\d.]+)(pt|in|mm|cm)?", child.get("style") or "")):
            scale = {"in": 72.0, "mm": 2.835, "cm": 28.35}.get(found[2] or "pt", 1.0)
            return float(found[1].strip(".") or 0) * scale if found[1].count(".") <= 1 else None
    return None


class RunReader:
    """Reads the paragraphs of one story (body, a header, a note) in order: fields may run over several of them."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.fields: list[_Field] = []

    @property
    def in_contents(self) -> bool:
        """Whether the reader stands in the result of a table of contents."""
        return any(_CONTENTS_FIELD.match(opened.instruction) for opened in self.fields)

    def read(self, paragraph: Any) -> Content:
        """What a w:p holds."""
        content = Content()
        self._walk(paragraph, value(paragraph.find(f"{W}pPr"), "pStyle"), content, 0)
        self.fields = [opened for opened in self.fields if opened.result]  # an instruction never runs on: the file is damaged there
        content.bold = content.bold and bool(content.text.strip())
        return content

    def _shown(self) -> bool:
        return all(opened.result and not opened.dropped for opened in self.fields)

    def _walk(self, element: Any, style: str | None, content: Content, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for child in element:
            name = local(child)
            if name == "r" and child.tag.startswith(W):
                self._run(child, style, content, depth)
            elif name == "fldSimple":
                if not _PAGE_FIELD.match(child.get(f"{W}instr") or ""):
                    self._walk(child, style, content, depth + 1)
            elif name == "sdt":
                self._control(child, style, content, depth)
            elif name == "AlternateContent":
                branch = chosen(child)
                if branch is not None:
                    self._walk(branch, style, content, depth + 1)
            elif name == "t":  # of a formula (m:t); that of the text stands in a run
                self._add(child.text or "", content)
            elif name not in _GONE:
                self._add(_MATH_MARKS.get(name, ""), content)
                self._walk(child, style, content, depth + 1)

    def _control(self, control: Any, style: str | None, content: Content, depth: int) -> None:
        """A content control inside a paragraph, without the words that only ask to fill it."""
        if not switch(control.find(f"{W}sdtPr"), "showingPlcHdr"):
            for child in control.findall(f"{W}sdtContent"):
                self._walk(child, style, content, depth + 1)

    def _add(self, text: str, content: Content) -> None:
        if text and self._shown():
            content.parts.append(text)

    def _run(self, run: Any, style: str | None, content: Content, depth: int) -> None:
        properties = run.find(f"{W}rPr")
        hidden = self.styles.run_switch(properties, style, "vanish")
        before = len(content.parts)
        self._run_content(run, style, properties, content, depth, hidden)
        printed = "".join(content.parts[before:])
        if printed and not printed.strip(" \t\u3000\u00a0") and value(properties, "u") not in (None, "none"):
            content.parts[before:] = [BLANK] * (content.parts[before - 1 : before] != [BLANK])  # a rule to write on
        if content.bold and any(part.strip() for part in content.parts[before:]):
            content.bold = self.styles.run_switch(properties, style, "b")

    def _run_content(self, run: Any, style: str | None, properties: Any, content: Content, depth: int, hidden: bool) -> None:
        """The children of a run; of a hidden one only what opens and closes fields."""
        for child in run:
            name = local(child)
            if name == "fldChar":
                self._field_mark(child.get(f"{W}fldCharType") or "", content)
            elif name == "instrText":
                if self.fields and not self.fields[-1].result:
                    self.fields[-1].instruction += child.text or ""
            elif hidden or name in _GONE:
                continue
            elif name == "AlternateContent":
                branch = chosen(child)
                if branch is not None and depth < _DEEPEST:
                    self._run_content(branch, style, properties, content, depth + 1, hidden)
            elif name in ("drawing", "pict", "object"):
                self._drawing(child, content)
            elif name in ("footnoteReference", "endnoteReference"):
                if self._shown():
                    content.notes.append((name.removesuffix("Reference"), child.get(f"{W}id") or ""))
            elif name == "ruby":
                for base in child.findall(f"{W}rubyBase"):
                    self._walk(base, style, content, depth + 1)
            else:
                self._add(_printed(child, name, properties), content)

    def _field_mark(self, kind: str, content: Content) -> None:
        """Open or close a field; a circled character is a field whose instruction alone holds it."""
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            opened = self.fields[-1]
            opened.result, opened.dropped = True, bool(_PAGE_FIELD.match(opened.instruction) or _OVERLAID.match(opened.instruction))
        elif kind == "end" and self.fields:
            closed = self.fields.pop()
            if found := _OVERLAID.match(closed.instruction):
                inner = found[1].strip()
                self._add(circled(int(inner)) if inner.isascii() and inner.isdigit() else inner, content)

    def _drawing(self, element: Any, content: Content) -> None:
        """Remember the text boxes of a drawing or shape; WordArt is text in its own right."""
        if not self._shown():
            return
        height = _height(element)
        for found in _outermost(element, 0):
            content.boxes.append((height, found))


def _printed(child: Any, name: str, properties: Any) -> str:
    """The characters that a child of a run prints."""
    if name == "t":
        text = child.text or ""
        if any("\uf000" <= c <= "\uf0ff" for c in text):
            fonts = None if properties is None else properties.find(f"{W}rFonts")
            font = "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
            text = "".join(symbol(ord(c), font) if "\uf000" <= c <= "\uf0ff" else c for c in text)
        return text.replace("\n", " ").replace("\r", "")
    if name == "sym":
        code = child.get(f"{W}char") or ""
        return symbol(int(code, 16), child.get(f"{W}font") or "") if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else ""
    if name == "br":
        return "\f" if child.get(f"{W}type") in ("page", "column") else "\n"
    return {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}.get(name, "")


def _outermost(element: Any, depth: int) -> Iterator[Any]:
    """The text boxes (w:txbxContent) and WordArt (v:textpath) under an element, those inside them left to them."""
    for child in element if depth < _DEEPEST else ():
        name = local(child)
        if name == "txbxContent" or (name == "textpath" and (child.get("string") or "").strip()):
            yield child
        elif name == "AlternateContent":
            branch = chosen(child)
            if branch is not None:
                yield from _outermost(branch, depth + 1)
        else:
            yield from _outermost(child, depth + 1)
