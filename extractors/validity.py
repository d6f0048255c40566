"""A notice's own validity (施行日期, 有效期): from which day and up to which it is in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache

from extractors.calendar import add_days, add_months, add_working_days, month_end, safe_date
from extractors.folding import Folded, fold
from extractors.mentions import Context
from extractors.numerals import parse_number, parse_year
from extractors.patterns import Pattern, load_patterns
from extractors.screen import Screen
from ingest.document import Span

PATTERNS = load_patterns("validity")
_CUE = re.compile(r"施行|实施|执行|实行|试行|失效|废止|生效|有效|期限|起[至到]")
_TITLE = re.compile(r"《[^《》\n]{0,150}(?:《[^《》\n]{0,100}》[^《》\n]{0,100})?》")
_NUMBERING = re.compile(r"[*#\s]{0,6}(?:附则)?(?:第[一二三四五六七八九十百零〇\d]{1,6}条|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.．、])?[*\s]{0,4}(?:附则)?")
_OWN_KINDS = r"通知|办法|意见|方案|规定|细则|文件|政策|措施|决定|通告|公告|规则|制度|清单|目录|指引|指南|规划|计划|标准|条例|规程|预案|章程|规范|若干措施|实施意见|暂行办法"
_SUBJECT = re.compile(
    rf"(?:(?:本|此|该)(?:[^，。；自从《》■]{{0,10}}(?:{_OWN_KINDS}))?|(?:以上|上述|前述)[^，。；■]{{0,8}}|除[^，。；]{{0,30}}外|现予?(?:公布|印发)|未尽事宜[^，。；]{{0,20}}|(?:通知|办法|方案|规定|细则|意见)|(?:由|负责)[^，。；]{{0,40}}解释|请[^，。；]{{0,20}}|[^，。；]{{0,30}}解释)?(?:的)?(?:有效期|试行期)?"
)
_SENTENCE = re.compile(r"[^。！？\n]+")


@dataclass(frozen=True, slots=True)
class Validity:
    """First and last day in force, None where the notice does not say; `spans` are the passages that say so."""

    effective_on: date | None = None
    expires_on: date | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Clause:
    match: re.Match[str]
    pattern: Pattern
    start: int  # of the match in the folded text
    own: bool


def find_validity(text: str | Folded, context: Context) -> Validity:
    """When the notice takes and loses effect.

    >>> found = find_validity("本办法自2025年5月1日起施行，有效期2年。", Context())
    >>> found.effective_on, found.expires_on
    (datetime.date(2025, 5, 1), datetime.date(2027, 4, 30))
    """
    folded = fold(text)
    result = Validity()
    spans: list[Span] = []
    own = [clause for clause in _clauses(folded.text) if clause.own]
    for clause in sorted(own, key=_counts_from):  # 有效期2年 may stand before the day that it counts from
        updated = _apply(result, clause, context)
        if updated is not None:
            result = updated
            spans.append(folded.back(clause.start, clause.start + len(clause.match[0])))
    return replace(result, spans=tuple(sorted(spans)))


def _counts_from(clause: _Clause) -> bool:
    return bool(clause.pattern.fields["says"] != "effective")


def find_validity_spans(folded: Folded) -> list[tuple[int, int]]:
    """Folded ranges of all that says when a text is in force, the notice's own or another's: no deadlines are there."""
    text = folded.text
    ranges = []
    for clause in _clauses(text):
        end = clause.start + len(clause.match[0])
        # 执行期限, 实施时间 without 本办法 are as well the time of a task; 有效期 never is.
        told = not clause.pattern.fields.get("subject") or "有效" in clause.match[0]
        if clause.own or told and text[end : end + 1] in ("", "\n", "。", "，", "；", "、", "）", "的"):
            ranges.append((clause.start, end))
    return ranges


@lru_cache(maxsize=2)  # the same text is asked for its validity and for what is no deadline in it
def _clauses(text: str) -> tuple[_Clause, ...]:
    return tuple(_read_clauses(text))


def _read_clauses(text: str) -> Iterator[_Clause]:
    """The clauses on validity in reading order; one is the notice's own where it or the clause before has no other subject."""
    masked = _TITLE.sub(lambda match: "■" * len(match[0]), text)
    continues = False  # the sentence before told when the notice takes effect
    for sentence in _SENTENCE.finditer(masked):
        said = sentence[0]
        if not _CUE.search(said):
            continues = False
            continue
        own_before = continues
        continues = False
        for match, pattern in _matches(said):
            own = _is_own(said, match, own_before, bool(pattern.fields.get("subject")))
            own_before = continues = own_before or own
            yield _Clause(match, pattern, sentence.start() + match.start(), own)


@cache
def _screen() -> Screen:
    return Screen([pattern.regex for pattern in PATTERNS])


def _matches(said: str) -> list[tuple[re.Match[str], Pattern]]:
    """The longest matches in a sentence, without overlap."""
    hits = ((match, PATTERNS[i]) for i, match in _screen().find_in_line(said))
    found = [(match, pattern) for match, pattern in hits if re.search(pattern.fields.get("guard", ""), match[0])]
    found.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    kept: list[tuple[re.Match[str], Pattern]] = []
    for match, pattern in found:
        if not kept or match.start() >= kept[-1][0].end():
            kept.append((match, pattern))
    return kept


def _is_own(said: str, match: re.Match[str], own_before: bool, needs_subject: bool) -> bool:
    """Whether the clause speaks of the notice itself: 本办法自…, 自… with no subject, or a clause that goes on from such a one.

    `needs_subject`: without 本办法 or the like the words may as well fix the time of a task (自…起至…止，开展…).
    """
    if said[match.end() : match.end() + 1] not in ("", "，", "；", "、", "）", " ", "：", "（"):
        return False
    before = said[: match.start()]
    before = before[(_NUMBERING.match(before) or match).end() if _NUMBERING.match(before) else 0 :]
    clause = before.rpartition("，")[2].rpartition("；")[2].rpartition("：")[2]
    if "■" in clause:
        return False
    if own_before and not clause.strip():
        return True
    head = before.partition("，")[0]
    if not _SUBJECT.fullmatch(clause):
        return False
    if clause or needs_subject:
        return bool(clause) or (not before and match[0].startswith("有效期自"))
    starts = match[0].startswith(("自", "从", "于"))
    return not before or (_SUBJECT.fullmatch(head) is not None and "■" not in head) or (starts and "■" not in before)


def _day(match: re.Match[str], last: bool, suffix: str = "") -> date | None:
    """The date in the groups of `match`; of a month or year its first day, or its last."""
    groups = match.groupdict()
    year = parse_year(groups.get(f"year{suffix}") or "")
    if year is None:
        return None
    month, day = (int(parse_number(groups.get(f"{name}{suffix}") or "") or 0) for name in ("month", "day"))
    if day:
        return safe_date(year, month, day)
    if not month:
        return date(year, 12, 31) if last else date(year, 1, 1)
    return month_end(year, month) if last else date(year, month, 1)


def _apply(result: Validity, clause: _Clause, context: Context) -> Validity | None:
    """`result` with what the clause adds, None where it adds nothing (the first statement counts)."""
    match, says = clause.match, clause.pattern.fields["says"]
    if says == "effective":
        if result.effective_on is not None:
            return None
        day = _day(match, last=False) if clause.pattern.id != "validity.from_issue" else _from_issue(match, context)
        return replace(result, effective_on=day)
    if result.expires_on is not None:
        return None
    if says == "ends":  # the day from which it is no longer in force, where 起 says so
        day = _day(match, last=True)
        begins = day is not None and re.search(r"[日号]起", match[0]) is not None
        return replace(result, expires_on=day - timedelta(days=1) if day and begins else day)
    if says == "until":
        return replace(result, expires_on=_day(match, last=True))
    if says == "period":
        first = _day(match, last=False) if match["year"] else context.issued_on
        return replace(result, effective_on=result.effective_on or first, expires_on=_day(match, last=True, suffix="_end"))
    effective = result.effective_on or (context.issued_on if "印发" in match[0] or "发布" in match[0] else None)
    count = parse_number(match["count"])
    if effective is None or not count:
        return result
    after = add_months(effective, round(count if match["unit"] == "月" else 12 * count))
    return replace(result, effective_on=effective, expires_on=after - timedelta(days=1) if after else None)


def _from_issue(match: re.Match[str], context: Context) -> date | None:
    if context.issued_on is None:
        return None
    delay = int(parse_number(match["delay"] or "") or 0)
    unit = match["delayunit"] or ""
    if "工作日" in unit:
        counted = add_working_days(context.issued_on, delay)
        return counted[0] if counted else None
    return add_months(context.issued_on, delay) if unit == "个月" else add_days(context.issued_on, delay)
