"""Printed lines joined to paragraphs, over page breaks and inside words where the file cut them.

DOCX and PDF tell where a paragraph ends. Plain text does not: either each line is a paragraph, save where a page ended,
or each printed line is a line of the file, with or without blank lines between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.dates import DATE
from ingest.lines import Line, Paragraph, append, as_paragraph
from ingest.normalize import seam, squeeze
from ingest.numbering import Marker, find_marker

_TERMINATED = re.compile(r"[。！？；：!?;:…][”’」』）)\"]{0,2}$")
_OPEN_END = re.compile(r"[，、,（(《“‘〔—和与及]$")
_LABEL = re.compile(
    r"^(?:责任(?:单位|部门|人|领导)|牵头(?:单位|部门|领导)|配合(?:单位|部门)|完成(?:时间|时限)|时间(?:安排|节点)|时限|主办|督办|承办|抄送|抄报|主送|分送|印发|联系(?:人|电话|方式)"
    r"|主题词|信息公开|附件|附[:：]|备注|注[:：]|签发人|专栏)"
)
_BRACKETED_END = re.compile(r"[（(][^（()）]{2,300}[)）]$")
_DATE_LINE = re.compile(rf"^（?{DATE}）?$|{DATE}印[发制]$")
_OWN_LINE = re.compile(rf"^(?:（?{DATE}）?|附件\d{{0,2}}[：:]?|目录)$")  # lines of their own, wherever they stand
_ALONE = re.compile(rf"{_OWN_LINE.pattern}|^抄送[：:]|^.{{0,40}}{DATE}印[发制]$")
_ARTICLE = re.compile(r"\s*第[一二三四五六七八九十百零〇\d]{1,5}[条章](?:\s|　)")
_PAIRS = {"（": "）", "(": ")", "《": "》", "“": "”", "〔": "〕"}
_TYPE_END = re.compile(r"(?:通知|意见|方案|办法|决定|通告|公告|函|批复|规定|细则|条例|规划|计划|要点|措施|通报|报告|请示|纪要)(?:[（(〔].{1,20}[)）〕])?$")
STANDARD_LINE = 28  # characters in a line of GB/T 9704-2012; a heading this wide may go on in the next line


def width(text: str) -> float:
    """The printed width in Chinese characters: letters and figures take half of one."""
    return sum(0.5 if c.isascii() and c.isalnum() else (0.25 if c == " " else 1.0) for c in text)


def wrap_width(lines: Sequence[Line]) -> float | None:
    """The width at which the file's lines are wrapped, None where a line is a paragraph."""
    texts = [line.text for line in lines if not line.cells and width(line.text) >= 15]
    if len(texts) < 8:
        return None
    longest = sorted(width(text) for text in texts)[int(len(texts) * 0.93)]
    full = [text for text in texts if longest - 3.5 <= width(text) <= longest + 3.5]
    cut = sum(not _TERMINATED.search(text) for text in full)
    return longest if longest <= 60 and len(full) >= 0.45 * len(texts) and cut >= 0.5 * len(full) else None


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """The lines of a file in which each printed line was made a paragraph (converted, pasted): the words tell where one ends.

    Where nearly every line is indented, that says nothing either.
    """
    wrapped = wrap_width(lines)
    flowing = [line for line in lines if not line.cells]
    if wrapped is None:
        return list(lines)
    cut = [line for line in flowing if abs(width(line.text) - wrapped) <= 3.5 and not _TERMINATED.search(line.text)]
    if sum(line.ends_paragraph is False for line in cut) > 0.5 * len(cut):
        return list(lines)  # the format knows
    told = sum(line.indented for line in flowing) < 0.8 * len(flowing)
    return [line if line.cells or line.letterhead else replace(line, ends_paragraph=None, indented=line.indented and told) for line in lines]


def _unclosed(text: str) -> bool:
    """Whether the end of `text` stands inside brackets or quotes."""
    tail = text[-120:]
    return any(tail.count(left) > tail.count(right) and tail.rfind(left) > tail.rfind(right) for left, right in _PAIRS.items())


def starts_anew(line: Line) -> bool:
    """Whether a line can only begin a paragraph: a number, a label, a date of its own, a mark of the format."""
    if line.cells or line.heading is not None or line.indented:
        return True
    word = squeeze(line.text).text
    return find_marker(line.text) is not None or _LABEL.match(word) is not None or _DATE_LINE.search(word) is not None


def _opens_article(before: str, text: str) -> bool:
    """Whether a line opens an article (第二十七条 …) behind a full stop: the format's measure errs at the head of a page."""
    return _ARTICLE.match(text) is not None and _TERMINATED.search(before.rstrip()) is not None


class _Joiner:
    """Decides for lines of a text whose format does not tell where paragraphs end."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.wrapped = wrap_width(lines)
        self.markers: list[Marker | None] = [None if line.cells else find_marker(line.text) for line in lines]

    def goes_on(self, text: str, first: int, index: int) -> bool:
        """Whether line `index` carries on the paragraph `text`, whose first line is `first`."""
        line = self.lines[index]
        if starts_anew(line) or _OWN_LINE.match(squeeze(line.text).text) or squeeze(text).text in ("附件", "目录"):
            return False
        if self.wrapped is not None:
            return self._goes_on_wrapped(text, index)
        if _TERMINATED.search(text):
            return False
        if _OPEN_END.search(text) or _unclosed(text):
            return True
        if self.lines[first].heading in range(1, 7) and not self._wraps(text, line):
            return False
        if _BRACKETED_END.search(text) and (re.search(r"[。；][^。；]*$", text) or "责任" in text[-80:] or "牵头" in text[-80:]):
            return not re.search(r"[。；，][（(][^（()）]*[)）]$|(?:责任|牵头|负责|配合|单位)[^（()）]*[)）]$", text)
        if _TYPE_END.search(text) and not re.search("[。；]", text):
            return False
        if re.search("[。；]", text):
            return True
        if self.markers[first] is not None:
            return self._cut_item(text, first, index)
        return width(text) >= 45 or ("，" in text and width(text) >= 24 and bool(re.search("[。；]", line.text)))

    def _goes_on_wrapped(self, text: str, index: int) -> bool:
        """In a file of printed lines a paragraph goes on behind a line that fills the width."""
        before, full = self.lines[index - 1].text, self.wrapped or 0
        if (_TYPE_END.search(before) and index < 8) or (before[-1] in "：:" and "。" not in text and index < 16):
            return False
        slack = 6 if re.search(r"[A-Za-z]{2}", before + self.lines[index].text[:12]) else 3.5  # Latin words are not broken
        return width(before) >= full - slack or (_OPEN_END.search(before) is not None and width(before) > 0.6 * full)

    def _cut_item(self, text: str, first: int, index: int) -> bool:
        """Whether a numbered paragraph without a full stop is cut (its like end with one) or a heading wrapped."""
        marker, line = self.markers[first], self.lines[index]
        like = [i for i, other in enumerate(self.markers) if other and marker and other.kind == marker.kind and i != first]
        near = sorted(like, key=lambda i: abs(i - first))[:6]
        ended = sum(bool(_TERMINATED.search(self.lines[i].text)) for i in near)
        if near and ended >= 0.6 * len(near) and width(text) >= 15:
            return True
        return self._wraps(text, line) or width(text) >= 45

    @staticmethod
    def _wraps(text: str, line: Line) -> bool:
        """Whether a heading fills its line, so that the short line after it is its second."""
        fills_line = STANDARD_LINE - 3 <= width(text) + 2 <= STANDARD_LINE + 1.5
        return fills_line and width(line.text) <= 20 and not re.search("[。；：，]", line.text)


def join_lines(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs that the lines make."""
    joiner = _Joiner(lines)
    paragraphs: list[Paragraph] = []
    first = 0
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        if before is None or line.cells or before.cells:
            joins = False
        elif before.ends_paragraph is not None:
            joins = not before.ends_paragraph and not _opens_article(before.text, line.text) and not _ALONE.match(squeeze(line.text).text) and not _OWN_LINE.match(squeeze(before.text).text)
        else:
            joins = joiner.goes_on(paragraphs[-1].text, first, i)
        if joins:
            paragraphs[-1] = append(paragraphs[-1], as_paragraph(line), seam(paragraphs[-1].text, line.text))
        else:
            first = i
            paragraphs.append(as_paragraph(line))
    return paragraphs


def mend_cuts(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Paragraphs that a format ended inside a sentence (files converted page by page) made whole, in a file that closes its paragraphs."""
    long = [p.text for p in paragraphs if not p.cells and width(p.text) >= 2 * STANDARD_LINE]
    if len(long) < 5 or sum(_TERMINATED.search(text) is not None for text in long) < 0.6 * len(long):
        return list(paragraphs)
    mended: list[Paragraph] = []
    for paragraph in paragraphs:
        if mended and _is_cut(mended[-1], paragraph):
            mended[-1] = append(mended[-1], paragraph, seam(mended[-1].text, paragraph.text))
        else:
            mended.append(paragraph)
    return mended


def _is_cut(before: Paragraph, after: Paragraph) -> bool:
    """Whether a sentence that the first paragraph leaves open goes on in the second."""
    text = before.text
    if before.cells or after.cells or width(text) < STANDARD_LINE or not re.search("[，。；]", text) or not re.search("[，。；]", after.text):
        return False
    if _TERMINATED.search(text) or re.search(r"[）)》】\d]$", text) or before.heading is not None or before.centred or before.bold != after.bold:
        return False
    return not (after.centred or after.heading is not None or find_marker(after.text) or _LABEL.match(squeeze(after.text).text) or _ALONE.match(squeeze(after.text).text))
