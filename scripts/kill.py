"""Kill `kb ingest` at random moments and see that every document is whole or absent and that the next run ends the work.

    python scripts/kill.py --times 200 [--seed 1] [--keep FOLDER]

Each time a run over a folder of small notices (texts, pages, files of several, an archive) is ended with SIGKILL: on an
empty base, on one that holds an older edition of the notices, or while all is read again; the process group, the command
alone, or all it started. Afterwards the base must be sound, hold whole documents alone and none twice, search must agree
with the exports, no process may be left, and the next run must end with what an undisturbed one does. The same seed chooses
the same moments. With --keep, the base that went wrong is left in FOLDER. Ends with status 1 where something went wrong.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.kb.kills import STARTS, KillFault, Scene, Tally, kill, load_program  # noqa: E402


def run(times: int, seed: int, folder: Path) -> Tally:
    """Kill so many times; raises `KillFault` at the first that leaves something behind."""
    load_program()
    scene, tally, random = Scene(folder, ROOT / "corpus"), Tally(), Random(seed)
    print("an undisturbed run takes " + ", ".join(f"{scene.seconds[start][1]:.1f} s, writing from {scene.seconds[start][0]:.1f} s ({start})" for start in STARTS), flush=True)
    for number in range(times):
        kill(scene, random, number, tally)
        if (number + 1) % 20 == 0:
            print(f"{tally.kills} of {times} killed, nothing lost", flush=True)
        if sys.stderr.isatty():
            print(f"\r{number + 1} of {times}", end="", file=sys.stderr, flush=True)
    return tally


def main() -> None:
    """Read the options, kill, print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20, help="how many kills")
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    parser.add_argument("--keep", type=Path, help="a folder to work in, left as it is")
    given = parser.parse_args()
    since = time.monotonic()
    try:
        if given.keep:
            given.keep.mkdir(parents=True)
            tally = run(given.times, given.seed, given.keep)
        else:
            with tempfile.TemporaryDirectory(prefix="kb-kill-") as folder:
                tally = run(given.times, given.seed, Path(folder))
    except KillFault as fault:
        print(f"wrong: {fault}")
        sys.exit(1)
    counts = ", ".join(f"{count} {start}" for start, count in tally.by_start.items())
    print(f"{tally.kills} killed at work ({counts}; {tally.finished} more ended before their moment); {tally.amid} bases were left neither as before nor done")
    print(f"nothing lost, nothing doubled, every next run ended the work; {time.monotonic() - since:.0f} s")


if __name__ == "__main__":
    main()
