"""Trades (行业、主体): the taxonomy of regulated parties, 乳制品 ⊂ 食品, with the words that notices and profiles print for them.

`data/trades.tsv`: a `trade` is what an enterprise is in (a profile that names its trades is in no others), a `body` is a
school, hospital or the like that is no enterprise, a `trait` any enterprise may have beside its trade (特种设备, 出口). `does` says
what whoever is in a trade does there; a `shield` keeps words from being read as a trade (高校毕业生). The divisions follow GB/T 4754-2017.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Kind = Literal["trade", "body", "trait", "shield"]
# What parties do with the goods of their trade, by the words that notices print; the first that fits at a place counts.
_ACTS = (
    (r"生产经营|产销", ("make", "sell")),
    (r"生产|制造|加工|酿造|工业(?!园|区)", ("make",)),
    (r"经营|销售|零售|批发|流通|商贸|经销|专卖", ("sell",)),
    (r"餐饮", ("cater",)),
    (r"使用", ("use",)),
    (r"贮存|储存|仓储|运输|配送|寄递", ("store",)),
    (r"种植|养殖|栽培|捕捞", ("farm",)),
    (r"施工|建设单位", ("build",)),
    (r"检验检测|检测机构", ("test",)),
    (r"开采|采掘", ("mine",)),
    (r"平台", ("net",)),
)
_ACT = re.compile("|".join(f"(?P<a{n}>{words})" for n, (words, _) in enumerate(_ACTS)))


@dataclass(frozen=True, slots=True)
class Trade:
    """One row of the taxonomy."""

    name: str
    kind: Kind
    parents: tuple[str, ...]
    does: frozenset[str]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Trades that a text names at a place; several where one word stands for several (肉蛋奶)."""

    start: int
    end: int
    trades: frozenset[str]


@cache
def load_trades() -> dict[str, Trade]:
    """The taxonomy by name."""
    rows = files("kb").joinpath("data", "trades.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {row[0]: _trade(*row) for row in (line.split("\t") for line in rows)}


def _trade(name: str, kind: str, parents: str, does: str, words: str) -> Trade:
    known: Kind = "trait" if kind == "trait" else "body" if kind == "body" else "shield" if kind == "shield" else "trade"
    return Trade(name, known, tuple(parents.split()), frozenset(does.split()), tuple(words.split()))


@cache
def _by_head() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Every word with its trades, by its first two characters, the longest first."""
    meaning: dict[str, set[str]] = {}
    for trade in load_trades().values():
        for word in (*trade.words, *((trade.name,) if trade.kind != "shield" else ())):
            meaning.setdefault(word.lower(), set()).update(() if trade.kind == "shield" else (trade.name,))
    table: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for word in sorted(meaning, key=len, reverse=True):
        table.setdefault(word[:2], []).append((word, frozenset(meaning[word])))
    return table


def find_trades(text: str) -> list[Named]:
    """The trades that a text names, in reading order; at each place the longest word counts.

    >>> [sorted(named.trades) for named in find_trades("乳制品和食品相关产品生产企业")]
    [['乳制品'], ['食品相关产品']]
    """
    text, found, behind = text.lower(), [], 0
    table = _by_head()
    for at in range(len(text) - 1):
        head = text[at : at + 2]
        if head not in table or at < behind:
            continue
        for word, trades in table[head]:
            if text.startswith(word, at):
                behind = at + len(word)
                if trades:
                    found.append(Named(at, behind, trades))
                break
    return found


@cache
def above(name: str) -> frozenset[str]:
    """A trade with all that it is a part of."""
    parents = load_trades()[name].parents
    return frozenset({name}).union(*map(above, parents))


def chain(name: str, ancestor: str) -> tuple[str, ...]:
    """The way up from a trade to one that holds it, both included; empty where it does not."""
    if name == ancestor:
        return (name,)
    ways = (chain(parent, ancestor) for parent in load_trades()[name].parents)
    way = next(filter(None, ways), ())
    return (name, *way) if way else ()


def find_acts(text: str) -> frozenset[str]:
    """What a text says that is done with goods: 生产, 经营, 使用 …

    >>> sorted(find_acts("食品生产经营者")), sorted(find_acts("药品使用单位"))
    (['make', 'sell'], ['use'])
    """
    return frozenset(act for match in _ACT.finditer(text) for act in _ACTS[int(str(match.lastgroup)[1:])][1])
