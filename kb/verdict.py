"""Verdicts: what a draft makes of one obligation above it, or of one part of it, and how it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kb.compare import Conflict
from kb.phrases import quoted, thing_words
from kb.statements import Statement

Status = Literal["covered", "partial", "missing", "conflict", "exceeds", "not_applicable"]
TOLD = 4  # things left out that the advice names
_GRAVE = {"target_weaker", "deadline_later", "kind_weaker"}


@dataclass(frozen=True)
class Finding:
    """What one obligation, or one part of it, comes to in the draft; `superior` is the part."""

    status: Status
    superior: Statement
    places: tuple[Statement, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    left_out: tuple[str, ...] = ()
    stricter: tuple[str, ...] = ()
    score: float = 0.0
    reason: str = ""
    weight: float = 1.0
    see: tuple[Mapping[str, str], ...] = ()  # what other documents above say of the same matter
    doubt: str = ""  # why a person must look at the draft's own print

    @property
    def types(self) -> frozenset[str]:
        """The kinds of conflict found."""
        return frozenset(conflict.type for conflict in self.conflicts)

    def to_json(self) -> dict[str, Any]:
        more: dict[str, Any] = {"see": [dict(one) for one in self.see]} if self.see else {}
        if self.doubt:
            more["doubtful"] = True
        return more | {
            "status": self.status,
            "severity": severity(self),
            "superior": dict(self.superior.record),
            "draft": [statement.place() for statement in self.places],
            "conflicts": [conflict.to_json() for conflict in self.conflicts],
            "score": round(min(self.score, 1.0), 3),
            "advice": advice(self),
        }


def status_of(conflicts: Sequence[Conflict], left_out: bool, stricter: bool) -> Status:
    """The verdict on what the draft handles, told by what differs."""
    types = {conflict.type for conflict in conflicts}
    if types & _GRAVE:
        return "conflict"
    if types or left_out:
        return "partial"
    return "exceeds" if stricter else "covered"


def severity(finding: Finding) -> Literal["high", "medium", "low"]:
    """How much a drafter should mind."""
    binding = finding.superior.kind in {"duty", "prohibition", "target"}
    if finding.status == "conflict" or finding.status == "missing" and finding.superior.kind in {"prohibition", "target"}:
        return "high"
    if finding.status == "missing":
        return "medium" if binding else "low"
    return "medium" if finding.status == "partial" and binding else "low"


def advice(finding: Finding) -> str:
    """What to do, in one sentence for the drafter."""
    if finding.status == "not_applicable":
        return finding.reason
    if finding.doubt:
        return finding.doubt
    if finding.status == "missing":
        return "草案没有对应内容，建议补充这一要求或说明不适用的理由。"
    parts = list(dict.fromkeys(conflict.explanation.rstrip("。") for conflict in finding.conflicts))
    units = {name for conflict in finding.conflicts if conflict.type == "unit_missing" for name in conflict.superior.split("、")}
    things = list(dict.fromkeys(thing_words(thing) for thing in finding.left_out if thing not in units))
    if things:
        more = f"等{len(things)}项" if len(things) > TOLD else ""
        parts.append("草案漏了" + "".join(map(quoted, things[:TOLD])) + more)
    if parts:
        return "；".join(parts) + "，建议修改或补充。"
    if finding.status == "exceeds":
        return "；".join(finding.stricter) + "，无需修改。"
    return "草案已落实这一要求，无需修改。"
