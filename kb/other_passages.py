"""Passages (其他语句) that ask nothing of anybody: grounds, reasons and facts, which are searched beside the obligations.

They are no rows of the base: each is named by its document and its place in the text, `DOCUMENT@START-END`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ingest.document import BlockKind, Part
from kb.passages import passages_of

PASSAGE = "passage"  # the kind of such a row in the search files
_SHORTEST = 10  # characters of a sentence that says something
_NOTHING: dict[str, Any] = {"units": [], "deadlines": [], "targets": [], "parties": [], "citations": []}


def is_passage(identity: str) -> bool:
    """Whether an id names a passage and no obligation."""
    return "@" in identity


def other_passages(base: Any, documents: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The sentences of the body of these documents that hold no obligation, in the form of obligations of the kind `passage`."""
    from kb.filters import Filters

    for identity in documents:
        document = base.load(identity)
        if not document.text:
            continue
        for one in passages_of(identity, document, base.find_obligations(Filters(documents=(identity,)))):
            if one.part is Part.BODY and one.kind is not BlockKind.HEADING and not one.obligations and len(one.text) >= _SHORTEST:
                name = f"{identity}@{one.span.start}-{one.span.end}"
                place = {"start_char": one.span.start, "end_char": one.span.end, "page": one.page}
                yield {"id": name, "document": identity, "kind": PASSAGE, "text": one.text, "path": list(one.path), **place, **_NOTHING}
