"""Tables without rules: a line of known heads (序号, 重点任务, 责任单位), and lines below whose parts stand under them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Box
from ingest.readers.glyph_lines import Char, PrintLine, parts
from ingest.readers.ruled import RuledTable, cell_text
from ingest.readers.tables import known_heads

_GUTTER = 0.4  # of the size: the least room between two columns, in all lines
_APART = 1.0  # of the size: the least room between two heads
_NEXT_LINE = 2.6  # of the size: what stands farther below belongs to no row above
_KEY = re.compile(r"^(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)]?[.．、]?|合计|总计)$")
_FEWEST_ROWS = 2

Interval = tuple[float, float]


def find_aligned(lines: Sequence[PrintLine]) -> tuple[list[RuledTable], list[PrintLine]]:
    """The tables that lines of a page make without rules, and the lines that belong to none."""
    tables: list[RuledTable] = []
    rest: list[PrintLine] = []
    at = 0
    while at < len(lines):
        heads = parts(lines[at], _APART) if lines[at].text.count(" ") >= 2 else []
        table, end = _read(lines, at, heads) if len(heads) >= 3 and known_heads([text for text, _ in heads]) >= 2 else (None, at)
        if table is None:
            rest.append(lines[at])
            at += 1
        else:
            tables.append(table)
            at = end
    return tables, rest


def _read(lines: Sequence[PrintLine], at: int, heads: Sequence[tuple[str, Box]]) -> tuple[RuledTable | None, int]:
    """The table under a line of heads, and the place of the first line behind it."""
    end = at + 1
    covered = _covered([lines[at]])
    gutters = _gutters(covered, heads, lines[at].size)
    while end < len(lines) and gutters and lines[end].box[1] - lines[end - 1].box[3] < _NEXT_LINE * lines[at].size:
        wider = _covered([lines[end]], covered)
        narrower = _gutters(wider, heads, lines[at].size)
        if narrower is None:
            break
        covered, gutters, end = wider, narrower, end + 1
    if not gutters or end == at + 1:
        return None, at
    sides = [lines[at].box[0] - 1e3, *gutters, lines[at].box[2] + 1e3]
    rows: list[list[PrintLine]] = []
    for line in lines[at + 1 : end]:
        key = "".join(char["text"] for char in line.chars if char["x0"] < sides[1])
        if _KEY.match(key):
            rows.append([line])
        elif key or not rows:
            return None, at
        else:
            rows[-1].append(line)
    if len(rows) < _FEWEST_ROWS:
        return None, at
    groups = [[lines[at]], *rows]
    bounds = _bounds(covered, sides, heads)
    texts: list[list[str | None]] = [[cell_text(_between(row, left, right), box) for (left, right), box in zip(zip(sides, sides[1:], strict=False), bounds, strict=True)] for row in groups]
    boxes = [(min(line.box[0] for line in row), row[0].box[1], max(line.box[2] for line in row), row[-1].box[3]) for row in groups]
    return RuledTable((min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[-1][3]), texts, boxes, frozenset()), end


def _covered(lines: Sequence[PrintLine], before: Sequence[Interval] = ()) -> list[Interval]:
    """The level ranges in which characters of the lines stand."""
    found: list[Interval] = []
    for x0, x1 in sorted([*before, *((char["x0"], char["x1"]) for line in lines for char in line.chars)]):
        if found and x0 <= found[-1][1] + 0.1:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found


def _gutters(covered: Sequence[Interval], heads: Sequence[tuple[str, Box]], size: float) -> list[float] | None:
    """The middle of the room between each two heads that no character stands in; None where there is none."""
    found = []
    for (_, one), (_, other) in zip(heads, heads[1:], strict=False):
        left, right = (one[0] + one[2]) / 2, (other[0] + other[2]) / 2
        room = [(b[0] - a[1], (a[1] + b[0]) / 2) for a, b in zip(covered, covered[1:], strict=False) if left < a[1] and b[0] < right + size]
        widest = max(room, default=(0.0, 0.0))
        if widest[0] < _GUTTER * size:
            return None
        found.append(widest[1])
    return found


def _bounds(covered: Sequence[Interval], sides: Sequence[float], heads: Sequence[tuple[str, Box]]) -> list[Box]:
    """The cells' widths: how far their characters reach in any row; for units, which are set one a line, no width binds."""
    found = []
    for left, right, (head, _) in zip(sides, sides[1:], heads, strict=False):
        inside = [range_ for range_ in covered if left <= range_[0] < right]
        end = right + 1e3 if re.search("单位|部门", head) else max((b for _, b in inside), default=right)
        found.append((min((a for a, _ in inside), default=left) - 5, 0.0, end + 5, 0.0))
    return found


def _between(row: Sequence[PrintLine], left: float, right: float) -> list[Char]:
    return [char for line in row for char in line.chars if left <= char["x0"] < right]
