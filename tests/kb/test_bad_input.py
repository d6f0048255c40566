"""What a person mistypes in lists, profiles and corrections: one line that says what is wrong with which value, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kb.test_cli import Kb, kb

__all__ = ["kb"]

WRONG = [
    (["deadlines", "--as-of", "2025-02-30"], "2025-02-30: no date"),
    (["deadlines", "--as-of", "明天"], "明天: no date"),
    (["deadlines", "--as-of", "9999-12-31"], "9999-12-31: no date that notices speak of"),
    (["deadlines", "--from", "2025-13-01", "--to", "2025-12-31"], "2025-13-01: no date"),
    (["deadlines", "--from", "2025-12-01", "--to", "2025-01-01"], "--to 2025-01-01: exchange"),
    (["deadlines", "--from", "2025-12-01"], "both --from and --to"),
    (["deadlines", "--due-from", "2025-12-01", "--due-to", "2025-01-01"], "--due-to 2025-01-01: exchange"),
    (["deadlines", "--kind", "任务书"], "任务书: not known here: one of duty"),
    (["deadlines", "--output", "台账.foo"], "cannot be written as .foo"),
    (["obligations", "--due-to", "2025-6-31"], "2025-6-31: no date"),
    (["search", "床位", "--due-from", "0000-00-00"], "0000-00-00: no date"),
    (["applies", "--industry", "餐饮", "--as-of", "2025-02-29"], "2025-02-29: no date"),
    (["applies"], "says nothing of the enterprise"),
    (["correct", "云溪.txt", "expires_on", "9999-12-31"], "9999-12-31: no date for expires_on"),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_a_wrong_value_is_told_in_one_line(kb: Kb, words: list[str], said: str) -> None:
    status, out, err = kb(*words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err


PROFILES = [
    (b"industry = ", "is no TOML"),
    (b"\xff\xfe\x00", "is not UTF-8"),
    (b"industry = 5", "industry is no text"),
    (b"", "says nothing of the enterprise"),
    (b'size = ["a", "b"]', "size is no text"),
    (b"a = " + b"[" * 20_000, "is no TOML"),
    (b"\x00" * 5000, "is no TOML"),
    (None, "cannot be read"),
]


@pytest.mark.parametrize(("content", "said"), PROFILES)
def test_an_unreadable_profile_is_told_in_one_line(kb: Kb, tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "profile.toml"
    path.mkdir() if content is None else path.write_bytes(content)
    status, out, err = kb("applies", "--profile", str(path))
    assert status in (1, 2) and (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"{path}: ") and said in err


@pytest.mark.parametrize("command", [["deadlines"], ["obligations"], ["search", "床位"]])
def test_unknown_units_and_regions_are_told_with_the_nearest(kb: Kb, command: list[str]) -> None:
    status, _, err = kb(*command, "--unit", "市民证局", "--region", "云西市")
    assert status == 0 and err.count("\n") == 2
    assert "市民证局: no notice names this unit; nearest: " in err and "民政局" in err
    assert "云西市: no notice is of this region; nearest: " in err and "云溪市" in err


def test_words_of_a_profile_that_mean_nothing_are_told(kb: Kb) -> None:
    status, _, err = kb("applies", "--industry", "量子烧饼学", "--size", "超大", "--region", "火星市")
    assert status == 0
    assert [line.split(":")[0] for line in err.splitlines()] == ["量子烧饼学", "超大", "火星市"]


def test_a_folder_for_annotations_that_cannot_be_made_is_told(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    status, _, err = kb("correct", "--export", "--output", str(tmp_path / "file" / "folder"))
    assert status == 1 and err.count("\n") == 1 and "no folder can be made" in err


def test_departments_without_a_day_get_no_calendar(kb: Kb, tmp_path: Path) -> None:
    folder = tmp_path / "calendars"
    kb("deadlines", "--output", str(folder))
    assert list(folder.iterdir())
    assert all("BEGIN:VTODO" in path.read_text(encoding="utf-8") for path in folder.iterdir())


def test_search_knows_a_correction_at_once(kb: Kb) -> None:
    before = kb.json("search", "床位", "--json")["hits"]
    identity = before[0]["obligation"]["id"]
    assert kb("correct", identity, "units", "市粮食局（牵头）", "--who", "王某")[0] == 0
    hits = {hit["obligation"]["id"]: hit["obligation"] for hit in kb.json("search", "床位", "--unit", "市粮食局", "--json")["hits"] if hit["obligation"]}
    assert [unit["name"] for unit in hits[identity]["units"]] == ["市粮食局"] and hits[identity]["corrected"]
    kb("correct", identity, "kind", "none")
    assert identity not in {hit["obligation"]["id"] for hit in kb.json("search", "床位", "--json")["hits"] if hit["obligation"]}
    kb("correct", identity, "kind", "--undo")
    kb("correct", identity, "units", "--undo")
    assert kb.json("search", "床位", "--json")["hits"] == before
