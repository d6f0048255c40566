"""Wording: texts as sets of terms that stay the same when an office says a thing in its own words.

Words that notices use for one another (健全, 完善, 建立) become one mark, words of place (全市, 我县, 辖区) fall away, and
what remains is compared by character bigrams, weighted by how rare they are in the texts compared.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from extractors.folding import fold

_FIRST_MARK = 0xE000  # private use: no text prints these characters
_LOCAL = re.compile(
    r"[全我本各](?:省|市|县|区|镇|乡|州|盟|旗|街道|村|地区|地)(?:范围)?内?|(?:本|所在)?(?:辖区|镇域|县域|市域|区域|行政区域)内?|本级|[市县区镇乡]内|各级|各地|各|有关|相关|下列|上述"
)
_GLUE = re.compile(r"(?<![\u3400-\u9fff])[一二三四五六七八九十]{1,2}(?:是(?!否)|要)|的|了|等(?=[^级候待])|等$|及其|以及|[及或并]|(?<!参)与(?!会)|(?<!共)和(?!谐|平|睦|解)|对(?![比应接口照外象策手])|“|”|《|》|（|）|、")
_RUN = re.compile(r"[\u3400-\u9fff]+|[A-Za-z0-9.%/+]+|[\ue000-\uefff]")
_LIGHT = 0.2  # an action's weight beside its object's
PARTLY = 0.3  # what a bigram earns whose characters stand apart in the other text


@cache
def _groups() -> tuple[re.Pattern[str], Mapping[str, str], frozenset[str]]:
    """The expression of all near words, the mark of each, and the marks that are light."""
    rows = files("extractors").joinpath("data", "near_words.tsv").read_text(encoding="utf-8").splitlines()
    marks: dict[str, str] = {}
    light = set()
    for at, row in enumerate(row for row in rows if row and not row.startswith("#")):
        weight, words = row.split("\t")
        mark = chr(_FIRST_MARK + at)
        if weight == "light":
            light.add(mark)
        for word in words.split():
            marks.setdefault(word, mark)
    longest_first = sorted(marks, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first))), marks, frozenset(light)


@lru_cache(maxsize=65536)
def terms(text: str) -> tuple[str, ...]:
    """The terms of a text in reading order, each as often as it stands there.

    >>> terms("健全督查机制") == terms("完善督导制度")
    True
    """
    pattern, marks, _ = _groups()
    bare = _GLUE.sub("\n", _LOCAL.sub("\n", fold(text).text))
    marked = pattern.sub(lambda match: marks[match[0]], bare)
    found: list[str] = []
    for run in _RUN.findall(marked):
        if run[0] < "\u3400" or run[0] >= chr(_FIRST_MARK) or len(run) == 1:
            found.append(run)
        else:
            found += (run[i : i + 2] for i in range(len(run) - 1))
    return tuple(found)


@dataclass(frozen=True)
class Weights:
    """How much each term tells: rare ones much, actions little."""

    counts: Mapping[str, int]
    size: int
    known: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Weights:
        """Weights from the clauses of everything compared."""
        counts: Counter[str] = Counter()
        size = 0
        for text in texts:
            counts.update(set(terms(text)))
            size += 1
        return cls(counts, max(size, 1))

    def __getitem__(self, term: str) -> float:
        known = self.known.get(term)
        if known is None:
            known = self.known[term] = self._weigh(term)
        return known

    def _weigh(self, term: str) -> float:
        rarity = math.log(1 + self.size / (self.counts.get(term, 0) + 1))
        light = _groups()[2]
        return rarity * (_LIGHT if term in light else 0.5 if len(term) == 1 and term < "\ue000" else 1.0)


def is_light(term: str) -> bool:
    """Whether a term is an action that tells little of its object."""
    return term in _groups()[2]


@lru_cache(maxsize=65536)
def term_set(text: str) -> frozenset[str]:
    """The terms of a text, each once."""
    return frozenset(terms(text))


def share(wanted: Iterable[str], given: frozenset[str], weights: Weights, partly: float = PARTLY) -> float:
    """How much of the wanted terms' weight the given terms bear, 0 to 1; `partly` for bigrams torn apart."""
    characters: set[str] | None = None
    total = found = 0.0
    for term in wanted:
        weight = weights[term]
        total += weight
        if term in given:
            found += weight
        elif partly and len(term) == 2:
            if characters is None:
                characters = set().union(*given)
            found += weight * partly * ((term[0] in characters) + (term[1] in characters)) / 2
    return found / total if total else 0.0
