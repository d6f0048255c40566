"""The doctor tells what is not as it should be, and mends what is derived: each fault is made, told, and gone afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kb.sealed import SEAL, broken, seal
from tests.kb.test_cli import Kb, kb

__all__ = ["kb"]


def _sql(*statements: str) -> Callable[[Path], None]:
    def change(base: Path) -> None:
        with closing(sqlite3.connect(base)) as raw, raw:
            for statement in statements:
                raw.execute(statement)

    return change


def _empty_an_index(base: Path) -> None:
    """An index that lacks its rows, as a fault of the disk may leave it."""
    with closing(sqlite3.connect(base, isolation_level=None)) as raw:
        plain = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'obligations_document'").fetchone()[0]
        raw.execute("DROP INDEX obligations_document")
        raw.execute(f"{plain} WHERE position < 0")
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'obligations_document'", (plain,))


def _damage_search(name: str) -> Callable[[Path], None]:
    def damage(base: Path) -> None:
        [path] = Path(f"{base}.search").rglob(name)
        data = bytearray(path.read_bytes())
        data[-1] ^= 0xFF  # as long as before
        path.write_bytes(data)

    return damage


MENDED = [
    (_empty_an_index, "file", "indexes"),
    (_sql("DELETE FROM documents"), "references", "not stored"),
    (_sql("DELETE FROM ledger"), "ledger", "rows of the ledger"),
    (_sql("UPDATE ledger SET due = '2001-01-01'"), "ledger", "rows of the ledger"),
    (_sql("UPDATE ledger SET group_name = '某局'"), "ledger", "rows of the ledger"),
    (_sql("UPDATE meta SET value = value + 1 WHERE name = 'generation'"), "search", "earlier state"),
    (_sql("UPDATE vectors SET vector = substr(vector, 1, 100)"), "encoder", "vectors"),
    (_sql("UPDATE vectors SET vector = randomblob(length(vector))"), "encoder", "vectors"),
    (_damage_search("vectors.faiss"), "search", "damaged"),
    (_damage_search("shares.npy"), "search", "damaged"),
    (_damage_search("current"), "search", "missing"),
    (lambda base: next(Path(f"{base}.search").rglob("current")).unlink(), "search", "missing"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "check", "words"), MENDED)
def test_what_is_derived_is_mended(kb: Kb, damage: Callable[[Path], None], check: str, words: str) -> None:
    kb("search", "床位")
    damage(kb.base)
    status, out, _ = kb("doctor", "--json", "--dry-run")
    assert status == 1 and f'"check": "{check}"' in out and "could be mended" in out
    status, out, err = kb("doctor")
    assert (status, err) == (0, "") and words in out and "mended" in out
    assert kb.json("doctor", "--json")["findings"] == []


WRONG = [
    (_sql("UPDATE documents SET text = ''"), "texts", "has no text"),
    (_sql("UPDATE documents SET text = substr(text, 1, 20)"), "texts", "not all of it"),
    (_sql("UPDATE obligations SET start_char = start_char + 1, end_char = end_char + 1"), "places", "3 obligations"),
    (_sql("UPDATE obligation_units SET end_char = 100000"), "places", "2 obligations"),
    (_sql("DELETE FROM document_sources"), "references", "no file name leads to"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "check", "words"), WRONG)
def test_what_is_not_derived_is_named_with_what_to_do(kb: Kb, damage: Callable[[Path], None], check: str, words: str) -> None:
    damage(kb.base)
    before = kb("export", "obligations")
    status, _, err = kb("doctor")
    assert status == 1 and words in err and err.startswith("notices/云溪.txt: ") and "kb ingest --again" in err or "kb remove" in err
    [finding] = [one for one in _findings(kb) if one["state"] == "wrong"]
    assert finding["check"] == check and words in finding["problem"]
    assert kb("export", "obligations") == before


def _findings(kb: Kb) -> list[dict[str, str]]:
    import json

    return list(json.loads(kb("doctor", "--json")[1])["findings"])


def test_a_sound_base_is_said_to_be_sound(kb: Kb) -> None:
    kb("search", "床位")
    assert kb("doctor") == (0, f"{kb.base}: sound, 1 documents, 3 obligations\n", "")
    report = kb.json("doctor", "--json")
    assert report["sound"] and report["findings"] == [] and report["documents"] == 1


def test_names_of_units_that_no_row_bears_go(kb: Kb) -> None:
    _sql("INSERT INTO unit_names (name, place, group_name) VALUES ('某局', '', '某局')")(kb.base)
    kb("doctor")
    with closing(sqlite3.connect(kb.base)) as raw:
        assert raw.execute("SELECT count(*) FROM unit_names WHERE name = '某局'").fetchone() == (0,)


def test_the_doctor_changes_nothing_that_is_sound(kb: Kb) -> None:
    kb("doctor")
    with closing(sqlite3.connect(kb.base)) as raw:
        before = list(raw.iterdump())
    kb("doctor")
    with closing(sqlite3.connect(kb.base)) as raw:
        assert list(raw.iterdump()) == before


def test_looking_alone_changes_nothing(kb: Kb) -> None:
    _sql("DELETE FROM ledger")(kb.base)
    with closing(sqlite3.connect(kb.base)) as raw:
        before = list(raw.iterdump())
    assert kb("doctor", "--dry-run")[0] == 1
    with closing(sqlite3.connect(kb.base)) as raw:
        assert list(raw.iterdump()) == before


def test_a_correction_without_its_passage_is_told(kb: Kb) -> None:
    identity = kb.json("obligations", "--kind", "duty", "--json")[0]["id"]
    assert kb("correct", identity, "units", "市教育局", "--who", "王某")[0] == 0
    assert kb("doctor")[1].count("\n") == 2  # the search files are made of the base as it is now
    _sql(f"UPDATE obligations SET id = id || 'x' WHERE id = '{identity}'")(kb.base)
    status, out, _ = kb("doctor")
    assert status == 0 and f"{identity} units: the passage that 王某 corrected is not in the notice" in out
    kb("remove", "云溪.txt")
    assert "the document that 王某 corrected is not stored" in kb("doctor")[1]


def test_a_seal_tells_what_is_other_than_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    seal(tmp_path)
    assert broken(tmp_path) == broken(tmp_path, thorough=True) == ""
    (tmp_path / "a").write_bytes(b"abd")
    assert broken(tmp_path) == "" and broken(tmp_path, thorough=True) == "a"
    (tmp_path / "a").write_bytes(b"ab")
    assert broken(tmp_path) == "a"
    (tmp_path / "a").unlink()
    assert broken(tmp_path) == "a"
    for content in ("", "[]", "{", '{"b": 1}', '{"b": null}', "7"):
        (tmp_path / SEAL).write_text(content, encoding="utf-8")
        assert broken(tmp_path), content


def test_an_encoder_that_is_gone_is_named_and_the_rest_is_looked_at(kb: Kb, tmp_path: Path) -> None:
    _sql("DELETE FROM ledger", f"INSERT INTO meta (name, value) VALUES ('encoder', '{tmp_path / 'gone'}')")(kb.base)
    status, out, err = kb("doctor")
    assert status == 1 and "rows of the ledger" in out and err.count("\n") == 1 and str(tmp_path / "gone") in err
