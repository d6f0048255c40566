"""The corrections that hold, on the terminal: what was extracted, what a person made of it, who, when and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.export.columns import printable
from kb.export.lists import short
from kb.records import Json


def corrections_list(found: list[Json]) -> Iterator[str]:
    """Two lines for each."""
    for one in found:
        place = one["obligation_id"] or one["document_id"]
        gone = "" if one["placed"] else "（原文已变，未找到对应条文）"
        yield printable(f"■ {place} {one['field']}：{_words(one['original'])} → {_words(one['value'])}{gone}")
        why = f"，理由：{one['why']}" if one["why"] else ""
        yield printable(f"  {one['who']}，{one['made_at']}{why}" + (f"；条文：{short(one['passage'], 60)}" if one["passage"] else ""))


def _words(value: Any) -> str:
    """A value in few words: names or printed expressions of a list, the first column of a field."""
    if isinstance(value, list):
        return "、".join(str(row.get("raw") or row.get("name")) + (f"（{row['role']}）" if "role" in row else "") for row in value) or "无"
    first = next(iter(value.values()), None)
    return "、".join(map(str, first)) if isinstance(first, list) else str(first) if first is not None else "无"
