"""Commands that find and compare: search, check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.commands.options import (
    DbOption,
    DocumentOption,
    DueFromOption,
    DueToOption,
    JsonOption,
    KindOption,
    LevelOption,
    OverlayOption,
    PartyOption,
    RegionOption,
    RoleOption,
    TableFormat,
    TextOption,
    UnitOption,
    make_filters,
    open_base,
)
from kb.commands.output import say, show, show_json, show_list, width


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
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Find obligations by words and meaning.

    Example: kb search 食品抽检合格率 -k 5 --level county
    """
    from kb.search import search as find

    with open_base(db) as store:
        filters = make_filters(store, unit, role, kind, level, region, document, party, due_from, due_to, text)
        found = find(store, query, k, filters or None)
    if as_json:
        show_json(found)
        return
    from kb.export.lists import hits_list

    show_list(hits_list(found["hits"], width()))
    say(f"{len(found['hits'])} hits")


def check(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="The plan to be checked; it is not stored.")],
    against: Annotated[list[str] | None, typer.Option("--against", metavar="DOC…", help="The documents to hold it against.", show_default="those above it with jurisdiction, on its subject")] = None,
    region: Annotated[str | None, typer.Option("--region", metavar="NAME", help="The draft's region, where the draft does not say it.")] = None,
    form: Annotated[TableFormat, typer.Option("--format", help="What to print.")] = TableFormat.table,
    overlay: OverlayOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Hold a draft against the documents above it: what it misses, weakens or contradicts.

    Example: kb check 实施方案.docx --against 云政发〔2024〕3号
    """
    from kb.check import check as compare
    from kb.ingestion import use_overlay

    use_overlay(overlay)
    with open_base(db) as store:
        chosen = [store.find_document(name) for name in against] if against else None
        report = compare(store, draft, chosen, region)
        summaries = store.summaries()
    if as_json or form is TableFormat.json:
        show_json(report)
        return
    from kb.export.check_table import report_parts

    show(*report_parts(report, summaries))
