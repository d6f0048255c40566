"""PDF as offices make it: letterheads, watermarks, turned pages, scans among print, damaged and locked files."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import IngestError, read_bytes
from ingest.document import BlockKind, Document
from ingest.limits import Limits
from ingest.readers import pdf, pdfium
from ingest.readers.pdf import read_lines
from ingest.readers.pdfium import MOST_OBJECTS
from tests.render.drawn import FONT, TOP, body, grid, pdf_of, picture, put

LINES = ("　　一、加强监管。各县（市、区）要把养老服务纳入规划，家家户户", "小区要同步配建养老服务用房。", "　　二、加强保障。市财政局要安排资金。")


def plain(sheet: Any) -> None:
    body(sheet, *LINES)


WHOLE = pdf_of(plain, lambda sheet: grid(sheet, [["序号", "重点任务"], ["1", "建设监管平台"]], 100))


def text_of(data: bytes) -> str:
    return read_bytes("示例.pdf", data).text


def rows(document: Document) -> list[list[tuple[str, str]]]:
    return [[(cell.column, cell.span.of(document.text)) for cell in block.cells] for block in document.blocks if block.kind is BlockKind.ROW]


def test_letterhead_stands_apart_and_its_rule_is_no_table() -> None:
    def head(sheet: Any) -> None:
        sheet.setFillColorRGB(1, 0, 0)
        put(sheet, "云溪市民政局", 150, 100, 36)
        put(sheet, "云溪市财政局", 150, 150, 36)
        put(sheet, "文件", 400, 125, 36)
        sheet.rect(79, TOP - 260, 440, 1.4, stroke=0, fill=1)
        sheet.setFillColorRGB(0, 0, 0)
        put(sheet, "000012", 79, 60)
        put(sheet, "秘密★1年", 440, 60)
        put(sheet, "云民发〔2024〕3号", 90, 230)
        put(sheet, "签发人：张云", 400, 230)
        put(sheet, "关于加强养老服务的通知", 160, 300, 22)
        body(sheet, "各县（市、区）民政局：", *LINES, top=350)

    document = read_bytes("头.pdf", pdf_of(head))
    found = document.head
    assert (found.copy_number, found.classification, found.document_number, found.signatory) == ("000012", "秘密★1年", "云民发〔2024〕3号", "张云")
    assert found.title == "关于加强养老服务的通知"
    assert found.issuing_organs == ("云溪市民政局", "云溪市财政局")
    assert [block.kind for block in document.blocks].count(BlockKind.ROW) == 0


def _leaning(sheet: Any) -> None:
    sheet.saveState()
    sheet.translate(300, 400)
    sheet.rotate(45)
    sheet.setFillColorRGB(0.6, 0.6, 0.6)
    put(sheet, "内部资料", -100, TOP, 60)
    sheet.restoreState()


def _faint(sheet: Any) -> None:
    sheet.setFillColorRGB(0.85, 0.85, 0.85)
    put(sheet, "内部资料", 150, 135, 48)
    sheet.setFillColorRGB(0, 0, 0)


def _white(sheet: Any) -> None:
    sheet.setFillColorRGB(1, 1, 1)
    put(sheet, "内部资料", 79, 300)
    sheet.setFillColorRGB(0, 0, 0)


def _hidden(sheet: Any) -> None:
    sheet.saveState()
    text = sheet.beginText(79, 300)
    text.setFont(FONT, 16)
    text.setTextRenderMode(3)
    text.textOut("内部资料")
    sheet.drawText(text)
    sheet.restoreState()


def _off_the_page(sheet: Any) -> None:
    put(sheet, "内部资料", 700, 300)


@pytest.mark.parametrize("mark", [_leaning, _faint, _white, _hidden, _off_the_page])
def test_marks_that_are_no_text_are_left_out(mark: Any) -> None:
    def page(sheet: Any) -> None:
        mark(sheet)
        sheet.setFillColorRGB(0, 0, 0)
        plain(sheet)

    assert text_of(pdf_of(page)) == text_of(pdf_of(plain))


def test_white_print_on_a_dark_field_is_read() -> None:
    def page(sheet: Any) -> None:
        sheet.rect(79, TOP - 140, 400, 30, stroke=0, fill=1)
        sheet.setFillColorRGB(1, 1, 1)
        put(sheet, "云溪市工作简报", 90, 117)
        sheet.setFillColorRGB(0, 0, 0)
        body(sheet, *LINES, top=200)

    assert "云溪市工作简报" in text_of(pdf_of(page))


def test_shadow_print_counts_once() -> None:
    def page(sheet: Any) -> None:
        plain(sheet)
        sheet.translate(0.6, -0.3)
        plain(sheet)

    assert text_of(pdf_of(page)) == text_of(pdf_of(plain))


def test_heads_and_feet_of_several_lines_go_and_notes_stay() -> None:
    def page(number: int, *lines: str) -> Any:
        def draw(sheet: Any) -> None:
            put(sheet, "云溪市人民政府公报", 240, 25, 9)
            put(sheet, f"2024年第{number}号", 260, 42, 9)
            body(sheet, *lines)
            put(sheet, f"注：{number}个县包括县级市。", 79, 700, 9)
            put(sheet, f"第 {number} 页 共 3 页", 250, 800, 9)

        return draw

    text = text_of(pdf_of(page(1, *LINES), page(2, "　　三、加强培训。"), page(3, "　　四、加强宣传。")))
    assert "公报" not in text and "页" not in text and "2024年第" not in text
    assert [f"注：{n}个县" in text for n in (1, 2, 3)] == [True] * 3


def _turned(data: bytes, turn: int) -> bytes:
    """The same file whose pages are shown turned by so many degrees with the clock."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as file:
        for number in range(len(file)):
            file[number].set_rotation(turn)
        out = BytesIO()
        file.save(out)
    return out.getvalue()


def _lying(turn: int) -> Any:
    """A page whose print is drawn turned by so many degrees against the clock."""

    def page(sheet: Any) -> None:
        sheet.translate(*{90: (595.3, 0), 180: (595.3, TOP), 270: (0, TOP)}[turn])
        sheet.rotate(turn)
        sheet.translate(0, 0 if turn == 180 else 595.3 - TOP)
        body(sheet, *LINES, top=60)

    return page


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_shown_turned_is_read_as_shown(turn: int) -> None:
    page = read_bytes("示例.pdf", _turned(pdf_of(_lying(turn)), turn))
    assert page.text == text_of(pdf_of(plain))
    (x0, top, _, _) = page.blocks[0].provenance[0].box or (0, 0, 0, 0)
    assert (round(x0), round(top)) == (111, 60)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_print_that_lies_on_the_page_is_read_upright(turn: int) -> None:
    assert text_of(pdf_of(_lying(turn))) == text_of(pdf_of(plain))
    assert text_of(_turned(pdf_of(plain), turn)) == text_of(pdf_of(plain))


def test_a_table_put_sideways_is_read_upright() -> None:
    def page(sheet: Any) -> None:
        sheet.translate(595.3, 0)
        sheet.rotate(90)
        sheet.translate(0, 595.3 - TOP)
        grid(sheet, [["序号", "重点任务", "责任单位"], ["1", "建设监管平台", "市数据局"], ["2", "开展业务培训", "市人社局"]], 100)

    found = rows(read_bytes("横.pdf", pdf_of(page)))
    assert found[1] == [("序号", "1"), ("重点任务", "建设监管平台"), ("责任单位", "市数据局")]


def test_no_machine_needs_the_fonts_that_a_file_leaves_out() -> None:
    data = pdf_of(lambda sheet: [put(sheet, char, 79 + 16 * i, 120) for i, char in enumerate("云溪市人民政府")])  # a character a text object
    assert text_of(data) == "云溪市人民政府"


def test_an_empty_password_opens_the_file() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    assert text_of(pdf_of(plain, encrypt=StandardEncryption("", ownerPassword="云溪".encode().hex(), canPrint=0))) == text_of(pdf_of(plain))
    with pytest.raises(IngestError, match="encrypted"):
        text_of(pdf_of(plain, encrypt=StandardEncryption("secret")))


def test_a_lost_table_of_objects_is_made_good() -> None:
    data = pdf_of(plain)
    assert text_of(data[: data.rindex(b"xref")]) == text_of(data)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n"])
def test_a_damaged_file_is_named(data: bytes) -> None:
    with pytest.raises(IngestError, match="damaged"):
        text_of(data)


def test_too_many_pages_name_the_limit() -> None:
    with pytest.raises(IngestError, match="has 3 pages, more than the limit of 2; raise it with --max-pages"):
        read_lines(pdf_of(plain, plain, plain), "长.pdf", Limits(pages=2))


def test_a_page_of_too_many_objects_is_read_without_its_rules() -> None:
    def drawing(sheet: Any) -> None:
        for i in range(MOST_OBJECTS + 10):
            sheet.line(79, 100 + i % 300, 80, 100 + i % 300)
        plain(sheet)

    reading = read_lines(pdf_of(drawing), "图.pdf")
    assert reading.warnings == ("page 1 holds too many drawn lines to look for tables in it; its text was read",)
    assert "加强监管" in reading.lines[0].text


def test_a_page_in_too_many_pieces_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfium, "MOST_TEXTS", 50)

    def pieces(sheet: Any) -> None:
        for i in range(60):
            put(sheet, "云", 79 + 20 * (i % 20), 100 + 30 * (i // 20))

    reading = read_lines(pdf_of(plain, pieces), "碎.pdf")
    assert "加强监管" in reading.lines[0].text and all(line.page == 1 for line in reading.lines)
    assert "too many pieces" in reading.warnings[0]


def test_a_page_of_many_rules_is_read_without_them() -> None:
    def plan(sheet: Any) -> None:
        for i in range(100):
            sheet.line(79, 100 + 6 * i, 500, 100 + 6 * i)
            sheet.line(79 + 4 * i, 100, 79 + 4 * i, 700)
        put(sheet, "云溪市规划图", 200, 60, 22)

    reading = read_lines(pdf_of(plan), "图.pdf")
    assert [line.text for line in reading.lines] == ["云溪市规划图"] and "too many drawn lines" in reading.warnings[0]


def test_a_damaged_page_is_named_and_the_others_are_read() -> None:
    data = pdf_of(plain, plain)
    second = data.rindex(b"/Type /Page\n")
    reading = read_lines(data[:second] + b"/Type /Pxge\n" + data[second + 12 :], "页.pdf")
    assert "加强监管" in reading.lines[0].text
    assert reading.pages is not None and len(reading.warnings) <= 1


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_spoilt_file_is_read_or_refused(data: st.DataObject) -> None:
    spoilt = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 12))):
        spoilt[data.draw(st.integers(8, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    with suppress(IngestError):
        assert read_lines(bytes(spoilt[: data.draw(st.integers(20, len(spoilt)))]), "坏.pdf").pages


def scanned(sheet: Any) -> None:
    picture(sheet)


def stamped(sheet: Any) -> None:
    picture(sheet, 20, 20, 550, 790)
    put(sheet, "— 2 —", 280, 800, 12)
    put(sheet, "扫描全能王 创建", 450, 820, 9)


def garbled(sheet: Any) -> None:
    picture(sheet)
    text = sheet.beginText(79, 700)
    text.setFont("Helvetica", 12)
    text.setTextRenderMode(3)
    for _ in range(6):
        text.textLine("ÔÆÏªÊÐÈËÃñÕþ¸®°ì¹«ÊÒ")
    sheet.drawText(text)


def layered(sheet: Any) -> None:
    picture(sheet)
    text = sheet.beginText(111, TOP - 134)
    text.setFont(FONT, 16)
    text.setTextRenderMode(3)
    text.setLeading(29)
    for line in ("一、加强监管。各县要把养老服务纳入规划，家家户户", "小区要同步配建养老服务用房。", "二、加强保障。市财政局要安排资金。"):
        text.textLine(line)
    sheet.drawText(text)


@pytest.mark.parametrize("page", [scanned, stamped, garbled])
def test_a_picture_of_a_page_is_a_scan(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    with pytest.raises(IngestError, match=r"the PDF is a scan; install notice-kb\[ocr\]"):
        read_lines(pdf_of(page), "扫.pdf")
    mixed = read_lines(pdf_of(plain, page), "混.pdf")
    assert "加强监管" in mixed.lines[0].text
    assert mixed.warnings == ("page 2 is a scan and was left out; install notice-kb[ocr] to have it read",)


def test_the_layer_of_an_earlier_ocr_is_read() -> None:
    text = text_of(pdf_of(layered))
    assert text.startswith("一、加强监管。") and text.endswith("市财政局要安排资金。")


def test_a_letter_over_a_background_picture_is_no_scan() -> None:
    def page(sheet: Any) -> None:
        picture(sheet)
        plain(sheet)

    assert text_of(pdf_of(page)) == text_of(pdf_of(plain))


def test_a_letterhead_without_a_word_for_document_is_no_part_of_the_title() -> None:
    def page(sheet: Any) -> None:
        sheet.setFillColorRGB(0.9, 0.1, 0.1)
        put(sheet, "云溪市安全生产委员会办公室", 130, 90, 26)
        sheet.line(79, TOP - 130, 520, TOP - 130)
        sheet.setFillColorRGB(0, 0, 0)
        put(sheet, "关于做好春节期间安全生产工作的通知", 110, 170, 22)
        body(sheet, "各县（市、区）安委会：", *LINES, top=230)

    document = read_bytes("头.pdf", pdf_of(page))
    assert document.head.title == "关于做好春节期间安全生产工作的通知"
    assert document.text.startswith("云溪市安全生产委员会办公室\n")


def test_a_name_in_brackets_goes_on_in_a_centred_line() -> None:
    def page(sheet: Any) -> None:
        put(sheet, "云溪市养老服务条例", 190, 100, 22)
        put(sheet, "（2020年3月1日云溪市人民代表大会常务委员会通过，根据《云溪市人", 79, 150)
        put(sheet, "民代表大会常务委员会关于修改〈条例〉的决定》修正）", 103, 179)
        body(sheet, *LINES, top=220)

    assert "根据《云溪市人民代表大会常务" in text_of(pdf_of(page))
