"""The command that changes the encoder: embed."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kb.commands.options import DbOption, open_base
from kb.commands.output import say


def embed(
    encoder: Annotated[
        str, typer.Option("--encoder", envvar="KB_ENCODER", metavar="NAME|FOLDER", help="A sentence-transformers model, or its folder; notices is the one that ships.")
    ] = "notices",
    db: DbOption = None,
) -> None:
    """Make the vectors of another encoder and search the base with it from then on; goes on where it was interrupted.

    Example: kb embed --encoder models/bge-small-zh-v1.5
    """
    from kb.catalogue_files import prepare
    from kb.embedding import change_encoder

    with open_base(db) as store:
        count = change_encoder(store, encoder, _progress)
        prepare(store)
    say(f"{count} obligations are found by the encoder {encoder}")


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {total} obligations" + ("\n" if done == total else ""))
        sys.stderr.flush()
