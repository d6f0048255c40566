"""Any text at all is read without a crash, and every span lies where it should."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import IngestError, read_bytes
from ingest.document import Document
from ingest.normalize import clean, squeeze
from ingest.numbering import find_marker
from tests.ingest import notices

WORDS = ["一、", "（一）", "1.", "①", "第一条", "第一章 总则", "附件1", "附件：", "抄送：", "各单位：", "的通知", "云溪市人民政府", "2020年5月6日", "。", "；", "：", "（", "》", " ", "\n", "\n\n",
         "\u3000", "责任单位：市民政局", "印发", "云政发〔2020〕1号", "|甲|乙|\n", "# ", "**", "主办：", "联系人：张三 电话：0555-1234567", "要加强管理", "目录", "---\n", "- 1 -\n"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=12), min_size=1, max_size=40).map("".join)


def check(document: Document) -> None:
    """All invariants of a document."""
    end = 0
    for i, block in enumerate(document.blocks):
        assert block.span.start >= end
        end = block.span.end
        assert block.span.start <= block.body.start <= block.body.end == block.span.end
        assert block.heading is None or block.span.contains(block.heading)
        assert all(block.span.contains(cell.span) for cell in block.cells)
        assert all(block.span.contains(piece.span) for piece in block.provenance)
        assert block.parent is None or (block.parent < i and (document.blocks[block.parent].level or 0) > 0)
        parents = list(document.ancestors(i))
        levels = [document.blocks[j].level or 0 for j in parents]
        assert levels == sorted(levels, reverse=True) and len(set(levels)) == len(levels)
    assert end <= len(document.text)
    assert all(span.start <= span.end <= len(document.text) for span in document.head.spans.values())


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text(text: str) -> None:
    try:
        document = read_bytes("文.txt", text.encode("utf-8", errors="replace"))
    except IngestError:
        return
    check(document)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.pdf", "a.docx", "a.md"]), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04"]))
def test_any_bytes(data: bytes, name: str, head: bytes) -> None:
    try:
        document = read_bytes(name, head + data)
    except IngestError as fault:
        assert fault.path == name
        return
    check(document)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_notices(data: st.DataObject) -> None:
    """A notice cut anywhere and with pieces left out is read all the same."""
    text = data.draw(st.sampled_from([value for name, value in vars(notices).items() if name.isupper()]))
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    try:
        check(read_bytes("文.txt", (text[:start] + text[end:]).encode()))
    except IngestError as fault:
        assert "empty" in str(fault)


@given(st.text(max_size=60))
def test_clean_is_stable_and_keeps_what_is_printed(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not once.startswith(" ") and not once.endswith(" ")


@given(st.text(max_size=60))
def test_squeeze_leads_back(text: str) -> None:
    line = squeeze(text)
    assert len(line.offsets) == len(line.text)
    assert list(line.offsets) == sorted(set(line.offsets))


@given(st.text(max_size=30))
def test_marker_lies_at_the_head(text: str) -> None:
    marker = find_marker(text)
    assert marker is None or (0 < marker.end <= len(text) and text.startswith(marker.printed))
