"""Pairs to learn from: two texts that belong together, and for a question the passages that look right and are wrong."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from training.lexical import Lexicon, bigrams
from training.texts import Passage, Question, Texts

SENTENCES = 2  # of a passage that are each held to its rest
HARD = 20  # wrong passages mined for a question
_HEADING, _SENTENCE = 0.5, 1.0  # how often each kind of pair is drawn
Mined = dict[str, list[list[str]]]  # by source, the wrong passages of each question
_SENTENCE_RUN = re.compile(r"[^。；！？\n]+[。；！？\n]*")
_SHORTEST = 7  # characters of a sentence that says something


@dataclass
class Pairs:
    """Texts by number, pairs of those numbers with the weight by which each is drawn, and a row of wrong answers a pair."""

    numbers: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[int, int]] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    hard: list[list[int]] = field(default_factory=list)

    def number(self, text: str) -> int:
        """The number of a text, a new one where it was not seen before."""
        return self.numbers.setdefault(text, len(self.numbers))

    def add(self, left: str, right: str, weight: float, hard: Sequence[int] = ()) -> None:
        """Keeps a pair."""
        self.rows.append((self.number(left), self.number(right)))
        self.weights.append(weight)
        self.hard.append([*hard, *[-1] * (HARD - len(hard))])

    def array(self) -> NDArray[np.int64]:
        """The pairs as two columns."""
        return np.asarray(self.rows, dtype=np.int64).reshape(-1, 2)


def passage_pairs(passages: Iterable[Passage], pairs: Pairs, seed: int) -> None:
    """Adds what a passage teaches by itself: what stands over it with it, and a sentence with the rest of it."""
    draw = random.Random(seed)
    for passage in passages:
        if passage.over:
            pairs.add(passage.over, passage.text, _HEADING)
        sentences = [one for one in _SENTENCE_RUN.findall(passage.text) if len(one) >= _SHORTEST]
        if len(sentences) < 2:
            continue
        for place in draw.sample(range(len(sentences)), min(SENTENCES, len(sentences))):
            pairs.add(sentences[place], "".join(sentences[:place] + sentences[place + 1 :]), _SENTENCE)


def question_pairs(texts: Texts, pairs: Pairs, without: Collection[tuple[str, str]] = (), mined: Mined | None = None) -> None:
    """Adds each question with its answers and the wrong passages nearest in words; every source is drawn equally often.

    `without` are the questions (source, group) kept for the test: neither they nor their answers are seen. `mined` keeps the
    wrong passages of a source from one call to the next, where nothing of it is kept for the test.
    """
    mined = {} if mined is None else mined
    kept = [question for question in texts.questions if (question.source, question.group) not in without]
    for source in sorted({question.source for question in kept}):
        asked = [question for question in kept if question.source == source]
        count = sum(len(question.answers) for question in asked)
        pool = texts.pools.get(source) or list(dict.fromkeys(answer for question in asked for answer in question.answers))
        whole = source not in {name for name, _ in without}
        wrongs = mined.get(source) if whole else None
        if wrongs is None:
            wrongs = list(_nearest_wrong(asked, pool))
            if whole:
                mined[source] = wrongs
        for question, wrong in zip(asked, wrongs, strict=True):
            numbers = [pairs.number(one) for one in wrong]
            for answer in question.answers:
                pairs.add(question.text, answer, 1.0 / count, numbers)


def _nearest_wrong(asked: Sequence[Question], pool: Sequence[str]) -> Iterator[list[str]]:
    """For each question the passages of the pool with the best BM25 over character bigrams that are no answer to it."""
    lexicon = Lexicon([bigrams(text) for text in pool])
    for first in range(0, len(asked), 256):
        some = asked[first : first + 256]
        scores = lexicon.scores([bigrams(question.text) for question in some])
        for question, row in zip(some, scores, strict=True):
            size = min(len(pool), HARD + len(question.answers))
            best = np.argpartition(-row, size - 1)[:size]
            ranked = best[np.argsort(-row[best], kind="stable")]
            yield [pool[place] for place in ranked if pool[place] not in question.answers and row[place] > 0][:HARD]

