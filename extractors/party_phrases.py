"""Noun phrases of regulated parties (适用对象): how far a phrase reaches around the word that names the party.

A head word (企业, 养老机构, 经营者) is found by the list; its modifiers stand left of it, up to the verb or preposition
that governs it (督促, 对, 加强) or the start of the clause. A modifier that ends in 的 may hold verbs of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

_MAX_REACH = 80  # characters left of a head that may belong to it
_MAX_QUOTE = 16  # characters of a quoted name within a phrase: “品牌”示范企业
_MAX_JOIN = 10  # characters between two heads of one phrase: 企业|质量安全|管理人员
HARD = frozenset({"stop", "prep", "urge", "verb", "modal", "hire", "ground", "partner"})
_BEFORE_CLAUSE = frozenset(["对", "对于", "为", "向", "给"])
_JOIN = re.compile("等?[、和及与或]?")
_SHARED = {"个人": ("和", "、", "以及", "或者", "或", "及")}  # 从事…的单位和个人 is one phrase
_FIRST_AMONG = re.compile("等(?:重点|优势|骨干|龙头|知名|大型|领军)")  # 甲公司、乙公司等优势企业: each is named
_HEADS = frozenset({"free", "tied", "public"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the lists, or a stop, in a folded sentence."""

    start: int
    end: int
    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase in a folded sentence: `head` is its last head word, `governor` the word just before it."""

    start: int
    end: int
    head: Token
    governor: Token | None


def _read(name: str) -> dict[str, str]:
    text = files("extractors").joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line)
    return {row[0]: row[1] for row in rows}


@cache
def load_party_words() -> dict[str, str]:
    """Heads with their class (free, tied, public) and the words around them (prep, urge, verb, modal, organ, shield …)."""
    return _read("party_words") | _read("party_heads")


@cache
def _words() -> re.Pattern[str]:
    ranked = sorted(load_party_words(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ranked)) + r"|[，；：。！？\n“”‘’《》〔〕（）\t]")


def tokenize(text: str) -> list[Token]:
    """The words of the lists and the stops of a folded sentence, from left to right, the longest first at each place."""
    kinds = load_party_words()
    return [Token(m.start(), m.end(), kinds.get(m[0], "stop"), m[0]) for m in _words().finditer(text)]


def _reach(text: str, tokens: Sequence[Token], index: int) -> tuple[int, Token | None]:
    """The start of the phrase whose first head is `tokens[index]`, and the word or stop that bounds it."""
    floor = max(0, tokens[index].start - _MAX_REACH)
    place, relative, series = tokens[index].start, False, False
    pending: Token | None = None  # a verb inside a 的-clause that may yet be the main verb of its own clause
    quote = -1  # index of the “ whose quoted name is being passed over
    for at in range(index - 1, -2, -1):
        token = tokens[at] if at >= 0 else None
        if at >= 0 and at >= quote >= 0:
            place = tokens[at].start
            continue
        left = token.end if token else 0
        between = text[max(left, floor) : place]
        relative = relative or "的" in between
        head_before = token is not None and token.kind in _HEADS
        beside = between.rfind("与")
        if beside >= 0 and not relative and not (head_before and beside == 0):
            return left + beside + 1, Token(left + beside, left + beside + 1, "partner", "与")
        if left <= floor:
            break
        if token is not None and token.word == "”":
            quote = next((i for i in range(at - 1, max(at - 8, -1), -1) if tokens[i].word == "“"), -1)
            if quote >= 0 and token.start - tokens[quote].start <= _MAX_QUOTE:
                place = token.start
                continue
            quote = -1
        if head_before and not relative and not (between in _SHARED.get(tokens[index].word, ()) or between == "或" and tokens[index].kind == "tied"):
            series = series or between.startswith(("等", "、")) and "等" in between and not _FIRST_AMONG.search(between)
            if not series:
                return left + _JOIN.match(between).end(), token  # type: ignore[union-attr]
        if head_before and relative and between.startswith(("及", "和", "以及")):
            return left + between.index("及" if "及" in between[:2] else "和") + 1, token
        if token is not None and token.kind == "organ" and _JOIN.fullmatch(text, token.end, token.end + 1) and not relative:
            return token.end + 1, next((t for t in reversed(tokens[max(0, at - _MAX_JOIN) : at]) if t.kind in HARD), None)
        if token is not None and token.kind in HARD:
            if not relative:
                noun = between.startswith("、")  # 技术支持、人才培训: a thing listed, no verb
                return left + noun, replace(token, kind="verb", word="、") if noun else token
            if token.kind in ("stop", "urge") or token.word in _BEFORE_CLAUSE:
                return (pending.end, pending) if pending and token.kind == "stop" else (left, token)
            pending = token if token.kind == "hire" else pending
        place = token.start if token else 0
    return (pending.end, pending) if pending else (max(floor, 0) if place > floor else place, None)


def phrases(text: str, tokens: Sequence[Token]) -> list[Phrase]:
    """The noun phrases around the heads of a folded sentence, in reading order."""
    found: list[Phrase] = []
    index = 0
    while index < len(tokens):
        if tokens[index].kind not in _HEADS:
            index += 1
            continue
        first = last = index
        while (nxt := _joined(text, tokens, last)) is not None:
            last = nxt
        start, governor = _reach(text, tokens, first)
        if governor is not None and governor.kind in _HEADS and found and found[-1].head is governor:
            governor = found[-1].governor  # what governs a list governs each of its parts
        found.append(Phrase(start, tokens[last].end, tokens[last], governor))
        index = last + 1
    return found


def _joined(text: str, tokens: Sequence[Token], index: int) -> int | None:
    """The next head where it belongs to the same phrase: nothing but modifiers between."""
    for at in range(index + 1, len(tokens)):
        token = tokens[at]
        gap = text[tokens[index].end : token.start]
        if len(gap) > _MAX_JOIN or token.kind in HARD or any(c in gap for c in "、和及与或等") or "的" in gap[:-1] + gap[1:]:
            return None
        if token.kind in _HEADS:
            return at
    return None
