"""Clean text: what a reader of the printed notice sees, without what converters and justification left in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.glyphs import find_repairs, mend
from ingest.lines import Line

_BLANK = re.compile("[\u0009\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls, formats (zero-width ones too), private and half characters, separators of lines: nothing that is printed.
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufeff\ufff9-\ufffb\U000e0000-\U0010ffff]")
_IDEOGRAPH = "\u3400-\u4dbf\u4e00-\u9fff〇○"
_CJK_MARK = "，。；：？！、（）“”‘’《》〈〉〔〕【】「」『』…—～·"
_WIDE = f"[{_IDEOGRAPH}{_CJK_MARK}]"
_GAP = re.compile(r"(?<=\S) +(?=\S)")
_KEEP_AFTER = re.compile(  # a blank that separates: organs in a row, a number and its text, persons in a contact line
    r"(?:[委府厅局室部院会办处署团站所]|第[一二三四五六七八九十百〇零\d]+(?:[章节条款项编]|部分)|^[一二三四五六七八九十]+、|[）)]$|附件|联系人.*|联系方式.*|签发人.*)$"
)
_HALF_MARK = ",;:!?()\""
_NUMBER_LINE = re.compile(r"^[—–\-－─―·•\s]*[—–\-－─―·•]\s*\d{1,4}\s*[—–\-－─―·•]+\s*$|^第\s*\d{1,4}\s*页(\s*[，,/]?\s*共\s*\d{1,4}\s*页)?$|^\d{1,3}\s*/\s*\d{1,3}$")
_BARE_NUMBER = re.compile(r"^\d{1,3}$")


def _gap(text: str, start: int, end: int) -> str:
    """What becomes of the blanks between `start` and `end`: none where justification put them, else one."""
    before, after = text[start - 1], text[end]
    wide_before, wide_after = re.match(_WIDE, before) is not None, re.match(_WIDE, after) is not None
    if wide_before and wide_after:
        marks = before in _CJK_MARK or after in _CJK_MARK
        keep = _KEEP_AFTER.search(text[max(0, start - 60) : start]) is not None
        if marks and not (keep and before not in _CJK_MARK and after not in _CJK_MARK):
            return " " if before in "）" and re.search(r"^[（(][一二三四五六七八九十\d]+[）)]$", text[:start]) else ""
        return " " if keep else ""
    if (wide_before and after in _HALF_MARK) or (before in _HALF_MARK and wide_after and not text[:start].isascii()):
        return ""
    return " "


def clean(text: str) -> str:
    """One line of reading text.

    >>> clean("云政办\\u3000〔2020〕23号 （活 动方案）\\u200b")
    '云政办〔2020〕23号（活动方案）'
    >>> clean("推行 HACCP 认证")
    '推行 HACCP 认证'
    """
    text = _BLANK.sub(" ", mend(text))
    text = _UNSEEN.sub("", text).strip()
    if " " not in text:
        return text
    return _GAP.sub(lambda m: _gap(text, m.start(), m.end()), text)


def seam(before: str, after: str) -> str:
    """What stands between two printed lines of one paragraph: a blank between Latin words, else nothing."""
    return " " if before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha() else ""


def drop_page_numbers(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers (— 3 —, - 3 -, 第3页) and, where they count up, bare figures."""
    bare = [(i, int(line.text)) for i, line in enumerate(lines) if not line.cells and _BARE_NUMBER.match(line.text)]
    counting = {i for (i, n), (_, m) in zip(bare, bare[1:], strict=False) if m == n + 1} | {
        j for (_, n), (j, m) in zip(bare, bare[1:], strict=False) if m == n + 1
    }
    # Figures that stand close together are a table's, not the pages'.
    spread = counting if len(counting) > 1 and (max(counting) - min(counting)) / len(counting) >= 6 else set()
    return [line for i, line in enumerate(lines) if i not in spread and (line.cells or not _NUMBER_LINE.match(line.text))]


def clean_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines with clean text, without empty ones and page numbers."""
    repairs = find_repairs(text for line in lines for text in (line.text, *line.cells))

    def cleaned_text(text: str) -> str:
        for repair in repairs:
            text = repair(text)
        return clean(text)

    cleaned = (replace(line, text=cleaned_text(line.text), cells=tuple(cleaned_text(cell) for cell in line.cells)) for line in lines)
    return drop_page_numbers([line for line in cleaned if line.text or any(line.cells)])


_UNIFY = str.maketrans(
    dict(zip("([{【［﹝﹙｛｟", "（〔〔〔〔〔（〔〔", strict=True))
    | dict(zip(")]}】］﹞﹚｝｠", "）〕〕〕〕〕）〕〕", strict=True))
    | dict(zip(",;:!?－–―─～~．〇○Ｏ", "，；：！？——————.〇〇〇", strict=True))
    | dict(zip("０１２３４５６７８９", "0123456789", strict=True))
)


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text as the rules of this package match it; `offsets[i]` is the place of its i-th character."""

    text: str
    offsets: Sequence[int]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The range in the printed text of the range [start, end), which must not be empty."""
        return self.offsets[start], self.offsets[end - 1] + 1


@lru_cache(maxsize=4096)
def squeeze(text: str) -> Squeezed:
    """`text` without blanks, marks and brackets unified.

    >>> squeeze("云政办 [2020] 3号").text
    '云政办〔2020〕3号'
    """
    if not any(map(str.isspace, text)):
        return Squeezed(text.translate(_UNIFY), range(len(text)))
    kept = [i for i, c in enumerate(text) if not c.isspace()]
    return Squeezed("".join(text.split()).translate(_UNIFY), kept)
