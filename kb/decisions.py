"""Decisions (处理意见): what a drafter made of each finding, kept in a file beside the draft.

A decision is known again by the document and the words of the requirement, for ids of parts move with the draft. One that
was made on other words of the draft, or on another verdict, is shown and asks to be looked at again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from kb.errors import KbError

Choice = Literal["accepted", "dismissed"]
CHOICES = ("accepted", "dismissed")
_KEYS = ("decision", "reason", "status", "document", "superior", "draft")


def load_decisions(path: Path) -> list[dict[str, Any]]:
    """The decisions of a file, none where there is no file yet; `KbError` where it holds something else."""
    if not path.exists():
        return []
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["decisions"]
        decisions = [{key: entry[key] for key in _KEYS} for entry in found]
        right = all(entry["decision"] in CHOICES and isinstance(entry["superior"], str) and isinstance(entry["draft"], list) for entry in decisions)
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise KbError(str(path), f"cannot be read as decisions of a check ({type(error).__name__})", "name the file that kb check --decisions wrote, or a new one") from error
    if not right:
        raise KbError(str(path), "holds a decision that is neither accepted nor dismissed, or lacks its words", "put the entry right, or delete it")
    return decisions


def decisions_text(draft: Mapping[str, Any], decisions: Sequence[Mapping[str, Any]]) -> str:
    """The decisions as the file holds them."""
    held = {"draft": draft.get("title") or draft.get("source"), "decisions": list(decisions)}
    return json.dumps(held, ensure_ascii=False, indent=1) + "\n"


def take_up(report: Mapping[str, Any], decisions: Iterable[Mapping[str, Any]], documents: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The report with `decision` on each finding that one was made on; `changed` where verdict or draft differ since."""
    held: dict[tuple[str, str], Mapping[str, Any]] = {(entry["document"], _bare(entry["superior"])): entry for entry in decisions}
    findings = []
    for finding in report["findings"]:
        entry = _entry_for(finding, held, documents)
        if entry:
            same = entry["status"] == finding["status"] and list(map(_bare, entry["draft"])) == [_bare(piece["text"]) for piece in finding["draft"]]
            finding = {**finding, "decision": {"decision": entry["decision"], "reason": entry["reason"], "changed": not same}}
        findings.append(finding)
    return {**report, "findings": findings}


def _entry_for(finding: Mapping[str, Any], held: Mapping[tuple[str, str], Mapping[str, Any]], documents: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The decision on the very words; else on a larger part that holds them, or on the sentence that they are of."""
    name, words = _name(finding, documents), _bare(finding["superior"]["text"])
    exact = held.get((name, words))
    if exact or finding["status"] in ("covered", "exceeds", "not_applicable"):
        return exact
    return next((entry for (document, text), entry in held.items() if document == name and words and words in text), None)


def decide(
    report: Mapping[str, Any], decisions: Sequence[Mapping[str, Any]], ids: Sequence[str], choice: Choice, reason: str, documents: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The decisions with one on each finding named; an earlier one on the same words gives way.

    `ids` are those of the findings' obligations, or their ends behind the document's. Raises `KbError` for an id that no finding has.
    """
    made = []
    for identity in ids:
        finding = next((found for found in report["findings"] if identity in (found["superior"]["id"], str(found["superior"]["id"]).rpartition("-")[2])), None)
        if finding is None:
            raise KbError(identity, "no finding of this check has this id", "take one from the first column of the report")
        draft = [piece["text"] for piece in finding["draft"]]
        words = finding["superior"]["text"]
        made.append({"decision": choice, "reason": reason, "status": finding["status"], "document": _name(finding, documents), "superior": words, "draft": draft})
    fresh = {(entry["document"], _bare(entry["superior"])) for entry in made}
    kept = [dict(entry) for entry in decisions if (entry["document"], _bare(entry["superior"])) not in fresh]
    return kept + made


def is_open(finding: Mapping[str, Any]) -> bool:
    """Whether a finding still asks for a person: nobody decided on it, or the draft changed since."""
    decision = finding.get("decision")
    return decision is None or bool(decision["changed"])


def _bare(text: str) -> str:
    return "".join(text.split())


def _name(finding: Mapping[str, Any], documents: Mapping[str, Mapping[str, Any]]) -> str:
    """What a document is known by when it is read anew: number, else title, else id."""
    identity = str(finding["superior"]["document"])
    document = documents.get(identity, {})
    return str(document.get("document_number") or document.get("title") or identity)
