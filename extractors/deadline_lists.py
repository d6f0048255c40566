"""Deadlines that share words: numbers with one unit (到2025、2030年), ends with one month (2024年、2025年11月底前), starts of a repetition.

A notice prints what several dates have in common once, behind the last of them; what a repetition starts from stands
before it (2024年起每年召开一次) and makes one expression with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.moments import Moment
from extractors.numerals import parse_number
from ingest.document import Span

if TYPE_CHECKING:
    from extractors.deadlines import DeadlineMention

AND = frozenset(("、", "和", "及", "与", "以及", "/"))
_NUMBERS = re.compile(r"(?<!\d)(?:20\d{2}|\d{1,2}|[一二三四])(?=[、和及]|$)")
_PARTS = ("month", "day", "third", "quarter", "half", "year_end", "says_end")


def listed_numbers(raw: str, start: int, part: str) -> list[tuple[Span, Moment]]:
    """The numbers of a list that leaves the unit to its last one; `part` is what they count (year, month, quarter).

    >>> [(span.start, moment.year) for span, moment in listed_numbers("到2025、2030", 0, "year")]
    [(0, 2025), (6, 2030)]
    """
    found: list[tuple[Span, Moment]] = []
    for number in _NUMBERS.finditer(raw):
        value = int(parse_number(number[0]) or 0)
        first = start + (number.start() if found else 0)  # 到 and the year before the first number belong to it
        moment = Moment(year=value) if part == "year" else Moment(month=value) if part == "month" else Moment(quarter=value)
        found.append((Span(first, start + number.end()), moment))
    return found


def _shared(own: Moment, last: Moment, listed: bool) -> Moment | None:
    """`own` with what only the last date of the list names; None where it lacks nothing."""
    if listed:
        held = {name: getattr(own, name) for name in ("year", "month", "quarter") if getattr(own, name)}
        return replace(last, **held)
    if own.year_only and own.word is None and not last.year_only:
        return replace(own, **{name: getattr(last, name) for name in _PARTS})
    if own.month and own.day is None and own.third is None and last.month and last.day:
        return replace(own, day=last.day)
    return None


def share_units(mentions: Sequence[DeadlineMention], segment: str) -> list[DeadlineMention]:
    """The mentions of a segment, the earlier dates of each list completed by its last one."""
    shared: list[DeadlineMention] = []
    for mention in reversed(mentions):
        after = shared[-1] if shared else None
        joined = after is not None and segment[mention.span.end : after.span.start] in AND
        own = mention.end or mention.start
        last = (after.end or after.start) if after else None
        if not joined or after is None or own is None or last is None or after.type not in ("by", "during"):
            if not mention.listed:
                shared.append(mention)
            continue
        moment = _shared(own, last, mention.listed) if mention.listed or after.type == mention.type == "by" else None
        if moment is not None:
            start = moment if after.type == "during" else None
            mention = replace(mention, type=after.type, start=start, end=moment, judged=mention.judged or after.judged)
        shared.append(mention)
    return shared[::-1]


def join_starts(mentions: Sequence[DeadlineMention], segment: str) -> list[DeadlineMention]:
    """The mentions of a segment, a repetition and the start just before it as one (2024年起每年召开一次)."""
    joined: list[DeadlineMention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if before and mention.type == "recurring" and before.type == "during" and before.end is None:
            between = segment[before.span.end : mention.span.start]
            if between in ("", "，", "，于", "，在", "于", "，原则上", "原则上"):
                span = Span(before.span.start, mention.span.end)
                joined[-1] = replace(mention, span=span, start=before.start, from_issue=before.from_issue)
                continue
        joined.append(mention)
    return joined


def repeat_joined(mentions: Sequence[DeadlineMention], segment: str) -> list[DeadlineMention]:
    """The mentions of a segment, where dates that go on from a repetition repeat with it (每年1月底前…、7月底前…; 每月5日前…，10日前…)."""
    found: list[DeadlineMention] = []
    for mention in mentions:
        before = next((m for m in reversed(found) if m.type == "recurring"), None)
        own = mention.end or mention.start
        if before and own and mention.type in ("by", "during") and own.year is None and own.word in (None, "次年", "翌年", "第二年") and not own.plan:
            next_to = segment[before.span.end : mention.span.start] in AND
            dated = before.rule == "recurring.dated"
            monthly = before.rule == "recurring.every_month_dated" and own.day is not None and own.month is None
            yearly = own.month or own.year_end or own.quarter or own.half
            if (dated and yearly) or (next_to and yearly and before.recurrence in ("P1Y", "P6M")):
                mention = replace(mention, type="recurring", recurrence="P1Y", start=None, end=None)
            elif monthly:
                mention = replace(mention, type="recurring", recurrence="P1M", start=None, end=None)
        found.append(mention)
    return found
