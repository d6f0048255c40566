"""How long a check takes: a draft of 100 pages against 1,000 documents above it with 60,000 obligations.

    python benchmarks/check.py [--documents 1000] [--pages 100]

The texts are made up, seeded: verbs and forms that all share, and words of each subject's own; one document of fifty is
of the draft's subjects, and half of the draft repeats what they say. Measured is the
check, the draft read and the obligations of the base in memory; printed are the seconds for three lengths of the draft,
by the clock and of work on one core, the work's ratio to the goal (5 s for 100 pages) so that a busy machine
says the same, and the memory that the process took at most.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from datetime import date
from typing import Any

from kb.check import compare
from kb.scope import DraftFacts, Issuer
from kb.statements import Statement

GOAL = 5.0  # seconds for 100 pages
PER_PAGE = 12  # sentences of 45 characters on a page of 550
PER_DOCUMENT = 60
SHARE = 50  # one document of so many is of the draft's subjects
_VERBS = list(map("".join, zip(*[iter("建立完善加强开展推进落实组织制定公开排查整治培训检查通报配备改造建设推广规范清理登记评估考核宣传扶持引导")] * 2, strict=True)))
_WHAT = ["台账", "制度", "机制", "标准", "平台", "档案", "设施", "设备", "队伍", "预案", "清单", "名录", "责任", "记录", "信息"]
_FIRST, _LAST = 0x4E00, 0x8FFF  # characters of which the words of a subject are made
WORDS = 40  # words of its own that a subject has


def _subject(number: int) -> list[str]:
    chance = random.Random(number)
    return ["".join(chr(chance.randint(_FIRST, _LAST)) for _ in range(chance.choice((2, 2, 3)))) for _ in range(WORDS)]


def _sentence(chance: random.Random, words: list[str]) -> str:
    def clause() -> str:
        return f"{chance.choice(_VERBS)}{''.join(chance.sample(words, 3))}{chance.choice(_WHAT)}"

    return f"{clause()}，{clause()}、{chance.choice(words)}和{chance.choice(words)}，{clause()}。"


def _record(text: str, document: str, at: int, item: str) -> dict[str, Any]:
    lists: dict[str, Any] = {key: [] for key in ("units", "deadlines", "targets", "parties", "citations")}
    place = {"start_char": at, "end_char": at + len(text), "page": None, "path": [item], "confidence": 1.0}
    return {"id": f"{document}-{at}", "document": document, "kind": "duty", "text": text, **place, **lists}


def _texts(documents: int, pages: int, seed: int = 7) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    chance = random.Random(seed)
    above = []
    for number in range(documents):
        words = _subject(number)
        above += [_record(_sentence(chance, words), f"d{number}", at * 60, f"（{at // 6}）") for at in range(PER_DOCUMENT)]
    own = list(range(max(1, documents // SHARE)))
    draft = []
    for at in range(pages * PER_PAGE):
        number = chance.choice(own)
        # Half of what a draft says is said above; the rest is its own.
        text = chance.choice(above[number * PER_DOCUMENT : (number + 1) * PER_DOCUMENT])["text"] if chance.random() < 0.5 else _sentence(chance, _subject(number))
        draft.append(_record(text, "draft", at * 60, f"（{at // 6}）"))
    return above, draft


def measure(documents: int, pages: int) -> float:
    """The seconds that one check takes."""
    above, draft = _texts(documents, pages)
    facts = DraftFacts("county", ("示例省", "云溪市", "河口县"), date(2025, 3, 1), "", {f"d{number}": Issuer("provincial", ("示例省",)) for number in range(documents)})
    start, busy = time.perf_counter(), time.process_time()
    findings = compare([Statement(record) for record in above], [Statement(record) for record in draft], facts)
    took, worked = time.perf_counter() - start, time.process_time() - busy
    handled = sum(finding.status not in ("missing", "not_applicable") for finding in findings)
    print(f"{pages:4} pages, {len(above)} obligations: {took:6.2f} s ({worked:.2f} s of work), {handled} parts handled, {worked / GOAL:.2f} of the goal", flush=True)
    return took


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--documents", type=int, default=1000)
    asked.add_argument("--pages", type=int, default=100)
    given = asked.parse_args()
    for pages in (given.pages // 4, given.pages // 2, given.pages):
        measure(given.documents, pages)
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2:.2f} GiB")


if __name__ == "__main__":
    main()
