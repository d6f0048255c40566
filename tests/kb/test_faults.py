"""Full disks, bases that cannot be written, damaged files, two writers: one clear line, status 1, nothing lost; and kills."""

from __future__ import annotations

import ctypes
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kb.store import open_store
from tests.conftest import ROOT
from tests.kb.fakes import make_document, make_extraction
from tests.kb.test_cli import Kb, kb

__all__ = ["kb"]
NOTICE = "云海市人民政府办公室关于开展检查的通知\n各县人民政府：\n　　各县要在2024年6月底前完成检查。\n"
LONG = NOTICE + "".join(f"　　第{number}，各县要在2024年6月底前完成第{number}项检查。\n" for number in range(60))
READERS = [["documents"], ["obligations"], ["export", "obligations"], ["search", "护理型床位"], ["deadlines", "--as-of", "2024-01-01"]]
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="limits and permissions of POSIX")


@pytest.fixture
def notice(tmp_path: Path) -> str:
    path = tmp_path / "notice.txt"
    path.write_text(LONG, encoding="utf-8")
    return str(path)


def refuses(answer: tuple[int, str, str], *words: str) -> None:
    """The command ended with status 1 and one line that says all this."""
    status, out, err = answer
    assert (status, out) == (1, "")
    assert err.count("\n") == 1 and "a fault of the program" not in err
    assert all(word in err for word in words)


@contextmanager
def no_larger_files(size: int) -> Iterator[None]:
    """No file can be written beyond so many bytes, as on a disk that is full."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


# A full disk


def test_a_full_disk_is_told_and_the_next_run_ends_the_work(kb: Kb, notice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from kb import dialect

    plain = dialect._on_connect
    before = kb("export", "obligations")

    def full(raw: sqlite3.Connection, record: object) -> None:
        plain(raw, record)
        raw.execute(f"PRAGMA max_page_count = {raw.execute('PRAGMA page_count').fetchone()[0]}")

    monkeypatch.setattr(dialect, "_on_connect", full)
    refuses(kb("ingest", notice), str(kb.base), "the disk is full", "make room and run the command again")
    assert kb("export", "obligations") == before
    monkeypatch.setattr(dialect, "_on_connect", plain)
    assert kb("ingest", notice)[:2] == (0, "1 added, 0 unchanged, 0 replaced, 0 failed\n")


@on_posix
def test_files_that_may_not_grow_are_told(kb: Kb, notice: str) -> None:
    before = kb("export", "documents")
    with no_larger_files(4096):
        refuses(kb("ingest", notice), str(kb.base), "what was stored before is kept")
    assert kb("export", "documents") == before
    assert kb("ingest", notice)[0] == 0


@on_posix
def test_search_without_room_for_its_files_is_answered(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    from kb import catalogue_files

    expected = kb("search", "护理型床位", "--json")
    shutil.rmtree(f"{kb.base}.search")
    save, tried = catalogue_files.save, []

    def save_without_room(*given: object) -> None:
        tried.append(given)
        with no_larger_files(512):
            save(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(catalogue_files, "save", save_without_room)
    monkeypatch.setattr(catalogue_files, "_HELD", {})
    assert kb("search", "护理型床位", "--json") == expected
    assert tried and not list(Path(f"{kb.base}.search").glob("*-*"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no file that is always full")
@pytest.mark.parametrize("words", [["documents"], ["export", "obligations"], ["--version"]])
def test_output_onto_a_full_disk_is_told(kb: Kb, words: list[str]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run([sys.executable, "-m", "kb", *words], stdout=full, stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT, check=False)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "the disk is full" in done.stderr


# A base that cannot be written


def _as_plain_user() -> None:
    """Let permissions hold for the system's administrator too: the program started next does without the right to pass over them."""
    for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(24, right, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.fixture
def shut(kb: Kb) -> Iterator[Callable[..., tuple[int, str, str]]]:
    """Runs commands on a base that can be read only, as its folder."""
    if not sys.platform.startswith("linux"):
        pytest.skip("permissions are set in another way here")
    kb("search", "护理型床位")
    kb.base.chmod(0o444)
    kb.base.parent.chmod(0o555)

    def run(*words: str) -> tuple[int, str, str]:
        done = subprocess.run([sys.executable, "-m", "kb", *words], capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False, preexec_fn=_as_plain_user)
        return done.returncode, done.stdout, done.stderr

    yield run
    kb.base.parent.chmod(0o755)
    kb.base.chmod(0o644)


@pytest.mark.parametrize("words", [["export", "obligations"], ["search", "护理型床位", "--json"]])
def test_a_base_in_a_read_only_folder_is_read(kb: Kb, shut: Callable[..., tuple[int, str, str]], words: list[str]) -> None:
    assert shut(*words) == kb(*words)
    assert sorted(path.name for path in kb.base.parent.iterdir()) == ["kb.sqlite", "kb.sqlite.search"]


def test_a_base_that_cannot_be_written_is_told(kb: Kb, shut: Callable[..., tuple[int, str, str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    notice = tmp_path_factory.mktemp("notices") / "a.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    before = kb.base.read_bytes()
    refuses(shut("ingest", str(notice)), str(kb.base), "cannot be written", "permissions")
    kb.base.parent.chmod(0o755)
    refuses(shut("ingest", str(notice)), str(kb.base), "cannot be written", "permissions")
    assert shut("documents")[0] == 0 and kb.base.read_bytes() == before


def test_a_new_base_in_a_read_only_folder_is_told(kb: Kb, shut: Callable[..., tuple[int, str, str]]) -> None:
    refuses(shut("--db", str(kb.base.parent / "new.sqlite"), "documents"), "new.sqlite", "cannot be opened", "may be written")


def test_an_older_base_that_cannot_be_written_is_told(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    _set_version(kb.base, "5")
    monkeypatch.setattr("kb.store_state.may_write", lambda path: False)
    refuses(kb("documents"), str(kb.base), "older version", "where it can be written")


# A damaged base


def _overwrite(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for start in range(4096, len(data), 4096):
        data[start : start + 1200] = b"\x5a" * 1200
    path.write_bytes(data)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


@pytest.mark.parametrize("damage", [_overwrite, _cut])
@pytest.mark.parametrize("words", [*READERS, ["doctor"], ["ingest", "{notice}"], ["remove", "云溪.txt"]])
def test_a_damaged_base_is_told_and_left_alone(kb: Kb, notice: str, damage: Callable[[Path], None], words: list[str]) -> None:
    damage(kb.base)
    before = kb.base.read_bytes()
    refuses(kb(*(word.format(notice=notice) for word in words)), str(kb.base), "damaged", "copy")
    assert kb.base.read_bytes() == before


@pytest.mark.parametrize("words", [*READERS, ["doctor"], ["ingest", "{notice}"]])
def test_a_base_of_a_newer_version_is_told_and_left_alone(kb: Kb, notice: str, words: list[str]) -> None:
    _set_version(kb.base, "999")
    before = kb.base.read_bytes()
    refuses(kb(*(word.format(notice=notice) for word in words)), str(kb.base), "newer version", "update notice-kb")
    assert kb.base.read_bytes() == before


def _set_version(base: Path, version: str) -> None:
    with closing(sqlite3.connect(base)) as raw, raw:
        raw.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (version,))


# Damaged search files


def _search_files(base: Path) -> list[str]:
    return sorted({path.name for path in Path(f"{base}.search").rglob("*") if path.is_file()})


DAMAGE: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "other bytes": lambda path: path.write_bytes(b"\xff\x00" * (path.stat().st_size // 2 + 1)),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_search_files_cost_time_alone(kb: Kb, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = kb("search", "护理型床位", "--json")
    for name in _search_files(kb.base):
        [path] = Path(f"{kb.base}.search").rglob(name)
        DAMAGE[damage](path)
        monkeypatch.setattr("kb.catalogue_files._HELD", {})
        assert kb("search", "护理型床位", "--json") == expected, name
        if name == "current" and damage == "a folder":
            path.rmdir()
            kb("doctor")


def test_search_files_of_an_older_version_are_made_again(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = kb("search", "护理型床位", "--json")
    monkeypatch.setattr("kb.catalogue_files.FORMAT", 999)
    monkeypatch.setattr("kb.catalogue_files._HELD", {})
    assert kb("search", "护理型床位", "--json") == expected
    assert kb("doctor")[1].count("\n") == 1


def test_search_files_of_another_state_of_a_restored_base_are_not_used(kb: Kb, notice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "copy.sqlite"
    with closing(sqlite3.connect(kb.base)) as raw, closing(sqlite3.connect(copy)) as target:
        raw.backup(target)
    kb("ingest", notice)
    shutil.copy(copy, kb.base)
    with open_store(kb.base) as store:
        store.put(make_document("云海市应急局要加强值守。", source="other.txt"), make_extraction())
    monkeypatch.setattr("kb.catalogue_files._HELD", {})
    known = {found["id"] for found in kb.json("obligations", "--json")}
    assert {hit["obligation"]["id"] for hit in kb.json("search", "检查", "-k", "50", "--json")["hits"] if hit["obligation"]} == known


# Several programs at once


@contextmanager
def writer(base: Path) -> Iterator[sqlite3.Connection]:
    """Another program in the middle of writing to a base."""
    with closing(sqlite3.connect(base, isolation_level=None, check_same_thread=False)) as raw:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE documents SET title = '另一标题'")
        yield raw
        if raw.in_transaction:
            raw.execute("ROLLBACK")


@pytest.mark.parametrize("words", READERS)
def test_readers_see_the_base_as_it_was_while_another_program_writes(kb: Kb, words: list[str]) -> None:
    expected = kb(*words)
    with writer(kb.base):
        assert kb(*words) == expected


def test_a_writer_waits_its_turn(kb: Kb, notice: str) -> None:
    with writer(kb.base) as other:
        soon = threading.Timer(0.5, lambda: other.execute("COMMIT"))
        soon.start()
        assert kb("ingest", notice)[:2] == (0, "1 added, 0 unchanged, 0 replaced, 0 failed\n")
        soon.join()
    assert sorted(found["source"] for found in kb.json("documents", "--json")) == sorted([notice, "notices/云溪.txt"])


def test_a_writer_that_waited_long_is_told_why(kb: Kb, notice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.dialect.WAIT_SECONDS", 0.1)
    with writer(kb.base):
        refuses(kb("ingest", notice), str(kb.base), "another program is writing", "try again")
    assert kb("ingest", notice)[0] == 0


def test_two_commands_that_read_notices_at_once_both_end(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "ab"]
    for folder in folders:
        folder.mkdir()
        for number in range(8):
            (folder / f"{number}.txt").write_text(NOTICE.replace("检查", f"第{number}项检查{folder.name}"), encoding="utf-8")
    base = str(tmp_path / "kb.sqlite")
    running = [subprocess.Popen([sys.executable, "-m", "kb", "--db", base, "ingest", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT) for folder in folders]
    assert [one.communicate() for one in running] == [("8 added, 0 unchanged, 0 replaced, 0 failed\n", "")] * 2
    with open_store(base) as store:
        assert len(store.documents()) == 16


# Kills


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
def test_a_kill_at_any_moment_leaves_whole_documents() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "scripts" / "kill.py"), "--times", "20"], capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)
    assert done.returncode == 0 and "every next run ended the work" in done.stdout, done.stdout + done.stderr
