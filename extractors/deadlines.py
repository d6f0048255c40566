"""Deadlines (时限): by when, during which time or how often a task is to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from extractors.deadline_context import (
    around,
    counts,
    does_each_time,
    is_anchored,
    is_condition,
    is_property,
    judge_point,
    names_plan,
    repeats,
    tells_of_plan,
)
from extractors.deadline_lists import AND, join_starts, listed_numbers, repeat_joined, share_units
from extractors.deadline_resolution import resolve_deadlines
from extractors.folding import Folded, fold
from extractors.mentions import DeadlineType
from extractors.moments import Moment, moment_of
from extractors.numerals import YEAR, parse_number, parse_year
from extractors.overlap import keep_longest, reading_order
from extractors.patterns import Pattern, load_patterns
from extractors.screen import Screen
from extractors.validity import find_validity_spans
from ingest.document import Span

PATTERNS = load_patterns("deadlines")
_TRIGGER = re.compile(r"[年月日天号旬周季期时五节旦]|[之以]内|半|\d底?[之以]?前")
_SEGMENT_END = re.compile(r"[。；！？\n]")
_DAY = rf"{YEAR}年(?:1[0-2]|0?\d|[一二三四五六七八九十]{{1,2}})月(?:[0-3]?\d|[一二三四五六七八九十]{{1,3}})[日号]"
_NOT_TEXT = re.compile(
    r"《[^《》\n]{0,150}(?:《[^《》\n]{0,100}》[^《》\n]{0,100})?》"
    rf"|(?m:^[^。；，：\n至到—-]{{0,40}}?（?{_DAY}）?(?:印发)?$)"  # the notice's date, its printing
    r"|(?m:^（?20\d{2}年?[—-]{1,2}20\d{2}年?）?$)"  # a plan's years under its title
    rf"|(?:成文|发布|印发|公开|生成|发文|签发|公布|施行|实施|失效|废止|打印|填报|填表|出生|更新)(?:日期|时间)：?{_DAY}"
)
_STANDING = re.compile(r"(?:时间|时限|期限|要求|节点)：(?P<raw>长期(?:坚持|推进|实施|任务)?|持续(?:推进|实施|坚持|开展)|常态化(?:推进|开展)?|立即(?:整改)?)(?=[，。；、）\n]|$)")


@dataclass(frozen=True, slots=True)
class DeadlineMention:
    """A deadline as written: its moments keep what the notice leaves out.

    `count` and `unit` (15, 个工作日) and `event` belong to `within`; `from_issue` marks a span that begins 即日;
    `anchored` a date that stands by itself in brackets, after a label or in a cell; `sentence` tells sentences apart.
    """

    span: Span
    rule: str
    raw: str
    type: DeadlineType
    start: Moment | None = None
    end: Moment | None = None
    recurrence: str | None = None
    count: float | None = None
    unit: str | None = None
    event: str | None = None
    from_issue: bool = False
    anchored: bool = False
    judged: bool = False  # a bare date that its surroundings made a deadline
    listed: bool = False  # a number of a list that names its unit only behind the last one
    sentence: int = 0


def find_deadlines(text: str | Folded) -> list[DeadlineMention]:
    """The deadlines of a passage or document in reading order.

    >>> [(d.raw, d.type) for d in find_deadlines("2025年6月底前完成改造，每月5日前报送进展。")]
    [('2025年6月底前', 'by'), ('每月5日前', 'recurring')]
    """
    folded = fold(text)
    blanked = _blank(folded)
    found: list[DeadlineMention] = []
    for start, end, sentence in _segments(blanked, folded):
        segment = blanked[start:end]
        if not _TRIGGER.search(segment):
            continue
        found += [_print(mention, folded, start, sentence) for mention in _find_in_segment(segment)]
    return found


def find_standing(text: str | Folded) -> list[Span]:
    """Time lines that set no date (完成时限：长期坚持, 持续推进): the printed spans of what they say.

    >>> find_standing("完成时限：长期坚持")
    [Span(start=5, end=9)]
    """
    folded = fold(text)
    return [folded.back(*match.span("raw")) for match in _STANDING.finditer(folded.text)]


def _blank(folded: Folded) -> str:
    """The folded text with titles, the notice's own dates and its validity filled with ■."""
    chars = list(_NOT_TEXT.sub(lambda match: "■" * len(match[0]), folded.text))
    for start, end in find_validity_spans(folded):
        chars[start:end] = "■" * (end - start)
    return "".join(chars)


def _segments(text: str, folded: Folded) -> Iterator[tuple[int, int, int]]:
    """(start, end, sentence) of each stretch that no deadline crosses: up to 。；！？, a line's or a cell's end."""
    tabs = {folded.place(match.start()) for match in re.finditer("\t", folded.printed)} if "\t" in folded.printed else set()
    ends = sorted({match.start() for match in _SEGMENT_END.finditer(text)} | tabs | {len(text)})
    start = sentence = 0
    for end in ends:
        if start < end:
            yield start, end, sentence
        closing = text[end : end + 1]
        start = end + 1 if closing and closing in "。；！？\n" else end
        if closing != "；":
            sentence += 1


@cache
def _screen() -> Screen:
    return Screen([pattern.regex for pattern in PATTERNS])


def _find_in_segment(segment: str) -> list[DeadlineMention]:
    candidates = [mention for i, match in _screen().find_in_line(segment) for mention in _read_all(match, PATTERNS[i])]
    kept: list[DeadlineMention] = []
    accepted = (mention for mention in sorted(candidates, key=reading_order))
    previous: DeadlineMention | None = None
    for mention in accepted:
        judged = _judge(mention, segment, previous)
        if judged:
            kept.append(judged)
            if previous is None or not previous.span.contains(judged.span):
                previous = judged
    return repeat_joined(join_starts(share_units(keep_longest(kept), segment), segment), segment)


def _read_all(match: re.Match[str], pattern: Pattern) -> list[DeadlineMention]:
    """What a match says: one deadline, or one for each number of a list that shares its unit."""
    part = pattern.fields.get("listed")
    if part is None:
        mention = _read(match, pattern)
        return [mention] if mention else []
    year = parse_year(match.groupdict().get("year") or "")
    found = listed_numbers(match["raw"], match.start("raw"), part)
    return [
        DeadlineMention(span, pattern.id, "", "by", end=replace(moment, year=year) if year and not at else moment, listed=True)
        for at, (span, moment) in enumerate(found)
    ]


def _read(match: re.Match[str], pattern: Pattern) -> DeadlineMention | None:
    groups = match.groupdict()
    fields = pattern.fields
    guard = fields.get("guard")
    if guard and not re.search(guard, match[0]):
        return None
    span = Span(*match.span("raw" if "raw" in groups else 0))
    kind: DeadlineType = fields["type"]
    count = groups.get("count")
    mention = DeadlineMention(span, pattern.id, match[0], kind, from_issue="from_issue" in fields)
    if kind == "recurring":
        return replace(mention, recurrence=fields.get("recurrence") or _recurrence(groups))
    if kind == "within":
        value = parse_number(count) if count else None
        return replace(mention, count=value, unit=groups.get("unit"), event=groups.get("event")) if value else None
    held = {name: value for name, value in groups.items() if value is not None}
    if fields.get("month"):  # 秋季开学: the school year begins on 1 September
        moment = replace(moment_of(held) or Moment(), month=fields["month"])
        return replace(mention, start=moment) if fields.get("from") else replace(mention, end=moment)
    if fields.get("season"):  # no calendar says when 汛期 begins: the year alone gives no day
        return mention
    first, last = moment_of(held), moment_of(held, "_end")
    if fields.get("from"):
        return replace(mention, start=first)
    if fields.get("run") and first and last and not _follows(first, last, match[0]):
        return None
    if kind == "by":
        return replace(mention, end=first)
    return replace(mention, start=first, end=last if last or mention.from_issue else first)


_UNITS = {"年": "Y", "月": "M", "周": "W", "期": "W", "天": "D", "日": "D"}
_PERIODS = {"半": "P6M", "季": "P3M", "月": "P1M", "周": "P1W", "日": "P1D", "旬": "P10D", "年": "P1Y", "天": "P1D"}


def _follows(first: Moment, last: Moment, found: str) -> bool:
    """Whether 6、7月份, 二、三季度 name one stretch of time: each number is one more than the one before."""
    numbers = found.count("、") + found.count("和")
    return (last.month or last.quarter or 0) - (first.month or first.quarter or 0) == numbers


def _recurrence(groups: dict[str, str | None]) -> str | None:
    """The ISO 8601 period of 每3个月 (`count`, `unit`) or 按季度 (`period`)."""
    period = next((value for name, value in groups.items() if name.startswith("period") and value), None)
    count, unit = groups.get("count"), groups.get("unit")
    if period:
        return next((_PERIODS[char] for char in period if char in _PERIODS), None)
    value = parse_number(count) if count else None
    if not value or not unit:
        return None
    if value == 0.5:
        return {"年": "P6M", "个月": "P15D", "天": "PT12H", "日": "PT12H"}.get(unit)
    if "小时" in unit:
        return f"PT{int(value)}H"
    if "季" in unit or "学期" in unit:
        return f"P{int(value) * (3 if '季' in unit else 6)}M"
    return f"P{int(value)}{_UNITS[unit[-1]]}"


_BY_ID = {pattern.id: pattern for pattern in PATTERNS}


def _judge(mention: DeadlineMention, segment: str, previous: DeadlineMention | None) -> DeadlineMention | None:
    """The mention as its surroundings make it, None where it binds nothing."""
    fields = _BY_ID[mention.rule].fields
    before, after = around(segment, mention.span.start, mention.span.end)
    found = mention.span.of(segment)
    mention = replace(mention, anchored=is_anchored(before, after) or before.endswith("（"))
    if fields.get("bare") and mention.start:
        if previous and segment[previous.span.end : mention.span.start] in AND and previous.type in ("by", "during") and previous.rule != "deadline.plan":
            kind: DeadlineType | None = previous.type
        else:
            kind = judge_point(before, after, found, mention.start)
        if kind is None:
            return None
        return replace(mention, type=kind, start=mention.start if kind == "during" else None, judged=True)
    if fields.get("task") and not does_each_time(before, after):
        return None
    if fields.get("act") and not repeats(before, after, found, mention.rule):
        return None
    if mention.type == "within" and is_condition(after):
        return None
    if mention.type in ("by", "during") and is_property(after):
        return None
    if fields.get("open") and not counts(before, after):
        return None
    if mention.rule in ("deadline.plan", "deadline.until_plan") and tells_of_plan(before, after):
        return None
    if mention.rule in ("deadline.years", "deadline.range") and names_plan(before, after):
        return None
    return mention


def _print(mention: DeadlineMention, folded: Folded, start: int, sentence: int) -> DeadlineMention:
    """`mention` of a segment that begins at `start`, as it is printed."""
    span = folded.back(start + mention.span.start, start + mention.span.end)
    return replace(mention, span=span, raw=span.of(folded.printed), sentence=sentence)


__all__ = ["DeadlineMention", "find_deadlines", "find_standing", "resolve_deadlines"]
