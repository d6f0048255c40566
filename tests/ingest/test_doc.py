"""DOC of Word 97–2003 without LibreOffice, held against the same document as DOCX; LibreOffice only makes the fixture."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import IngestError, read_bytes
from ingest.limits import DEFAULT_LIMITS
from ingest.readers import soffice
from ingest.readers.doc import WARNING, _cells, _fields, read_lines
from ingest.readers.word97 import properties
from ingest.readers.word97_lists import read_lists
from tests.render.word import abstract, cell, docx, field, num, numbered, p, run, table

needs_libreoffice = pytest.mark.skipif(soffice.find_soffice() is None, reason="LibreOffice makes the fixture")

DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
WIDTH = '<w:tcW w:w="2400" w:type="dxa"/>'
ROWS = [
    "".join(cell(text, WIDTH) for text in ("重点任务", "责任单位", "完成时限")),
    cell("建设平台", WIDTH + DOWN) + cell("市数据局\n市财政局", WIDTH) + cell("6月底", WIDTH),
    cell("", WIDTH + ON) + cell("", WIDTH) + cell("9月底", WIDTH),
]
DELETED = '<w:del w:id="1" w:author="a"><w:r><w:delText>3</w:delText></w:r></w:del>'
BODY = (
    p("云溪市人民政府办公室") + p("关于加强养老服务的通知") + numbered("提升服务能力", 1) + numbered("增加床位", 1, 1) + numbered("培训护工", 1, 1)
    + p(run("要在") + DELETED + run("6月底前完成") + run("（内部）", "<w:vanish/>") + run("。")) + numbered("强化监督管理", 1) + p(field(" REF a ", "第一项") + run("见附表，𠮷林路除外。"))
    + table(*ROWS) + p("于" + "X" * 3 + "年完成。")
)  # fmt: skip
NUMBERING = abstract(0, "chineseCounting|%1、", "chineseCounting|（%2）") + num(1, 0)


@cache
def made() -> bytes:
    return soffice.convert(docx(BODY, numbering=NUMBERING), ".docx", "doc", "文.docx", DEFAULT_LIMITS)


@needs_libreoffice
def test_without_libreoffice_the_text_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    old = made()
    monkeypatch.setenv("KB_SOFFICE", "/absent/soffice")
    document = read_bytes("文.doc", old)
    assert document.text == read_bytes("文.docx", docx(BODY, numbering=NUMBERING)).text
    assert document.warnings == (WARNING,)
    assert "一、提升服务能力" in document.text and "（二）培训护工" in document.text and "二、强化监督管理" in document.text
    assert [cell.span.of(document.text) for cell in document.blocks[-2].cells] == ["建设平台", "", "9月底"]


@needs_libreoffice
def test_notes_follow_their_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    notes = "".join(f'<w:footnote w:id="{i}">{p(run(text))}</w:footnote>' for i, text in ((2, "指本市老人。"), (3, "以公历计。")))
    body = "".join(p(run(text) + f'<w:r><w:footnoteReference w:id="{i}"/></w:r>') for i, text in ((2, "老年人免费乘车"), (3, "年底前完成")))
    old = soffice.convert(docx(body + p("完。"), footnotes=notes), ".docx", "doc", "文.docx", DEFAULT_LIMITS)
    assert [line.text.strip() for line in read_lines(old, "文.doc").lines] == ["老年人免费乘车", "注：指本市老人。", "年底前完成", "注：以公历计。", "完。"]


@needs_libreoffice
@given(st.integers(0, 60_000), st.binary(min_size=1, max_size=6))
def test_damage_anywhere_gives_a_sentence_or_lines(at: int, put: bytes) -> None:
    data = bytearray(made())
    data[at % len(data) : at % len(data) + len(put)] = put
    try:
        assert read_lines(bytes(data), "坏.doc").warnings
    except IngestError as fault:
        assert "DOCX" in str(fault) or "encrypted" in str(fault)


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 3000])
def test_what_is_no_compound_file_is_refused(data: bytes) -> None:
    with pytest.raises(IngestError, match="damaged"):
        read_lines(data, "坏.doc")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("见\x13 REF a \x14第一条\x15。", "见第一条。"),
        ("\x13 PAGE \x143\x15页", "页"),
        ("\x13 IF \x13 REF a \x14x\x15 \x14里\x15外", "里外"),
        ("\x13未闭", "未闭"),
    ],
)
def test_fields_are_their_results(text: str, expected: str) -> None:
    assert _fields(text) == expected


@given(st.binary(max_size=80))
def test_any_bytes_as_modifiers_lists_or_rows(data: bytes) -> None:
    assert isinstance(read_lists(data, data).nums, dict)
    assert len(_cells(data)[0]) <= 257
    try:
        assert isinstance(properties(data), dict)
    except (ValueError, IndexError) as fault:
        assert str(fault)
