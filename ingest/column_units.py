"""The unit that is printed once above a table (单位：万元), made known in the heads of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.lines import Line

_UNIT_LINE = re.compile(r"^.{0,24}?[（(]?(?:金额|计量|计价)?单位[：:]\s*([^\s：:、，,；;。/（(）)]{1,8})\s*[）)]?$")
_NO_FIGURES = re.compile(r"序号|编号|年份|年度$|月份|电话|邮编|代码|日期|时间|比|率|增[幅长速]|[%％]|[)）]$")
_FIGURE = re.compile(r"[+\-－]?\d[\d,，.]*$")
_NEAR = 2  # lines between the unit's line and its table
_SHARE = 0.8  # of a column's cells that are bare figures where it is counted in something
_ORGAN = re.compile(r"[局委办厅部院会府处公司]$")  # 填报单位：市财政局 names an organ


def name_units(lines: Sequence[Line]) -> list[Line]:
    """The lines with the unit above a table put to the heads of its columns of figures (投资 becomes 投资（万元）).

    Only `columns` change: what is printed stays.
    """
    named = list(lines)
    for i, line in enumerate(lines):
        unit = None if line.cells or "单位" not in line.text else _UNIT_LINE.match(line.text)
        start = next((j for j in range(i + 1, min(i + 2 + _NEAR, len(lines))) if lines[j].cells), None) if unit else None
        if unit is None or start is None or _ORGAN.search(unit[1]):
            continue
        end = next((j for j in range(start, len(lines)) if not lines[j].cells), len(lines))
        for columns in {line.columns for line in lines[start:end] if line.columns}:
            rows = [j for j in range(start, end) if lines[j].columns == columns]
            heads = tuple(f"{head}（{unit[1]}）" if _is_counted(head, [lines[j].cells[c : c + 1] for j in rows]) else head for c, head in enumerate(columns))
            for j in rows:
                named[j] = replace(lines[j], columns=heads)
    return named


def _is_counted(head: str, cells: Sequence[tuple[str, ...]]) -> bool:
    """Whether a column holds bare figures and its head names no unit."""
    if not head or _NO_FIGURES.search("".join(head.split())):
        return False
    filled = [text.strip() for cell in cells for text in cell if text.strip() not in ("", "-", "—", "－", "/")]
    return bool(filled) and sum(_FIGURE.match(text) is not None for text in filled) >= _SHARE * len(filled)
