"""`kb export`: everything stored, one JSON object a line."""

from __future__ import annotations

import typer

from kb.commands.options import DbOption, open_base
from kb.commands.output import show_lines

export = typer.Typer(no_args_is_help=True, help="Print everything stored as JSON Lines.\n\nExample: kb export obligations > obligations.jsonl")


@export.command("documents")
def documents(db: DbOption = None) -> None:
    """Every document, one JSON object a line.

    Example: kb export documents > documents.jsonl
    """
    with open_base(db) as store:
        show_lines(store.documents())


@export.command("obligations")
def obligations(db: DbOption = None) -> None:
    """Every obligation, one JSON object a line.

    Example: kb export obligations > obligations.jsonl
    """
    with open_base(db) as store:
        show_lines(store.all_obligations())
