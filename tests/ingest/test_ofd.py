"""OFD: pages in their order, text where it stands, tables by rules, what is no text, and files that are wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.build import build_pdf
from ingest import IngestError, read_bytes
from ingest.document import BlockKind, Document
from ingest.limits import DEFAULT_LIMITS
from ingest.lines import Line
from ingest.readers.ofd import page_images
from ingest.readers.ofd_text import deltas
from ingest.readers.printed import Page
from tests.conftest import ROOT
from tests.render.ofd import ofd_from_pdf, ofd_parts, package, page_xml, text_object, xml

TITLE = text_object("云溪市人民政府关于加强示例工作的通知", 40, 60)
BODY = text_object("市教育局要于2026年6月底前完成示例工作。", 40, 80)
PAGE = page_xml(TITLE + BODY)
PICTURE = '<ofd:ImageObject ID="5" CTM="210 0 0 297 0 0" Boundary="0 0 210 297" ResourceID="7"/>'
MEDIA = '<ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image"><ofd:MediaFile>scan.jpg</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>'


def read(pages: list[str], **parts: str) -> Document:
    return read_bytes("示例.ofd", package(ofd_parts(pages, **parts)))


def refusal(parts: dict[str, str | bytes], name: str = "示例.ofd") -> str:
    with pytest.raises(IngestError) as caught:
        read_bytes(name, package(parts))
    return str(caught.value)


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    return f'<ofd:PathObject ID="3" Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" LineWidth="0.3"><ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>'


def box(x0: float, y0: float, x1: float, y1: float) -> str:
    """A rule drawn as a thin filled box."""
    data = f"M {x0} {y0} L {x1} {y0} L {x1} {y1} L {x0} {y1} C"
    return f'<ofd:PathObject ID="3" Boundary="0 0 210 297" Stroke="false" Fill="true"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


# --- the package ---------------------------------------------------------------------------------------------------


def test_pages_come_in_the_order_of_the_document_not_of_the_package() -> None:
    document = read([page_xml(text_object(f"{n}、要做好第{n}页的工作。", 40, 80) + BODY) for n in "一二三"])
    assert [char for char in document.text if char in "一二三"][::2] == ["一", "二", "三"]
    assert [document.page_at(document.text.index(n)) for n in "一二三"] == [1, 2, 3]


@pytest.mark.parametrize("prefix", ["ofd", "x", ""])
def test_any_prefix_of_the_namespace_or_none(prefix: str) -> None:
    parts = ofd_parts([PAGE])
    again = {name: data.replace("<ofd:", f"<{prefix}:" if prefix else "<").replace("</ofd:", f"</{prefix}:" if prefix else "</").replace("xmlns:ofd", f"xmlns:{prefix}" if prefix else "xmlns") for name, data in parts.items() if isinstance(data, str)}
    assert "市教育局要于2026年6月底前完成示例工作。" in read_bytes("示例.ofd", package(again)).text


def test_a_prefix_that_is_not_declared() -> None:
    parts = ofd_parts([PAGE])
    parts["Doc_0/Pages/Page_0/Content.xml"] = PAGE.replace(' xmlns:ofd="http://www.ofdspec.org/2016"', "")
    assert "示例工作" in read_bytes("示例.ofd", package(parts)).text


LOCATIONS = ["/Doc_0/Pages/Page_0/Content.xml", "./Pages/Page_0/Content.xml", "Pages\\Page_0\\Content.xml", "pages/page_0/content.XML", "/Pages/Page_0/Content.xml", "../Doc_0/Pages/Page_0/Content.xml", "Doc_0/Pages/Page_0/Content.xml"]


@pytest.mark.parametrize("location", LOCATIONS)
def test_odd_locations_are_found(location: str) -> None:
    parts = ofd_parts([PAGE])
    parts["Doc_0/Document.xml"] = str(parts["Doc_0/Document.xml"]).replace("Pages/Page_0/Content.xml", location)
    assert "示例工作" in read_bytes("示例.ofd", package(parts)).text


def test_parts_in_a_folder_of_their_own_and_with_backslashes() -> None:
    for name in ("示例/{}", "{}"):
        parts = {name.format(key).replace("/", "\\" if name == "{}" else "/"): data for key, data in ofd_parts([PAGE]).items()}
        assert "示例工作" in read_bytes("示例.ofd", package(parts)).text


def test_a_location_outside_the_package_is_a_missing_page() -> None:
    parts = ofd_parts([PAGE, PAGE])
    parts["Doc_0/Document.xml"] = str(parts["Doc_0/Document.xml"]).replace("Pages/Page_1/Content.xml", "../../../../etc/passwd")
    document = read_bytes("示例.ofd", package(parts))
    assert document.warnings == ("page 2 (../../../../etc/passwd) is missing in the file and was not read",)


def test_a_damaged_page_costs_that_page() -> None:
    parts = ofd_parts([PAGE, PAGE])
    parts["Doc_0/Pages/Page_1/Content.xml"] = b"\x00\x01 no xml"
    document = read_bytes("示例.ofd", package(parts))
    assert document.pages == 2 and "示例工作" in document.text
    assert "page 2" in document.warnings[0] and "damaged" in document.warnings[0]


def test_half_characters_in_a_damaged_part_are_no_fault() -> None:
    parts = ofd_parts([PAGE])
    page = PAGE.encode().replace("云溪".encode(), b"\xed\xa0\x80&#55296;&#xDFFF;&#0;&#99999999;").replace(b'Font="1"', b'Font="1&#xD800;"').replace(b"</ofd:Layer>", b"")
    assert "示例工作" in read_bytes("示例.ofd", package(parts | {"Doc_0/Pages/Page_0/Content.xml": page})).text


def test_a_member_without_a_name_is_passed_over() -> None:
    assert "示例工作" in read_bytes("示例.ofd", package(ofd_parts([PAGE])).replace(b"Doc_0/PublicRes.xml", b"\0oc_0/PublicRes.xml")).text


def test_a_lost_list_of_pages_is_made_good_by_their_names() -> None:
    pages = [page_xml(text_object(f"{n}.要做好这一页的工作。", 40, 60 + 10 * n)) for n in range(1, 12)]
    parts = ofd_parts(pages)
    parts["Doc_0/Document.xml"] = xml("Document", "")
    document = read_bytes("示例.ofd", package(parts))
    assert document.pages == 11
    assert [document.page_at(document.text.index(f"{n}.要")) for n in (1, 2, 9, 10)] == [1, 2, 9, 10]


def test_all_documents_of_a_file_and_the_current_version() -> None:
    parts = ofd_parts([page_xml(text_object("第一稿的句子。", 40, 80))])
    parts |= {name.replace("Doc_0", "Doc_1"): data for name, data in ofd_parts([page_xml(text_object("定稿的句子。", 40, 80))]).items() if name != "OFD.xml"}
    two = {**parts, "OFD.xml": xml("OFD", "".join(f"<ofd:DocBody><ofd:DocRoot>Doc_{n}/Document.xml</ofd:DocRoot></ofd:DocBody>" for n in (0, 1)))}
    assert read_bytes("示例.ofd", package(two)).text == "第一稿的句子。定稿的句子。"
    version = '<ofd:Versions><ofd:Version ID="1" Index="1" Current="true" BaseLoc="Doc_0/Version.xml"/></ofd:Versions>'
    parts["OFD.xml"] = xml("OFD", f"<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{version}</ofd:DocBody>")
    parts["Doc_0/Version.xml"] = xml("DocVersion", "<ofd:DocRoot>/Doc_1/Document.xml</ofd:DocRoot>")
    assert read_bytes("示例.ofd", package(parts)).text == "定稿的句子。"


# --- text ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "count", "steps"),
    [("1 2 3", 5, [1, 2, 3]), ("g 3 2", 5, [2, 2, 2]), ("1 g 2 5.5 -3", 9, [1, 5.5, 5.5, -3]), ("g 999999999999 1", 2, [1, 1]), ("g", 3, []), ("g x 1", 3, []), ("nan 1", 3, []), ("", 3, []), (None, 3, [])],
)
def test_steps_with_repetitions(written: str | None, count: int, steps: list[float]) -> None:
    assert deltas(written, count) == steps


def test_one_text_object_over_several_lines() -> None:
    codes = '<ofd:TextCode X="0" Y="5" DeltaX="g 7 5">要于六月底前完成</ofd:TextCode><ofd:TextCode Y="14" DeltaX="g 5 5">示例工作。好</ofd:TextCode>'
    both = '<ofd:TextCode X="0" Y="24" DeltaX="5 5 -10 5" DeltaY="0 0 9 0">上一行下行</ofd:TextCode>'
    text = f'<ofd:TextObject ID="9" Boundary="40 80 60 40" Font="1" Size="5">{codes}{both}</ofd:TextObject>'
    assert read([page_xml(text)]).text.replace("\n", "") == "要于六月底前完成示例工作。好上一行下行"


def test_line_breaks_of_the_writer_are_no_text_but_blanks_are() -> None:
    text = '<ofd:TextObject ID="9" Boundary="40 80 60 9" Font="1" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g 3 5 2.5 2.5 2.5">\n\t\t示例工作 No 1\n\t</ofd:TextCode></ofd:TextObject>'
    assert read([page_xml(text)]).text == "示例工作 No 1"


def test_a_soft_hyphen_that_is_printed_is_a_hyphen() -> None:
    assert read([page_xml(text_object("规划（2014\u00ad2020年）的通知", 40, 80))]).text == "规划（2014-2020年）的通知"


def test_a_list_of_steps_that_is_too_short_goes_on() -> None:
    text = text_object("要于六月底前完成示例工作", 40, 80, code='X="0" Y="5.6" DeltaX="5.6 5.6"') + text_object("。", 40 + 12 * 5.6, 80)
    assert read([page_xml(text)]).text == "要于六月底前完成示例工作。"


def test_text_without_steps_stands_side_by_side() -> None:
    text = text_object("要于六月底前完成示例工作", 40, 80, code='X="0" Y="5.6"') + text_object("。", 40 + 12 * 5.6, 80)
    assert read([page_xml(text)]).text == "要于六月底前完成示例工作。"


def test_steps_of_a_ligature_count_glyphs() -> None:
    transform = '<ofd:CGTransform CodePosition="2" CodeCount="2" GlyphCount="1"><ofd:Glyphs>191</ofd:Glyphs></ofd:CGTransform>'
    text = f'<ofd:TextObject ID="9" Boundary="40 80 60 9" Font="1" Size="5">{transform}<ofd:TextCode X="0" Y="5" DeltaX="5 5 2.5 5">示例fi工作</ofd:TextCode></ofd:TextObject>'
    tail = text_object("。", 40 + 22.5, 85, size=5)
    assert read([page_xml(text + tail)]).text == "示例fi工作。"


def test_widened_text_is_one_line() -> None:
    text = text_object("示例工作", 40, 80, more='HScale="0.5"', code='X="0" Y="5.6" DeltaX="g 3 2.8"')
    assert read([page_xml(text + text_object("。", 40 + 11.2, 80))]).text == "示例工作。"


def test_a_page_on_its_side_is_read_upright() -> None:
    lines = [("市教育局要完成示例工作，", 60), ("并报告完成的情况。", 50)]
    turned = "".join(f'<ofd:TextObject ID="9" Boundary="{x} 40 8 180" CTM="0 1 -1 0 8 0" Font="1" Size="5.6"><ofd:TextCode X="0" Y="5.6" DeltaX="g {len(t) - 1} 5.6">{t}</ofd:TextCode></ofd:TextObject>' for t, x in lines)
    assert read([page_xml(turned)]).text.replace("\n", "") == "市教育局要完成示例工作，并报告完成的情况。"


def test_each_page_has_its_own_area() -> None:
    area = "<ofd:Area><ofd:PhysicalBox>-10 -10 420 297</ofd:PhysicalBox></ofd:Area>"
    document = read([page_xml(text_object("要完成示例工作。", 0, 80), before=area)])
    piece = document.blocks[0].provenance[0]
    assert piece.box is not None and piece.box[0] == pytest.approx(10 * 72 / 25.4, abs=0.1)


@pytest.mark.parametrize("layer", ["{}", "<ofd:Layer><ofd:PageBlock><ofd:PageBlock>{}</ofd:PageBlock></ofd:PageBlock></ofd:Layer>"])
def test_layers_blocks_or_neither(layer: str) -> None:
    assert "示例工作" in read([page_xml(TITLE + BODY, layer=layer)]).text


def test_text_of_a_compound_drawing() -> None:
    unit = f'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="8"><ofd:Content>{BODY}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>'
    parts = ofd_parts([page_xml('<ofd:CompositeObject ID="4" Boundary="0 20 210 200" ResourceID="8"/>')])
    parts["Doc_0/PublicRes.xml"] = xml("Res", unit)
    document = read_bytes("示例.ofd", package(parts))
    assert document.text == "市教育局要于2026年6月底前完成示例工作。"
    box = document.blocks[0].provenance[0].box
    assert box is not None and box[3] > 100 * 72 / 25.4


def test_a_compound_drawing_of_itself_ends() -> None:
    own = '<ofd:CompositeObject ID="4" Boundary="0 0 9 9" ResourceID="8"/>'
    parts = ofd_parts([page_xml(own + BODY)])
    parts["Doc_0/PublicRes.xml"] = xml("Res", f'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="8"><ofd:Content>{own}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>')
    assert read_bytes("示例.ofd", package(parts)).text == "市教育局要于2026年6月底前完成示例工作。"


def test_text_printed_twice_to_make_it_bold_is_read_once() -> None:
    assert read([page_xml(BODY + BODY.replace('"40 ', '"40.2 '))]).text == "市教育局要于2026年6月底前完成示例工作。"


def test_bold_fonts_and_weights() -> None:
    from ingest.readers.ofd import read_lines

    lines = [text_object("要完成示例工作。", 40, 60 + 20 * n, more=more) for n, more in enumerate(("", 'Weight="700"', 'Font="2"'))]
    pages = [page_xml("".join(lines).replace('Font="1" Size="5.6" Font="2"', 'Font="2" Size="5.6"'))]
    reading = read_lines(package(ofd_parts(pages, fonts='<ofd:Font ID="1" FontName="仿宋"/><ofd:Font ID="2" FontName="宋体" Bold="true"/>')), "示例.ofd")
    assert [line.bold for line in reading.lines] == [False, True, True]


# --- tables --------------------------------------------------------------------------------------------------------

CELLS = [["序号", "重点任务", "责任单位"], ["1", "建设示例平台", "市数据局"], ["2", "开展示例培训", "市人社局"]]
XS, YS = [30.0, 50.0, 110.0, 170.0], [50.0, 62.0, 74.0, 86.0]


def grid(draw: object) -> str:
    assert callable(draw)
    rules = [draw(XS[0], y, XS[-1], y) for y in YS] + [draw(x, YS[0], x, YS[-1]) for x in XS]
    texts = [text_object(cell, XS[c] + 2, YS[r] + 8, size=4.2) for r, row in enumerate(CELLS) for c, cell in enumerate(row)]
    return page_xml("".join(rules + texts))


DRAWN = {
    "strokes": rule,
    "thin boxes": lambda x0, y0, x1, y1: box(x0 - 0.1, y0 - 0.1, x1 + 0.1, y1 + 0.1),
    "a little aslant": lambda x0, y0, x1, y1: rule(x0, y0, x1 + (0.15 if x0 == x1 else 0), y1 + (0.15 if y0 == y1 else 0)),
}


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN.keys())
def test_rules_make_a_table(draw: object) -> None:
    document = read([grid(draw)])
    rows = [[(cell.column, cell.span.of(document.text)) for cell in block.cells] for block in document.blocks if block.kind is BlockKind.ROW]
    assert rows[1:] == [list(zip(CELLS[0], row, strict=True)) for row in CELLS[1:]]


def test_curves_and_broken_paths_are_no_rules() -> None:
    paths = "".join(f'<ofd:PathObject ID="3" Boundary="40 60 90 90"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>' for data in ("M 0 0 Q 1 1 50 0 B 1 2 3 4 50 50 A 5 5 0 0 1 0 50 C", "M 0 0 L", "L 9 9", "M nan 0 L 5 0", "X 1 2", ""))
    assert read([page_xml(paths + BODY)]).text == "市教育局要于2026年6月底前完成示例工作。"


# --- what is no text -----------------------------------------------------------------------------------------------

TEMPLATE = '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
USED = '<ofd:Template TemplateID="2" ZOrder="Background"/>'


def with_template(objects: str) -> Document:
    parts = ofd_parts([page_xml(TITLE + BODY, before=USED)], common=TEMPLATE)
    parts["Doc_0/Tpls/Tpl_0/Content.xml"] = page_xml(objects)
    return read_bytes("示例.ofd", package(parts))


def test_a_letterhead_in_a_template_belongs_to_the_page() -> None:
    assert with_template(text_object("云溪市人民政府文件", 60, 40, size=10)).text.startswith("云溪市人民政府文件\n")


ASKEW = '<ofd:TextObject ID="9" Boundary="40 90 150 90" CTM="0.8 -0.6 0.6 0.8 0 60" Font="1" Size="9"><ofd:TextCode X="0" Y="9" DeltaX="g 3 9">内部资料</ofd:TextCode></ofd:TextObject>'
WATERMARKS = {
    "askew": ASKEW,
    "tiled": "".join(text_object("云溪市内部", 40, y) for y in (100, 140, 180)),
    "faint": text_object("内部资料", 40, 120, more='Alpha="60"'),
    "pale": text_object("内部资料", 40, 120).replace("<ofd:TextCode", '<ofd:FillColor Value="220 220 220"/><ofd:TextCode'),
}


@pytest.mark.parametrize("objects", WATERMARKS.values(), ids=WATERMARKS.keys())
def test_a_watermark_in_a_template_is_not_read(objects: str) -> None:
    assert "内部" not in with_template(objects).text


def test_what_is_askew_faint_or_hidden_on_the_page_itself_is_not_read() -> None:
    objects = ASKEW + WATERMARKS["faint"] + text_object("看不见的字", 40, 120, more='Visible="false"')
    assert read([page_xml(TITLE + BODY + objects)]).text == read([PAGE]).text


def test_stamps_notes_and_attachments_are_no_text_and_warned_of() -> None:
    annotations = {"Doc_0/Annots.xml": xml("Annotations", '<ofd:Page PageID="100"><ofd:FileLoc>Annot.xml</ofd:FileLoc></ofd:Page>'), "Doc_0/Annot.xml": xml("PageAnnot", f"<ofd:Annot><ofd:Appearance>{ASKEW}{text_object('批注的字', 40, 100)}</ofd:Appearance></ofd:Annot>")}
    attached = {"Doc_0/Attachments.xml": xml("Attachments", '<ofd:Attachment ID="1" Name="任务清单"><ofd:FileLoc>/Doc_0/Res/a.xlsx</ofd:FileLoc></ofd:Attachment>'), "Doc_0/Res/a.xlsx": "x"}
    parts = ofd_parts([PAGE], body="<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>", more="<ofd:Annotations>Annots.xml</ofd:Annotations><ofd:Attachments>Attachments.xml</ofd:Attachments>")
    document = read_bytes("示例.ofd", package({**parts, **annotations, **attached, "Doc_0/Signs/Signatures.xml": b"\xff\xfe broken"}))
    assert document.text == read([PAGE]).text
    assert document.warnings == ("signed, the signature was not checked", "attached inside and not read: 任务清单.xlsx")


def test_an_empty_list_of_signatures_is_none() -> None:
    parts = ofd_parts([PAGE], body="<ofd:Signatures>Signs.xml</ofd:Signatures>") | {"Signs.xml": xml("Signatures", "<ofd:MaxSignId>0</ofd:MaxSignId>")}
    assert read_bytes("示例.ofd", package(parts)).warnings == ()


def test_characters_that_only_the_font_knows_are_counted() -> None:
    assert read([page_xml(TITLE + BODY + text_object("\ue001\ue002", 40, 100))]).warnings == ("page 1: 2 characters could not be read, their font does not tell what they are",)


# --- scans and empty pages -----------------------------------------------------------------------------------------


def scanned(objects: str) -> dict[str, str | bytes]:
    parts = ofd_parts([PAGE, page_xml(PICTURE + objects)], common="<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>")
    return parts | {"Doc_0/DocumentRes.xml": xml("Res", MEDIA).replace("<ofd:Res ", '<ofd:Res BaseLoc="Res" '), "Doc_0/Res/scan.jpg": b"\xff\xd8\xff picture"}


def test_a_page_that_is_a_picture_gives_its_picture() -> None:
    [(number, [picture])] = page_images(package(scanned("")), "示例.ofd")
    assert (number, picture.data) == (2, b"\xff\xd8\xff picture")
    assert picture.box == pytest.approx((0, 0, 595.3, 841.9), abs=0.1)


def test_a_picture_that_cannot_be_read_costs_its_page() -> None:
    document = read_bytes("示例.ofd", package(scanned("")))
    assert "示例工作" in document.text
    assert document.warnings == ("page 2 holds only a picture, which is damaged or of a kind that is not read",)


def test_a_scan_without_ocr_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.ofd.find_spec", lambda name: None)
    assert read_bytes("示例.ofd", package(scanned(""))).warnings == ("page 2 holds only a picture and was left out; install notice-kb[ocr] to have it read",)
    parts = scanned("")
    parts["Doc_0/Pages/Page_0/Content.xml"] = parts["Doc_0/Pages/Page_1/Content.xml"]
    assert "scan" in refusal(parts)


def png(width: int, height: int) -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("L", (width, height), 200).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("boxes", [["0 0 210 297"], ["0 0 210 150", "0 150 210 147"]], ids=["one", "strips"])
def test_scans_are_read_by_ocr_in_their_place(boxes: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int, int, int]] = []

    def read_pictures(pictures: Iterable[Any], dpi: float | None, first: int, *more: object) -> dict[int, tuple[Page, list[str]]]:
        found = {}
        for number, picture in enumerate(pictures, first):
            seen.append((number, picture.width, picture.height, round(picture.info["dpi"][0])))
            found[number] = (Page(number, 595, 842, (Line(f"第{number}页由机器认出来。", number, (90, 300, 500, 316)),)), [f"page {number} was read by OCR"])
        return found

    monkeypatch.setattr("ingest.readers.scan.read_pictures", read_pictures)
    picture = "".join(f'<ofd:ImageObject ID="5" Boundary="{box}" ResourceID="7"/>' for box in boxes)
    parts = ofd_parts([page_xml(picture), PAGE, page_xml(picture), page_xml(picture)], common="<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>")
    parts |= {"Doc_0/DocumentRes.xml": xml("Res", MEDIA), "Doc_0/scan.jpg": png(827, 1169)}
    document = read_bytes("示例.ofd", package(parts))
    assert seen == [(n, 827, 1169, 100) if len(boxes) == 1 else (n, 1654, 2339, 200) for n in (1, 3, 4)]
    assert [document.page_at(document.text.index(f"第{n}页由")) for n in (1, 3, 4)] == [1, 3, 4]
    assert document.warnings == tuple(f"page {n} was read by OCR" for n in (1, 3, 4))


LAYER = "扫描件的下面有一层看不见的文字，是扫描的时候认出来的，人看不到，但是可以用来查找，市教育局要在六月底以前完成这项工作。"


@pytest.mark.parametrize("hidden", ['Alpha="0"', 'Visible="false"', 'Fill="false"'])
def test_hidden_text_under_a_scan_is_read(hidden: str) -> None:
    lines = "".join(text_object(LAYER[at : at + 20], 40, 100 + at / 2, more=hidden) for at in range(0, len(LAYER), 20))
    data = package(scanned(lines))
    assert LAYER in read_bytes("示例.ofd", data).text
    assert list(page_images(data, "示例.ofd")) == []


def test_empty_pages_are_named() -> None:
    assert read([PAGE, xml("Page", "")]).warnings == ("page 2 is empty",)


def test_files_without_any_text_say_why() -> None:
    assert "holds text" in refusal(ofd_parts([xml("Page", "")]))
    assert "names no page" in refusal({"OFD.xml": xml("OFD", "")})
    assert "names no page" in refusal({"OFD.xml": "<"})


# --- files that are wrong ------------------------------------------------------------------------------------------


def test_an_encrypted_file_says_so() -> None:
    parts = ofd_parts([PAGE]) | {"Encryptions.xml": xml("Encryptions", "")}
    parts["Doc_0/Pages/Page_0/Content.xml"] = bytes(range(200, 256)) * 9
    assert "encrypted" in refusal(parts)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_unexpanded(doctype: str, encoding: str) -> None:
    page = page_xml(text_object("示例&i;", 40, 80).replace("&amp;", "&")).replace('encoding="UTF-8"?>', f'encoding="{encoding}"?>{doctype}')
    parts = ofd_parts([PAGE, ""]) | {"Doc_0/Pages/Page_1/Content.xml": page.encode(encoding)}
    assert "entities" in refusal(parts)


def test_a_bomb_of_compound_drawings_leaves_the_page_readable() -> None:
    def ten(number: int) -> str:
        inner = f'<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="{number + 1}"/>' * 10
        return f'<ofd:CompositeGraphicUnit ID="{number}"><ofd:Content>{inner}</ofd:Content></ofd:CompositeGraphicUnit>'

    parts = ofd_parts([page_xml('<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="10"/>' + BODY)])
    parts["Doc_0/PublicRes.xml"] = xml("Res", f"<ofd:CompositeGraphicUnits>{''.join(map(ten, range(10, 20)))}</ofd:CompositeGraphicUnits>")
    assert read_bytes("示例.ofd", package(parts)).text == "市教育局要于2026年6月底前完成示例工作。"


def test_a_page_of_too_many_characters_says_so() -> None:
    [warning] = read([page_xml(BODY + text_object("示例" * 40_000, 40, 100))]).warnings
    assert "too many characters" in warning


def test_a_part_whose_bytes_are_damaged_costs_that_part() -> None:
    data = package(ofd_parts([PAGE, page_xml(text_object("要好好工作。", 40, 100) + "<!--" + "坏的字节" * 3 + "-->")]))
    at = data.index(b"Doc_0/Pages/Page_1/Content.xml") + 60
    document = read_bytes("示例.ofd", data[:at] + bytes(8) + data[at + 8 :])
    assert "示例工作" in document.text
    assert "page 2" in document.warnings[0] and "damaged" in document.warnings[0]


def test_more_pages_than_the_limit() -> None:
    with pytest.raises(IngestError, match="max-pages"):
        read_bytes("示例.ofd", package(ofd_parts([PAGE] * 4)), replace(DEFAULT_LIMITS, pages=3))


@pytest.mark.parametrize("wrong", ["", "x", "1e999", "nan nan nan nan", "-1 -1 -1 -1", "0 0 0 0", "9 9 1e8 1e8"])
def test_odd_numbers_do_no_harm(wrong: str) -> None:
    area = f"<ofd:Area><ofd:PhysicalBox>{wrong}</ofd:PhysicalBox></ofd:Area>"
    names = "Boundary", "CTM", "Size", "HScale", "ReadDirection", "CharDirection", "Weight", "Alpha"
    odd = "".join(f'<ofd:TextObject ID="9" {" ".join(f"{n}={chr(34)}{wrong if n == name else 5}{chr(34)}" for n in names)}><ofd:TextCode X="{wrong}" Y="{wrong}" DeltaX="{wrong}" DeltaY="{wrong}">字</ofd:TextCode></ofd:TextObject>' for name in names)
    image = f'<ofd:ImageObject Boundary="{wrong}" CTM="{wrong}" ResourceID="{wrong}"/>'
    assert "示例工作" in read([page_xml(TITLE + BODY + odd + image, before=area)]).text


PIECES = st.sampled_from(["<ofd:Layer>", "</ofd:Layer>", "<ofd:TextObject ", 'Boundary="1 2 3 4"', 'CTM="0 1 1 0 0 0"', "<ofd:TextCode>", "</ofd:TextCode>", "g 9 9", "M 0 0 L 9 9 C", "示例", "<!--", "&#0;", "]]>", "/>", ">", '"', "\x00"])


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=20).map(lambda parts: ("<ofd:Page>" + "".join(parts)).encode())), st.sampled_from(["OFD.xml", "Doc_0/Document.xml", "Doc_0/PublicRes.xml", "Doc_0/Pages/Page_0/Content.xml"]))
def test_any_bytes_in_a_part_give_a_document_or_a_reason(data: bytes, part: str) -> None:
    parts = ofd_parts([PAGE, PAGE]) | {part: data}
    try:
        assert read_bytes("示例.ofd", package(parts)).text
    except IngestError as fault:
        assert fault.path == "示例.ofd" and str(fault)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 1500), st.integers(0, 255))
def test_damaged_files_give_a_document_or_a_reason(at: int, value: int) -> None:
    data = bytearray(package(ofd_parts([PAGE])))
    data[at % len(data)] ^= value
    for damaged in (bytes(data), bytes(data[: at % len(data)])):
        try:
            assert read_bytes("示例.ofd", damaged).text
        except IngestError as fault:
            assert fault.path == "示例.ofd" and str(fault)


# --- the same notice as PDF ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("master", ["yanzhou-campus-food-2020", "lanchuan-elder-care-2021"])
def test_the_same_notice_as_pdf_and_as_ofd(master: str) -> None:
    pdf = build_pdf(Path(ROOT) / "corpus" / "masters" / f"{master}.txt")
    one, other = read_bytes("示例.pdf", pdf), read_bytes("示例.ofd", ofd_from_pdf(pdf))
    assert other.text == one.text
    assert [(b.span, b.kind, b.part, b.number) for b in other.blocks] == [(b.span, b.kind, b.part, b.number) for b in one.blocks]
