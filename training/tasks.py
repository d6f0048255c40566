"""Retrieval tasks: questions over a corpus with the passages that answer them, and how well a ranking does."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.relevance import PROPOSED, features
from kb.static_encoder import StaticEncoder
from training.lexical import Lexicon
from training.texts import Question, Texts

Scores = NDArray[np.float32]
CUT = 10  # ranks that count


@dataclass(frozen=True)
class Task:
    """Questions of one source, the corpus they are asked of, and for each question the rows of it that answer."""

    name: str
    questions: list[Question]
    corpus: list[str]
    right: list[NDArray[np.int64]]

    def folds(self, count: int) -> NDArray[np.int64]:
        """The fold of each question; those of one group (a document, a query) are never parted."""
        return np.asarray([zlib.crc32(f"{self.name}/{one.group}".encode()) % count for one in self.questions])


def tasks_of(texts: Texts) -> list[Task]:
    """The sets among the texts that retrieval is measured with: their own corpus, or all the answers of the set."""
    tasks = []
    for source in sorted({one.source for one in texts.questions if one.measured}):
        asked = [one for one in texts.questions if one.source == source]
        corpus = list(dict.fromkeys(texts.pools.get(source) or [answer for one in asked for answer in one.answers]))
        place = {text: row for row, text in enumerate(corpus)}
        right = [np.asarray(sorted({place[answer] for answer in one.answers})) for one in asked]
        tasks.append(Task(source, asked, corpus, right))
    return tasks


def rank_of_first(scores: Scores, right: NDArray[np.int64]) -> int:
    """The rank of the best answer; among equals the answer comes last, so that ties flatter nobody."""
    best = scores[right].max()
    ahead = int((scores > best).sum())
    level = int((scores == best).sum()) - int((scores[right] == best).sum())
    return ahead + level + 1


def reciprocal(ranks: Sequence[int]) -> NDArray[np.float64]:
    """The reciprocal rank of each question within the ranks that count, 0 beyond them: their mean is MRR@10."""
    return np.asarray([1 / rank if rank <= CUT else 0.0 for rank in ranks])


def proposed(words: Scores, cosines: Scores) -> NDArray[np.int64]:
    """The rows that either search proposes."""
    count = min(PROPOSED, len(words))
    return np.union1d(np.argpartition(-words, count - 1)[:count], np.argpartition(-cosines, count - 1)[:count])


@dataclass(frozen=True)
class Ranked:
    """One question by the encoder: the cosines' rank of the answer, and the rows proposed with their features."""

    question: int
    by_cosine: int
    rows: NDArray[np.int64]
    table: Scores
    right: NDArray[np.bool_]


def ask(task: Task, encoder: StaticEncoder, lexicon: Lexicon, terms: Sequence[list[str]], chosen: Sequence[int]) -> Iterator[Ranked]:
    """What the encoder and the words together know of each chosen question; `terms` are those of every question."""
    tokens = encoder.tokens(task.corpus)
    vectors = np.concatenate([encoder.encode_tokens(tokens[first : first + 2048]) for first in range(0, len(tokens), 2048)])
    for first in range(0, len(chosen), 128):
        some = list(chosen[first : first + 128])
        cosines = encoder.encode_queries([task.questions[place].text for place in some]) @ vectors.T
        words = lexicon.scores([terms[place] for place in some])
        for place, near, found in zip(some, cosines, words, strict=True):
            rows = proposed(found, near)
            table = features(encoder, task.questions[place].text, [tokens[row] for row in rows], near[rows], found[rows])
            yield Ranked(place, rank_of_first(near, task.right[place]), rows, table, np.isin(rows, task.right[place]))


def rank_among(scores: Scores, right: NDArray[np.bool_]) -> int:
    """The rank of the best answer among the rows proposed; beyond all ranks where none is."""
    return rank_of_first(scores, np.flatnonzero(right)) if right.any() else 10**9
