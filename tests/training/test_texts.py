from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from training.pairs import HARD, Pairs, passage_pairs, question_pairs
from training.texts import Passage, Texts, TrainingError, read_texts


def write(path: Path, *lines: dict[str, object]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    if path.suffix == ".xz":
        path.write_bytes(lzma.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    write(tmp_path / "laws.jsonl.xz", {"document": "云溪市河道条例(2020-01-02)", "heading": "第一章", "text": "河道要清淤。岸线要绿化美化。"})
    write(tmp_path / "asked.jsonl", {"question": "河道谁来清？", "passage": "河道由水务部门清淤。"})
    write(tmp_path / "sets_corpus.jsonl", {"id": "a", "title": "云溪市电梯办法第三条", "text": "电梯每月维护。"}, {"id": "b", "text": "电梯要投保。"})
    write(tmp_path / "sets_queries.jsonl", {"id": "1", "query": "电梯多久修一次", "relevant": ["a"]})
    write(tmp_path / "qa.jsonl", {"document": "d", "query": "养老院谁管", "answer": "由民政部门管理。"})
    (tmp_path / "notice.txt").write_text("关于防汛的通知\n\n各镇要备足防汛物资。", encoding="utf-8")
    return read_texts([tmp_path])


def test_lines_are_told_by_their_keys(texts: Texts) -> None:
    assert Passage("河道要清淤。岸线要绿化美化。", "云溪市河道条例 第一章") in texts.passages
    assert Passage("电梯每月维护。", "云溪市电梯办法") in texts.passages
    assert Passage("各镇要备足防汛物资。", "notice") in texts.passages
    assert {(one.text, one.answers, one.measured) for one in texts.questions} == {
        ("河道谁来清？", ("河道由水务部门清淤。",), False),
        ("电梯多久修一次", ("电梯每月维护。",), True),
        ("养老院谁管", ("由民政部门管理。",), True),
    }


def test_questions_kept_for_the_test_are_not_seen(texts: Texts) -> None:
    pairs = Pairs()
    question_pairs(texts, pairs, {("qa.jsonl", "d")})
    assert "养老院谁管" not in pairs.numbers
    assert "由民政部门管理。" not in pairs.numbers
    assert "电梯多久修一次" in pairs.numbers


def test_wrong_answers_are_near_in_words_and_no_answers(texts: Texts) -> None:
    pairs = Pairs()
    question_pairs(texts, pairs)
    at = pairs.rows.index((pairs.numbers["电梯多久修一次"], pairs.numbers["电梯每月维护。"]))
    assert [one for one in pairs.hard[at] if one >= 0] == [pairs.numbers["电梯要投保。"]]
    assert len(pairs.hard[at]) == HARD


def test_a_sentence_is_held_to_the_rest() -> None:
    pairs = Pairs()
    passage_pairs([Passage("河道要定期清淤疏浚。岸线要绿化美化整治。", "")], pairs, 1)
    held = {(left, right) for left, right in pairs.rows}
    first, second = pairs.numbers["河道要定期清淤疏浚。"], pairs.numbers["岸线要绿化美化整治。"]
    assert held == {(first, second), (second, first)}


@pytest.mark.parametrize("content", [None, "{broken"])
def test_what_cannot_be_learned_from_is_named(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "folder"
    if content is not None:
        path.mkdir()
        (path / "x.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(TrainingError, match="folder"):
        read_texts([path])
