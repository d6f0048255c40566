"""Commands about obligations: obligations, deadlines."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.commands.options import (
    DbOption,
    DocumentOption,
    DueFromOption,
    DueToOption,
    JsonOption,
    KindOption,
    LevelOption,
    OutputOption,
    PartyOption,
    RegionOption,
    RoleOption,
    TextOption,
    UnitOption,
    make_filters,
    open_base,
    parse_day,
)
from kb.commands.output import WIDTH, complain, say, show_json, show_list, width

if TYPE_CHECKING:
    from kb.deadlines import Due


class Grouping(StrEnum):
    """What deadlines are grouped by."""

    unit = "unit"
    month = "month"
    document = "document"


class LedgerFormat(StrEnum):
    """What deadlines can be printed as."""

    table = "table"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"
    ics = "ics"


def obligations(
    unit: UnitOption = None,
    role: RoleOption = None,
    kind: KindOption = None,
    level: LevelOption = None,
    region: RegionOption = None,
    document: DocumentOption = None,
    party: PartyOption = None,
    due_from: DueFromOption = None,
    due_to: DueToOption = None,
    text: TextOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """List obligations by the filters.

    Example: kb obligations --unit 市场监管局 --kind duty --due-to 2025-12-31
    """
    with open_base(db) as store:
        filters = make_filters(store, unit, role, kind, level, region, document, party, due_from, due_to, text)
        found = store.find_obligations(filters)
        summaries = store.summaries()
    if as_json:
        show_json(found)
        return
    from kb.export.lists import obligations_list

    show_list(obligations_list(found, summaries, width()))
    say(f"{len(found)} obligations")


def deadlines(
    unit: UnitOption = None,
    role: RoleOption = None,
    kind: KindOption = None,
    level: LevelOption = None,
    region: RegionOption = None,
    document: DocumentOption = None,
    party: PartyOption = None,
    due_from: DueFromOption = None,
    due_to: DueToOption = None,
    text: TextOption = None,
    by: Annotated[Grouping, typer.Option("--by", help="Group by unit, month or document.")] = Grouping.unit,
    as_of: Annotated[date | None, typer.Option("--as-of", parser=parse_day, metavar="DATE", help="The day to judge by; without it whatever has a date is upcoming.")] = None,
    soon: Annotated[int, typer.Option("--soon", min=0, metavar="DAYS", help="How near is due soon.")] = 30,
    form: Annotated[LedgerFormat | None, typer.Option("--format", help="What to print.", show_default="by --output's suffix, else table")] = None,
    output: OutputOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """List what falls due, by department.

    Example: kb deadlines --as-of 2025-06-01 --format xlsx --output 台账.xlsx
    """
    from kb.deadlines import list_deadlines

    chosen = LedgerFormat.json if as_json else form or _format_of(output)
    with open_base(db) as store:
        filters = make_filters(store, unit, role, kind, level, region, document, party, due_from, due_to, text)
        rows = list_deadlines(store, filters, by.value, as_of, soon)
    if output is None and chosen is LedgerFormat.json:
        show_json([row.as_json() for row in rows])
    elif output is None and chosen is LedgerFormat.table:
        from kb.export.lists import deadlines_list

        show_list(deadlines_list(rows, by.value, width(), sys.stdout.isatty()))
        say(f"{len(rows)} deadlines")
    else:
        _write(rows, chosen, by, output)


def _format_of(output: Path | None) -> LedgerFormat:
    suffix = output.suffix.lower().lstrip(".") if output else ""
    return LedgerFormat(suffix) if suffix in LedgerFormat.__members__ else LedgerFormat.table


def _write(rows: list[Due], chosen: LedgerFormat, by: Grouping, output: Path | None) -> None:
    from kb.export.files import write_out

    if chosen is LedgerFormat.csv:
        from kb.export.csv_file import ledger_csv

        data = ledger_csv(rows)
    elif chosen is LedgerFormat.xlsx:
        from kb.export.xlsx_file import ledger_xlsx

        data = ledger_xlsx(rows)
    elif chosen is LedgerFormat.ics:
        from kb.export.ics_file import ledger_ics

        left_out = sum(row.deadline["end"] is None for row in rows)
        if left_out:
            complain(f"{left_out} deadlines without a day are not in the calendar")
        data = ledger_ics(rows)
    elif chosen is LedgerFormat.json:
        from kb.export.json_lines import json_text

        data = (json_text([row.as_json() for row in rows]) + "\n").encode()
    else:
        from kb.export.lists import deadlines_list

        data = "".join(f"{line}\n" for line in deadlines_list(rows, by.value, WIDTH)).encode()
    write_out(data, output, binary=chosen is LedgerFormat.xlsx)
    if output is not None:
        complain(f"{output}: {len(rows)} deadlines written")
