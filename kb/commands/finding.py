"""The command that finds: search."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.commands.options import (
    DbOption,
    DocumentOption,
    DueFromOption,
    DueToOption,
    EncoderOption,
    ExpiredOption,
    JsonOption,
    KindOption,
    LevelOption,
    PartyOption,
    RegionOption,
    RerankerOption,
    RoleOption,
    TextOption,
    UnitOption,
    choose_models,
    make_filters,
    open_base,
    tell_unknown,
    without_lapsed,
)
from kb.commands.output import complain, say, show_json, show_list, width


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Words or a question.")],
    k: Annotated[int, typer.Option("-k", min=1, help="How many hits.")] = 10,
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
    include_expired: ExpiredOption = False,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Find obligations by words and meaning.

    Example: kb search 食品抽检合格率 -k 5 --level county
    """
    from kb.embedding import serves
    from kb.search import search as find

    choose_models(encoder, reranker)
    with open_base(db) as store:
        if not serves(store):
            complain(f"{encoder}: this base is searched with the encoder it has vectors of; make those of this one with kb embed --encoder {encoder}")
        filters = without_lapsed(store, make_filters(store, unit, role, kind, level, region, document, party, due_from, due_to, text), None, include_expired)
        tell_unknown(store, filters)
        found = find(store, query, k, filters or None, passages=True)
    if as_json:
        show_json(found)
        return
    from kb.export.lists import hits_list

    show_list(hits_list(found["hits"], width()))
    say(f"{len(found['hits'])} hits")
