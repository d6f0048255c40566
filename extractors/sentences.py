"""Sentences (句): what a notice's body is judged by, cut from the blocks of a document.

After the annotation standard: split after 。；！？ and at the end of a paragraph; numbers and run-in headings are left
off the front; lists of responsible units and lines of dates are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from extractors.folding import Folded, fold
from extractors.forms import find_silent_blocks
from extractors.mentions import Sentence
from extractors.overlap import Places
from extractors.patterns import load_patterns
from extractors.quotas import Quota, find_quotas
from extractors.scored import COLUMN
from ingest.document import Block, BlockKind, Cell, Document, Part, Span

# A closing quote behind the mark, and a remark in brackets (…。（2025年底前完成）), belong to the sentence that they close;
# a number in brackets opens the next one.
_REMARK = r"\s*[（(](?![一二三四五六七八九十\d]+[）)])[^（）()。\n]{2,60}[）)][。；;]?"
_END = re.compile(rf"[。；！？!?;]+[”’」』）)》]*(?:{_REMARK})?")
_WORD = "一-龥A-Za-z0-9"
# Columns of a 任务分工表 whose cells hold the task itself; any other column says something of it.
_TASK_COLUMN = re.compile(r"任务|内容|事项|措施|举措|要求|目标|项目|工作|指标")
_OTHER_COLUMN = re.compile(r"序号|单位|部门|时间|时限|期限|进度|备注|责任|牵头|配合|类别|领域")
_OUTER_COLUMN = re.compile(r"序号|编号|单位|部门|时间|时限|期限|进度|备注|责任|牵头|配合")
MAX_NAME = 40  # characters of a cell that names its row
MIN_WORDS = 2  # a sentence of one character is a damaged line
_WORDS = re.compile(f"(?:[{_WORD}][^{_WORD}]*){{{MIN_WORDS}}}")


def find_item_lines(text: str | Folded) -> list[Span]:
    """The passages that only say when an item is due (完成时限：…), in reading order."""
    folded = fold(text)
    hits = [m.span() for pattern in load_patterns("item_lines") for m in pattern.regex.finditer(folded.text)]
    spans: list[Span] = []
    for start, end in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if not spans or folded.back(start, end).start >= spans[-1].end:
            spans.append(folded.back(start, end))
    return spans


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the blanks at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def cut(text: str, span: Span, passages: Sequence[Span] = ()) -> Iterator[Span]:
    """The sentences of `text` inside `span`, without the `passages` (sorted) that are no sentences."""
    edges = [span.start]
    for passage in passages:
        if span.overlaps(passage):
            edges += [max(passage.start, span.start), min(passage.end, span.end)]
    edges.append(span.end)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        stops = [start, *(match.end() for match in _END.finditer(text, start, end)), end]
        for left, right in pairwise(stops):
            first, last = _trim(text, left, right)
            if first < last and _WORDS.search(text, first, last):
                yield Span(first, last)


def _task_cell(text: str, block: Block, before: Block | None = None) -> Cell | None:
    """The cell of a table's row that holds its task: of a task column, else the longest one of no other column.

    A cell that reaches down from the row `before` has been read there; one of the row's own is the task.
    """
    rest = [cell for cell in block.cells if not _OTHER_COLUMN.search(cell.column)]
    wanted = [cell for cell in rest if _TASK_COLUMN.search(cell.column)]
    if not any(cell.column for cell in block.cells):
        return None  # the heads of the columns, or a table without any
    above = [cell.span.of(text) for cell in before.cells] if before and len(before.cells) == len(block.cells) else []
    merged = {cell.span for cell, words in zip(block.cells, above, strict=False) if cell.span.of(text) == words}
    own = [cell for cell in wanted if cell.span not in merged]
    return max(own or wanted or rest, key=lambda cell: cell.span.end - cell.span.start, default=None)


def _scoring(text: str, block: Block, before: Block | None, task: Cell) -> list[Span]:
    """The cells behind the task that tell how an assessment counts it; one that reaches down from the row before is read there."""
    above = {cell.span.of(text) for cell in before.cells} if before else set()
    return [cell.span for cell in block.cells if cell.span.start > task.span.end and COLUMN.search(cell.column) and cell.span.of(text) not in above]


def _row_names(text: str, block: Block, task: Cell) -> tuple[str, ...]:
    """What a row calls its task in the cells left of it (类别, 项目名称): the headings of the row."""
    left = (cell for cell in block.cells if cell.span.end <= task.span.start and not _OUTER_COLUMN.search(cell.column))
    return tuple(" ".join(cell.span.of(text).split()) for cell in left if 0 < cell.span.end - cell.span.start <= MAX_NAME)


def _is_leaf_heading(document: Document, index: int) -> bool:
    """Whether a heading's own line has nothing under it: then it is what the item says."""
    following = index + 1
    if following >= len(document.blocks):
        return True
    after = document.blocks[following]
    return after.parent != index and after.notice == document.blocks[index].notice and after.level is not None


def split_sentences(document: Document, passages: Sequence[Span] = (), quotas: Mapping[int, Quota] | None = None) -> list[Sentence]:
    """The sentences of every body block in reading order, without forms, lists of papers
    and `passages` (unit lists, lines of dates); `quotas` are the rows of its quota tables, where they are known."""
    sentences: list[Sentence] = []
    places = Places(passages)
    silent, quotas = find_silent_blocks(document), find_quotas(document) if quotas is None else quotas
    for index, block in enumerate(document.blocks):
        if block.part is not Part.BODY or index in silent:
            continue
        path = document.path(index)
        if index in quotas:
            spans = [quotas[index].span]
        elif block.kind is BlockKind.ROW:
            task = _task_cell(document.text, block, document.blocks[index - 1] if index else None)
            spans = [task.span, *_scoring(document.text, block, document.blocks[index - 1] if index else None, task)] if task else []
            path += _row_names(document.text, block, task) if task else ()
        elif block.kind is BlockKind.HEADING and _is_leaf_heading(document, index):
            start = block.span.start + len(block.number or "")
            spans = [Span(start, block.span.end)]
        else:
            spans = [block.body]
        if block.kind is BlockKind.HEADING:
            path = path[:-1]
        inside = places.overlapping(block.span)
        sentences += (Sentence(piece, index, path) for span in spans for piece in cut(document.text, span, inside))
    return sentences


def plain_document(text: str) -> Document:
    """A bare text as a document: one paragraph a line, no outline. For passages that come without a notice."""
    blocks = []
    start = 0
    for line in text.split("\n"):
        first, last = _trim(text, start, start + len(line))
        if last > first:
            blocks.append(Block(Span(first, last), Span(first, last)))
        start += len(line) + 1
    return Document(text, tuple(blocks))
