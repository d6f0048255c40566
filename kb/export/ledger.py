"""The columns of the 督办台账, one row for each obligation and deadline, whatever file they go into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kb.deadlines import Due
from kb.records import Json

COLUMNS = ("序号", "任务事项", "牵头单位", "责任单位", "配合单位", "完成时限", "量化目标", "依据文件及条款", "状态")
STATUS = {"overdue": "已逾期", "due_soon": "即将到期", "upcoming": "未到期", "recurring": "周期性", "undated": "未定日期", "lasting": "长期坚持"}
ROLE = {"lead": "牵头", "responsible": "责任", "cooperating": "配合"}
KIND = {"duty": "义务", "prohibition": "禁止", "target": "目标", "support": "扶持", "encouragement": "鼓励"}
LEVEL = {"national": "国家", "provincial": "省级", "municipal": "市级", "county": "县级", "township": "乡级"}


def once(rows: Iterable[Due]) -> Iterator[Due]:
    """Each obligation and deadline a single time: its units stand side by side in one row."""
    seen: set[tuple[str, int, int, str, str]] = set()
    for row in rows:
        place = (row.obligation["id"], row.deadline["start_char"], row.deadline["end_char"], str(row.deadline.get("occurrence")), _spread_to(row)[1])
        if place not in seen:
            seen.add(place)
            yield row


def ledger(rows: Iterable[Due]) -> Iterator[tuple[int, str, str, str, str, str, str, str, str]]:
    """The ledger's rows, numbered: the units of an obligation stand side by side by their role."""
    for number, row in enumerate(rows, 1):
        obligation = row.obligation
        generic, named = _spread_to(row)
        units = ("、".join(dict.fromkeys(named if u["name"] == generic else u["name"] for u in obligation["units"] if u["role"] == role)) for role in ROLE)
        lead, responsible, cooperating = units
        targets = "；".join(target["raw"] for target in obligation["targets"])
        yield number, obligation["text"], lead, responsible, cooperating, when(row.deadline, row.next), targets, basis(row.document, obligation), status_word(row)


def _spread_to(row: Due) -> tuple[str, str]:
    """The generic name (各乡镇) that a row's unit stands in for, and the unit; empty where it stands for none."""
    unit = row.unit or {}
    return (unit["expanded_from"], unit["name"]) if "expanded_from" in unit else ("", "")


def status_word(row: Due) -> str:
    """How a row stands, in one Chinese word."""
    return STATUS["lasting"] if row.lasting else STATUS[row.status]


def when(deadline: Json, following: Sequence[str] = ()) -> str:
    """A deadline as printed, with its day where that says more, of what recurs the next one."""
    if deadline["raw"] is None:
        return ""
    start, end = deadline["start"], deadline["end"]
    days = f"{start}至{end}" if start and end else end or (f"{start}起" if start else "")
    days = days or (f"下次{following[0]}" if following else "")
    return f"{deadline['raw']}（{days}）" if days and days != deadline["raw"] else str(deadline["raw"])


def basis(document: Json, obligation: Json) -> str:
    """The document and the place in it that an obligation rests on."""
    title = f"《{document['title']}》" if document["title"] else document["source"]
    number = f"（{document['document_number']}）" if document["document_number"] else ""
    return " ".join(filter(None, (f"{title}{number}", " › ".join(obligation["path"]))))
