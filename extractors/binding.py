"""Binding: which date a target must be met by.

After the annotation standard: the date that heads the sentence; a date at the head of a list of ；-clauses binds them
all up to the next 。; the date that opens a paragraph of 总体目标 binds all of it; else the date of the item (its
完成时间 line, its phase, its heading).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from extractors.mentions import Deadline, Sentence, Target
from ingest.document import Span

_OPENING = 12  # characters before a date that still heads its sentence: 一是 力争 各县（市、区）要
_AIMS_REACH = 60  # sentences back to the paragraph that opens the aims
_JOINED = 2  # characters between the dates of one list: 、 or 以及
_AIMS = re.compile(r"目标|指标|愿景")


def last_day(deadline: Deadline) -> date | None:
    """The day by which a deadline binds, None where it has none of its own (it recurs, or counts from an open event)."""
    return deadline.end if deadline.type in ("by", "during", "within") else None


def _heads(deadline: Deadline, span: Span) -> bool:
    return deadline.span.start - span.start <= _OPENING


@lru_cache(maxsize=64)  # the sentences under a heading are asked one after another
def _tells_aims(path: Sequence[str]) -> bool:
    """Whether some heading says that aims stand under it."""
    return any(_AIMS.search(heading) for heading in path)


def heading_date(text: str, index: int, sentences: Sequence[Sentence], own: Sequence[Sequence[Deadline]]) -> Deadline | None:
    """The deadline that heads the list of ；-clauses, or the paragraph of aims, in which sentence `index` stands."""
    sentence = sentences[index]
    aims = _tells_aims(sentence.path)
    at, dashed, floor = index - 1, False, max(0, index - _AIMS_REACH)
    while at >= floor:
        before = sentences[at]
        if before.block != sentences[at + 1].block:  # from an aim's ——… or （一） back to the paragraph that heads them
            opened = text.startswith("—", sentences[at + 1].span.start)
            dashed = dashed or opened
            if not aims or not (opened and before.path == sentence.path or _in_aims(before, sentence)):
                return None
        if before.path != sentence.path and len(before.path) >= len(sentence.path):
            at -= 1  # another part of the same aims
            continue
        if not aims and not before.span.of(text).rstrip("”’」』）)》").endswith(("；", ";")):
            return None
        dated = [deadline for deadline in own[at] if last_day(deadline)]
        if dashed and dated and _in_dashed(text, at, sentences):
            dated = []  # the date of another aim of the list
        for deadline in dated[:1] if aims or len(dated) == 1 else ():  # several dates in a clause are that clause's own
            if _heads(deadline, before.span) or aims:
                return deadline
        at -= 1
    return None


def _in_aims(before: Sentence, sentence: Sentence) -> bool:
    """Whether `before` stands in the aims that `sentence` stands in one level further down."""
    shared = sentence.path[:-1]
    return before.path[: len(shared)] == shared and _tells_aims(shared)


def _in_dashed(text: str, at: int, sentences: Sequence[Sentence]) -> bool:
    """Whether sentence `at` stands in a paragraph that opens with a dash."""
    first = at
    while first > 0 and sentences[first - 1].block == sentences[at].block:
        first -= 1
    return text.startswith("—", sentences[first].span.start)


# What tells how things are, judged by its words; a date to come says that it asks.
_TOLD = frozenset(("status.past", "nothing.statement"))
_TOLD_IN_PART = frozenset(("nothing.contact", "status.defect", "status.done"))


def by_its_date(sentence: Sentence, own: Sequence[Deadline], issued_on: date | None) -> Sentence:
    """`sentence` as its deadlines make it, where its words alone told only what is so.

    An aim opens with a date to come (到2035年，…取得显著成效); a duty may stand beside what is told (每月5日前报送进展，联系人：…).
    """
    if sentence.kind is not None:
        return sentence
    due = [d for d in own if d.type == "by" and d.end and (issued_on is None or d.end > issued_on)]
    opening = any(d.span.start - sentence.span.start <= _OPENING for d in due)
    if sentence.rule in _TOLD and opening:
        return replace(sentence, kind="target", rule="target.dated")
    if sentence.rule in _TOLD_IN_PART and (due or any(d.type == "recurring" for d in own)):
        return replace(sentence, kind="duty", rule="duty.dated")
    return sentence


def bind_target(target: Target, own: Sequence[Deadline], inherited: Sequence[Deadline], others: Sequence[Target] = (), text: str = "") -> Target:
    """`target` with the date that binds it: of its own sentence (`own`), else the nearest inherited one.

    A date behind the target binds it where no other target of the sentence (`others`) is the one it speaks of, and
    where `text` does not say between them that a part alone is meant (改造小区56个，其中6月底前开工30个).
    """
    if target.by is not None:
        return target
    dated = [deadline for deadline in own if last_day(deadline)]
    before = [deadline for deadline in dated if deadline.span.start < target.span.end]
    behind = (d for d in dated if "其中" not in text[target.span.end : d.span.start])
    after = [deadline for deadline in behind if not any(other.span.start > deadline.span.start for other in others)]
    nearest = before[-1] if before else (after[0] if after else None)
    if nearest is None:
        nearest = next((deadline for deadline in inherited if last_day(deadline)), None)
    return replace(target, by=last_day(nearest), due=nearest.span) if nearest else target


def in_whole_year(target: Target, text: str, year: int | None) -> Target:
    """`target` bound by the end of the notice's year where 全年 heads its figure (全年培训不少于600人次)."""
    said = text[max(target.span.start - 2, 0) : target.span.end]
    if target.by is None and year and "全年" in said[:12]:
        return replace(target, by=date(year, 12, 31))
    return target


def bind_targets(targets: Sequence[Target], own: Sequence[Deadline], inherited: Sequence[Deadline], text: str = "") -> tuple[Target, ...]:
    """The targets of a sentence with their dates; a list of dates is dealt out (到2025、2030年，…分别达到60%和80%)."""
    dated = [deadline for deadline in own if deadline.type == "by" and deadline.end]
    for at, first in enumerate(dated):
        row = [first]
        for deadline in dated[at + 1 :]:
            if deadline.span.start - row[-1].span.end > _JOINED:
                break
            row.append(deadline)
        behind = [target for target in targets if target.span.start >= row[-1].span.end]
        if len(row) > 1 and len(behind) == len(row):
            dealt = {target.span: deadline for target, deadline in zip(behind, row, strict=True)}
            targets = [replace(t, by=dealt[t.span].end, due=dealt[t.span].span) if t.by is None and t.span in dealt else t for t in targets]
            break
    return tuple(bind_target(target, own, inherited, targets, text) for target in targets)
