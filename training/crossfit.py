"""Cross-validation: each question is asked of an encoder that has seen neither it nor what else is of its group."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.relevance import relevance
from kb.static_encoder import StaticEncoder
from training.course import QUESTIONS, Learned, learn_questions
from training.export import export
from training.fusion import learn_weights
from training.lexical import Lexicon, bigrams
from training.table import Settings
from training.tasks import Ranked, Task, ask, rank_among
from training.texts import Texts

FOLDS = 5


@dataclass(frozen=True)
class Held:
    """A question of a task held out in a fold, with what the encoder of the other folds makes of it."""

    task: int
    fold: int
    ranked: Ranked


def hold_out(
    texts: Texts, tasks: list[Task], learned: Learned, say: Callable[[str], None], folds: int = FOLDS, settings: Settings = QUESTIONS
) -> list[Held]:
    """Every question of every task, asked while it was held out."""
    lexicons = [Lexicon([bigrams(text) for text in task.corpus]) for task in tasks]
    terms = [[bigrams(one.text) for one in task.questions] for task in tasks]
    held: list[Held] = []
    for fold in range(folds):
        away = {(task.name, one.group) for task in tasks for one, of in zip(task.questions, task.folds(folds), strict=True) if of == fold}
        rows = learn_questions(learned, texts, say, away, settings)
        with tempfile.TemporaryDirectory() as folder:
            export(rows, learned.tokenizer, Path(folder))
            encoder = StaticEncoder(Path(folder))
            for number, task in enumerate(tasks):
                chosen = np.flatnonzero(task.folds(folds) == fold).tolist()
                held += [Held(number, fold, one) for one in ask(task, encoder, lexicons[number], terms[number], chosen)]
    return held


def weigh(held: list[Held], without: int | None = None) -> dict[str, float]:
    """The weights of relevance learned from the questions held out, but for those of one fold."""
    return learn_weights([(one.ranked.table, one.ranked.right) for one in held if one.fold != without])


def hybrid_ranks(held: list[Held], tasks: list[Task], folds: int = FOLDS) -> list[NDArray[np.int64]]:
    """For each task the rank of the answer to each question, by weights learned from the other folds."""
    ranks = [np.zeros(len(task.questions), dtype=np.int64) for task in tasks]
    for fold in range(folds):
        weights = weigh(held, fold)
        for one in held:
            if one.fold == fold:
                ranks[one.task][one.ranked.question] = rank_among(relevance(one.ranked.table, weights), one.ranked.right)
    return ranks
