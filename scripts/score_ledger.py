"""Is every assignment of the annotated notices in the ledger, and nothing else? Precision and recall of `kb deadlines`.

    python scripts/score_ledger.py [--show] [seeds more corpus …]

Reads the notices into a fresh base and holds the rows of `kb deadlines --json` against `assignments`: by item, the units with
their roles, and the item's last day. A row is right where an item above it (by its heading) or of its sentence names its unit in its role.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.score import ROOT, SCORE, SETS  # noqa: E402 — the project may not be installed

sys.path.insert(0, str(SCORE.parent))


def rows_of(name: str) -> list[dict[str, object]]:
    """What `kb deadlines --json` prints for one set of notices."""
    environment = dict(os.environ)
    if name == "corpus":
        environment["KB_OVERLAY"] = str(ROOT / "corpus" / "overlay.toml")
    with tempfile.TemporaryDirectory() as folder:
        base = f"{folder}/score.db"
        subprocess.run([sys.executable, "-m", "kb", "ingest", str(SETS[name][0]), "--db", base], cwd=ROOT, env=environment, capture_output=True, check=False)
        command = [sys.executable, "-m", "kb", "deadlines", "--json", "--include-expired", "--db", base]
        rows: list[dict[str, object]] = json.loads(subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout)
        return rows


def covers(key: str, row: dict, norm) -> bool:  # type: ignore[no-untyped-def,type-arg]
    """Whether a row is of an item: under its heading, or of its sentence."""
    text = norm(row["obligation"]["text"])
    return key in norm("".join(row["obligation"]["path"])) or key in text or text in key


def score(name: str, show: bool) -> tuple[int, int, int, int, int, int]:
    """Units of items found and missed; rows right and wrong; items' days right and wrong."""
    from score import norm

    rows, found, missed, right, wrong, days, off = rows_of(name), 0, 0, 0, 0, 0, 0
    for path in sorted(SETS[name][1].glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        mine = [row for row in rows if str(row["document"]["source"]).replace("\\", "/").endswith(gold["file"])]  # type: ignore[index]
        lines: list[str] = []
        allowed: dict[int, set[tuple[str, str]]] = {}
        for item in gold["assignments"]:
            own = [row for row in mine if covers(norm(item["item"]), row, norm)]
            wanted = {(norm(unit["name"]), unit["role"]) for unit in item["units"]}
            got = {(norm(row["unit"]), row["role"]) for row in own if row["unit"]}
            for row in own:
                allowed.setdefault(id(row), set()).update(wanted)
            found, missed = found + len(got & wanted), missed + len(wanted - got)
            on_day = any(row["end"] == item["end"] for row in own)
            days, off = days + bool(item["end"] and on_day), off + bool(item["end"] and not on_day)
            lines += [f"- {unit} {role} of {item['item'][:40]}" for unit, role in sorted(wanted - got)]
            lines += [f"- {item['end']} of {item['item'][:40]}"] if item["end"] and not on_day else []
        for row in mine:
            if row["unit"]:
                good = (norm(row["unit"]), row["role"]) in allowed.get(id(row), ())
                right, wrong = right + good, wrong + (not good)
                lines += [] if good else [f"+ {row['unit']} {row['role']} {row['obligation']['text'][:40]}"]  # type: ignore[index]
        if show:
            print("\n".join([f"== {gold['file']}", *dict.fromkeys(lines)]))
    return found, missed, right, wrong, days, off


def main() -> int:
    if not SCORE.exists():
        print("the annotated notices are not at hand")
        return 0
    names = [word for word in sys.argv[1:] if not word.startswith("--")] or list(SETS)
    for name in names:
        found, missed, right, wrong, days, off = score(name, "--show" in sys.argv)
        print(
            f"{name:8} rows' precision {right / max(right + wrong, 1):.3f} of {right + wrong}   units' recall {found / max(found + missed, 1):.3f} of {found + missed}   "
            f"items' days {days / max(days + off, 1):.3f} of {days + off}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
