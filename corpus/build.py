"""Builds the sample notices' DOCX and PDF files from their masters; run from the repository's root.

    python corpus/build.py [FOLDER]

A master (`corpus/masters/*.txt`, `corpus/masters/drafts/*.txt`) is plain text, a paragraph a line. A line that begins
with `%word ` says what it is (%title, %num, %sign …), a line that begins with `|` is a table's row. The same masters
always give the same bytes, so that a changed file is a changed text.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).resolve().parent
PDF = {"lanchuan-elder-care-2021", "jiyang-home-care-subsidy-2022"}
EPOCH = datetime(2020, 1, 1)
FONT = "STSong-Light"  # comes with every PDF reader; reportlab needs no font file for it
CENTERED = {"mark", "num", "title", "enclosed", "attitle", "center"}
RIGHT = {"sign", "date"}
TITLES = {"title", "enclosed", "attitle"}

Line = tuple[str, str]  # what the line is ("" for a paragraph, "row" for a table's row), its text


def read_lines(master: Path) -> Iterator[Line]:
    """The lines of a master that are not empty, each with what it is."""
    for line in master.read_text(encoding="utf-8").splitlines():
        marked = re.match(r"%(\w+) ", line)
        if line.startswith("|"):
            yield "row", line.strip("|")
        elif line.strip():
            yield (marked[1], line[marked.end() :]) if marked else ("", line.strip())


def heading_level(text: str) -> int | None:
    """1 for 一、…, 2 for （一）… where the line is a heading alone; None for a paragraph."""
    if len(text) > 40 or text[-1] in "。；：":
        return None
    if re.match(r"[一二三四五六七八九十]+、", text):
        return 1
    return 2 if re.match(r"（[一二三四五六七八九十]+）", text) else None


def repack(data: bytes) -> bytes:
    """The same zip archive with one fixed date, so that building it again gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # else the bytes differ between Windows and the rest
            target.writestr(info, source.read(name))
    return out.getvalue()


def build_docx(master: Path) -> bytes:
    """A Word file: real headings, real tables."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "仿宋", Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    properties = document.core_properties
    properties.author, properties.created, properties.modified = "notice-kb", EPOCH, EPOCH
    for is_table, group in groupby(read_lines(master), key=lambda line: line[0] == "row"):
        if is_table:
            rows = [text.split("|") for _, text in group]
            table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
            for row, texts in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
            continue
        for kind, text in group:
            if kind == "attach":
                document.add_page_break()
            level = heading_level(text) if not kind else None
            paragraph = document.add_heading(text, level) if level else document.add_paragraph(text)
            if kind in CENTERED:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif kind in RIGHT:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            elif not kind and not level:
                paragraph.paragraph_format.first_line_indent = Pt(28)
            if kind in TITLES:
                paragraph.runs[0].bold = True
    out = io.BytesIO()
    document.save(out)
    return repack(out.getvalue())


def build_pdf(master: Path) -> bytes:
    """A born-digital PDF with page numbers as notices print them (— 2 —)."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    body = ParagraphStyle("body", fontName=FONT, fontSize=14, leading=25, wordWrap="CJK", firstLineIndent=28)
    flush = ParagraphStyle("flush", body, firstLineIndent=0)
    centered = ParagraphStyle("centered", flush, alignment=1)
    title = ParagraphStyle("title", centered, fontSize=18, leading=30, spaceBefore=12, spaceAfter=12)
    right = ParagraphStyle("right", flush, alignment=2, rightIndent=28)
    cell = ParagraphStyle("cell", flush, fontSize=10.5, leading=16)

    def style_of(kind: str) -> ParagraphStyle:
        if kind in TITLES or kind == "mark":
            return title
        if kind in CENTERED:
            return centered
        return right if kind in RIGHT else flush if kind in {"to", "top", "imprint", "attach"} else body

    def number(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawCentredString(A4[0] / 2, 40, f"— {template.page} —")

    story: list[Flowable] = []
    for is_table, group in groupby(read_lines(master), key=lambda line: line[0] == "row"):
        if is_table:
            rows = [[Paragraph(text, cell) for text in row.split("|")] for _, row in group]
            widths = [36, *[(A4[0] - 176) / (len(rows[0]) - 1)] * (len(rows[0]) - 1)]
            story.append(Table(rows, colWidths=widths, repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
            continue
        for kind, text in group:
            if kind == "attach":
                story.append(PageBreak())
            if kind in {"sign", "imprint"}:
                story.append(Spacer(1, 20))
            story.append(Paragraph(text.replace("\t", "\u3000" * 6), style_of(kind)))
    out = io.BytesIO()
    template = BaseDocTemplate(out, pagesize=A4, leftMargin=70, rightMargin=70, topMargin=80, bottomMargin=70, invariant=1, title=master.stem)
    frame = Frame(70, 70, A4[0] - 140, A4[1] - 150, leftPadding=0, rightPadding=0)
    template.addPageTemplates([PageTemplate(frames=[frame], onPage=number)])
    template.build(story)
    return out.getvalue()


def build_all(masters: Path = HERE / "masters") -> Iterator[tuple[str, bytes]]:
    """Every built file: its path below corpus/ and its bytes."""
    for master in sorted(masters.rglob("*.txt")):
        folder = "drafts" if master.parent != masters else "notices"
        if master.stem in PDF:
            yield f"{folder}/{master.stem}.pdf", build_pdf(master)
        else:
            yield f"{folder}/{master.stem}.docx", build_docx(master)


def main() -> None:
    """Write the built files under the folder that is named, `corpus/` by default."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for name, data in build_all():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        sys.stdout.write(f"{path}: {len(data)} bytes\n")


if __name__ == "__main__":
    main()
