"""Inheritance: which sentences an item's own line or heading speaks for.

A list of responsible units or a line with a date binds the item that it closes (责任单位：… under a paragraph), the
sentences that it follows in a paragraph (…。（市教育局牵头）), or everything under the heading that it stands in
((一)宣传发动（2013年6月）). The item is a node of the document's outline with all that stands under it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.mentions import Sentence
from ingest.document import BlockKind, Document, Span


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's outline as the assembly asks for it.

    `ends[i]` is the index behind the last block under block i; `first[i]` the index of the first sentence whose block is
    i or a later one, so that the sentences of blocks [a, b) are [first[a], first[b]).
    """

    document: Document
    sentences: Sequence[Sentence]
    ends: tuple[int, ...]
    first: tuple[int, ...]

    def under(self, start: int, end: int) -> range:
        """The indices of the sentences in the blocks [start, end)."""
        return range(self.first[start], self.first[end])


def build_outline(document: Document, sentences: Sequence[Sentence]) -> Outline:
    """The outline of a document with its sentences (in reading order)."""
    count = len(document.blocks)
    ends = [index + 1 for index in range(count)]
    for index in range(count):
        for ancestor in document.ancestors(index):
            ends[ancestor] = index + 1
    first = [0] * (count + 1)
    at = 0
    for index in range(count + 1):
        while at < len(sentences) and sentences[at].block < index:
            at += 1
        first[index] = at
    return Outline(document, sentences, tuple(ends), tuple(first))


def _is_line(outline: Outline, index: int) -> bool:
    """Whether block `index` holds nothing but passages: no sentence was cut from it."""
    return outline.first[index] == outline.first[index + 1]


def _last_of_silent_siblings(outline: Outline, node: int, earlier: Sequence[tuple[int, Span]]) -> int:
    """The node that a line under `node` speaks for: its parent, where the line closes a series of items without any.

    （1）…（2）…（3）… followed by one 责任单位 line: the line binds all three. Only items whose number opens a
    paragraph count; an item with a heading of its own is spoken for alone.
    """
    blocks = outline.document.blocks
    parent = blocks[node].parent
    if parent is None or blocks[node].kind is BlockKind.HEADING or blocks[parent].notice != blocks[node].notice:
        return node
    if outline.ends[node] != outline.ends[parent]:
        return node
    spoken = _since(earlier, parent)
    if spoken < len(earlier) and earlier[spoken][0] < node:
        return node
    return parent if any(blocks[i].parent == parent and blocks[i].level == blocks[node].level for i in range(parent + 1, node)) else node


def _since(earlier: Sequence[tuple[int, Span]], block: int) -> int:
    """The first of the earlier passages that stands in `block` or behind it."""
    return bisect_left(earlier, block, key=lambda pair: pair[0])


def scope(outline: Outline, passage: Span, index: int, earlier: Sequence[tuple[int, Span]]) -> range:
    """The indices of the sentences that the `passage` in block `index` speaks for.

    `earlier` are the passages of the same sort before it in the document, each with its block, in reading order.
    """
    document, sentences = outline.document, outline.sentences
    block = document.blocks[index]
    if block.kind is BlockKind.ROW:
        return outline.under(index, index + 1)
    if block.heading is not None and block.heading.overlaps(passage):
        return outline.under(index, outline.ends[index])
    if _is_line(outline, index):
        node = block.parent
        if node is None:
            start = next((at + 1 for at, _ in reversed(earlier) if document.blocks[at].notice == block.notice), 0)
            return outline.under(start, index)
        node = _last_of_silent_siblings(outline, node, earlier)
        after = [at + 1 for at, _ in earlier[_since(earlier, node) :] if at < index and _is_line(outline, at) and document.blocks[at].parent == node]
        start = next((at for at in reversed(after) if outline.under(at, index)), node)
        before = outline.under(start, index)
        return before if before else outline.under(index, outline.ends[node])
    own = outline.under(index, index + 1)
    since = max((span.end for _, span in earlier[_since(earlier, index) :]), default=block.span.start)
    bound = [i for i in own if since <= sentences[i].span.start and sentences[i].span.end <= passage.start]
    if not bound:
        return range(own.start, own.stop) if since == block.span.start else range(own.start, own.start)
    alone = since == block.span.start and passage.end >= sentences[own.stop - 1].span.end
    if alone and block.level is None and block.parent is not None and not (earlier and earlier[-1][0] >= block.parent):
        closing = all(_is_line(outline, at) for at in range(index + 1, outline.ends[block.parent]))
        if closing:  # the last paragraph of an item closes the item
            return outline.under(block.parent, index + 1)
    return range(bound[0], bound[-1] + 1)


_TIME_SECTION = re.compile(r"时间|步骤|安排|阶段|进度|期限")


@lru_cache(maxsize=64)  # the sentences under a heading are asked one after another
def is_time_section(path: Sequence[str]) -> bool:
    """Whether the headings say that the section lays down when things are done."""
    return any(_TIME_SECTION.search(heading) for heading in path)


_FRAME = re.compile(r"时间|为期|期间|阶段|(?:行动|活动|整治|工作|检查|试点|攻坚)[^，。；]{0,8}(?:从|自|于|至|到)|(?:开始|起)[^。；]{0,20}(?:结束|止)|分[一二三四五六两几]个?(?:步|阶段)")


def is_time_frame(text: str) -> bool:
    """Whether a sentence that asks nothing says when a campaign runs (行动从4月开始，至12月结束)."""
    return _FRAME.search(text) is not None
