"""A CrossEncoder may order the first hits anew; the loading is that of sentence-transformers, on a model made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import EncoderError
from kb.reranker import order_again
from kb.search import search
from tests.kb.bases import FakeStore, obligation

PASSAGES = ["加强电梯安全检查。", "推进河道清淤。", "完善养老服务。"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A BERT of a few numbers, drawn by a seed, with a vocabulary of the passages' characters."""
    transformers = pytest.importorskip("transformers")
    torch = pytest.importorskip("torch")
    folder: Path = tmp_path_factory.mktemp("cross")
    characters = sorted(set("".join(PASSAGES) + "归谁管"))
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]), encoding="utf-8")
    torch.manual_seed(7)
    size = transformers.BertConfig(vocab_size=5 + len(characters), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, num_labels=1)
    transformers.BertForSequenceClassification(size).save_pretrained(folder)
    transformers.BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


def test_all_are_ordered_by_the_model(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_RERANKER", model)
    order = order_again("电梯归谁管", PASSAGES)
    scores = [score for _, score in order]
    assert sorted(place for place, _ in order) == [0, 1, 2]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_hits_come_in_the_order_of_the_model(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FakeStore([obligation(text) for text in PASSAGES])
    monkeypatch.setenv("KB_RERANKER", model)
    wanted = [PASSAGES[place] for place, _ in order_again("电梯归谁管", PASSAGES)]
    assert [hit["passage"] for hit in search(store, "电梯归谁管", 2)["hits"]] == wanted[:2]


def test_a_model_that_cannot_be_loaded_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sentence_transformers")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("KB_RERANKER", str(tmp_path / "nothing"))
    with pytest.raises(EncoderError, match="KB_RERANKER"):
        order_again("电梯", PASSAGES)
