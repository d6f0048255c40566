"""Search terms (检索词): what a text can be found by, on the side of the base and on the side of the query alike.

Plain terms are character bigrams, single characters, words of Latin letters, and Chinese words of three characters or more.
Marked terms carry a prefix: `#98%` a figure, `@国发〔2012〕9号` a document's number, `d:2019-12` a date, `r:P6M` a period, `a:who` what an
obligation answers to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from extractors.folding import fold
from extractors.numerals import NUMBER, parse_number

_CHINESE_RUN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z][a-z0-9]*(?:[.+-][a-z0-9]+){0,4}|\d{3,20}")
_DOCUMENT_NUMBER = re.compile(r"[\u3400-\u9fff]{1,12}〔\d{4}〕(?:第)?\d{1,5}号")
_YEAR_IN_BRACKETS = re.compile(r"[（〔]((?:19|20)\d{2})[）〕](?=第?\d{1,5}号)")
_FIGURE = re.compile(rf"(?P<percent>百分之)?(?P<value>{NUMBER})(?P<unit>个百分点|%|‰|[\u3400-\u9fffA-Za-z]?)")
# A unit that is none: what follows a figure in an ordinary word (一是, 二查) or opens the next one.
_NO_UNIT = frozenset("是查看要为以的和与及至到在对、年月日号条章节")
_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年)?(?:(?:(?P<month>1[0-2]|0?[1-9])月份?)(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号])?|(?<=年)[年]?(?P<end>底|末|内|终))?"
)
_PERIODS = (
    (re.compile(r"每半年|每隔?(?:六|6)个?月|半年一次"), "P6M"),
    (re.compile(r"每季度?|按季|每隔?(?:三|3)个?月"), "P3M"),
    (re.compile(r"每个?月|按月|每隔?(?:一|1)个?月"), "P1M"),
    (re.compile(r"每年|每年度|按年|一年一次|年年"), "P1Y"),
    (re.compile(r"每周|每星期|按周"), "P1W"),
    (re.compile(r"每天|每日|日报告"), "P1D"),
)
_PLACE_SUFFIXES = ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "自治县", "特别行政区", "省", "市", "县", "区", "盟", "旗")


def searchable(text: str) -> str:
    """The text as terms are cut from it: folded, in small letters, 文号 with one kind of bracket."""
    return _YEAR_IN_BRACKETS.sub(r"〔\1〕", fold(text).text).lower()


def bigrams(folded: str) -> Iterator[str]:
    """The character bigrams of the Chinese runs, and the words of Latin letters or long figures."""
    for run in _CHINESE_RUN.findall(folded):
        for i in range(len(run) - 1):
            yield run[i : i + 2]
    yield from _LATIN.findall(folded)


def characters(folded: str) -> list[str]:
    """The Chinese characters by themselves: by these a short name is found of which no two characters stand side by side."""
    return [one for run in _CHINESE_RUN.findall(folded) for one in run]


@cache
def _segmenter() -> Any:
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)
    return jieba


@cache
def _dictionary() -> dict[str, int]:
    """The words of jieba's dictionary with their frequency, and what they begin with (frequency 0)."""
    tokenizer = _segmenter().dt
    tokenizer.check_initialized()
    found: dict[str, int] = tokenizer.FREQ
    return found


def segment(folded: str) -> list[str]:
    """The words of a text, one after the other, as jieba parts it."""
    return list(_segmenter().cut(folded, HMM=False))


def words(folded: str) -> list[str]:
    """Every Chinese word of three characters or more (shorter ones are bigrams already) of jieba's dictionary that stands in the text.

    Those that lie across others too: a query is looked up in the same way, and cutting a text would take three times as long.
    """
    known, found = _dictionary(), []
    for run in _CHINESE_RUN.findall(folded):
        for start in range(len(run) - 2):
            end = start + 2
            while run[start:end] in known and end < len(run):
                end += 1
                if known.get(run[start:end]):
                    found.append(run[start:end])
    return found


def known_words(folded: str, vocabulary: Any) -> list[str]:
    """Every stretch of the text that is a word of `vocabulary` (`kb.vocabulary`): what `words` would give, without loading jieba."""
    found: list[str] = vocabulary.known(stretches(folded))
    return found


def stretches(folded: str, longest: int = 7) -> list[str]:
    """What may be a word of three characters or more."""
    return [
        run[start:end]
        for run in _CHINESE_RUN.findall(folded)
        for start in range(len(run) - 2)
        for end in range(start + 3, min(len(run), start + longest) + 1)
    ]  # fmt: skip


def document_numbers(folded: str) -> list[str]:
    """The document numbers (发文字号), each with every shorter code it may be meant by."""
    found = []
    for number in _DOCUMENT_NUMBER.findall(folded):
        code, rest = number.split("〔", 1)
        rest = rest.replace("〕第", "〕")
        # The run before the bracket may begin with the sentence: 根据国发〔2012〕9号.
        found += [f"@{code[start:]}〔{rest}" for start in range(max(0, len(code) - 6), len(code))]
    return found


def number_tail(folded: str) -> list[str]:
    """The year and serial of each document number (〔2012〕9号), by which it is found whatever precedes."""
    return ["@〔" + number.split("〔", 1)[1].replace("〕第", "〕") for number in _DOCUMENT_NUMBER.findall(folded)]


def figures(folded: str) -> Iterator[str]:
    """Figures with their unit, numerals in characters and 万, 亿 resolved: 五百亿元 and 500亿元 are `#50000000000元`."""
    for match in _FIGURE.finditer(folded):
        value = parse_number(match["value"])
        unit = "%" if match["percent"] else match["unit"]
        if value is None or (unit in _NO_UNIT and not match["percent"]) or (not unit and value < 10):
            continue
        if value < 10 and unit != "%" and not match["value"][0].isdigit():
            continue  # 一批, 一次: rather an article than a figure
        yield f"#{value:g}{unit}"


def dates(folded: str) -> Iterator[str]:
    """Dates that the text names, as terms of every precision they have: `d:2019-12-31`, `d:2019-12`, `d:06-20`."""
    for match in _DATE.finditer(folded):
        year, month, day, end = match.group("year", "month", "day", "end")
        if year and end:
            yield from date_terms(f"{year}-12-31")
        elif year and month:
            yield f"d:{year}-{int(month):02d}"
            if day:
                yield f"d:{year}-{int(month):02d}-{int(day):02d}"
        elif month and day:
            yield f"d:{int(month):02d}-{int(day):02d}"
        elif year:
            yield f"d:{year}"


def date_terms(iso: str) -> list[str]:
    """The terms of one date of a record: the day with and without its year, the month, the year."""
    return [f"d:{iso}", f"d:{iso[:7]}", f"d:{iso[:4]}", f"d:{iso[5:]}"]


def periods(folded: str) -> Iterator[str]:
    """Periods at which something is repeated: 每半年 and 每隔六个月 are `r:P6M`."""
    for pattern, period in _PERIODS:
        if pattern.search(folded):
            yield f"r:{period}"


def marked_terms(folded: str) -> Iterator[str]:
    """The terms with a prefix that a text itself prints: numbers of documents, figures, periods."""
    yield from document_numbers(folded)
    yield from number_tail(folded)
    yield from figures(folded)
    yield from periods(folded)


def bare_place(name: str) -> str:
    """A place's name without what it is: 云溪市 → 云溪; short names stay whole.

    >>> bare_place("云溪市"), bare_place("沙县")
    ('云溪', '沙县')
    """
    suffix = next((s for s in _PLACE_SUFFIXES if name.endswith(s) and len(name) - len(s) >= 2), "")
    return name.removesuffix(suffix) if suffix else name
