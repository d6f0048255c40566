"""Reports on the terminal, as JSON, or as a file that a person hands on: what check, diff and breakdown have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.commands.options import ReportFormat
from kb.commands.output import complain, plain_text, show, show_json
from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.export.report import Report

FormatOption = Annotated[ReportFormat | None, typer.Option("--format", help="What to print.", show_default="by --output's suffix, else table")]


def format_of(asked: ReportFormat | None, output: Path | None) -> ReportFormat:
    """The format asked for, else the one that the file's suffix names, else a table."""
    suffix = output.suffix.lower().lstrip(".") if output else ""
    if asked or suffix in ReportFormat.__members__:
        return asked or ReportFormat(suffix)
    if suffix not in ("", "txt"):
        raise UsageError("--output", f"a report cannot be written as .{suffix}", "name a file that ends in .xlsx, .docx, .html, .json or .txt")
    return ReportFormat.table


def put_report(found: Mapping[str, Any], report: Callable[[bool], Report], form: ReportFormat, output: Path | None, number: int) -> None:
    """Print what was found, or write it to a file; `report` makes the report, the short one for a terminal where told True."""
    if output is None and form is ReportFormat.table:
        from kb.export.report_table import report_parts

        show(*report_parts(report(True)))
        return
    if output is None and form is ReportFormat.json:
        show_json(found)
        return
    from kb.export.files import write_out

    write_out(_bytes(found, report, form), output, binary=form in (ReportFormat.xlsx, ReportFormat.docx))
    if output is not None:
        complain(f"{output}: {number} rows written")


def _bytes(found: Mapping[str, Any], report: Callable[[bool], Report], form: ReportFormat) -> bytes:
    if form is ReportFormat.json:
        from kb.export.json_lines import json_text

        return (json_text(found) + "\n").encode()
    if form is ReportFormat.html:
        from kb.export.report_html import report_html

        return report_html(report(False)).encode()
    if form is ReportFormat.xlsx:
        from kb.export.report_xlsx import report_xlsx

        return report_xlsx(report(False))
    if form is ReportFormat.docx:
        from kb.export.report_docx import report_docx

        return report_docx(report(False))
    from kb.export.report_table import report_parts

    return plain_text(*report_parts(report(True))).encode()
