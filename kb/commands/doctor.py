"""`kb doctor`: whether the base is sound; what is derived is mended."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.commands.documents import progress
from kb.commands.options import DbOption, JsonOption, open_base
from kb.commands.output import complain, say, show_json


def doctor(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look; mend nothing.")] = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Check the base and mend what is derived from the notices: indexes, ledger, search files; name all else with what to do.

    Ends with status 1 where something is left that a person must do.

    Example: kb doctor
    """
    from kb.doctor import examine

    with open_base(db) as store, progress() as on_progress:
        report = examine(store, not dry_run, on_progress)
    if as_json:
        show_json(report.as_json())
    else:
        for finding in report.findings:
            (say if finding.state in ("mended", "to know") else complain)(str(finding))
        mended = sum(finding.state == "mended" for finding in report.findings)
        state = "sound" if report.sound else "not sound"
        say(f"{report.base}: {state}, {report.documents} documents, {report.obligations} obligations" + (f", {mended} mended" if mended else ""))
    if not report.sound:
        raise typer.Exit(1)
