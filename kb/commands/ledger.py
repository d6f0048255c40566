"""`kb deadlines`: what falls due, as a list or as the files that offices use."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
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
    ExpiredOption,
    JsonOption,
    KindOption,
    LevelOption,
    OutputOption,
    OverlayOption,
    PartyOption,
    RegionOption,
    RoleOption,
    TextOption,
    UnitOption,
    make_filters,
    open_base,
    parse_day,
    tell_unknown,
    without_lapsed,
)
from kb.commands.output import complain, say, show_list, width
from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.deadlines import Due, Ledger


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


class StatusName(StrEnum):
    """How a deadline can stand; `lasting` is 长期坚持."""

    overdue = "overdue"
    due_soon = "due_soon"
    upcoming = "upcoming"
    recurring = "recurring"
    undated = "undated"
    lasting = "lasting"


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
    soon: Annotated[int, typer.Option("--soon", min=0, max=36500, metavar="DAYS", help="How near is due soon.")] = 30,
    status: Annotated[list[StatusName] | None, typer.Option("--status", help="Only these; all but undated, recurring and lasting need --as-of.")] = None,
    first: Annotated[date | None, typer.Option("--from", parser=parse_day, metavar="DATE", help="With --to: the ledger of a period, recurring duties spread over it.")] = None,
    last: Annotated[date | None, typer.Option("--to", parser=parse_day, metavar="DATE", help="The last day of the period.")] = None,
    expand: Annotated[bool, typer.Option("--expand", help="Spread 各乡镇 and their like over the units that the overlay names.")] = False,
    overlay: OverlayOption = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="At most so many rows.")] = None,
    offset: Annotated[int, typer.Option("--offset", min=0, metavar="N", help="Leave out the first rows.")] = 0,
    include_expired: ExpiredOption = False,
    form: Annotated[LedgerFormat | None, typer.Option("--format", help="What to print.", show_default="by --output's suffix, else table")] = None,
    output: OutputOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """List what falls due, by department.

    Example: kb deadlines --as-of 2025-06-01 --format xlsx --output 台账.xlsx
    """
    from kb.deadlines import Ledger, read_ledger

    _check_period(first, last)
    chosen = LedgerFormat.json if as_json else form or _format_of(output)
    with open_base(db) as store:
        from kb.expansion import load_groups

        filters = make_filters(store, unit, role, kind, level, region, document, party, due_from, due_to, text)
        groups = load_groups(overlay) if expand else ()
        filters = without_lapsed(store, filters, as_of, include_expired)
        asked = Ledger(filters, by.value, as_of, soon, tuple(one.value for one in status or ()), first, last, groups)
        if not groups:
            tell_unknown(store, filters)
        rows = read_ledger(store, asked, limit, offset, once=chosen in (LedgerFormat.csv, LedgerFormat.xlsx))
        _print(_once(rows) if groups and chosen in (LedgerFormat.csv, LedgerFormat.xlsx) else rows, chosen, asked, output)


def _once(rows: Iterator[Due]) -> Iterator[Due]:
    from kb.export.ledger import once

    return once(rows)


def _check_period(first: date | None, last: date | None) -> None:
    if (first is None) != (last is None):
        raise UsageError("--from" if last is None else "--to", "a period needs both --from and --to", "give the other one too")
    if first and last and first > last:
        raise UsageError("--from", f"{first} is after --to {last}", "exchange them")
    if first and last and last.year - first.year > 50:
        raise UsageError("--to", "the period is longer than 50 years", "give a shorter one")


def _format_of(output: Path | None) -> LedgerFormat:
    suffix = output.suffix.lower().lstrip(".") if output else ""
    if output is not None and (output.is_dir() or not suffix):
        return LedgerFormat.ics
    if suffix not in ("", "txt", *LedgerFormat.__members__):
        raise UsageError("--output", f"a ledger cannot be written as .{suffix}", "name a file that ends in .xlsx, .csv, .ics, .json or .txt, or say --format")
    return LedgerFormat(suffix) if suffix in LedgerFormat.__members__ else LedgerFormat.table


def _print(rows: Iterator[Due], chosen: LedgerFormat, asked: Ledger, output: Path | None) -> None:
    if output is None and chosen is LedgerFormat.table:
        from kb.export.lists import deadlines_list

        count = _Count()
        show_list(deadlines_list(count(rows), asked.by, width(), sys.stdout.isatty()))
        say(f"{count.rows} deadlines")
    else:
        _write(rows, chosen, asked, output)


class _Count:
    """Counts rows as they pass."""

    def __init__(self) -> None:
        self.rows = self.undated = 0

    def __call__(self, rows: Iterator[Due]) -> Iterator[Due]:
        for row in rows:
            self.rows += 1
            self.undated += row.deadline["end"] is None and not row.next
            yield row


def _write(rows: Iterator[Due], chosen: LedgerFormat, asked: Ledger, output: Path | None) -> None:
    from kb.export.files import write_stream

    count = _Count()
    if chosen is LedgerFormat.ics and output is not None and (output.is_dir() or not output.suffix):
        _write_calendars(count(rows), output)
    else:
        write_stream(_writer(chosen, asked), count(rows), output, binary=chosen is LedgerFormat.xlsx)
    if chosen is LedgerFormat.ics and count.undated:
        complain(f"{count.undated} deadlines without a day are not in the calendar")
    if output is not None:
        complain(f"{output}: {count.rows} deadlines written")


def _writer(chosen: LedgerFormat, asked: Ledger) -> Callable[..., None]:
    """What writes rows into an open file."""
    if chosen is LedgerFormat.csv:
        from kb.export.csv_file import write_ledger_csv

        return write_ledger_csv
    if chosen is LedgerFormat.xlsx:
        from kb.export.xlsx_file import write_ledger_xlsx

        return write_ledger_xlsx
    if chosen is LedgerFormat.ics:
        from kb.export.ics_file import ledger_ics

        return lambda rows, out: out.write(ledger_ics(rows)) and None
    if chosen is LedgerFormat.json:
        from kb.export.json_lines import json_array

        return lambda rows, out: out.writelines(piece.encode() for piece in json_array(row.as_json() for row in rows))
    from kb.commands.output import WIDTH
    from kb.export.lists import deadlines_list

    return lambda rows, out: out.writelines(f"{line}\n".encode() for line in deadlines_list(rows, asked.by, WIDTH))


def _write_calendars(rows: Iterator[Due], folder: Path) -> None:
    """One calendar for each department that has something on a day, named after it."""
    from kb.deadlines import grouped
    from kb.export.files import file_name, make_folder, write_file
    from kb.export.ics_file import ledger_ics

    make_folder(folder)
    for name, members in grouped(rows, "unit"):
        if any(one.deadline["end"] or one.next for one in members):
            write_file(folder / f"{file_name(name)}.ics", ledger_ics(members))
