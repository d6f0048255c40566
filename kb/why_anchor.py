"""What a date was counted from (anchor), and which lead-in speaks for an item: found again in the stored document."""

from __future__ import annotations

import re

from extractors.folding import fold
from extractors.mentions import Deadline, Obligation
from extractors.patterns import load_patterns
from ingest.document import Document, Span
from kb.records import Json, iso

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|[.\-/—至、和]|$)|[二两][〇零Oo○0][〇零一二三四五六七八九Oo○0]{2}(?=年)")
_PLAN = re.compile(r"“?(?:十[一二三四五六七八九]?|[一二]十[一二三四五六七八九]?)五”?")
_RELATIVE = re.compile(r"今年|本年度?|明年|来年|次年|翌年|第二年|下一?年度?|后年|年内")
_NUMBERED = re.compile(r"\A\s*(?:第[一二三四五六七八九十百零]+条|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])?\s*")
_BACK = 4000  # characters in which a lead-in is looked for before its item


def notice_year(document: Document) -> tuple[str, str] | None:
    """What tells the year of a notice and its value: its date, else its number, its title, or the first year that it prints."""
    head = document.head
    if head.issued_on:
        return "the notice's date (成文日期)", iso(head.issued_on) or ""
    if head.printed_on:
        return "the date of printing (印发日期)", iso(head.printed_on) or ""
    for words, text in (("the year in the notice's number (发文字号)", head.document_number), ("the year in the notice's title", head.title), ("the first year that the notice prints", document.text)):
        found = re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", fold(text).text) if text else None
        if found:
            return words, found[0]
    return None


def anchor_of(deadline: Deadline, document: Document, within: Span) -> Json | None:
    """What the days of a deadline were counted from, with its value; None of one that repeats."""
    issued = document.head.issued_on or document.head.printed_on
    raw = fold(deadline.raw).text
    if deadline.type == "within":
        return _counted(deadline, iso(issued))
    if deadline.type == "recurring":
        return None
    if "即日" in raw:
        return {"words": "counted from the notice's date (成文日期)", "value": iso(issued)}
    resolved = deadline.end or deadline.start
    if resolved is None:
        return {"words": f"it has no day: {deadline.reason}" if deadline.reason else "it names no day", "value": None}
    if _PLAN.search(raw):
        return {"words": "the years of the five-year plan that it names (五年规划)", "value": iso(resolved)}
    if _YEAR.search(raw):
        return {"words": "the year as printed:", "value": str(resolved.year)}
    relative = _RELATIVE.search(raw)
    told = notice_year(document)
    if relative and told:
        return {"words": f"“{relative[0]}”, counted from {told[0]}", "value": told[1]}
    before = [m for m in _YEAR.finditer(fold(document.text[within.start : deadline.span.start]).text) if m[0] == str(resolved.year)]
    if before:
        return {"words": "the year printed before it in the same passage", "value": before[-1][0]}
    if told and told[1][:4] == str(resolved.year):
        return {"words": f"the year of the notice: {told[0]}", "value": told[1]}
    return {"words": f"the next such day after {told[0]}" if told else "the year that its passage goes on with", "value": told[1] if told else str(resolved.year)}


def _counted(deadline: Deadline, issued: str | None) -> Json:
    event = deadline.event or "an event that is not printed beside it"
    if deadline.end is None:
        return {"words": f"counted from {event}, whose day is not known ({deadline.reason})", "value": None}
    provisional = "; its working days are provisional, past the last published calendar" if deadline.provisional else ""
    return {"words": f"counted from {event}: the notice's date (成文日期){provisional}", "value": issued}


def lead_in(document: Document, obligation: Obligation) -> Span | None:
    """The words before a colon that made an item what it is (不得有下列行为：), where a rule of lead-ins judged it."""
    pattern = next((p for p in load_patterns("leads") if p.id == obligation.rule), None)
    if pattern is None:
        return None
    start = max(0, obligation.span.start - _BACK)
    before = document.text[start : obligation.span.end]
    for colon in reversed(list(re.finditer("[：:]", before))):
        opening = max(before.rfind(stop, 0, colon.start()) for stop in "。！？!?\n") + 1
        words = before[opening : colon.start()]
        bare = _NUMBERED.sub("", words, count=1)
        if pattern.regex.fullmatch(fold(bare.strip()).text):
            return Span(start + opening + len(words) - len(bare), start + colon.end())
    return None
