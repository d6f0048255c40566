"""Quota tables (任务分配表): rows that give each unit its figure, under columns such as 单位 and 任务数.

A row asks its unit for the figure: its indicator is the column's heading, or the table's title where the column only
says 任务数 or 指标.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.folding import fold
from extractors.mentions import Party, Target, Unit
from extractors.numerals import parse_number
from extractors.units import split_units
from ingest.document import Block, BlockKind, Cell, Document, Part, Span

_NAME_COLUMN = re.compile(r"(?<!计量)(?:单位|部门)(?:名称)?$|地区|县|^[市区]|乡|镇|街道|学校|企业|行政区")
_QUOTA_COLUMN = re.compile(r"任务|指标|计划|目标|名额|分配数?")
_NO_QUOTA = re.compile(r"完成|实际|情况|分值|权重|得分|名称|类别|内容|备注|单位|时间|时限|说明|代码|编号|基数|现状|去年|上年|责任|牵头|来源|依据")
_GENERIC = re.compile(r"(?:年度|分配|分解|下达|目标)?(?:任务|指标|计划|目标|名额|分配)(?:数量?|值|总数)?")
_FIGURE = re.compile(r"(?P<value>\d{1,3}(?:,\d{3}){1,4}|\d{1,9}(?:\.\d{1,4})?)(?P<scale>万|亿)?(?P<unit>%|[一-鿿]{1,3})?")
_COLUMN_UNIT = re.compile(r"（(?:单位：)?(?P<scale>万|亿)?(?P<unit>[一-鿿%/]{1,8})）$")
_TITLE = re.compile(r"^(?:(?:19|20)\d{2}年(?:度)?)?(?P<topic>[^，。；]{2,40}?)(?:分解|分配|下达|安排|汇总)*(?:方案|一览)?表?(?:（[^（）]{0,12}）)?$")
_SUM = re.compile(r"合计|总计|小计|共计|全[省市县区州国]$|^[总计]+$")
_ENTERPRISE = re.compile(r"公司|集团|银行|分行|支行|企业|合作社|厂$")
_LONGEST_CELL = 40
_SCALES = {"": 1.0, "万": 1e4, "亿": 1e8}


@dataclass(frozen=True, slots=True)
class Quota:
    """One row: what it says from the unit's name on, the figures it sets and the public unit or the enterprise it sets them for."""

    span: Span
    targets: tuple[Target, ...]
    units: tuple[Unit, ...] = ()
    parties: tuple[Party, ...] = ()


def find_quotas(document: Document) -> dict[int, Quota]:
    """The rows of quota tables by the index of their block."""
    titles: dict[int, str] = {}
    found: dict[int, Quota] = {}
    for index, block in enumerate(document.blocks):
        if block.part is Part.TITLE:
            titles[block.notice] = titles.get(block.notice, "") + block.span.of(document.text)
        elif block.kind is BlockKind.ROW and block.part is Part.BODY and (quota := _read_row(document.text, block, titles.get(block.notice, ""))):
            found[index] = quota
    return found


def _read_row(text: str, block: Block, title: str) -> Quota | None:
    name = next((cell for cell in block.cells if _NAME_COLUMN.search(cell.column) and cell.span.of(text).strip()), None)
    if name is None or any(cell.span.end - cell.span.start > _LONGEST_CELL for cell in block.cells):
        return None
    words = name.span.of(text)
    if _SUM.search(words.strip()) or _FIGURE.fullmatch(words.strip()):
        return None
    span = Span(name.span.start, block.span.end)
    targets = tuple(_targets(text, block, title, span))
    if not targets:
        return None
    if _ENTERPRISE.search(words):
        place = _filled(text, name)
        return Quota(span, targets, parties=(Party(place, "party.quota_row", place.of(text)),))
    units = split_units(words, "responsible")
    return Quota(span, targets, tuple(Unit(u.span.shifted(name.span.start), "unit.quota_row", u.name, "responsible") for u in units))


def _targets(text: str, block: Block, title: str, span: Span) -> Iterator[Target]:
    for cell in block.cells:
        column = fold(cell.column).text
        if cell.span.start < span.start or not _QUOTA_COLUMN.search(column) or _NO_QUOTA.search(_COLUMN_UNIT.sub("", column)):
            continue
        figure = _FIGURE.fullmatch(fold(cell.span.of(text).strip()).text)
        value = parse_number(figure["value"]) if figure else None
        if figure is None or not value:
            continue
        indicator, scale, unit = _measured(column, title)
        scale = figure["scale"] or scale
        yield Target(
            span=_filled(text, cell), rule="target.quota_row", raw=span.of(text), indicator=indicator, comparator="=",
            value=value * _SCALES[scale], upper=None, unit=figure["unit"] or unit, reference=None,
        )  # fmt: skip


def _measured(column: str, title: str) -> tuple[str, str, str | None]:
    """What a column counts: its name, the 万 of its unit, the unit that it prints in brackets."""
    bracket = _COLUMN_UNIT.search(column)
    name = column[: bracket.start()] if bracket else column
    topic = _TITLE.match(fold(title).text) if _GENERIC.fullmatch(name) else None
    return topic["topic"] if topic else name, (bracket["scale"] or "") if bracket else "", bracket["unit"] if bracket else None


def _filled(text: str, cell: Cell) -> Span:
    start, end = cell.span.start, cell.span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
