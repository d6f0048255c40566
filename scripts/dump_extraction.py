"""Print what is extracted from files, one JSON object a file: for comparing two states of the project's rules.

    PYTHONPATH=TREE python scripts/dump_extraction.py OVERLAY FILE…

It is run as a process of its own, with the state to be looked at first on the path, and calls nothing of it but `read`,
`extract` and the mentions' fields, so that it works for older states too. Places are counted in characters that are no
blanks (`at`), so that a line that is joined otherwise moves nothing.
"""

from __future__ import annotations

import hashlib
import json
import sys
from bisect import bisect_left
from pathlib import Path
from typing import Any

_LEFT_OUT = {"span", "rule", "text", "units", "deadlines", "targets", "parties", "citations", "confidence", "page", "path", "origin", "cited"}
_FACTS = ("title", "enclosed_title", "document_number", "issuing_organs", "issued_on", "printed_on")
_JURISDICTION = ("level", "region", "effective_on", "expires_on")


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def fields(mention: Any) -> dict[str, Any]:
    """What a mention says, its place and its text left out."""
    return {name: plain(getattr(mention, name)) for name in type(mention).__dataclass_fields__ if name not in _LEFT_OUT}


class Places:
    """Places of a text counted in characters that are no blanks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.filled = [i for i, char in enumerate(text) if not char.isspace()]

    def of(self, sort: str, mention: Any) -> dict[str, Any]:
        """A mention of the sort `sort` with its place and rule."""
        start, end = mention.span.start, mention.span.end
        at = [bisect_left(self.filled, start), bisect_left(self.filled, end)]
        return {"sort": sort, "at": at, "quote": self.text[start:end], "rule": mention.rule, "fields": fields(mention)}


def mentions_of(obligation: Any, places: Places) -> list[dict[str, Any]]:
    """The mentions that belong to an obligation, those it inherits included."""
    sorts = (("unit", obligation.units), ("deadline", obligation.deadlines), ("target", obligation.targets), ("party", obligation.parties))
    return [places.of(sort, mention) for sort, mentions in sorts for mention in mentions]


def dump(path: str) -> dict[str, Any]:
    """What is read and extracted from one file."""
    from extractors.pipeline import extract
    from ingest import read

    document = read(Path(path))
    found = extract(document)
    places = Places(document.text)
    obligations = []
    for obligation in found.obligations:
        own = places.of("obligation", obligation)
        own["fields"] |= {"path": plain(obligation.path), "cites": plain(obligation.citations)}
        obligations.append(own | {"confidence": obligation.confidence, "mentions": mentions_of(obligation, places)})
    facts = {name: plain(getattr(document.head, name)) for name in _FACTS} | {name: plain(getattr(found, name)) for name in _JURISDICTION}
    squeezed = "".join(document.text[i] for i in places.filled)
    return {
        "file": path,
        "text": hashlib.sha256(squeezed.encode()).hexdigest(),
        "facts": facts,
        "obligations": obligations,
        "citations": [places.of("citation", citation) for citation in found.citations],
    }


def main() -> None:
    overlay = Path(sys.argv[1])
    if overlay.exists():
        from extractors.regions import use_overlay

        use_overlay(overlay)
    for path in sys.argv[2:]:
        try:
            found = dump(path)
        except Exception as error:  # an older state may fail where this one does not: that is a change like others
            found = {"file": path, "error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
