"""Options that several commands share."""

from __future__ import annotations

import os
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.filters import Filters
    from kb.store import Store

LEVELS = {
    "国家": "national", "国家级": "national", "中央": "national", "省": "provincial", "省级": "provincial", "市": "municipal", "市级": "municipal",
    "县": "county", "县级": "county", "区": "county", "区级": "county", "乡": "township", "乡级": "township", "镇": "township", "镇级": "township",
}  # fmt: skip
ROLES = {"牵头": "lead", "责任": "responsible", "配合": "cooperating"}
KINDS = {"义务": "duty", "禁止": "prohibition", "目标": "target", "扶持": "support", "鼓励": "encouragement"}


def _choice(words: dict[str, str]) -> typer.models.OptionInfo | object:
    """A parser that takes the English value or the Chinese word for it."""

    def parse(value: str) -> str:
        found = words.get(value, value)
        if found not in words.values():
            raise UsageError(value, "not known here", f"one of {', '.join((*dict.fromkeys(words.values()), *words))}")
        return found

    return parse


def parse_day(value: str | date) -> date:
    """A day given as 2025-06-30, of the years that notices speak of."""
    from kb.corrections import YEARS

    try:
        day = value if isinstance(value, date) else date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(str(value), "no date", "write it as 2025-06-30") from error
    if day.year not in YEARS:
        raise UsageError(str(value), "no date that notices speak of", f"the years {YEARS[0]} to {YEARS[-1]} can be given")
    return day


class ReportFormat(StrEnum):
    """What a report can be printed as."""

    table = "table"
    json = "json"
    xlsx = "xlsx"
    docx = "docx"
    html = "html"


DbOption = Annotated[str | None, typer.Option("--db", envvar="KB_DB", metavar="FILE|URL", help="The knowledge base; made when absent.", show_default="a file in your data folder")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
OverlayOption = Annotated[Path | None, typer.Option("--overlay", envvar="KB_OVERLAY", metavar="FILE", help="Regions of your own (开发区, 新区 …), a TOML file.")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file, in one step, instead of standard output.")]
UnitOption = Annotated[list[str] | None, typer.Option("--unit", metavar="NAME…", help="A responsible unit: printed or full name, a part of it, an older or newer name.")]
RoleOption = Annotated[list[str] | None, typer.Option("--role", parser=_choice(ROLES), metavar="ROLE…", help="lead, responsible or cooperating (牵头, 责任, 配合).")]
KindOption = Annotated[list[str] | None, typer.Option("--kind", parser=_choice(KINDS), metavar="KIND…", help="duty, prohibition, target, support or encouragement.")]
LevelOption = Annotated[list[str] | None, typer.Option("--level", parser=_choice(LEVELS), metavar="LEVEL…", help="national, provincial, municipal, county or township.")]
RegionOption = Annotated[list[str] | None, typer.Option("--region", metavar="NAME…", help="A region and all below it, by name or code.")]
DocumentOption = Annotated[list[str] | None, typer.Option("--document", metavar="DOC…", help="A document: id, 文号 or file name.")]
PartyOption = Annotated[list[str] | None, typer.Option("--party", metavar="NAME…", help="A regulated party, or a part of its name.")]
DueFromOption = Annotated[date | None, typer.Option("--due-from", parser=parse_day, metavar="DATE", help="Due on this day or later.")]
DueToOption = Annotated[date | None, typer.Option("--due-to", parser=parse_day, metavar="DATE", help="Due on this day or earlier.")]
TextOption = Annotated[str | None, typer.Option("--text", metavar="WORDS", help="Words that the passage holds, all of them.")]

ExpiredOption = Annotated[bool, typer.Option("--include-expired", help="Also documents that are no longer in force: repealed, replaced, past their 有效期.")]

EncoderOption = Annotated[str | None, typer.Option("--encoder", envvar="KB_ENCODER", metavar="NAME|FOLDER", help="A sentence-transformers model in place of the encoder that ships; see kb embed.")]
RerankerOption = Annotated[str | None, typer.Option("--reranker", envvar="KB_RERANKER", metavar="NAME|FOLDER", help="A CrossEncoder that orders the first hits anew.")]


def choose_models(encoder: str | None, reranker: str | None = None) -> None:
    """What `--encoder` and `--reranker` name, for all that is done in this process."""
    for name, value in (("KB_ENCODER", encoder), ("KB_RERANKER", reranker)):
        if value:
            os.environ[name] = value


def set_default_db(db: str | None) -> None:
    """What `kb --db FILE COMMAND` names, for commands that are not told otherwise."""
    if db:
        os.environ["KB_DB"] = db


def default_db() -> Path:
    """The base in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("notice-kb", appauthor=False) / "kb.sqlite"


def open_base(db: str | None) -> Store:
    """The knowledge base that `--db` or $KB_DB names, else the user's own."""
    from kb.store import open_store

    return open_store(db or os.environ.get("KB_DB") or default_db())


def make_filters(
    store: Store,
    unit: list[str] | None = None,
    role: list[str] | None = None,
    kind: list[str] | None = None,
    level: list[str] | None = None,
    region: list[str] | None = None,
    document: list[str] | None = None,
    party: list[str] | None = None,
    due_from: date | None = None,
    due_to: date | None = None,
    text: str | None = None,
) -> Filters:
    """The filters that the options mean; documents by their ids."""
    from kb.filters import Filters

    if due_from and due_to and due_from > due_to:
        raise UsageError("--due-from", f"{due_from} is after --due-to {due_to}", "exchange them")
    return Filters(
        units=tuple(unit or ()),
        roles=tuple(role or ()),
        kinds=tuple(kind or ()),
        levels=tuple(level or ()),
        regions=tuple(region or ()),
        documents=tuple(store.find_document(name) for name in document or ()),
        parties=tuple(party or ()),
        due_from=due_from,
        due_to=due_to,
        text=text,
    )


def without_lapsed(store: Store, filters: Filters, day: date | None, include: bool) -> Filters:
    """The filters without documents no longer in force on a day, as `leave_out_lapsed` tells of them; with those that are named."""
    from dataclasses import replace

    return replace(filters, without=leave_out_lapsed(store, day, include or bool(filters.documents)))


def leave_out_lapsed(store: Store, day: date | None, include: bool) -> tuple[str, ...]:
    """The documents no longer in force on a day (today where none is given), said on standard error; none where they are wanted."""
    if include:
        return ()
    from kb.commands.output import complain
    from kb.validity import lapsed

    found = lapsed(store, day or date.today())
    if found:
        complain(f"{len(found)} document{'s' if len(found) > 1 else ''} no longer in force left out; --include-expired shows them")
    return tuple(sorted(found))


def tell_unknown(store: Store, filters: Filters) -> None:
    """Say of each unit and region asked for that no notice of the base has it, with the names spelt most like it."""
    if not filters.units and not filters.regions:
        return
    from kb.commands.output import complain
    from kb.store_narrow import is_region_known, nearest_regions, nearest_units, unit_keys

    with store.reading() as connection:
        for asked in filters.units:
            if not unit_keys(connection, (asked,)):
                complain(f"{asked}: no notice names this unit" + _nearest(nearest_units(connection, asked)))
        for asked in filters.regions:
            if not is_region_known(connection, asked):
                complain(f"{asked}: no notice is of this region" + _nearest(nearest_regions(connection, asked)))


def _nearest(names: list[str]) -> str:
    return f"; nearest: {'、'.join(names)}" if names else ""
