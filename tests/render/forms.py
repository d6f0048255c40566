"""A master rendered into every form that a notice comes in."""

from __future__ import annotations

import html
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from corpus.build import CENTERED, RIGHT, build_docx, build_pdf, read_lines

Form = Callable[[Path], bytes]

_NAVIGATION = "首页 政务公开 政务服务 互动交流 走进示例"
_DATA = (("索引号", "SL000-00-2020-0001"), ("主题分类", "综合政务"), ("公开方式", "主动公开"))


def build_txt(master: Path) -> bytes:
    """Plain text: a paragraph a line, indented as printed, cells between tabs."""
    lines = []
    for kind, text in read_lines(master):
        if kind == "row":
            lines.append("\t".join(text.split("|")))
        elif kind in RIGHT:
            lines.append("\u3000" * 18 + text)
        else:
            lines.append(("" if kind else "\u3000\u3000") + text)
    return ("\n".join(lines) + "\n").encode()


def build_html(master: Path) -> bytes:
    """A saved page of a site: navigation, a table of data, the notice, the site's foot."""
    parts = []
    for is_table, group in groupby(read_lines(master), key=lambda line: line[0] == "row"):
        if is_table:
            rows = ("".join(f"<td><p>{html.escape(cell)}</p></td>" for cell in text.split("|")) for _, text in group)
            parts.append('<table border="1" width="100%">' + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
            continue
        for kind, text in group:
            align = "center" if kind in CENTERED else "right" if kind in RIGHT else "justify"
            indent = "" if kind else "text-indent:2em;"
            parts.append(f'<p style="text-align:{align};{indent}"><span style="font-size:16pt">{html.escape(text)}</span></p>')
    data = "".join(f"<tr><td>{name}：</td><td>{value}</td></tr>" for name, value in _DATA)
    menu = "".join(f'<li><a href="/{i}/">{word}</a></li>' for i, word in enumerate(_NAVIGATION.split()))
    page = f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>示例市人民政府门户网站</title>
<style>p {{ margin: 0 }}</style><script>var a = "<p>不是正文</p>";</script></head><body>
<div class="header"><div class="logo">示例市人民政府门户网站</div><ul class="nav">{menu}</ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 文件</div>
<table class="headinfo">{data}</table>
<div class="article"><div id="content">{"".join(parts)}</div></div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a> 【打印】【关闭】</div>
<div class="footer"><p>主办：示例市人民政府办公室　承办：示例市大数据中心</p><p>示例ICP备00000000号　网站标识码：0000000000</p></div></body></html>"""
    return page.encode()


def build_ofd(master: Path) -> bytes:
    """OFD with the characters and rules of the printed pages."""
    from tests.render.ofd import ofd_from_pdf

    return ofd_from_pdf(build_pdf(master))


def build_scan(master: Path) -> bytes:
    """The printed pages as pictures of 200 dots to the inch, without a text layer."""
    from tests.render.scan import scan_from_pdf

    return scan_from_pdf(build_pdf(master), dpi=200)


CLEAN: dict[str, Form] = {"txt": build_txt, "docx": build_docx, "pdf": build_pdf, "ofd": build_ofd, "html": build_html}
"""Forms whose characters are certain."""
SCAN: dict[str, Form] = {"scan.pdf": build_scan}
