"""Clauses (分句): what one sentence asks, piece by piece, and what each piece is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extractors.folding import fold

Use = Literal["core", "purpose"]

_CUT = re.compile(r"(?:[，；。！？;!?\n]|(?<!\d)[：:]|[：:](?!\d))+")  # 6：4 is one figure
# How a thing is to be done; it belongs to the clause that follows.
_MEANS = re.compile(
    r"(?:以|通过|按照|依照|遵照|根据|依据|依托|围绕|结合|针对|利用|借助|立足|着眼|坚持|本着|聚焦|在|对|为|到|自|从|由|经|对于|关于|因|发现)[^，]*$"
)
_MEANS_VERB = re.compile(r"(?:进行|开展|实行|实施|给予|提供|加强|建立|健全|完善|推进|落实|制定|予以|采取|推行|追究|承担|设立|组织|开设|发布|公开|移送|办理|整治|治理|排查|追溯|评议|考核|管理|处罚|检查|培训|扶持|奖励)")
# What a thing is good for: nobody can be held to it.
_PURPOSE = re.compile(
    r"^(?:确保|努力|着力|切实|不断|促进|提升|提高|增强|形成|营造|实现|保障|保证|满足|使|带动|引领|有效|全面提升|减少|降低|防范|防止|服务|为.{2,30}(?:提供|奠定)|"
    r"推动.{2,30}(?:发展|升级|提升)|构建.{2,30}(?:格局|局面)|助力|达到|凝聚|逐步实现|持续(?:提升|增进|增强)|进一步(?:提升|提高|增强)|树立|以.{2,20}(?:保证|保障|促进))"
)
_FIGURE = re.compile(r"[0-9一二两三四五六七八九十百]+(?:\.\d+)?(?:%|个|家|名|次|人|万|亿|批|学时|天|日|小时|项|处|所|公里|亩|吨|元|倍)|百分之|翻[一两]番")
SHORT = 4  # characters below which a piece is no clause of its own


@dataclass(frozen=True, slots=True)
class Clause:
    """One piece of a sentence: `text` is what it says, means included; `start` counts in the folded sentence."""

    text: str
    use: Use
    start: int
    end: int

    @property
    def has_figure(self) -> bool:
        """Whether the clause sets a figure."""
        return bool(_FIGURE.search(self.text))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _CUT.finditer(text):
        if mark.start() > start:
            yield start, mark.start()
        start = mark.end()
    if start < len(text):
        yield start, len(text)


_FRAME = re.compile(r"^(?:在|当|对|对于|以|按照|根据).*(?:中|下|上|时|后|前|方面|过程|基础|前提|同时|的(?:企业|单位|机构|个人|人员|地区|项目|产品|行为|情形|[\u3400-\u9fff]{2,4}者|[\u3400-\u9fff]{2,4}户)|为(?:重点|主|核心|抓手|目标|主线|基础|载体|契机|引领|主体|导向))$")


# The case in which, or the way by which, what follows is to be done.
_CASE = re.compile(r"(?:期间|同时|基础上|前提下|情况下|(?<!集)中|时|(?<!目)的)$|^通过[^，]*(?:方式|手段|工程|活动|渠道|措施|途径|形式|办法)$")


# A date by itself: it governs what follows.
_DATE_ALONE = re.compile(r"^(?:到|在|自|于|从)?[^，]{0,8}[年月日周季度学期][^，]{0,8}(?:前|后|底|末|内|起|期间)$")


def _is_means(piece: str) -> bool:
    if len(piece) <= 16 and _DATE_ALONE.search(piece):
        return True
    if _FIGURE.search(piece):
        return False
    return bool(_CASE.search(piece)) or bool(_FRAME.match(piece)) or bool(_MEANS.match(piece)) and not _MEANS_VERB.search(piece[1:])


def split_clauses(sentence: str) -> list[Clause]:
    """The clauses of a sentence; means join the clause that they serve, too short ones the clause before.

    >>> [(c.text, c.use) for c in split_clauses("以乡镇为重点，开展巡查，公开结果，切实保障安全。")]
    [('以乡镇为重点，开展巡查', 'core'), ('公开结果', 'core'), ('切实保障安全', 'purpose')]
    """
    text = fold(sentence).text
    clauses: list[Clause] = []
    open_at: int | None = None
    for start, end in _pieces(text):
        piece = text[start:end]
        if _is_means(piece):
            open_at = start if open_at is None else open_at
            continue
        begin = start if open_at is None else open_at
        open_at = None
        if clauses and end - start < SHORT:
            before = clauses.pop()
            clauses.append(Clause(text[before.start : end], before.use, before.start, end))
            continue
        purpose = bool(clauses) and bool(_PURPOSE.match(piece)) and not _FIGURE.search(piece)
        clauses.append(Clause(text[begin:end], "purpose" if purpose else "core", begin, end))
    if open_at is not None:
        clauses.append(Clause(text[open_at:].rstrip("，；。：！？"), "core", open_at, len(text)))
    return clauses or [Clause(text, "core", 0, len(text))]
