"""Citations: titles in 《》, numbers, their relation, and each document once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.citation_merge import merge_citations
from extractors.citations import find_citations
from ingest.document import Head
from tests.marked import parse_marked

# (passage with the citations marked, [(title, number, relation)])
CASES = [
    (
        "在<c>《甲乙两地合作安排》</c>、<c>《甲乙经济协议》</c>下，不再执行<c>《设计企业管理规定》</c>中的限制性规定",
        [("甲乙两地合作安排", None, "basis"), ("甲乙经济协议", None, "basis"), ("设计企业管理规定", None, "mention")],
    ),
    ("根据<c>《甲省养老服务条例》</c>，制定本办法。", [("甲省养老服务条例", None, "basis")]),
    (
        "为贯彻落实<c>《国务院关于甲的意见》（国发〔2012〕9号）</c>、<c>《乙省方案》（乙政食安委[2018]7 号）</c>，促进发展",
        [("国务院关于甲的意见", "国发〔2012〕9号", "basis"), ("乙省方案", "乙政食安委[2018]7号", "basis")],
    ),
    ("认真贯彻落实<c>国发〔2012〕9号</c>和<c>国办发〔2013〕20号</c>文件的要求", [(None, "国发〔2012〕9号", "basis"), (None, "国办发〔2013〕20号", "basis")]),
    (
        "落实两办关于印发<c>《领导干部责任制规定》的通知（厅字〔2019〕13号）</c>要求",
        [("领导干部责任制规定", "厅字〔2019〕13号", "basis")],
    ),
    ("按照<c>《关于印发〈甲办法〉的通知》（甲发【2015】3号）</c>执行", [("关于印发〈甲办法〉的通知", "甲发【2015】3号", "basis")]),
    ("依照<c>《甲管理条例》（国务院令第687号）</c>处理", [("甲管理条例", "国务院令第687号", "basis")]),
    ("严格执行<c>《食品添加剂使用标准》（GB 2760—2014）</c>", [("食品添加剂使用标准", "GB2760—2014", "basis")]),
    ("根据<c>《甲市促进条例》</c>（以下简称《条例》），各地要学习<c>《条例》</c>", [("甲市促进条例", None, "basis"), ("甲市促进条例", None, "mention")]),
    ("加大<c>《食品安全法》</c>、<c>《甲解释》</c>等的宣传力度", [("食品安全法", None, "mention"), ("甲解释", None, "mention")]),
    ("加强<c>《疫苗管理法》</c>、新修订<c>《药品管理法》</c>的宣传贯彻工作", [("疫苗管理法", None, "mention"), ("药品管理法", None, "mention")]),
    ("进行<c>《食品安全法》</c>等法律法规培训", [("食品安全法", None, "mention")]),
    ("<c>《甲市管理办法》（甲政办〔2018〕12号）</c>同时废止", [("甲市管理办法", "甲政办〔2018〕12号", "mention")]),
    ("不符合<c>《工程设计规范》</c>要求", [("工程设计规范", None, "mention")]),
    ("以<c>《生态环境保护法》</c>为依据", [("生态环境保护法", None, "basis")]),
    ("取得《食品经营许可证》，填写《申请表》，签订《安全责任书》，在《甲日报》刊登", []),
    ("演唱《我的家乡》", []),
    ("现将《甲办法》《乙办法》印发给你们，请按照<c>《丙条例》</c>执行", [("丙条例", None, "basis")]),
    ("《甲办法》《乙办法》已经同意，现印发给你们", []),
    ("未按照规定设置标志\t<c>《甲防治法》</c>第十条", [("甲防治法", None, "mention")]),
    ("未依法备案登记，见<c>《甲评价法》</c>", [("甲评价法", None, "mention")]),
]


@pytest.mark.parametrize("marked, expected", CASES)
def test_find_citations(marked: str, expected: list[tuple[str | None, str | None, str]]) -> None:
    text, spans = parse_marked(marked)
    found = find_citations(text)
    assert [("c", c.span.start, c.span.end) for c in found] == spans
    assert [(c.title, c.document_number, c.relation) for c in found] == expected


def _merged(text: str, own: Head | None = None) -> list[tuple[str | None, str | None, str]]:
    return [(c.title, c.document_number, c.relation) for c in merge_citations(find_citations(text), own or Head())]


def test_number_alone_is_the_document_named_in_full() -> None:
    text = "学习《国务院关于甲的意见》（国发〔2012〕9号）。贯彻落实国发〔2012〕9号文件。"
    assert _merged(text) == [("国务院关于甲的意见", "国发〔2012〕9号", "basis")]


@pytest.mark.parametrize(
    "text",
    [
        "根据《中华人民共和国食品安全法》。学习《食品安全法》。",
        "根据《甲办法（试行）》。按照《甲办法》办理。",
        "按照《乙市关于印发丙方案的通知》（乙政发〔2020〕1号）。落实《丙方案》。",
        "根据《甲行动方案（2031—2033）》。执行《甲行动方案（2031-2033年）》。",
        "按照《国务院办公厅关于甲的意见》。落实《关于甲的意见》（国办发〔2017〕1号）。",
        "根据《云溪市茶园促进条例》。优化《云溪茶园促进条例》实施的环境。",
    ],
)
def test_one_document_in_two_forms(text: str) -> None:
    assert len(_merged(text)) == 1


@pytest.mark.parametrize(
    "text", ["根据《云溪市茶园促进条例》和《东岭市茶园促进条例》", "根据《国务院关于甲的意见》和《乙省人民政府关于甲的意见》", "根据《甲通知》（甲发〔2020〕1号）、《甲通知》（甲发〔2021〕1号）"]
)
def test_two_documents(text: str) -> None:
    assert len(_merged(text)) == 2


def test_the_notice_itself_is_left_out() -> None:
    own = Head(
        title="云溪市人民政府关于印发云溪市养老服务方案的通知",
        enclosed_title="云溪市养老服务行动方案",
        document_number="云政〔2020〕3号",
        attachments=("云溪市机构名录",),
    )
    text = "云政〔2020〕3号\n《云溪市养老服务方案》已经同意。《云溪市养老服务行动方案》见《云溪市机构名录》，按《方案》落实《甲省养老条例》。"
    assert _merged(text, own) == [("甲省养老条例", None, "basis")]


PIECES = st.sampled_from(list("《》〈〉（）〔〕，。、\n和的") + ["根据", "关于", "条例", "国发〔2012〕9号", "以下简称", "印发", "令第3号", "GB 1-2000", "宣传"])


@given(st.text(max_size=80) | st.lists(PIECES, max_size=40).map("".join))
def test_any_string(text: str) -> None:
    found = find_citations(text)
    assert [c.span for c in found] == sorted(c.span for c in found)
    assert all(0 <= c.span.start < c.span.end <= len(text) for c in found)
    assert all(c.title or c.document_number for c in found)
    assert len(merge_citations(found, Head())) <= len(found)
