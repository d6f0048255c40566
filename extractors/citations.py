"""Citations (引用): laws, standards and policy documents that a notice names, in 《》 or by 发文字号."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.citation_relations import Relations, words
from extractors.finder import Finder
from extractors.folding import Folded, fold
from extractors.mentions import Citation
from extractors.overlap import reading_order
from extractors.patterns import load_patterns
from ingest.document import Span

_MAX_TITLE = 150
_ABBREVIATION = re.compile(r"(?:简称|下称|统称|合称|又称|以下)(?:为|作)?[“：]?$")
_ISSUED_TEXT = re.compile(r"^(?:（[^（）\n]{1,16}）)?(?:等[^（）《》，。\n]{0,8})?的(?:通知|决定|意见|公告|函|命令|通告|批复)")
_UNQUOTED = re.compile(r"(?P<title>[一-鿿A-Za-z0-9“”、（）—]{2,40}?关于[^《》，。；：\n]{2,80}?(?:通知|意见|决定|方案|办法|批复|函|公告|纲要|规划))$")
_GIVEN_OUT = re.compile(r"[^。；！？\n]{0,300}?(?:印发|公布|发布|下发)(?:给你们|如下|给|，请)")
_NOW_GIVEN = re.compile(r"[^。；！？\n]{0,300}?，现(?:予|予以|一并)?(?:印发|公布|发布|下发)")
_TITLE_MARK = re.compile(r"[《》\n]")


@dataclass(frozen=True, slots=True)
class _Found:
    """A citation in the folded text: `span` with its number, `opens` where the title begins."""

    span: Span
    rule: str
    title: Span | None
    number: Span | None


def find_citations(text: str | Folded) -> list[Citation]:
    """Every document cited in a passage or a whole text (newlines end blocks), in reading order.

    >>> [(c.title, c.document_number, c.relation) for c in find_citations("根据《甲市促进办法》（甲政发〔2020〕3号）制定")]
    [('甲市促进办法', '甲政发〔2020〕3号', 'basis')]
    """
    printed = text.printed if isinstance(text, Folded) else text
    folded = fold(printed.replace("\t", "\n"))  # what stands in one cell does not govern the next
    numbers = _numbers(folded.text)
    titled = list(_titled(folded.text, numbers))
    used = {found.number for found in titled}
    covered = sorted((f.span for f in titled), key=lambda span: span.start)
    alone = [n for n in numbers if n[0] not in used and not _within(n[0], covered)]
    found = sorted([*titled, *(_alone(folded.text, *n) for n in alone if not n[1].endswith("standard"))], key=reading_order)
    return list(_citations(folded, found))


def _citations(folded: Folded, found: list[_Found]) -> Iterator[Citation]:
    """The mentions with their relation; an abbreviation (以下简称《条例》) stands for what it abbreviates."""
    names: dict[str, _Found] = {}
    last: _Found | None = None
    relations = Relations(folded.text, [item.span for item in found])
    for i, item in enumerate(found):
        title = item.title.of(folded.text) if item.title else None
        if title and last and _ABBREVIATION.search(folded.text, max(0, item.span.start - 8), item.span.start):
            if "\n" not in folded.text[last.span.end : item.span.start] and item.span.start - last.span.end <= 60:
                names[title] = last
            continue
        if title and (_no_document(title) or _is_carried(folded.text, item.span)):
            continue
        relation = relations.of(i)
        if title and relation == "mention" and not item.number and not words()["document"].search(title):
            continue
        last = item
        full = names.get(title or "", item)
        span = folded.back(item.span.start, item.span.end)
        yield Citation(
            span=span,
            rule=item.rule,
            title=_printed(folded, full.title),
            document_number=_printed(folded, full.number),
            relation=relation,
        )


def _printed(folded: Folded, span: Span | None) -> str | None:
    if span is None:
        return None
    printed = folded.back(span.start, span.end).of(folded.printed)
    return re.sub(r"(?<=[^A-Za-z])\s+|\s+(?=[^A-Za-z])", "", printed)


def _is_carried(text: str, span: Span) -> bool:
    """Whether the notice itself issues the document: 现将《甲办法》《乙办法》印发给你们."""
    if not _GIVEN_OUT.match(text, span.end):
        return False
    before = re.split(r"[。；！？\n]", text[max(0, span.start - 300) : span.start])[-1]
    return "现将" in before or bool(_NOW_GIVEN.match(text, span.end))


def _no_document(title: str) -> bool:
    names = words()
    ends = re.search(f"{names['no_document'].pattern}$", title)
    return len(title) < 2 or bool(ends and not names["but_document"].search(title))


# ---- finding ------------------------------------------------------------------------------------------------


def _numbers(text: str) -> list[tuple[Span, str]]:
    """Every 发文字号 with the rule that found it; the code's left end is cut where other words stand."""
    hits: list[tuple[Span, str]] = []
    rules = load_patterns("citations")
    for index, match in _finder().find(text):
        rule, start = rules[index], match.start()
        if rule.id == "citation.number":
            start = _code_start(text, match.start("code"), match.end("code"))
        elif rule.id != "citation.standard":
            start = _code_start(text, match.start("code"), match.end("code") - 1)
        if start < match.end("code") and not any(s.start < match.end() and start < s.end for s, _ in hits[-3:]):
            hits.append((Span(start, match.end()), rule.id))
    return sorted(hits)


@cache
def _finder() -> Finder:
    return Finder([rule.regex for rule in load_patterns("citations")])


def _code_start(text: str, start: int, end: int) -> int:
    """Where the code begins: a bracket or line opens with it; elsewhere other words may stand before it."""
    if text[start - 1 : start] == "（":
        return start
    for stop in words()["code_stops"].finditer(text, start, end):
        if stop.end() < end:
            start = stop.end()
    return start


def _within(span: Span, covered: list[Span]) -> bool:
    return any(c.contains(span) for c in covered)


def _titles(text: str) -> Iterator[Span]:
    """The outermost 《…》 of each block, brackets included; one that nothing closes ends at the next 》."""
    depth, opened = 0, -1
    closed = -1
    for mark in _TITLE_MARK.finditer(text):
        i, char = mark.start(), mark[0]
        if char == "《":
            if depth and i - opened > _MAX_TITLE:
                depth = 0
            opened = i if not depth else opened
            depth += 1
            if depth == 1:
                closed = -1
        elif char == "》" and depth:
            depth -= 1
            closed = i + 1
            if not depth:
                yield Span(opened, closed)
        elif char == "\n" and depth:
            if closed > opened:
                yield Span(opened, closed)
            depth = 0
    if depth and closed > opened:
        yield Span(opened, closed)


def _titled(text: str, numbers: list[tuple[Span, str]]) -> Iterator[_Found]:
    starts = {span.start: (span, rule) for span, rule in numbers}
    order = sorted(starts)
    for span in _titles(text):
        if span.end - span.start > _MAX_TITLE + 2 or span.end - span.start < 4:
            continue
        number, end = _number_after(text, span.end, starts, order)
        issued = _ISSUED_TEXT.match(text[span.end : span.end + 24]) if number is None else None
        if issued:
            number, end = _number_after(text, span.end + issued.end(), starts, order)
            end = end if number else span.end
        yield _Found(Span(span.start, end), "citation.title", Span(span.start + 1, span.end - 1), number)


def _number_after(text: str, at: int, starts: dict[int, tuple[Span, str]], order: list[int]) -> tuple[Span | None, int]:
    """The number in the bracket (one of two, at most) that follows a title, and where that bracket ends."""
    origin = at
    for _ in range(2):
        if text[at : at + 1] not in ("（", "〔"):
            break
        depth, close = 0, at
        for close in range(at, min(len(text), at + 90)):
            depth += (text[close] in "（〔") - (text[close] in "）〕")
            if not depth or text[close] == "\n":
                break
        number = next((starts[i][0] for i in range(at + 1, close) if i in starts), None)
        if number is not None:
            return number, close + 1 if text[close : close + 1] in ("）", "〕") else number.end
        at = close + 1
    return None, origin


def _alone(text: str, number: Span, rule: str) -> _Found:
    """A number without 《》 before it; with the title it follows where that is printed (国务院关于…的决定（国发…号）)."""
    if text[number.start - 1 : number.start] == "（":
        title = _UNQUOTED.search(text[max(0, number.start - 130) : number.start - 1])
        if title:
            offset = max(0, number.start - 130)
            start = _code_start(text, offset + title.start("title"), offset + title.start("title") + title["title"].index("关于"))
            end = number.end + (text[number.end : number.end + 1] == "）")
            return _Found(Span(start, end), "citation.unquoted", Span(start, offset + title.end("title")), number)
    return _Found(number, rule, None, number)
