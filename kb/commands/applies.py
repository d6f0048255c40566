"""`kb applies`: what binds, encourages or favours an enterprise."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kb.commands.options import DbOption, ExpiredOption, JsonOption, leave_out_lapsed, open_base, parse_day
from kb.commands.output import complain, say, show_json, show_list, width


def applies(
    profile: Annotated[Path | None, typer.Option("--profile", metavar="FILE", help="The enterprise, a TOML file such as docs/profile.toml.")] = None,
    industry: Annotated[list[str] | None, typer.Option("--industry", metavar="NAME…", help="Its industry, as GB/T 4754 or common speech names it.")] = None,
    product: Annotated[list[str] | None, typer.Option("--product", metavar="NAME…", help="What it makes, sells or does.")] = None,
    size: Annotated[str | None, typer.Option("--size", help="大型, 中型, 小型, 微型.")] = None,
    region: Annotated[list[str] | None, typer.Option("--region", metavar="NAME…", help="Where it is: 河南省郑州市, or the county alone.")] = None,
    licence: Annotated[list[str] | None, typer.Option("--licence", metavar="NAME…", help="A licence it holds.")] = None,
    attribute: Annotated[list[str] | None, typer.Option("--attribute", metavar="WORDS…", help="What else is so: 规模以上, 出口, 学校食堂.")] = None,
    as_of: Annotated[date | None, typer.Option("--as-of", parser=parse_day, metavar="DATE", help="The day by which notices are in force.", show_default="today")] = None,
    include_expired: ExpiredOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """List what an enterprise must do, must not do, will be inspected on, may receive and is encouraged to do.

    Example: kb applies --industry 乳制品制造 --size 大型 --region 云岭省云溪市
    """
    from kb.applies import applies_in
    from kb.profiles import FIELDS, load_profile, make_profile, strange

    given = {"industry": industry, "products": product, "size": size, "region": region, "licences": licence, "attributes": attribute}
    held = {key: value for key, value in given.items() if value}
    if profile is not None:
        loaded = load_profile(profile)
        for key in loaded.unknown:
            complain(f"{profile}: {key} means nothing here; known are {', '.join(FIELDS)}")
        chosen = make_profile(loaded.as_json() | held, str(profile)) if held else loaded
    else:
        chosen = make_profile(held)
    for line in strange(chosen):
        complain(line)
    with open_base(db) as store:
        without = leave_out_lapsed(store, as_of, include_expired)
        documents = [document for document in store.documents() if document["id"] not in without]
        found = applies_in(store, documents, chosen)
    found["left_out"]["no_longer_in_force"] = list(without)
    if found["left_out"]["parts_of_region"]:
        complain(f"{len(found['left_out']['parts_of_region'])} documents of parts of {''.join(chosen.region)} left out: name the county in the region")
    if as_json:
        show_json(found)
        return
    from kb.export.applies_list import applies_list

    show_list(applies_list(found, width()))
    say(f"{len(found['items'])} items")
