"""Long lists on the terminal: obligations, deadlines; Chinese headings, each row with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.deadlines import Due, Grouping, grouped
from kb.export.columns import lay_out, rule
from kb.export.ledger import KIND, LEVEL, ROLE, status_word
from kb.records import Json

_COLOUR = {"overdue": "31", "due_soon": "33", "upcoming": "32"}
_LEAST = 80


def short(text: str, length: int) -> str:
    """A text cut to so many characters."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"


def place(document: Json, path: Sequence[str], length: int = 60) -> str:
    """Where a passage stands: number or title of its document, and the last headings of its path."""
    name = document.get("document_number") or short(document.get("title") or document.get("source") or "", 24)
    return short(" › ".join((name, *(short(heading, 22) for heading in path[-2:]))), length)


def short_id(obligation: Json) -> str:
    """The end of an obligation's id, behind its document's: enough for `kb show` to know it by."""
    return str(obligation["id"]).rpartition("-")[2]


def _widths(fixed: Sequence[int | float], total: int) -> list[int]:
    """Widths in cells: whole numbers as they are, fractions as shares of what is left."""
    left = max(total, _LEAST) - len(fixed) + 1 - sum(size for size in fixed if isinstance(size, int))
    return [size if isinstance(size, int) else int(left * size) for size in fixed]


def documents_list(documents: Iterable[Json], counts: Mapping[str, int], width: int) -> Iterator[str]:
    """The list of documents, each with its source under its title."""
    widths = _widths((16, 22, 1.0, 4, 10, 4), width)
    yield from lay_out([(("编号", "发文字号", "标题 / 来源", "层级", "成文日期", "义务"), "")], widths)
    yield rule(widths)
    for found in documents:
        title = f"{short(found['title'] or '（无标题）', 80)}\n{found['source']}"
        cells = (found["id"], found["document_number"] or "", title, LEVEL.get(found["level"], ""), found["issued_on"] or "", str(counts.get(found["id"], 0)))
        yield from lay_out([(cells, "")], widths)


def hits_list(hits: Iterable[Json], width: int) -> Iterator[str]:
    """What a search found, the best first."""
    widths = _widths((4, 4, 0.66, 0.34), width)
    yield from lay_out([(("分数", "类别", "内容", "依据"), "")], widths)
    yield rule(widths)
    for hit in hits:
        obligation = hit["obligation"]
        page = f" 第{hit['page']}页" if hit.get("page") else ""
        path = obligation["path"] if obligation else hit.get("path", [])
        source = f"{place(hit['document'], path, 80)}{page}" + (f"\n{short_id(obligation)}" if obligation else "")
        cells = (f"{hit['score']:.2f}", KIND.get(obligation["kind"], "") if obligation else "—", hit["passage"], source)
        yield from lay_out([(cells, "")], widths)


def obligations_list(obligations: Iterable[Json], documents: Mapping[str, Json], width: int) -> Iterator[str]:
    """The list of obligations."""
    widths = _widths((4, 0.44, 0.18, 0.14, 0.24), width)
    yield from lay_out([(("类别", "内容", "单位", "时限", "依据"), "")], widths)
    yield rule(widths)
    for found in obligations:
        units = "、".join(dict.fromkeys(f"{unit['name']}（{ROLE[unit['role']]}）" for unit in found["units"]))
        due = "；".join(dict.fromkeys(deadline["raw"] for deadline in found["deadlines"]))
        source = f"{place(documents[found['document']], found['path'])}\n{short_id(found)}"
        yield from lay_out([((KIND[found["kind"]], found["text"], units, due, source), "")], widths)


def deadlines_list(rows: Iterable[Due], by: Grouping, width: int, colours: bool = False) -> Iterator[str]:
    """The ledger, a part for each department, month or document."""
    middle: int | float = 4 if by == "unit" else 18
    widths = _widths((21, middle, 0.6, 0.4, 8), width)
    heads = ("时限", "角色" if by == "unit" else "单位", "任务事项", "依据", "状态")
    for name, members in grouped(rows, by):
        yield ""
        yield f"■ {name}{_printed(name, members) if by == 'unit' else ''}  {len(members)}项"
        yield from _renames(members) if by == "unit" else ()
        yield from lay_out([(heads, "")], widths)
        yield rule(widths)
        yield from lay_out((_ledger_row(row, by, colours) for row in members), widths)


def _printed(name: str, rows: Sequence[Due]) -> str:
    """The names as printed, where they are not the group's own."""
    names = dict.fromkeys(row.unit["name"] for row in rows if row.unit)
    return f"（原文：{'、'.join(names)}）" if set(names) - {name} else ""


def _renames(rows: Sequence[Due]) -> list[str]:
    """Why the organ of a group bears another name today than the notices print, a step a line."""
    return [f"  {step}" for step in dict.fromkeys(step for row in rows if row.renamed for step in row.renamed.split("；"))]


def _ledger_row(row: Due, by: Grouping, colours: bool) -> tuple[tuple[str, ...], str]:
    role = ROLE[row.unit["role"]] if row.unit else ""
    middle = role if by == "unit" or row.unit is None else f"{row.unit['name']}（{role}）"
    start, end, raw = row.deadline["start"], row.deadline["end"], row.deadline["raw"] or ""
    day = f"{start}～{end}" if start and end else end or (f"{start}～" if start else "")
    day = day or "、".join(row.next[:2])
    due = f"{day}\n{short(raw, 30)}" if day else raw
    task, source = short(row.obligation["text"], 100), place(row.document, row.obligation["path"])
    return (due, middle, task, source, status_word(row)), _COLOUR.get(row.status, "") if colours else ""
