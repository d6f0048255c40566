"""OFD files for the tests: packages of given parts, and the pages of a born-digital PDF as OFD."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "http://www.ofdspec.org/2016"
MM = 25.4 / 72  # a point in millimetres
ASCENT = 0.88  # share of a character's height above its base line


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip package of the given parts, in their order."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def xml(name: str, content: str, prefix: str = "ofd") -> str:
    """An element in OFD's namespace; `content` writes names with the prefix `ofd:`."""
    declared = f'xmlns:{prefix}="{NAMESPACE}"' if prefix else f'xmlns="{NAMESPACE}"'
    text = f'<ofd:{name} {{}}>{content}</ofd:{name}>'
    mark = f"{prefix}:" if prefix else ""
    return '<?xml version="1.0" encoding="UTF-8"?>' + text.replace("<ofd:", f"<{mark}").replace("</ofd:", f"</{mark}").replace("{}", declared, 1)


def text_object(text: str, x: float, y: float, size: float = 5.6, more: str = "", code: str = "") -> str:
    """One line of text whose base line starts at x, y (millimetres); `code` gives other attributes to its TextCode."""
    code = code or f'X="0" Y="{size}" DeltaX="g {max(len(text) - 1, 1)} {size}"'
    return f'<ofd:TextObject ID="9" Boundary="{x} {y - size} 180 8" Font="1" Size="{size}" {more}><ofd:TextCode {code}>{escape(text)}</ofd:TextCode></ofd:TextObject>'


def page_xml(objects: str, before: str = "", layer: str = "<ofd:Layer>{}</ofd:Layer>") -> str:
    """A page whose only layer holds the objects."""
    return xml("Page", f"{before}<ofd:Content>{layer.replace('{}', objects)}</ofd:Content>")


def ofd_parts(pages: Sequence[str], common: str = "", body: str = "", fonts: str = '<ofd:Font ID="1" FontName="仿宋"/>', more: str = "") -> dict[str, str | bytes]:
    """The parts of an OFD with the given pages, by name; `common`, `body` and `more` go into CommonData, DocBody and Document."""
    listed = "".join(f'<ofd:Page ID="{n + 100}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    parts: dict[str, str | bytes] = {
        "OFD.xml": xml("OFD", f"<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody>"),
        "Doc_0/Document.xml": xml("Document", f"<ofd:CommonData>{area}<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{more}"),
        "Doc_0/PublicRes.xml": xml("Res", f"<ofd:Fonts>{fonts}</ofd:Fonts>"),
    }
    # Last page first: the order of the package is not that of the pages.
    return parts | {f"Doc_0/Pages/Page_{n}/Content.xml": page for n, page in reversed(list(enumerate(pages)))}


def _runs(chars: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The characters of a page in runs of one line, font and size."""
    for _, group in groupby(chars, key=lambda char: (round(char["top"], 1), round(char["size"], 2), char["fontname"])):
        run: list[dict[str, Any]] = []
        for char in group:
            if run and char["x0"] < run[-1]["x0"]:
                yield run
                run = []
            run.append(char)
        yield run


def _run_xml(run: Sequence[dict[str, Any]], font: int) -> str:
    size = run[0]["size"] * MM
    steps = " ".join(f"{(b['x0'] - a['x0']) * MM:.4f}" for a, b in zip(run, run[1:], strict=False))
    text = escape("".join(char["text"] for char in run))
    corner = f"{run[0]['x0'] * MM:.4f} {run[0]['top'] * MM:.4f} {(run[-1]['x1'] - run[0]['x0']) * MM:.4f} {size:.4f}"
    delta = f' DeltaX="{steps}"' if steps else ""
    wide = sorted((char["x1"] - char["x0"]) / char["size"] for char in run if len(char["text"]) == 1 and east_asian_width(char["text"]) == "W")
    scale = f' HScale="{wide[len(wide) // 2]:.3f}"' if wide and abs(wide[len(wide) // 2] - 1) > 0.05 else ""
    return f'<ofd:TextObject ID="9" Boundary="{corner}" Font="{font}" Size="{size:.4f}"{scale}><ofd:TextCode X="0" Y="{ASCENT * size:.4f}"{delta}>{text}</ofd:TextCode></ofd:TextObject>'


def _edge_xml(edge: dict[str, Any]) -> str:
    x0, top, x1, bottom = (edge[key] * MM for key in ("x0", "top", "x1", "bottom"))
    return f'<ofd:PathObject ID="9" Boundary="{x0:.4f} {top:.4f} {x1 - x0:.4f} {bottom - top:.4f}" LineWidth="0.25"><ofd:AbbreviatedData>M 0 0 L {x1 - x0:.4f} {bottom - top:.4f}</ofd:AbbreviatedData></ofd:PathObject>'


def ofd_from_pdf(pdf: bytes) -> bytes:
    """The pages of a born-digital PDF as OFD: its characters, a TextObject a line, and its ruled lines."""
    import pdfplumber

    pages = []
    fonts: dict[str, int] = {}
    with pdfplumber.open(BytesIO(pdf)) as document:
        for page in document.pages:
            area = f"<ofd:Area><ofd:PhysicalBox>0 0 {page.width * MM:.4f} {page.height * MM:.4f}</ofd:PhysicalBox></ofd:Area>"
            lines = "".join(_run_xml(run, fonts.setdefault(run[0]["fontname"], len(fonts) + 1)) for run in _runs(page.chars))
            pages.append(page_xml("".join(map(_edge_xml, page.edges)) + lines, before=area))
            page.close()
    names = "".join(f'<ofd:Font ID="{number}" FontName={quoteattr(name)}/>' for name, number in fonts.items())
    return package(ofd_parts(pages, fonts=names))
