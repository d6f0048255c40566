"""Sample files of every format that is read, all built by this project; what is mutated by the fuzz tests."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from corpus.build import build_docx, build_pdf
from ingest.errors import IngestError
from ingest.formats import SUFFIXES
from ingest.limits import DEFAULT_LIMITS
from tests.conftest import ROOT
from tests.ingest.samples import docx_bytes, pdf_bytes
from tests.render import word
from tests.render.forms import build_html, build_ofd, build_txt
from tests.render.ofd import ofd_parts, package, page_xml, text_object

Seeds = dict[str, list[bytes]]
"""Ending (with the dot) to the sample files of that form."""

_MASTER = ROOT / "corpus" / "masters" / "jiyang-home-care-subsidy-2022.txt"
_LINES = ["云溪市人民政府办公室文件", "云政办〔2021〕3号", "关于加强养老服务的通知", "各县（区）人民政府：", "　　一、要于2021年6月底前建成平台，覆盖率达到90%以上。", "云溪市人民政府办公室", "2021年3月1日"]
_ROWS = [["重点任务", "责任单位", "完成时限"], ["建设平台", "市数据局", "6月底"], ["", "市财政局", "9月底"]]


@cache
def own_seeds() -> Mapping[str, list[bytes]]:
    """The files of this project by their endings, a few of each."""
    text = build_txt(_MASTER)
    page = build_html(_MASTER)
    seeds: Seeds = {
        ".txt": [text, text.decode().encode("gb18030"), text.decode().encode("utf-16"), "\n".join(_LINES).encode()],
        ".md": [f"---\ntitle: 通知\n---\n# {_LINES[2]}\n\n{_LINES[4]}\n\n|{'|'.join(_ROWS[0])}|\n|--|--|--|\n|{'|'.join(_ROWS[1])}|\n".encode()],
        ".docx": [build_docx(_MASTER), _rich_docx(), docx_bytes([*_LINES, "|"], _ROWS, [((1, 0), (2, 0))])],
        ".xlsx": [_workbook()],
        ".pdf": [build_pdf(_MASTER), pdf_bytes([_LINES], tables=[_ROWS]), _scan("PDF")],
        ".ofd": [build_ofd(_MASTER), _rich_ofd()],
        ".html": [page, page.decode().replace("utf-8", "gbk").encode("gbk", "replace"), f'<?xml version="1.0"?><html><body><p>{"</p><p>".join(_LINES)}</p></body></html>'.encode()],
        ".mht": [_saved_page(page)],
        ".png": [_scan("PNG")],
        ".tif": [_scan("TIFF")],
        ".jpg": [_scan("JPEG")],
    }
    if old := _word97():
        seeds[".doc"] = [old]
    seeds[".zip"] = [zip_of({"甲.txt": seeds[".txt"][3], "附件/乙.docx": seeds[".docx"][1], "内.zip": zip_of({"丙.html": page})})]
    return seeds


def with_samples(folder: Path) -> Mapping[str, list[bytes]]:
    """The files of this project and those of a folder, which may be of anyone."""
    seeds = {ending: list(files) for ending, files in own_seeds().items()}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.lower() in SUFFIXES:
            seeds.setdefault(path.suffix.lower(), []).append(path.read_bytes())
    return seeds


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """A packed archive."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def _rich_docx() -> bytes:
    """A DOCX with lists, tables in tables, fields, notes, tracked changes, a header and a text box."""
    inner = word.table(word.cell("甲") + word.cell("乙"))
    box = '<w:r><w:pict><v:shape style="margin-top:9pt"><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>'
    body = (
        word.p(box.replace("{}", word.p("云溪市人民政府文件"))) + word.p(_LINES[2]) + word.numbered("加强领导", 1) + word.numbered("落实责任", 1, 1)
        + word.p(word.run("要在") + f'<w:del w:id="1" w:author="a">{word.run("5")}</w:del><w:ins w:id="2" w:author="a">{word.run("6")}</w:ins>' + word.run("月底前完成。") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + word.p(word.field(" REF a ", "第一项") + word.field(" TOC ", "一、加强领导\t1"))
        + word.table(word.cell("任务", '<w:gridSpan w:val="2"/>'), word.cell("甲", '<w:vMerge w:val="restart"/>') + word.cell(inner + word.p("")), word.cell("", "<w:vMerge/>") + word.cell("年底"))
        + '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader1.xml"/></w:sectPr>'
    )  # fmt: skip
    return word.docx(
        body,
        numbering=word.abstract(0, "chineseCounting|%1、", "chineseCounting|（%2）", "decimal|%1.%2.%3") + word.num(1, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>'),
        styles='<w:style w:type="paragraph" w:styleId="1" w:default="1"><w:name w:val="heading 1"/><w:basedOn w:val="2"/></w:style><w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/></w:style>',
        footnotes=f'<w:footnote w:id="2">{word.p("指本市老人。")}</w:footnote>',
        extra={"header1.xml": f"<w:hdr NAMES>{word.p('云政办〔2021〕3号')}</w:hdr>"},
    )


def _workbook() -> bytes:
    import openpyxl

    made = openpyxl.Workbook()
    made.active.title = "任务分工"
    for row in [["2021年重点任务分工表"], *_ROWS, [0.85, 45838, 1234567.5]]:
        made.active.append(row)
    made.active.merge_cells("A1:C1")
    made.active.merge_cells("A3:A4")
    made.active["A5"].number_format, made.active["B5"].number_format = "0.0%", 'yyyy"年"m"月"'
    other = made.create_sheet("说明")
    other.append(["单位：万元"])
    other.row_dimensions[3].hidden = True
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _rich_ofd() -> bytes:
    """An OFD with a template, paths, a picture, an annotation and a signature."""
    picture = '<ofd:ImageObject ID="5" CTM="210 0 0 297 0 0" Boundary="0 0 210 297" ResourceID="7"/>'
    path = '<ofd:PathObject ID="3" Boundary="20 90 170 20" LineWidth="0.3"><ofd:AbbreviatedData>M 0 0 L 170 0 L 170 20 L 0 20 C B 0 0 1 1 2 2 Q 3 3 4 4</ofd:AbbreviatedData></ofd:PathObject>'
    lines = "".join(text_object(line.strip(), 30, 40 + 10 * n) for n, line in enumerate(_LINES))
    media = '<ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image"><ofd:MediaFile>scan.jpg</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>'
    common = '<ofd:TemplatePage ID="60" BaseLoc="Tpls/Tpl_0/Content.xml"/><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>'
    parts = ofd_parts([page_xml(lines + path, '<ofd:Template TemplateID="60" ZOrder="Background"/>'), page_xml(picture)], common=common, more="<ofd:Annotations>Annotations.xml</ofd:Annotations>")
    parts |= {
        "Doc_0/Tpls/Tpl_0/Content.xml": page_xml(text_object("示例", 100, 280)),
        "Doc_0/DocumentRes.xml": f'<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016" BaseLoc="Res">{media}</ofd:Res>',
        "Doc_0/Res/scan.jpg": _scan("JPEG"),
        "Doc_0/Annotations.xml": '<ofd:Annotations xmlns:ofd="http://www.ofdspec.org/2016"/>',
    }
    return package(parts)


def _saved_page(page: bytes) -> bytes:
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    message = MIMEMultipart("related", type="text/html")
    message["Snapshot-Content-Location"] = "https://www.yunxi.example/a/1.html"
    message.attach(MIMEText(page.decode(), "html", "utf-8"))
    message.attach(MIMEText("<html><body>广告</body></html>", "html", "gbk"))
    return message.as_bytes()


def _scan(kind: str) -> bytes:
    """A small picture of a page, two of them where the form can hold them."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (414, 585), "white")
    ImageDraw.Draw(picture).rectangle((40, 60, 360, 80), fill="black")
    out = BytesIO()
    picture.save(out, kind, **({"save_all": True, "append_images": [picture]} if kind in ("PDF", "TIFF") else {}), **({"compression": "tiff_lzw"} if kind == "TIFF" else {}))
    return out.getvalue()


def _word97() -> bytes | None:
    """A DOC of Word 97, where there is LibreOffice to make it."""
    from ingest.readers.soffice import convert

    try:
        return convert(_rich_docx(), ".docx", "doc", "文.docx", DEFAULT_LIMITS)
    except IngestError:
        return None


def endings(chosen: Iterable[str], seeds: Mapping[str, list[bytes]]) -> list[str]:
    """The endings that are fuzzed: those chosen, else all."""
    return [ending for ending in seeds if not (wanted := {f".{name.lstrip('.')}" for name in chosen}) or ending in wanted]
