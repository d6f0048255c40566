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
    ("roman", re.compile(r"([Ⅰ-Ⅻ]{1,2}|[IVX]{1,4})(?:[．、]|\.(?!\d))\s*(?=[\u4e00-\u9fff])")),
    ("cn", re.compile(rf"([{_CN}]{{1,4}})(?:[、．]|\.(?!\d))")),
    ("cn_paren", re.compile(rf"[（(]\s*([{_CN}]{{1,4}})\s*[）)][、．.]?")),
    ("task", re.compile(rf"(?:任务|行动|工程|步骤|措施|举措|环节|阶段)\s?(\d{{1,2}}|[{_CN}]{{1,3}})[：:、]\s*")),
    ("decimal3", re.compile(r"(\d{1,2}[.．]\d{1,2}[.．]\d{1,2})(?=[\s\u4e00-\u9fff])(?![万亿个家元倍项户年月日号])")),
    ("decimal2", re.compile(r"(\d{1,2}[.．]\d{1,2})(?=\s+[\u4e00-\u9fffⅠ-Ⅻ]|[\u4e00-\u9fffⅠ-Ⅻ])(?![万亿千百个家元倍项户年月日号吨米度亩公平级分类版])")),
    ("num", re.compile(r"(\d{1,3})(?:[．、]|\.(?=(?:19|20)\d{2}年)|\.(?!\d))\s*")),
    ("num_paren", re.compile(r"[（(]\s*(\d{1,3})\s*[）)][、．.]?")),
    ("num_half", re.compile(r"(\d{1,2})[）)]")),
    ("letter", re.compile(r"([A-Z])[．.、]\s*(?=[\u4e00-\u9fff])")),
    ("letter_half", re.compile(r"[（(]?([a-z])[）)．.、]\s*(?=[\u4e00-\u9fff])")),
    ("circled", re.compile(r"([①-⑳㉑-㉟❶-❿])")),
    ("counted", re.compile(r"([一二三四五六七八九十])(?:是|要)(?=[^否])")),
)
# Bare figures (1 总则) are numbers only where 1.1 stands under them, see `bare_figure`.
_BARE = re.compile(r"(\d{1,2})\s?(?=[\u4e00-\u9fff]{2,20}$)")
LADDER = {kind: float(rank) for rank, (kind, _) in enumerate(KINDS)}
LADDER |= {"decimal1": LADDER["decimal3"] - 0.6, "decimal2": LADDER["decimal3"] - 0.3}
_ROMAN = {"I": 1, "V": 5, "X": 10}
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
    if last.isascii() and last.isalpha():
        return _latin_value(last)
    if "Ⅰ" <= last[:1] <= "Ⅻ":
        return sum(ord(char) - ord("Ⅰ") + 1 for char in last)
    total = digit = 0
    for char in last:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _VALUES.get(char, 0)
    return total + digit


def _latin_value(letters: str) -> int:
    """The value of a Roman numeral, else the place of a letter in the alphabet."""
    if not set(letters) <= set(_ROMAN):
        return ord(letters[0].lower()) - ord("a") + 1
    values = [_ROMAN[char] for char in letters]
    return sum(-value if value < max(values[i:]) else value for i, value in enumerate(values))


def bare_figure(text: str, following: str) -> Marker | None:
    """The number of a heading 1 总则 over 1.1 编制目的, which begins the paragraph behind it or the one after that."""
    found = _BARE.match(text)
    if found is None or not re.match(rf"{found[1]}\.1(?!\d)", following):
        return None
    return Marker("decimal1", found[1], found.end(), int(found[1]))


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
