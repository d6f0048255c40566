"""The command that holds a draft against the documents above it: check."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from ingest.limits import DEFAULT_LIMITS, Limits
from kb.commands.limits import with_limits
from kb.commands.options import DbOption, JsonOption, OutputOption, OverlayOption, ReportFormat, open_base
from kb.commands.output import complain
from kb.commands.reports import FormatOption, format_of, put_report
from kb.errors import UsageError


@with_limits
def check(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="The plan to be checked; it is not stored.")],
    against: Annotated[list[str] | None, typer.Option("--against", metavar="DOC…", help="The documents to hold it against.", show_default="those above it with jurisdiction, on its subject")] = None,
    region: Annotated[str | None, typer.Option("--region", metavar="NAME", help="The draft's region, where the draft does not say it.")] = None,
    decisions: Annotated[Path | None, typer.Option("--decisions", metavar="FILE", help="What was decided on findings; taken up again by each run.")] = None,
    accept: Annotated[list[str] | None, typer.Option("--accept", metavar="ID…", help="Findings that are right: noted in --decisions.")] = None,
    dismiss: Annotated[list[str] | None, typer.Option("--dismiss", metavar="ID…", help="Findings to be left alone: noted in --decisions with --reason.")] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why the findings are accepted or dismissed.")] = "",
    form: FormatOption = None,
    output: OutputOption = None,
    overlay: OverlayOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    limits: Limits = DEFAULT_LIMITS,
) -> None:
    """Hold a draft against the documents above it: what it misses, weakens or contradicts.

    Example: kb check 实施方案.docx --against 云政发〔2024〕3号 --output 对照.docx
    """
    from kb.check import check as compare
    from kb.ingestion import use_overlay

    use_overlay(overlay)
    shown_as = ReportFormat.json if as_json else format_of(form, output)
    _complete(decisions, accept, dismiss, reason)
    with open_base(db) as store:
        chosen = [store.find_document(name) for name in against] if against else None
        report = compare(store, draft, chosen, region, limits=limits)
        summaries = store.summaries()
    for warning in report["warnings"]:
        complain(f"{draft}: {warning}")
    if decisions:
        report = _decided(report, decisions, {"accepted": accept or [], "dismissed": dismiss or []}, reason, summaries)

    def whole(short: bool) -> Any:
        from kb.export.check_report import check_report

        return check_report(report, summaries, short)

    put_report(report, whole, shown_as, output, len(report["findings"]))


def _complete(decisions: Path | None, accept: list[str] | None, dismiss: list[str] | None, reason: str) -> None:
    """Raises `UsageError` where a decision has no file or no reason."""
    if (accept or dismiss) and decisions is None:
        raise UsageError("--accept, --dismiss", "decisions need a file", "name it: --decisions FILE")
    if dismiss and not reason.strip():
        raise UsageError("--dismiss", "a finding is dismissed with a reason", "say why: --reason WORDS")
    both = set(accept or ()) & set(dismiss or ())
    if both:
        raise UsageError(sorted(both)[0], "is accepted and dismissed at once", "name it once")


def _decided(report: Mapping[str, Any], path: Path, choices: Mapping[Any, list[str]], reason: str, documents: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """The report with the decisions of the file, those made now written into it."""
    from kb.decisions import decide, decisions_text, load_decisions, take_up
    from kb.export.files import write_file

    held = load_decisions(path)
    for choice, ids in choices.items():
        held = decide(report, held, ids, choice, reason.strip(), documents)
    if any(choices.values()):
        write_file(path, decisions_text(report["draft"], held).encode())
        complain(f"{path}: {len(held)} decisions")
    return take_up(report, held, documents)
