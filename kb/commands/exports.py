"""`kb export`: everything stored, one JSON object a line; the documents and their relations as JSON-LD."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from kb.commands.options import DbOption, open_base, parse_day
from kb.commands.output import show_json, show_lines

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


@export.command("jsonld")
def jsonld(
    as_of: Annotated[date | None, typer.Option("--as-of", parser=parse_day, metavar="DATE", help="The day to judge validity by.", show_default="today")] = None,
    db: DbOption = None,
) -> None:
    """The documents, their validity and relations as JSON-LD (schema.org Legislation, ELI).

    Example: kb export jsonld --as-of 2025-06-01 > documents.jsonld
    """
    from kb.export.jsonld import graph
    from kb.store_links import load_links
    from kb.validity import validities

    with open_base(db) as store:
        with store.reading() as connection:
            links = load_links(connection)
        show_json(graph(store.documents(), links, validities(store, as_of or date.today())))
