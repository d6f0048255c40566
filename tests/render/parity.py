"""How much of a notice's obligations every form of it gives: the same units, deadlines and targets.

    python -m tests.render.parity [--scan] [NAME …]

Prints, for each form, the share of the plain text's values that the form gives too, and the share of the form's that the
plain text gives; `--scan` adds the scans, which take seconds a page.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from extractors.folding import fold
from extractors.mentions import Obligation
from extractors.pipeline import extract
from extractors.regions import use_overlay
from ingest import read_bytes
from tests.conftest import ROOT
from tests.render.forms import CLEAN, SCAN, Form
from tests.render.masters import master_of, names

FIELDS = ("units", "deadlines", "targets")


def _plain(text: str) -> str:
    return fold(text).text.replace("\n", "")


def values(obligation: Obligation) -> dict[str, list[Any]]:
    """The units, deadlines and targets of an obligation, as they are compared."""
    return {
        "units": [(_plain(u.name), u.role) for u in obligation.units],
        "deadlines": [(_plain(d.raw), d.type, str(d.start), str(d.end), d.recurrence) for d in obligation.deadlines],
        "targets": [(_plain(t.indicator or ""), t.comparator, t.value, t.upper, t.unit, str(t.by)) for t in obligation.targets],
    }


def counts(data: bytes, name: str) -> dict[str, Counter[Any]]:
    """All values of one file, by field, each with how often it comes; its obligations by their text."""
    found = {field: Counter[Any]() for field in (*FIELDS, "obligations")}
    for obligation in extract(read_bytes(name, data)).obligations:
        for field, entries in values(obligation).items():
            found[field].update(entries)
        found["obligations"][(_plain(obligation.text), obligation.kind)] += 1
    return found


def compare(forms: dict[str, Form], chosen: list[str]) -> dict[str, dict[str, tuple[float, float, Counter[Any], Counter[Any]]]]:
    """For each form and field: recall and precision against the plain text over all notices, what is missing, what is too much."""
    use_overlay(ROOT / "corpus" / "overlay.toml")
    try:
        with tempfile.TemporaryDirectory() as folder:
            masters = [master_of(name, Path(folder)) for name in chosen]
            plain = [counts(CLEAN["txt"](master), f"{master.stem}.txt") for master in masters]
            table = {}
            for ending, build in forms.items():
                found = [counts(build(master), f"{master.stem}.{ending}") for master in masters]
                table[ending] = {field: _sides([p[field] for p in plain], [f[field] for f in found]) for field in (*FIELDS, "obligations")}
            return table
    finally:
        use_overlay(None)


def _sides(plain: list[Counter[Any]], found: list[Counter[Any]]) -> tuple[float, float, Counter[Any], Counter[Any]]:
    missing = sum((p - f for p, f in zip(plain, found, strict=True)), Counter[Any]())
    surplus = sum((f - p for p, f in zip(plain, found, strict=True)), Counter[Any]())
    wanted, given = sum(sum(p.values()) for p in plain), sum(sum(f.values()) for f in found)
    return 1 - sum(missing.values()) / max(wanted, 1), 1 - sum(surplus.values()) / max(given, 1), missing, surplus


def main() -> None:
    words = sys.argv[1:]
    forms = {**{k: v for k, v in CLEAN.items() if k != "txt"}, **(SCAN if "--scan" in words else {})}
    chosen = [word for word in words if not word.startswith("--")] or names()
    for ending, fields in compare(forms, chosen).items():
        print(f"{ending:9}", "  ".join(f"{field} {recall:.3f}/{precision:.3f}" for field, (recall, precision, _, _) in fields.items()))
        if "--show" in words:
            for field, (_, _, missing, surplus) in fields.items():
                for sign, entries in (("-", missing), ("+", surplus)):
                    for entry in entries:
                        print(f"    {sign} {field}: {entry}")


if __name__ == "__main__":
    main()
