"""What a question asks (问句): who, when, how much, which, how many, whether or what; about which words, places, days and units."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from kb.query import everyday_words, organ_names
from kb.terms import searchable, segment


class Asked(StrEnum):
    """What a question wants to know."""

    WHO = "who"
    CONTACT = "contact"
    WHEN = "when"
    HOW_MUCH = "how much"
    HOW_MANY = "how many"
    WHICH = "which"
    STAGES = "stages"
    WHETHER = "whether"
    NUMBER = "document number"
    WHAT = "what"


# In this order: 找谁联系 is no 谁, 分几个阶段 no count of tasks.
_FORMS = (
    (Asked.NUMBER, r"(?:发文字号|文号|几号文)(?:是|为)?(?:什么|多少)?[？?]?$"),
    (Asked.CONTACT, r"联系(?:人|方式|电话)|(?:找谁|怎么|如何)联系|咨询电话|电话是多少"),
    (Asked.STAGES, r"(?:分|有|包括)(?:成|为)?(?:哪)?几(?:个|大)?(?:阶段|步骤?|环节|批)|(?:哪些|哪几个)(?:阶段|步骤|环节)"),
    (Asked.WHEN, r"什么(?:时候|时间|日期)|何时|哪一?[天日年月]|几月|多久|多长时间|几天内?|截止(?:时间|日期)|时限是|期限是|有效期"),
    (Asked.HOW_MANY, r"(?:多少|几|哪几)(?:大)?(?:项|个|条|件|类|种|家|份|批)"),
    (Asked.WHO, r"谁|(?:哪|什么)(?:个|家|一?级)?(?:部门|单位|机构|机关|科室|委办局)|由哪|归哪|责任单位是|牵头(?:单位|部门)是"),
    (Asked.HOW_MUCH, r"多少|多高|多大|几成|几名|几人|几次|百分之几|[高低快慢]到什么程度|标准是什么"),
    (Asked.WHICH, r"哪些|哪几|有什么|包括什么|哪[一二三四五六七八九十两]+[项个条种类]|分别是"),
    (Asked.WHETHER, r"吗[？?]?$|是不是|是否|能不能|可不可以|要不要|有没有|算不算|该不该|必须不必须|行不行"),
)
_ASKING = re.compile(
    r"怎么样?|如何|什么(?:时候|时间|样的?|日期)?|为什么|何时|哪(?:一?[天日年月]|些|几个?|个|里|种|家|级|[一二三四五六七八九十]?[项条])?|多少|多久|多高|多长时间|几(?:个|项|条|件|类|种|家|名|月|次|步|天)|"
    r"要不要|有没有|能不能|可不可以|算不算|是不是|会不会|该不该|是否|请问|想问|为止|指的?是|是指|叫做|之前|以前|[吗呢吧谁][？?]?"
)
# Words that a question is built with; passages that answer it need not have them.
_BUILT = frozenset(
    ["有关", "关于", "规定", "要求", "最迟", "最早", "最晚", "最多", "最少", "至少", "最高", "最低", "具体", "分别", "一共", "总共", "方面", "东西", "情况", "需要", "应该", "应当", "可以", "必须", "进行", "实行", "负责", "牵头", "组织", "达到", "稳定", "完成", "安排", "开展", "得到", "目标", "规定", "部门", "单位", "任务", "事项", "主要", "每个", "这个", "那个", "我们", "你们", "哪些", "工作", "方案", "文件", "通知", "意见", "办法", "里面", "其中", "由", "归", "被", "对", "在", "从", "到", "的", "了", "和", "与", "里", "中", "要", "有", "做", "能", "想", "把", "给", "向", "于", "各", "个", "以", "将", "还", "就", "都", "不", "是", "没有", "包括", "算不算", "所有", "全部", "关于", "对于", "通过", "同时", "其他", "一个", "一次", "想要", "别人", "自己", "人家", "开始", "结束", "禁止", "不得", "严禁", "不准", "不许", "不能", "允许", "先", "再", "会", "得", "可", "为", "所", "及", "或", "等", "每", "用", "上", "下", "过", "办", "算", "进", "买", "请", "时", "后", "前", "内"]
)
_COUNTED = re.compile(r"^[第一二三四五六七八九十两几\d]+(?:项|个|条|件|类|种|家|名|次|步)?$")
_FIGURES = (
    ("money", re.compile(r"多少(?:万|亿)?(?:元|块|钱)|(?:补贴|补助|奖励|罚款?|收费|资金|费用|奖金|价格).{0,6}多少(?!次|家|名|个|人|项)|多少钱"), re.compile(r"\d(?:\.\d+)?[万亿]?元|[一二三四五六七八九十百千万两]元")),
    ("temperature", re.compile(r"温度|多少度|摄氏"), re.compile(r"℃|摄氏|\d度")),
    ("hours", re.compile(r"学时|课时|小时"), re.compile(r"学时|课时|小时")),
    ("share", re.compile(r"率.{0,12}(?:多少|多高)|百分之|比例|占.{0,16}多少|几成"), re.compile(r"%|百分之|[一二三四五六七八九]成|分之")),
    ("people", re.compile(r"几名|几人|多少(?:名|人)"), re.compile(r"[\d一二三四五六七八九十百两]+(?:余|多)?(?:名|人|位)")),
    ("bodies", re.compile(r"(?:几|多少)家"), re.compile(r"[\d一二三四五六七八九十百两]+(?:余|多)?家")),
    ("figure", re.compile(r"多少|几次|多大"), re.compile(r"\d|[一二三四五六七八九十百两]+[个家名项次天年月倍]")),
)
_DAY = re.compile(r"(?P<year>(?:19|20)\d{2})年(?:(?P<month>1[0-2]|0?[1-9])月)?(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号])?(?P<end>年?底|末)?(?P<before>之?前|以前|内)?")
_NUMBER = re.compile(r"[\u3400-\u9fff]{1,12}[〔（]\d{4}[〕）]第?\d{1,5}号")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_SAID = re.compile(r"[“《\"]([^”》\"]{1,40})[”》\"]")


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a question names: 2013年11月, 2020年10月前 (without a first day)."""

    start: date | None
    end: date


@dataclass(frozen=True, slots=True)
class Question:
    """A question read: `words` are its own words, each with the official ones for it; `figure` finds the figure it asks for."""

    text: str
    folded: str
    asked: Asked
    words: tuple[tuple[str, tuple[str, ...]], ...]
    quoted: tuple[str, ...]
    years: tuple[int, ...]
    period: Period | None
    figure: re.Pattern[str] | None
    leading: bool  # asks for the lead alone
    forbidding: bool  # asks what is forbidden

    def about(self, places: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Its words without the names of the places that it is about."""
        return tuple((word, official) for word, official in self.words if not any(word in place or place in word and len(place) >= len(word) - 1 for place in places))


def read_question(text: str) -> Question:
    """What `text` asks.

    >>> read_question("云溪市的抽检合格率要达到多少？").asked.value, read_question("谁牵头？").leading
    ('how much', True)
    """
    folded = searchable(text).strip()
    asked = next((kind for kind, form in _FORMS if re.search(form, folded)), Asked.WHAT)
    figure = next((found for _, asks, found in _FIGURES if asks.search(folded)), None) if asked in (Asked.HOW_MUCH, Asked.HOW_MANY) else None
    return Question(
        text=text,
        folded=folded,
        asked=asked,
        words=tuple((word, _official(word)) for word in _words(folded)),
        quoted=tuple(match[1] for match in _SAID.finditer(folded)),
        years=tuple(int(year) for year in _YEAR.findall(folded)),
        period=_period(folded),
        figure=figure,
        leading="牵头" in folded and "负责" not in folded,
        forbidding=re.search("禁止|不得|严禁|不准|不许|不能(?!够)", folded) is not None and "能不能" not in folded,
    )


def _words(folded: str) -> list[str]:
    """The words that carry what is asked about, each once; characters that jieba knows no word for are one together."""
    bare = _ASKING.sub("\n", _DAY.sub("\n", _NUMBER.sub("\n", folded)))
    found: list[str] = list(_SAID.findall(folded))
    for run in re.findall(r"[\u3400-\u9fff]+|[a-z][a-z0-9.+-]*\d*", bare):
        single = ""
        for word in (*segment(run), ""):
            if len(word) == 1 and word not in _BUILT:
                single += word
                continue
            found += [single] if len(single) >= 2 else []
            single = ""
            if len(word) >= 2 and word not in _BUILT and not _COUNTED.match(word):
                found.append(word)
    return list(dict.fromkeys(found))


@cache
def _official(word: str) -> tuple[str, ...]:
    """The words that notices print for an everyday one, and today's names of an organ."""
    listed = [official for everyday, words in everyday_words() if everyday == word or (len(everyday) >= 2 and everyday in word) for official in words]
    return (*listed, *organ_names(word))


def _period(folded: str) -> Period | None:
    """The days that a date in the question covers; up to them where it says 前."""
    match = _DAY.search(folded)
    if match is None:
        return None
    year, month, day = (int(match[name]) if match[name] else None for name in ("year", "month", "day"))
    try:
        first = date(year or 1, month or 1, day or 1)
        last = date(year or 1, month or 12, day or calendar.monthrange(year or 1, month or 12)[1])
    except ValueError:
        return None
    return Period(None if match["before"] or match["end"] else first, last)
