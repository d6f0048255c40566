"""The report of a check as a person hands it on: the summary, the findings by severity with both quotations, the citations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from kb.decisions import is_open
from kb.export.ledger import LEVEL
from kb.export.marks import Piece, differing, plain
from kb.export.report import Cell, Report, Row, Sheet
from kb.export.words import CITATION, DECISION, SEVERITY, STATUS
from kb.records import Json

_ORDER = ("conflict", "missing", "partial", "exceeds", "covered", "not_applicable")
ALARMS = ("conflict", "missing", "partial")
_MARKED = ("conflict", "partial", "exceeds")
_HEADS = (("结论", 11.0), ("上位要求", 32.0), ("草案原文", 32.0), ("说明和建议", 25.0))


def check_report(report: Json, documents: Mapping[str, Json], alarms_only: bool = False) -> Report:
    """The whole report; `alarms_only` leaves out what asks for nothing or was decided, as the terminal shows it."""
    title = report["draft"].get("title") or report["draft"].get("source") or ""
    name = f"《{title}》对照检查报告" if not alarms_only else f"草案：{title}"
    open_ones = [finding for finding in report["findings"] if finding["status"] in ALARMS and is_open(finding)]
    rest = [finding for finding in report["findings"] if not (finding["status"] in ALARMS and is_open(finding))]
    sheets = [_findings("需要处理的问题", open_ones, documents)]
    if not alarms_only:
        decided = [finding for finding in rest if finding["status"] in ALARMS]
        quiet = [finding for finding in rest if finding["status"] not in ALARMS]
        sheets += [_findings("已作处理的问题", decided, documents), _findings("已落实和不适用的要求", quiet, documents)]
    sheets += [_citations(report), _against(report, documents)]
    return Report(name, tuple(_summary(report, documents)), tuple(sheets))


def _summary(report: Json, documents: Mapping[str, Json]) -> Iterator[str]:
    findings = report["findings"]
    for identity in report["against"]:
        document = documents.get(identity, {})
        yield f"对照：{document.get('title') or identity} {document.get('document_number') or ''}".rstrip()
    counts = Counter(finding["status"] for finding in findings)
    yield f"覆盖率 {report['coverage']:.0%}：" + "，".join(f"{STATUS[status]} {counts[status]}" for status in _ORDER if counts[status])
    graves = Counter(finding["severity"] for finding in findings if finding["status"] in ALARMS and is_open(finding))
    if graves:
        yield "需要处理：" + "、".join(f"{word}等 {graves[grade]} 项" for grade, word in SEVERITY.items() if graves[grade])
    decided = Counter(DECISION[finding["decision"]["decision"]] for finding in findings if finding.get("decision") and not finding["decision"]["changed"])
    if decided:
        yield "已作处理：" + "、".join(f"{word} {number} 项" for word, number in decided.items())
    again = sum(bool(finding.get("decision", {}).get("changed")) for finding in findings)
    if again:
        yield f"草案改动后须复核的处理意见 {again} 项"
    unused = [told for told in report.get("documents", ()) if not told["used"]]
    if unused:
        yield f"未作对照的文件 {len(unused)} 件，原因见“对照文件”"
    for warning in report.get("warnings", ()):
        yield f"提醒：{warning}"


def _findings(name: str, findings: list[Json], documents: Mapping[str, Json]) -> Sheet:
    ranks = list(SEVERITY)
    shown = {finding["superior"]["id"] for finding in findings}
    # The stricter one speaks; what it goes beyond is told with it.
    findings = [finding for finding in findings if not any(note["relation"] == "stricter" and note["obligation"] in shown for note in finding.get("see", ()))]
    ordered = sorted(findings, key=lambda found: (ranks.index(found["severity"]), _ORDER.index(found["status"])))
    return Sheet(name, _HEADS, tuple(_row(finding, documents) for finding in ordered))


def _row(finding: Json, documents: Mapping[str, Json]) -> Row:
    superior = finding["superior"]
    verdict = f"{STATUS[finding['status']]}（{SEVERITY[finding['severity']]}）\n{str(superior['id']).rpartition('-')[2]}"
    asked, found = _quotations(finding)
    page = superior.get("page")
    where = _place(documents.get(superior["document"], {}), superior["path"]) + (f"，第{page}页" if page else "")
    why = [finding["advice"]]  # it says what the conflicts are
    why += [note["explanation"] for note in finding.get("see", ())]
    tone = finding["severity"] if finding["status"] in ALARMS else ""
    return Row((plain(verdict), (*asked, *plain(f"\n〔{where}〕" if where else "")), found, plain("\n".join([*why, *_decision(finding)]))), tone)


def _quotations(finding: Json) -> tuple[Cell, Cell]:
    """Both wordings, their differing words marked, the draft's with the headings that each stands under."""
    text = finding["superior"]["text"]
    pieces = finding["draft"]
    whole = "\n".join(piece["text"] for piece in pieces)
    marked = finding["status"] in _MARKED
    asked = differing(text, whole)[0] if marked and pieces else plain(text)
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        own = differing(text, piece["text"])[1] if marked else plain(piece["text"])
        where = " › ".join(piece["path"])
        found += [*plain("\n" if number else ""), *own, *plain(f"\n〔{where}〕" if where else "")]
    return asked, tuple(found) or plain("—")


def _place(document: Json, path: list[str]) -> str:
    return " › ".join(part for part in (document.get("document_number") or document.get("title") or "", *path) if part)


def _decision(finding: Json) -> Iterator[str]:
    decision = finding.get("decision")
    if decision:
        words = f"处理意见：{DECISION[decision['decision']]}" + (f"，{decision['reason']}" if decision["reason"] else "")
        yield words + ("（草案或结论此后有变，请复核）" if decision["changed"] else "")


def _citations(report: Json) -> Sheet:
    heads = (("引用文件", 50.0), ("文号", 22.0), ("核对", 16.0), ("说明", 32.0))
    rows = []
    for citation in report["citations"]:
        cells = (citation["title"], citation["document_number"], CITATION.get(citation["status"], citation["status"]), citation.get("note"))
        rows.append(Row(tuple(map(plain, cells)), "" if citation["status"] == "found" else "medium"))
    return Sheet("引用核对", heads, tuple(rows))


def _against(report: Json, documents: Mapping[str, Json]) -> Sheet:
    """What was compared and what was not, each with its reason."""
    heads = (("对照文件", 50.0), ("文号", 22.0), ("层级", 10.0), ("是否对照", 10.0), ("理由", 40.0))
    told = report.get("documents") or [{**documents.get(identity, {"title": identity}), "used": True, "reason": ""} for identity in report["against"]]
    rows = []
    for document in told:
        level = LEVEL.get(document.get("level") or "", "")
        cells = (document.get("title"), document.get("document_number"), level, "是" if document["used"] else "否", document["reason"])
        rows.append(Row(tuple(map(plain, cells))))
    return Sheet("对照文件", heads, tuple(rows))
