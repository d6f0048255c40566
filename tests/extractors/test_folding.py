from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.folding import _ODD, _narrow, fold, fold_part
from ingest.document import Span

CASES = [
    ("收到通知後10日内", "收到通知后10日内"),
    ("到 2013 年底", "到2013年底"),
    ("２０１９年９月", "2019年9月"),
    ("各单位,各部门;", "各单位，各部门；"),
    ("1,000元", "1,000元"),
    ("国发[2012]20号", "国发〔2012〕20号"),
    ("4月10日–15日", "4月10日—15日"),
    ("ISO and HACCP", "ISO and HACCP"),
    ("第一行\n第二行", "第一行\n第二行"),
]


@pytest.mark.parametrize("printed, folded", CASES)
def test_fold(printed, folded):
    assert fold(printed).text == folded


@given(st.text())
def test_every_folded_character_leads_back(printed):
    folded = fold(printed)
    assert list(folded.offsets) == sorted(folded.offsets)
    assert len(folded.offsets) == len(folded.text)
    if folded.text:
        span = folded.back(0, len(folded.text))
        assert 0 <= span.start < span.end <= len(printed)


def test_the_way_back_gives_the_printed_words():
    folded = fold("到 2013 年底,完成")
    at = folded.text.index("2013年底")
    assert folded.back(at, at + len("2013年底")).of(folded.printed) == "2013 年底"


def test_every_character_that_folding_changes_is_looked_for():
    assert [char for char in map(chr, range(0x110000)) if _narrow(char) != char and not _ODD.match(char)] == []


def test_straight_quotes_are_paired_with_what_opened_before_them():
    assert fold('接入“一网办"，完善"好差评"机制\n"双随机"').text == "接入“一网办”，完善“好差评”机制\n“双随机”"


@given(st.text(alphabet="到 \t\n,，;:1年A（(２%﹐、後", max_size=14), st.integers(0, 14), st.integers(0, 14))
def test_a_part_cut_out_is_folded_as_by_itself(printed: str, start: int, end: int) -> None:
    part = Span(min(start, len(printed)), min(max(start, end), len(printed)))
    cut, alone = fold_part(fold(printed), part), fold(part.of(printed))
    assert (cut.text, list(cut.offsets), cut.printed) == (alone.text, list(alone.offsets), alone.printed)
