"""A notice checked against itself, then with one sentence deleted or one figure lowered: what is changed, and that alone, is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractors.pipeline import extract
from extractors.regions import use_overlay
from ingest import read, read_bytes
from ingest.document import Document
from kb.check import check_draft
from kb.records import draft_json, obligation_ids, obligation_json
from tests.kb.bases import FakeStore

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"
NOTICES = sorted((CORPUS / "notices").iterdir())
ALARMS = {"missing", "partial", "conflict"}
SHARE = 0.98  # of the changes told as what they are and nothing else


@pytest.fixture(autouse=True)
def overlay() -> Iterator[None]:
    use_overlay(CORPUS / "overlay.toml")
    yield
    use_overlay(None)


def _document(text: str) -> Document:
    return read_bytes("draft.txt", text.encode())


def _text(path: Path) -> str:
    """A notice's text as it stands when it is read from a text file: what the changes are made in."""
    return _document(read(str(path)).text).text


@cache
def _stored(text: str) -> FakeStore:
    document = _document(text)
    extraction = extract(document)
    facts = draft_json(document, extraction) | {"id": "above"}
    ids = obligation_ids("above", extraction.obligations)
    found = [obligation_json(identity, "above", obligation) for identity, obligation in zip(ids, extraction.obligations, strict=True)]
    return FakeStore(found, [facts])


def _alarms(store: FakeStore, draft: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """What a drafter is told to look at, by the obligation's text: status, kinds of conflict; of several parts the gravest speaks."""
    document = _document(draft)
    report = check_draft(store, document, extract(document), ["above"])
    texts = {obligation["id"]: obligation["text"] for obligation in store.held}
    alarms = [finding for finding in report["findings"] if finding["status"] in ALARMS]
    alarms.sort(key=lambda finding: finding["superior"]["id"] in texts)
    return {
        texts[finding["superior"].get("obligation", finding["superior"]["id"])]: (finding["status"], tuple(conflict["type"] for conflict in finding["conflicts"]))
        for finding in alarms
    }


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
def test_a_notice_against_itself_raises_no_alarm(path: Path) -> None:
    text = _text(path)
    document = _document(text)
    report = check_draft(_stored(text), document, extract(document), ["above"])
    assert report["coverage"] == 1.0
    assert _alarms(_stored(text), text) == {}


def _share(outcomes: list[tuple[bool, str, object]], what: str) -> float:
    """The share that is right; pytest shows the figure and the others when it is too small, or with -s."""
    right = sum(outcome[0] for outcome in outcomes)
    print(f"{what}: {right} of {len(outcomes)} ({right / len(outcomes):.1%})", *(outcome[1:] for outcome in outcomes if not outcome[0]), sep="\n")
    return right / len(outcomes)


@pytest.mark.slow
def test_a_deleted_sentence_alone_is_missing() -> None:
    outcomes = []
    for path in NOTICES:
        text = _text(path)
        store = _stored(text)
        for obligation in store.held:
            draft = text[: obligation["start_char"]] + text[obligation["end_char"] :]
            alarms = _alarms(store, draft)
            right = set(alarms) == {obligation["text"]} and alarms[obligation["text"]][0] == "missing"
            outcomes.append((right, obligation["text"], alarms))
    assert _share(outcomes, "deleted sentences told, and they alone") >= SHARE


def _lowered(target: dict[str, Any]) -> str | None:
    """The target's words with a figure that asks less, where its figure is printed in digits."""
    printed = f"{target['value']:g}" if target["value"] is not None else ""
    if not printed or target["raw"].count(printed) != 1 or target["value"] < 2 or target["comparator"] == "range":
        return None
    ceiling = target["comparator"] in {"<=", "<"} and "最高" not in target["raw"]
    changed = target["value"] * 2 if ceiling else target["value"] // 2 or 1
    return str(target["raw"].replace(printed, f"{changed:g}"))


@pytest.mark.slow
def test_a_lowered_figure_alone_is_weaker() -> None:
    outcomes = []
    for path in NOTICES:
        text = _text(path)
        store = _stored(text)
        for obligation in store.held:
            for target in obligation["targets"]:
                words = _lowered(target)
                if words is None:
                    continue
                alarms = _alarms(store, text[: target["start_char"]] + words + text[target["end_char"] :])
                told = alarms.get(obligation["text"], ("", ()))
                right = set(alarms) == {obligation["text"]} and told == ("conflict", ("target_weaker",))
                outcomes.append((right, target["raw"], alarms))
    assert _share(outcomes, "lowered figures told, and they alone") >= SHARE


_YEAR = re.compile(r"20\d{2}")


def _moved(raw: str) -> str | None:
    """The words of a date a year later, where they print one year alone."""
    years = _YEAR.findall(raw)
    return raw.replace(years[0], str(int(years[0]) + 1)) if len(years) == 1 else None


@pytest.mark.slow
def test_a_date_moved_alone_is_later() -> None:
    outcomes = []
    for path in NOTICES:
        text = _text(path)
        store = _stored(text)
        for obligation in store.held:
            for deadline in obligation["deadlines"]:
                words = _moved(deadline["raw"])
                if words is None or not deadline["end"] or deadline["inherited"] or deadline["type"] not in ("by", "during"):
                    continue
                alarms = _alarms(store, text[: deadline["start_char"]] + words + text[deadline["end_char"] :])
                # What stands under the same date is due later with it.
                right = obligation["text"] in alarms and all(set(types) == {"deadline_later"} for _, types in alarms.values())
                outcomes.append((right, deadline["raw"], alarms))
    assert _share(outcomes, "moved dates told, and they alone") >= SHARE
