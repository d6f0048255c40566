"""`kb ask`: a question answered from the notices, with the passages that bear the answer."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.commands.options import DbOption, ExpiredOption, JsonOption, OverlayOption, leave_out_lapsed, open_base
from kb.commands.output import complain, say, show_json, show_list
from kb.errors import KbError


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="Who, when, how much, what, whether, which, how many.")],
    overlay: OverlayOption = None,
    include_expired: ExpiredOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Answer a question from the notices, word for word with the source, or say that they do not tell.

    Example: kb ask 学校食堂专项检查什么时候做？
    """
    from kb.ask import ask as answer
    from kb.export.answer import answer_list
    from kb.ingestion import use_overlay
    from kb.rephrase import rephrase

    use_overlay(overlay)
    with open_base(db) as store:
        found = answer(store, question, leave_out_lapsed(store, None, include_expired))
    try:
        found = rephrase(found)
    except KbError as error:
        complain(error)
    if as_json:
        show_json(found)
        return
    show_list(answer_list(found))
    say(f"{len(found['evidence'])} passages")
