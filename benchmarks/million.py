"""How fast is search, and how much memory does it take, at ten thousand, a hundred thousand and a million obligations?

    python benchmarks/million.py [--sizes 10000 100000 1000000] [--folder FOLDER] [--queries 200]

Makes bases by varying the sample notices (as `benchmarks/ledger.py` does; kept in FOLDER where given) and their catalogues, then
measures each in a process of its own that has the base open: seconds until the first search is answered, the time of a search
without and with a filter (p50, p95; aim 25 and 60 ms with one), of FAISS's own search and of the full-text index's own over the
same queries (aim: all of a search no more than 1.3 times the two), the time to add one notice so that search finds it (aim 0.5 s), and
memory (aim 2 GiB). Beside the time on the clock, which other work on the machine lengthens, stands the processor's (`cpu`).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

NOTICE = "云溪市人民政府关于加强示例工作的通知\n各县人民政府：\n" + "".join(
    f"{number}.市民政局牵头，于2026年{month}月底前完成{task}的检查。\n"
    for number, (month, task) in enumerate([(3, "电梯"), (5, "幼儿园"), (6, "护理型床位"), (8, "冷链仓库"), (9, "瓶装燃气"), (10, "河道")] * 5, 1)
)


def questions(store: Any, catalogue: Any, count: int) -> list[str]:
    """Words of obligations of the base, as a person would remember them: two or three stretches of one, sometimes with a unit."""
    rng = random.Random(3)
    parts = rng.choices(catalogue.parts, [len(part) for part in catalogue.parts], k=count)
    found = []
    for one in store.obligations([part.id(rng.randrange(len(part))) for part in parts]):
        text = one["text"]
        stretches = [text[start : start + rng.randrange(4, 9)] for start in (rng.randrange(max(1, len(text) - 12)) for _ in range(rng.randrange(2, 4)))]
        found.append("".join(stretches) + (one["units"][0]["name"] if one["units"] and rng.random() < 0.3 else ""))
    return found


def narrowings() -> Iterator[Any]:
    """Filters, wide and narrow, one after the other."""
    from kb.filters import Filters

    while True:
        yield Filters(kinds=("duty",))
        yield Filters(levels=("provincial",))
        yield Filters(regions=("示例3市",))
        yield Filters(units=("教育局",), roles=("responsible",))
        yield Filters(due_from=date(2024, 1, 1), due_to=date(2025, 12, 31), kinds=("duty", "target"))
        yield Filters(regions=("示例17县",), kinds=("duty",))


@dataclass
class Spent:
    """Milliseconds of calls: on the clock, and of the processor."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def time(self, call: Callable[[], Any]) -> None:
        """Times one more call."""
        began, worked = time.perf_counter(), time.process_time()
        call()
        self.cpu.append(1000 * (time.process_time() - worked))
        self.wall.append(1000 * (time.perf_counter() - began))


def at(spent: list[float], share: float) -> float:
    """The value that so great a share of the calls stays below."""
    return sorted(spent)[min(len(spent) - 1, int(share * len(spent)))]


def measure(path: Path, count: int) -> dict[str, float]:
    """What one started process measures of a base."""
    began, worked = time.perf_counter(), time.process_time()
    from kb.catalogue_files import open_catalogue, prepare
    from kb.query import query_terms
    from kb.search import Asked, search
    from kb.store import open_store

    with open_store(path) as store:
        catalogue = open_catalogue(store)
        opened, opened_cpu = time.perf_counter() - began, time.process_time() - worked
        asked = questions(store, catalogue, count)
        first = Spent()
        first.time(lambda: search(store, asked[0]))
        for query, narrowing in zip(asked[:12], narrowings(), strict=False):
            search(store, query, 10, narrowing)
        prepared = [Asked.of(catalogue, query, query_terms(query, catalogue.vocabulary)) for query in asked]
        found = {name: Spent() for name in ("plain", "filtered", "faiss", "fulltext")}
        for query, one, narrowing in zip(asked, prepared, narrowings(), strict=False):
            found["faiss"].time(lambda one=one: [part.vectors.near(one.vector, 100) for part in catalogue.parts])  # type: ignore[misc]
            found["fulltext"].time(lambda one=one: [part.fulltext.scores(one.terms, one.weights).best(100) for part in catalogue.parts])  # type: ignore[misc]
            found["plain"].time(lambda query=query: search(store, query))  # type: ignore[misc]
            found["filtered"].time(lambda query=query, narrowing=narrowing: search(store, query, 10, narrowing))  # type: ignore[misc]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        _add(store, 0, prepare)  # loads the rules
        added = Spent()
        for number in range(1, 6):
            added.time(lambda number=number: _add(store, number, prepare))  # type: ignore[misc]
    alone = statistics.mean(found["faiss"].cpu) + statistics.mean(found["fulltext"].cpu)
    shares = (("p50", 0.5), ("p95", 0.95))
    return {
        "obligations": catalogue.vocabulary.size, "parts": len(catalogue.parts), "open s": opened, "open cpu s": opened_cpu, "first ms": first.wall[0],
        **{f"{name} {label}": at(spent.wall, share) for name, spent in found.items() for label, share in shares},
        **{f"{name} cpu {label}": at(spent.cpu, share) for name, spent in found.items() for label, share in shares},
        "ratio cpu": statistics.mean(found["plain"].cpu) / alone, "ratio cpu filtered": statistics.mean(found["filtered"].cpu) / alone,
        "memory GiB": memory, "add s": statistics.median(added.wall) / 1000, "add s worst": max(added.wall) / 1000, "add cpu s": statistics.median(added.cpu) / 1000,
    }  # fmt: skip


def _add(store: Any, number: int, prepare: Callable[[Any], None]) -> None:
    """Reads, extracts, stores and indexes a notice."""
    from extractors.pipeline import extract
    from ingest import read

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"示例{number}.txt"
        file.write_text(f"{NOTICE}（第{time.time_ns()}号）", encoding="utf-8")
        document = read(file)
    store.put(document, extract(document))
    prepare(store)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    options.add_argument("--folder", type=Path)
    options.add_argument("--queries", type=int, default=200)
    options.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    args = options.parse_args()
    os.environ["KB_OVERLAY"] = str(ROOT / "corpus" / "overlay.toml")
    if args.measure:
        print(json.dumps(measure(args.measure, args.queries)))
        return
    rows = []
    with tempfile.TemporaryDirectory() as made:
        folder = args.folder or Path(made)
        for size in args.sizes:
            path = folder / f"m{size}.db"
            rows.append({"made s": make(path, size)} | run(path, args.queries))
    show(rows)


def make(path: Path, size: int) -> float:
    """Makes the base and its catalogue where they are missing; seconds that the catalogue took."""
    from benchmarks.ledger import fill
    from kb.catalogue_files import prepare
    from kb.store import open_store

    if not path.exists():
        fill(path, size)
    began = time.perf_counter()
    with open_store(path) as store:
        prepare(store)
    return time.perf_counter() - began


def run(path: Path, count: int) -> dict[str, float]:
    """What a fresh process measures."""
    done = subprocess.run([sys.executable, __file__, "--measure", str(path), "--queries", str(count)], cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def show(rows: list[dict[str, float]]) -> None:
    """Prints a line a figure, a column a size."""
    for name in rows[0] if rows else ():
        print(f"{name:18} " + " ".join(f"{row[name]:12,.2f}" if isinstance(row[name], float) else f"{row[name]:12,}" for row in rows))


if __name__ == "__main__":
    main()
