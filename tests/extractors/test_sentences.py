from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.sentences import cut, find_item_lines, plain_document, split_sentences
from ingest.document import Block, BlockKind, Cell, Document, Span
from tests.marked import parse_marked

SENTENCES = [
    "<s>各地要加强领导。</s><s>要落实责任；</s><s>严禁弄虚作假！</s>",
    "<s>各单位要高度重视</s>",
    "<s>他说：“抓紧办理。”</s><s>各地照办。</s>",
    "<s>建成三个中心。（2025年底前完成）</s><s>加强监管。</s>",
    "<s>开展以下行动：一查资质；</s><s>二查台账。</s>",
    "<s>第一段没有句号</s>\n<s>第二段。</s>",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_sentences_end_where_a_reader_ends_them(marked):
    text, spans = parse_marked(marked)
    assert [(s.span.start, s.span.end) for s in split_sentences(plain_document(text))] == [span[1:] for span in spans]


LINES = [
    "加强监管。<line>完成时限：2025年12月底前</line>",
    "<line>完成时间：2020年10月</line>\n下一项",
    "建设中心<line>（完成时限：长期坚持）</line>",
    "办理时间较长的事项",
]


@pytest.mark.parametrize("marked", LINES)
def test_lines_of_dates(marked):
    text, spans = parse_marked(marked)
    assert [("line", s.start, s.end) for s in find_item_lines(text)] == spans


def test_passages_are_left_out():
    text, spans = parse_marked("<a>加强监管。</a><list>（责任单位：市财政局）</list><b>加大投入。</b>")
    found = list(cut(text, Span(0, len(text)), [Span(*spans[1][1:])]))
    assert [s.of(text) for s in found] == ["加强监管。", "加大投入。"]


def test_a_row_gives_its_task_cell():
    text = "1\t建设养老服务中心。\t市民政局\t2025年底"
    at = [text.index(part) for part in text.split("\t")]
    cells = [
        Cell(Span(start, start + len(part)), column)
        for start, part, column in zip(at, text.split("\t"), ["序号", "重点任务", "责任单位", "完成时限"], strict=True)
    ]
    whole = Span(0, len(text))
    row = Block(whole, whole, BlockKind.ROW, cells=tuple(cells))
    assert [s.span.of(text) for s in split_sentences(Document(text, (row,)))] == ["建设养老服务中心。"]


@given(st.text(alphabet=st.sampled_from("各地要。；（）《》“”：完成时限2025年 \n") | st.characters()))
def test_any_text_gives_sorted_spans_inside_it(text):
    spans = [s.span for s in split_sentences(plain_document(text), find_item_lines(text))]
    assert spans == sorted(spans)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)


def test_the_cells_left_of_the_task_name_it():
    text = "供给\t智慧食堂\t建设智慧食堂25所。\t市教育局"
    parts = text.split("\t")
    at = [text.index(part) for part in parts]
    at[2] = text.index(parts[2])
    cells = [
        Cell(Span(start, start + len(part)), column)
        for start, part, column in zip(at, parts, ["类别", "项目名称", "建设内容", "责任单位"], strict=True)
    ]
    whole = Span(0, len(text))
    found = split_sentences(Document(text, (Block(whole, whole, BlockKind.ROW, cells=tuple(cells)),)))
    assert [s.path for s in found] == [("供给", "智慧食堂")]
