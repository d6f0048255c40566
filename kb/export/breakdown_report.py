"""A document's tasks for a region as a 任务分解表, ready to edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.export.ledger import KIND, when
from kb.export.marks import plain
from kb.export.report import Report, Row, Sheet
from kb.records import Json

_HEADS = (("序号", 5.0), ("任务事项", 36.0), ("来源条款", 22.0), ("牵头单位", 14.0), ("配合单位", 16.0), ("完成时限", 14.0), ("量化目标", 16.0), ("性质", 6.0), ("备注", 14.0))
_LEFT = (("要求", 50.0), ("来源条款", 25.0), ("不分解的理由", 25.0))


def breakdown_report(found: Json, short: bool = False) -> Report:
    """The whole table; `short`, as a terminal shows it, without the columns that are filled in by hand."""
    title = found["document"].get("title") or found["document"].get("source") or ""
    place = found["region"][-1]
    heads = _HEADS[:-2] if short else _HEADS
    rows = tuple(Row(tuple(map(plain, _cells(number, task)))[: len(heads)]) for number, task in enumerate(found["tasks"], 1))
    left = tuple(Row(tuple(map(plain, (item["obligation"]["text"], _source(item["obligation"]), item["reason"])))) for item in found["not_applicable"])
    tables = (Sheet("任务分解表", heads, rows), Sheet("不需分解的要求", _LEFT, left))
    return Report(f"{place}贯彻落实《{title}》任务分解表", tuple(_summary(found)), tables)


def _summary(found: Json) -> Iterator[str]:
    number = found["document"].get("document_number")
    yield f"来源文件：{found['document'].get('title') or found['document'].get('source')}{f'（{number}）' if number else ''}"
    yield f"任务 {len(found['tasks'])} 项，不需本级分解的要求 {len(found['not_applicable'])} 项"
    open_units = sum(unit["name"] is None for task in found["tasks"] for unit in (*task["lead_units"], *task["cooperating_units"]))
    if open_units:
        yield f"{open_units} 处单位没有确定的本级对口单位，表中照印原文并注“待定”"
    yield from (f"提醒：{warning}" for warning in found["warnings"])


def _cells(number: int, task: Json) -> Sequence[str]:
    obligation = task["obligation"]
    deadlines = "；".join(dict.fromkeys(when(deadline) for deadline in task["deadlines"]))
    kind = KIND.get(obligation["kind"], "")
    return str(number), task["task"], _source(obligation), _units(task["lead_units"]), _units(task["cooperating_units"]), deadlines, "；".join(task["targets"]), kind, ""


def _source(obligation: Json) -> str:
    page = obligation.get("page")
    return " › ".join(obligation["path"]) + (f"（第{page}页）" if page else "")


def _units(units: Sequence[Json]) -> str:
    return "、".join(unit["name"] or f"{unit['printed']}（待定）" for unit in units)
