"""The breakdown of a document just received (任务分解): what a lower level has to do, who leads it there, and by when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kb.given import Given
from kb.local_units import local_counterpart
from kb.places import place_named
from kb.scope import DraftFacts, issuers_of, not_applicable
from kb.statements import Statement

Json = dict[str, Any]
LEAD, OTHERS = ("lead", "responsible"), ("cooperating", "participating")


def break_down(given: Given, region: str, today: date | None = None) -> Json:
    """The tasks of a document for a region below it, as `kb breakdown --json` prints them.

    `today` tells which phases are over; without it none is. What does not bind the region stands apart, each with its reason.
    """
    level, chain = place_named(region)
    facts = DraftFacts(level, chain, today, "", issuers_of([given.document]))
    tasks: list[Json] = []
    left: list[Json] = []
    for record in given.obligations:
        reason = not_applicable(Statement(record), facts, treated=False)
        if reason:
            left.append({"obligation": record, "reason": reason})
        else:
            tasks.append(_task(record, level, chain))
    return {"document": given.document, "region": list(chain), "level": level, "warnings": list(_warnings(given, level, chain)), "tasks": tasks, "not_applicable": left}


def _warnings(given: Given, level: str, chain: Sequence[str]) -> Iterator[str]:
    document = given.document
    if tuple(document["region"]) != tuple(chain)[: len(document["region"])]:
        yield f"文件是{''.join(document['region'])}的，对{''.join(chain)}没有约束力，仅供参考。"
    elif document["level"] == level:
        yield f"文件与{''.join(chain)}同级，不是上级文件。"
    if not given.obligations:
        yield "文件中没有读出任何要求，可能不是通知或方案，请核对文件。"


def _task(record: Mapping[str, Any], level: str, chain: Sequence[str]) -> Json:
    """One row: the words of the task, where they stand, and the local units with those printed above."""
    units: dict[str, list[Json]] = {"lead": [], "others": []}
    for unit in record["units"]:
        local = local_counterpart(unit["name"], level, chain)
        group = units["lead" if unit["role"] in LEAD else "others"]
        if not any(other["printed"] == unit["name"] or local and other["name"] == local for other in group):
            group.append({"name": local, "printed": unit["name"], "role": unit["role"]})
    leads = [unit for unit in units["lead"] if unit["role"] == "lead"] or units["lead"]
    others = [unit for unit in (*units["lead"], *units["others"]) if unit not in leads]
    deadlines = [{key: deadline[key] for key in ("raw", "type", "start", "end", "recurrence")} for deadline in record["deadlines"]]
    return {"task": record["text"], "obligation": dict(record), "lead_units": leads, "cooperating_units": others, "deadlines": deadlines, "targets": [target["raw"] for target in record["targets"]]}
