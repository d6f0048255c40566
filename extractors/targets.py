"""Targets (目标): figures that must be reached, kept or not exceeded, with what they measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from extractors.figures import Figure, find_figures, without_names
from extractors.folding import Folded, fold
from extractors.indicators import bare_verb, indicator_left, indicator_of_grant, indicator_right, without_verbs
from extractors.mentions import Comparator, Target
from extractors.numerals import NUMBER, YEAR, parse_number, parse_year
from extractors.overlap import keep_longest
from extractors.target_context import Sentences, is_no_target
from ingest.document import Span

_POST: dict[str, Comparator] = {"上": ">=", "下": "<=", "内": "<=", "右": "=", "等": "="}
_MORE = re.compile(rf"(?:、|和|及|以及|与)(?P<value>{NUMBER})(?P<unit>%|‰|个百分点|[一-鿿]{{1,4}}?)?(?P<post>以上|以下|以内|左右)?(?=[，。；、和及与的\n）]|以及|$)")
_YEARS = re.compile(rf"(?:{YEAR}年(?:底|末)?前?(?:、|和|及|与)?到?){{2,5}}")
_YEAR = re.compile(YEAR)
_SUBJECTS = re.compile(r"、|和|及|与")


def find_targets(text: str | Folded) -> list[Target]:
    """The targets of a passage or a whole text (newlines end blocks), in reading order, without their dates.

    >>> [(t.indicator, t.comparator, t.value, t.unit) for t in find_targets("产品合格率稳定在98%以上。")]
    [('产品合格率', '>=', 98.0, '%')]
    """
    folded = fold(text)
    masked = without_names(folded.text)
    hits = keep_longest(find_figures(masked))
    found: list[Target] = []
    starts = Sentences(folded.text)
    end = 0
    for hit in hits:
        sentence = starts.before(hit.cue)
        if is_no_target(hit, folded.text, sentence, starts):
            continue
        for target in _read(hit, folded, max(sentence, end)):
            found.append(target)
        end = hit.span.end
    return _distinct(found)


def _read(hit: Figure, folded: Folded, start: int) -> Iterator[Target]:
    """The target of a figure, and those of the figures that follow it in a list (分别达到10%、20%)."""
    further = _further(hit, folded.text)
    end = further[-1].end() if further else hit.span.end
    indicator = _indicator(hit, folded.text, start, end)
    values = [_target(hit, folded, indicator)]
    for more in further:
        span = folded.back(more.start("value"), more.end())
        value = parse_number(more["value"])
        values.append(replace(values[0], span=span, raw=span.of(folded.printed), value=value))
    yield from _distributed(values, hit, folded, start, indicator)


def _further(hit: Figure, text: str) -> list[re.Match[str]]:
    """The figures of the same unit listed right after one."""
    found: list[re.Match[str]] = []
    end = hit.span.end
    while hit.value is not None and hit.upper is None and len(found) < 9:
        more = _MORE.match(text, end)
        if more is None or parse_number(more["value"]) is None or (more["unit"] or "") != (hit.unit or ""):
            break
        found.append(more)
        end = more.end()
    return found


def _distributed(values: list[Target], hit: Figure, folded: Folded, start: int, indicator: Span) -> Iterator[Target]:
    """Give each of several figures its own subject (A、B分别达到1%、2%) or year (到2025年和2030年)."""
    count = len(values)
    if count == 1:
        yield values[0]
        return
    before = folded.text[max(start, hit.cue - 200) : hit.span.start]
    names = [name for name in _SUBJECTS.split(indicator.of(folded.text)) if name]
    years = next((m for m in _YEARS.finditer(before)), None)
    dates = [parse_year(year) for year in _YEAR.findall(years[0])] if years else []
    for i, target in enumerate(values):
        if len(dates) == count and dates[i] is not None:
            yield replace(target, by=date(dates[i] or 1, 12, 31))
        elif len(names) == count and "分别" in before:
            yield replace(target, indicator=names[i])
        else:
            yield target


def _indicator(hit: Figure, text: str, start: int, end: int) -> Span:
    """What a figure that ends at `end` (its list included) measures."""
    side, figure = hit.rule.fields["side"], hit.span.start
    unit = (hit.unit or "").split("/")[0]
    given = side == "grant" and (unit in ("元", "美元", "%", "年", "个月") or hit.value is None)
    if given or unit == "元" and hit.rule.id in ("target.each", "target.range.cue"):
        money = unit in ("元", "美元", "") or "tail" in hit.match.groupdict()
        return indicator_of_grant(text, start, hit.match.end("cue") if "tail" in hit.match.groupdict() else hit.cue, figure, end, money)
    if side == "right":
        right = indicator_right(text, end, whole=hit.rule.id == "target.share")
        return right if right.end - right.start >= 2 else indicator_left(text, start, hit.cue)
    if side == "between":
        inner = without_verbs(text, indicator_left(text, hit.match.end("cue"), figure))
        right = indicator_right(text, end)
        if inner.end - inner.start >= 2 and not bare_verb(inner.of(text)):
            return inner
        return right if right.end - right.start >= 2 else indicator_left(text, start, hit.cue)
    left = indicator_left(text, start, hit.cue)
    if hit.unit and unit not in ("%", "个百分点", "元") and text[end : end + 1] not in "，。；：、）和及":
        right = indicator_right(text, end)
        if right.end - right.start >= 2:
            return right
    return left


def _target(hit: Figure, folded: Folded, indicator: Span) -> Target:
    groups = hit.match.groupdict()
    comparator: Comparator = hit.rule.fields["comparator"]
    if hit.post and not hit.rule.fields.get("fixed"):
        comparator = _POST[hit.post[-1]]
    reference = groups.get("reference")
    span_start = min(indicator.start, hit.span.start) if indicator.end <= hit.span.start else min(hit.cue, hit.span.start)
    span = folded.back(span_start, hit.span.end)
    return Target(
        span=span,
        rule=hit.rule.id,
        raw=span.of(folded.printed),
        indicator=folded.back(indicator.start, indicator.end).of(folded.printed),
        comparator=comparator,
        value=hit.value,
        upper=hit.upper,
        unit="个百分点" if hit.unit == "百分点" else hit.unit,
        reference=reference.strip("的") if reference else None,
    )


def _distinct(targets: list[Target]) -> list[Target]:
    """One target a place, in reading order."""
    places: dict[Span, Target] = {}
    for target in targets:
        places.setdefault(target.span, target)
    return [places[span] for span in sorted(places)]
