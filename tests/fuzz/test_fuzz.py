"""Damaged files of every format are read or refused in a sentence; `scripts/fuzz.py` tries more of them, for as long as wanted."""

from __future__ import annotations

import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.worker import Worker
from tests.conftest import ROOT
from tests.fuzz.examine import LIMITS, examine, make_example
from tests.fuzz.mutations import mutate
from tests.fuzz.seeds import own_seeds
from tests.ingest import misbehaving

FORMS = [".txt", ".md", ".docx", ".xlsx", ".pdf", ".ofd", ".html", ".mht", ".png", ".tif", ".jpg", ".zip", ".doc"]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(LIMITS) as made:
        yield made


@pytest.mark.parametrize("ending", FORMS)
def test_every_sample_is_read_as_it_is(worker: Worker, ending: str) -> None:
    if ending == ".doc" and ending not in own_seeds():
        pytest.skip("LibreOffice makes the sample")
    assert {examine(worker, ending, data).kind for data in own_seeds()[ending]} == {"read"}


def test_a_fault_of_a_reader_is_found(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzz.examine.judge", misbehaving.crash_on)
    assert examine(worker, ".txt", b"x").kind == "fault"


@given(st.integers(0, 2**32), st.sampled_from([".docx", ".pdf", ".html", ".txt"]))
def test_the_same_seed_damages_in_the_same_way(seed: int, ending: str) -> None:
    data = own_seeds()[ending][0]
    assert mutate(data, Random(seed)) == mutate(data, Random(seed))


def test_damage_reaches_into_packages() -> None:
    data = own_seeds()[".docx"][1]
    with zipfile.ZipFile(BytesIO(data)) as package:
        whole = package.read("word/document.xml")
    inside = 0
    for seed in range(60):
        try:
            with zipfile.ZipFile(BytesIO(mutate(data, Random(seed)))) as package:
                inside += package.read("word/document.xml") != whole
        except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, zlib.error):
            continue
    assert inside > 5


@pytest.mark.slow
@pytest.mark.parametrize("ending", FORMS)
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_any_damage_is_read_or_refused(worker: Worker, ending: str, seed: int) -> None:
    if ending in own_seeds():
        verdict = examine(worker, ending, make_example(own_seeds(), ending, str(seed)))
        assert verdict.kind in ("read", "refused"), verdict.words


def test_the_script_counts_what_it_tried(tmp_path: Path) -> None:
    (tmp_path / "更多.md").write_text("# 关于工作的通知\n", encoding="utf-8")
    words = ["--seconds", "1", "--seed", "7", "--formats", "txt,md", "--samples", str(tmp_path), "--keep", str(tmp_path / "kept")]
    done = subprocess.run([sys.executable, "scripts/fuzz.py", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    head, *rows = [line.split() for line in done.stdout.splitlines()]
    assert head == ["format", "tried", "read", "refused", "faults", "slowest"] and [row[0] for row in rows] == [".txt", ".md"]
    for row in rows:
        tried, *came = map(int, row[1:5])
        assert tried == sum(came) and came[2] == 0
    assert done.returncode == 0 and not (tmp_path / "kept").exists()
