"""Whether a date or a repetition binds anything: judged by the words around it, as `deadlines.toml` gives them."""

from __future__ import annotations

import re
from functools import cache

from extractors.mentions import DeadlineType
from extractors.moments import Moment
from extractors.patterns import load_data, load_patterns

_BEFORE = 24  # characters looked at on either side; no expression of the data file reaches farther
_AFTER = 60
_MEASURES = frozenset("率比重量数额值")


@cache
def _contexts() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(regex) for name, regex in load_data("deadlines")["context"].items()}


def _is(name: str, text: str) -> bool:
    return _contexts()[name].search(text) is not None


@cache
def _chain() -> re.Pattern[str]:
    """The further dates of 6月、9月和12月底前."""
    point = next(pattern for pattern in load_patterns("deadlines") if pattern.id == "deadline.point").regex.pattern
    anonymous = re.sub(r"\(\?P<\w+>", "(?:", point)
    return re.compile(rf"(?:(?:[、和及与]|以及)(?:{anonymous})){{1,6}}(?P<before>[之以]?前)?")


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words just before and just after text[start:end]."""
    return text[max(start - _BEFORE, 0) : start], text[end : end + _AFTER]


def is_anchored(before: str, after: str) -> bool:
    """Whether a date stands by itself: in brackets, after a colon, or as the whole of its line or cell."""
    if not before:
        return not after
    return before[-1] in "（：" and _is("label_after", after) and not (before[-1] == "：" and after.startswith("，"))


def judge_point(before: str, after: str, found: str, moment: Moment) -> DeadlineType | None:
    """How a bare date (2025年, 6月底, 上半年) binds, None where it does not."""
    chained = _chain().match(after)
    if chained:
        after = after[chained.end() :]
        if chained["before"]:
            return "by"
    if _is("adopted_after", after) and moment.day:
        return None
    if is_anchored(before, after):
        return _judge_anchored(before, moment)
    if _is("baseline_before", before) and not _is("urged_before", before):
        return None
    if _is("baseline_after", after) or _is("narrative_after", after):
        return None
    if moment.says_end:
        return "by" if _end_binds(before, after, moment, found.endswith("内")) else None
    if _is("urged_before", before):
        return "by" if _is("done_after", after) or moment.year_only else "during"
    if before[-1:] in _MEASURES and moment.year and not moment.month and _is("done_after", after):
        return "by"  # 覆盖率2027年达到80%
    if not _is("opens_before", before) or (moment.year_only and moment.word):
        return None
    if moment.year_only and not _is("year_after", after):
        return None  # a year before a noun is its property: 2022年重点任务, 2023年应届毕业生
    if _is("done_after", after):
        return "by"
    if after.startswith("，"):
        return "by" if _is("done_later", after) or moment.year_only and not _is("doing_after", after) else "during"
    if _is("doing_after", after):
        return "by" if _is("done_later", after) else "during"
    return None


def _judge_anchored(before: str, moment: Moment) -> DeadlineType | None:
    if moment.says_end:
        return "by"
    if not before:  # the whole of a line or cell: a year is a caption, a day the notice's own date
        return None if moment.year_only or (moment.day and moment.year) else "by"
    return None if moment.year_only and _is("named_before", before) else "during"


def _end_binds(before: str, after: str, moment: Moment, inner: bool) -> bool:
    bare = moment.year is None and moment.word is None and moment.year_end
    if not bare:
        return True
    if inner:  # 年内, 年度内
        return not _is("within_year_after", after) and not _is("spent_before", before)
    return _is("year_end_after", after) or _is("urged_before", before)


def is_condition(after: str) -> bool:
    """Whether 6个月内 opens a condition (未开工的), not a limit to a task."""
    return _is("condition_after", after)


def is_property(after: str) -> bool:
    """Whether a date tells what things are meant (2005年底前建成的小区), and not by when something is done."""
    return _is("property_after", after)


def does_each_time(before: str, after: str) -> bool:
    """Whether 按月, 逐年 say how often a task is done, not how something is reckoned (按月申报的纳税人)."""
    return _is("task_after", after) or (before.endswith("：") and _is("label_after", after))


def repeats(before: str, after: str, found: str, rule: str) -> bool:
    """Whether 每年, 每月 … says how often something is done, and not a rate (每年提高2%, 每月200元)."""
    if found.endswith("次") or (before.endswith("：") and _is("label_after", after)):
        return True
    if _is("rate_after", after) or (_is("rate_in_clause", after) and "次" not in after[:14]):
        return False
    return _is("act_after", after)


def counts(before: str, after: str) -> bool:
    """Whether 3年内 sets a limit to a task: no ban (三年内不得再次申请), no quality (毕业2年内的高校毕业生)."""
    return not any((_is("ban_after", after), _is("spent_before", before), _is("capped_before", before)))


def tells_of_plan(before: str, after: str) -> bool:
    """Whether “十四五”时期 is only spoken of, or compared with, and sets no time for a task."""
    return _is("plan_baseline_before", before) or _is("plan_told_after", after)


def names_plan(before: str, after: str) -> bool:
    """Whether a span of years belongs to a name: 行动计划（2024—2026年）, 2021—2025年发展规划."""
    if after.startswith("）") and _is("named_before", before):
        return True
    return re.match(r"[^，。；的（）]{0,10}(?:规划|纲要|行动计划|行动方案|实施方案|工作方案)", after) is not None
