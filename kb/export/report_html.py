"""A report as one HTML page that needs nothing else; whatever a notice prints is text, never markup."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from kb.export.columns import printable
from kb.export.report import Cell, Report, Sheet

_STYLE = """
body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;max-width:1300px;margin:2em auto;padding:0 1em;color:#222}
table{border-collapse:collapse;width:100%;margin:1em 0;table-layout:fixed}th,td{border:1px solid #ccc;padding:.4em .6em;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f3f3f3}.high{border-left:.4em solid #c0392b}.medium{border-left:.4em solid #e0a800}.low{border-left:.4em solid #bbb}
mark{background:#ffe3e0;color:#a40000}p{margin:.2em 0}@media print{tr{break-inside:avoid}thead{display:table-header-group}}
"""


def report_html(report: Report) -> str:
    """The whole page."""
    return "\n".join(_page(report)) + "\n"


def _text(value: str) -> str:
    return escape(printable(value)).replace("\n", "<br>")


def _page(report: Report) -> Iterator[str]:
    title = _text(report.title)
    yield f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>'
    for line in report.summary:
        yield f"<p>{_text(line)}</p>"
    for sheet in report.tables:
        yield from _table(sheet)
    yield "</body>\n</html>"


def _table(sheet: Sheet) -> Iterator[str]:
    yield f"<h2>{_text(sheet.name)}</h2>"
    if sheet.note:
        yield f"<p>{_text(sheet.note)}</p>"
    whole = sum(share for _, share in sheet.heads)
    heads = "".join(f'<th style="width:{100 * share / whole:.0f}%">{_text(name)}</th>' for name, share in sheet.heads)
    yield f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>"
    for row in sheet.rows:
        first, *rest = row.cells
        tone = f' class="{row.tone}"' if row.tone else ""
        yield f"<tr><td{tone}>{_marked(first)}</td>" + "".join(f"<td>{_marked(cell)}</td>" for cell in rest) + "</tr>"
    yield "</tbody>\n</table>"


def _marked(cell: Cell) -> str:
    return "".join(f"<mark>{_text(piece.text)}</mark>" if piece.differs else _text(piece.text) for piece in cell)
