"""Makes the encoder that ships, from any folders of text: `make encoder TRAIN="folder …"`.

    python scripts/train_encoder.py FOLDER… [--out kb/models/notices] [--quick]

Learns a vocabulary, then a table of token vectors from passages and from questions with their passages (what is read is
told in training/texts.py), then by cross-validation over the questions asked by `query` how much the similarity counts
beside the words. Needs a processor and, for 200,000 passages, less than an hour of two cores. The same text gives the same
encoder. `--quick` takes a few steps, to try the way.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kb.static_encoder import SHIPPED  # noqa: E402
from training.course import DIMENSION, PASSAGES, QUESTIONS, SEED, learn_passages, learn_questions  # noqa: E402
from training.crossfit import FOLDS, Held, hold_out, hybrid_ranks, weigh  # noqa: E402
from training.export import export  # noqa: E402
from training.tasks import Task, reciprocal, tasks_of  # noqa: E402
from training.texts import Texts, TrainingError, read_texts  # noqa: E402

QUICK = 5  # steps of a trial


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def figures(held: list[Held], tasks: list[Task]) -> dict[str, dict[str, float]]:
    """MRR@10 of each set by the encoder alone and by the hybrid, each question held out."""
    hybrid = hybrid_ranks(held, tasks)
    found = {}
    for number, task in enumerate(tasks):
        alone = reciprocal([one.ranked.by_cosine for one in held if one.task == number])
        found[task.name] = {"encoder": round(float(alone.mean()), 4), "hybrid": round(float(reciprocal(hybrid[number].tolist()).mean()), 4)}
    return found


def about(texts: Texts) -> dict[str, object]:
    """What was learned from, and how, for the model card."""
    sources = dict(sorted(Counter(one.source for one in texts.questions).items()))
    return {"passages": len(texts.passages), "questions": sources, "dimension": DIMENSION, "seed": SEED, "folds": FOLDS}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    options.add_argument("--out", type=Path, default=SHIPPED)
    options.add_argument("--quick", action="store_true")
    args = options.parse_args()
    passages, questions = (replace(one, steps=QUICK) if args.quick else one for one in (PASSAGES, QUESTIONS))
    try:
        texts = read_texts(args.folders)
    except TrainingError as fault:
        print(fault, file=sys.stderr)
        return 1
    tasks = tasks_of(texts)
    learned = learn_passages(texts, say, settings=passages)
    held = hold_out(texts, tasks, learned, say, settings=questions) if tasks else []
    export(learn_questions(learned, texts, say, settings=questions), learned.tokenizer, args.out)
    ranking = {"weights": weigh(held), "held out MRR@10": figures(held, tasks)} if held else json.loads((SHIPPED / "ranking.json").read_text(encoding="utf-8"))
    text = json.dumps({**ranking, "learned from": about(texts)}, ensure_ascii=False, indent=1)
    (args.out / "ranking.json").write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
