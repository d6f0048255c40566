"""Commands on a document just received: what changed since its last version, what it asks of a lower level."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from ingest.limits import DEFAULT_LIMITS, Limits
from kb.commands.limits import with_limits
from kb.commands.options import DbOption, JsonOption, OutputOption, OverlayOption, ReportFormat, open_base, parse_day
from kb.commands.output import complain
from kb.commands.reports import FormatOption, format_of, put_report


@with_limits
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The older version: a stored document or a file.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The newer version: a stored document or a file.")],
    form: FormatOption = None,
    output: OutputOption = None,
    overlay: OverlayOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    limits: Limits = DEFAULT_LIMITS,
) -> None:
    """Compare two versions of one document: obligations added, dropped and changed (对照表). A file is not stored.

    Example: kb diff 云政发〔2019〕16号 修订稿.docx --output 对照表.docx
    """
    from kb.diff import diff as compare
    from kb.given import load_given
    from kb.ingestion import use_overlay

    use_overlay(overlay)
    shown_as = ReportFormat.json if as_json else format_of(form, output)
    with open_base(db) as store:
        versions = [load_given(store, name, limits) for name in (old, new)]
    for given, name in zip(versions, (old, new), strict=True):
        if not given.obligations:
            complain(f"{name}: no obligation was found in it; check that it is a notice and reads well: kb extract FILE")
    found = compare(*versions)

    def whole(short: bool) -> Any:
        from kb.export.diff_report import diff_report

        return diff_report(found, short)

    put_report(found, whole, shown_as, output, len(found["changes"]))


@with_limits
def breakdown(
    document: Annotated[str, typer.Argument(metavar="DOC", help="The document received: a stored one or a file.")],
    region: Annotated[str, typer.Option("--region", metavar="NAME", help="The place that carries it out.")],
    as_of: Annotated[date | None, typer.Option("--as-of", parser=parse_day, metavar="DATE", help="Leave out phases that were over by this day.")] = None,
    form: FormatOption = None,
    output: OutputOption = None,
    overlay: OverlayOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
    limits: Limits = DEFAULT_LIMITS,
) -> None:
    """Break a document down for a lower level (任务分解表): task, source, local units, deadline, target. A file is not stored.

    Example: kb breakdown 云政发〔2024〕3号 --region 河口县 --output 任务分解表.xlsx
    """
    from kb.breakdown import break_down
    from kb.given import load_given
    from kb.ingestion import use_overlay

    use_overlay(overlay)
    shown_as = ReportFormat.json if as_json else format_of(form, output)
    with open_base(db) as store:
        found = break_down(load_given(store, document, limits), region, as_of)
    for warning in found["warnings"]:
        complain(f"{document}: {warning}")

    def whole(short: bool) -> Any:
        from kb.export.breakdown_report import breakdown_report

        return breakdown_report(found, short)

    put_report(found, whole, shown_as, output, len(found["tasks"]))
