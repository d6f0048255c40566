"""Subjects carried over: 各地局要于6月20日前上报方案；12月20日前上报总结。 — the second clause is theirs too.

Only what stands as the subject at the head of a clause goes on: an organ inside it (由牵头部门推动的责任体系) or a partner
(会同…) does not, and neither does anything past a clause with a subject of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.mentions import Origin, Party, Sentence, Unit

# What may stand before the subject: nothing, an adverbial that a comma ends, 由, 请.
_BEFORE = re.compile(r"(?:[^；;。]{0,60}[，,：:])?\s*(?:由|请|其中|同时|并由)?\s*")
_BETWEEN = re.compile(r"[、，,和及与以或（）()\s]{0,4}")
# A clause opens with a subject of its own: …要, …应当 within its first words.
_OWN_SUBJECT = re.compile(r"[^，,；;]{2,20}?(?:要|应当|应|须|必须|不得|负责)")
_MUST = re.compile(r"(?:同时|并|还|也)?(?:要|应当|应|须|必须|不得)")


def subjects_of(text: str, sentence: Sentence, units: Sequence[Unit]) -> list[Unit]:
    """The units that stand as subjects at the head of `sentence`, those carried to it before included."""
    carried = [unit for unit in units if unit.span.end <= sentence.span.start]
    chain: list[Unit] = []
    for unit in sorted(units, key=lambda unit: unit.span):
        if unit.listed or unit.span.start < sentence.span.start:
            continue
        if chain:
            if not _BETWEEN.fullmatch(text[chain[-1].span.end : unit.span.start]):
                break
        elif not _BEFORE.fullmatch(text[sentence.span.start : unit.span.start]):
            break
        chain.append(unit)
    return [unit for unit in (chain or carried) if unit.role != "cooperating"]


def carry_subjects(text: str, sentences: Sequence[Sentence], units: Sequence[Sequence[Unit]], parties: Sequence[Sequence[Party]]) -> list[list[Unit]]:
    """The units of each sentence, with the subjects that are carried over to it from the ；-clause before."""
    result = [list(own) for own in units]
    for at in range(1, len(sentences)):
        before, here = sentences[at - 1], sentences[at]
        if before.block != here.block or result[at] or not before.span.of(text).endswith(("；", ";")):
            continue
        words = here.span.of(text)
        if parties[at] and _OWN_SUBJECT.match(words) and not _MUST.match(words):
            continue
        carried = Origin("carried", before.span)
        result[at] = [replace(unit, origin=unit.origin or carried) for unit in subjects_of(text, before, result[at - 1])]
    return result
