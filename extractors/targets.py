"""Targets (目标): figures that must be reached, kept or not exceeded, with what they measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from extractors.dealt import find_dealt, shared_targets
from extractors.figures import Figure, find_figures, without_names
from extractors.folding import Folded, fold
from extractors.indicators import (
    alone_left,
    bare_verb,
    funds_right,
    indicator_left,
    indicator_of_grant,
    indicator_right,
    last_object,
    without_verbs,
)
from extractors.mentions import Comparator, Target
from extractors.numerals import NUMBER, YEAR, parse_number, parse_year
from extractors.overlap import keep_longest
from extractors.patterns import compile_patterns, load_data
from extractors.target_context import Sentences, is_no_target, is_quota
from ingest.document import Span

_POST: dict[str, Comparator] = {"上": ">=", "下": "<=", "内": "<=", "右": "=", "等": "="}
_YEARS = re.compile(rf"(?:{YEAR}年?(?:底|末)?前?(?:、|和|及|与)?到?){{2,5}}")
_YEAR = re.compile(YEAR)
_GIVEN = re.compile(r"(?:的?标准|的?比例)?(?:给予|予以|补助|补贴|奖励|贴息|资助)")
_MEASURE = re.compile(r"[率度量数比值额例重业积长]$|水平|规模|收入|人口|面积|产值|浓度")
_GIVEN_AS = re.compile(r"的?(?:一次性)?(?:奖励|补助|补贴|资助|奖补|奖金)(?:资金)?")
_NEXT_GRANT = re.compile(rf"[、，；](?:对)?(?P<noun>[一-鿿A-Z]{{0,8}}(?:级|类|等|奖|星|档|型|线)(?:[一-鿿]{{0,4}}的)?)(?P<value>{NUMBER})(?P<unit>元)(?P<post>以上|以内)?(?=[，。；、和\n]|$)")
_LASTS = re.compile(r"(?:补助|补贴|资助|扶持|贴息)$")  # 最长补贴2年: what is given for so long
_PAYMENT = re.compile(r"标准$|补贴$|补助$|津贴$|待遇$|养老金$|保障金$|救助金$|补助金$|奖励$|奖金$")
_PAID_SHARE = re.compile(r"(?:返还|补助|补贴|贴息|报销|支付|奖励|资助|减免|救助|奖补)比例$")
_EARLIER = re.compile(r"（[^（）\n]{0,6}?(?P<year>(?:19|20)\d{2})年(?!底|末|前|年底|以前)[^（）\n]{0,40}$")
_PROLONGED = re.compile(r"延长|延期|展期|顺延|缓缴|续期|宽限")
_BARE = frozenset(["规模", "数量", "总量", "总数", "面积", "比例", "标准", "任务"])
# an act counted by itself: 完成|改造|200户
_ACT = re.compile(r"(?P<act>(?:新|改|扩|轮)?(?:改造|培训|治理|修复|整治|安置|救助|帮扶|搬迁|加固|安装|维修|修缮|造林|种植|扩建|新建|改建|招聘|招收|检查|抽检|抽查|监测|检测|走访|体检|筛查|接种|清理|拆除|淘汰|流转|供应|资助|安排|投入))(?:约|共|各)?$")
_DOERS = re.compile(r"(?:规上|规模以上|中小微?|小微|民营|制造业?|工业|重点|涉农)?(?:企业|单位|机构|学校|医院|社区|农户|家庭|村庄?|园区|商户)")
_MOVES = re.compile(r"(?:推动|引导|支持|带动|促进|促成|帮助|鼓励|动员|指导|督促|助力)(?:全[省市县区])?(?:不少于|不低于|至少|超过?)?$")
_PERMITS = frozenset(["允许", "准许", "同意", "可", "可以"])
_OTHER = re.compile(r"或者?\d.*")  # 不超过3个月|或60课时|，且不超过5000元: another figure of the same
_SUBJECTS = re.compile(r"、|和|及|与")


def find_targets(text: str | Folded, year: int | None = None) -> list[Target]:
    """The targets of a passage or a whole text (newlines end blocks), in reading order, without their dates.

    `year` is the notice's: what it quotes in brackets of years before is no target.

    >>> [(t.indicator, t.comparator, t.value, t.unit) for t in find_targets("产品合格率稳定在98%以上。")]
    [('产品合格率', '>=', 98.0, '%')]
    """
    printed = text.printed if isinstance(text, Folded) else text
    folded = fold(printed.replace("\t", "\n"))  # a cell of a table ends what it says
    masked = without_names(folded.text)
    hits = keep_longest(find_figures(masked))
    found: list[Target] = []
    sentences = Sentences(folded.text)
    end = 0
    dealt = list(find_dealt(folded.text))
    hits = [hit for hit in hits if not any(one.start < hit.span.start < one.end for one in dealt)]
    for hit in hits:
        sentence = sentences.before(hit.cue)
        if hit.span.start < end or is_no_target(hit, folded.text, sentence, sentences) or _is_earlier(hit, folded.text, year):
            continue
        targets = list(_read(hit, folded, max(sentence, end)))
        if _OTHER.fullmatch(fold(targets[0].indicator).text):
            targets = [replace(target, indicator="") for target in targets]
        if not targets[0].indicator and found and found[-1].span.start >= folded.back(sentence, sentence + 1).start:
            targets = [replace(target, indicator=found[-1].indicator) for target in targets]
        if not targets[0].indicator and (act := _ACT.search(folded.text, hit.cue, hit.span.start)):
            targets = [replace(target, indicator=act["act"]) for target in targets]
        if hit.rule.id in ("target.count", "target.range.count") and len(targets) == 1:
            targets += [*_chained(targets[0], hit, folded), *_chained_before(targets[0], hit, folded)]
        elif hit.rule.id == "target.grant_amount" and len(targets) == 1:
            targets += _chained(targets[0], hit, folded, _NEXT_GRANT)
        found += [target for target in targets if target.indicator]
        end = max(hit.span.end, folded.place(targets[-1].span.end))
    found += [target for one in dealt for target in shared_targets(one, folded, sentences.before(one.start))]
    return _distinct(found)


def _read(hit: Figure, folded: Folded, start: int) -> Iterator[Target]:
    """The target of a figure, and those of the figures that follow it in a list (分别达到10%、20%)."""
    further = _further(hit, folded.text)
    end = further[-1].end() if further else hit.span.end
    indicator = _with_deed(hit, folded.text, end, _indicator(hit, folded.text, start, end))
    values = [_target(hit, folded, indicator)]
    for more in further:
        span = folded.back(more.start("value"), more.end())
        value = parse_number(more["value"])
        values.append(replace(values[0], span=span, raw=span.of(folded.printed), value=value))
    yield from _distributed(values, hit, folded, start, indicator)


@cache
def _more(unit: str) -> re.Pattern[str]:
    """A further figure of a list: 、20%以上."""
    return re.compile(rf"(?:、|和|及|以及|与)(?P<value>{NUMBER}){re.escape(unit)}(?!\d|[^，。；：、和及与以\W\d]\d)(?:以上|以下|以内|左右)?")


@cache
def _next_count() -> re.Pattern[str]:
    """A further count with its own noun: 、省级示范区3个; ，其中国家级3家."""
    units = compile_patterns({"atoms": load_data("targets")["atoms"], "pattern": [{"id": "unit", "regex": "{count}", "examples": ["个"]}]}, "unit")
    return re.compile(
        rf"(?:、|和|及|，?其中|，(?![每各对已共有占为其按另]|累计))(?P<noun>(?:[^，。；：！？、\d\n]|超\d{{1,4}}[万亿]元){{2,24}}?)(?<!不少于)(?<!不低于)(?<!不超过)(?<!达)(?<!达到)(?<!超)(?<!突破)(?<!超过)(?<!至少)(?<!控制在)(?<![各的为])(?P<value>{NUMBER})(?P<unit>{units[0].regex.pattern})(?P<post>以上|左右)?(?=[，。；、和及（\n]|$)"
    )


def _chained(first: Target, hit: Figure, folded: Folded, grant: re.Pattern[str] | None = None) -> Iterator[Target]:
    """The counts that follow one under the same verb (创建国家级示范区1个|、省级示范区3个), the grants that follow one."""
    end = hit.span.end
    if grant and (given := _GIVEN_AS.match(folded.text, end)):
        end = given.end()
    for _ in range(9):
        more = (grant or _next_count()).match(folded.text, end)
        value = parse_number(more["value"]) if more else None
        if more is None or value is None or bare_verb(more["noun"][:2]):
            return
        end = more.end()
        span = folded.back(more.start("noun"), end)
        noun = first.indicator if grant else folded.back(more.start("noun"), more.end("noun")).of(folded.printed)
        yield replace(
            first, span=span, raw=span.of(folded.printed), indicator=noun, value=value, upper=None,
            unit=more["unit"], comparator=_POST[more["post"][-1]] if more["post"] else "=", by=None,
        )  # fmt: skip


@cache
def _count_before() -> re.Pattern[str]:
    """A further count before its noun: 、100条线路."""
    units = load_data("targets")["atoms"]["count"]
    return re.compile(rf"(?:、|和|及|以及)(?P<value>{NUMBER})(?P<unit>{units})(?P<post>以上|左右)?(?P<noun>[^，。；：！？、\d\n]{{2,24}}?)(?=[，。；\n]|[、和及](?:以及)?\d|$)")


def _chained_before(first: Target, hit: Figure, folded: Folded) -> Iterator[Target]:
    """The counts that follow one with their nouns behind them (建成100个公园|、100条线路)."""
    noun = fold(first.indicator).text
    end = hit.span.end + len(noun)
    while hit.span.end < end and folded.text.startswith(noun, end - len(noun)) and (more := _count_before().match(folded.text, end)):
        end, noun = more.end(), more["noun"]
        value, span = parse_number(more["value"]), folded.back(more.start("value"), end)
        if value is None:
            return
        comparator: Comparator = _POST[more["post"][-1]] if more["post"] else "="
        name = folded.back(more.start("noun"), end).of(folded.printed)
        yield replace(first, span=span, raw=span.of(folded.printed), indicator=name, value=value, upper=None, unit=more["unit"], comparator=comparator, by=None)


def _further(hit: Figure, text: str) -> list[re.Match[str]]:
    """The figures of the same unit listed right after one."""
    found: list[re.Match[str]] = []
    end = hit.span.end
    while hit.value is not None and hit.upper is None and len(found) < 9:
        more = _more(hit.unit or "").match(text, end)
        if more is None or parse_number(more["value"]) is None:
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
    if not all(_MEASURE.search(name) for name in names):
        names = []  # 城市和县城污水处理率: the parts share a head
    years = next((m for m in _YEARS.finditer(before)), None)
    dates = [parse_year(year) for year in _YEAR.findall(years[0])] if years else []
    for i, target in enumerate(values):
        if len(dates) == count and dates[i] is not None:
            yield replace(target, by=date(dates[i] or 1, 12, 31))
        elif len(names) == count:
            yield replace(target, indicator=names[i])
        else:
            yield target


def _indicator(hit: Figure, text: str, start: int, end: int) -> Span:
    """What a figure that ends at `end` (its list included) measures."""
    side, figure = hit.rule.fields["side"], hit.span.start
    if hit.match.groupdict().get("noun"):
        return Span(*hit.match.span("noun"))
    unit = (hit.unit or "").split("/")[0]
    given = side == "grant" and (unit in ("元", "美元", "%", "‰", "年", "个月") or hit.value is None)
    if (hit.rule.id == "target.share_ceiling" or unit == "元" and side == "left") and _GIVEN.match(text, end):
        return indicator_of_grant(text, start, figure, figure, end)
    lasts = _LASTS.search(text, hit.cue, figure) if side == "grant" and unit in ("年", "个月") else None
    if lasts:
        return Span(*lasts.span())
    act = _PROLONGED.search(text, hit.cue, figure) if side == "grant" else None
    if act and not alone_left(text, start, hit.cue):
        return Span(*act.span())
    if side == "stock":
        side = "right" if text[end : end + 1] == "的" else "left"
    if given or unit == "元" and hit.rule.id in ("target.each", "target.range.cue"):
        money = unit in ("元", "美元", "") or "tail" in hit.match.groupdict()
        return indicator_of_grant(text, start, hit.match.end("cue") if "tail" in hit.match.groupdict() else hit.cue, figure, end, money)
    if side == "right":
        end = hit.match.end("verb") if "verb" in hit.match.groupdict() else end
        right = indicator_right(text, end, whole=hit.rule.id == "target.share")
        return right if right.end - right.start >= 2 else indicator_left(text, start, hit.cue)
    if side == "between":
        inner = without_verbs(text, indicator_left(text, hit.match.end("cue"), figure))
        right = indicator_right(text, end)
        if inner.end - inner.start >= 2 and inner.of(text) not in _BARE and not bare_verb(inner.of(text)) and text[inner.end - 1] not in "内中上里":
            return inner
        if right.end - right.start >= 2:
            return right
        behind = last_object(text, hit.cue, figure)
        if behind.end - behind.start >= 2:
            return behind
        left = indicator_left(text, start, hit.cue)
        verb = hit.match.end("cue")
        return Span(left.start, verb) if left.start + 2 <= left.end == hit.cue and verb == figure and alone_left(text, start, verb) else left
    if unit == "元" and (funds := funds_right(text, end)):
        return funds
    left = indicator_left(text, start, hit.cue)
    if hit.unit is None and left.of(text) in _PERMITS:
        return indicator_right(text, end)  # 允许不超过五分之一|的居民|担任股东
    if text[end : end + 1] == "的" and (is_quota(text, hit.cue) or not alone_left(text, start, hit.cue)):
        right = indicator_right(text, end)
        if right.end - right.start >= 2:
            return right
    if hit.unit and unit not in ("%", "个百分点", "元", "倍") and text[end : end + 1] not in "，。；：、）和及或":
        right = indicator_right(text, end)
        if right.end - right.start >= 2 and not bare_verb(right.of(text)):
            return right
    return left


def _with_deed(hit: Figure, text: str, end: int, indicator: Span) -> Span:
    """What is counted, with what they are moved to do: 推动百家|企业建立研发中心| counts the enterprises that do so."""
    if indicator.start < end or text[indicator.end : indicator.end + 1] in "，。；：、" or not _DOERS.fullmatch(text, indicator.start, indicator.end):
        return indicator
    return indicator_right(text, end, whole=True) if _MOVES.search(text, max(0, hit.span.start - 8), hit.span.start) else indicator


def _target(hit: Figure, folded: Folded, indicator: Span) -> Target:
    groups = hit.match.groupdict()
    comparator: Comparator = hit.rule.fields["comparator"]
    if hit.post and not hit.rule.fields.get("fixed"):
        comparator = _POST[hit.post[-1]]
    if hit.rule.id == "target.raise_to" and not hit.post and _is_payment(hit, folded.text, indicator):
        comparator = "="
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


def _is_payment(hit: Figure, text: str, indicator: Span) -> bool:
    """Whether what is raised is a rate that the state pays: it is given as it stands, no more and no less."""
    if hit.unit == "%" and _PAID_SHARE.search(indicator.of(text)):
        return True
    money = (hit.unit or "").split("/")[0] == "元"
    return money and _PAYMENT.search(indicator.of(text)) is not None and "不" not in text[hit.cue : hit.span.start]


def _is_earlier(hit: Figure, text: str, year: int | None) -> bool:
    """Whether a figure in brackets is that of a year before the notice's: （2019年度控制目标为5.5%）."""
    told = _EARLIER.search(text, max(0, hit.cue - 60), hit.span.start) if year else None
    return told is not None and int(told["year"]) < (year or 0)


def _distinct(targets: list[Target]) -> list[Target]:
    """One target a place, in reading order."""
    places: dict[Span, Target] = {}
    for target in targets:
        places.setdefault(target.span, target)
    return [places[span] for span in sorted(places)]
