"""Damage sample files of every format at random and see that each is read or refused in a sentence, nothing else.

    python scripts/fuzz.py --seconds 300 [--seed 1] [--samples FOLDER] [--keep FOLDER] [--formats pdf,docx]

Prints for each format how many files were tried, read, refused and what went wrong. With --keep, the files that went
wrong are written into a folder, each with what was said beside it. The same seed damages the same samples in the same way.
"""

from __future__ import annotations

import argparse
import sys
import time
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ingest.worker import Worker
from tests.fuzz.examine import LIMITS, Tally, Verdict, examine, make_example
from tests.fuzz.seeds import endings, own_seeds, with_samples


def fuzz(seconds: float, seed: int, samples: Path | None, keep: Path | None, formats: list[str]) -> dict[str, Tally]:
    """Try one file of each format after the other until the time is over; gives what came of them."""
    seeds = with_samples(samples) if samples else own_seeds()
    tallies = {ending: Tally() for ending in endings(formats, seeds)}
    end = time.monotonic() + seconds
    with Worker(LIMITS) as worker:
        for n in count():
            for ending, tally in tallies.items():
                if time.monotonic() > end:
                    return tallies
                data = make_example(seeds, ending, f"{seed}:{ending}:{n}")
                since = time.monotonic()
                verdict = examine(worker, ending, data)
                tally.slowest = max(tally.slowest, time.monotonic() - since)
                tally.counts[verdict.kind] += 1
                if verdict.kind == "fault":
                    _tell(ending, f"{seed}-{n}", data, verdict, keep)
    return tallies


def _tell(ending: str, number: str, data: bytes, verdict: Verdict, keep: Path | None) -> None:
    """Say what went wrong; keep the file that it went wrong with."""
    name = f"{ending.lstrip('.')}-{number}"
    print(f"{name}: {verdict.words.strip().splitlines()[-1]}", file=sys.stderr, flush=True)
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{name}{ending}").write_bytes(data)
        (keep / f"{name}.said").write_text(verdict.words, encoding="utf-8")


def main() -> None:
    """Parse the options, run, print the table; the status is 1 where anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--samples", type=Path, metavar="FOLDER", help="more files to begin with")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where files go that are read wrongly")
    parser.add_argument("--formats", type=lambda text: text.split(","), default=[], metavar="pdf,docx,…")
    given = parser.parse_args()
    tallies = fuzz(given.seconds, given.seed, given.samples, given.keep, given.formats)
    print(f"{'format':8}{'tried':>8}{'read':>8}{'refused':>9}{'faults':>8}{'slowest':>10}")
    for ending, tally in tallies.items():
        counts = tally.counts
        print(f"{ending:8}{counts.total():8}{counts['read']:8}{counts['refused']:9}{counts['fault']:8}{tally.slowest:8.2f} s")
    sys.exit(any(tally.counts["fault"] for tally in tallies.values()))


if __name__ == "__main__":
    main()
