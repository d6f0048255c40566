"""Lead-ins (列举的引语): the words before a colon that speak for every item of the list behind them.

不得有下列行为：（一）…；（二）… — each item is forbidden by the lead-in, whether the items are numbered paragraphs,
paragraphs of their own, or clauses of one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.folding import fold
from extractors.mentions import Kind, Sentence
from extractors.patterns import load_patterns
from ingest.document import BlockKind, Document

_COLON = re.compile(r"[：:]")
_STOP = re.compile(r"[。！？!?]")
_MODAL = re.compile(r"应当|必须|不得|严禁|禁止")


def _before_colon(words: str) -> str:
    """What stands before the last colon of `words`, from the last full stop on; '' where no colon is."""
    colons = list(_COLON.finditer(words))
    if not colons:
        return ""
    return _STOP.split(words[: colons[-1].start()])[-1].strip()


def find_leads(document: Document, sentences: Sequence[Sentence]) -> list[str]:
    """The lead-in that speaks for each sentence, '' for those that none speaks for."""
    text = document.text
    by_block: dict[int, list[int]] = {}
    for at, sentence in enumerate(sentences):
        by_block.setdefault(sentence.block, []).append(at)
    leads = [""] * len(sentences)
    open_lead: dict[tuple[int | None, int], str] = {}  # of a list whose items stand under the same node, by their sort
    for index, block in enumerate(document.blocks):
        words = (block.body if block.body.end > block.body.start else block.span).of(text).rstrip()
        if block.kind is BlockKind.ROW:
            continue
        numbered = block.number is not None
        key = (block.parent, int(numbered))
        lead = open_lead.get(key, "")
        for order, at in enumerate(by_block.get(index, ())):
            own = sentences[at].span.of(text)
            leads[at] = lead
            if order == 0 and not lead and own.endswith(("；", ";")):
                lead = _before_colon(own)  # clauses of one paragraph behind its lead-in
            if _STOP.search(own[-2:]):
                lead = ""
        opens = _before_colon(words) if words.endswith(("：", ":")) else ""
        if opens:
            parent = index if numbered else block.parent  # the items stand under a node, beside a bare paragraph
            open_lead[parent, 0] = open_lead[parent, 1] = opens
        elif not numbered and not words.endswith(("；", ";")):
            open_lead.pop(key, None)
            open_lead.pop((block.parent, 1), None)
    return leads


def kind_under(lead: str, own: Kind | None, sentence: str) -> tuple[Kind | None, str] | None:
    """The kind that a lead-in gives an item, with the rule's id; None where the item's own kind stands.

    A ban covers every item. A case (有下列情形之一的…) asks nothing of its items, save where an item has a modal verb of
    its own; a duty makes a duty of items that say nothing by themselves.
    """
    folded = fold(lead).text if lead else ""
    pattern = next((p for p in load_patterns("leads") if p.regex.fullmatch(folded)), None) if folded else None
    if pattern is None:
        return None
    kind = pattern.fields["kind"]
    if kind == "none":
        return None if own is None or _MODAL.search(sentence) else (None, pattern.id)
    if kind == "duty" and own not in (None, "target") or kind in ("support", "encouragement") and own not in (None, "duty", "target"):
        return None
    return kind, pattern.id
