"""Places as a person names them: a region of the gazetteer, or a township behind its county's name."""

from __future__ import annotations

import re

from extractors.regions import Region, chain_of, regions_named
from kb.errors import KbError

_TOWNSHIP = re.compile(r"^(?P<above>[\u3400-\u9fff]{2,20}[省市县区州旗盟])(?P<own>[\u3400-\u9fff]{1,10}?(?:镇|乡|街道|苏木))(?:办事处|人民政府)?$")


def place_named(name: str) -> tuple[str, tuple[str, ...]]:
    """Level and chain of names of the place that a person names; `KbError` where none bears the name, or several do.

    >>> place_named("义乌市佛堂镇")
    ('township', ('浙江省', '金华市', '义乌市', '佛堂镇'))
    """
    name = "".join(name.split())
    found = regions_named(name) or _by_chain(name)
    if len(found) == 1:
        return found[0].level, tuple(place.name for place in chain_of(found[0]))
    township = _TOWNSHIP.match(name)
    if township and not found:
        level, chain = place_named(township["above"])
        if level == "county" or level == "municipal":
            return "township", (*chain, township["own"])
    if found:
        several = "、".join("".join(place.name for place in chain_of(one)) for one in found[:5])
        raise KbError(name, f"{len(found)} places bear this name", f"give the full name of one (--region): {several}")
    raise KbError(name, "no place of this name is known", "give the full name of the region, of a township with its county before it (--region 某县某镇), or an --overlay")


def _by_chain(name: str) -> tuple[Region, ...]:
    """The place whose name the words end with, where the rest names what it lies in: 金华市义乌市."""
    for cut in range(2, len(name) - 1):
        found = [one for one in regions_named(name[cut:], short=False) if all(piece in name[:cut] for piece in [chain_of(one)[-2].name] if len(chain_of(one)) > 1)]
        if len(found) == 1:
            return (found[0],)
    return ()
