"""Units that stand for many (各乡镇（街道、管委会）): spread over the units that the user's overlay names for them.

In the overlay file (`corpus/overlay.toml` is one):

    [[group]]
    name = "各乡镇（街道、管委会）"
    aliases = ["各乡镇（街道）", "各镇街"]
    region = "栖禾县"            # optional: only in notices of this place
    units = ["城关镇人民政府", "东河乡人民政府"]
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.folding import fold
from kb.errors import KbError
from kb.records import Json

_FORM = "corpus/overlay.toml shows the form"


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """A generic name, as printed, and the units that it stands for."""

    names: frozenset[str]
    region: str
    units: tuple[str, ...]


def _key(name: str) -> str:
    return "".join(fold(name).text.split())


def load_groups(path: Path | None) -> tuple[UnitGroup, ...]:
    """The groups of an overlay file (None: of what $KB_OVERLAY names); raises `KbError` where it names none."""
    chosen = path or (Path(os.environ["KB_OVERLAY"]) if os.environ.get("KB_OVERLAY") else None)
    if chosen is None:
        raise KbError("--expand", "no overlay names the units", f"give one with --overlay FILE; {_FORM}")
    try:
        held = tomllib.loads(chosen.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KbError(str(chosen), f"cannot be read ({error})", _FORM) from error
    groups = tuple(_group(entry, chosen) for entry in held.get("group", []))
    if not groups:
        raise KbError(str(chosen), "names no [[group]] of units", _FORM)
    return groups


def _group(entry: Mapping[str, Any], path: Path) -> UnitGroup:
    names, units = [entry.get("name"), *entry.get("aliases", [])], entry.get("units")
    if not isinstance(names[0], str) or not isinstance(units, list) or not units or not all(isinstance(one, str) for one in (*names, *units)):
        raise KbError(str(path), "a [[group]] lacks its name or its units", _FORM)
    return UnitGroup(frozenset(map(_key, names)), str(entry.get("region", "")), tuple(units))


def expand_unit(unit: Json | None, document_region: tuple[str, ...], groups: tuple[UnitGroup, ...]) -> list[Json | None]:
    """The units that a generic one stands for, each with its printed name; the unit itself where no group has it."""
    if unit is None:
        return [None]
    key = _key(unit["name"])
    for group in groups:
        if key in group.names and (not group.region or group.region in document_region):
            return [unit | {"name": name, "canonical": name, "expanded_from": unit["name"]} for name in group.units]
    return [unit]
