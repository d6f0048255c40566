"""The tree of a web page to lines as a browser shows them: blocks, line breaks, lists with their numbers, tables as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from ingest.lines import Line
from ingest.readers import html_style as css
from ingest.readers.html_lists import Numbers, numbered
from ingest.readers.html_tables import Kind, grid_of, kind_of, marked_heads, pairs_of
from ingest.readers.tables import as_rows

FILE_LINK = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|zip|rar|7z|rtf|txt|csv)$", re.IGNORECASE)
DEEPEST_TABLE = 12  # tables in tables: deeper ones only lay out
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_TYPED_INDENT = re.compile(r"\s*[\u3000\u2003\u00a0]{2}")
_TYPED_LINE = re.compile(r"\S[ \t]*\r?\n[ \t\r\n]*(?=[\u3000\u00a0]{2}\s*\S)")
_SOURCE_LINE = re.compile(r"\S[ \t]*\r?\n[ \t\r\n]*(?=\S|[\u3000\u00a0])")


@dataclass(slots=True)
class Written:
    """A line of the page with the element it stands in, how many of its characters are links, and the files it links to."""

    line: Line
    at: Any
    links: int = 0
    files: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(self.line.cells) if self.line.cells else self.line.text


@dataclass(slots=True)
class _State:
    """What holds inside an element that is open."""

    element: Any
    at: Any  # innermost block
    block: bool = False
    bold: bool = False
    align: str | None = None
    heading: int | None = None
    indented: bool = False
    keeps_lines: bool = False
    link: bool = False
    unread: bool = False
    numbers: Numbers | None = None
    tables: int = 0


def leads_to_file(href: str) -> bool:
    """Whether a link's path, or what it asks a download or a viewer for, ends like a file's name."""
    return any(FILE_LINK.search(part) for part in re.split("[?#&]", unquote(href.strip())))


def types_lines(root: Any) -> bool:
    """Whether the page is plain text between few tags: line ends of the source, followed by an indent, begin its paragraphs."""
    typed = ends = 0
    for text in root.itertext():
        typed += len(_TYPED_LINE.findall(text))
        ends += len(_SOURCE_LINE.findall(text))
    return typed >= 3 and typed >= 0.5 * ends


class _Writer:
    """Lines of a tree, gathered without recursion."""

    def __init__(self, root: Any, hidden: bool, keeps_lines: bool, flat: bool = False) -> None:
        self.hidden, self.flat, self.keeps_lines = hidden, flat, keeps_lines
        self.written: list[Written] = []
        self.stack: list[_State] = [_State(None, root, keeps_lines=keeps_lines)]
        self.runs: list[tuple[str, _State]] = []
        self.files: list[str] = []
        self.number = ""

    def walk(self, root: Any) -> list[Written]:
        from lxml import etree

        events = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            if not isinstance(element.tag, str):
                continue
            if event == "start":
                if not self._open(element):
                    events.skip_subtree()
            else:
                self._close(element, last=element is root)
        self._flush(ends=True)
        if self.files and self.written and not self.flat:
            self.written[-1].files.extend(self.files)
        return self.written

    def _open(self, element: Any) -> bool:
        """Enter an element; False where nothing in it is to be read."""
        around = self.stack[-1]
        tag, style = element.tag, css.style_of(element)
        state = replace(around, element=element, block=css.is_block(tag, style), numbers=None, unread=tag in css.UNREAD or (not self.hidden and css.is_hidden(element, style)))
        self.stack.append(state)
        if state.unread:
            if tag in css.FRAMES and (source := element.get("src") or element.get("data")) and leads_to_file(source):
                self.files.append(source.strip())
            return False
        if tag == "br" or state.block:
            self._flush(ends=tag != "br")
        if state.block:
            state.at = element
            state.indented = css.is_indented(style) or ("text-indent" not in style and around.indented)
        state.align = css.alignment(element, tag, style) or around.align
        weight = css.weight(tag, style)
        state.bold = around.bold if weight is None else weight
        state.heading = css.HEADINGS.get(tag, around.heading)
        state.keeps_lines = around.keeps_lines or css.keeps_lines(tag, style)
        if tag == "a" and (href := element.get("href")):
            state.link = True
            if leads_to_file(href) or any(FILE_LINK.search(name.strip()) for name in ("".join(element.itertext()), element.get("title") or "")):
                self.files.append(href.strip())
        if tag == "ol":
            state.numbers = Numbers(element, style)
        elif tag == "li" and around.numbers:
            self.number = around.numbers.take(element, style)
        if tag == "table" and not self.flat and self._table(element, state):
            return False
        self._add(element.text, state)
        return True

    def _close(self, element: Any, last: bool) -> None:
        state = self.stack.pop()
        if state.block and not state.unread:
            self._flush(ends=True)
            if element.tag == "li":
                self.number = ""
        if not last:
            self._add(element.tail, self.stack[-1])

    def _table(self, table: Any, state: _State) -> bool:
        """Write a table that holds data; False for one that only lays the page out."""
        state.tables += 1
        kind = kind_of(table) if state.tables <= DEEPEST_TABLE else Kind.LAYOUT
        if kind is Kind.LAYOUT:
            return False
        for caption in table.iterfind("caption"):
            self._put([Line(self._cell(caption), bold=True, centred=True, ends_paragraph=True)], table)
        if kind is Kind.LABELS:
            self._put([Line(text, ends_paragraph=True) for text in pairs_of(table, self._cell)], table)
            return True
        self._put(as_rows(grid_of(table, self._cell), marked=marked_heads(table)), table)
        return True

    def _put(self, lines: list[Line], table: Any) -> None:
        """Lines of a table; what it links to goes with the first."""
        from ingest.normalize import squeeze

        links = sum(len(squeeze("".join(anchor.itertext())).text) for anchor in table.iter("a") if anchor.get("href"))
        for line in lines:
            written = Written(replace(line, paragraph=len(self.written)), table)
            written.links = min(links, len(written.text))
            links -= written.links
            self.written.append(written)

    def _cell(self, cell: Any) -> str:
        """The lines of a cell; tables inside it are lines too."""
        if not len(cell):
            return _joined(cell.text or "").strip()
        writer = _Writer(cell, self.hidden, self.keeps_lines, flat=True)
        text = "\n".join(written.line.text for written in writer.walk(cell))
        self.files.extend(writer.files)
        return text

    def _add(self, text: str | None, state: _State) -> None:
        if not text:
            return
        if not state.keeps_lines or "\n" not in text:
            self.runs.append((text, state))
            return
        for i, part in enumerate(text.split("\n")):
            if i:
                self._flush(ends=False)
            self.runs.append((part, state))

    def _flush(self, ends: bool) -> None:
        """End a line; `ends` where its block ends too."""
        runs, self.runs = self.runs, []
        text = _joined("".join(text for text, _ in runs))
        shown = [(text, state) for text, state in runs if text.strip()]
        if not shown:
            if ends and self.written and self.written[-1].line.ends_paragraph is False:
                self.written[-1].line = replace(self.written[-1].line, ends_paragraph=True)
            return
        first = shown[0][1]
        if self.number:
            text, self.number = numbered(self.number, text.strip()), ""
        line = Line(
            text.strip(" "),
            paragraph=len(self.written),
            heading=first.heading,
            bold=all(state.bold for _, state in shown),
            centred=first.align == "center",
            indented=first.indented or _TYPED_INDENT.match(text) is not None,
            ends_paragraph=ends,
        )
        links = sum(len("".join(text.split())) for text, state in shown if state.link)
        files, self.files = self.files, []
        self.written.append(Written(line, first.at, links, files))


def _joined(text: str) -> str:
    """Text of the source on one line: blanks are one, a line end between Chinese characters is none."""

    def blank(found: re.Match[str]) -> str:
        start, end = found.span()
        wide = "\n" in found[0] and start > 0 and end < len(text) and text[start - 1] > "\u2e80" and text[end] > "\u2e80"
        return "" if wide else " "

    return _BLANKS.sub(blank, text)


def write(root: Any, *, hidden: bool = False) -> list[Written]:
    """The lines of a page; with `hidden` also what a browser does not show at first."""
    written = _Writer(root, hidden, types_lines(root)).walk(root)
    return _ended(written)


def _ended(written: list[Written]) -> list[Written]:
    """Lines with what is known of their ends: a break ends a paragraph, unless the page breaks its lines as paper does."""
    from ingest.paragraphs import wrap_width

    if wrap_width([entry.line for entry in written]) is not None:
        for entry in written:
            if not entry.line.cells:
                entry.line = replace(entry.line, ends_paragraph=None)
        return written
    for entry, _ in pairwise(written):
        if entry.line.ends_paragraph is False:
            open_end = re.search(r"[，、,（(《“‘〔]$", entry.line.text.rstrip()) is not None
            entry.line = replace(entry.line, ends_paragraph=None if open_end else True)
    return written


def iter_images(root: Any) -> Iterator[str]:
    """The addresses of the pictures of a page, as written."""
    for image in root.iter("img"):
        if source := image.get("src"):
            yield source
