"""Measure how often each rule of kinds is right, on every annotated notice at hand, for `extractors/confidence.py`.

    python scripts/measure_confidence.py

Writes extractors/data/confidence.tsv: rule, how often it fired, how often the annotation agrees. Sentences are matched by
their text without blanks. The annotated sets are those of scripts/score.py; a file that cannot be read is left out.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractors.folding import fold  # noqa: E402 — the project may not be installed
from extractors.pipeline import extract  # noqa: E402
from extractors.regions import use_overlay  # noqa: E402
from ingest import IngestError, read  # noqa: E402
from scripts.score import SETS  # noqa: E402

TABLE = ROOT / "extractors" / "data" / "confidence.tsv"


def squeeze(text: str) -> str:
    """Text as sentences are compared: folded, without line ends."""
    return fold(text).text.replace("\n", "")


def count(notice: Path, gold: Path, fired: Counter[str], right: Counter[str]) -> None:
    """Add what the rules did in one notice."""
    kinds = {squeeze(s["text"]): s["kind"] for s in json.loads(gold.read_text(encoding="utf-8"))["sentences"]}
    for obligation in extract(read(notice)).obligations:
        own = squeeze(obligation.text)
        kind = kinds.get(own) or next((k for text, k in kinds.items() if own in text or text in own), None)
        if kind is not None:
            fired[obligation.rule] += 1
            right[obligation.rule] += kind == obligation.kind


def main() -> None:
    fired: Counter[str] = Counter()
    right: Counter[str] = Counter()
    use_overlay(ROOT / "corpus" / "overlay.toml")
    for notices, golds in SETS.values():
        for gold in sorted(golds.glob("*.json")) if golds.exists() else ():
            name = json.loads(gold.read_text(encoding="utf-8"))["file"]
            try:
                count(notices / name, gold, fired, right)
            except IngestError as error:
                print(error, file=sys.stderr)
    rows = [f"{rule}\t{fired[rule]}\t{right[rule]}" for rule in sorted(fired)]
    TABLE.write_text("\n".join(["rule\tfired\tright", *rows]) + "\n", encoding="utf-8")
    print(f"{len(rows)} rules, fired {sum(fired.values())} times, right {sum(right.values())} times")


if __name__ == "__main__":
    main()
