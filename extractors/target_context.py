"""What figures are no targets: facts, thresholds, conditions, points, statistics (the words around the figure tell)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, cached_property
from itertools import accumulate

from extractors.figures import Figure
from extractors.numerals import NUMBER
from extractors.patterns import load_data

# Units that measure a property of the noun (10亿元企业), where others count the noun itself (10家企业).
_ATTRIBUTES = frozenset(
    ["元", "美元", "人", "人次", "名", "户", "年", "个月", "天", "平方米", "㎡", "公里", "米", "亩", "公顷", "吨", "吨标准煤", "%", "平方公里", "立方米", "小时", "千瓦", "张", "头", "只", "岁", "kW", "MW", "GW", "m2", "km", "km2", "kg", "t", "ha", "m", "m²", "km²", "Mbps", "Gbps", "TB", "PB"]
)
_THRESHOLDS = frozenset(["increase", "decrease", "range", "reach", "count", "raise_to", "at_least", "at"])
_PLAIN = frozenset(["share", "share_left", "times", "stock", "proportion", "jobs", "for_count", "price", "money_short", "raise_ceiling", "share_used"])
_NORMS = frozenset(["floor", "ceiling", "stock", "share_ceiling"])
_TOLD = 2  # signs of the past in one block without an aim
_REPORT = 12  # statistics in one text; plans quote a few of the past, a 统计公报 over a hundred
_NEAR = 8  # lines back to the heading that a paragraph stands under
_HEADING = 24  # characters of such a heading
_AIMS = re.compile("目标|指标")
_LEFTS = re.compile(r"[。；！？\n]")
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d①-⑳]{1,3}[）)、.．]|[①-⑳]")
_COUNTER = re.compile(r"[一二三四五六七八九十]+|\d+|[①-⑳]")
_WHOM = re.compile(r"(?:对|凡|凡是)(?![口外接标象应])[^，。；\n]{2,40}?[一-鿿]")
_LISTED_BEFORE = re.compile(r"\d(?:%|成)(?:以上|以下)?[、和及或]$")  # 增速达到10%以上、|20%以上的企业
_NO_NOUN = re.compile(
    r"和|及|以及|并|的|为|作|用|给|每|之间|水平|目标|总|其中|到|左|上|以|且|后|时|开展|进行|大关|关口|补齐|配建|配齐|配备"
)


@cache
def _vetoes() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(regex) for name, regex in load_data("targets")["veto"].items()}


def is_report_of_statistics(text: str) -> bool:
    """Whether a folded text reports figures of the past all along, as a 统计公报 does."""
    return sum(1 for _ in _vetoes()["statistic"].finditer(text)) >= _REPORT


class Sentences:
    """Where sentences begin and end, which blocks list conditions or only tell what was done, and whether the whole is a
    report of statistics."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._ends = [match.start() for match in _LEFTS.finditer(text)]
        self._blocks = [0, *accumulate(map(len, text.splitlines(keepends=True)))]
        self._tales: dict[int, bool] = {}

    @cached_property
    def statistics(self) -> bool:
        """Whether the whole is a report of statistics."""
        return is_report_of_statistics(self.text)

    def before(self, at: int) -> int:
        """Where the sentence that holds `at` begins."""
        index = bisect_left(self._ends, at)
        return self._ends[index - 1] + 1 if index else 0

    def after(self, at: int) -> int:
        """Where the sentence that holds `at` ends, 300 characters on at most."""
        limit = min(len(self.text), at + 300)
        index = bisect_left(self._ends, at)
        return min(self._ends[index], limit) if index < len(self._ends) else limit

    def is_condition(self, at: int) -> bool:
        """Whether `at` stands in a block of a list of conditions (申报条件：)."""
        starts, listing = self._conditions
        return listing[bisect_right(starts, at) - 1]

    def is_tale(self, at: int) -> bool:
        """Whether `at` stands in a block that only tells what was done: exact figures and no aim."""
        index = bisect_right(self._blocks, at) - 1
        if index not in self._tales:
            self._tales[index] = _is_tale(self.text[self._blocks[index] : self._blocks[index + 1]])
        return self._tales[index]

    def is_aim(self, at: int) -> bool:
        """Whether the nearest heading above `at` speaks of aims (一、目标任务)."""
        index = bisect_right(self._blocks, at) - 2
        for i in range(index, max(-1, index - _NEAR), -1):
            line = self.text[self._blocks[i] : self._blocks[i + 1]].strip()
            if line and len(line) <= _HEADING and "。" not in line and _ITEM.match(line):
                return _AIMS.search(line) is not None
        return False

    @cached_property
    def _conditions(self) -> tuple[list[int], list[bool]]:
        """Where each line begins, and whether it belongs to a list of conditions: behind its lead-in, numbered alike."""
        starts, flags = [0], [False]
        numbering = ""
        opens = _vetoes()["opens_conditions"]
        text = self.text
        end = text.find("\n")
        while end >= 0:
            listing = flags[-1]
            if opens.search(text[max(starts[-1], end - 40) : end]):
                listing, numbering = True, ""
            elif listing:
                head = _ITEM.match(text, end + 1)
                kind = _COUNTER.sub(lambda m: "1" if m[0].isascii() else "一", head[0]) if head else ""
                numbering = numbering or kind
                listing = bool(kind) and kind == numbering
            starts.append(end + 1)
            flags.append(listing)
            end = text.find("\n", end + 1)
        return starts, flags


def is_no_target(hit: Figure, text: str, sentence: int, starts: Sentences) -> bool:
    """Whether the words around a figure make it a fact, a threshold, a condition, a score or a statistic."""
    veto = _vetoes()
    name = hit.rule.id.split(".")[1]
    stop = starts.after(hit.span.end)
    after = text[_past_list(hit, text) : stop + 1]
    before = text[max(sentence, hit.cue - 300) : hit.span.start]
    whole = text[max(sentence, hit.cue - 300) : stop]
    if starts.is_condition(hit.cue) and not (hit.unit == "元" and hit.rule.fields["side"] == "grant"):
        return True
    given = bool(veto["grants"].search(text, hit.cue, hit.span.start))
    if not given and name not in _NORMS | {"price", "set", "grant_rate"} and starts.is_tale(hit.cue):
        return True
    if name == "share" and _LISTED_BEFORE.search(text, max(0, hit.cue - 8), hit.cue):
        return True
    if name in _THRESHOLDS and veto["threshold"].search(after) and not given:
        return True
    if hit.rule.fields.get("intent") and not veto["intent"].search(whole) and not starts.is_aim(hit.cue):
        return True
    if name != "ceiling" and _is_frequency(hit, before, after):
        return True
    statistic = starts.statistics or not hit.post and not given and veto["statistic"].search(whole)
    if statistic and not veto["intent"].search(whole):
        return True
    if veto["sentence"].search(whole) or veto["conditional"].search(after):
        return True
    if text[hit.cue - 1 : hit.cue] == "每" and name in ("increase", "decrease", "count", "range"):
        return True
    if _is_fact(before, firm=name in _NORMS or hit.post.endswith("以上")):
        return True
    return _names_whom(hit, before, after) or _delimits(hit, name, text, before, after)


def _past_list(hit: Figure, text: str) -> int:
    """Where the list of figures ends that begins with a figure: 达到1亿元|、5亿元、10亿元|的企业."""
    if hit.value is None or not hit.unit:
        return hit.span.end
    listed = _listed(hit.unit).match(text, hit.span.end)
    return listed.end() if listed else hit.span.end


@cache
def _listed(unit: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:、|和|及|或者?)(?:{NUMBER}){re.escape(unit)}(?:以上|以下|以内)?){{1,8}}(?=的)")


def _names_whom(hit: Figure, before: str, after: str) -> bool:
    """Whether the figure tells whom something is done to: 对种植面积50亩以上|的大户给予…"""
    clause = before[max(before.rfind(mark) for mark in "，：；。\n") + 1 :]
    if hit.unit == "%" or not after.startswith("的") or not _vetoes()["delimits"].match(after):
        return False
    return _WHOM.match(clause) is not None and "的" not in clause


def is_quota(text: str, cue: int) -> bool:
    """Whether a verb before a figure takes that share of what follows: 随机抽取|不少于10%|的企业."""
    return bool(_vetoes()["quota"].search(text[max(0, cue - 8) : cue]))


def _is_frequency(hit: Figure, before: str, after: str) -> bool:
    """Whether the figure says how often something is done: 每年至少2次, 1次/年, 至少开展1次检查."""
    base, _, per = (hit.unit or "").partition("/")
    if base not in ("次", "轮", "场", "期"):
        return False
    if hit.value == 1 or per and _vetoes()["period"].match("每" + per):
        return True
    return base in ("次", "轮") and bool(_vetoes()["period"].search(before[-30:]) or _vetoes()["period"].match(after))


def _is_tale(block: str) -> bool:
    """Whether a block only tells what was done: exact figures and no aim."""
    veto = _vetoes()
    told = sum(1 for _ in veto["exact"].finditer(block)) + sum(1 for _ in veto["told"].finditer(block))
    return told >= _TOLD and not veto["aims"].search(block)


def _is_fact(before: str, firm: bool = False) -> bool:
    """Whether the words before a figure tell what is so, with no word of intent after that (`firm`: a floor or ceiling)."""
    told = _vetoes()["fact_firm" if firm else "fact"]
    facts = [match.end() for match in told.finditer(before)]
    return bool(facts) and not _vetoes()["intent"].search(before, facts[-1])


def _delimits(hit: Figure, name: str, text: str, before: str, after: str) -> bool:
    """Whether the figure only says which ones are meant: 年收入超10亿元|企业."""
    base = (hit.unit or "").split("/")[0]
    if hit.rule.fields["side"] == "grant" and base in ("元", "美元", "%", "年", "个月"):
        return name == "ceiling" and bool(_vetoes()["delimits"].match(after))
    if name in _PLAIN:
        return False
    if name == "count" and hit.post in ("以下", "及以下", "或以下") and base in _ATTRIBUTES:
        return True
    if is_quota(text, hit.cue):
        return False
    named = hit.cue > 0 and text[hit.cue - 1] not in "，。；：！？\n、"
    if _vetoes()["delimits"].match(after) and (named and base in _ATTRIBUTES):
        return name not in ("count", "each")
    follows = after[:1]
    noun = "\u4e00" <= follows <= "\u9fff" and not _NO_NOUN.match(after)
    if name in ("reach", "at", "above", "below", "at_least", "raise_to", "lower_to") and base in _ATTRIBUTES and noun:
        return named or name in ("reach", "above") or name == "at_least" and base != "%"
    if name == "at_least" and base in _ATTRIBUTES and base != "%":
        return True
    return name == "at_least" and not noun and not named
