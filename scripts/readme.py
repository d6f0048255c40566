"""Print the examples of the README and of the pages per user anew: each block that opens with `$ command` gets what the command prints today.

    python scripts/readme.py

Runs against the base that `make demo` makes; `kb ingest` against an empty one. A block keeps its number of lines: longer
output ends in `…`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "README.zh-CN.md", *(f"docs/users/{name}.md" for name in ("policy-staff", "drafters", "auditors", "enterprises")))
_BLOCK = re.compile(r"^```\n\$ (?P<command>.+)\n(?P<printed>(?:(?!```).*\n)*)```$", re.MULTILINE)
_WIDEST = 900  # characters of a line of JSON


def printed(command: str, lines: int, base: Path) -> str:
    """What a command prints, at most so many lines."""
    surroundings = os.environ | {"KB_DB": str(base), "KB_OVERLAY": "corpus/overlay.toml", "COLUMNS": "100"}
    surroundings["PATH"] = sysconfig.get_path("scripts") + os.pathsep + os.environ["PATH"]
    done = subprocess.run(command, shell=True, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False, encoding="utf-8")
    found = [line.rstrip() for line in done.stdout.rstrip().splitlines()]
    kept = [line if len(line) <= _WIDEST or not line.startswith("{") else f"{line[:_WIDEST]}…" for line in found[:lines]]
    return "\n".join([*kept, *(["…"] if len(found) > lines else [])])


def refill(page: str, base: Path, empty: Path) -> str:
    """A page with its examples as they are printed today."""

    def block(match: re.Match[str]) -> str:
        command, before = match["command"], match["printed"].rstrip("\n").split("\n")
        lines = len(before) - (before[-1] == "…")
        return f"```\n$ {command}\n{printed(command, lines, empty if command.startswith('kb ingest') else base)}\n```"

    return _BLOCK.sub(block, page)


def main() -> None:
    base = ROOT / "demo" / "demo.db"
    if not base.exists():
        sys.exit("demo/demo.db is missing; run make demo first")
    for name in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            page = ROOT / name
            page.write_text(refill(page.read_text(encoding="utf-8"), base, Path(folder) / "kb.sqlite"), encoding="utf-8")


if __name__ == "__main__":
    main()
