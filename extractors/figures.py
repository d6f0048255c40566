"""Figures (数值) of targets: what the patterns of `targets.toml` match, read into value, range and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.finder import Finder
from extractors.numerals import parse_number
from extractors.patterns import Pattern, load_patterns
from ingest.document import Span

_STRICT_UNITS = frozenset(
    ["个工作日", "工作日", "个自然日", "自然日", "个月", "小时", "分钟", "周年", "年", "天", "日", "周", "秒"]
)
_TIME_RULES = frozenset(
    ["floor", "ceiling", "lower_to", "raise_to", "increase", "decrease", "share_ceiling", "below", "above", "stock", "prolonged", "kept", "waived"]
)
_ONE_ACT = frozenset(["次", "场", "期", "批", "场次", "批次", "轮"])
_SCORES = re.compile(r"(?:得分|评分|评价|分值|成绩|指数|满意度|总分|考核)[^，。；：、\n]{0,4}$")
_SPAN = re.compile(r"(?:年限|寿命|时长|时间|期限|周期)$")  # what is measured in years, days or hours: 受教育年限达到11.8年
_BARE = re.compile(r"(?:指数|系数|容积率|死亡率|分值|得分|[生医护]比)$")
_NAMES = r"《[^《》\n]{1,100}》|“[^“”\n]{1,30}”|〔\d{4}〕第?\d{1,6}号|第?\d{1,6}号"
_MASK = re.compile(rf"{_NAMES}|\d{{3,4}}-\d{{7,8}}")
_MASK_WITH_MAIL = re.compile(rf"{_NAMES}|[\w.]{{1,40}}@[\w.]{{1,40}}|\d{{3,4}}-\d{{7,8}}")  # an address is looked for at every character
_FIGURE = re.compile(r"[\d一二三四五六七八九十百千万亿两]")
_MONEY_VERBS = re.compile(r"安排|投入|落实|筹集|筹建|完成|争取|实现|设立|引进|整合|统筹|募集|撬动|发放|盘活|处置|供应|储备|消除|收回|化解|达成|形成")
_SHARE_VERBS = re.compile(r"完成|实现|达成|形成|配备|落实")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as matched: `span` is the figure alone (folded), `cue` where the words before it that bind it begin."""

    span: Span
    rule: Pattern
    match: re.Match[str]
    cue: int
    value: float | None
    upper: float | None
    unit: str | None
    post: str


def without_names(text: str) -> str:
    """`text` with the figures of names, numbers of documents and quotations taken out, its length unchanged."""
    mask = _MASK_WITH_MAIL if "@" in text else _MASK
    return mask.sub(lambda m: _FIGURE.sub("＃", m[0]), text)


def find_figures(text: str) -> Iterator[Figure]:
    """The figures that the rules find in a folded text, rule by rule."""
    rules = load_patterns("targets")
    for index, match in _finder().find(text):
        hit = _hit(match, rules[index])
        if hit is not None:
            yield hit


@cache
def _finder() -> Finder:
    return Finder([rule.regex for rule in load_patterns("targets")])


def _hit(match: re.Match[str], rule: Pattern) -> Figure | None:
    """The figure of a match, None where it is none after all (no unit, a year, an ordinal)."""
    groups = match.groupdict()
    post = groups.get("post") or ""
    cue = match.start("cue")
    written = groups.get("value")
    if written is None:
        times = 2.0 ** (parse_number(groups["times"] or "一") or 1) if "times" in groups else None
        return Figure(Span(match.end("cue"), match.end()), rule, match, cue, times, None, None, post)
    value, upper = parse_number(written), parse_number(groups.get("upper") or "")
    unit = groups.get("unit") or None
    if value is not None and groups.get("per"):
        value = round(value / float(groups["per"] or 1), 6)  # 师生比1:16
    if written.startswith("百分之"):
        unit = unit or "%"
    end = match.end("unit") if groups.get("unit") else match.end("upper" if groups.get("upper") else "value")
    end = max(end, match.end("post") if post else 0, match.end() if rule.id == "target.times" or rule.fields.get("whole") else 0)
    if rule.fields.get("money"):
        unit = "元"
    if value is None or (groups.get("upper") and upper is None):
        return None
    if upper is not None:
        value = _scaled(value, upper, groups["upper"] or "")
    name = rule.id.split(".")[1]
    fraction = "分之" in written or written.endswith("成")
    if unit is None and not fraction and name not in ("times", "ratio", "ratio_to", "ratio_ceiling") and not _BARE.search(match.string, max(0, cue - 12), cue):
        return None
    if _no_figure(name, written, value, unit, match, groups):
        return None
    return Figure(Span(match.start("value"), end), rule, match, cue, value, upper, unit, post)


def _scaled(value: float, upper: float, written: str) -> float:
    """3—5万 begins at 30000."""
    scale = {"万": 1e4, "亿": 1e8}.get(written[-1], 1.0)
    return value * scale if scale > 1 and value < upper / scale else value


def _no_figure(name: str, written: str, value: float, unit: str | None, match: re.Match[str], groups: dict[str, str | None]) -> bool:
    """Whether what looks like a figure is a date, a period, an ordinal or an article (一个)."""
    at = match.start("value")
    base = (unit or "").split("/")[0]
    if base in _STRICT_UNITS and name not in _TIME_RULES and not (name == "reach" and _SPAN.search(match.string, max(0, match.start("cue") - 4), match.start("cue"))):
        return True
    if base in ("年", "日", "月") and (value >= 1000 or match.string[at - 1 : at] == "月"):
        return True
    words = not any(char.isdigit() and char.isascii() for char in written)
    if base == "分" and not _SCORES.search(match.string, max(0, match.start() - 12), match.start("cue")):
        return True
    before = match.string[at - 1 : at]
    if before in ("前", "等") or name == "count" and _idle(match, base):
        return True
    if name in ("count", "range", "increase", "decrease") and words and "分之" not in written:
        return base not in ("%", "个百分点", "倍") and (value <= 10 or base in ("条", "项", "部"))
    if base == "岁" and name not in ("reach", "raise_to", "increase"):
        return True
    if name.endswith("_of") and base not in ("%", "个百分点") and name != "share_of":
        return True
    if name in ("increase", "decrease") and base in ("条", "项", "批"):
        return True
    if name in ("count", "reach") and value == 1 and base in _ONE_ACT:
        return True
    if name == "at_least" and words and unit not in ("%", None):
        return True
    return name in ("reach", "at") and words and value <= 3 and unit != "%"


def _idle(match: re.Match[str], base: str) -> bool:
    """Whether the verb before a count promises none of it: 实施的24项, 新增…金额1000万元, 实施奖励的30%."""
    verb = match.end("cue")
    if match.string[match.start("value") - 1] == "的":
        return True
    if match.string[verb : verb + 1] in ("的", "了", "过", "后", "前"):
        return True
    if base == "元":
        return not _MONEY_VERBS.search(match.string, match.start("cue"), verb)
    return base == "%" and not _SHARE_VERBS.search(match.string, match.start("cue"), verb)
