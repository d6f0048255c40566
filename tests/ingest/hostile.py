"""Files that no office sends: bombs, loops, entities, names that lead outside. Each is built, none is kept."""

from __future__ import annotations

import struct
import zlib

from tests.ingest.samples import docx_bytes, pdf_bytes
from tests.ingest.test_xlsx import book
from tests.ingest.zips import Entry, notice, raw_zip, zipped
from tests.render import word
from tests.render.ofd import ofd_parts, package, page_xml, text_object, xml

PAGE = page_xml(text_object("市教育局要于2026年6月底前完成示例工作。", 40, 80))
LAUGHS = "<!DOCTYPE lolz [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"


def outside(secret: str) -> str:
    """A document type that draws a file of the machine in."""
    return f'<!DOCTYPE a [<!ENTITY a9 SYSTEM "file://{secret}">]>'


def docx_with(part: str, data: str, good: bytes = b"") -> bytes:
    """A DOCX one of whose parts is replaced."""
    import zipfile
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(good or word.docx(word.p("关于工作的通知")))) as held:
        members = {name: held.read(name) for name in held.namelist()}
    return zipped(members | {part: data.encode()})


def docx_of(doctype: str) -> bytes:
    """A DOCX that declares a document type and shows its entity."""
    return docx_with("word/document.xml", f'<?xml version="1.0"?>{doctype}<w:document {word.NAMES}><w:body>{word.p("&a9;")}</w:body></w:document>')


def xlsx_of(doctype: str) -> bytes:
    """A workbook whose strings show an entity."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row></sheetData></worksheet>'
    return docx_with("xl/worksheets/sheet1.xml", sheet, book(lambda made: made.active.append(["a"])))


def ofd_of(doctype: str) -> bytes:
    """An OFD one of whose pages shows an entity."""
    declared = '<?xml version="1.0" encoding="UTF-8"?>'
    return package(ofd_parts([page_xml(text_object("甲", 40, 80)).replace(declared, declared + doctype).replace("甲", "&a9;")]))


def html_of(doctype: str) -> bytes:
    """A page of XHTML that shows an entity."""
    return f'<?xml version="1.0"?>{doctype}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>关于工作的通知</p><p>要完成工作。&a9;</p></body></html>'.encode()


def pdf(*objects: bytes) -> bytes:
    """A PDF of the given objects, numbered from 1; the first is its catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, held in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table, len(objects) + 1, len(out))


def pdf_of_pages(count: int) -> bytes:
    """A PDF of so many empty pages."""
    pages = [b"<</Type/Page/Parent 2 0 R>>"] * count
    parts, place = [], 15
    out = [b"%PDF-1.7\n"]
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(count))
    for number, held in enumerate([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/MediaBox[0 0 595 842]/Count %d/Kids[%s]>>" % (count, kids), *pages], 1):
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, held))
    place = len(out[0])
    table = []
    for part in parts:
        table.append(b"%010d 00000 n \n" % place)
        place += len(part)
    return b"".join([*out, *parts, b"xref\n0 %d\n0000000000 65535 f \n" % (count + 3), *table, b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count + 3, place)])


def pdf_page(content: bytes, more: bytes = b"") -> bytes:
    """A PDF of one page that draws the content."""
    packed = zlib.compress(content)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>" % more
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed), font)


def pdf_of_objects(count: int) -> bytes:
    """A PDF page of so many pieces of text, drawn lines and boxes."""
    text = b"".join(b"BT /F1 8 Tf %d %d Td (word%d) Tj ET\n" % (n * 7 % 560, n * 13 % 820, n) for n in range(count // 2))
    drawn = b"".join(b"%d %d m %d %d l S %d %d 3 3 re f\n" % (n % 590, n * 3 % 840, n * 7 % 590, n * 11 % 840, n % 590, n % 840) for n in range(count // 4))
    return pdf_page(text + drawn)


def pdf_of_loops() -> bytes:
    """A PDF whose page tree and whose drawing lead back to themselves."""
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>stream\n/X Do\nendstream"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>"
    content = b"BT /F1 12 Tf 90 700 Td (The notice of work to be done by June) Tj ET /X Do"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 3/Kids[2 0 R 3 0 R 2 0 R]>>", page, b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", form,
    )  # fmt: skip


def ole_of_loops() -> bytes:
    """A compound file whose table of sectors and whose directory lead back to themselves (MS-CFB 2)."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0, 1, 0, 1) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", *[0xFFFFFFFD, 1, *[2] * 126])  # the directory's sector follows itself

    def entry(name: str, kind: int, left: int, right: int, child: int) -> bytes:
        spelled = name.encode("utf-16-le")
        return spelled.ljust(64, b"\0") + struct.pack("<HBBIII", len(spelled) + 2, kind, 1, left, right, child) + bytes(36) + struct.pack("<IQ", 2, 99_999_999)

    directory = entry("Root Entry", 5, 0, 0, 1) + entry("WordDocument", 2, 1, 2, 1) + entry("1Table", 2, 1, 2, 0) + entry("0Table", 1, 0, 1, 2)
    return head + table + directory + b"\xec\xa5" + bytes(510)


def tiff_of_loops() -> bytes:
    """A TIFF whose only page is followed by itself."""
    entries = [(256, 3, 1, 10), (257, 3, 1, 10), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 110), (278, 3, 1, 10), (279, 4, 1, 100)]
    held = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + held + struct.pack("<I", 8) + bytes(200)


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large and holds nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def deep_docx(depth: int) -> bytes:
    """A DOCX of tables inside tables."""
    inner = word.p("里")
    opening, closing = "<w:tbl><w:tr><w:tc>", f"{word.p('外')}</w:tc></w:tr></w:tbl>"
    return word.docx(word.p("关于工作的通知") + opening * depth + inner + closing * depth)


def deep_ofd(depth: int) -> bytes:
    """An OFD page of blocks inside blocks."""
    return package(ofd_parts([page_xml("<ofd:PageBlock>" * depth + text_object("甲", 40, 80) + "</ofd:PageBlock>" * depth)]))


def looping_ofd() -> bytes:
    """An OFD whose pages are drawn with drawings that hold themselves, and with templates that hold themselves."""
    unit = '<ofd:CompositeGraphicUnit ID="30" Width="9" Height="9"><ofd:Content><ofd:CompositeObject ID="31" ResourceID="30" Boundary="0 0 9 9"/></ofd:Content></ofd:CompositeGraphicUnit>'
    parts = ofd_parts([page_xml(text_object("要完成示例工作。", 40, 80) + '<ofd:CompositeObject ID="32" ResourceID="30" Boundary="0 0 9 9"/>', '<ofd:Template TemplateID="60"/>')], common='<ofd:TemplatePage ID="60" BaseLoc="Pages/Page_0/Content.xml"/><ofd:DocumentRes>Res.xml</ofd:DocumentRes>')
    parts["Doc_0/Res.xml"] = xml("Res", f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits>")
    return package(parts)


def leading_ofd(secret: str) -> bytes:
    """An OFD whose locations lead out of it."""
    parts = ofd_parts([PAGE, PAGE, PAGE])
    told = str(parts["Doc_0/Document.xml"]).replace("Pages/Page_1/Content.xml", f"../../../../..{secret}").replace("Pages/Page_2/Content.xml", f"file://{secret}")
    return package(parts | {"Doc_0/Document.xml": told.replace("PublicRes.xml", f"../../../..{secret}")})


def leading_docx(secret: str, address: str) -> bytes:
    """A DOCX whose relations lead to a file of the machine and to an address."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    targets = [("styles", f"file://{secret}", ""), ("numbering", f"../../../../../..{secret}", ""), ("footnotes", secret, ""), ("header", f"file://{secret}", 'TargetMode="External"'),
               ("attachedTemplate", f"{address}/template.dotm", 'TargetMode="External"'), ("image", f"{address}/a.png", 'TargetMode="External"'), ("aFChunk", f"{address}/b.html", "")]  # fmt: skip
    listed = "".join(f'<Relationship Id="r{n}" Type="{kind}/{name}" Target="{target}" {more}/>' for n, (name, target, more) in enumerate(targets))
    body = word.p("关于工作的通知") + word.p(word.run("要完成工作。") + word.field(f' INCLUDETEXT "{secret}" ', None) + word.field(f' INCLUDEPICTURE "{address}/c.png" ', None)) + '<w:altChunk r:id="r6"/>'
    body += '<w:sectPr><w:headerReference w:type="default" r:id="r3"/></w:sectPr>'
    return docx_with("word/_rels/document.xml.rels", f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>', word.docx(body))


def leading_html(secret: str, address: str) -> bytes:
    """A page that draws in files of the machine and addresses."""
    return f"""<!DOCTYPE html SYSTEM "file://{secret}"><html><head><meta http-equiv="refresh" content="0;url={address}/"><link rel="stylesheet" href="{address}/a.css">
<base href="file://{secret}"></head><body><p>关于工作的通知</p><p>要完成工作。</p><iframe src="file://{secret}"></iframe><img src="{address}/b.png"><object data="{address}/c"></object></body></html>""".encode()


def huge_sheet() -> bytes:
    """A workbook with figures, rows, merges and styles at the edge of what can be written."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = "".join(f'<c r="A{n}" {more}><v>{held}</v></c>' for n, (more, held) in enumerate([("", "1e308"), ("", "9" * 5000), ("", "-1e-320"), ("", "nan"), ("", "inf"), ('s="99999999999"', "1"), ('t="s"', "99999999999"), ('s="1"', "1e300"), ('t="d"', "99999-99-99")], 2))
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>任务</t></is></c><c r="XFD1"><v>1</v></c></row>{cells}<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>末行</t></is></c></row><row r="99999999999"><c r="A1"><v>1</v></c></row>'
    merges = '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A9999999:A1"/><mergeCell ref="B2:A1"/></mergeCells>'
    sheet = f'<worksheet xmlns="{main}"><cols><col min="1" max="4294967295" hidden="0"/></cols><sheetData>{rows}</sheetData>{merges}</worksheet>'
    return docx_with("xl/worksheets/sheet1.xml", sheet, book(lambda made: made.active.append(["a"])))


def bomb(name: str) -> bytes:
    """A package one of whose members unpacks a thousandfold."""
    return zipped({"[Content_Types].xml": b"<Types/>", name: b"<a>" + b" " * (300 << 20)})


def encrypted_zip() -> bytes:
    """An archive whose only notice wants a password."""
    return raw_zip(Entry(b"notice.txt", notice("甲"), flags=1))


def encrypted_ofd() -> bytes:
    """An OFD whose parts are encrypted as GM/T 0099 says."""
    parts = ofd_parts([PAGE])
    return package({name: b"\x8f\x11\xe0 sealed" if "Page_0" in name else data for name, data in parts.items()} | {"Encryptions.xml": "<a/>"})


def truncated(data: bytes) -> bytes:
    """The first part of a file."""
    return data[: len(data) * 2 // 3]


WHOLE = {"pdf": pdf_bytes([["关于工作的通知", "一、要完成工作。"]]), "docx": docx_bytes(["关于工作的通知"]), "xlsx": book(lambda made: made.active.append(["任务"])), "ofd": package(ofd_parts([PAGE])), "zip": zipped({"a.txt": notice("甲")})}
"""Sound files by their form."""
