"""Files are read one by one: what fails is told and the others are kept; what has not changed is not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.mentions import Extraction
from ingest import IngestError
from ingest.document import Document
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.web import Fetched
from kb.catalogue_files import open_catalogue
from kb.ingestion import Failure, ingest_paths, passed_over, prepare_search
from kb.reading import locate
from kb.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "base" / "kb.sqlite")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that were extracted, in order; the extraction itself finds nothing, or breaks on 坏."""
    seen: list[str] = []

    def extract(document: Document) -> Extraction:
        seen.append(Path(document.source).name)
        if "坏" in document.text:
            raise ValueError("a fault")
        return Extraction()

    monkeypatch.setattr("extractors.pipeline.extract", extract)
    return seen


def _write(folder: Path, **files: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def test_each_file_is_counted(tmp_path: Path, store: Store, read: list[str]) -> None:
    folder = tmp_path / "notices"
    _write(folder, a="关于开展检查的通知", b="关于报送材料的通知")
    assert str(ingest_paths(store, [folder])) == "2 added, 0 unchanged, 0 replaced, 0 failed"
    assert str(ingest_paths(store, [folder])) == "0 added, 2 unchanged, 0 replaced, 0 failed"
    _write(folder, a="关于再次开展检查的通知")
    assert str(ingest_paths(store, [folder])) == "0 added, 1 unchanged, 1 replaced, 0 failed"
    assert read == ["a.txt", "b.txt", "a.txt"]
    assert str(ingest_paths(store, [folder], again=True)) == "0 added, 0 unchanged, 2 replaced, 0 failed"


def test_what_fails_leaves_the_others(tmp_path: Path, store: Store, read: list[str]) -> None:
    _write(tmp_path / "notices", a="", b="关于报送材料的通知", c="坏")
    told: list[Failure] = []
    counts = ingest_paths(store, [tmp_path / "notices", tmp_path / "gone.txt", "https://example.invalid/1.html"], on_failure=told.append)
    assert (counts.added, len(counts.failures)) == (1, 4)
    assert told == counts.failures
    assert [Path(failure.source).name for failure in told] == ["a.txt", "c.txt", "gone.txt", "1.html"]
    assert all(str(failure).startswith(failure.source) and "\n" not in str(failure) for failure in told)
    assert [found["source"] for found in store.documents()] == [str(tmp_path / "notices" / "b.txt")]


def test_files_of_a_folder_that_are_not_read_are_told(tmp_path: Path, store: Store) -> None:
    _write(tmp_path / "notices", a="关于开展检查的通知")
    assert passed_over([tmp_path / "notices", tmp_path / "notices" / "a.txt", "-", tmp_path / "gone"]) == []
    for name in ("b.ppt", "c.ppt", "d.dwg"):
        (tmp_path / "notices" / name).write_bytes(b"x")
    folder = str(tmp_path / "notices")
    assert passed_over([folder]) == [f"{folder}: 3 files passed over, of kinds that this version does not read: 2 .ppt, 1 .dwg"]


def test_a_file_is_the_same_from_another_folder(tmp_path: Path, store: Store, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path / "notices", a="关于开展检查的通知")
    ingest_paths(store, [tmp_path / "notices" / "a.txt"])
    monkeypatch.chdir(tmp_path / "notices")
    _write(tmp_path / "notices", a="关于再次开展检查的通知")
    assert ingest_paths(store, ["a.txt"]).replaced == 1
    assert len(store.documents()) == 1


def test_progress_names_each_source_before_it_is_read(tmp_path: Path, store: Store, read: list[str]) -> None:
    _write(tmp_path / "notices", a="关于开展检查的通知", b="关于报送材料的通知")
    told: list[tuple[str, int, int]] = []
    ingest_paths(store, [tmp_path / "notices"], on_progress=lambda *at: told.append((Path(at[0]).name, *at[1:])))
    assert told == [("a.txt", 0, 2), ("b.txt", 1, 2)]


def test_addresses_keep_their_name() -> None:
    assert locate("https://example.invalid/a/b.pdf") == ("https://example.invalid/a/b.pdf", "b.pdf")


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A web of its own: what each address gives; an address of the own network only where that is allowed."""
    pages: dict[str, str] = {}

    def fetch(address: str, limits: Limits = DEFAULT_LIMITS, *, allow_private: bool = False) -> Fetched:
        if address not in pages or (not allow_private and "private" in address):
            raise IngestError(address, "it cannot be fetched")
        return Fetched(address, address, pages[address].encode())

    monkeypatch.setattr("ingest.web.fetch", fetch)
    return pages


def test_a_page_and_the_files_it_links_to_are_sources(store: Store, read: list[str], web: dict[str, str]) -> None:
    page, file = "https://www.yunxi.example/a/1.html", "https://www.yunxi.example/a/分工.txt"
    web[page] = "<html><body><h1>关于开展检查的通知</h1><p>请按期完成检查。</p><p>附件：<a href='分工.txt'>任务分工</a> <a href='gone.pdf'>名单.pdf</a></p></body></html>"
    web[file] = "任务分工方案"
    told: list[Failure] = []
    assert str(ingest_paths(store, [page], on_failure=told.append)) == "2 added, 0 unchanged, 0 replaced, 1 failed"
    assert [failure.source for failure in told] == ["https://www.yunxi.example/a/gone.pdf"]
    assert sorted(found["source"] for found in store.documents()) == [page, file]
    web[file] = "任务分工总体方案"
    assert str(ingest_paths(store, [page])) == "0 added, 1 unchanged, 1 replaced, 1 failed"


def test_addresses_of_the_own_network_need_a_word(store: Store, read: list[str], web: dict[str, str]) -> None:
    web["http://private.example/"] = "<html><body><p>关于开展检查的通知</p></body></html>"
    assert len(ingest_paths(store, ["http://private.example/"]).failures) == 1
    assert ingest_paths(store, ["http://private.example/"], allow_private=True).added == 1


def test_search_is_ready_after_reading(tmp_path: Path, store: Store, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path / "notices", a="关于开展检查的通知")
    ingest_paths(store, [tmp_path / "notices"])
    prepare_search(store)
    monkeypatch.setattr("kb.catalogue_files._HELD", {})
    monkeypatch.setattr("kb.catalogue_files.build", lambda base: pytest.fail("the search builds again"))
    assert open_catalogue(store).generation == store.generation()
    prepare_search(store)


def test_a_cache_that_cannot_be_written_fails_nothing(tmp_path: Path, store: Store, read: list[str]) -> None:
    _write(tmp_path / "notices", a="关于开展检查的通知")
    assert ingest_paths(store, [tmp_path / "notices"]).added == 1
    (store.path.parent / f"{store.path.name}.search").write_text("in the way", encoding="utf-8")
    prepare_search(store)
    assert len(store.documents()) == 1


def _notice(subject: str, number: int) -> str:
    return f"云溪县水利局关于做好{subject}工作的通知\n云水〔2020〕{number}号\n各乡镇人民政府：\n各乡镇要落实{subject}责任。\n云溪县水利局\n2020年{number}月8日\n"


def _titles(store: Store) -> list[tuple[str, str]]:
    return sorted((Path(row["source"]).name, row["title"].removeprefix("云溪县水利局关于做好").removesuffix("工作的通知")) for row in store.documents())


def test_each_notice_of_a_file_is_a_document(tmp_path: Path, store: Store, read: list[str]) -> None:
    _write(tmp_path, 汇编=_notice("防汛", 3) + _notice("抗旱", 4) + _notice("节水", 5))
    assert ingest_paths(store, [tmp_path / "汇编.txt"]).added == 1
    assert _titles(store) == [("汇编.txt", "防汛"), ("汇编.txt#2", "抗旱"), ("汇编.txt#3", "节水")]
    assert store.find_document("汇编.txt#2") == store.find_document("云水〔2020〕4号")


def test_a_file_of_several_notices_read_again_is_unchanged(tmp_path: Path, store: Store, read: list[str]) -> None:
    _write(tmp_path, 汇编=_notice("防汛", 3) + _notice("抗旱", 4))
    ingest_paths(store, [tmp_path / "汇编.txt"])
    read.clear()
    assert ingest_paths(store, [tmp_path / "汇编.txt"]).unchanged == 1
    assert read == []


def test_notices_that_a_file_no_longer_holds_are_forgotten(tmp_path: Path, store: Store, read: list[str]) -> None:
    _write(tmp_path, 汇编=_notice("防汛", 3) + _notice("抗旱", 4) + _notice("节水", 5))
    ingest_paths(store, [tmp_path / "汇编.txt"])
    _write(tmp_path, 汇编=_notice("防汛", 3) + _notice("造林", 6))
    assert ingest_paths(store, [tmp_path / "汇编.txt"]).replaced == 1
    assert _titles(store) == [("汇编.txt", "防汛"), ("汇编.txt#2", "造林")]


def test_a_fault_in_one_notice_lets_its_file_be_read_again(tmp_path: Path, store: Store, read: list[str]) -> None:
    _write(tmp_path, 汇编=_notice("防汛", 3) + _notice("坏", 4))
    assert len(ingest_paths(store, [tmp_path / "汇编.txt"]).failures) == 1
    read.clear()
    assert len(ingest_paths(store, [tmp_path / "汇编.txt"]).failures) == 1
    assert read == ["汇编.txt#2"]


def test_removing_a_file_removes_its_notices(tmp_path: Path, store: Store, read: list[str]) -> None:
    _write(tmp_path, 汇编=_notice("防汛", 3) + _notice("抗旱", 4), 另=_notice("节水", 5))
    ingest_paths(store, [tmp_path / "汇编.txt", tmp_path / "另.txt"])
    store.remove([store.find_document("汇编.txt"), *store.parts_of("汇编.txt")])
    assert _titles(store) == [("另.txt", "节水")]
