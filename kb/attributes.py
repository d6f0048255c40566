"""What filters ask of obligations, in arrays beside the search terms: which rows a filter means, without asking the database for each.

`narrow` in `kb/filters.py` says the same in SQL, of all filters; the two are held to each other by a test.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.naming import region_key
from kb.other_passages import PASSAGE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.filters import Filters

    Mask = NDArray[np.bool_]

_ARRAYS = {"kind": "B", "document": "i", "unit_row": "i", "unit": "i", "role": "B", "due_row": "i", "due": "i", "party_row": "i", "party": "i"}
_LISTS = ("kinds", "documents", "units", "roles", "parties")
# Of each array: the one that says of which rows its entries are (none: an entry a row), and the list that its numbers name.
_OWNERS: dict[str, tuple[str | None, str | None]] = {
    "kind": (None, "kinds"), "document": (None, "documents"), "unit_row": ("unit_row", None), "unit": ("unit_row", "units"),
    "role": ("unit_row", "roles"), "due_row": ("due_row", None), "due": ("due_row", None), "party_row": ("party_row", None), "party": ("party_row", "parties"),
}  # fmt: skip


@dataclass
class Gathered:
    """Attributes as they are gathered, an obligation at a time; lists name what the arrays number."""

    arrays: dict[str, array[int]] = field(default_factory=lambda: {name: array(code) for name, code in _ARRAYS.items()})
    numbers: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in _LISTS})

    def _number(self, names: str, name: str) -> int:
        known = self.numbers[names]
        return known.setdefault(name, len(known))

    def add(self, obligation: Mapping[str, Any], document: Mapping[str, Any]) -> None:
        """Takes the next obligation (both as exported)."""
        arrays, row = self.arrays, len(self.arrays["kind"])
        arrays["kind"].append(self._number("kinds", obligation["kind"]))
        about = [obligation["document"], document.get("level"), document.get("adcode"), region_key(document.get("region") or ())]
        arrays["document"].append(self._number("documents", json.dumps(about, ensure_ascii=False)))
        for unit in obligation["units"]:
            arrays["unit_row"].append(row)
            arrays["unit"].append(self._number("units", json.dumps([unit["name"], unit.get("canonical")], ensure_ascii=False)))
            arrays["role"].append(self._number("roles", unit["role"]))
        for deadline in obligation["deadlines"]:
            arrays["due_row"].append(row)
            arrays["due"].append(date.fromisoformat(deadline["end"]).toordinal() if deadline.get("end") else 0)
        for party in obligation["parties"]:
            arrays["party_row"].append(row)
            arrays["party"].append(self._number("parties", party))

    def done(self) -> Attributes:
        """The attributes of all that were taken."""
        import numpy as np

        lists = {name: list(known) for name, known in self.numbers.items()}
        return Attributes({name: np.array(held, dtype=held.typecode) for name, held in self.arrays.items()}, lists)


class Attributes:
    """The attributes of the rows of one part of a catalogue."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], lists: Mapping[str, Sequence[str]]) -> None:
        self.arrays, self.lists = arrays, lists
        self.documents: list[list[str | None]] = [json.loads(one) for one in lists["documents"]]
        self._units: list[list[str | None]] | None = None

    def __len__(self) -> int:
        return len(self.arrays["kind"])

    @classmethod
    def merged(cls, parts: Sequence[tuple[Attributes, Mask]]) -> Attributes:
        """The attributes of several parts one after another, each with the rows of it that are kept."""
        import numpy as np

        lists = {name: list(dict.fromkeys(one for part, _ in parts for one in part.lists[name])) for name in _LISTS}
        found: dict[str, list[NDArray[Any]]] = {name: [] for name in _ARRAYS}
        size = 0
        for part, kept in parts:
            new_row = np.cumsum(kept) - 1 + size
            size += int(kept.sum())
            for name, (rows, names) in _OWNERS.items():
                held = kept if rows is None else kept[part.arrays[rows]]
                values = part.arrays[name][held]
                if names:
                    place = {one: number for number, one in enumerate(lists[names])}
                    values = np.asarray([place[one] for one in part.lists[names]], dtype=np.int64)[values]
                found[name].append(new_row[values] if name == rows else values)
        return cls({name: np.concatenate(values).astype(_ARRAYS[name]) for name, values in found.items()}, lists)

    def of_documents(self, wanted: Callable[[Sequence[str | None]], bool]) -> Mask:
        """Rows of the documents that are wanted by id, level, code and places."""
        import numpy as np

        found: Mask = np.asarray([wanted(one) for one in self.documents], dtype=bool)[self.arrays["document"]]
        return found

    def obligations(self) -> Mask:
        """The rows of obligations, not of other passages."""
        return self._with("kind", self._codes("kinds", lambda name: name != PASSAGE))

    def other_passages(self, rows: NDArray[np.int64]) -> Mask:
        """Which of these rows are no obligations."""
        found: Mask = self._codes("kinds", lambda name: name == PASSAGE)[self.arrays["kind"][rows]]
        return found

    def meant(self, filters: Filters) -> Mask:
        """The rows that the filters mean (all but their `text`), other passages among them where only documents are asked for."""
        found = self._with("kind", self._codes("kinds", lambda name: name != "none" and (not filters.kinds or name in filters.kinds)))
        if filters.levels or filters.regions or filters.documents or filters.without:
            found &= self.of_documents(lambda one: _wanted_document(filters, one))
        if filters.units or filters.roles:
            hit = self._codes("roles", lambda role: not filters.roles or role in filters.roles)[self.arrays["role"]]
            if filters.units:
                hit = hit & self._named_units(filters.units)[self.arrays["unit"]]
            found &= self._rows("unit_row", hit)
        if filters.dated or filters.due_from or filters.due_to:
            due = self.arrays["due"]
            first, last = (one.toordinal() if one else None for one in (filters.due_from, filters.due_to))
            hit = due >= (first or 0) if first else due >= 0
            hit = hit & (due > 0) if first or last else hit
            found &= self._rows("due_row", hit & (due <= last) if last else hit)
        if filters.parties:
            found &= self._rows("party_row", self._codes("parties", lambda name: any(one in name for one in filters.parties))[self.arrays["party"]])
        return found

    def _codes(self, names: str, wanted: Callable[[str], bool]) -> Mask:
        import numpy as np

        return np.asarray([wanted(name) for name in self.lists[names]], dtype=bool)

    def _with(self, name: str, codes: Mask) -> Mask:
        found: Mask = codes[self.arrays[name]]
        return found

    def _rows(self, name: str, hit: Mask) -> Mask:
        import numpy as np

        found = np.zeros(len(self), dtype=bool)
        found[self.arrays[name][hit]] = True
        return found

    def _named_units(self, asked: Sequence[str]) -> Mask:
        """Which names of units are one of those asked for: looked at in full only where a spelling of it stands in them."""
        import numpy as np

        from extractors.organs import spellings
        from kb.filters import names_organ

        if self._units is None:
            self._units = [json.loads(one) for one in self.lists["units"]]
        found = np.zeros(len(self._units), dtype=bool)
        for one in asked:
            known = {one, *spellings(one)}
            for place, names in enumerate(self._units):
                found[place] |= any(name and any(word in name for word in known) and names_organ(one, name) for name in names)
        return found

    def save(self, folder: Path) -> None:
        """Writes the attributes into a folder."""
        import numpy as np

        held: dict[str, Any] = dict(self.arrays)
        np.savez(folder / "attributes.npz", **held)
        (folder / "names.json").write_text(json.dumps(self.lists, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Attributes:
        """The attributes that `save` wrote; raises `OSError` where they are damaged."""
        import zipfile

        import numpy as np

        try:
            with np.load(folder / "attributes.npz", allow_pickle=False) as held:
                arrays = {name: held[name] for name in _ARRAYS}
            return cls(arrays, json.loads((folder / "names.json").read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError, zipfile.BadZipFile) as fault:
            raise OSError(f"{folder} holds no attributes") from fault


def _wanted_document(filters: Filters, one: Sequence[str | None]) -> bool:
    identity, level, adcode, places = one
    if filters.documents and identity not in filters.documents or identity in filters.without:
        return False
    if filters.levels and level not in filters.levels:
        return False
    return not filters.regions or any(_within(region, adcode or "", places or "") for region in filters.regions)


def _within(region: str, adcode: str, places: str) -> bool:
    """As `kb.filters` has it: by the head of a place's name, or by its code."""
    if region.isdecimal():
        return adcode.startswith(region.rstrip("0") if len(region) == 6 else region)
    return f"/{region}" in places
