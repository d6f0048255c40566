"""Whether a PDF page is a scan: a picture over the page, and no text layer that says what is on it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ingest.readers.pdfium import Printed
from ingest.readers.printed import Sheet

_COVERED = 0.5  # share of the page from which a picture is the page; A4 paper in a margin of white has more
_FEW = 40  # characters of a watermark, a stamp, a page number, a scanner's foot
_MARGIN = 0.07  # share of the page's height at top and foot where those stand
_SCANNER = re.compile(r"扫描全能王|CamScanner|全能扫描|扫描宝|Scanned\s*(?:with|by)|WPS扫描|夸克扫描|www\.|http", re.IGNORECASE)
_GARBAGE = 0.12  # share of characters that are no text, above which a layer is worthless
_COMMON = frozenset("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严龙飞")


def is_scan(printed: Printed) -> bool:
    """Whether OCR has to read the page: a picture covers it and neither its print nor its hidden layer holds its text."""
    if printed.covered() < _COVERED:
        return False
    if _says_something(printed.hidden) or _says_something(printed.sheet.chars):
        return False
    body = [char for char in printed.sheet.chars if _in_body(char, printed.sheet)]
    text = "".join(char["text"] for char in printed.sheet.chars)
    few = len("".join(text.split())) <= _FEW or len(body) <= _FEW // 2 or len(_SCANNER.sub("", text)) <= _FEW
    return few or is_garbage(text) or bool(printed.hidden)


def layer_of(printed: Printed) -> Sheet:
    """The sheet that a page's text is read from: what is shown, or the hidden layer that OCR left over a picture."""
    if printed.covered() < _COVERED or len(printed.hidden) <= len(printed.sheet.chars):
        return printed.sheet
    return replace(printed.sheet, chars=[*printed.hidden, *printed.sheet.chars])


def _in_body(char: dict[str, Any], sheet: Sheet) -> bool:
    return bool(char["upright"]) and char["top"] > _MARGIN * sheet.height and char["bottom"] < (1 - _MARGIN) * sheet.height


def _says_something(chars: Sequence[dict[str, Any]]) -> bool:
    """Whether a layer over a picture holds a page's text: enough of it, and words."""
    text = "".join(char["text"] for char in chars)
    return len("".join(text.split())) > _FEW and not _SCANNER.fullmatch(text.strip()) and not is_garbage(text)


def is_garbage(text: str) -> bool:
    """Whether characters are none that a notice prints: of no script, of a wrong code page, or seldom ones only.

    >>> is_garbage("各县（市、区）人民政府，市政府各部门："), is_garbage("锟斤拷锟斤拷烫烫烫"), is_garbage("ÔÆÏªÊÐÈËÃñÕþ¸®°ì¹«ÊÒ")
    (False, True, True)
    """
    marks = [char for char in text if not char.isspace()]
    if not marks:
        return False
    wrong = sum(_is_wrong(char) for char in marks)
    ideographs = [char for char in marks if "\u4e00" <= char <= "\u9fff"]
    latin = sum(char.isascii() for char in marks)
    if wrong > _GARBAGE * len(marks):
        return True
    if len(ideographs) < 8:
        return len(marks) > _FEW and latin > 0.9 * len(marks) and not re.search(r"[A-Za-z]{4,}", text)
    return sum(char in _COMMON for char in ideographs) < 0.15 * len(ideographs)


def _is_wrong(char: str) -> bool:
    """Whether no Chinese notice prints this character."""
    return unicodedata.category(char) in ("Cn", "Co", "Cc", "Cs") or char == "\ufffd" or "\u00a1" <= char <= "\u024f" and char not in "·×÷°±«»"
