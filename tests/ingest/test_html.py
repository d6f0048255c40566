"""Web pages: what a browser shows of the notice, without its site."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import IngestError, read_bytes
from ingest.document import BlockKind, Document, Part
from ingest.readers import html, html_lists

TITLE = "云溪市人民政府办公室关于加强燃气安全的通知"
RECIPIENTS = "各县（市、区）人民政府，市政府各部门："
LEAD = "为加强燃气安全，保障人民生命财产，经市政府同意，现就有关事项通知如下。"
DUTY = "一、开展排查。市住房城乡建设局要在2021年6月底前完成隐患排查，并将结果报市政府。"
LAST = "二、落实责任。各县（市、区）人民政府要加强领导，确保各项措施落实到位。"
SIGNED = ("云溪市人民政府办公室", "2021年3月1日")
BODY = f"<p>{RECIPIENTS}</p><p>　　{LEAD}</p><p>　　{DUTY}</p><p>　　{LAST}</p><p align=right>{SIGNED[0]}</p><p align=right>{SIGNED[1]}</p>"
MENU = "".join(f'<li><a href="/{i}/">{word}</a></li>' for i, word in enumerate(("首页", "政务公开", "政务服务", "互动交流", "走进云溪")))
FOOT = "<div class=footer><p>主办：云溪市人民政府办公室　承办：云溪市大数据中心</p><p>云ICP备00000000号　网站标识码：0000000000</p></div>"


def document(page: str, name: str = "页.html") -> Document:
    return read_bytes(name, page.encode())


def lines(page: str) -> list[str]:
    """The lines of a page as the reader gives them."""
    return ["|".join(line.cells) or line.text.strip("　") for line in html.read_lines(page.encode(), "页.html").lines]


def assert_notice(found: Document) -> None:
    """The notice of the constants above is there, whole, and nothing else is."""
    assert found.head.title == TITLE
    assert found.head.issuing_organs == (SIGNED[0],)
    assert found.head.issued_on is not None
    assert [b.span.of(found.text) for b in found.blocks if b.part is not Part.HEADER] == [TITLE, RECIPIENTS, LEAD, DUTY, LAST, *SIGNED]


PAGES = {
    "known container": f'<div id=nav><ul>{MENU}</ul></div><div class=article><h1>{TITLE}</h1><div id="UCAP-CONTENT">{BODY}</div></div>{FOOT}',
    "unknown site": f'<div class=q1><ul>{MENU}</ul></div><div class=q2><div class=q3><div class=q4>{TITLE}</div><div class=q5>{BODY}</div></div></div><div class=q6>云ICP备00000000号</div>',
    "side column": f"<table><tr><td><ul>{MENU}</ul><p>热点新闻</p><ul>{MENU * 2}</ul></td><td><h1>{TITLE}</h1>{BODY}</td></tr><tr><td colspan=2>版权所有：云溪市人民政府</td></tr></table>",
    "signature in an element of its own": f"<h2>{TITLE}</h2><div><div>{BODY.split('<p align')[0]}</div><div class=sign><p>{SIGNED[0]}</p><p>{SIGNED[1]}</p></div></div><div>上一篇：<a href=1>通知</a></div>",
    "fragment": f"<p align=center><b>{TITLE}</b></p>{BODY}",
    "frame of a form": f'<form id="aspnetForm"><div><input type=hidden value="云"><select><option>字号</select><div>{TITLE}</div>{BODY}</div></form>',
    "hidden parts": f'<div style="display: none">云溪市隐藏的内容，不应读出。</div><div><p style="text-align:center">{TITLE}</p>{BODY}<p hidden>隐藏。</p></div><script>var a="正文。";</script>',
    "title in the page's head": f'<head><meta name="ArticleTitle" content="{TITLE}"></head><body><ul>{MENU}</ul><div>{BODY}</div></body>',
    "title before the site's name": f"<head><title>{TITLE}_云溪市人民政府网站</title></head><body><div>{BODY}</div></body>",
    "breaks alone": f"<center>{TITLE}</center><br>{RECIPIENTS}<br>　　{LEAD}<br><br>　　{DUTY}<br>　　{LAST}<br><div align=right>{SIGNED[0]}<br>{SIGNED[1]}</div>",
    "line ends alone": f"<div align=center>{TITLE}\n</div>\n{RECIPIENTS}\n　　{LEAD}\n\n　　{DUTY}\n　　{LAST}\n　　　　　　　　{SIGNED[0]}\n　　　　　　　　{SIGNED[1]}\n",
    "a copy for telephones": f'<div class=pc><h1>{TITLE}</h1><div>{BODY}</div></div><div class=mobile><h1>{TITLE}</h1><div>{BODY}</div></div>{FOOT}',
    "breadcrumb, share, related": (
        f'<div class=crumb>当前位置：<a href=/>首页</a> &gt; <a href=/a>政务公开</a> &gt; 文件</div><h1>{TITLE}</h1><div>来源：市政府办 发布时间：2021-03-05 字号：大 中 小</div><div>{BODY}</div>'
        f"<div class=share>分享到：<a href=#>微信</a> <a href=#>微博</a></div><div><h3>相关链接</h3><ul>{MENU}</ul></div>{FOOT}"
    ),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_notice_without_its_site(page: str) -> None:
    assert_notice(document(page))


def test_a_hidden_text_is_read_where_the_page_shows_nothing_else() -> None:
    assert_notice(document(f'<div style="display:none" id=content><p>{TITLE}</p>{BODY}</div><p>正在加载</p>'))


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("gb2312", "gb18030"), ("gbk", "gbk"), ("gb2312", "utf-8"), ("utf-8", "gbk"), (None, "gbk"), (None, "utf-8-sig"), (None, "utf-16"), ("big5", "big5"), ("iso-8859-1", "gbk"), ("nonsense", "utf-8")],
)
def test_characters_in_any_set(declared: str | None, encoding: str) -> None:
    words = "關於加強燃氣安全的通知，請各單位落實。" * 5 if encoding == "big5" else f"{TITLE}，{LEAD}" * 5
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    assert words in read_bytes("页.htm", f"<html><head>{meta}</head><body><p>{words}</p></body></html>".encode(encoding)).text


def test_one_broken_character_leaves_the_others() -> None:
    data = f"<html><body><p>{TITLE}</p>{BODY}</body></html>".encode()
    place = data.index("燃气".encode())
    assert LAST in read_bytes("页.html", data[: place + 1] + data[place + 2 :]).text


HEAD_TABLES = [
    "<table><tr><td>索 引 号：</td><td>SL000/2021-0001</td><td>主题分类：</td><td>安全</td></tr><tr><td>发文机关：</td><td>云溪市人民政府</td><td>成文日期：</td><td>2021年03月01日</td></tr><tr><td>发文字号：</td><td>云政办〔2021〕3号</td><td>发布日期：</td><td>2021年03月05日</td></tr><tr><td>主 题 词：</td><td></td></tr></table>",
    "<table border=1><tr><td>索引号</td><td>SL000/2021-0001</td><td>文号</td><td>云政办〔2021〕3号</td></tr><tr><td>发布机构</td><td>云溪市人民政府</td><td>成文日期</td><td>2021-03-01</td></tr></table>",
    "<div><span>[ 索引号 ]</span><div>SL000/2021-0001</div><span>[ 发文字号 ]</span><div>云政办〔2021〕3号</div><span>[ 成文日期 ]</span><div>2021-03-01</div></div>",
    "<ul><li><b>索引号：</b>SL000/2021-0001</li><li><b>发文字号：</b>云政办〔2021〕3号</li><li><b>发布机构：</b>云溪市人民政府</li><li><b>发布日期：</b>2021-03-05</li></ul>",
]


@pytest.mark.parametrize("table", HEAD_TABLES)
def test_a_table_of_data_tells_the_number(table: str) -> None:
    found = document(f"<div>{table}</div><div><p align=center>{TITLE}</p><div>{BODY}</div></div>{FOOT}")
    assert_notice(found)
    assert found.head.document_number == "云政办〔2021〕3号"


def test_a_page_that_holds_an_attachment_alone() -> None:
    found = document(f"<div>{HEAD_TABLES[2]}</div><div><p>附件1</p><p align=center>云溪市燃气安全专项行动方案</p><p>{LEAD}</p><p>{DUTY}</p></div>")
    assert (found.head.title, found.head.document_number) == ("云溪市燃气安全专项行动方案", "云政办〔2021〕3号")


def rows(page: str) -> list[list[tuple[str, str]]]:
    found = document(page)
    return [[(cell.column, cell.span.of(found.text)) for cell in block.cells] for block in found.blocks if block.kind is BlockKind.ROW]


def test_merged_cells_fill_rows_and_columns() -> None:
    page = (
        "<table><tr><th>序号</th><th>重点任务</th><th colspan=2>责任单位</th></tr><tr><td rowspan=2>1</td><td rowspan='2'>建设监管平台</td><td>市数据局</td><td>市财政局</td></tr>"
        "<tr><td>市教育局</td><td>市民政局</td></tr><tr><td>2</td><td><p>开展业务</p><p>培训</p></td><td>市人社局<br>市总工会</td></tr></table>"
    )
    head = ["序号", "重点任务", "责任单位", "责任单位"]
    found = rows(page)
    assert [[cell for _, cell in row] for row in found[1:]] == [["1", "建设监管平台", "市数据局", "市财政局"], ["1", "建设监管平台", "市教育局", "市民政局"], ["2", "开展业务培训", "市人社局、市总工会", ""]]
    assert all([column for column, _ in row] == head for row in found[1:])


def test_heads_that_the_page_marks_may_have_blanks() -> None:
    found = rows("<table><thead><tr><td></td><td>服务对象</td><td>服务项目</td></tr></thead><tr><td>1</td><td>老年人</td><td>免费体检</td></tr><tr><td>2</td><td>儿童</td><td>疫苗接种</td></tr></table>")
    assert found[1] == [("", "1"), ("服务对象", "老年人"), ("服务项目", "免费体检")]


@pytest.mark.parametrize("span", ['colspan="99999" rowspan="99999"', 'rowspan="0"', 'colspan="x" rowspan="-1"', 'colspan=""'])
def test_spans_of_a_hostile_table_are_bounded(span: str) -> None:
    page = "<table><tr><td>序号</td><td>任务</td></tr>" + f"<tr><td {span}>1</td><td {span}>开展培训</td></tr>" * 300 + "</table>"
    assert "开展培训" in document(page).text


LISTS = [
    ("<ol><li>甲</li><li>乙</li></ol>", ["1.甲", "2.乙"]),
    ("<ol start=3><li>丙</li><li value=7>丁</li><li>戊</li></ol>", ["3.丙", "7.丁", "8.戊"]),
    ('<ol style="list-style-type:cjk-ideographic"><li>甲</li><li>乙</li></ol>', ["一、甲", "二、乙"]),
    ('<ol style="list-style-type: none"><li>甲</li></ol>', ["甲"]),
    ('<ol type=A><li>甲</li><li>乙</li></ol><ol type="i"><li>丙</li><li>丁</li></ol>', ["A.甲", "B.乙", "i.丙", "ii.丁"]),
    ('<ol class="custom_cn2 list-paddingleft-1"><li class="list-cn-3-1"><p>甲</p></li><li><p>乙</p></li></ol>', ["（一）甲", "（二）乙"]),
    ("<ol reversed><li>甲</li><li>乙</li></ol>", ["2.甲", "1.乙"]),
    ("<ol><li>1.甲</li><li>（二）乙</li></ol>", ["1.甲", "（二）乙"]),
    ("<ol><li>甲<ol><li>子</li></ol></li><li><p>乙</p><p>续</p></li></ol>", ["1.甲", "1.子", "2.乙", "续"]),
    ("<ul><li>甲</li><li>乙</li></ul>", ["甲", "乙"]),
]


@pytest.mark.parametrize(("page", "expected"), LISTS)
def test_lists_keep_the_numbers_that_a_browser_draws(page: str, expected: list[str]) -> None:
    assert lines(page) == expected


@pytest.mark.parametrize(("number", "printed"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"), (110, "一百一十"), (305, "三百〇五")])
def test_chinese_numbers(number: int, printed: str) -> None:
    assert html_lists.chinese(number) == printed


WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><div class=Section1><p class=MsoNormal align=center style='text-align:center'><b><span>云溪市数据工作\r\n方案<o:p></o:p></span></b></p>"
    "<p class=MsoNormal style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>1.<span style='font:7.0pt'>&nbsp;&nbsp; </span></span></span><![endif]><span>开展\r\n隐患排查，推行 HACCP\r\ncertification 认证。</span></p>"
    "<p class=MsoNormal>保留<del>删除</del><ins>插入</ins>。</p><div style='mso-element:comment-list'><p>批注内容</p></div><p class=MsoNormal><ruby>云<rt>yún</rt></ruby>溪。</p></div></body></html>"
)


def test_pages_that_word_wrote() -> None:
    found = document(WORD)
    assert found.text.split("\n") == ["云溪市数据工作方案", "1. 开展隐患排查，推行 HACCP certification 认证。", "保留插入。", "云溪。"]


def test_printed_lines_are_joined() -> None:
    text = "要按照市委、市政府部署要求，全面开展燃气安全隐患排查整治工作，建立问题清单和整改台账，逐项明确整改时限和责任单位，确保按期完成整改任务，" * 6
    page = "<p>一、" + "<br>".join(text[i : i + 38] for i in range(0, len(text), 38)) + "。</p>"
    assert document(page).text.count("\n") == 0


def test_source_line_ends_are_blanks() -> None:
    assert lines("<p>要加强\n  安全 生产\n监管 of\n work</p>") == ["要加强安全 生产监管 of work"]


def test_a_short_page_names_the_file_that_holds_the_text() -> None:
    found = document(f'<ul>{MENU}</ul><div><h1>{TITLE}</h1><p>全文见附件，请各单位认真落实。</p><p>附件：<a href="./P0001.pdf">云溪市燃气安全方案.pdf</a></p></div>{FOOT}')
    assert any("云溪市燃气安全方案.pdf" in warning for warning in found.warnings)
    assert not document(f"<h1>{TITLE}</h1>{BODY}").warnings


FILES = "<p><a href='a.xls'>附件1：任务分工表.xlsx</a></p><p><a href='b.doc'>附件2：工作方案.docx</a></p>"


@pytest.mark.parametrize("note", ["", "<p>附件：1.任务分工表</p><p>2.工作方案</p>"])
def test_files_listed_under_the_notice_are_its_attachments(note: str) -> None:
    found = document(f"<h1>{TITLE}</h1>{BODY.replace('<p align', note + '<p align', 1)}{FILES}{FOOT}")
    assert found.head.attachments == ("任务分工表", "工作方案")
    assert not found.warnings


@pytest.mark.parametrize(
    "shown",
    ['<iframe src="/web/viewer.html?file=/2021/方案.pdf"></iframe>', '<embed src="方案.pdf">', '<p>附件：<a href="/download.jsp?id=3&amp;filename=方案.pdf">查看</a></p>', '<p><a href="x" title="方案.pdf">查看全文</a></p>'],
)
def test_the_file_that_a_page_only_shows_is_named(shown: str) -> None:
    assert len(document(f"<h1>{TITLE}</h1><div>{shown}</div>{FOOT}").warnings) == 1


EMPTY = [
    ("<html><body><script>load()</script><div id=app></div></body></html>", "scripts"),
    ("<html><frameset><frame src='main.html'></frameset></html>", "main.html"),
    ("<html><body><img src=1.jpg></body></html>", "pictures"),
    ("<html></html>", "no text"),
    ("<!DOCTYPE html>", "no text"),
]


@pytest.mark.parametrize(("page", "words"), EMPTY)
def test_a_page_without_text_says_why(page: str, words: str) -> None:
    with pytest.raises(IngestError, match=words):
        document(page)


HOSTILE = {
    "nested": "<div>" * 300_000 + "云溪市要开展排查。" + "</div>" * 300_000,
    "nested fonts": "<p>云溪市要开展排查。" + "<font><b><span>" * 200_000 + "市教育局要落实。",
    "nested tables": "<table><tr><td>" * 1500 + "云溪市要开展排查。",
    "nested cells": "<table><tr><td>甲<td>" * 700 + "云溪市要开展排查。",
    "nested lists": "<ol><li>" * 900 + "云溪市要开展排查。",
    "nested links": "<a href=x.pdf>" * 2000 + "云溪市要开展排查。",
    "blanks": "<p>云溪市要开展排查。" + " " * 300_000 + "\n" + "\u3000" * 100_000 + "</p>",
    "open tag": "<p>云溪市要开展排查。</p><" + "a" * 300_000,
    "many attributes": "<p>云溪市要开展排查。</p><p " + " a=b" * 50_000 + ">末段。</p>",
    "entities": '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><html><body><p>云溪市要开展排查。&b;&c;</p></body></html>',
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_give_their_words(page: str) -> None:
    found = document(page)
    assert "云溪市要开展排查。" in found.text
    assert "root:" not in found.text


def test_deep_pages_say_what_is_lost() -> None:
    assert any("nested" in warning for warning in document(HOSTILE["nested"]).warnings)


def test_xhtml_with_empty_elements_is_read_whole() -> None:
    page = f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "xhtml1-strict.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a.js"/></head><body><p>{TITLE}</p>{BODY.replace("align=right", "")}<p>其他&nbsp;&mdash;</p></body></html>'
    assert DUTY in document(page, "页.xhtml").text


def test_an_unknown_xml_file_is_no_page() -> None:
    with pytest.raises(IngestError, match="XML"):
        read_bytes("表.xml", b'<?xml version="1.0"?><root><a/></root>')


def mhtml(page: str, encoding: str = "quoted-printable") -> bytes:
    """A page saved by a browser, with a frame and a picture."""
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    message = MIMEMultipart("related", type="text/html")
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://www.yunxi.example/a/1.html"
    message.attach(MIMEText("<html><body>广告</body></html>", "html", "utf-8"))
    message.attach(MIMEText(page, "html", "gbk" if encoding == "gbk" else "utf-8"))
    return message.as_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_pages_saved_as_one_file(encoding: str) -> None:
    found = read_bytes("页.mht", mhtml(f"<html><body><p>{TITLE}</p>{BODY}</body></html>", encoding))
    assert_notice(found)
    assert found.format == "html"


@pytest.mark.parametrize("data", [b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n", b"Content-Type: text/html\r\n\r\n", b"From: a\nContent-Type: multipart/related; boundary=\"\xff\xfe\"\n\n--"])
def test_a_damaged_saved_page_is_refused(data: bytes) -> None:
    with pytest.raises(IngestError):
        read_bytes("页.mht", data)


def test_text_with_stray_tags_stays_text() -> None:
    assert read_bytes("通知.md", f"# {TITLE}\n\n<br>{LEAD}<br>{DUTY}\n".encode()).format == "markdown"


TAGS = st.sampled_from(["<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td colspan=2>", "<td rowspan=3>", "</table>", "<br>", "<ol>", "<li>", "<a href='a.pdf'>", "</a>", "<nav>", "<h1>", "<!--", "-->", "<b>", "&nbsp;", "云溪市要开展排查。", "附件：", "\n　　", "<pre>"])


@settings(max_examples=150, deadline=None)
@given(st.lists(TAGS, max_size=40))
def test_any_mixture_of_tags_is_read_or_refused(parts: list[str]) -> None:
    try:
        found = document("<html><body>" + "".join(parts))
    except IngestError:
        return
    assert all(block.span.of(found.text).strip() for block in found.blocks)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for name, head in (("页.html", b"<html>"), ("页.mht", b"Content-Type: multipart/related; boundary=a\r\n\r\n--a\r\nContent-Type: text/html\r\n\r\n")):
        try:
            found = read_bytes(name, head + data)
        except IngestError:
            continue
        assert found.text.strip()
