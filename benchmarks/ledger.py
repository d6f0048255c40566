"""How fast is a page of the ledger, and a workbook of it, at a million obligations?

    python benchmarks/ledger.py [--size 1000000] [--base FILE] [--rows 100000]

Makes a base of so many obligations by varying the sample notices (their places, units, days and wording), or takes FILE when it
is there. Prints for each of a set of filters how long the first page of 50 rows takes (median and worst of several in one open
base; the aim is 0.3 s), and the time of the processor, which other programs on the machine change less, beside what a plain count
of the obligations' table takes in the same run; then writes a workbook of so many rows in a process of its own: seconds (aim 60) and
peak memory, beside that of a workbook of a tenth of the rows and of the same plain cells written by xlsxwriter (constant_memory) and
by openpyxl (write_only) alone.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PER_DOCUMENT = 60  # obligations of a notice, about what the samples have
PAGE = 50
PLACES = 400  # counties
AS_OF = date(2025, 6, 1)
CREATE_TABLES = ("obligation_units", "obligation_deadlines", "obligation_parties")


def patterns(store: Any) -> list[dict[str, Any]]:
    """The obligations of the sample notices, each with its mentions."""
    return list(store.all_obligations())


def fill(path: Path, size: int) -> None:
    """Write a base of `size` obligations made from the samples."""
    from kb.ingestion import ingest_paths, use_overlay
    from kb.schema import documents, metadata
    from kb.store import open_store

    use_overlay(ROOT / "corpus" / "overlay.toml")
    with open_store(path) as store:
        ingest_paths(store, [ROOT / "corpus" / "notices"])
        models = patterns(store)
        tables = metadata.tables
        with store.reading() as connection:
            row = dict(connection.execute(documents.select()).mappings().first() or {})
        rng = random.Random(7)
        number = 0
        while number < size:
            with store.writing() as connection:
                batch: dict[str, list[dict[str, Any]]] = {name: [] for name in ("documents", "obligations", *CREATE_TABLES, "unit_names", "ledger")}
                for _ in range(200):
                    if number >= size:
                        break
                    number = _add_document(batch, row, models, rng, number, min(PER_DOCUMENT, size - number))
                for name, rows in batch.items():
                    if rows:
                        connection.execute(tables[name].insert().prefix_with("OR IGNORE") if name == "unit_names" else tables[name].insert(), rows)


def _add_document(batch: dict[str, list[dict[str, Any]]], row: dict[str, Any], models: list[dict[str, Any]], rng: random.Random, number: int, count: int) -> int:
    """One notice of an invented county with `count` obligations; gives the number of the next obligation."""
    from kb.store_ledger import NEVER, standing_of

    place = rng.randrange(PLACES)
    county, city = f"示例{place}县", f"示例{place // 20}市"
    identity = f"d{number:015d}"
    issued = date(2005, 1, 1) + timedelta(days=rng.randrange(7300))
    title = f"{county}人民政府关于第{number}项工作的通知"
    batch["documents"].append(row | {
        "id": identity, "sha256": identity, "source": f"{identity}.txt", "title": title, "title_key": title, "short_title_key": title[title.index("关于") :],
        "document_number": f"示{place}政发〔{issued.year}〕{number}号", "number_key": f"示{place}政发〔{issued.year}〕{number}号", "issued_on": issued, "expires_on": None, "effective_on": None,
        "level": rng.choice(("county",) * 8 + ("municipal", "provincial")), "region": ["示例省", city, county], "region_key": f"/示例省/{city}/{county}/", "text": "", "blocks": None,
    } | {})  # fmt: skip
    batch["documents"][-1].pop("blocks")
    for position in range(count):
        model = rng.choice(models)
        key = 100_000 + number
        text = f"{model['text'][: rng.randrange(12, 90)]}（第{number}号事项）"
        batch["obligations"].append({"key": key, "id": f"{identity}-{position}", "document_id": identity, "position": position, "kind": model["kind"], "text": text, "start_char": 0, "end_char": len(text), "rule": "bench", "page": 1, "path": model["path"], "confidence": 0.9})
        units = [(unit["name"], unit["canonical"] and f"{county}{unit['canonical'][3:]}", unit["role"]) for unit in model["units"][:4]]
        end = issued + timedelta(days=rng.randrange(30, 1500))
        raws = [(one["raw"], one["type"], end if one["end"] else None, one["recurrence"]) for one in model["deadlines"][:2]] or ([("年底前", "by", end, None)] if rng.random() < 0.6 else [])
        place_of = {"start_char": 0, "end_char": 4, "rule": "bench"}
        for at, (name, canonical, role) in enumerate(units):
            batch["obligation_units"].append({"obligation_key": key, "position": at, "name": name, "canonical": canonical, "role": role, "listed": False, "inherited": True, **place_of})
        for at, party in enumerate(model["parties"][:2]):
            batch["obligation_parties"].append({"obligation_key": key, "position": at, "name": party, **place_of})
        for order, (raw, kind, day, recurrence) in enumerate(raws):
            batch["obligation_deadlines"].append({"obligation_key": key, "position": order, "raw": raw, "type": kind, "start_on": None, "end_on": day, "recurrence": recurrence, "event": None, "reason": None, "provisional": False, "inherited": True, **place_of})
            own = {"obligation_key": key, "deadline_position": order, "document_id": identity, "kind": model["kind"], "standing": standing_of(kind, recurrence, day), "due": day.isoformat() if day else NEVER, "raw": None, "start_char": None, "end_char": None}
            for at, (name, canonical, role) in enumerate(units):
                unit = abs(hash((name, canonical, county))) % 1_000_000_000 + 10_000
                batch["unit_names"].append({"key": unit, "name": name, "canonical": canonical, "place": "" if canonical else county, "group_name": canonical or f"{name}（{county}）"})
                batch["ledger"].append(own | {"unit_position": at, "unit_key": unit, "nobody": 0, "group_name": canonical or f"{name}（{county}）", "role": role})
            if not units:
                batch["ledger"].append(own | {"unit_position": -1, "unit_key": 0, "nobody": 1, "group_name": "", "role": None})
        number += 1
    return number


def questions() -> Iterator[tuple[str, Any]]:
    """Named ledgers to ask for: each filter of the command, frequent and rare, and some together."""
    from kb.deadlines import Ledger
    from kb.filters import Filters

    def asked(by: str = "unit", statuses: tuple[str, ...] = (), **fields: Any) -> Ledger:
        return Ledger(Filters(**fields), by, AS_OF, 30, statuses)  # type: ignore[arg-type]

    yield "everything, by unit", asked()
    yield "everything, by month", asked("month")
    yield "everything, by document", asked("document")
    yield "one county's unit", asked(units=("示例17县教育局",))
    yield "a unit everywhere", asked(units=("教育局",))
    yield "role", asked(roles=("lead",))
    yield "kind (frequent)", asked(kinds=("duty",))
    yield "kind (rare)", asked(kinds=("encouragement",))
    yield "level", asked(levels=("provincial",))
    yield "region (county)", asked(regions=("示例17县",))
    yield "region (city), by month", asked("month", regions=("示例3市",))
    yield "one document", asked(documents=("d000000000000600",))
    yield "party", asked(parties=("学校",))
    yield "party (rare), overdue", asked(statuses=("overdue",), parties=("养老机构",))
    yield "due in a month", asked(due_from=date(2025, 6, 1), due_to=date(2025, 6, 30))
    yield "overdue", asked(statuses=("overdue",))
    yield "due soon, by month", asked("month", statuses=("due_soon",))
    yield "recurring", asked(statuses=("recurring",))
    yield "undated", asked(statuses=("undated",))
    yield "text (frequent)", asked(text="食品")
    yield "text (one row)", asked(text="第4242号事项")
    yield "text, nothing found", asked(text="没有这样的话")
    yield "region, kind, role, due", asked(regions=("示例3市",), kinds=("duty",), roles=("responsible",), due_to=date(2025, 12, 31))
    yield "unit, overdue, by month", asked("month", ("overdue",), units=("示例17县教育局",))


def measure_pages(path: Path, runs: int) -> None:
    """The time of the first page of each ledger, in one open base."""
    from sqlalchemy import text

    from kb.deadlines import read_ledger
    from kb.store import open_store

    with open_store(path) as store:
        with store.reading() as connection:
            began = time.perf_counter()
            held = connection.execute(text("SELECT count(*) FROM obligations")).scalar()
            lines = connection.execute(text("SELECT count(*) FROM ledger")).scalar()
            reference = time.perf_counter() - began
        print(f"{held:,} obligations, {lines:,} rows of the ledger; counting both takes {reference:.3f} s\n")
        print(f"{'ledger':28} {'rows':>5} {'median':>8} {'worst':>8} {'processor':>10}")
        for name, asked in questions():
            seconds, busy = [], []
            for _ in range(runs):
                began, worked = time.perf_counter(), time.process_time()
                rows = list(read_ledger(store, asked, PAGE))
                seconds.append(time.perf_counter() - began)
                busy.append(time.process_time() - worked)
            mark = "" if max(seconds) <= 0.3 else "  over 0.3 s"
            print(f"{name:28} {len(rows):5} {statistics.median(seconds):7.3f}s {max(seconds):7.3f}s {statistics.median(busy):9.3f}s{mark}", flush=True)


WRITER = """
import resource, sys, time
from pathlib import Path
from kb.deadlines import Ledger, read_ledger
from kb.export.files import write_stream
from kb.export.xlsx_file import write_ledger_xlsx
from kb.store import open_store
base, out, rows = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
began = time.perf_counter()
with open_store(base) as store:
    write_stream(write_ledger_xlsx, read_ledger(store, Ledger(), rows, once=True), out)
print(f"{rows:,} rows in {time.perf_counter() - began:.1f} s ({time.process_time():.1f} s of processor time), peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB, file {out.stat().st_size / 2**20:.1f} MiB")
"""


REFERENCE = """
import resource, sys, time
out, rows, engine = sys.argv[1], int(sys.argv[2]), sys.argv[3]
cells = ["内容" * 45, "示例17县教育局", "示例17县财政局", "示例17县公安局", "2025年6月底前", "", "示例17县人民政府关于第4242号工作的通知", "未到期"]
began = time.perf_counter()
if engine == "xlsxwriter":
    import xlsxwriter
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(rows):
            sheet.write_number(row, 0, row)
            for column, cell in enumerate(cells, 1):
                sheet.write_string(row, column, cell)
else:
    import openpyxl
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in range(rows):
        sheet.append([row, *cells])
    book.save(out)
print(f"{rows:,} rows by {engine} alone in {time.perf_counter() - began:.1f} s ({time.process_time():.1f} s of processor time), peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
"""


def measure_workbook(path: Path, rows: int) -> None:
    """Seconds and peak memory of a workbook, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for count in (rows // 10, rows):
            subprocess.run([sys.executable, "-c", WRITER, str(path), f"{folder}/out.xlsx", str(count)], cwd=ROOT, check=True)
        for engine in ("xlsxwriter", "openpyxl"):
            subprocess.run([sys.executable, "-c", REFERENCE, f"{folder}/alone.xlsx", str(rows), engine], cwd=ROOT, check=True)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--size", type=int, default=1_000_000)
    ask.add_argument("--rows", type=int, default=100_000)
    ask.add_argument("--runs", type=int, default=5)
    ask.add_argument("--base", type=Path)
    args = ask.parse_args()
    os.environ["KB_OVERLAY"] = str(ROOT / "corpus" / "overlay.toml")
    with tempfile.TemporaryDirectory() as folder:
        path = args.base or Path(folder) / "bench.db"
        if not path.exists():
            began = time.perf_counter()
            fill(path, args.size)
            print(f"made in {time.perf_counter() - began:.0f} s, {path.stat().st_size / 2**30:.2f} GiB", flush=True)
        measure_pages(path, args.runs)
        print()
        measure_workbook(path, args.rows) if args.rows else None


if __name__ == "__main__":
    main()
