"""Glyphs that a font or a converter gave wrong code points, led back to the characters that a reader sees.

Fixed pairs are mended wherever they stand (`mend`); what is only wrong where a whole file has it (codes of GBK shown as
code points, its bytes shown as Latin letters) is looked for over all lines first (`find_repairs`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

UNREADABLE = "\ufffd"

# Radicals that PDF printers put for characters and that NFKC leaves alone (Unicode, CJK Radicals Supplement).
_RADICALS = dict(
    zip(
        "⺁⺄⺇⺌⺍⺓⺗⺝⺟⺠⺡⺧⺩⺪⺫⺬⺭⺮⺯⺰⺱⺳⺴⺶⺷⺸⺹⺻⺼⺽⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙几小小幺心月母民水牛王疋目示礻竹糸纟网网网羊羊羊老聿月臼艹虎衤西西见角角讠贝足车辶辶辶阝钅長长长门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_WIDE_LATIN = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_MARKS = dict(zip("«»‹›｡､｢｣︐︑︒︓︔︕︖︵︶︹︺︻︼︽︾︿﹀﹁﹂﹃﹄", "《》〈〉。、「」，、。：；！？（）〔〕【】《》〈〉「」『』", strict=True))
# Private code points of Symbol and Wingdings, which Word puts at the head of items.
_BULLETS = {0xF06C: "●", 0xF0B7: "●", 0xF09F: "●", 0xF06E: "■", 0xF0A7: "■", 0xF075: "◆", 0xF0D8: "➢", 0xF076: "◆", 0xF0FC: "✓", 0xF0A8: "□", 0xF06F: "□", 0xF0A3: "□", 0xF0FE: "☑", 0xF052: "☑", 0xF020: " "}
_FIXED = str.maketrans({**_RADICALS, **_MARKS} | {chr(code): chr(to) for code, to in _WIDE_LATIN.items()} | {chr(code): to for code, to in _BULLETS.items()})
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_NAMED = re.compile(r"\(cid:\d{1,6}\)")  # what converters leave of a glyph without a name
_ODD = re.compile("[^\u0000-\u00aa\u00ac-\u00ba\u00bc-\u2038\u203b-\u2e7f\u2fe0-\uabff\uac00-\ud7ff\uf800-\uf8ff\ufb00-\ufe0f\ufe20-\ufe2f\ufe50-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff60]")
_HIGH = "\u00a1-\u00fe"
_POINT = re.compile(r"(?<=[0-9０-９])。(?=[0-9０-９])")
_LEAST = 4  # characters from which bytes in the wrong code page are told from a foreign name

Repair = Callable[[str], str]


def mend(text: str) -> str:
    """The text with radicals, wide letters and figures, foreign quotes and bullets as the characters that they stand for.

    >>> mend("«⼴⻄云溪市 ２０２５年工作要点»")
    '《广西云溪市 2025年工作要点》'
    """
    if _ODD.search(text):
        text = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text.translate(_FIXED))
    if "(cid:" in text:
        text = _NAMED.sub(UNREADABLE, text)
    return undoubled(text)


def undoubled(text: str) -> str:
    """A line without the second print of each character that fake bold leaves (关关于于印印发发)."""
    if len(text) < 8 or text[0] != text[1] or text[2] != text[3]:
        return text
    words = "".join(text.split())
    pairs = len(words) % 2 == 0 and all(words[i] == words[i + 1] for i in range(0, len(words), 2))
    return words[::2] if pairs and len(set(words)) >= 4 else text


def find_repairs(texts: Iterable[str]) -> list[Repair]:
    """What all lines of a file need, told by the file as a whole: mostly nothing."""
    whole = "".join(texts)
    if whole.isascii():
        return []
    repairs: list[Repair] = []
    codes = _codes_of_gbk(whole)
    if codes:
        table = str.maketrans(codes)
        repairs.append(lambda text: _POINT.sub(".", text.translate(table)))
    if re.search(f"[{_HIGH}]{{2}}", whole):
        repairs.append(_reread)
    return repairs


def _codes_of_gbk(text: str) -> dict[str, str]:
    """The characters whose code points are codes of GBK (ꎬ U+A3AC for ，), where a file has no other ones of their scripts.

    Marks, figures and letters lie where Unicode has the Yi syllables, hanzi where it has Hangul and private ones.
    """
    marks = set(re.findall("[\ua000-\ua4cf]", text))
    hanzi = set(re.findall("[\uac00-\ud7ff\ue000-\uf7ff]", text))
    found: dict[str, str] = {}
    read = {char: _decoded(char) for char in marks | hanzi}
    if marks and all((code := read[char]) and not "\u4e00" <= code <= "\u9fff" for char in marks):
        found |= {char: read[char] for char in marks}
    hangul = [char for char in hanzi if char < "\ue000"]
    if len(hangul) >= 4 and all(read[char] for char in hangul):
        found |= {char: read[char] for char in hanzi if read[char]}
    return found


def _decoded(char: str) -> str:
    """The character of GB 2312 whose code is the code point of `char`; empty where there is none."""
    code = ord(char)
    if code >> 8 < 0xA1 or code & 0xFF < 0xA1:
        return ""
    try:
        word = code.to_bytes(2, "big").decode("gb2312")
    except UnicodeDecodeError:
        return ""
    return "。" if word == "．" else word  # fonts of notices draw the full stop at this code



def _reread(text: str) -> str:
    """A line whose bytes of GBK or UTF-8 were taken for Latin letters (ÔÆÏªÊÐ for 云溪市)."""
    if len(re.findall(f"[{_HIGH}]", text)) < _LEAST or re.search("[\u4e00-\u9fff]", text):
        return text
    for encoding, decoding in (("cp1252", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030")):
        try:
            again = text.encode(encoding).decode(decoding)
        except UnicodeError:
            continue
        if sum("\u4e00" <= char <= "\u9fff" for char in again) >= 0.5 * len("".join(again.split())):
            return again
    return text
