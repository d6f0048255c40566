"""Small stand-ins of a knowledge base, in the form of the contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any


def obligation(text: str, **fields: Any) -> dict[str, Any]:
    """An obligation as exported, with the fields given and nothing found otherwise."""
    plain: dict[str, Any] = {
        "id": text, "document": "a", "kind": "duty", "text": text, "start_char": 0, "end_char": len(text), "page": None,
        "path": [], "units": [], "deadlines": [], "targets": [], "parties": [], "citations": [], "confidence": 1.0,
    }  # fmt: skip
    return plain | fields


def unit(name: str, role: str = "responsible", **fields: Any) -> dict[str, Any]:
    return {"name": name, "role": role, "canonical": None, "inherited": False, "start_char": 0, "end_char": 0} | fields


def deadline(end: str | None, **fields: Any) -> dict[str, Any]:
    return {"raw": end or "", "type": "by", "start": None, "end": end, "recurrence": None, "inherited": False, "start_char": 0, "end_char": 0} | fields


def target(indicator: str, comparator: str, value: float | None, unit: str | None = "%", **fields: Any) -> dict[str, Any]:
    plain = {"raw": f"{indicator}{comparator}{value}{unit}", "indicator": indicator, "comparator": comparator, "value": value, "unit": unit}
    return plain | {"upper": None, "reference": None, "by": None, "start_char": 0, "end_char": 0} | fields


def document(identity: str = "a", **fields: Any) -> dict[str, Any]:
    """A document as exported."""
    plain: dict[str, Any] = {
        "id": identity, "source": f"{identity}.txt", "title": "云溪市关于食品安全的通知", "enclosed_title": None, "document_number": None,
        "issuing_organs": [], "level": "municipal", "region": ["示例省", "云溪市"], "adcode": None, "document_type": "通知",
        "issued_on": "2024-03-01", "citations": [], "recipients": [],
    }  # fmt: skip
    return plain | fields


class FakeStore:
    """What search and check ask of a base, from lists."""

    def __init__(self, obligations: Sequence[dict[str, Any]], documents: Sequence[dict[str, Any]] = (), path: Path | None = None) -> None:
        self.held = list(obligations)
        self.held_documents = list(documents or [document()])
        self.path = path
        self.version = 1

    def generation(self) -> int:
        return self.version

    def all_obligations(self) -> Iterator[dict[str, Any]]:
        return iter(self.held)

    def documents(self) -> list[dict[str, Any]]:
        return self.held_documents

    def document(self, identity: str) -> dict[str, Any] | None:
        return next((d for d in self.held_documents if d["id"] == identity), None)

    def obligations(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        held = {o["id"]: o for o in self.held}
        return [held[i] for i in ids if i in held]

    def find_obligation_ids(self, filters: Any) -> list[str] | None:
        return None if filters is None else [o["id"] for o in self.held if o["kind"] == filters]
