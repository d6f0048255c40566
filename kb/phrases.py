"""Phrases (措辞): words of notices put into sentences for a drafter, so that they read as one would write them."""

from __future__ import annotations

import re

_LABEL = re.compile(r"^[\u3400-\u9fff（）()]{2,8}[:：]\s*")
_DANGLING = re.compile(r"(?:至少|不少于|不低于|不得少于)$")
# What a thing of a list is cut with: what is done to it, and what is said of it next.
_BEFORE = re.compile(
    r"^(?:(?:充分)?发挥(?:其|好)?|(?:进一步|大力|积极|全面|切实|严格)?(?:加强|推进|开展|健全|完善|建立|推动|强化)(?:对)?|要|和|与|及|以|对|在|是|将|把|由|向|其)(?=[\u3400-\u9fffA-Za-z]{2})(?!口|外|内|线|于|地|照|上)"
)
_AFTER = re.compile(r"(?<=[\u3400-\u9fff]{2})(?:必须|应当|不得|要|应|须|主动.*|按照.*)$")
_ORGAN = re.compile(r"(?:局|委|办|部|厅|部门|机关|院|会|政府|公司|中心|所|站|队|处|社|署|行|镇|乡|街道|学校|企业|单位|机构|园区|集团|分局|各[市县区乡镇].*)$")


def quoted(text: str) -> str:
    """A text in quotation marks; those within it become single ones.

    >>> quoted("“十四五”期间")
    '“‘十四五’期间”'
    """
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def date_words(raw: str) -> str:
    """A date or interval as a sentence quotes it, without the label of its line.

    >>> date_words("完成时限：2027年10月"), date_words("每3天至少")
    ('“2027年10月”', '“每3天”')
    """
    return quoted(_DANGLING.sub("", _LABEL.sub("", raw)))


def thing_words(thing: str) -> str:
    """A thing of a list without the verb before it and what governs the next clause.

    >>> thing_words("加强病死畜禽"), thing_words("校车必须")
    ('病死畜禽', '校车')
    """
    return _AFTER.sub("", _BEFORE.sub("", thing))


def organ_words(name: str) -> str:
    """A unit as a sentence names it: a field of work alone is its department.

    >>> organ_words("教育"), organ_words("县教育局")
    ('教育部门', '县教育局')
    """
    return name if _ORGAN.search(name) else f"{name}部门"
