"""The process that reads: whatever a reader does costs its file alone, and nothing of it stays."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from ingest import IngestError
from ingest.limits import DEFAULT_LIMITS
from ingest.sources import read_one
from ingest.worker import Worker
from kb.reading import Reader
from tests.conftest import ROOT
from tests.ingest import misbehaving

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and bounds of memory are of POSIX")


@pytest.fixture
def worker() -> Iterator[Worker]:
    with Worker(replace(DEFAULT_LIMITS, seconds=60, memory=1024)) as made:
        yield made


def refusal(worker: Worker, read: Callable[..., Any], *given: Any) -> str:
    with pytest.raises(IngestError) as caught:
        worker.ask("坏.pdf", read, *given)
    assert caught.value.path == "坏.pdf"
    assert "\n" not in str(caught.value)
    return str(caught.value)


def is_gone(process: int) -> bool:
    """Whether a process has ended, within a few seconds."""
    try:
        found = psutil.Process(process)
        return found.status() == psutil.STATUS_ZOMBIE or not psutil.wait_procs([found], timeout=10)[1] or found.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children(recursive=True) if child.status() != psutil.STATUS_ZOMBIE]


def test_one_process_reads_file_after_file(worker: Worker) -> None:
    first = worker.ask("一.txt", misbehaving.identify)
    assert first != os.getpid()
    assert worker.ask("二.txt", misbehaving.identify) == first


def test_a_hang_ends_at_the_limit_with_all_that_it_started(tmp_path: Path) -> None:
    notes = tmp_path / "numbers"
    with Worker(replace(DEFAULT_LIMITS, seconds=3)) as worker:
        words = refusal(worker, misbehaving.hang, str(notes))
        assert "limit of 3 s" in words and "--max-seconds" in words
        started = [int(number) for number in notes.read_text().split()]
        assert len(started) == 3 and all(map(is_gone, started))
        assert worker.ask("好.pdf", misbehaving.echo, "read") == "read"


def test_a_reader_that_lets_no_thread_run_is_ended_too() -> None:
    with Worker(replace(DEFAULT_LIMITS, seconds=1)) as worker:
        assert "--max-seconds" in refusal(worker, misbehaving.hold_the_lock)
        assert worker.ask("好.pdf", misbehaving.echo, 1) == 1


def test_signs_of_life_let_the_limit_begin_anew() -> None:
    with Worker(replace(DEFAULT_LIMITS, seconds=2)) as worker:
        assert worker.ask("扫描.pdf", misbehaving.work_on, 6, 0.5) == 6


@pytest.mark.parametrize("read", [misbehaving.crash, misbehaving.abort, misbehaving.leave, misbehaving.leave_politely])
def test_a_crash_costs_its_file(worker: Worker, read: Callable[[], None]) -> None:
    before = worker.ask("前.pdf", misbehaving.identify)
    assert "crashed" in refusal(worker, read)
    after = worker.ask("后.pdf", misbehaving.identify)
    assert after != before and is_gone(before)


@POSIX
def test_a_reader_that_eats_memory_is_stopped(worker: Worker) -> None:
    before = worker.ask("前.pdf", misbehaving.identify)
    words = refusal(worker, misbehaving.eat_memory)
    assert "limit of 1024 MB" in words and "--max-memory" in words
    assert worker.ask("后.pdf", misbehaving.identify) != before


@pytest.mark.parametrize("kind", [ValueError, KeyError, SystemError, UnicodeError, StopIteration, AssertionError, RecursionError])
def test_any_exception_is_one_line(worker: Worker, kind: type[Exception]) -> None:
    words = refusal(worker, misbehaving.fail, kind)
    assert ("nested too deep" if kind is RecursionError else kind.__name__) in words and "save it in another format" in words
    assert worker.ask("后.pdf", misbehaving.echo, 1) == 1


@pytest.mark.parametrize("kind", [KeyboardInterrupt, GeneratorExit])
def test_what_is_no_fault_of_a_file_ends_the_process_at_most(worker: Worker, kind: type[BaseException]) -> None:
    assert refusal(worker, misbehaving.fail, kind)
    assert worker.ask("后.pdf", misbehaving.echo, 1) == 1


def test_endless_recursion_is_one_line(worker: Worker) -> None:
    assert "nested too deep" in refusal(worker, misbehaving.recurse)


def test_words_of_a_fault_may_hold_anything(worker: Worker) -> None:
    refusal(worker, misbehaving.fail_in_surrogates).encode()


def test_a_refusal_keeps_its_words(worker: Worker) -> None:
    assert refusal(worker, misbehaving.refuse) == "the file is green; paint it"


@pytest.mark.parametrize("read", [misbehaving.give_what_cannot_be_sent, misbehaving.give_what_is_nested, misbehaving.give_what_cannot_be_taken])
def test_an_answer_that_cannot_be_sent_costs_its_file(worker: Worker, read: Callable[[], Any]) -> None:
    assert "save it in another format" in refusal(worker, read)
    assert worker.ask("后.pdf", misbehaving.echo, 1) == 1


@POSIX
def test_a_process_that_the_system_ends_is_told_from_a_crash(worker: Worker) -> None:
    assert "memory runs out" in refusal(worker, misbehaving.be_killed)


def test_what_readers_print_goes_nowhere(worker: Worker, capfd: pytest.CaptureFixture[str]) -> None:
    assert worker.ask("话.pdf", misbehaving.chatter) == ""
    assert worker.ask("后.pdf", misbehaving.echo, "很长" * 1_000_000) == "很长" * 1_000_000
    assert capfd.readouterr() == ("", "")


def test_a_process_killed_between_two_files_is_replaced(worker: Worker) -> None:
    process = psutil.Process(worker.ask("前.pdf", misbehaving.identify))
    process.kill()
    while worker._answers.empty():  # until its end is noticed
        psutil.wait_procs([psutil.Process()], timeout=0.01)
    assert worker.ask("后.pdf", misbehaving.echo, 1) == 1


def test_nothing_is_left_behind() -> None:
    before = {child.pid for child in children()}
    with Worker() as worker:
        process, folder = worker.ask("甲.pdf", misbehaving.identify), worker.ask("甲.pdf", misbehaving.temporary_folder)
        kept = worker.keep(b"bytes")
        assert Path(kept).read_bytes() == b"bytes" and Path(kept).parent == Path(folder).parent
    assert is_gone(process)
    assert {child.pid for child in children()} <= before
    assert not Path(folder).exists() and not Path(kept).exists()


def test_closing_ends_work_that_goes_on(tmp_path: Path) -> None:
    with Worker() as worker:
        process = worker.ask("甲.pdf", misbehaving.identify)
        worker.send("乙.pdf", misbehaving.hang)
    assert is_gone(process)


def test_it_ends_with_the_command(tmp_path: Path) -> None:
    notes = tmp_path / "numbers"
    script = f"from ingest.worker import Worker; from tests.ingest import misbehaving; Worker().ask('a', misbehaving.hang, {str(notes)!r})"
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=os.environ | {"TMPDIR": str(tmp_path)}) as command:
        found: list[str] = []
        for _ in range(600):
            found = notes.read_text().split() if notes.exists() else []
            if len(found) == 3 or command.poll() is not None:
                break
            psutil.wait_procs([psutil.Process(command.pid)], timeout=0.1)
        command.kill()
    assert len(found) == 3
    assert all(is_gone(int(number)) for number in found)
    assert list(tmp_path.glob("kb-read-*")) == []


def test_it_does_not_load_what_extraction_needs(worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("关于加强燃气安全的通知\n各街道办事处：\n要开展隐患排查。\n", encoding="utf-8")
    worker.ask("通知.txt", read_one, "通知.txt", str(path), DEFAULT_LIMITS)
    assert worker.ask("通知.txt", misbehaving.loaded, ("spacy", "sqlalchemy", "faiss", "extractors", "numpy", "cv2")) == []


def test_it_imports_nothing_from_the_folder_of_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    (tmp_path / "ingest.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with Worker() as worker:
        assert worker.ask("a", misbehaving.echo, 1) == 1


def test_a_process_that_cannot_start_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/absent/python")
    with Worker() as worker:
        assert "cannot be started" in refusal(worker, misbehaving.echo, 1)


def test_one_that_does_not_answer_at_its_start_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.worker._START", "raise SystemExit(1)")
    with Worker() as worker:
        assert "does not start" in refusal(worker, misbehaving.echo, 1)


def test_documents_keep_their_order_though_each_is_read_ahead(tmp_path: Path) -> None:
    names = [f"{n:02}.txt" for n in range(12)]
    for n, name in enumerate(names):
        words = "" if n % 5 == 3 else f"关于第{n}项工作的通知\n各单位：\n要做好工作。\n" * (1 if n % 2 else 400)
        (tmp_path / name).write_text(words, encoding="utf-8")
    with Worker() as worker:
        found = list(Reader(worker, lambda location, digest: digest == "" or location.endswith("05.txt")).read([tmp_path]))
    assert [Path(each.source.name).name for each in found] == names
    for n, each in enumerate(found):
        assert bool(each.failure) == (n % 5 == 3)
        assert n == 5 or each.failure or f"第{n}项" in each.documents[0].text
    assert not found[5].documents


@pytest.mark.parametrize("sent", [b"", b"\x80\x05\x95\xff\x00\x00\x00"])
def test_it_takes_its_folder_away_when_nobody_hears_that_it_is_ready(tmp_path: Path, sent: bytes) -> None:
    folder = tmp_path / "kb-read-x"
    folder.mkdir()
    script = "from ingest.worker_process import serve; serve()"
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=os.environ | {"TMPDIR": str(folder)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout
        process.stdout.close()
        process.stdin.write(sent)
        process.stdin.close()
    assert not folder.exists()
