"""The columns of the 督办台账, one row for each obligation and deadline, whatever file they go into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.deadlines import Due
from kb.records import Json

COLUMNS = ("序号", "任务事项", "牵头单位", "责任单位", "配合单位", "完成时限", "量化目标", "依据文件及条款", "状态")
STATUS = {"overdue": "已逾期", "due_soon": "即将到期", "upcoming": "未到期", "recurring": "周期性", "undated": "未定日期"}
ROLE = {"lead": "牵头", "responsible": "责任", "cooperating": "配合"}
KIND = {"duty": "义务", "prohibition": "禁止", "target": "目标", "support": "扶持", "encouragement": "鼓励"}
LEVEL = {"national": "国家", "provincial": "省级", "municipal": "市级", "county": "县级", "township": "乡级"}


def ledger(rows: Iterable[Due]) -> Iterator[tuple[int, str, str, str, str, str, str, str, str]]:
    """The ledger's rows: the units of one obligation and deadline stand side by side by their role."""
    seen: set[tuple[str, int, int]] = set()
    for row in rows:
        place = (row.obligation["id"], row.deadline["start_char"], row.deadline["end_char"])
        if place in seen:
            continue
        seen.add(place)
        obligation = row.obligation
        units = ("、".join(dict.fromkeys(u["name"] for u in obligation["units"] if u["role"] == role)) for role in ROLE)
        lead, responsible, cooperating = units
        targets = "；".join(target["raw"] for target in obligation["targets"])
        yield len(seen), obligation["text"], lead, responsible, cooperating, when(row.deadline), targets, basis(row.document, obligation), STATUS[row.status]


def when(deadline: Json) -> str:
    """A deadline as printed, with its day where that says more."""
    start, end = deadline["start"], deadline["end"]
    days = f"{start}至{end}" if start and end else end or (f"{start}起" if start else "")
    return f"{deadline['raw']}（{days}）" if days and days != deadline["raw"] else str(deadline["raw"])


def basis(document: Json, obligation: Json) -> str:
    """The document and the place in it that an obligation rests on."""
    title = f"《{document['title']}》" if document["title"] else document["source"]
    number = f"（{document['document_number']}）" if document["document_number"] else ""
    return " ".join(filter(None, (f"{title}{number}", " › ".join(obligation["path"]))))
