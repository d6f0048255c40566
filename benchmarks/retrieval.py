"""Does the hybrid ranking find more than BM25? BM25 over character bigrams and over jieba's words, the encoder alone, and both.

    python benchmarks/retrieval.py --sets FOLDER                       the encoder that ships (or --encoder FOLDER)
    python benchmarks/retrieval.py --sets FOLDER --train TEXT --folds  five-fold cross-validation, trained anew

FOLDER holds sets as `training/texts.py` reads them: questions that name their answers in a corpus by id, or questions with
their answer, then asked of all the answers of the file. Prints MRR@10 of each way, per fold too, and the ratio to the better
BM25. The aim: the hybrid at least 1.15, the encoder alone at least 0.9. An encoder that was trained on the very questions is
flattered by them: --folds trains one on the other folds for each, and the weights of the ranking on the other folds too.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kb.relevance import relevance  # noqa: E402
from kb.static_encoder import SHIPPED, StaticEncoder  # noqa: E402
from training.course import learn_passages  # noqa: E402
from training.crossfit import FOLDS, hold_out, hybrid_ranks  # noqa: E402
from training.lexical import Lexicon, bigrams, jieba_words  # noqa: E402
from training.tasks import Task, ask, rank_among, rank_of_first, reciprocal, tasks_of  # noqa: E402
from training.texts import Texts, read_texts  # noqa: E402

WAYS = ("BM25 bigrams", "BM25 jieba words", "encoder", "hybrid")
Ranks = dict[str, NDArray[np.int64]]


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def lexical_ranks(task: Task, terms: Callable[[str], list[str]]) -> NDArray[np.int64]:
    """The rank of the answer to each question by BM25 over terms."""
    lexicon = Lexicon([terms(text) for text in task.corpus])
    ranks = []
    for first in range(0, len(task.questions), 128):
        scores = lexicon.scores([terms(one.text) for one in task.questions[first : first + 128]])
        ranks += [rank_of_first(row, right) for row, right in zip(scores, task.right[first : first + 128], strict=True)]
    return np.asarray(ranks)


def shipped_ranks(task: Task, encoder: StaticEncoder) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The ranks by the encoder alone and by the hybrid with the weights that the encoder brings."""
    weights = encoder.ranking["weights"]
    lexicon = Lexicon([bigrams(text) for text in task.corpus])
    found = list(ask(task, encoder, lexicon, [bigrams(one.text) for one in task.questions], range(len(task.questions))))
    return np.asarray([one.by_cosine for one in found]), np.asarray([rank_among(relevance(one.table, weights), one.right) for one in found])


def cross_validated(texts: Texts, tasks: list[Task], folds: int) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The same for encoders that have not seen the question."""
    names = {task.name for task in tasks}
    unasked = Texts(texts.passages, [one for one in texts.questions if one.source not in names], texts.pools)
    held = hold_out(texts, tasks, learn_passages(unasked, say), say, folds)
    hybrid = hybrid_ranks(held, tasks, folds)
    alone = [np.zeros(len(task.questions), dtype=np.int64) for task in tasks]
    for one in held:
        alone[one.task][one.ranked.question] = one.ranked.by_cosine
    return list(zip(alone, hybrid, strict=True))


def report(task: Task, ranks: Ranks, folds: int) -> None:
    """Prints the table of one set: a row a way, its MRR@10, the ratio to the better BM25, and the folds."""
    of = task.folds(folds)
    means = {way: float(reciprocal(ranks[way]).mean()) for way in WAYS}
    reference = max(means[WAYS[0]], means[WAYS[1]])
    print(f"\n{task.name}: {len(task.questions)} questions, {len(task.corpus)} passages")
    print(f"{'':18} MRR@10  ratio  recall@10  folds")
    for way in WAYS:
        parts = " ".join(f"{reciprocal(ranks[way][of == fold]).mean():.3f}" for fold in range(folds) if (of == fold).any())
        print(f"{way:18} {means[way]:.4f}  {means[way] / reference:.3f}  {(ranks[way] <= 10).mean():9.3f}  {parts}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sets", type=Path, required=True)
    options.add_argument("--train", type=Path, nargs="*", default=[], help="text to learn from besides the sets")
    options.add_argument("--folds", type=int, nargs="?", const=FOLDS, default=0, help="cross-validate, in five folds unless told otherwise")
    options.add_argument("--encoder", type=Path, default=SHIPPED)
    args = options.parse_args()
    texts = read_texts([args.sets, *args.train])
    tasks = tasks_of(texts)
    trained = cross_validated(texts, tasks, args.folds) if args.folds else [shipped_ranks(task, StaticEncoder(args.encoder)) for task in tasks]
    for task, (alone, hybrid) in zip(tasks, trained, strict=True):
        ranks = {WAYS[0]: lexical_ranks(task, bigrams), WAYS[1]: lexical_ranks(task, jieba_words), "encoder": alone, "hybrid": hybrid}
        report(task, ranks, args.folds or FOLDS)


if __name__ == "__main__":
    main()
