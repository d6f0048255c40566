"""Deadlines against the notice that prints them: what 6月底前 or 自印发之日起30日内 means is known only with its date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from extractors.calendar import add_days, add_months, add_working_days
from extractors.mentions import Context, Deadline
from extractors.moments import Moment, Period, moment_period

if TYPE_CHECKING:
    from extractors.deadlines import DeadlineMention

_NOTICE_ISSUED = re.compile(
    r"(?:本|该|此)?(?:[一-鿿]{0,6}?(?:通知|方案|意见|办法|文件|规定|细则|通告|公告|决定|规划|计划|措施))?(?:正式)?(?:印发|发布|公布|下发|颁布|发文)(?:实施|施行)?"
)
# A year that heads a sentence is that of the dates behind it (2026年改造小区50个，其中6月底前开工), no deadline by itself.
_HEADING_YEAR = re.compile(r"[\s\u3000]*(?:（?[一二三四五六七八九十\d]{1,3}[）、.．])?[^。！？；，\n\d]{0,6}?(20\d{2})\s*年(?![度底末初]|以[来前]|之前|前|[、—至到和及]|\s*\d)")
_SENTENCE_END = re.compile(r"[。！？；\n]")
_NEXT_YEAR = frozenset(("明年", "来年"))
_YEAR_AFTER = frozenset(("次年", "翌年", "第二年", "下年", "下一年", "下年度", "下一年度"))
_THIS_YEAR = frozenset(("今年", "本年", "本年度"))


def resolve_deadlines(mentions: Iterable[DeadlineMention], text: str, context: Context) -> list[Deadline]:
    """The mentions with their dates; what lies before the notice is a report, not a deadline, and is left out.

    >>> from extractors.deadlines import find_deadlines
    >>> said = "6月底前完成改造。"
    >>> [d.end for d in resolve_deadlines(find_deadlines(said), said, Context(issued_on=date(2025, 3, 1)))]
    [datetime.date(2025, 6, 30)]
    """
    year = context.issued_on.year if context.issued_on else context.year
    resolved = []
    sentence, sentence_year, sentence_month = -1, None, None
    for mention in mentions:
        if mention.sentence != sentence:
            sentence, sentence_year, sentence_month = mention.sentence, _heading_year(text, mention.span.start, year), None
        if mention.end and mention.end.day_only and mention.start is None:
            mention = replace(mention, end=_month_of(mention.end, sentence_month, context.issued_on))
        elif mention.type != "recurring" and mention.end:
            sentence_month = mention.end.month or sentence_month
        deadline = Deadline(mention.span, mention.rule, mention.span.of(text), mention.type, recurrence=mention.recurrence, event=mention.event)
        if mention.type == "within":
            resolved.append(_within(mention, deadline, context))
        elif mention.type == "recurring":
            resolved.append(replace(deadline, start=_span(mention, sentence_year, year, context.issued_on)[0]))
        else:
            first, last, named = _span(mention, sentence_year, year, context.issued_on)
            if _is_past(mention, first, last, None if context.guessed else year, context.issued_on):
                continue
            sentence_year = named or sentence_year
            resolved.append(_dated(mention, deadline, first, last))
    return resolved


def _heading_year(text: str, at: int, notice_year: int | None) -> int | None:
    """The year that heads the sentence around `at`, where it is the notice's or a later one."""
    start = max((match.end() for match in _SENTENCE_END.finditer(text, max(0, at - 300), at)), default=max(0, at - 300))
    found = _HEADING_YEAR.match(text, start, at)
    year = int(found[1]) if found else None
    return year if year and notice_year and notice_year <= year <= notice_year + 5 else None


def _month_of(moment: Moment, sentence_month: int | None, issued_on: date | None) -> Moment:
    """`moment`, a day alone (20日前), with its month: the one named before in the sentence, else the next such day."""
    if sentence_month:
        return replace(moment, month=sentence_month)
    if issued_on is None or moment.day is None:
        return moment
    return replace(moment, month_word="本月" if moment.day >= issued_on.day else "下月")


def _dated(mention: DeadlineMention, deadline: Deadline, first: date | None, last: date | None) -> Deadline:
    if mention.type == "by":
        unknown = "年份不详" if mention.end else "日期不详"
        return replace(deadline, end=last, reason=None if last else unknown)
    missing = (mention.start and not first) or (mention.end and not last) or (mention.from_issue and not first)
    reason = ("印发日期不详" if mention.from_issue else "年份不详") if missing else None
    return replace(deadline, start=first, end=last, reason=reason)


def _year_of(moment: Moment, sentence_year: int | None, notice_year: int | None) -> int | None:
    """The year of a moment: its own, the one that its word means, the sentence's, the notice's."""
    if moment.year is not None:
        return moment.year
    base = sentence_year if sentence_year is not None else notice_year
    if moment.word is None:
        return base
    if moment.word in _YEAR_AFTER:
        return base + 1 if base is not None else None
    if moment.word in _NEXT_YEAR or moment.word == "后年":
        return notice_year + (2 if moment.word == "后年" else 1) if notice_year is not None else None
    return notice_year if moment.word in _THIS_YEAR else base


def _span(mention: DeadlineMention, sentence_year: int | None, notice_year: int | None, issued_on: date | None) -> tuple[date | None, date | None, int | None]:
    """First and last day, and the year that later dates of the sentence take over (None where none is named)."""
    first: Period | None = None
    last: Period | None = None
    named = None
    start, end = mention.start, mention.end
    if start:
        at = _year_of(start, sentence_year, notice_year)
        first = moment_period(start, at, issued_on)
        if start.year or start.word:
            named = sentence_year = at
    if end is start:
        last = first
    elif end:
        if start and end.month is None and not end.month_word and (end.day is not None or end.third):
            end = replace(end, month=start.month)
        at = _year_of(end, sentence_year, notice_year)
        last = moment_period(end, at, issued_on)
        if first and last and last[1] < first[0] and end.year is None and end.word is None and at is not None:
            last = moment_period(end, at + 1, issued_on)
        if end.year or end.word:
            named = at
    begins = issued_on if mention.from_issue else first[0] if first else None
    return begins, last[1] if last else None, named


def _is_past(mention: DeadlineMention, first: date | None, last: date | None, notice_year: int | None, issued_on: date | None) -> bool:
    """Whether the time named lay before the notice: a year before its own, or, for what binds only by context, a day."""
    until = last or first
    if until is None:
        return False
    start = mention.start
    if issued_on is None and mention.judged and not mention.anchored and start and start.year and start.day:
        return True  # a full date that opens a sentence tells what happened, as far as anyone can know
    if notice_year is not None and until.year < notice_year:
        return True
    loose = mention.judged or mention.type == "during" or mention.rule == "deadline.until"
    return issued_on is not None and loose and last is not None and last < issued_on and not mention.anchored


def _within(mention: DeadlineMention, deadline: Deadline, context: Context) -> Deadline:
    if not mention.event or not _NOTICE_ISSUED.fullmatch(mention.event):
        return replace(deadline, reason="起算日期不详")
    if context.issued_on is None:
        return replace(deadline, reason="印发日期不详")
    end, provisional = _count_from(context.issued_on, mention.count or 0, mention.unit or "")
    return replace(deadline, end=end, provisional=provisional, reason=None if end else "无法推算")


def _count_from(day: date, count: float, unit: str) -> tuple[date | None, bool]:
    """The last day of `count` `unit` counted from `day`, and whether its working days are provisional."""
    if "工作日" in unit:
        counted = add_working_days(day, ceil(count))
        return counted if counted else (None, False)
    if unit == "年":
        return add_months(day, round(12 * count)), False
    if "季" in unit:
        return add_months(day, round(3 * count)), False
    if unit == "个月":
        return (add_days(day, 15) if count == 0.5 else add_months(day, round(count))), False
    if unit.endswith(("周", "星期")):
        return add_days(day, round(7 * count)), False
    if unit.endswith(("日", "天")):
        return add_days(day, ceil(count)), False
    return None, False  # hours and minutes: the notice gives no hour to count from
