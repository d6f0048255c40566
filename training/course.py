"""The course of learning: vocabulary, passages first, then questions with the wrong answers that look right."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.bags import make_bags
from training.pairs import Mined, Pairs, passage_pairs, question_pairs
from training.parts import Parts, parts_of
from training.table import Settings, Table, train
from training.texts import Texts
from training.vocabulary import RARELY, count_words, make_tokenizer

DIMENSION = 256
SEED = 20240501
# Chosen by five-fold cross-validation on the retrieval sets; more steps over passages change nothing there.
PASSAGES = Settings(steps=600, batch=1024, rate=0.01, temperature=0.05, drop=0.1)
QUESTIONS = Settings(steps=400, batch=512, rate=0.01, temperature=0.07, drop=0.3)

Say = Callable[[str], None]


@dataclass
class Learned:
    """A tokenizer with its table after the stage over passages, ready for the stage over questions."""

    tokenizer: Any
    parts: Parts
    rows: NDArray[np.float32]
    mined: Mined = field(default_factory=dict)


def learn_passages(texts: Texts, say: Say, rarely: int = RARELY, settings: Settings = PASSAGES) -> Learned:
    """The vocabulary of the texts and a table that knows which texts belong together; no question is seen but for its words."""
    seen = [*(one.text for one in texts.passages), *{one.over: None for one in texts.passages}]
    seen += [part for one in texts.questions for part in (one.text, *one.answers)]
    words, characters = count_words(seen)
    tokenizer = make_tokenizer(words, characters, rarely)
    say(f"{tokenizer.get_vocab_size()} words and characters")
    pairs, parts = Pairs(), parts_of(tokenizer)
    passage_pairs(texts.passages, pairs, SEED)
    table = Table.fresh(make_bags(list(pairs.numbers), tokenizer, parts), DIMENSION, SEED)
    loss = train(table, pairs.array(), np.asarray(pairs.weights), settings, SEED)
    say(f"{len(pairs.rows)} pairs of passages, loss {loss:.3f}")
    return Learned(tokenizer, parts, table.rows)


def learn_questions(
    learned: Learned, texts: Texts, say: Say, without: Collection[tuple[str, str]] = (), settings: Settings = QUESTIONS
) -> NDArray[np.float32]:
    """The table, parts of words added, after the questions but `without` those kept for the test; `learned` stays as it is."""
    pairs = Pairs()
    question_pairs(texts, pairs, without, learned.mined)
    if not pairs.rows:
        return learned.parts.fold(learned.rows)
    table = Table(make_bags(list(pairs.numbers), learned.tokenizer, learned.parts), learned.rows.copy())
    loss = train(table, pairs.array(), np.asarray(pairs.weights), settings, SEED, np.asarray(pairs.hard, dtype=np.int64))
    say(f"{len(pairs.rows)} pairs of questions, loss {loss:.3f}")
    return learned.parts.fold(table.rows)
