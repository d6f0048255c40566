"""The changes between two versions as a person hands them on: a 对照表 with the words that differ marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kb.export.marks import differing, plain
from kb.export.report import Cell, Report, Row, Sheet
from kb.records import Json

CHANGE = {"added": "新增", "dropped": "删除", "changed": "修改", "unchanged": "未变"}
_TONE = {"added": "medium", "dropped": "high", "changed": "medium"}
_PART = {"merged": "并入新版的其他条款。", "split": "由原版的条款拆分。"}
_HEADS = (("变化", 8.0), ("原版", 35.0), ("新版", 35.0), ("说明", 22.0))


def diff_report(found: Json, short: bool = False) -> Report:
    """The whole table; `short` leaves out what did not change."""
    old, new = (found[side].get("title") or found[side].get("source") or "" for side in ("old", "new"))
    rows = [_row(change) for change in found["changes"] if not short or change["change"] != "unchanged"]
    return Report(f"《{new}》新旧对照表", tuple(_summary(found, old, new)), (Sheet("条款对照", _HEADS, tuple(rows)),))


def _summary(found: Json, old: str, new: str) -> Iterator[str]:
    for label, side, title in (("原版", "old", old), ("新版", "new", new)):
        yield f"{label}：{title} {found[side].get('document_number') or ''}".rstrip()
    counts = Counter(change["change"] for change in found["changes"])
    yield "，".join(f"{word} {counts[change]} 条" for change, word in CHANGE.items() if counts[change]) or "两个版本都没有读出要求。"


def _row(change: Json) -> Row:
    old, new = change["old"], change["new"]
    ours, theirs = differing(old["text"], new["text"]) if old and new and not change["part"] else (plain(old and old["text"]), plain(new and new["text"]))
    why = [difference["explanation"] for difference in change["differences"]]
    if change["part"]:
        why.append(_PART[change["part"]])
    elif change["change"] == "changed" and not why:
        why.append("文字有改动。")
    if change["moved"] and not change["part"]:
        why.append("所在章节不同。")
    cells = (plain(CHANGE[change["change"]]), (*ours, *_place(old)), (*theirs, *_place(new)), plain("".join(why)))
    return Row(cells, _TONE.get(change["change"], ""))


def _place(obligation: Json | None) -> Cell:
    where = " › ".join(obligation["path"]) if obligation else ""
    return plain(f"\n〔{where}〕" if where else "")
