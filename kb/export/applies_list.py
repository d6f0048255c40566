"""What concerns an enterprise, on the terminal: by group, each with why it applies, its dates, the office to turn to."""

from __future__ import annotations

from collections.abc import Iterator

from kb.export.columns import lay_out, rule
from kb.export.ledger import when
from kb.export.lists import place, short
from kb.records import Json

GROUP = {"must": "必须做到", "must not": "不得", "inspected": "会被检查", "may receive": "可以享受", "encouraged": "受到鼓励"}
_WIDTHS = (0.46, 0.3, 0.24)


def applies_list(found: Json, width: int) -> Iterator[str]:
    """The groups that hold anything, then what would have to be known."""
    left = max(width, 80) - len(_WIDTHS) + 1
    widths = [int(left * share) for share in _WIDTHS]
    for group, title in GROUP.items():
        items = [item for item in found["items"] if item["group"] == group]
        if not items:
            continue
        sure = sum(item["certainty"] == "applies" for item in items)
        yield ""
        yield f"■ {title}  {sure}项" + (f"，另有{len(items) - sure}项待定" if len(items) > sure else "")
        yield from lay_out([(("内容", "理由", "时限 / 找谁 / 依据"), "")], widths)
        yield rule(widths)
        yield from lay_out((_row(item) for item in items), widths)
    if found["questions"]:
        yield ""
        yield "■ 补充下列信息后可以确定"
        for question in found["questions"]:
            yield f"  {question['question']}（涉及{question['items']}项）"


def _row(item: Json) -> tuple[tuple[str, ...], str]:
    obligation = item["obligation"]
    text = obligation["text"] + "".join(f"\n数额：{raw}" for raw in item["amounts"]) + "".join(f"\n材料：{raw}" for raw in item["hand_in"])
    why = f"【待定】{'；'.join(item['asks'])}\n{item['because']}" if item["asks"] else item["because"]
    due = "；".join(dict.fromkeys(when(deadline) for deadline in obligation["deadlines"]))
    return (text, short(why, 120), "\n".join(filter(None, (due, "、".join(item["offices"]), place(item["document"], obligation["path"]))))), ""
