"""The base keeps the vectors of its encoder; another one takes its place when all of its vectors are there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from kb import embedding
from kb.catalogue_files import open_catalogue
from kb.embedding import change_encoder, embed, encoder_name, serves
from kb.encoder import shipped_encoder
from kb.search import search
from kb.store import Store, open_store
from tests.kb.fakes import make_document, make_extraction
from tests.training.small import make_small


class Counting:
    """An encoder that counts what it is given, and breaks off after so many."""

    name, dimension = "counting", 2

    def __init__(self, until: int = 10**6) -> None:
        self.seen: list[str] = []
        self.until = until

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        if len(self.seen) >= self.until:
            raise KeyboardInterrupt
        self.seen += texts
        return np.asarray([[len(text), 1] for text in texts], dtype=np.float32)

    encode_queries = encode


@pytest.fixture
def store(tmp_path: Path) -> Store:
    held = open_store(tmp_path / "kb.sqlite")
    held.put(make_document(), make_extraction())
    return held


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(make_small(tmp_path_factory.mktemp("models") / "small"))


def ids_and_texts(store: Store) -> tuple[list[str], list[str]]:
    found = list(store.all_obligations())
    return [one["id"] for one in found], [one["text"] for one in found]


def test_vectors_are_made_once(store: Store) -> None:
    ids, texts = ids_and_texts(store)
    encoder = Counting()
    first = embed(store, encoder, ids, texts)
    assert np.array_equal(embed(store, encoder, ids, texts), first)
    assert encoder.seen == texts


def test_an_interruption_keeps_what_was_made(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "BATCH", 1)
    ids, texts = ids_and_texts(store)
    assert len(ids) > 1
    with pytest.raises(KeyboardInterrupt):
        embed(store, Counting(until=1), ids, texts)
    again = Counting()
    embed(store, again, ids, texts)
    assert again.seen == texts[1:]


def test_vectors_are_no_news_to_what_is_derived(store: Store) -> None:
    open_catalogue(store)
    before = store.generation()
    assert dict(store.vectors(shipped_encoder().name)).keys() == set(ids_and_texts(store)[0])
    assert store.generation() == before


def test_another_encoder_takes_its_place(store: Store, small: str) -> None:
    search(store, "示例")
    change_encoder(store, small)
    assert encoder_name(store) == small
    assert not list(store.vectors(shipped_encoder().name))
    assert open_catalogue(store).encoder.name.startswith("small-")
    assert search(store, "示例")["hits"]
    change_encoder(store, "notices")
    assert open_catalogue(store).encoder is shipped_encoder()


def test_old_vectors_serve_a_large_base(store: Store, small: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_ENCODER", small)
    assert encoder_name(store) == small
    assert serves(store)
    monkeypatch.setattr(embedding, "AT_ONCE", 0)
    assert encoder_name(store) == "notices"
    assert not serves(store)
    assert search(store, "示例")["hits"]
