"""`kb correct`: a person's corrections of what was extracted."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.commands.options import DbOption, JsonOption, OutputOption, open_base
from kb.commands.output import complain, say, show_json, show_list
from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.store import Store


def correct(
    name: Annotated[str | None, typer.Argument(metavar="ID", help="An obligation's id, or a document: id, 文号 or file name.", show_default=False)] = None,
    field: Annotated[str | None, typer.Argument(metavar="FIELD", help="Of an obligation kind, units, deadlines, targets, parties; of a document title, issued_on, expires_on, level …", show_default=False)] = None,
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help="The right value as a notice would print it; 无 for none. Units: 市教育局（牵头）、市财政局（配合）.", show_default=False)] = None,
    who: Annotated[str | None, typer.Option("--who", envvar="KB_USER", metavar="NAME", help="Who corrects.", show_default="your user name")] = None,
    why: Annotated[str | None, typer.Option("--why", metavar="WORDS", help="The reason.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the newest correction of the field back.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the corrections that hold.")] = False,
    export: Annotated[bool, typer.Option("--export", help="Write the corrected documents as annotations, one JSON file each, into the folder of --output (default: all as JSON Lines on standard output).")] = False,
    output: OutputOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Put a wrong field right for good; the extraction is kept beside it, and reading the notice again changes nothing.

    Example: kb correct 云政办〔2019〕16号 expires_on 2027-12-31 --why 第十二条
    """
    with open_base(db) as store:
        if export:
            _export(store, output)
        elif listed:
            _list(store, as_json)
        else:
            _correct(store, name, field, value, who or _user(), why, undo, as_json)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return os.environ.get("USERNAME", "unknown")


def _correct(store: Store, name: str | None, field: str | None, value: str | None, who: str, why: str | None, undo: bool, as_json: bool) -> None:
    from kb.correcting import correct as set_field
    from kb.correcting import undo as take_back

    if name is None or field is None or value is None and not undo:
        raise UsageError("kb correct", "needs ID, FIELD and VALUE", "or ID FIELD --undo; kb correct --help shows an example")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    found: dict[str, Any] = take_back(store, name, field, who, now) if undo else set_field(store, name, field, value or "", who, why, now)
    if as_json:
        show_json(found)
    else:
        say(f"{name}: {field} taken back" if undo else f"{name}: {field} corrected")


def _list(store: Store, as_json: bool) -> None:
    from kb.correcting import list_corrections

    found = list_corrections(store)
    if as_json:
        show_json(found)
        return
    from kb.export.corrections_list import corrections_list

    show_list(corrections_list(found))
    say(f"{len(found)} corrections")


def _export(store: Store, folder: Path | None) -> None:
    from kb.annotations import annotate_all
    from kb.export.files import make_folder, write_file
    from kb.export.json_lines import json_line, json_text

    found = annotate_all(store)
    if folder is None:
        show_list(map(json_line, found))
        return
    make_folder(folder)
    for one in found:
        write_file(folder / f"{Path(one['file']).stem}.json", (json_text(one) + "\n").encode())
    complain(f"{folder}: {len(found)} annotations written")
