"""ZIP archives: names of any make, nothing that leads outside, limits named, one bad member costs one file."""

from __future__ import annotations

import bz2
import os
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import IngestError, find_sources
from ingest.archives import Archive, Member, list_members, member_path
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.sources import find_links_outside, read_file
from kb.ingestion import Counts, ingest_paths
from kb.store import Store, open_store
from tests.ingest.samples import docx_bytes
from tests.ingest.zips import LINK, PIPE, Entry, deflated, notice, raw_zip, unicode_path, zipped

KERNEL = os.urandom(9000)
NAME = "附件/关于工作的通知.txt"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "base" / "kb.sqlite")


def listed(data: bytes, limits: Limits = DEFAULT_LIMITS) -> dict[str, Member]:
    return {member.name.removeprefix("包.zip/"): member for member in list_members("包.zip", data, limits).members}


def refusal(data: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    with pytest.raises(IngestError) as caught:
        list_members("包.zip", data, limits)
    assert caught.value.path == "包.zip"
    return str(caught.value)


def titles(store: Store) -> list[str]:
    return sorted(str(document["title"]) for document in store.documents())


def nested(depth: int) -> bytes:
    data = zipped({"通知.txt": notice("最里层")})
    for level in range(1, depth):
        data = zipped({f"第{level}层.zip": data, f"第{level}层.txt": notice(f"第{level}层")})
    return data


# --- names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "entry",
    [
        Entry(NAME.encode("gbk"), notice("工作")),
        Entry(NAME.encode(), notice("工作"), flags=0x800),
        Entry(NAME.encode(), notice("工作")),
        Entry(b"fujian/tongzhi.txt", notice("工作"), extra=unicode_path(NAME, b"fujian/tongzhi.txt")),
        Entry(b"\xff\xfe?.txt", notice("工作"), extra=b"\x01\x00\x00\x00" + unicode_path(NAME, b"\xff\xfe?.txt")),
        Entry(NAME.replace("/", "\\").encode("gbk"), notice("工作")),
    ],
    ids=["GBK", "UTF-8 flagged", "UTF-8 unflagged", "Unicode path", "Unicode path behind another field", "backslashes"],
)
def test_names_of_any_archiver(entry: Entry) -> None:
    assert list(listed(raw_zip(entry))) == [NAME]


def test_a_unicode_path_of_another_name_is_not_believed() -> None:
    assert list(listed(raw_zip(Entry(b"a.txt", notice("甲"), extra=unicode_path("乙.txt", b"b.txt"))))) == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/甲.txt", "etc/甲.txt"),
        ("/etc/甲.txt", "etc/甲.txt"),
        ("C:\\Windows\\甲.txt", "Windows/甲.txt"),
        ("\\\\server\\share\\甲.txt", "server/share/甲.txt"),
        ("a/../../b/./甲.txt", "a/b/甲.txt"),
        ("甲\u202etxt.exe\n.txt", "甲_txt.exe_.txt"),
        ("关于　工作 的通知.txt", "关于　工作 的通知.txt"),
    ],
)
def test_names_lead_nowhere_outside(name: str, kept: str) -> None:
    assert list(listed(raw_zip(Entry(name.encode(), notice("甲"), flags=0x800)))) == [kept]


@given(st.text(max_size=40), st.booleans())
def test_any_name_stays_inside(name: str, flagged: bool) -> None:
    info = zipfile.ZipInfo(name)
    info.flag_bits = 0x800 if flagged else 0
    path = member_path(info)
    assert not path.startswith("/") and "\\" not in path and "\n" not in path
    assert not {"", ".", ".."} & set(path.split("/")) or not path


def test_two_members_of_one_name_are_two_sources() -> None:
    found = listed(raw_zip(Entry(b"a.txt", notice("甲")), Entry(b"./a.txt", notice("乙")), Entry(b"../a.txt", notice("丙"))))
    assert sorted(found) == ["a (2).txt", "a (3).txt", "a.txt"]
    assert len({member.sha256 for member in found.values()}) == 3


def test_what_systems_leave_in_archives_is_left_out() -> None:
    data = zipped({"a.txt": notice("甲"), "__MACOSX/._a.txt": b"x", ".git/b.txt": b"x", "~$a.docx": b"x", "c/.DS_Store": b"x", "d.exe": b"x", "e": b"x", "f.EXE": b"x"})
    archive = list_members("包.zip", data, DEFAULT_LIMITS)
    assert [member.name for member in archive.members] == ["包.zip/a.txt"]
    assert archive.passed_over == {".exe": 2, "": 1}


# --- members that are not read -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (Entry(b"b.txt", b"/etc/passwd", attributes=LINK), "a link"),
        (Entry(b"b.txt", b"", attributes=PIPE), "special file"),
        (Entry(b"b.txt", notice("乙"), flags=1), "encrypted"),
        (Entry(b"b.txt", notice("乙"), flags=0x41), "encrypted"),
        (Entry(b"b.txt", notice("乙"), flags=1, method=99), "encrypted"),
        (Entry(b"b.txt", notice("乙"), crc=1), "damaged"),
        (Entry(b"b.txt", notice("乙"), packed=b"\xff" * 60), "damaged"),
        (Entry(b"b.txt", notice("乙"), packed=deflated(notice("乙"))[:-9]), "damaged"),
        (Entry(b"b.txt", notice("乙"), at=7), "damaged"),
        (Entry(b"b.txt", notice("乙"), method=9), "ordinary ZIP"),
        (Entry(b"b.txt", notice("乙"), method=zipfile.ZIP_LZMA, packed=b"\x09\x04\x05\x00" + b"\xff" * 50), "damaged"),
        (Entry(b"b.txt", notice("乙"), method=zipfile.ZIP_BZIP2, packed=b"BZh9" + b"\xff" * 50), "damaged"),
        (Entry(b"b.txt", b"\0" * (8 << 20)), "--max-ratio"),
        (Entry(b"b.zip", b"PK\x03\x04 no archive"), "damaged"),
    ],
)
def test_one_bad_member_costs_one_file(bad: Entry, words: str) -> None:
    found = listed(raw_zip(Entry(b"a.txt", notice("甲")), bad, Entry(b"z.txt", notice("丙"))))
    assert sorted(found) == sorted(["a.txt", bad.name.decode(), "z.txt"])
    assert words in found[bad.name.decode()].refused
    assert not found["a.txt"].refused and not found["z.txt"].refused


@pytest.mark.parametrize(("method", "packed"), [(zipfile.ZIP_BZIP2, bz2.compress(b"\0" * (256 << 20))), (zipfile.ZIP_DEFLATED, deflated(b"\0" * (64 << 20)))])
def test_a_directory_that_lies_unpacks_no_more_than_it_says(method: int, packed: bytes) -> None:
    found = listed(raw_zip(Entry(b"a.txt", notice("甲")), Entry(b"b.txt", b"\0" * 9, method=method, packed=packed)))
    assert found["a.txt"].sha256 and set(found) == {"a.txt", "b.txt"}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_usual_way_of_packing_is_read(method: int) -> None:
    data = os.urandom(9000) + notice("甲")
    assert listed(zipped({"a.txt": data}, method))["a.txt"].sha256 == listed(zipped({"a.txt": data}))["a.txt"].sha256


def test_a_document_named_as_an_archive_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(zipped({"a.zip": docx_bytes(["关于甲的通知", "各单位："]), "b.zip": notice("乙"), "c.docx": zipped({"d.txt": notice("丁")})}))
    archive = read_file("包.zip", str(path), (), DEFAULT_LIMITS)
    assert isinstance(archive, Archive)
    first, second, third = archive.members
    for member, words in ((first, "关于甲"), (second, "关于乙")):
        documents = read_file(member.name, str(path), member.way, DEFAULT_LIMITS)
        assert isinstance(documents, tuple) and words in documents[0].text
    with pytest.raises(IngestError, match="archive of files"):
        read_file(third.name, str(path), third.way, DEFAULT_LIMITS)


# --- limits --------------------------------------------------------------------------------------------------------


def test_archives_inside_archives_up_to_the_limit() -> None:
    assert list(listed(nested(3))) == ["第2层.txt", "第2层.zip/第1层.txt", "第2层.zip/第1层.zip/通知.txt"]
    found = listed(nested(4))
    assert "limit of 3 deep" in found["第3层.zip/第2层.zip/第1层.zip"].refused and "--max-nesting" in found["第3层.zip/第2层.zip/第1层.zip"].refused
    assert sum(not member.refused for member in found.values()) == 3
    assert not any(member.refused for member in listed(nested(4), replace(DEFAULT_LIMITS, nesting=4)).values())


def test_an_archive_that_holds_itself_ends() -> None:
    data = zipped({"a.zip": b"", "a.txt": notice("甲")})
    for _ in range(9):
        data = zipped({"a.zip": data, "a.txt": notice("甲")})
    assert len(listed(data)) == 4


@pytest.mark.parametrize(
    ("data", "limits", "words"),
    [
        (zipped({f"{n}.txt": b"x" for n in range(30)}), replace(DEFAULT_LIMITS, members=20), "--max-members"),
        (zipped({f"{n}.zip": zipped({f"{k}.txt": b"x" for k in range(9)}) for n in range(3)}), replace(DEFAULT_LIMITS, members=20), "--max-members"),
        (zipped({f"{n}.txt": os.urandom(1 << 20) for n in range(3)}), replace(DEFAULT_LIMITS, unpacked=2), "--max-unpacked"),
        (zipped({f"{n}.zip": zipped({"a.txt": b"\0" * (1 << 20)}) for n in range(3)}), replace(DEFAULT_LIMITS, unpacked=2), "--max-unpacked"),
        (raw_zip(Entry(b"a.txt", KERNEL), *(Entry(b"%d.txt" % n, KERNEL, at=0) for n in range(9))), DEFAULT_LIMITS, "zip bomb"),
        (b"PK\x03\x04 cut short", DEFAULT_LIMITS, "damaged"),
        (zipped({"a.txt": notice("甲")})[:-30], DEFAULT_LIMITS, "damaged"),
        (zipped({}), DEFAULT_LIMITS, "no file of a kind"),
        (zipped({"a.exe": b"x", "b.ppt": b"x"}), DEFAULT_LIMITS, "1 .exe, 1 .ppt"),
    ],
    ids=["members", "members inside", "unpacked", "unpacked inside", "overlapping", "no directory", "cut", "empty", "nothing read"],
)
def test_an_archive_that_passes_a_limit_is_refused(data: bytes, limits: Limits, words: str) -> None:
    assert words in refusal(data, limits)


# --- through the base ----------------------------------------------------------------------------------------------


def ingest(store: Store, *paths: Path, limits: Limits = DEFAULT_LIMITS) -> Counts:
    return ingest_paths(store, paths, limits=limits)


def test_members_are_documents_and_unchanged_the_second_time(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(zipped({"甲.txt": notice("甲"), "内.zip": zipped({"乙.txt": notice("乙")}), "坏.docx": b"PK\x03\x04", "丁.ppt": b"x"}))
    counts = ingest(store, path)
    assert str(counts) == "2 added, 0 unchanged, 0 replaced, 1 failed"
    assert str(counts.failures[0]).startswith(f"{path}/坏.docx: the file is damaged")
    assert counts.passed_over == [f"{path}: 1 file passed over, of kinds that this version does not read: 1 .ppt"]
    assert titles(store) == ["关于乙的通知", "关于甲的通知"]
    assert str(ingest(store, path)) == "0 added, 2 unchanged, 0 replaced, 1 failed"


def test_members_that_an_archive_no_longer_holds_leave_the_base(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(zipped({"甲.txt": notice("甲"), "乙.txt": notice("乙")}))
    ingest(store, path)
    path.write_bytes(zipped({"乙.txt": notice("乙"), "丙.txt": notice("丙")}))
    assert str(ingest(store, path)) == "1 added, 1 unchanged, 0 replaced, 0 failed"
    assert titles(store) == ["关于丙的通知", "关于乙的通知"]


def test_a_document_in_the_place_of_an_archive_replaces_it_and_the_other_way_round(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(zipped({"甲.txt": notice("甲")}))
    ingest(store, path)
    path.write_bytes(notice("丁"))
    ingest(store, path)
    assert titles(store) == ["关于丁的通知"]
    path.write_bytes(zipped({"甲.txt": notice("甲")}))
    ingest(store, path)
    assert titles(store) == ["关于甲的通知"]


def test_a_damaged_archive_takes_nothing_from_the_base(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "包.zip"
    data = zipped({"甲.txt": notice("甲")})
    path.write_bytes(data)
    ingest(store, path)
    path.write_bytes(data[:-30])
    assert str(ingest(store, path)) == "0 added, 0 unchanged, 0 replaced, 1 failed"
    assert titles(store) == ["关于甲的通知"]


def test_a_member_that_no_longer_can_be_read_keeps_what_was_read(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(raw_zip(Entry(b"a.txt", notice("甲")), Entry(b"b.txt", notice("乙"))))
    ingest(store, path)
    path.write_bytes(raw_zip(Entry(b"a.txt", notice("甲")), Entry(b"b.txt", notice("乙"), flags=1)))
    assert str(ingest(store, path)) == "0 added, 1 unchanged, 0 replaced, 1 failed"
    assert titles(store) == ["关于乙的通知", "关于甲的通知"]


def test_removing_an_archive_removes_its_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from kb.cli import main

    path = tmp_path / "包.zip"
    path.write_bytes(zipped({"甲.txt": notice("甲"), "内/乙.txt": notice("乙")}))
    (tmp_path / "丙.txt").write_bytes(notice("丙"))
    monkeypatch.setenv("KB_DB", str(tmp_path / "kb.sqlite"))
    monkeypatch.chdir(tmp_path)

    def kb(*words: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["kb", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), "".join(capsys.readouterr())

    assert kb("ingest", "包.zip", "丙.txt") == (0, "3 added, 0 unchanged, 0 replaced, 0 failed\n")
    for name in ("包.zip", str(path)):
        assert kb("remove", name) == (0, "2 removed\n")
        with open_store(tmp_path / "kb.sqlite") as store:
            assert titles(store) == ["关于丙的通知"]
        kb("ingest", "包.zip")
    kb("remove", "包.zip")
    assert kb("remove", "包.zip")[0] == 1


# --- folders -------------------------------------------------------------------------------------------------------

LINKS = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")


@LINKS
def test_links_out_of_a_folder_are_left_out_with_a_line(tmp_path: Path, store: Store) -> None:
    outside, folder = tmp_path / "外", tmp_path / "内"
    for place, name in ((outside, "密"), (folder, "甲")):
        place.mkdir()
        (place / f"{name}.txt").write_bytes(notice(name))
    (folder / "链.txt").symlink_to(outside / "密.txt")
    (folder / "夹").symlink_to(outside)
    (folder / "同.txt").symlink_to(folder / "甲.txt")
    counts = ingest(store, folder)
    assert titles(store) == ["关于甲的通知"]
    assert len(counts.passed_over) == 1 and "2 links left out" in counts.passed_over[0] and "链.txt" in counts.passed_over[0]
    assert len(find_links_outside(folder)) == 2


@LINKS
def test_loops_of_links_end(tmp_path: Path) -> None:
    folder = tmp_path / "内"
    (folder / "下").mkdir(parents=True)
    (folder / "甲.txt").write_bytes(notice("甲"))
    (folder / "下" / "上").symlink_to(folder)
    (folder / "一.txt").symlink_to(folder / "二.txt")
    (folder / "二.txt").symlink_to(folder / "一.txt")
    (folder / "无.txt").symlink_to(folder / "没有.txt")
    assert [Path(name).name for name in find_sources([folder])] == ["一.txt", "二.txt", "无.txt", "甲.txt"]


@LINKS
def test_a_link_given_by_name_is_read(tmp_path: Path, store: Store) -> None:
    (tmp_path / "甲.txt").write_bytes(notice("甲"))
    (tmp_path / "链.txt").symlink_to(tmp_path / "甲.txt")
    (tmp_path / "环.txt").symlink_to(tmp_path / "环.txt")
    counts = ingest(store, tmp_path / "链.txt", tmp_path / "环.txt")
    assert counts.added == 1 and len(counts.failures) == 1 and "cannot be read" in str(counts.failures[0])
