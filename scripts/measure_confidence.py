"""Measure how often each rule is right, and how well confidences tell it; write what extraction reads.

    python scripts/measure_confidence.py                                     print the tables from the counts kept
    python scripts/measure_confidence.py --seen                              count the annotated sets at hand anew
    python scripts/measure_confidence.py --unseen NAME REV NOTICES GOLD …    count notices that the rules of REV had not seen
    python scripts/measure_confidence.py --try                               search PRIOR and SEEN_WEIGHT

`scripts/confidence_counts.tsv` keeps the counts notice by notice (numbers and rules, no text); extractors/data/confidence.tsv
is made of it. A reliability table tells, for each bin of confidences, how many mentions were given one in it, their mean
confidence and the share that was right; ECE is the mean distance of the two, each bin weighing what it holds. Notices
left out: each unseen notice is given confidences by the counts of all the others.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractors.confidence import Counts, Table, Weights, make_estimate  # noqa: E402 — the project may not be installed
from scripts.judging import judge  # noqa: E402
from scripts.score import SETS  # noqa: E402
from scripts.worktrees import extract_in, tree_of  # noqa: E402

KEPT = ROOT / "scripts" / "confidence_counts.tsv"
TABLE = ROOT / "extractors" / "data" / "confidence.tsv"
OVERLAY = ROOT / "corpus" / "overlay.toml"
CAP = 30  # what one notice tells of a family counts as so many mentions at most, for those of one notice are alike; 15, 60 and 100 told less
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Row:
    """What a rule did in one notice. `state` is seen or unseen; `notice` names it within its set: seeds 1."""

    state: str
    notice: str
    family: str
    rule: str
    fired: int
    right: int


def count(state: str, name: str, tree: Path, notices: Path, golds: Path) -> list[Row]:
    """What the rules of `tree` did in each notice of an annotated set."""
    annotated = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(golds.glob("*.json"))]
    files = [notices / gold["file"] for gold in annotated]
    [found] = extract_in((tree,), files, OVERLAY)
    rows = []
    for place, (file, gold) in enumerate(zip(files, annotated, strict=True), 1):
        if "error" in found[str(file)]:
            print(f"{file.name}: {found[str(file)]['error']}; left out", file=sys.stderr)
            continue
        judged = list(judge(found[str(file)], gold, f"{name} {place}"))
        fired, right = Counter((j.family, j.rule) for j in judged), Counter((j.family, j.rule) for j in judged if j.right)
        rows += [Row(state, f"{name} {place}", *key, fired[key], right[key]) for key in sorted(fired)]
    return rows


def read_rows() -> list[Row]:
    """The counts that are kept."""
    lines = KEPT.read_text(encoding="utf-8").splitlines()[1:]
    return [Row(*cells[:4], int(cells[4]), int(cells[5])) for line in lines if (cells := line.split("\t"))]


def write_rows(rows: Iterable[Row]) -> None:
    """Keep the counts, sorted."""
    listed = sorted(rows, key=lambda row: (row.state, row.notice, row.family, row.rule))
    lines = ["state\tnotice\tfamily\trule\tfired\tright", *("\t".join((r.state, r.notice, r.family, r.rule, str(r.fired), str(r.right))) for r in listed)]
    KEPT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def make_table(rows: Iterable[Row]) -> Table:
    """The counts of each rule over all notices, none of which counts for more than CAP mentions of a family."""
    rows = list(rows)
    sizes: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        sizes[row.state, row.notice, row.family] += row.fired
    table: defaultdict[tuple[str, str], Counts] = defaultdict(Counts)
    for row in rows:
        share = min(1.0, CAP / sizes[row.state, row.notice, row.family])
        fired = max(1, round(row.fired * share))
        right = round(fired * row.right / row.fired)
        table[row.family, row.rule] += Counts(fired, right) if row.state == "seen" else Counts(0, 0, fired, right)
    return dict(table)


def table_text(table: Table) -> str:
    """The table as `extractors/data/confidence.tsv` holds it."""
    rows = (f"{family}\t{rule}\t{c.seen}\t{c.seen_right}\t{c.unseen}\t{c.unseen_right}" for (family, rule), c in sorted(table.items()))
    return "\n".join(["family\trule\tseen\tseen_right\tunseen\tunseen_right", *rows]) + "\n"


Given = tuple[float, Row]  # a confidence and the counts it was given for


def left_out(rows: Sequence[Row], weights: Weights) -> Iterator[Given]:
    """Each unseen notice's counts with the confidence that all other notices give."""
    for notice in sorted({row.notice for row in rows if row.state == "unseen"}):
        table = make_table(row for row in rows if row.notice != notice)
        for row in rows:
            if row.notice == notice and row.state == "unseen":
                yield make_estimate(table, row.family, row.rule, weights).value, row


def log_loss(given: Iterable[Given]) -> float:
    """The mean log loss, each notice weighing the same."""
    losses: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for value, row in given:
        value = min(max(value, 0.001), 0.999)
        losses[row.notice][0] -= row.right * math.log(value) + (row.fired - row.right) * math.log(1 - value)
        losses[row.notice][1] += row.fired
    return sum(loss / fired for loss, fired in losses.values()) / len(losses)


def reliability(given: Iterable[Given]) -> tuple[list[tuple[float, float, int, float, float]], float]:
    """Lower and upper bound, count, mean confidence and share right of each bin that holds any; and the ECE."""
    held: defaultdict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for value, row in given:
        place = max(i for i, low in enumerate(BINS[:-1]) if value >= low)
        for i, more in enumerate((row.fired, value * row.fired, row.right)):
            held[place][i] += more
    bins = [(BINS[i], BINS[i + 1], int(n), told / n, right / n) for i, (n, told, right) in sorted(held.items())]
    count = sum(row[2] for row in bins)
    return bins, sum(row[2] * abs(row[3] - row[4]) for row in bins) / count if count else 0.0


def show(title: str, given: Sequence[Given]) -> None:
    """Print one reliability table."""
    bins, error = reliability(given)
    print(f"\n{title}: {sum(row[2] for row in bins)} judged, ECE {error:.3f}\n| confidence | mentions | mean confidence | right |\n|---|---|---|---|")
    for low, high, number, told, right in bins:
        print(f"| {low:.2f}–{high:.2f} | {number} | {told:.3f} | {right:.3f} |")


def show_all(rows: Sequence[Row]) -> None:
    """Print every table: each set as it is now, and the unseen notices left out in turn."""
    table, weights = make_table(rows), Weights()
    for name in dict.fromkeys(row.notice.split()[0] for row in rows if row.state == "seen"):
        own = [row for row in rows if row.state == "seen" and row.notice.startswith(f"{name} ")]
        show(f"{name} (rules were written with them)", [(make_estimate(table, row.family, row.rule, weights).value, row) for row in own])
    given = list(left_out(rows, weights))
    show(f"{len({row.notice for _, row in given})} notices that the rules had not seen, each left out in turn", given)
    show("of these, obligations with their kinds", [(value, row) for value, row in given if row.family.startswith("kind.")])
    print(f"log loss {log_loss(given):.4f}")


def search(rows: Sequence[Row]) -> None:
    """Print log loss and ECE of each pair of weights, the least loss first."""
    tried = [Weights(prior, seen) for prior in (5.0, 10.0, 20.0, 40.0, 80.0) for seen in (0.0, 0.1, 0.2, 0.5, 1.0)]
    given = {weights: list(left_out(rows, weights)) for weights in tried}
    for weights in sorted(tried, key=lambda weights: log_loss(given[weights])):
        print(f"log loss {log_loss(given[weights]):.4f}  ECE {reliability(given[weights])[1]:.4f}  PRIOR {weights.prior:g}  SEEN_WEIGHT {weights.seen:g}")


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seen", action="store_true", help="count the annotated sets at hand anew")
    ask.add_argument("--unseen", nargs=4, action="append", default=[], metavar=("NAME", "REV", "NOTICES", "GOLD"), help="count notices that the rules of REV had not seen; NAME is that of the set")
    ask.add_argument("--try", action="store_true", dest="trying", help="search the weights")
    args = ask.parse_args()
    rows = read_rows() if KEPT.exists() else []
    if args.seen:
        sets = {name: places for name, places in SETS.items() if places[1].exists()}
        rows = [row for row in rows if row.state != "seen" or row.notice.split()[0] not in sets]
        rows += [row for name, (notices, golds) in sets.items() for row in count("seen", name, ROOT, notices, golds)]
    if args.unseen:
        counted = {name for name, *_ in args.unseen}
        rows = [row for row in rows if row.state != "unseen" or row.notice.split()[0] not in counted]
        for name, revision, notices, golds in args.unseen:
            with tree_of(ROOT, revision) as tree:
                rows += count("unseen", name, tree, Path(notices).resolve(), Path(golds))
    if args.trying:
        search(rows)
        return 0
    write_rows(rows)
    TABLE.write_text(table_text(make_table(rows)), encoding="utf-8")
    show_all(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
