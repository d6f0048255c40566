"""Renames of organs (机构改革): what a field's organ became, when and why, from `data/renames.tsv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.organ_names import rows_of

_HIGH = re.compile("国家|中央|全国|中国|省(?!直)|自治区|(?!省)[一-龥]{2,3}省|[一-龥]{2,8}自治区|(?:北京|上海|天津|重庆)市")


@dataclass(frozen=True, slots=True)
class Rename:
    """What an organ's field became: `since` is the year from which the new name stands."""

    new: str
    since: int
    note: str
    local: bool = False  # below the provinces alone: 国家药监局 and a province's 药监局 stand, a county's is 市场监管 today


@cache
def load_renames() -> dict[str, Rename]:
    """What each former field of organs became."""
    return {old: Rename(new, int(since), note, "local" in level) for old, new, since, note, *level in rows_of("renames")}


def find_rename(field: str, name: str) -> Rename | None:
    """What the field of the organ `name` became, as far as its level was touched."""
    rename = load_renames().get(field)
    return None if rename is None or rename.local and _HIGH.match(name) else rename
