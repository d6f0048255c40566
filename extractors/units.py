"""Responsible units (责任单位): who is told to act, in lists, in brackets, in table cells and as subjects of sentences."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.folding import Folded, fold
from extractors.list_notes import without_list_notes
from extractors.mentions import Role, Unit
from extractors.overlap import reading_order
from extractors.unit_lists import Passage, find_convention, find_passages, read_passages
from extractors.unit_split import read_list
from extractors.unit_subjects import find_subjects
from ingest.document import Span

_BLANK_JOINS = re.compile(r"[局委办厅部院会社府处室心队关](?=省|市|县|区|州|各|团|国家|人民银行)")

_ROLE_COLUMNS: tuple[tuple[str, Role], ...] = (
    (r"牵头|主办|主责", "lead"),
    (r"配合|协办|参与|协同|协助", "cooperating"),
    (r"责任|承办|负责|落实|实施|完成单位|单位|部门", "responsible"),
)

_STATED = re.compile(r"[（(][^（()）]*(?:为|是|表示)[^（()）]*[)）]")  # 责任单位（带*的为牵头单位）


def _fold_units(text: str | Folded) -> Folded:
    """The text folded, with a 、 where a blank alone stands between two units (市教育局 市公安局)."""
    folded = fold(text)
    if _BLANK_JOINS.search(folded.text) is None:
        return folded
    chars, offsets = list(folded.text), list(folded.offsets)
    for match in reversed(list(_BLANK_JOINS.finditer(folded.text))):
        at = match.end()
        between = folded.printed[offsets[at - 1] + 1 : offsets[at]]
        if between:
            chars.insert(at, "、")
            offsets.insert(at, offsets[at - 1] + 1)
    return Folded("".join(chars), tuple(offsets), folded.printed) if len(chars) > len(folded.text) else folded


@lru_cache(maxsize=2)
def _read(printed: str) -> tuple[Folded, list[Passage]]:
    """A text folded as its units are read, with its lists; the same text is asked for its units and for its lines."""
    folded = _fold_units(printed)
    plain = without_list_notes(folded.text)
    folded = folded if plain is folded.text else Folded(plain, folded.offsets, folded.printed)
    return folded, find_passages(folded.text)


def find_list_convention(text: str | Folded) -> str | None:
    """The notice's own rule for its lists (逗号前为牵头单位), to be handed to `find_units`; None where it states none.

    >>> find_list_convention("（列第一位的为牵头单位，下同）")
    'first'
    """
    return find_convention(fold(text).text)


def find_unit_lines(text: str | Folded) -> list[Span]:
    """The passages that are lists of units, label, brackets and full stop included: no sentences of their own."""
    folded, passages = _read(text if isinstance(text, str) else text.printed)
    return [folded.back(passage.start, passage.end) for passage in passages]


def find_units(text: str | Folded, *, convention: str | None = None) -> list[Unit]:
    """Every unit of a text with its role, in reading order.

    >>> [(u.name, u.role) for u in find_units("由市教育局牵头，市公安局配合。")]
    [('市教育局', 'lead'), ('市公安局', 'cooperating')]
    """
    folded, passages = _read(text if isinstance(text, str) else text.printed)
    units = list(read_passages(folded, passages, convention))
    # Lists are cut out of the sentences: what stands before and after a bracket is no longer one clause with it.
    pieces, at = [], 0
    for passage in passages:
        if passage.end > at:
            pieces += [folded.text[at : passage.start], "\n" * (passage.end - max(passage.start, at))]
            at = passage.end
    for piece, rule in find_subjects("".join((*pieces, folded.text[at:]))):
        span = folded.back(piece.start, piece.end)
        units.append(Unit(span, rule, "".join(span.of(folded.printed).split()), piece.role))
    return sorted(units, key=reading_order)


def split_units(cell_text: str, role: Role, *, convention: str | None = None) -> list[Unit]:
    """The units of a table's cell, whose column (责任单位, 牵头部门) gives their role.

    >>> [u.name for u in split_units("市教育局、市公安局，各乡镇（街道）", "responsible")]
    ['市教育局', '市公安局', '各乡镇（街道）']
    """
    one_a_line = not {"、", "，"} & set(cell_text)
    folded = _fold_units(cell_text.replace("\n", "、" if one_a_line else " "))
    spans = ((folded.back(piece.start, piece.end), piece.role) for piece in read_list(folded.text, 0, len(folded.text), role, convention))
    return [Unit(span, "unit.cell", "".join(span.of(cell_text).split()), said, listed=True) for span, said in spans]


def role_of_column(head: str) -> Role | None:
    """The role that a table's column (责任单位, 牵头部门) gives the units of its cells; None of a column of other things."""
    head = _STATED.sub("", head)
    return next((role for name, role in _ROLE_COLUMNS if re.search(name, head)), None)
