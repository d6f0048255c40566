"""Scans: what OCR must not lose or turn round, on pages drawn here."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import IngestError, read_bytes
from ingest.readers import scan_engine
from ingest.readers.scan_boxes import Strip
from ingest.readers.scan_engine import Glyph
from ingest.readers.scan_page import read_page
from ingest.readers.scan_sheet import as_chars
from ingest.readers.scan_text import mend, mend_text
from tests.render.scan import lacks_font, pictures_of, worn

np = pytest.importorskip("numpy")
pytest.importorskip("cv2", reason="OCR is not installed")
pytest.importorskip("rapidocr", reason="OCR is not installed")
needs_font = pytest.mark.skipif(bool(lacks_font()), reason=lacks_font())

MENDED = [
    ("云溪政办发[2O21]9号", "云溪政办发〔2021〕9号"),
    ("云溪发（2019）l2号", "云溪发〔2019〕12号"),
    ("二○二一年三月", "二〇二一年三月"),
    ("2O25年l2月底前", "2025年12月底前"),
    ("一3一", "—3—"),
    ("- 12 -", "— 12 —"),
    ("2019年一2021年", "2019年—2021年"),
    ("（电话：0531一12345)", "（电话：0531—12345）"),
    ("完成改造.", "完成改造。"),
    ("市教育局,市财政局", "市教育局，市财政局"),
    ("按4:3的比例", "按4:3的比例"),
    ("使用 HACCP (2020) 认证", "使用 HACCP (2020) 认证"),
    ("各县〔市、区〕人民政府", "各县〔市、区〕人民政府"),
    ("逐一一一对应", "逐一一一对应"),
]


@pytest.mark.parametrize("text, expected", MENDED)
def test_what_the_genre_makes_certain_is_mended(text, expected):
    assert mend_text(text) == expected


def glyphs_of(text: str, at: float = 100, pitch: float = 40, **choices: tuple[tuple[str, float], ...]) -> list[Glyph]:
    return [Glyph(char, at + i * pitch, choices[char][0][1] if char in choices else 0.99, choices.get(char, ())) for i, char in enumerate(text)]


def test_a_doubtful_character_is_chosen_by_the_word_it_stands_in():
    mended = mend(glyphs_of("各部内要落实", 内=(("内", 0.6), ("门", 0.3))))
    assert "".join(g.text for g in mended) == "各部门要落实"


def test_a_character_without_doubt_stays():
    assert "".join(g.text for g in mend(glyphs_of("各部内要落实"))) == "各部内要落实"


def test_sizes_are_steady_and_gaps_are_kept():
    rows = [(Strip(100, 100, 500, 138), glyphs_of("云溪市教育局通知", 120)), (Strip(100, 160, 500, 200), [*glyphs_of("主任王某", 120), *glyphs_of("签发", 480)])]
    chars = as_chars(rows, 0.36)
    assert len({char["size"] for char in chars}) == 1
    left, right = chars[11], chars[12]
    assert right["x0"] - left["x1"] > 20


def test_narrow_letters_of_a_red_head_are_as_large_as_they_are_high():
    rows = [(Strip(100, 100, 500, 180), glyphs_of("云溪市安全生产委员会", 120)), (Strip(100, 260, 500, 298), glyphs_of("各县人民政府有关部门", 120))]
    chars = as_chars(rows, 0.36)
    assert chars[0]["size"] > 1.9 * chars[-1]["size"]


def page(lines: list[tuple[float, float, float, str]], *, red: tuple[str, ...] = (), seal: tuple[float, float] | None = None) -> bytes:
    """A small PDF: lines of (x, y from the foot, size, text); those of `red` in red; a seal around a point."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    from corpus.build import FONT

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for x, y, size, text in lines:
        canvas.setFillColorRGB(*((0.9, 0.05, 0.05) if text in red else (0, 0, 0)))
        canvas.setFont(FONT, size)
        canvas.drawString(x, y, text)
    if seal:
        canvas.setStrokeColorRGB(0.85, 0.1, 0.1)
        canvas.setFillColorRGB(0.85, 0.1, 0.1)
        canvas.setLineWidth(3)
        canvas.circle(*seal, 58)
        canvas.setFont(FONT, 30)
        canvas.drawCentredString(seal[0], seal[1] - 10, "★")
    canvas.save()
    return out.getvalue()


NOTICE = [
    (180, 740, 30, "云溪市人民政府文件"),
    (245, 690, 14, "云溪政发〔2025〕8号"),
    (103, 620, 16, "市教育局要在2025年12月底前完成食堂改造，改造率"),
    (70, 592, 16, "达到95%以上。"),
    (360, 200, 16, "云溪市人民政府"),
    (370, 170, 16, "2025年3月14日"),
]


def as_png(picture) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(200, 200))
    return out.getvalue()


@needs_font
def test_a_red_head_and_words_under_a_seal_are_read():
    picture = pictures_of(page(NOTICE, red=(NOTICE[0][3],), seal=(420, 195)))[0]
    document = read_bytes("scan.png", as_png(picture))
    assert document.format == "image"
    assert "page 1 was read by OCR" in document.warnings
    lines = document.text.split("\n")
    assert lines[:2] == ["云溪市人民政府文件", "云溪政发〔2025〕8号"]
    assert "市教育局要在2025年12月底前完成食堂改造，改造率达到95%以上。" in lines
    assert lines[-2:] == ["云溪市人民政府", "2025年3月14日"]


@needs_font
@pytest.mark.slow
@pytest.mark.parametrize("wear", [{"skew": 1.5, "noise": 8.0}, {"skew": -2.5}, {"turn": 90}, {"turn": 180}, {"turn": 270}], ids=str)
def test_a_page_that_lay_askew_is_read(wear):
    document = read_bytes("scan.png", as_png(worn(pictures_of(page(NOTICE))[0], **wear)))
    assert "市教育局要在2025年12月底前完成食堂改造，改造率达到95%以上。" in document.text.split("\n")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n" + bytes(60), b"GIF89a", b"\xff\xd8\xff\xe0damaged", b"II*\x00\x08\x00\x00\x00\xff\xff", b"BM\x00\x00\x00\x00", b"RIFF\x00\x00\x00\x00WEBPVP8 "])
def test_a_damaged_picture_is_refused(data):
    with pytest.raises(IngestError, match="the picture is damaged"):
        read_bytes("scan.png", data)


def test_a_blank_picture_is_refused():
    from PIL import Image

    with pytest.raises(IngestError, match="finds no text"):
        read_bytes("blank.png", as_png(Image.new("RGB", (300, 400), "white")))


def test_without_ocr_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(IngestError, match=r"notice-kb\[ocr\]"):
        scan_engine.need_engine("scan.png")


LIKELY = "一二〇○Oo0l1I|9年月日号第〔〕[]()（）【】—-－_.,;:。，《》“”云溪市政办发ab %％×x "


@given(st.text(st.sampled_from(LIKELY), max_size=40) | st.text(max_size=40))
def test_mending_keeps_the_place_of_every_character(text):
    assert len(mend_text(text)) == len(text)


@pytest.mark.parametrize("shape", [(3, 900, 3), (1280, 4, 3)])
def test_a_slender_picture_is_not_enlarged_without_bound(shape, monkeypatch):
    looked = []

    class Engine:
        def _load_det_model(self):
            return self

        def __call__(self, picture):
            looked.append(picture.shape)
            return type("Found", (), {"boxes": None})

    monkeypatch.setattr(scan_engine, "engine", lambda threads: Engine())
    scan_engine.find_quads(np.full(shape, 255, np.uint8), 1)
    assert min(looked[0][:2]) >= 0.5 * max(shape) - 1


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 500, 3), (500, 2, 3), (40, 40)])
def test_a_picture_too_small_for_a_page_gives_no_lines(shape):
    page, warnings = read_page(1, np.full(shape, 255, np.uint8), 200.0, 1)
    assert page.lines == ()
    assert len(warnings) == 1


def failing(words: str):
    """An engine that raises what the engine raises."""
    from rapidocr.inference_engine.onnxruntime import ONNXRuntimeError

    def find(*given):
        raise ONNXRuntimeError(words)

    return find


def test_a_page_that_the_engine_fails_on_is_named(monkeypatch):
    monkeypatch.setattr("ingest.readers.scan_page.find_quads", failing("Non-zero status code returned"))
    page, warnings = read_page(2, np.full((90, 90, 3), 255, np.uint8), 200.0, 1)
    assert page.lines == ()
    assert warnings == ["page 2 could not be read by OCR; look at the file itself"]


def test_too_little_memory_for_a_page_is_told_as_such(monkeypatch):
    monkeypatch.setattr("ingest.readers.scan_page.find_quads", failing("Failed to allocate memory for requested buffer"))
    with pytest.raises(MemoryError):
        read_page(2, np.full((90, 90, 3), 255, np.uint8), 200.0, 1)


def test_each_page_gives_a_sign_of_life(monkeypatch):
    from ingest import heartbeat
    from ingest.limits import Limits
    from ingest.readers.scan import read_pictures

    beats = []
    monkeypatch.setattr(heartbeat, "_listener", lambda: beats.append(1))
    read_pictures([np.full((90, 90, 3), 255, np.uint8)] * 3, 200.0, 1, "scan.png", Limits(memory=512))
    assert len(beats) == 3


def test_a_page_that_cannot_be_drawn_is_named_and_the_others_are_read():
    page, warnings = read_page(3, None, 200.0, 1)
    assert page.lines == ()
    assert warnings == ["page 3 is damaged and could not be read"]


@needs_font
@pytest.mark.slow
def test_pages_of_a_tiff_are_read_in_their_order():
    first, second = (pictures_of(page([(103, 700, 16, text)]))[0] for text in ("第一页写明任务。", "第二页写明时限。"))
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=[second], dpi=(200, 200))
    document = read_bytes("scan.tif", out.getvalue())
    assert document.pages == 2
    assert document.text.replace("\n", "") == "第一页写明任务。第二页写明时限。"
