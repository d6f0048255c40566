"""What explains a mention is stored with it; a base from before it was kept still opens and says that it is not known."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from extractors.edition import edition
from extractors.mentions import Citation, Origin
from ingest.document import Span
from kb.dialect import TYPES
from kb.migrations import statements, steps
from kb.store import open_store
from tests.kb.fakes import make_document, make_extraction, span_of


def explained():
    """The small notice with origins."""
    extraction = make_extraction()
    aim, duty, ban = extraction.obligations
    line = span_of("责任单位：市卫健委")
    aim = replace(
        aim,
        units=(replace(aim.units[0], origin=Origin("line", line)),),
        deadlines=(replace(aim.deadlines[0], origin=Origin("list_head", span_of("到2025年底"))),),
        targets=(replace(aim.targets[0], due=span_of("到2025年底")),),
    )
    duty = replace(duty, cited=(Citation(Span(0, 4), "citation.title", "养老条例", None, "basis"),))
    return replace(extraction, obligations=(aim, duty, ban))


def test_origins_dates_and_places_of_citations_come_back(tmp_path: Path) -> None:
    with open_store(tmp_path / "kb.sqlite") as store:
        store.put(make_document(), explained())
        assert tuple(o for _, _, o in store.load_obligations()) == explained().obligations
        identity = store.find_document("云溪.txt")
        assert store.how_read(identity)["edition"] == edition()
        assert {deadline["rule"] for deadline in store.how_read(identity)["deadlines"]} == {"deadline.year_end", "deadline.month_end"}


def make_old_base(path: Path) -> str:
    """A base of the first schema with one document in it, as an older program left it; the id of its first obligation."""
    newer = path.with_name("newer.sqlite")
    with open_store(newer) as store:
        store.put(make_document(), make_extraction())
        identity: str = store.find_obligations()[0]["id"]
    with closing(sqlite3.connect(path)) as old, old:
        for statement in statements(steps()[0][1]):
            old.execute(statement.format(**TYPES["sqlite"]))
        old.execute("ATTACH DATABASE ? AS newer", (str(newer),))
        for (table,) in old.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall():
            columns = ", ".join(f'"{row[1]}"' for row in old.execute(f"PRAGMA main.table_info({table})"))
            old.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}")
        old.execute("UPDATE main.meta SET value = '1' WHERE name = 'schema'")
    return identity


def test_a_base_of_before_keeps_working(tmp_path: Path) -> None:
    path = tmp_path / "kb.sqlite"
    make_old_base(path)
    with open_store(path) as store:
        assert tuple(o for _, _, o in store.load_obligations()) == make_extraction().obligations
        assert store.how_read(store.find_document("云溪.txt"))["edition"] is None
        assert store.put(make_document(), make_extraction(), again=True) == "replaced"
        assert store.how_read(store.find_document("云溪.txt"))["edition"] == edition()
