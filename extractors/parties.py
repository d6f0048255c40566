"""Regulated parties (适用对象): whom a sentence binds, urges, encourages, favours, inspects or penalises, as printed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import islice, takewhile

from extractors.folding import Folded, fold
from extractors.mentions import Kind, Party
from extractors.overlap import keep_longest
from extractors.party_phrases import HARD, Phrase, Token, phrases, tokenize
from extractors.patterns import Pattern, load_data, load_patterns
from ingest.document import Span

_MAX_TAIL = 24
_BRACKET = re.compile(r"（[^（）\n]{0,30}）")
_LEADING = re.compile(
    r"(?:\d{1,3}[.．、]|[、的了着等和及与或并且其该好]|一批|一些|若干|部分|更多|同时|以及|进一步|切实|严格|特别是|\d+[家个名户所](?:以上)?(?:的)?)+"
)
_DETERMINER = re.compile("^(?:有关|相关|各类?|所有|全[省市县区]|辖区内?)+")
_TITLES = re.compile(r"《[^》\n]{0,120}》|“[^”\n]{0,60}”(?=[^，。；\n]{0,6}(?:建设|行动|工程|活动|平台|工作|计划|系统))")
_LISTED = frozenset("、和及与或")
_MODAL = re.compile("(?:都|均|也|一律|原则上|自觉|可)?(?:要|应|必须|须|不得|可以|可|需|严禁|禁止|凭|享受|依法|自愿)")


@cache
def _rules(role: str) -> tuple[Pattern, ...]:
    return tuple(p for p in load_patterns("parties") if p.fields["role"] == role)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_data("parties")["words"][name])


def _verdict(role: str, text: str) -> str:
    found = next((p for p in _rules(role) if p.regex.fullmatch(text)), None)
    return str(found.fields["verdict"]) if found else ""


def _tail(text: str, tokens: Sequence[Token], end: int) -> tuple[str, bool]:
    """The words behind a phrase that may make it part of a longer name, and whether a verb follows them."""
    bracket = _BRACKET.match(text, end)
    end = bracket.end() if bracket else end
    limit = min(len(text), end + _MAX_TAIL)
    first = bisect_left(tokens, end, key=lambda token: token.start)
    near = takewhile(lambda token: token.start <= limit, islice(tokens, first, None))
    stop = next((t for t in near if t.kind in HARD and t.word not in _words("deeds")), None)
    tail = text[end : min(stop.start, limit) if stop else limit].removeprefix("等")
    return tail.split("、", 1)[0], stop is not None and (stop.kind != "stop" or stop.word == "“") or "、" in tail


def _kept_by_name(text: str, tokens: Sequence[Token], phrase: Phrase, kind: Kind) -> bool:
    """Whether the phrase names a party at all, by its head's class."""
    head, name = phrase.head, text[phrase.start : phrase.end]
    governor = phrase.governor
    own = max(phrase.start, *(text.rfind(join, phrase.start, head.start) + 1 for join in "、和及与"))
    if name == "单位" and governor is not None and governor.word == "由":
        return True
    if head.kind == "tied" and (head.start <= own or _verdict("name", name) == "drop"):
        return False
    if head.word == "主体" and not _MODAL.match(text, phrase.end):
        return False
    if _verdict("any", name) == "drop" or text[phrase.start - 1 : phrase.start] == "（":
        return False
    if head.kind == "public" and kind not in ("support", "encouragement"):
        subject = (governor is None or governor.kind == "stop") and _MODAL.match(text, phrase.end)
        return bool(subject) or governor is not None and governor.word in _words("addresses") and not _verdict("thing", _tail(text, tokens, phrase.end)[0])
    return governor is None or governor.kind not in ("hire", "ground", "partner")


def _rule_for(text: str, tokens: Sequence[Token], phrase: Phrase, kind: Kind, end: int) -> str | None:
    """The rule by which the sentence binds or favours the phrase, None where it does not."""
    if not _kept_by_name(text, tokens, phrase, kind):
        return None
    tail, acts = _tail(text, tokens, end)
    governor = phrase.governor.word.removeprefix("充分") if phrase.governor else ""
    if governor in _words("urges") and acts and not tail.startswith("的"):
        return "party.urged"
    verdict = _verdict("tail", tail)
    if verdict == "drop":
        return None
    if governor in _words("calls_on") and verdict == "measure" and not _verdict("thing", tail):
        return "party.urged"
    if verdict != "measure":
        return f"party.{verdict or phrase.head.kind}"
    if kind == "support":
        return "party.favoured"
    if governor in _words("inspects"):
        return "party.inspected"
    return "party.urged" if governor in _words("assigns") and tail.endswith(("责任", "作用", "义务", "发展", "升级", "转型", "改造", "创新", "融资", "就业", "创业", "增收", "返岗", "复工复产", "复工", "参保", "成长")) else None


def _printed(folded: Folded, phrase: Phrase, rule: str) -> Party | None:
    lead = _LEADING.match(folded.text, phrase.start, phrase.end)
    start = lead.end() if lead and lead.end() < phrase.end else phrase.start
    span = folded.back(start, phrase.end)
    return Party(span, rule, span.of(folded.printed))


def _shortens(short: str, full: str) -> bool:
    """Whether `short` is what the sentence calls `full` for short: 小型企业 of 有关小型食品生产企业."""
    if full.endswith(short):
        return full[: -len(short)][-1:] not in ("非", "不", "无", "未")
    full = _DETERMINER.sub("", full)
    rest = iter(full)
    return len(short) > 2 and full[:2] == short[:2] and full[-2:] == short[-2:] and all(char in rest for char in short)


def _without_repeats(parties: Sequence[Party]) -> list[Party]:
    """Each party once; a short form of one that the sentence names in full is not repeated."""
    first = {party.name: party for party in reversed(parties)}
    kept = [p for name, p in first.items() if not any(full != name and _shortens(name, full) for full in first)]
    return sorted(kept, key=lambda party: party.span)


def _named(text: str) -> list[tuple[Span, str]]:
    """Enterprises named without a head word, with their rule: 以A、B为龙头, A、B等重点企业."""
    return [
        (Span(match.start("names") + piece.start(), match.start("names") + piece.end()), pattern.id)
        for pattern in _rules("named")
        for match in pattern.regex.finditer(text)
        for piece in re.finditer("[^、]+", match["names"])
    ]


def _list_ends(text: str, listed: Sequence[Phrase]) -> list[int]:
    """Where the list ends in which each phrase stands: what follows there is said of each part."""
    ends = [phrase.end for phrase in listed]
    for i in range(len(listed) - 2, -1, -1):
        if listed[i + 1].start == listed[i].end + 1 and text[listed[i].end] in _LISTED:
            ends[i] = ends[i + 1]
    return ends


def find_parties(sentence: str, kind: Kind | None) -> list[Party]:
    """The regulated parties of a sentence of that kind, in reading order, spans in the sentence.

    >>> [p.name for p in find_parties("督促餐饮企业和学校食堂落实主体责任。", "duty")]
    ['餐饮企业', '学校食堂']
    """
    folded = fold(sentence)
    text = folded.text
    if kind is None or _verdict("sentence", text.strip()) == "drop":
        return []
    tokens = tokenize(text)
    titles = [Span(m.start(), m.end()) for m in _TITLES.finditer(text)]
    names = _named(text)
    found = [Party(folded.back(span.start, span.end), rule, folded.back(span.start, span.end).of(sentence)) for span, rule in names]
    listed = phrases(text, tokens)
    for phrase, end in zip(listed, _list_ends(text, listed), strict=True):
        span = Span(phrase.start, phrase.end)
        if any(title.contains(Span(phrase.head.start, phrase.head.end)) for title in titles):
            continue
        rule = _rule_for(text, tokens, phrase, kind, end)
        after = max((name.end for name, _ in names if name.overlaps(span)), default=span.start)
        party = _printed(folded, replace(phrase, start=after), rule) if rule and after < span.end else None
        if party:
            found.append(party)
    return _without_repeats(keep_longest(found))
