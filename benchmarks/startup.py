"""How long does `kb deadlines` take from a cold start on a small base? Wall time beside a bare interpreter's.

    python benchmarks/startup.py [--runs 7]

Reads the sample notices into a throw-away base, then runs each command as a whole process and prints the least wall
time of several runs (other work on the machine only adds to it), the processor time of that run, and the ratio to the
interpreter's. The aim is 0.6 s for `kb deadlines` and 1.0 s for `kb search`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def least_seconds(command: list[str], runs: int, environment: dict[str, str]) -> tuple[float, float]:
    """Wall and processor time of the quickest of `runs` runs of `command`, after one that warms the disk's cache."""
    seconds = []
    for _ in range(runs + 1):
        start, before = time.perf_counter(), os.times()
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        seconds.append((time.perf_counter() - start, used))
    return min(seconds[1:])


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--runs", type=int, default=7)
    args = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "KB_DB": str(Path(folder) / "bench.db"), "KB_OVERLAY": str(ROOT / "corpus" / "overlay.toml")}
        kb = [sys.executable, "-m", "kb"]
        subprocess.run([*kb, "ingest", "corpus/notices"], cwd=ROOT, env=environment, check=True)
        bare, _ = least_seconds([sys.executable, "-c", "pass"], args.runs, environment)
        print(f"a bare interpreter: {bare:.3f} s")
        for words in (["deadlines"], ["deadlines", "--json"], ["search", "养老机构消防"]):
            own, used = least_seconds([*kb, *words], args.runs, environment)
            print(f"kb {' '.join(words)}: {own:.3f} s ({used:.3f} s of processor time), ratio to the bare interpreter {own / bare:.1f}")


if __name__ == "__main__":
    main()
