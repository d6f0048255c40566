"""Do questions in people's own words find the obligations that answer them?  nDCG@10, by kind of question.

    python benchmarks/queries.py --queries QUERIES.json --db BASE.db [--show] [--among even|odd]

QUERIES.json: [{"query", "relevant": [{"source": file name, "quote": passage}, …], "kind": word}, …], the base holds the
documents named. A hit is relevant where its document's source ends in that name and its passage holds the quote or is half of it or
more; each relevant passage counts once. The aim: 0.90 over all, no kind below 0.80. `--among` takes every other question only, so that the rest can
be held out of sight.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kb.search import search  # noqa: E402
from kb.store import open_store  # noqa: E402

CUT = 10
Json = dict[str, Any]


def plain(text: str) -> str:
    """A passage as it is compared: widths unified, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def gains(relevant: list[Json], hits: list[Json]) -> list[int]:
    """For each hit 1 if it shows a relevant passage that none before it showed."""
    left = [(one["source"], plain(one["quote"])) for one in relevant]
    found = []
    for hit in hits[:CUT]:
        text, source = plain(hit["passage"]), str(hit["document"]["source"])
        shown = next((one for one in left if source.endswith(one[0]) and (one[1] in text or (text in one[1] and 2 * len(text) >= len(one[1])))), None)
        if shown:
            left.remove(shown)
        found.append(int(shown is not None))
    return found


def discounted(found: list[int]) -> float:
    """The discounted cumulative gain of a ranking."""
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(found))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--queries", type=Path, required=True)
    options.add_argument("--db", required=True)
    options.add_argument("--show", action="store_true", help="name the questions that are not answered best")
    options.add_argument("--among", choices=("even", "odd"), help="every other question only")
    args = options.parse_args()
    by_kind: dict[str, list[float]] = defaultdict(list)
    spent = []
    asked = json.loads(args.queries.read_text(encoding="utf-8"))
    with open_store(args.db) as store:
        for one in asked[("even", "odd").index(args.among) :: 2] if args.among else asked:
            begun = time.perf_counter()
            hits = search(store, one["query"], CUT, passages=True)["hits"]
            spent.append(time.perf_counter() - begun)
            found = gains(one["relevant"], hits)
            score = discounted(found) / discounted([1] * min(len(one["relevant"]), CUT))
            by_kind[one.get("kind", "")].append(score)
            if args.show and score < 1:
                print(f"{score:.2f}  {one['query']}  {''.join(map(str, found))} of {len(one['relevant'])}")
    every = [score for scores in by_kind.values() for score in scores]
    for kind, scores in sorted(by_kind.items()):
        print(f"{kind:14} {sum(scores) / len(scores):.3f}  ({len(scores)} questions)")
    print(f"{'nDCG@10':14} {sum(every) / len(every):.3f}  {1000 * sorted(spent)[len(spent) // 2]:.0f} ms a question")


if __name__ == "__main__":
    main()
