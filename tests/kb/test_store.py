"""What is stored comes back whole; the same bytes change nothing; changed ones replace; filters mean what they say."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from extractors.mentions import Citation, Extraction
from ingest.document import Span
from kb.errors import UnknownDocument, UsageError
from kb.filters import Filters
from kb.records import draft_json, obligation_ids, obligation_json
from kb.store import Store, open_store
from kb.store_state import base_path
from tests.kb.fakes import TEXT, make_document, make_extraction


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "kb.sqlite")


def test_a_document_comes_back_as_it_was_read(store: Store) -> None:
    document = make_document()
    assert store.put(document, make_extraction()) == "added"
    [facts] = store.documents()
    assert store.load(facts["id"]) == document
    assert store.text(facts["id"]) == TEXT
    assert facts == draft_json(document, make_extraction())


def test_obligations_come_back_as_they_were_extracted(store: Store) -> None:
    extraction = make_extraction()
    store.put(make_document(), extraction)
    stored = store.load_obligations()
    assert tuple(obligation for _, _, obligation in stored) == extraction.obligations
    ids = obligation_ids(stored[0][1], extraction.obligations)
    expected = [obligation_json(identity, stored[0][1], o) for identity, o in zip(ids, extraction.obligations, strict=True)]
    assert store.find_obligations() == expected == list(store.all_obligations())
    assert all(TEXT[o["start_char"] : o["end_char"]] == o["text"] for o in expected)
    assert expected[0]["targets"][0]["value"] == 60 and isinstance(expected[0]["targets"][0]["value"], int)


def test_the_same_bytes_change_nothing(store: Store) -> None:
    store.put(make_document(), make_extraction())
    before = store.generation()
    assert store.put(make_document(), make_extraction()) == "unchanged"
    assert store.generation() == before


def test_changed_bytes_replace_what_was_read_from_there(store: Store) -> None:
    store.put(make_document(), make_extraction())
    assert store.put(make_document("新的通知。"), Extraction()) == "replaced"
    assert [found["characters"] for found in store.documents()] == [5]
    assert store.find_obligations() == []


def test_the_same_bytes_under_two_names_are_one_document(store: Store) -> None:
    store.put(make_document(source="a.txt"), make_extraction())
    assert store.put(make_document(source="b.txt"), make_extraction()) == "unchanged"
    assert len(store.documents()) == 1 and store.find_document("a.txt") == store.find_document("b.txt")
    assert store.put(make_document("新的通知。", source="a.txt"), Extraction()) == "replaced"
    assert sorted(found["source"] for found in store.documents()) == ["a.txt", "b.txt"]


def test_reading_again_stores_the_new_extraction_and_keeps_names(store: Store) -> None:
    store.put(make_document(source="a.txt"), make_extraction())
    store.put(make_document(source="b.txt"), make_extraction())
    ids = store.find_obligation_ids(Filters(kinds=("duty",)))
    assert store.put(make_document(source="b.txt"), make_extraction(level="county"), again=True) == "replaced"
    assert [found["level"] for found in store.documents()] == ["county"]
    assert store.find_document("a.txt") == store.find_document("b.txt")
    assert store.find_obligation_ids(Filters(kinds=("duty",))) == ids


def test_removing_leaves_nothing(store: Store) -> None:
    store.put(make_document(), make_extraction())
    store.put_vectors("fake", {store.find_obligations()[0]["id"]: b"\0\0\0\0"})
    assert store.remove([store.find_document("云溪.txt")]) == 1
    with store.reading() as connection:
        from kb.schema import metadata

        left = {table.name: len(connection.execute(table.select()).all()) for table in metadata.sorted_tables}
    assert {name for name, count in left.items() if count} == {"changes", "meta"}


def test_a_failing_write_leaves_what_was_there(store: Store) -> None:
    store.put(make_document(), make_extraction())
    before = list(store.all_obligations())
    broken = Extraction(obligations=(object(),))  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        store.put(make_document("新的通知。"), broken)
    assert list(store.all_obligations()) == before
    assert store.find_document("云溪.txt") == before[0]["document"]


@pytest.mark.parametrize("name", ["云政发〔2023〕5号", "云政发[2023]5号", "云政发（2023） 5 号", "云溪.txt", "notices/云溪.txt"])
def test_a_document_goes_by_number_and_file_name(store: Store, name: str) -> None:
    store.put(make_document(), make_extraction())
    assert store.find_document(name) == store.documents()[0]["id"]


def test_a_name_of_two_documents_asks_for_an_id(store: Store) -> None:
    store.put(make_document(source="a/通知.txt"), make_extraction())
    store.put(make_document("另一份。", source="b/通知.txt"), Extraction())
    with pytest.raises(UnknownDocument, match="2 documents.*give the id"):
        store.find_document("通知.txt")
    with pytest.raises(UnknownDocument, match="no such document"):
        store.find_document("没有的.txt")


CITATIONS = [
    (Citation(Span(0, 3), "c", "别的标题", "云政发[2023]5号"), True),
    (Citation(Span(0, 3), "c", "云溪市人民政府关于加强养老服务的通知", None), True),
    (Citation(Span(0, 3), "c", "关于加强养老服务的通知", None), True),
    (Citation(Span(0, 3), "c", "关于加强托育服务的通知", None), False),
    (Citation(Span(0, 3), "c", None, "云政发〔2023〕6号"), False),
]


@pytest.mark.parametrize(("citation", "known"), CITATIONS)
def test_citations_lead_to_stored_documents(store: Store, citation: Citation, known: bool) -> None:
    store.put(make_document(), make_extraction())
    store.put(make_document("实施方案。", source="plan.txt", number=None, title="云溪市养老服务实施方案"), make_extraction(cited=(citation,)))
    cited = store.documents([store.find_document("plan.txt")])[0]["citations"][0]
    assert cited["resolved"] == (store.find_document("云溪.txt") if known else None)


FILTERS = [
    (Filters(), [0, 1, 2]),
    (Filters(units=("民政局",)), [1]),
    (Filters(units=("云溪市民政局",)), [1]),
    (Filters(units=("云海市民政局",)), []),
    (Filters(units=("市民政局",), roles=("cooperating",)), []),
    (Filters(roles=("cooperating", "responsible")), [0, 1]),
    (Filters(kinds=("prohibition",)), [2]),
    (Filters(levels=("municipal",)), [0, 1, 2]),
    (Filters(levels=("county",)), []),
    (Filters(regions=("云溪",)), [0, 1, 2]),
    (Filters(regions=("云岭省",)), [0, 1, 2]),
    (Filters(regions=("溪市",)), []),
    (Filters(regions=("990000",)), [0, 1, 2]),
    (Filters(regions=("990200",)), []),
    (Filters(parties=("机构",)), [2]),
    (Filters(due_from=date(2024, 7, 1)), [0]),
    (Filters(due_to=date(2024, 6, 30)), [1]),
    (Filters(due_from=date(2024, 6, 30), due_to=date(2025, 12, 31)), [0, 1]),
    (Filters(dated=True), [0, 1]),
    (Filters(text="床位 60%"), [0]),
    (Filters(text="床位_占比"), []),
]


@pytest.mark.parametrize(("filters", "expected"), FILTERS)
def test_filters(store: Store, filters: Filters, expected: list[int]) -> None:
    store.put(make_document(), make_extraction())
    everything = [found["id"] for found in store.find_obligations()]
    found = [obligation["id"] for obligation in store.find_obligations(filters)]
    assert found == [everything[place] for place in expected]
    assert store.count_obligations(filters) == len(expected)
    assert store.find_obligation_ids(filters) == (found if filters else None)


def test_obligations_come_in_pages(store: Store) -> None:
    store.put(make_document(), make_extraction())
    everything = store.find_obligations()
    assert [store.find_obligations(limit=1, offset=place)[0] for place in range(3)] == everything
    assert store.find_obligations(limit=5, offset=3) == []


def test_obligations_by_id_keep_the_order_asked_for(store: Store) -> None:
    store.put(make_document(), make_extraction())
    ids = [found["id"] for found in store.find_obligations()][::-1]
    assert [found["id"] for found in store.obligations([ids[0], "gone", *ids[1:]])] == ids


def test_a_passage_printed_twice_has_two_ids() -> None:
    obligation = make_extraction().obligations[0]
    assert len(set(obligation_ids("d", [obligation, obligation]))) == 2


def test_vectors_belong_to_an_encoder(store: Store) -> None:
    store.put(make_document(), make_extraction())
    first = store.find_obligations()[0]["id"]
    store.put_vectors("a", {first: b"1234"})
    store.put_vectors("a", {first: b"5678"})
    assert dict(store.vectors("a")) == {first: b"5678"} and not list(store.vectors("b"))


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "kb.sqlite"
    failures: list[BaseException] = []

    def write(name: str) -> None:
        try:
            with open_store(path) as mine:
                for count in range(10):
                    mine.put(make_document(f"通知{name}{count}。", source=f"{name}{count}.txt"), Extraction())
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_store(path) as store:
        assert not failures and len(store.documents()) == 20


def test_an_option_is_no_name_of_a_base() -> None:
    with pytest.raises(UsageError, match="--help"):
        base_path("--help")
