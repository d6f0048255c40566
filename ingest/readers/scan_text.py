"""What OCR misreads and the genre makes certain: marks, 文号, dates, page numbers, characters that no word has."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from ingest.readers.scan_engine import Glyph

_IDEOGRAPH = "\u3400-\u4dbf\u4e00-\u9fff〇"
_LOOK = 4  # characters of the longest word that is looked up
_WORD = 3.5  # how much a common word of two characters outweighs the engine's doubt, in powers of e
_ZERO = str.maketrans("OoQ○〇Ｏ零", "0000000")
_ONE = str.maketrans("OoQＯlI|", "0000111")
_CJK_ZERO = str.maketrans("Oo0○ＯQ零", "〇〇〇〇〇〇〇")
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_DIGIT = "[0-9OoQlI|]"
_FORMS = (  # what is found, what it becomes: of the same number of characters, so that each keeps its place
    # 文号: [2021]9号, (2021)9号, 〔2O21〕9号
    (re.compile(rf"(?<=[{_IDEOGRAPH}])[\[(（【〔［{{]({_DIGIT}{{4}})[\])）】〕］}}](?=(?:第?{_DIGIT}{{1,4}}|第?[×xX]+)号)"), lambda m: f"〔{m[1].translate(_ONE)}〕"),
    (re.compile(rf"(?<=〕)第?{_DIGIT}{{1,4}}(?=号)"), lambda m: m[0].translate(_ONE)),
    # dates in figures, and in characters, whose zero is a ring
    (re.compile(r"(?<![0-9A-Za-z])[2lI1][0-9OoQlI|]{3}(?=年)"), lambda m: m[0].translate(_ONE)),
    (re.compile(r"(?<=年)[0-3OoQlI|]?[0-9OoQlI|](?=月)|(?<=月)[0-3OoQlI|]?[0-9OoQlI|](?=日)"), lambda m: m[0].translate(_ONE)),
    (re.compile(r"二[〇OoQ○0Ｏ零][〇OoQ○0Ｏ零一二三四五六七八九]{2}(?=年)"), lambda m: m[0].translate(_CJK_ZERO)),
    # a dash between figures, or two of them
    (re.compile(r"(?<=[0-9])一(?=[0-9])|(?<=[年月日%％])一(?=[0-9]{1,4}[年月日%％])"), lambda m: "—"),
    (re.compile(r"一一(?=[^对一])"), lambda m: "——"),
    (re.compile(r"^[一\-－—_]{1,2}\s?[0-9]{1,4}\s?[一\-－—_]{1,2}$"), lambda m: re.sub(r"[一\-－_]", "—", m[0])),
    # a full stop at the line's end
    (re.compile(rf"(?<=[{_IDEOGRAPH}）》”])[.oO]$"), lambda m: "。"),
)
_HALF = re.compile(rf"(?<=[{_IDEOGRAPH}，。、；：）》”〕%％])[,;:?!]|[,;?!](?=[{_IDEOGRAPH}])|[(](?=[{_IDEOGRAPH}])|(?<=[{_IDEOGRAPH}])[()]|(?<=[{_IDEOGRAPH}〕”》%％。]\))[()]|(?<=[（(][0-9])[)](?=[{_IDEOGRAPH}])|^[(](?=[0-9]{{1,2}}[)）][{_IDEOGRAPH}])")


def mend(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The characters of a line with what is certainly misread put right; blanks kept between Latin words alone."""
    weighed = _weigh([g for i, g in enumerate(glyphs) if g.text.strip() or _between_latin(glyphs, i)])
    text = mend_text("".join(g.text for g in weighed))
    return [g if g.text == char else replace(g, text=char) for g, char in zip(weighed, text, strict=True)]


def mend_text(text: str) -> str:
    """A line put right, character for character.

    >>> mend_text("示政办发[2O21]9号")
    '示政办发〔2021〕9号'
    >>> mend_text("二○二一年3月"), mend_text("一3一"), mend_text("(一)总则,见附件(2).")
    ('二〇二一年3月', '—3—', '（一）总则，见附件（2）。')
    >>> mend_text("（电话12345)"), mend_text("甲 (A) 级"), mend_text("邮编250018)")
    ('（电话12345）', '甲 (A) 级', '邮编250018）')
    """
    for form, becomes in _FORMS:
        text = form.sub(becomes, text)
    text = _HALF.sub(lambda m: _WIDE[m[0]], text)
    text = _paired(text) if re.search(f"[{_IDEOGRAPH}]", text) else text
    return re.sub(rf"(?<=[{_IDEOGRAPH}）》”])[.oO]$", "。", text)


def _paired(text: str) -> str:
    """Brackets of Chinese text, both of a pair wide where one is; one whose pair stands on another line is wide."""
    chars, opened = list(text), list[int]()
    for i, char in enumerate(text):
        if char in "(（":
            opened.append(i)
        elif char in ")）" and not opened:
            chars[i] = "）"
        elif char in ")）":
            start = opened.pop()
            if "（" in chars[start] or char == "）":
                chars[start], chars[i] = "（", "）"
    return "".join(chars)


def _between_latin(glyphs: Sequence[Glyph], i: int) -> bool:
    def latin(text: str) -> bool:
        return text.isascii() and text.isalnum()

    return 0 < i < len(glyphs) - 1 and latin(glyphs[i - 1].text) and latin(glyphs[i + 1].text)


@cache
def _words() -> dict[str, int]:
    """How often a word is used in Chinese, by jieba's dictionary."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    frequencies: dict[str, int] = jieba.dt.FREQ
    return frequencies


def _weigh(glyphs: list[Glyph]) -> list[Glyph]:
    """The characters, uncertain ones chosen anew by the words that they make with their neighbours."""
    for i, glyph in enumerate(glyphs):
        choices = [(char, chance) for char, chance in glyph.choices if chance > 0.02 and re.match(f"[{_IDEOGRAPH}]", char)]
        if glyph.sure > 0.95 or len(choices) < 2 or not re.match(f"[{_IDEOGRAPH}]", glyph.text):
            continue
        best = max(choices, key=lambda choice: math.log(choice[1]) + _WORD * _worth(glyphs, i, choice[0]))
        if best[0] != glyph.text:
            glyphs[i] = replace(glyph, text=best[0], sure=best[1])
    return glyphs


def _worth(glyphs: Sequence[Any], i: int, char: str) -> float:
    """How strongly the neighbours of place `i` make a word with `char`: 0 for none, 1 for a common one of two characters."""
    words = _words()
    text = "".join(g.text if len(g.text) == 1 else " " for g in glyphs)
    text = text[:i] + char + text[i + 1 :]
    worth = 0.0
    for length in range(2, _LOOK + 1):
        for start in range(max(0, i - length + 1), min(i, len(text) - length) + 1):
            frequency = words.get(text[start : start + length], 0)
            if frequency:
                worth = max(worth, (length - 1) * min(1.0, math.log10(frequency + 1) / 3))
    return worth
