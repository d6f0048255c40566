"""What a web page puts around a notice (导航, 信息公开目录, 页脚): its data kept as lines of the head, the rest left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.dates import DATE
from ingest.lines import Line
from ingest.normalize import squeeze
from ingest.part_forms import ATTACHED, NUMBER_LINE, is_recipients
from ingest.titles import ends_as_title, is_organ

HEAD_LINES = 80  # a page's navigation and table of data end before this line
_KEPT = "发文字号|文号|发文文号|发文机关|发文单位|制发机关|发布机构|发布单位|发布机关|成文日期|发文日期|生成日期|印发日期|制发日期"
_LEFT = (
    "索引号|索取号|信息索引|统一编号|主题分类|体裁分类|组配分类|服务对象分类|公文种类|信息分类|分类|类别|发布日期|发布时间|公开日期|公开方式|公开时限|公开范围|公开形式|有效性|时效性|效力状态|是否有效|生效日期|废止日期|失效日期"
    "|标题|名称|信息名称|文件名称|主题词|关键词|关键字|内容概述|信息来源|来源|文章来源|浏览次数|访问量|点击数|阅读次数|浏览量|点击量|责任编辑|编辑|作者|关联稿件|相关文档|语言|字体|字号|区域分类|公文时效"
)
_LABEL = re.compile(rf"^[〔【]?({_KEPT}|{_LEFT})[〕】]?(?:：(.*)|(?<=[〕】])(.*)|)$")
_LABELS = re.compile(rf"[〔【]?(?:{_KEPT}|{_LEFT})(?:[〕】]：?|：)")
_IS_KEPT = re.compile(rf"^[〔【]?(?:{_KEPT})[〕】]?(?:：|(?<=〕)|$|(?=\s))")
_NAVIGATION = re.compile(
    r"当前(?:所在)?的?位置|^首页|^网站首页|^(?:中国)?政府网|无障碍|关怀版|长者专区|^登录|^热搜|网站支持IPv6|请输入关键|^大中小$|字体：|字号：|浏览次数|访问量|^打印|^分享|^收藏|^【.{0,6}(?:打印|关闭|字体)|>>|\S>\S+>\S|信息公开目录$|^简体?繁体?|^(?:政务公开|政务服务|互动交流|政民互动|办事服务|走进.{2,4}|数据开放|解读回应)$"
)
_FOOT = re.compile(
    r"^扫一扫|扫码|^分享|^〔?【?(?:复制)?打印|^〔?【?关闭|返回顶部|^上一篇|^下一篇|^上一条|^下一条|^(?:相关|附件|文件|文档)(?:链接|文章|解读|稿件|新闻|政策|下载|文档)|网站地图|版权所有|版权声明|ICP备|公网安备|网站标识码|^您访问的链接|友情链接|^主办(?:单位)?：.{2,30}(?:承办|技术支持|协办)|^[^。]{0,80}打印关闭|^收藏本页|^(?!附件|\d{1,2}[.．、])[^。]{4,80}\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar)(?:打印.{0,12})?$|^【?纠错|^(?:中国|国务院)政府网"
)
_PROSE = re.compile(r"。|；$")


def _is_page(words: Sequence[str]) -> bool:
    """Whether the text was taken off a web page: navigation or a table of data before it, a site's foot behind it."""
    head = [word for word in words[:HEAD_LINES] if len(word) <= 60]
    labels = sum(_LABEL.match(word) is not None for word in head)
    return labels >= 3 or any(_NAVIGATION.search(word) for word in head[:30]) or any(_FOOT.search(word) for word in words[len(words) // 3 :])


def _parted(line: Line) -> list[Line]:
    """A line that holds several labelled values, each made a line; a row of such a table too."""
    text = " ".join(line.cells) if line.cells else line.text
    starts = [match.start() for match in _LABELS.finditer(text)]
    if len(starts) < 2 or len(text) > 300 or starts[0] > 4:
        return [line]
    edges = [0, *starts[1:], len(text)]
    return [replace(line, text=text[a:b].strip(), cells=(), columns=()) for a, b in zip(edges, edges[1:], strict=False)]


def _is_value(lines: Sequence[Line], i: int) -> bool:
    """Whether line `i` is the value of the label above it, and not the notice's first line behind a label left empty."""
    word, after = (squeeze(line.text).text if line else "" for line in (lines[i] if i < len(lines) else None, lines[i + 1] if i + 1 < len(lines) else None))
    if not word or lines[i].centred or lines[i].heading is not None or len(word) > 80 or _LABEL.match(word) or is_recipients(word) or _PROSE.search(word):
        return False
    return len(word) <= 12 or _LABEL.match(after) is not None or _NAVIGATION.search(after) is not None or NUMBER_LINE.match(word) is not None


def labelled_value(label: str, value: str) -> str:
    """A line of a page's data made of a label and its value."""
    mark = "" if label.endswith(("：", ":")) else " " if label.endswith(("]", "】", "〕")) else "："
    return f"{label}{mark}{value}"


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Labels joined with the value that stands on the line below."""
    joined: list[Line] = []
    i = 0
    while i < len(lines):
        line = lines[i]
        word = squeeze(line.text).text
        label = None if line.cells else _LABEL.match(word)
        if label and not (label[2] or label[3]) and _is_value(lines, i + 1):
            joined.append(replace(line, text=labelled_value(line.text, lines[i + 1].text)))
            i += 1
        else:
            joined.append(line)
        i += 1
    return joined


def _head_end(words: Sequence[str]) -> int:
    """Behind the last line of navigation or data that stands before the first sentence."""
    prose = next((i for i, word in enumerate(words) if (len(word) > 40 and _PROSE.search(word)) or is_recipients(word)), len(words))
    region = range(min(prose, HEAD_LINES))
    return max((i + 1 for i in region if _LABEL.match(words[i]) or _NAVIGATION.search(words[i])), default=0)


def is_label(word: str) -> bool:
    """Whether a squeezed text is the name of a field of a page's data, its value not with it (索引号, 发文机关：)."""
    label = _LABEL.match(word)
    return label is not None and not (label[2] or label[3])


def is_foot(word: str) -> bool:
    """Whether a squeezed line is of a site's foot."""
    return _FOOT.search(word) is not None


def kept_in_head(word: str, rest: Sequence[str]) -> bool:
    """Whether a line before the notice is of use: its number, date or organ, or the title where it does not come again."""
    if _LABEL.match(word):
        return _IS_KEPT.match(word) is not None
    if _NAVIGATION.search(word) or len(word) < 6:
        return False
    return NUMBER_LINE.match(word) is not None or (ends_as_title(word, strict=True) and not any(word[-12:] in other for other in rest))


def _foot_start(words: Sequence[str]) -> int:
    """Where the site's foot begins, behind the last sentence, row or signature of the notice."""
    last = len(words)
    while last > 0 and not ((len(words[last - 1]) >= 25 and _PROSE.search(words[last - 1]) and not _FOOT.search(words[last - 1])) or re.search(rf"^（?{DATE}）?$|^（此件", words[last - 1])):
        last -= 1
    return next((i for i in range(last, len(words)) if _FOOT.search(words[i])), len(words))


def strip_page(lines: Sequence[Line]) -> list[Line]:
    """The lines of a notice without those of the page around it; a text that is no page stays as it is."""
    if not _is_page([squeeze(line.text).text for line in lines]):
        return _attached_first(lines)
    head = _joined([part for line in lines[:HEAD_LINES] for part in _parted(line)])
    lines = [*head, *lines[HEAD_LINES:]]
    words = ["" if line.cells else squeeze(line.text).text for line in lines]
    start, end = _head_end(words), _foot_start(words)
    following = words[start : start + 12]
    kept = [line for line, word in zip(lines[:start], words, strict=False) if kept_in_head(word, following) or (is_organ(word) and start < 4)]
    return _attached_first([*kept, *lines[start : max(start, end)]] or lines)


def _attached_first(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page that holds an attachment alone, its mark (附件1) before the page's data."""
    first = next((i for i, line in enumerate(lines[:HEAD_LINES]) if line.cells or not _LABEL.match(squeeze(line.text).text)), 0)
    alone = first > 0 and ATTACHED.match(squeeze(lines[first].text).text)
    return [lines[first], *lines[:first], *lines[first + 1 :]] if alone else list(lines)
