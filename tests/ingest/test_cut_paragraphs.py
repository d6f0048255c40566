"""Files whose paragraphs are not the notice's: a line each, cut at page ends, marks of markdown, blanks beside figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest import read_bytes
from ingest.assemble import assemble
from ingest.lines import Line
from ingest.paragraphs import join_lines
from ingest.readers.glyph_lines import print_lines
from tests.conftest import ROOT

LINES = (
    "各县（市、区）人民政府，市政府各有关部门：",
    "为切实做好全市养老服务设施建设管理，进一步提升养老服",
    "务水平，经市政府同意，现就有关事项通知如下，请结合实",
    "际，认真抓好贯彻落实，确保各项任务按期完成，取得实效",
    "并于每年年底前将有关落实情况书面报送市民政部门备案。",
    "一、加强设施建设",
    "各县（市、区）要将养老服务设施建设纳入国土空间规划，",
    "按照人均用地不少于零点二平方米的标准落实好设施用地，",
    "新建住宅小区要同步配套建设养老服务设施，并无偿移交所",
    "在地民政部门统一管理使用，任何单位和个人不得挪作他用",
    "或者擅自改变其使用性质。",
)


def body(lines: list[Line]) -> list[str]:
    return [block.span.of(document.text) for document in [assemble(lines)] for block in document.blocks]


@pytest.mark.parametrize("indented", [False, True])
def test_lines_that_were_made_paragraphs_are_joined(indented: bool) -> None:
    """Converters make each printed line a paragraph, often each with the same indent."""
    found = body([Line(text, indented=indented, ends_paragraph=True, paragraph=number) for number, text in enumerate(LINES)])
    assert found == [LINES[0], "".join(LINES[1:5]), LINES[5], "".join(LINES[6:])]


def test_paragraphs_that_the_format_knows_stay() -> None:
    ends = {0, 4, 5, 10}
    found = body([Line(text, ends_paragraph=number in ends, paragraph=number) for number, text in enumerate(LINES)])
    assert found == [LINES[0], "".join(LINES[1:5]), LINES[5], "".join(LINES[6:])]


WHOLE = "各县（市、区）要建立健全养老服务联席会议制度，定期研究解决养老服务设施规划、建设、移交、使用中的突出问题，形成工作合力。"


def test_a_sentence_that_a_page_cut_is_made_whole() -> None:
    cut = WHOLE.index("规划")
    lines = [WHOLE, WHOLE, WHOLE, WHOLE, WHOLE[:cut], WHOLE[cut:], WHOLE]
    assert body([Line(text, ends_paragraph=True, indented=True) for text in lines]) == [WHOLE] * 6


@pytest.mark.parametrize("after", ["云溪市人民政府", "2023年5月6日", "附件：1.任务分工表；2.联系表，", "（二）完善政策，加大投入。", "联系人：王某某，电话。"])
def test_what_begins_anew_is_not_taken_for_the_rest_of_a_sentence(after: str) -> None:
    lines = [WHOLE] * 5 + [WHOLE[:-6], after]
    assert after in body([Line(text, ends_paragraph=True) for text in lines])


def test_marks_of_markdown_that_were_pasted_go() -> None:
    lines = ["# 云溪市养老服务实施方案（示例）", "**一、主要任务**", "**（一）建设设施。**各县要于**2025年底前**建成。", "普通的一段。"]
    found = body([Line(text, ends_paragraph=True) for text in lines])
    assert found == ["云溪市养老服务实施方案（示例）", "一、主要任务", "（一）建设设施。各县要于2025年底前建成。", "普通的一段。"]


def test_a_few_stars_of_a_text_without_marks_stay() -> None:
    assert body([Line("合格率为**%，另行通知。", ends_paragraph=True), Line("其余不变。", ends_paragraph=True)])[0] == "合格率为**%，另行通知。"


def test_blanks_of_a_form_stay() -> None:
    lines = ["全县总人口数____万人，总户数____万户。", "行政村数____个，农村户数____万户。", "填表人____，填表日期____。"]
    assert body([Line(text, ends_paragraph=True) for text in lines]) == lines


def glyphs(words: list[tuple[str, float]], size: float = 16.0) -> list[dict[str, object]]:
    """Characters of one line, each with what stands free before it."""
    made, at = [], 90.0
    for text, gap in words:
        width = size / 2 if text.isascii() else size
        at += gap
        made.append({"text": text, "x0": at, "x1": at + width, "top": 100.0, "bottom": 100.0 + size, "size": size, "fontname": "F"})
        at += width
    return made


def test_what_programs_put_beside_figures_is_no_blank() -> None:
    """A quarter of the type's size, stretched where the line is justified (JIS X 4051, as word processors do it)."""
    year = [("到", 0.0), ("2", 4.9), ("0", 0.0), ("2", 0.0), ("5", 0.0), ("年", 5.1)]
    assert print_lines(glyphs(year))[0].text == "到2025年"
    assert print_lines(glyphs([("表", 0.0), ("1", 9.0)]))[0].text == "表 1"


def test_a_year_with_a_blank_behind_it_dates_the_notice() -> None:
    from extractors.pipeline import extract

    text = "云溪市专项行动方案（示例）\n\n一、时间安排\n\n行动从2017 年 4 月上旬开始。\n\n各县（区）要于12 月20 日前上报工作总结。\n"
    document = read_bytes("a.txt", text.encode())
    found = [deadline for obligation in extract(document).obligations for deadline in obligation.deadlines if deadline.raw.startswith("12")]
    assert [str(deadline.end) for deadline in found] == ["2017-12-20"]


def test_lines_of_a_table_are_never_joined() -> None:
    lines = [replace(Line("", cells=("一", text)), ends_paragraph=True) for text in LINES]
    assert len(body(lines)) == len(LINES)


@pytest.mark.parametrize("between", ["&emsp;&emsp;", "　　"])
def test_a_page_that_holds_its_notice_in_one_paragraph_is_parted(between: str) -> None:
    text = (ROOT / "corpus" / "notices" / "qihe-work-safety-2015.txt").read_bytes()
    plain = read_bytes("a.txt", text)
    paragraphs = [block.span.of(plain.text) for block in plain.blocks]
    page = read_bytes("a.html", f"<html><body><div class='content'><p>{between.join(paragraphs)}</p></div></body></html>".encode())
    found = [block.span.of(page.text) for block in page.blocks]
    assert len(set(found) & set(paragraphs)) >= 0.9 * len(paragraphs)
    assert page.head.issued_on == plain.head.issued_on


def test_an_article_at_the_head_of_a_page_begins_a_paragraph():
    lines = [Line("驾驶人应当佩戴头盔。", ends_paragraph=False), Line("第二十七条 不得超载。", ends_paragraph=False), Line("第二十条规定的情形除外。", ends_paragraph=True)]
    assert [paragraph.text for paragraph in join_lines(lines)] == ["驾驶人应当佩戴头盔。", "第二十七条 不得超载。第二十条规定的情形除外。"]
