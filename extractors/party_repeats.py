"""Parties that a sentence names twice: in full, and by a short form of it (有关小型食品生产企业 … 小型企业)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.mentions import Party

_OWN_NAME = 4  # characters from which a short form says whom it means: 网络经营主体, not 企业
_MAX_NAMED = 40  # names back to which a short form may refer
_DETERMINER = re.compile("^(?:有关|相关|各类?|所有|全[省市县区]|辖区内?)+")


def _shortens(short: str, full: str) -> bool:
    """Whether `short` is what the sentence calls `full` for short: 小型企业 of 有关小型食品生产企业."""
    if full.endswith(short):
        return full[: -len(short)][-1:] not in ("非", "不", "无", "未")
    if len(short) <= 2 or full[-2:] != short[-2:]:
        return False
    full = _DETERMINER.sub("", full)
    rest = iter(full)
    return full[:2] == short[:2] and full[-2:] == short[-2:] and all(char in rest for char in short)


def without_repeats(parties: Sequence[Party]) -> list[Party]:
    """Each party once; a short form of one that the sentence names in full is not repeated, 企业 only behind it."""
    kept: list[Party] = []
    names: set[str] = set()
    for at, party in enumerate(parties):
        fuller = kept[-_MAX_NAMED:] if len(party.name) < _OWN_NAME else kept[-_MAX_NAMED:] + list(parties[at + 1 : at + _MAX_NAMED])
        if party.name not in names and not any(full.name != party.name and _shortens(party.name, full.name) for full in fuller):
            kept.append(party)
            names.add(party.name)
    return kept
