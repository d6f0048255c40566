from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.encoder import NeuralEncoder, open_encoder, shipped_encoder
from kb.errors import EncoderError
from kb.static_encoder import SHIPPED, StaticEncoder
from tests.training.small import SENTENCES, make_small

MIXED = [*SENTENCES[:3], "国发〔2012〕9号", "抽检合格率达98%以上", "ABC公司 KTV", "", "？！", "𠮷野家龘", "全角１２３％"]


def test_like_passages_lie_near() -> None:
    first, second, third = shipped_encoder().encode(["加强食品安全监管", "强化食品卫生监督管理", "给老旧小区加装电梯"])
    assert float(first @ second) > float(first @ third) + 0.1


@given(st.text(max_size=60))
def test_rows_have_unit_length_or_none(text: str) -> None:
    (row,) = shipped_encoder().encode([text])
    length = float(np.linalg.norm(row))
    assert row.shape == (shipped_encoder().dimension,)
    assert length == 0.0 or abs(length - 1) < 1e-5


def test_what_ships_is_small_and_told_of() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.rglob("*") if file.is_file()) <= 16 * 2**20
    assert (SHIPPED / "README.md").is_file()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small(tmp_path_factory.mktemp("small"))


@pytest.mark.parametrize("folder", ["shipped", "small"])
def test_sentence_transformers_gives_the_same_vectors(folder: str, small: Path) -> None:
    transformers = pytest.importorskip("sentence_transformers")
    path = SHIPPED if folder == "shipped" else small
    own, theirs = StaticEncoder(path).encode(MIXED), transformers.SentenceTransformer(str(path), device="cpu").encode(MIXED)
    assert np.abs(own - theirs).max() <= 1e-5


def test_another_model_takes_its_place(small: Path, tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    folder = tmp_path / "bge-small-zh-like"
    folder.mkdir()
    for file in small.rglob("*"):
        if file.is_file() and file.name != "ranking.json":
            (folder / file.relative_to(small)).parent.mkdir(exist_ok=True)
            (folder / file.relative_to(small)).write_bytes(file.read_bytes())
    encoder = open_encoder(str(folder))
    assert isinstance(encoder, NeuralEncoder)
    passages, queries = encoder.encode(["养老服务"]), encoder.encode_queries(["养老服务"])
    assert passages.shape == (1, encoder.dimension)
    assert not np.allclose(passages, queries)  # a query of this family has words before it


def test_prompts_of_the_model_come_first(small: Path, tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    folder = tmp_path / "own"
    folder.mkdir()
    for file in small.rglob("*"):
        if file.is_file() and file.name != "ranking.json":
            (folder / file.relative_to(small)).parent.mkdir(exist_ok=True)
            (folder / file.relative_to(small)).write_bytes(file.read_bytes())
    config = folder / "config_sentence_transformers.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"prompts": {"query": "电梯安全：", "document": ""}}), encoding="utf-8")
    encoder = open_encoder(str(folder))
    assert np.allclose(encoder.encode_queries(["养老"]), encoder.encode(["电梯安全：养老"]), atol=1e-6)


@pytest.mark.parametrize("name", ["no/such/folder/at-all", "."])
def test_a_model_that_cannot_be_loaded_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sentence_transformers")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EncoderError, match="KB_ENCODER"):
        open_encoder(name)


def test_a_damaged_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"broken")
    with pytest.raises(EncoderError, match="KB_ENCODER"):
        StaticEncoder(tmp_path)
