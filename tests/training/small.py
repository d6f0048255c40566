"""A small encoder learned from a few invented sentences, as `make encoder` makes one."""

from __future__ import annotations

import json
from pathlib import Path

from training.course import learn_passages, learn_questions
from training.export import export
from training.table import Settings
from training.texts import Passage, Question, Texts

SUBJECTS = ["养老服务", "电梯安全", "河道治理", "食品抽检", "防汛物资", "校园食堂", "垃圾分类", "道路养护"]
SENTENCES = [f"{subject}工作由{unit}牵头负责。各镇要做好{subject}的{work}。" for subject in SUBJECTS for unit, work in (("民政局", "检查"), ("水务局", "宣传"))]
STEPS = Settings(steps=40, batch=16, rate=0.02, temperature=0.1, drop=0.0, warm_up=5)


def small_texts() -> Texts:
    return Texts([Passage(text, text[:4]) for text in SENTENCES], [Question(f"{one}归谁管", (f"{one}工作由水务局牵头负责。",), one, "asked") for one in SUBJECTS])


def make_small(folder: Path) -> Path:
    """Writes the encoder to a folder."""
    texts = small_texts()
    learned = learn_passages(texts, lambda line: None, rarely=1, settings=STEPS)
    export(learn_questions(learned, texts, lambda line: None, settings=STEPS), learned.tokenizer, folder)
    weights = {"cosine": 1.0, "words": 1.0, "soft": 1.0, "exact": 0.0, "about": 0.0, "length": 0.0}
    (folder / "ranking.json").write_text(json.dumps({"weights": weights}), encoding="utf-8")
    return folder
