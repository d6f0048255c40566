"""`kb obligations`: the list by the filters."""

from __future__ import annotations

from kb.commands.options import (
    DbOption,
    DocumentOption,
    DueFromOption,
    DueToOption,
    ExpiredOption,
    JsonOption,
    KindOption,
    LevelOption,
    PartyOption,
    RegionOption,
    RoleOption,
    TextOption,
    UnitOption,
    make_filters,
    open_base,
    tell_unknown,
    without_lapsed,
)
from kb.commands.output import say, show_json, show_list, width


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
    include_expired: ExpiredOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """List obligations by the filters.

    Example: kb obligations --unit 市场监管局 --kind duty --due-to 2025-12-31
    """
    with open_base(db) as store:
        filters = without_lapsed(store, make_filters(store, unit, role, kind, level, region, document, party, due_from, due_to, text), None, include_expired)
        tell_unknown(store, filters)
        found = store.find_obligations(filters)
        summaries = store.summaries()
    if as_json:
        show_json(found)
        return
    from kb.export.lists import obligations_list

    show_list(obligations_list(found, summaries, width()))
    say(f"{len(found)} obligations")
