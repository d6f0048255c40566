"""Whole drafts of invented places (示例) held against the documents above them, with the verdict on each clause marked by hand.

A case quotes clauses of the documents above; the worst finding on a quoted passage speaks for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractors.pipeline import extract
from extractors.regions import use_overlay
from ingest import read
from kb.check import check_draft
from kb.records import draft_json, obligation_ids, obligation_json
from tests.kb.bases import FakeStore

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"
CASES = sorted([*(Path(__file__).parent / "cases").glob("*.json"), *(CORPUS / "checks").glob("*.json")])
WORST = ["conflict", "missing", "partial", "exceeds", "covered", "not_applicable"]
ALARMS = set(WORST[:3])
# What each case reached when the rules were last changed: verdicts right, alarms found, alarms that are right; they only rise.
FLOORS = {
    "jiyang-elder-care": (0.89, 0.84, 0.91),
    "lanchuan-meals": (0.87, 1.0, 0.77),
    "qihe-ebikes": (0.86, 0.94, 0.86),
    "qihe-vs-yanzhou": (0.92, 0.98, 0.88),
    "wangchuan-work-safety": (0.79, 1.0, 0.83),
    "wangshu-vs-jiyang": (0.90, 0.91, 0.87),
    "wangshu-waste": (0.88, 0.96, 0.89),
}


@pytest.fixture(autouse=True)
def overlay() -> Iterator[None]:
    use_overlay(CORPUS / "overlay.toml")
    yield
    use_overlay(None)


def _path(case: Path, name: str) -> Path:
    return next(place / name for place in (case.parent, CORPUS / "notices", CORPUS / "drafts") if (place / name).exists())


def _findings(case: Path, against: list[str], draft: str) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = []
    documents = []
    for name in against:
        above = read(str(_path(case, name)))
        extraction = extract(above)
        documents.append(draft_json(above, extraction) | {"id": name})
        ids = obligation_ids(name, extraction.obligations)
        held += [obligation_json(identity, name, found) for identity, found in zip(ids, extraction.obligations, strict=True)]
    document = read(str(_path(case, draft)))
    return list(check_draft(FakeStore(held, documents), document, extract(document), against)["findings"])


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _told(quote: str, findings: list[dict[str, Any]]) -> str | None:
    words = _bare(quote)
    on_it = [finding for finding in findings if words in (text := _bare(finding["superior"]["text"])) or text in words and len(text) >= 10]
    return min((finding["status"] for finding in on_it), key=WORST.index, default=None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_verdicts_stay_as_right_as_they_were(case: Path) -> None:
    wanted = json.loads(case.read_text(encoding="utf-8"))
    findings = _findings(case, wanted["against"], wanted["draft"])
    pairs = [(expected["status"], _told(expected["quote"], findings)) for expected in wanted["expect"]]
    right = sum(want == got for want, got in pairs) / len(pairs)
    found = [got in ALARMS for want, got in pairs if want in ALARMS]
    true = [want in ALARMS for want, got in pairs if got in ALARMS]
    reached = (right, sum(found) / len(found), sum(true) / len(true))
    print(case.stem, *(f"{share:.3f}" for share in reached))
    assert all(share >= floor for share, floor in zip(reached, FLOORS[case.stem], strict=True)), reached
