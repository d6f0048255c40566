"""The report of a check as one HTML page that needs nothing else: both wordings side by side, every finding, the citations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape

from kb.export.columns import printable
from kb.export.ledger import LEVEL
from kb.export.words import CITATION, SEVERITY, STATUS
from kb.records import Json

_ORDER = ("conflict", "missing", "partial", "exceeds", "covered", "not_applicable")
_STYLE = """
body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;max-width:1200px;margin:2em auto;padding:0 1em;color:#222}
table{border-collapse:collapse;width:100%;margin:1em 0}th,td{border:1px solid #ccc;padding:.4em .6em;text-align:left;vertical-align:top}
th{background:#f3f3f3}.path{color:#666;font-size:85%}.high{border-left:.4em solid #c0392b}.medium{border-left:.4em solid #e0a800}.low{border-left:.4em solid #bbb}
td:first-child{white-space:nowrap}p{margin:.2em 0}
"""


def report_html(report: Json, documents: Mapping[str, Json]) -> str:
    """The whole page; whatever a notice prints is text, never markup."""
    return "\n".join(_page(report, documents)) + "\n"


def _text(value: object) -> str:
    return escape(printable(str(value if value is not None else "")))


def _page(report: Json, documents: Mapping[str, Json]) -> Iterator[str]:
    title = report["draft"].get("title") or report["draft"].get("source")
    yield f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>'
    yield f"<h1>{_text(title)}</h1>"
    for identity in report["against"]:
        document = documents.get(identity, {})
        level = LEVEL.get(document.get("level") or "", "")
        yield f"<p>对照：{_text(document.get('title') or identity)} {_text(document.get('document_number'))} {_text(level)}</p>"
    counts = Counter(finding["status"] for finding in report["findings"])
    yield f"<p><b>覆盖率 {report['coverage']:.0%}</b>　" + "　".join(f"{STATUS[status]} {counts[status]}" for status in _ORDER if counts[status]) + "</p>"
    yield "<table>\n<tr><th>结论</th><th>上位要求</th><th>草案原文</th><th>说明</th></tr>"
    ranks = list(SEVERITY)
    for finding in sorted(report["findings"], key=lambda found: (_ORDER.index(found["status"]), ranks.index(found["severity"]))):
        yield _row(finding, documents)
    yield "</table>"
    if report["citations"]:
        yield "<table>\n<tr><th>引用文件</th><th>文号</th><th>核对</th></tr>"
        for citation in report["citations"]:
            cells = (citation["title"], citation["document_number"], CITATION.get(citation["status"], citation["status"]))
            yield "<tr>" + "".join(f"<td>{_text(value)}</td>" for value in cells) + "</tr>"
        yield "</table>"
    yield "</body>\n</html>"


def _row(finding: Json, documents: Mapping[str, Json]) -> str:
    superior = finding["superior"]
    document = documents.get(superior["document"], {})
    verdict = f"{STATUS[finding['status']]}（{SEVERITY[finding['severity']]}）"
    asked = f"<p>{_text(superior['text'])}</p>" + _path((document.get("document_number") or document.get("title") or "", *superior["path"]))
    found = "".join(f"<p>{_text(piece['text'])}</p>" + _path(piece["path"]) for piece in finding["draft"]) or "—"
    why = "".join(f"<p>{_text(conflict['explanation'])}</p>" for conflict in finding["conflicts"]) + f"<p>{_text(finding['advice'])}</p>"
    return f'<tr><td class="{finding["severity"]}">{verdict}</td><td>{asked}</td><td>{found}</td><td>{why}</td></tr>'


def _path(path: tuple[str, ...] | list[str]) -> str:
    words = " › ".join(part for part in path if part)
    return f'<p class="path">{_text(words)}</p>' if words else ""
