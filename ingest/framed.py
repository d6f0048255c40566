"""Lines of 版头 and 版记 that a table lays out: many templates put letterhead and imprint into cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from ingest.lines import CELL_SEPARATOR, Paragraph, split
from ingest.normalize import squeeze
from ingest.part_forms import HEADER, MARK, NUMBER_LINE, PRINTED
from ingest.titles import is_organ

HEAD_REACH = 12  # paragraphs of a file among which a letterhead's table begins
MOST_ROWS = 8
_LABEL = re.compile(r"^(?:主题词|抄送(?:机关)?|抄报|抄发|分送|主送|主办(?:单位)?|督办(?:单位)?|承办(?:单位)?|印发(?:机关|单位|日期|时间)|信息公开(?:选项|类别|属性|形式)|公开(?:方式|属性|选项)|校对|打字|打印|共印|印数)(?:：|$)|^（?共印\d+份|^抄[送报]：")
_CLOSES = re.compile(r"^抄[送报发]|^分送|^印发|印[发制]$|印[发制].{0,12}$")


def _words(paragraph: Paragraph) -> list[str]:
    return [word for cell in paragraph.cells if (word := squeeze(cell).text)]


def _is_imprint(rows: Sequence[Paragraph]) -> bool:
    """Whether every row of a small table is a line of 版记, one of them 抄送 or 印发."""
    words = [_words(row) for row in rows if _words(row)]
    if not 1 <= len(words) <= MOST_ROWS:
        return False
    lines = ["".join(row) for row in words]
    return all(_LABEL.match(row[0]) or PRINTED.match(line) for row, line in zip(words, lines, strict=True)) and any(_CLOSES.search(line) for line in lines)


def _is_head(rows: Sequence[Paragraph], first: bool) -> bool:
    """Whether every cell of a small table is a line of 版头, one of them the mark or the number."""
    words = [word for row in rows for word in _words(row)]
    if not words or len(rows) > MOST_ROWS:
        return False
    named = [word for word in words if MARK.match(word) or (first and NUMBER_LINE.match(word))]
    return bool(named) and all(NUMBER_LINE.match(word) or MARK.match(word) or HEADER.match(word) or is_organ(word) for word in words)


def _as_line(row: Paragraph) -> Paragraph:
    """An imprint's row as one line, a label joined to its value."""
    head, *rest = row.cells
    text = row.text
    label = _LABEL.match(bare := squeeze(head).text)
    if rest and label and label.end() == len(bare) and not bare.endswith("："):
        text = f"{head}：{text[len(head) + 1 :]}"
    text = text.replace(CELL_SEPARATOR, " ")
    return replace(row, text=text.rstrip(), cells=(), columns=(), pieces=tuple(replace(p, end=min(p.end, len(text.rstrip()))) for p in row.pieces))


def _as_cells(row: Paragraph) -> list[Paragraph]:
    """A letterhead's row as one line a cell."""
    lines, rest = [], replace(row, cells=(), columns=())
    for cell in row.cells[:-1]:
        left, rest = split(rest, len(cell))
        lines.append(left)
        _, rest = split(rest, len(CELL_SEPARATOR))
    return [line for line in (*lines, rest) if line.text.strip()]


def unframe(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, rows of tables that lay out head or imprint made lines."""
    lines: list[Paragraph] = []
    for in_table, group in groupby(paragraphs, key=lambda p: bool(p.cells)):
        run = list(group)
        if in_table and _is_imprint(run):
            lines.extend(_as_line(row) for row in run if _words(row))
        elif in_table and _is_head(run, first=len(lines) < HEAD_REACH):
            lines.extend(cell for row in run for cell in _as_cells(row))
        else:
            lines.extend(run)
    return lines
