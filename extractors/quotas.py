"""Quota tables (任务分配表): rows that give each unit its figure, under columns such as 单位 and 任务数.

A row asks its unit for the figure: its indicator is the column's heading, or the table's title where the column only
says 任务数 or 指标. Under a caption that says that the table deals out tasks (任务分解表) a column that names what is
counted and in what unit is enough (户厕改造（座）).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.folding import fold
from extractors.mentions import Deadline, Party, Target, Unit
from extractors.numerals import parse_number
from extractors.units import split_units
from ingest.document import Block, BlockKind, Cell, Document, Part, Span

_NAME_COLUMN = re.compile(r"(?<!计量)(?:单位|部门)(?:名称)?$|地区|县|^[市区]|乡|镇|街道|学校|企业|行政区|^(?:行政|所在)?村(?:（社区）|、社区|居)?(?:名称?)?$|^社区(?:名称?)?$")
_QUOTA_COLUMN = re.compile(r"任务|指标|计划|目标|名额|分配数?")
_NO_QUOTA = re.compile(r"完成|实际|情况|分值|权重|得分|名称|类别|内容|备注|单位|时间|时限|说明|代码|编号|基数|现状|去年|上年|责任|牵头|来源|依据")
# what deals out tasks to those that it lists …
_CAPTION = re.compile(r"(?:任务|指标|目标|名额|计划)[^，。；：]{0,8}(?:分解|分配|下达)[^，。；：]{0,6}表?(?:（[^（）]{0,20}）)?$|(?:目标任务|任务指标|任务目标|任务计划|年度任务)(?:一览|安排)?表(?:（[^（）]{0,20}）)?$")
_NO_CAPTION = re.compile(r"完成|进度|统计|考核|评分|申报|登记|情况|分工|责任清单")
# … and what only describes them there, or what they are given: 耕地面积（亩）, 补助资金（万元）
_NO_TASK = re.compile(r"人口|户数|总[户人量数]|现有|已[建有完]|存量|存栏|系数|单价|标准|资金|补助|投资|金额|经费|电话|年龄|权重|分数|(?:耕地|国土|行政区|区域|土地|建筑|占地)面积|折合|其中|比上年|增幅|占比")
_GENERIC = re.compile(r"(?:年度|分配|分解|下达|目标)?(?:任务|指标|计划|目标|名额|分配)(?:数量?|值|总数)?")
_FIGURE = re.compile(r"(?P<value>\d{1,3}(?:,\d{3}){1,4}|\d{1,9}(?:\.\d{1,4})?)(?P<scale>万|亿)?(?P<unit>%|[一-鿿]{1,3})?")
_COLUMN_UNIT = re.compile(r"（(?:单位：)?(?P<scale>万|亿)?(?P<unit>[一-鿿%/]{1,8})）$")
_TITLE = re.compile(r"^(?:(?:19|20)\d{2}年(?:度)?)?(?P<topic>[^，。；]{2,40}?)(?:分解|分配|下达|安排|汇总)*(?:方案|一览)?表?(?:（[^（）]{0,12}）)?$")
_SUM = re.compile(r"合计|总计|小计|共计|全[省市县区州国]$|^[总计]+$")
_ENTERPRISE = re.compile(r"公司|集团|银行|分行|支行|企业|合作社|厂$")
_LONGEST_CELL = 40
_LONGEST_CAPTION = 60
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
    above: list[str] = []  # the two lines over the table
    for index, block in enumerate(document.blocks):
        if block.part is Part.TITLE:
            titles[block.notice] = titles.get(block.notice, "") + block.span.of(document.text)
        if block.kind is not BlockKind.ROW:
            above = [*above[-1:], block.span.of(document.text)]
        elif block.part is Part.BODY and (quota := _read_row(document.text, block, titles.get(block.notice, ""), deals_out(above))):
            found[index] = quota
    return found


def deals_out(above: Sequence[str]) -> bool:
    """Whether the lines over a table, or one of them, say that it deals out tasks to those that it lists.

    >>> deals_out(["附件2", "2021年造林任务分解表"])
    True
    """
    lines = [fold("".join(line.split())).text for line in above]
    return any(len(line) <= _LONGEST_CAPTION and _CAPTION.search(line) and not _NO_CAPTION.search(line) for line in lines)


def is_undated_cell(cell: Span, row: Span, dates: Iterable[Deadline]) -> bool:
    """Whether a cell of a row that is quoted whole holds none of the `dates` found in the row's text (a bare 6月 is none)."""
    return row.start < cell.start and not any(cell.contains(date.span) for date in dates)


def _read_row(text: str, block: Block, title: str, dealt: bool) -> Quota | None:
    name = next((cell for cell in block.cells if _NAME_COLUMN.search(cell.column) and cell.span.of(text).strip()), None)
    if name is None or any(cell.span.end - cell.span.start > _LONGEST_CELL for cell in block.cells):
        return None
    words = name.span.of(text)
    if _SUM.search(words.strip()) or _FIGURE.fullmatch(words.strip()):
        return None
    span = Span(name.span.start, block.span.end)
    targets = tuple(_targets(text, block, title, span, dealt))
    if not targets:
        return None
    if _ENTERPRISE.search(words):
        place = _filled(text, name)
        return Quota(span, targets, parties=(Party(place, "party.quota_row", place.of(text)),))
    units = split_units(words, "responsible")
    return Quota(span, targets, tuple(Unit(u.span.shifted(name.span.start), "unit.quota_row", u.name, "responsible") for u in units))


def _is_quota(column: str, dealt: bool) -> bool:
    """Whether a column (folded) sets figures: by its name, or `dealt` out under a caption, by what it counts and its unit."""
    name = _COLUMN_UNIT.sub("", column)
    if _NO_QUOTA.search(name):
        return False
    return _QUOTA_COLUMN.search(column) is not None or dealt and name != column and _NO_TASK.search(column) is None


def _targets(text: str, block: Block, title: str, span: Span, dealt: bool) -> Iterator[Target]:
    for cell in block.cells:
        column = fold(cell.column).text
        if cell.span.start < span.start or not _is_quota(column, dealt):
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
