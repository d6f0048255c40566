"""DOCX as it is printed: changes accepted, boxes and notes in place, nothing that the page does not show."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import IngestError, read_bytes
from ingest.limits import DEFAULT_LIMITS
from ingest.lines import Line
from ingest.readers.docx import read_lines
from tests.render.word import NAMES, cell, docx, field, p, run, table


def lines(data: bytes) -> list[Line]:
    return read_lines(data, "文.docx", DEFAULT_LIMITS).lines


def texts(body: str, *, styles: str = "", numbering: str = "", footnotes: str = "") -> list[str]:
    made = docx(body, styles=styles, numbering=numbering, footnotes=footnotes)
    return [" | ".join(line.cells) if line.cells else line.text for line in lines(made)]


GONE = '<w:rPr><w:del w:id="1"/></w:rPr>'


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (run("要在") + f'<w:del w:id="1"><w:r><w:delText>6</w:delText></w:r></w:del><w:ins w:id="2">{run("9")}</w:ins>' + run("月底前完成"), "要在9月底前完成"),
        (f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('新处')}</w:moveTo>", "新处"),
        (f'<w:hyperlink r:id="x">{run("办事指南")}</w:hyperlink>' + run("。"), "办事指南。"),
        (f"<w:sdt><w:sdtContent>{run('市数据局')}</w:sdtContent></w:sdt>", "市数据局"),
        (f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击此处输入文字')}</w:sdtContent></w:sdt>" + run("甲"), "甲"),
        (f"<w:smartTag><w:smartTag>{run('云溪')}</w:smartTag></w:smartTag>" + run("市"), "云溪市"),
        (run("明") + run("暗", "<w:vanish/>") + run("也明", '<w:vanish w:val="0"/>'), "明也明"),
        (field(" PAGE ", "3") + run("甲"), "甲"),
        (f'<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>{run("甲")}', "甲"),
        (field(' HYPERLINK "http://example.invalid/" ', "网址") + run("见"), "网址见"),
        (field(" IF x ", "里") + run("外"), "里外"),
        (run("见") + field(r" EQ \o\ac(○,21) ", None) + run("项"), "见㉑项"),
        (run("见") + field(r" eq \o\ac(○,3) ", "旧") + run("项"), "见③项"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("丢"), ""),
        (run("增长") + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run("5%"), "增长≥5%"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("同意"), "☑同意"),
        (run("\uf082总则", '<w:rFonts w:ascii="Wingdings"/>'), "②总则"),
        ("<w:r><w:t>软</w:t><w:softHyphen/><w:t>件</w:t><w:noBreakHyphen/><w:t>A</w:t></w:r>", "软件-A"),
        ("<w:r><w:t>姓名</w:t><w:tab/><w:t>职务</w:t></w:r>", "姓名\t职务"),
        (f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('xī')}</w:rt><w:rubyBase>{run('溪')}</w:rubyBase></w:ruby></w:r>", "溪"),
        ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>", "1/3"),
        (run("于") + run("   ", '<w:u w:val="single"/>') + run("年完成"), "于____年完成"),
        (run("   ", '<w:u w:val="single"/>'), ""),
        (run("甲") + '<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>', "甲"),
    ],
)
def test_what_a_paragraph_prints(inner: str, expected: str) -> None:
    assert "".join(texts(p(inner))) == expected


def test_a_field_left_open_ends_with_its_paragraph() -> None:
    assert texts(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>') + p("要按期完成。")) == ["要按期完成。"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs_and_a_deleted_row_goes() -> None:
    assert texts(p("要按期", GONE) + p("完成。") + p("附则")) == ["要按期完成。", "附则"]
    gone = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{cell('9')}{cell('废止')}{cell('无')}</w:tr>"
    rows = [cell("序号") + cell("任务") + cell("责任单位"), gone, cell("1") + cell("建设平台") + cell("市数据局")]
    assert texts(table(*rows)) == ["序号 | 任务 | 责任单位", "1 | 建设平台 | 市数据局"]


def test_hidden_by_its_style() -> None:
    styles = '<w:style w:type="character" w:styleId="x"><w:rPr><w:vanish/></w:rPr></w:style>'
    assert texts(p(run("明") + run("暗", '<w:rStyle w:val="x"/>')), styles=styles) == ["明"]


def box(inner: str, offset: int | None = None) -> str:
    place = "" if offset is None else f'<wp:anchor><wp:positionV relativeFrom="paragraph"><wp:posOffset>{offset}</wp:posOffset></wp:positionV></wp:anchor>'
    shape = f"<w:drawing>{place}<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></w:drawing>"
    old = f'<w:pict><v:shape style="margin-top:9pt"><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>'
    return f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{shape}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"


LONG = "为了加强养老服务设施建设，经市政府同意，现就有关事项通知如下，请结合实际认真抓好各项任务的落实工作。"


def test_the_mark_of_the_organ_stands_in_a_text_box_once_and_first() -> None:
    body = p(run("云政办〔2025〕3号") + box(p("云溪市人民政府办公室文件"))) + p(LONG) + p(run("见图。") + box(p("流程图")))
    assert texts(body) == ["云溪市人民政府办公室文件", "云政办〔2025〕3号", LONG, "见图。", "流程图"]


def test_text_boxes_of_one_place_go_from_the_top_down() -> None:
    assert texts(p(box(p("云溪市人民政府文件"), 900) + box(p("机密★一年"), 100))) == ["机密★一年", "云溪市人民政府文件"]


def test_wordart_is_text() -> None:
    assert texts(p('<w:r><w:pict><v:shape><v:textpath string="云溪市教育局文件"/></v:shape></w:pict></w:r>') + p("甲")) == ["云溪市教育局文件", "甲"]


def test_only_text_in_the_fallback_is_read_too() -> None:
    inner = f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing/></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{p('文件')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    assert texts(p(f"<w:r>{inner}</w:r>")) == ["文件"]


def test_notes_follow_the_paragraph_that_cites_them() -> None:
    notes = f'<w:footnote w:id="1">{p("<w:r><w:footnoteRef/></w:r>" + run("指本市户籍老人。"))}</w:footnote><w:footnote w:id="9">{p("无人引用")}</w:footnote>'
    body = p(run("老年人") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + run("免费乘车。")) + p("完。")
    assert texts(body, footnotes=notes) == ["老年人免费乘车。", "注：指本市户籍老人。", "完。"]


def test_a_table_of_contents_is_left_out() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    entries = p(begin + run("一、总体要求\t1")) + p("二、重点任务\t2") + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    assert texts(p("目　录") + entries + p("一、总体要求")) == ["一、总体要求"]
    styles = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    assert texts(p("一、总体要求 1", '<w:pStyle w:val="11"/>') + p("正文。"), styles=styles) == ["正文。"]


def test_a_page_break_keeps_the_number_and_a_break_inside_a_sentence_does_not_cut_it() -> None:
    from tests.render.word import abstract, num

    numbering = abstract(0, "decimal|附件%1") + num(1, 0)
    broken = p('<w:r><w:br w:type="page"/></w:r>' + run("任务分工表"), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    assert texts(broken, numbering=numbering) == ["附件1 任务分工表"]
    text = read_bytes("文.docx", docx(p("云溪市养老服务方案") + p(run("各县（市、区）要把养老服务设施建设纳入本地区经济社会发展") + "<w:r><w:br/></w:r>" + run("规划，按期完成。")))).text
    assert "发展规划" in text


def test_the_first_header_gives_what_the_body_lacks() -> None:
    header = f"<w:hdr NAMES>{p('云政办发〔2025〕3号')}{p('内部资料')}{p(field('PAGE', '1'))}</w:hdr>"
    footer = f"<w:ftr NAMES>{p('抄送：市委办公室。')}</w:ftr>"
    section = '<w:sectPr><w:headerReference w:type="first" r:id="rIdheader1.xml"/><w:footerReference w:type="first" r:id="rIdfooter1.xml"/><w:titlePg/></w:sectPr>'
    made = docx(p("关于加强养老服务的通知") + section, extra={"header1.xml": header, "footer1.xml": footer})
    assert [line.text for line in lines(made)] == ["云政办发〔2025〕3号", "关于加强养老服务的通知", "抄送：市委办公室。"]


def test_each_printed_line_a_paragraph() -> None:
    body = ["云溪市养老服务实施方案", *["各县（市、区）要把养老设施建设纳入规划并按期建成投用，由民政局牵头负"] * 12, "责。"]
    assert "负责。" in read_bytes("文.docx", docx("".join(map(p, body)))).text


def test_the_strict_variant_is_read() -> None:
    assert [line.text for line in lines(docx(p("要按期完成。"), strict=True))] == ["要按期完成。"]


HEAD = cell("重点任务") + cell("责任单位") + cell("完成时限")


def test_cells_merged_down_and_across_stand_in_each_row() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [HEAD, cell("建设平台", down) + cell("市数据局") + cell("6月底"), cell("", on) + cell("市财政局") + cell("9月底"), cell("开展培训") + cell("各单位", '<w:gridSpan w:val="2"/>')]
    assert texts(table(*rows))[1:] == ["建设平台 | 市数据局 | 6月底", "建设平台 | 市财政局 | 9月底", "开展培训 | 各单位 | "]


def test_columns_left_out_before_a_row_are_empty_cells() -> None:
    rows = [HEAD, f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("市数据局")}{cell("6月底")}</w:tr>']
    assert texts(table(*rows))[1] == " | 市数据局 | 6月底"


def test_a_row_of_absurd_width_costs_nothing() -> None:
    assert len(lines(docx(table(HEAD, cell("甲", '<w:gridSpan w:val="999999999"/>') + cell("乙"))))) == 2


def test_a_table_in_a_cell_is_its_text() -> None:
    inner = table(cell("甲县") + cell("3个"), cell("乙县") + cell("5个"))
    rows = [HEAD, cell("建设站点") + cell(p("各县") + inner + p("")) + cell("6月底")]
    assert texts(table(*rows))[1] == "建设站点 | 各县甲县 3个乙县 5个 | 6月底"


def test_a_table_that_goes_on_has_the_heads_of_the_one_before() -> None:
    found = lines(docx(table(HEAD, cell("建设平台") + cell("市数据局") + cell("6月底")) + p("") + table(cell("开展培训") + cell("市人社局") + cell("9月底"))))
    assert found[-1].columns == ("重点任务", "责任单位", "完成时限")


def test_head_and_imprint_set_as_tables_are_lines() -> None:
    joint = table(cell("云溪市教育局") + cell("文件", '<w:vMerge w:val="restart"/>'), cell("云溪市财政局") + cell("", "<w:vMerge/>"), ruled=False)
    number = table(cell("云教〔2025〕3号") + cell("签发人：张三"), ruled=False)
    imprint = table(cell("抄送：市委办公室。", '<w:gridSpan w:val="2"/>'), cell("云溪市教育局办公室") + cell("2025年1月3日印发"))
    assert texts(joint + p("") + number) == ["云溪市教育局", "云溪市财政局", "文件", "云教〔2025〕3号\u3000签发人：张三"]
    assert texts(imprint) == ["抄送：市委办公室。", "云溪市教育局办公室\u30002025年1月3日印发"]


def test_signatures_side_by_side_are_lines() -> None:
    assert texts(table(cell("云溪市教育局\n2025年1月3日") + cell("云溪市财政局\n2025年1月3日"), ruled=False)) == ["云溪市教育局", "2025年1月3日", "云溪市财政局", "2025年1月3日"]


def test_a_frame_around_text_is_no_table() -> None:
    assert texts(table(cell("专栏1 重点工程\n1.建设平台。\n2.开展培训。"))) == ["专栏1 重点工程", "1.建设平台。", "2.开展培训。"]


def bomb(part: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", part)
    return out.getvalue()


ENTITIES = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bomb(f"{ENTITIES}<w:document {NAMES}><w:body><w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>"), "entities"),
        (bomb(f"<w:document {NAMES}><w:body><w:p>"), "damaged"),
        (bomb(f"<w:document {NAMES}/>"), "no Word text"),
        (docx('<w:altChunk r:id="a"/>'), "altChunk"),
        (bomb(f"<w:document {NAMES}><w:body>{'<w:sdt>' * 5000}{'</w:sdt>' * 5000}</w:body></w:document>"), "nested too deep"),
    ],
)
def test_a_file_that_is_no_sound_docx_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(IngestError, match=words):
        read_bytes("坏.docx", data)


def test_tables_in_tables_without_end_are_cut_short() -> None:
    body = "甲"
    for _ in range(60):
        body = f"<w:tbl><w:tr><w:tc>{body if body.startswith('<') else p(body)}</w:tc></w:tr></w:tbl>"
    assert lines(docx(p("文") + body))[0].text == "文"


def test_relations_that_point_outside_are_not_followed() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="out"/></w:sectPr>'
    data = docx(p("要按期完成。") + section)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            target.writestr(name, content.replace("</Relationships>", '<Relationship Id="out" Type="x/header" Target="../../etc/passwd"/><Relationship Id="net" Type="x/styles" Target="http://127.0.0.1:9/s.xml" TargetMode="External"/></Relationships>') if name.startswith("word/_rels") else content)
    assert [line.text for line in lines(out.getvalue())] == ["要按期完成。"]


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=8))
def test_damage_anywhere_gives_a_sentence_or_lines(at: int, put: bytes) -> None:
    data = bytearray(docx(p("云溪市养老服务方案") + table(HEAD, cell("甲") + cell("乙") + cell("丙"))))
    data[at % len(data) : at % len(data) + len(put)] = put
    try:
        assert read_bytes("坏.docx", bytes(data)).text
    except IngestError as fault:
        assert str(fault)
