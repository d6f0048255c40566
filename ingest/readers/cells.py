"""Cells of tables in which several paragraphs stand: one text in which the items stay apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.normalize import clean

_CLOSED = re.compile(r"[。；，、：！？,;:!?（(《“—\-/·]$")
_OPENS = re.compile(r"^[，。；、：！？）)》”〕％%/·]")
_MARKER = re.compile(r"^(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]{1,3}[、是]|[①-⑳●■◆★▪•➢]|第[一二三四五六七八九十\d]+[条项])")
_LABEL = re.compile(r"^(?:责任|牵头|配合|参与|完成|协助|主办|协办)?(?:单位|部门|时限|时间)[：:]")
# How units of a list end; a name cut in its middle hardly ends so.
_UNIT = re.compile(r"(?:局|委|办|厅|部|院|府|处|署|会|中心|公司|银行|集团|学校|大学|医院|办公室|支队|大队|总队|消防|街道|开发区|高新区|各?乡镇|[县区]|单位|部门|社|站|队)(?:（[^（）]{1,12}）|\([^()]{1,12}\))?$")
_SENTENCE = 8  # characters of an item that has no unit's name; shorter ones are a word that was cut to fit the column


def _between(before: str, after: str) -> str:
    """What stands between two paragraphs of a cell."""
    if not before or _CLOSED.search(before) or _OPENS.search(after):
        return ""
    if _MARKER.match(after) or _LABEL.match(after):
        return "；"
    unit_before, unit_after = (_UNIT.search(re.split("[、，]", text)[place]) for text, place in ((before, -1), (after, 0)))
    if unit_before and unit_after and len(after) >= 3 and not after.startswith("办公室") and not re.search("[。；]", before + after):
        return "、"
    if before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha():
        return " "
    whole = len(before) >= _SENTENCE and len(after) >= _SENTENCE
    return "；" if whole and not re.search(r"\d$|[的和与及或]$", before) and not re.match(r"\d|[的和与及或等]", after) else ""


def join_items(paragraphs: Sequence[str]) -> str:
    """The text of a cell from its paragraphs: items parted by the mark that is missing between them, a word cut to fit made whole.

    >>> join_items(["市教育局", "市财政局"]), join_items(["责任", "单位"]), join_items(["1.建设平台", "2.开展培训"])
    ('市教育局、市财政局', '责任单位', '1.建设平台；2.开展培训')
    """
    joined = ""
    for text in filter(None, (clean(paragraph) for paragraph in paragraphs)):
        last = re.split("[；。]", joined)[-1]
        joined += _between(last if last else joined, text) + text
    return joined
