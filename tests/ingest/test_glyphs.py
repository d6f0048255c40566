"""Glyphs with wrong code points: what a reader of the printed page sees comes out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.glyphs import find_repairs, mend
from ingest.lines import Line
from ingest.normalize import clean, clean_lines

FIXED = [
    ("«云溪市养老服务条例»", "《云溪市养老服务条例》"),
    ("⼴⻄云溪市⻝品安全", "广西云溪市食品安全"),
    ("２０２５年Ａ级以上企业达到８家", "2025年A级以上企业达到8家"),
    ("达到９０％以上", "达到90％以上"),  # the mark stays as printed
    ("︵一︶加强监管︐落实责任", "（一）加强监管，落实责任"),
    ("云溪(cid:123)人民政府", "云溪\ufffd人民政府"),
    ("\uf06c加强领导", "●加强领导"),
    ("关关于于印印发发方方案案", "关于印发方案"),
    ("家家户户", "家家户户"),
    ("云\u200b溪市\ufeff", "云溪市"),
]


@pytest.mark.parametrize("shown, meant", FIXED)
def test_glyph_stands_for_its_character(shown: str, meant: str) -> None:
    assert clean(shown) == meant


def _as_codes(text: str) -> str:
    """A text each of whose characters is shown as the code point that equals its code in GB 2312."""
    codes = (char.encode("gb2312") for char in text)
    return "".join(chr(int.from_bytes(code, "big")) if len(code) == 2 else code.decode() for code in codes)


FILES = [
    (["为加强监管ꎬ现通知如下ꎮ", "增长ꎵꎮꎲ％"], ["为加强监管，现通知如下。", "增长5.2％"]),
    ([_as_codes("云溪市人民政府办公室"), _as_codes("关于")], ["云溪市人民政府办公室", "关于"]),
    (["云溪市人民政府".encode("gbk").decode("latin-1")], ["云溪市人民政府"]),
    (["关于印发方案的通知".encode().decode("latin-1")], ["关于印发方案的通知"]),
    (["Café à la crème", "人民"], ["Café à la crème", "人民"]),
    (["ꀊꉬꀕꎬ", "ꋒꑣ"], ["ꀊꉬꀕꎬ", "ꋒꑣ"]),  # Yi, as a prefecture of the Yi prints it
    (["서울특별시 가나다라", "공고"], ["서울특별시 가나다라", "공고"]),
]


@pytest.mark.parametrize("shown, meant", FILES)
def test_what_a_whole_file_has_wrong_is_led_back(shown: list[str], meant: list[str]) -> None:
    assert [line.text for line in clean_lines([Line(text) for text in shown])] == meant


@given(st.text(max_size=60))
def test_any_text_is_mended_once(text: str) -> None:
    repairs = find_repairs([text])
    for repair in repairs:
        assert isinstance(repair(text), str)
    assert mend(mend(text)) == mend(text)
