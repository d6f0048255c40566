"""Passages (其他语句) that ask nothing of anybody: grounds, reasons and facts, which are searched beside the obligations.

They are no rows of the base: each is named by its document and its place in the text, `DOCUMENT@START-END`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.document import BlockKind, Part
from kb.passages import passages_of

PASSAGE = "passage"  # the kind of such a row in the search files
# A heading that ends like a sentence: （三）深化提升（2020年10月至12月）。
_HEAD = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．][^，,；;。：:\n]{2,40}。?$")
_SHORTEST = 10  # characters of a sentence that says something
_NOTHING: dict[str, Any] = {"units": [], "deadlines": [], "targets": [], "parties": [], "citations": []}


def is_passage(identity: str) -> bool:
    """Whether an id names a passage and no obligation."""
    return "@" in identity


def other_passages(base: Any, documents: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The sentences of the body of these documents that hold no obligation, in the form of obligations of the kind `passage`."""
    from extractors.sentences import find_item_lines
    from kb.filters import Filters
    from kb.statements import ITEM_LINE

    for identity in documents:
        document = base.load(identity)
        if not document.text:
            continue
        lines = {span.start for span in find_item_lines(document.text)}
        for one in passages_of(identity, document, base.find_obligations(Filters(documents=(identity,)))):
            if one.part is Part.BODY and one.kind is not BlockKind.HEADING and not one.obligations and len(one.text) >= _SHORTEST:
                if one.span.start in lines or _HEAD.match(one.text) or ITEM_LINE.match(one.text):
                    continue
                name = f"{identity}@{one.span.start}-{one.span.end}"
                place = {"start_char": one.span.start, "end_char": one.span.end, "page": one.page}
                yield {"id": name, "document": identity, "kind": PASSAGE, "text": one.text, "path": list(one.path), **place, **_NOTHING}
