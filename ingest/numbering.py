"""Numbers of items (层次序数): 第一章, 一、, （一）, 1., （1）, ①, 一是."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CN = "一二三四五六七八九十百〇零"
# In the order of the usual ladder, outermost first; a notice's own order of use overrides it.
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第([{_CN}]{{1,4}})(?:编|部分)(?:[：:、]|(?=\s|\S))")),
    ("chapter", re.compile(rf"第([{_CN}\d]{{1,4}})章(?![程节])")),
    ("section", re.compile(rf"第([{_CN}\d]{{1,4}})节(?![能目约])")),
    ("article", re.compile(rf"第([{_CN}\d]{{1,5}})条(?![第款规、，的])")),
    ("cn", re.compile(rf"([{_CN}]{{1,4}})(?:[、．]|\.(?!\d))")),
    ("cn_paren", re.compile(rf"[（(]\s*([{_CN}]{{1,4}})\s*[）)][、．.]?")),
    ("decimal3", re.compile(r"(\d{1,2}[.．]\d{1,2}[.．]\d{1,2})(?=[\s\u4e00-\u9fff])(?![万亿个家元倍项户年月日号])")),
    ("decimal2", re.compile(r"(\d{1,2}[.．]\d{1,2})(?=\s+[\u4e00-\u9fff]|[\u4e00-\u9fff])(?![万亿千百个家元倍项户年月日号吨米度亩公平级分类版])")),
    ("num", re.compile(r"(\d{1,3})(?:[．、]|\.(?=(?:19|20)\d{2}年)|\.(?!\d))\s*")),
    ("num_paren", re.compile(r"[（(]\s*(\d{1,3})\s*[）)][、．.]?")),
    ("num_half", re.compile(r"(\d{1,2})[）)]")),
    ("circled", re.compile(r"([①-⑳㉑-㉟❶-❿])")),
    ("counted", re.compile(r"([一二三四五六七八九十])(?:是|要)(?=[^否])")),
)
LADDER = {kind: rank for rank, (kind, _) in enumerate(KINDS)}
_VALUES = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}


@dataclass(frozen=True, slots=True)
class Marker:
    """The number at the head of a paragraph: its kind, as printed, where its text begins, its ordinal."""

    kind: str
    printed: str
    end: int
    ordinal: int


def numeral_value(numeral: str) -> int:
    """The value of a numeral of an item; of 2.3 the last part."""
    last = re.split(r"[.．]", numeral)[-1]
    if last.isascii() and last.isdigit():
        return int(last)
    if len(last) == 1 and "①" <= last <= "⑳":
        return ord(last) - ord("①") + 1
    total = digit = 0
    for char in last:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _VALUES.get(char, 0)
    return total + digit


def find_marker(text: str) -> Marker | None:
    """The number that `text` begins with.

    >>> find_marker("（二）加强领导").kind
    'cn_paren'
    >>> find_marker("2.5万元") is None
    True
    """
    for kind, regex in KINDS:
        if match := regex.match(text):
            end = match.end()
            while end < len(text) and text[end] == " ":
                end += 1
            return Marker(kind, match[0].strip(), end, numeral_value(match[1]))
    return None
