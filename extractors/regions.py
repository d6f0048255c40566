"""Administrative divisions (行政区划): provinces, prefectures and counties with code, parent, short and former names.

The table is `data/regions.tsv`, made by `scripts/build_regions.py`. An overlay adds places that the table does not hold
(development zones, invented places of samples) and organs with their full names:

    [[region]]
    code = "990000"
    name = "云溪省"
    parent = ""
    level = "provincial"
    aliases = ["云溪"]
    [[organ]]
    name = "云溪省大数据产业发展中心"
    aliases = ["省大数据中心"]
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from extractors.patterns import ExtractorError

LEVELS = ("provincial", "municipal", "county")
_KINDS = frozenset("省市县区州旗盟乡镇")
_ANYWHERE = {"城区", "郊区", "矿区", "市区", "县", "区", "东区", "西区", "南区", "北区", "新区"}


class OverlayError(ExtractorError):
    """An overlay that cannot be read."""


@dataclass(frozen=True, slots=True)
class Region:
    """A division of the country; `until` is the last year of one given up, `sign` a province's one-character name (豫)."""

    code: str
    name: str
    parent: str
    level: str
    sign: str = ""
    aliases: tuple[str, ...] = ()
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Regions that the head of a string names: `printed` as the table writes the name, `length` how far it reaches."""

    regions: tuple[Region, ...]
    printed: str
    length: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The divisions by code, and their codes by name, short name and former name."""

    by_code: dict[str, Region]
    by_name: dict[str, tuple[str, ...]]
    by_alias: dict[str, tuple[str, ...]]
    heads: frozenset[str]  # the first two characters of every name: most places in a text begin no region's name


def _parse(line: str) -> Region:
    code, name, parent, level, sign, aliases, until = line.split("\t")
    return Region(code, name, parent, level, sign, tuple(aliases.split()), int(until) if until else None)


def load_overlay(path: str | Path) -> dict[str, Any]:
    """The regions and organs that the TOML file at `path` adds."""
    try:
        with Path(path).open("rb") as file:
            return tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as fault:
        raise OverlayError(f"the overlay cannot be read: {fault}", str(path)) from fault


@cache
def _overlay(path: str) -> dict[str, Any]:
    return load_overlay(path) if path else {}


_in_use: str | None = None  # the overlay in use; None until it is first asked for
_table: Gazetteer | None = None  # the gazetteer with it: places are asked for a thousand times in a notice


def use_overlay(path: str | Path | None) -> None:
    """Add what the TOML file at `path` holds to the gazetteer from now on; None: what $KB_OVERLAY names, if anything.

    Raises `OverlayError` on a file that is absent, broken or incomplete; the overlay in use then stays.
    """
    global _in_use, _table
    wanted = os.environ.get("KB_OVERLAY", "") if path is None else str(path)
    _table = _load(wanted)
    _in_use = wanted


def _overlay_in_use() -> str:
    # $KB_OVERLAY is looked up once: places are asked for a thousand times in a notice.
    if _in_use is None:
        use_overlay(None)
    return _in_use or ""


def overlay_organs() -> dict[str, str]:
    """The short names of organs that the overlay adds, with their full names."""
    organs = _overlay(_overlay_in_use()).get("organ", [])
    return {alias: organ["name"] for organ in organs for alias in (organ["name"], *organ.get("aliases", ()))}


@cache
def _load(overlay: str) -> Gazetteer:
    lines = files("extractors").joinpath("data", "regions.tsv").read_text(encoding="utf-8").splitlines()[1:]
    regions = [_parse(line) for line in lines]
    for entry in _overlay(overlay).get("region", []):
        try:
            regions.append(Region(str(entry["code"]), entry["name"], str(entry.get("parent", "")), entry["level"], entry.get("sign", ""), tuple(entry.get("aliases", ()))))
        except KeyError as fault:
            raise OverlayError(f"a region lacks {fault}", overlay) from fault
    by_name: dict[str, list[str]] = {}
    by_alias: dict[str, list[str]] = {}
    for region in regions:
        by_name.setdefault(region.name, []).append(region.code)
        for alias in region.aliases:
            by_alias.setdefault(alias, []).append(region.code)
    heads = frozenset(name[:2] for name in (*by_name, *by_alias))
    return Gazetteer({r.code: r for r in regions}, {n: tuple(c) for n, c in by_name.items()}, {n: tuple(c) for n, c in by_alias.items()}, heads)


def load_regions() -> Gazetteer:
    """The gazetteer, with what the overlay in use adds."""
    return _table if _table is not None else _load(_overlay_in_use())


def regions_named(name: str, *, short: bool = True) -> tuple[Region, ...]:
    """The regions that bear `name`; by its full name first, else (`short`) by a short or former one.

    >>> [region.code for region in regions_named("义乌市")]
    ['330782']
    """
    table = load_regions()
    codes = table.by_name.get(name, ()) or (table.by_alias.get(name, ()) if short else ())
    standing = tuple(table.by_code[code] for code in codes if table.by_code[code].until is None)
    return standing or tuple(table.by_code[code] for code in codes)


def heads_of_regions() -> frozenset[str]:
    """The first two characters of every region's name."""
    return load_regions().heads


def begins_region(text: str, at: int) -> bool:
    """Whether some region's name begins as `text` does at `at`: a quick look before `find_region`."""
    table = _table if _table is not None else load_regions()
    return text[at : at + 2] in table.heads


def find_region(text: str, *, short: bool = False) -> Found | None:
    """The longest name of a region that `text` begins with; short names (金华) count only on request."""
    table = load_regions()
    if text[:2] not in table.heads:
        return None
    for length in range(min(len(text), 15), 1, -1):
        name = text[:length]
        if name in _ANYWHERE or name not in table.by_name and name not in table.by_alias:
            continue
        found = regions_named(name, short=False)
        if not found:
            other = regions_named(name)
            former = tuple(region for region in other if not region.name.startswith(name))
            # 云溪县 is not the 云溪区 that 云溪 is short for.
            found = other if short and text[length : length + 1] not in _KINDS else former
        if found:
            return Found(found, name, length)
    return None


def chain_of(region: Region) -> tuple[Region, ...]:
    """A region and those above it, from the province down.

    >>> [r.name for r in chain_of(regions_named("义乌市")[0])]
    ['浙江省', '金华市', '义乌市']
    """
    table, chain = load_regions(), [region]
    while chain[0].parent in table.by_code and len(chain) < len(LEVELS) + 1:
        chain.insert(0, table.by_code[chain[0].parent])
    return tuple(chain)


@cache
def _signs(overlay: str) -> dict[str, Region]:
    return {region.sign: region for region in _load(overlay).by_code.values() if region.sign}


def province_of_sign(organ_code: str) -> Region | None:
    """The province whose one-character name heads a 机关代字 (浙政办 → 浙江省)."""
    signs = _signs(_overlay_in_use())
    return next((signs[organ_code[:n]] for n in (3, 2, 1) if organ_code[:n] in signs), None)
