"""The catalogue follows the base: what is added, removed or corrected is found at once, whatever parts it lies in."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from kb import catalogue as catalogues
from kb import catalogue_files
from kb.catalogue_files import open_catalogue, prepare
from kb.correcting import correct
from kb.filters import Filters
from kb.search import search
from kb.store import Store, open_store
from tests.kb.fakes import TEXT, make_document, make_extraction


@pytest.fixture
def store(tmp_path: Path) -> Store:
    held = open_store(tmp_path / "kb.sqlite")
    held.put(make_document(), make_extraction())
    return held


def put(store: Store, number: int) -> None:
    """Stores one more notice, of another place and level by turns."""
    place = ("云溪市", "远山县")[number % 2]
    document = make_document(TEXT + "\n" * (number + 1), f"notices/{number}.txt", f"云政发〔2023〕{number}号")
    store.put(document, make_extraction(("云岭省", place), ("municipal", "county")[number % 2]))


def stored(store: Store) -> set[str]:
    return {one["id"] for one in store.all_obligations()}


def test_what_comes_and_goes_is_followed_without_making_the_rest_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(store)
    monkeypatch.setattr("kb.catalogue_files.build", lambda base: pytest.fail("all is made again"))
    for number in range(30):
        put(store, number)
        assert set(open_catalogue(store).ids()) == stored(store)
    assert len(open_catalogue(store).parts) <= 6
    gone = store.find_document("云政发〔2023〕7号")
    store.remove([gone])
    assert set(open_catalogue(store).ids()) == stored(store)
    assert gone not in {hit["document"]["id"] for hit in search(store, "护理型床位", 100)["hits"]}


def test_another_process_finds_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        put(store, number)
        prepare(store)
    expected = search(store, "养老机构押金")
    monkeypatch.setattr(catalogue_files, "_HELD", {})
    monkeypatch.setattr("kb.catalogue_files.build", lambda base: pytest.fail("all is made again"))
    assert search(store, "养老机构押金") == expected


def test_a_correction_is_found(store: Store) -> None:
    prepare(store)
    [found] = [one for one in store.all_obligations() if one["kind"] == "prohibition"]
    correct(store, found["id"], "kind", "duty", "示例", None, "2024-01-01T00:00:00")
    assert [hit["obligation"]["id"] for hit in search(store, "押金", 9, Filters(kinds=("prohibition",)))["hits"]] == []
    assert found["id"] in {hit["obligation"]["id"] for hit in search(store, "押金", 9, Filters(kinds=("duty",)))["hits"]}


def test_parts_that_lost_their_list_or_their_files_are_made_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, 1)
    expected = search(store, "护理型床位")
    folder = catalogue_files.folder_of(store.path)
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        if not file.exists():
            continue
        file.write_bytes(b"broken")
        monkeypatch.setattr(catalogue_files, "_HELD", {})
        assert search(store, "护理型床位") == expected, file.name


def test_a_base_put_back_to_an_earlier_copy_is_not_followed(store: Store, tmp_path: Path) -> None:
    prepare(store)
    assert store.changed_since(store.generation()) == []
    assert store.changed_since(store.generation() + 1) is None
    assert store.changed_since(-5) is None


def test_filters_mean_the_same_rows_as_in_the_database(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "SOON", 5)  # several parts
    for number in range(4):
        put(store, number)
        prepare(store)
    catalogue = open_catalogue(store)
    assert len(catalogue.parts) > 1
    fields = {
        "units": ((), ("民政局",), ("云溪市财政局",), ("卫生局",), ("没有的局",)),
        "roles": ((), ("lead",), ("cooperating", "responsible")),
        "kinds": ((), ("duty",), ("target", "prohibition")),
        "levels": ((), ("county",)),
        "regions": ((), ("远山",), ("99",)),
        "parties": ((), ("养老",)),
        "due_from": (None, date(2024, 6, 30)),
        "due_to": (None, date(2024, 12, 31)),
        "dated": (False, True),
        "without": ((), (store.find_document("云政发〔2023〕2号"),)),
    }
    for number, values in enumerate(product(*fields.values())):
        if number % 7:
            continue
        filters = Filters(**dict(zip(fields, values, strict=True)))  # type: ignore[arg-type]
        meant = {part.id(int(row)) for part, rows in zip(catalogue.parts, catalogue.rows, strict=True) for row in np.flatnonzero(rows & part.attributes.meant(filters) & part.attributes.obligations())}
        assert meant == set(stored(store) if not filters else store.find_obligation_ids(filters) or ()), filters


@pytest.mark.parametrize("filters", [Filters(kinds=("target",)), Filters(text="床位"), Filters(kinds=("target",), text="床位")])
def test_as_many_hits_as_there_are_under_a_filter(store: Store, filters: Filters) -> None:
    for number in range(6):
        put(store, number)
    assert len(search(store, "财政局牵头改造押金", 6, filters)["hits"]) == 6


def test_sentences_that_ask_nothing_are_found_where_they_are_asked_for(store: Store) -> None:
    reason = "为进一步贯彻国发〔2021〕35号文件精神，现就有关事项说明如下。"
    document = make_document(f"{TEXT}\n{reason}", "notices/reason.txt", "云政发〔2023〕9号")
    store.put(document, make_extraction())
    [first, *_] = search(store, "国发〔2021〕35号", 3, passages=True)["hits"]
    assert (first["obligation"], first["passage"]) == (None, reason)
    assert store.text(first["document"]["id"])[first["start_char"] : first["end_char"]] == reason
    assert all(hit["obligation"] for hit in search(store, "国发〔2021〕35号", 50)["hits"])
    assert all(hit["obligation"] for hit in search(store, "国发〔2021〕35号", 50, Filters(kinds=("duty",)), passages=True)["hits"])


def test_a_short_name_is_found_by_its_characters(store: Store) -> None:
    [first, *_] = search(store, "护床比", 3)["hits"]
    assert "护理型床位" in first["passage"]
