"""The report of a check on the terminal: the summary, the findings that ask for something, the citations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kb.export.lists import place
from kb.export.table import cell, make_table
from kb.export.words import CITATION, SEVERITY, STATUS
from kb.records import Json

_ALARMS = ("conflict", "missing", "partial")
_COLOUR = {"high": "red", "medium": "yellow", "low": "dim"}


def report_parts(report: Json, documents: Mapping[str, Json]) -> Iterator[RenderableType]:
    """The whole report, part by part."""
    yield Text(f"草案：{report['draft'].get('title') or report['draft'].get('source')}", style="bold")
    for identity in report["against"]:
        document = documents.get(identity, {})
        yield Text(f"对照：{document.get('title') or identity} {document.get('document_number') or ''}")
    counts = Counter(finding["status"] for finding in report["findings"])
    yield Text(f"覆盖率 {report['coverage']:.0%}　" + "　".join(f"{label} {counts[status]}" for status, label in STATUS.items() if counts[status]))
    alarms = [finding for finding in report["findings"] if finding["status"] in _ALARMS]
    if alarms:
        alarms.sort(key=lambda finding: list(SEVERITY).index(finding["severity"]))
        yield Text()
        yield _findings_table(alarms, documents)
    if report["citations"]:
        yield Text()
        yield _citations_table(report["citations"])


def _findings_table(findings: list[Json], documents: Mapping[str, Json]) -> Table:
    table = make_table(("结论", 11), ("上位要求", None), ("草案原文", None), ("说明", 26))
    for finding in findings:
        superior = finding["superior"]
        verdict = Text(f"{STATUS[finding['status']]}（{SEVERITY[finding['severity']]}）", style=_COLOUR[finding["severity"]])
        asked = Text(superior["text"])
        asked.append(f"\n{place(documents.get(superior['document'], {}), superior['path'])}", style="dim")
        found = "\n".join(piece["text"] for piece in finding["draft"]) or "—"
        why = "\n".join(conflict["explanation"] for conflict in finding["conflicts"]) or finding["advice"]
        table.add_row(verdict, asked, cell(found), cell(why))
    return table


def _citations_table(citations: list[Json]) -> Table:
    table = make_table(("引用文件", None), ("文号", 24), ("核对", 16))
    for citation in citations:
        table.add_row(*map(cell, (citation["title"], citation["document_number"], CITATION.get(citation["status"], citation["status"]))))
    return table
