"""DOCX files written part by part, so that a test can hold what Word writes and python-docx cannot."""

from __future__ import annotations

import zipfile
from io import BytesIO

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
_ROOTS = {"document": "w:document", "styles": "w:styles", "numbering": "w:numbering", "footnotes": "w:footnotes", "endnotes": "w:endnotes"}


def run(text: str, properties: str = "") -> str:
    """A run of text; `properties` is what stands in its w:rPr."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inner: str, properties: str = "") -> str:
    """A paragraph: of the given runs, or of plain text."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner if inner.startswith('<') or not inner else run(inner)}</w:p>"


def numbered(text: str, num: int, level: int = 0) -> str:
    """A paragraph that Word numbers."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def field(instruction: str, result: str | None) -> str:
    """A field with its result, None where it has none."""
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def cell(inner: str, properties: str = "") -> str:
    """A cell of a table, of paragraphs or of plain text whose lines are paragraphs."""
    held = inner if inner.startswith("<") else "".join(p(text) for text in inner.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{held}</w:tc>"


def table(*rows: str, ruled: bool = True) -> str:
    """A table of rows, each the cells of one w:tr."""
    borders = "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")) if ruled else ""
    body = "".join(row if row.startswith("<w:tr") else f"<w:tr>{row}</w:tr>" for row in rows)
    grid = '<w:gridCol w:w="2400"/>' * rows[0].count("<w:tc>") if rows else ""
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'


def abstract(identifier: int, *levels: str, inner: str = "") -> str:
    """A list: each level as 'format|pattern' or 'format|pattern|more XML'."""
    made = []
    for i, level in enumerate(levels):
        kind, pattern, more = (level + "||").split("|")[:3]
        made.append(f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{pattern}"/></w:lvl>')
    return f'<w:abstractNum w:abstractNumId="{identifier}">{"".join(made)}{inner}</w:abstractNum>'


def num(identifier: int, of: int, inner: str = "") -> str:
    """An instance of a list."""
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{of}"/>{inner}</w:num>'


def docx(body: str, *, extra: dict[str, str] | None = None, strict: bool = False, **parts: str) -> bytes:
    """A DOCX file: `body` in w:body; styles, numbering, footnotes by name; `extra` other parts by their names, related by their first word."""
    bodies = {"document": f"<w:body>{body}</w:body>", **parts}
    members = {f"word/{name}.xml": f"<{_ROOTS[name]} {NAMES}>{inner}</{_ROOTS[name]}>" for name, inner in bodies.items()}
    relations = [(f"rId{name}", name, f"{name}.xml") for name in parts]
    for name, content in (extra or {}).items():
        kind = name.rstrip("0123456789.xml")
        members[f"word/{name}"] = content.replace("NAMES", NAMES)
        relations.append((f"rId{name}", kind, name))
    listed = "".join(f'<Relationship Id="{i}" Type="{_R}/{kind}" Target="{target}"/>' for i, kind, target in relations)
    members["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
    members["_rels/.rels"] = f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{name}{".main" * (name == "document")}+xml"/>' for name in bodies)
    types = f'<Default Extension="rels" ContentType="{_RELATIONS}"/><Default Extension="xml" ContentType="application/xml"/>{types}'
    members["[Content_Types].xml"] = f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            if strict:
                content = content.replace(_W, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(_R, "http://purl.oclc.org/ooxml/officeDocument/relationships")
            package.writestr(name, content)
    return out.getvalue()
