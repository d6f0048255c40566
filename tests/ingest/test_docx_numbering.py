"""The numbers that Word generates, as Word writes them."""

from __future__ import annotations

import pytest

from ingest.readers.docx import read_lines
from ingest.readers.docx_figures import figure
from tests.render.word import abstract, docx, num, numbered, p


def texts(data: bytes) -> list[str]:
    return [line.text for line in read_lines(data, "号.docx").lines]


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 20, "二十"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("chineseCountingThousand", 10000, "10000"),
        ("ideographDigital", 10, "一〇"),
        ("ideographTraditional", 10, "癸"),
        ("ideographZodiac", 1, "子"),
        ("ideographZodiacTraditional", 11, "甲戌"),
        ("ideographEnclosedCircle", 3, "㊂"),
        ("japaneseCounting", 21, "二十一"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircleChinese", 21, "㉑"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("decimalFullWidth", 12, "１２"),
        ("upperRoman", 4, "IV"),
        ("lowerRoman", 9, "ix"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 3, "c"),
        ("numberInDash", 3, "-3-"),
        ("ordinal", 12, "12th"),
        ("custom:001", 7, "007"),
        ("unheardOf", 7, "7"),
        ("upperRoman", -1, "-1"),
        ("chineseCounting", 0, "〇"),
    ],
)
def test_figures(kind: str, number: int, expected: str) -> None:
    assert figure(kind, number) == expected


OUTLINE = abstract(0, "chineseCounting|%1、", "chineseCounting|（%2）", "decimal|%3.", "decimalEnclosedCircle|%4") + num(1, 0)


def test_levels_count_on_and_start_anew_under_a_higher_one() -> None:
    body = "".join(numbered(f"甲{level}", 1, level) for level in (0, 1, 1, 2, 3, 3, 1, 2, 0, 1))
    assert [t[:-2] for t in texts(docx(body, numbering=OUTLINE))] == ["一、", "（一）", "（二）", "1.", "①", "②", "（三）", "1.", "二、", "（一）"]


def test_instances_of_one_list_share_its_counters_until_one_overrides_the_start() -> None:
    numbering = abstract(0, "decimal|%1.") + num(1, 0) + num(2, 0) + num(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    body = numbered("甲", 1) + numbered("乙", 2) + numbered("丙", 3) + numbered("丁", 3) + numbered("戊", 1)
    assert texts(docx(body, numbering=numbering)) == ["1.甲", "2.乙", "1.丙", "2.丁", "3.戊"]


def test_articles_count_through_the_chapters() -> None:
    numbering = abstract(0, "chineseCounting|第%1章", 'chineseCounting|第%2条|<w:lvlRestart w:val="0"/>') + num(1, 0)
    body = "".join(numbered(text, 1, level) for level, text in ((0, "总则"), (1, "为了安全。"), (1, "本市适用。"), (0, "职责"), (1, "各部门履职。")))
    assert texts(docx(body, numbering=numbering)) == ["第一章 总则", "第一条 为了安全。", "第二条 本市适用。", "第二章 职责", "第三条 各部门履职。"]


def test_legal_figures_are_decimal_on_every_level() -> None:
    numbering = abstract(0, "chineseCounting|%1、", "decimal|%1.%2|<w:isLgl/>") + num(1, 0)
    body = numbered("甲", 1) + numbered("乙", 1, 1)
    assert texts(docx(body, numbering=numbering)) == ["一、甲", "1.1 乙"]


def test_a_level_whose_higher_one_was_never_used_shows_its_start() -> None:
    numbering = abstract(0, "decimal|%1", "decimal|%1.%2") + num(1, 0)
    assert texts(docx(numbered("甲", 1, 1), numbering=numbering)) == ["1.1 甲"]


def test_bullets_and_the_number_zero_are_no_numbers() -> None:
    numbering = abstract(0, "bullet|") + num(1, 0)
    assert texts(docx(numbered("甲", 1) + numbered("乙", 0) + numbered("丙", 99), numbering=numbering)) == ["甲", "乙", "丙"]


STYLED = (
    '<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/><w:basedOn w:val="h1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="h3"><w:name w:val="一级标题"/><w:basedOn w:val="h1"/></w:style>'
    '<w:style w:type="numbering" w:styleId="list"><w:name w:val="公文"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
)


def test_styles_number_their_paragraphs() -> None:
    numbering = abstract(0, 'chineseCounting|%1、|<w:pStyle w:val="h1"/>', 'chineseCounting|（%2）|<w:pStyle w:val="h2"/>') + num(1, 0)
    body = "".join(p(text, f'<w:pStyle w:val="{style}"/>') for style, text in (("h1", "甲"), ("h2", "乙"), ("h3", "丙")))
    body += p("丁", '<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    lines = read_lines(docx(body, numbering=numbering, styles=STYLED), "号.docx").lines
    assert [line.text for line in lines] == ["一、甲", "（一）乙", "二、丙", "丁"]
    assert [line.heading for line in lines] == [1, 2, 1, 1]


def test_a_list_that_names_a_list_style_takes_its_levels() -> None:
    numbering = abstract(0, inner='<w:numStyleLink w:val="list"/>') + abstract(1, "upperRoman|%1.", inner='<w:styleLink w:val="list"/>') + num(1, 0) + num(2, 1)
    assert texts(docx(numbered("甲", 1) + numbered("乙", 1), numbering=numbering, styles=STYLED)) == ["I.甲", "II.乙"]


def test_a_circle_of_styles_ends() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    assert texts(docx(p("甲", '<w:pStyle w:val="a"/>'), styles=styles)) == ["甲"]


def test_serial_numbers_that_word_generates_stand_in_their_cells() -> None:
    from tests.render.word import cell, table

    numbering = abstract(0, "decimal|%1") + num(1, 0)
    rows = [cell("序号") + cell("重点任务") + cell("责任单位")] + [cell(numbered("", 1)) + cell(text) + cell("市数据局") for text in ("建设平台", "开展培训")]
    lines = read_lines(docx(table(*rows), numbering=numbering), "号.docx").lines
    assert [line.cells[0] for line in lines] == ["序号", "1", "2"]
