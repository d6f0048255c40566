"""Links (文件关系): what a notice says that it does to other documents: implements, forwards, amends, repeals, replaces.

The words are schema.org Legislation's and ELI's; `kb/export/jsonld.py` prints them. A rule of its own repeals what it replaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.folding import fold
from extractors.mentions import Citation
from ingest.document import Document, Part, Span
from kb.naming import title_key

Relation = Literal["implements", "based_on", "forwards", "amends", "repeals", "replaces"]
_TITLE = re.compile(r"《(?P<title>[^《》\n]{2,150}(?:《[^《》\n]{2,100}》[^《》\n]{0,60})?)》(?:[（(](?P<number>[^（）()\n]{2,40}[〔（(\[]\d{4}[〕）)\]][^（）()\n]{1,10}号|[^（）()\n]{0,30}令第?[^（）()\n]{1,10}号)[）)])?")
_NUMBER = re.compile(r"(?P<number>[\u3400-\u9fff]{2,16}〔\d{4}〕\d{1,5}号)")
_SENTENCE = re.compile(r"[^。；！？\n]+")
_REPEALED = re.compile(r"(?:同时|即行|自行|一并|相应|予以|均|即|自[^，。]{4,20}起)?(?:废止|停止执行|停止施行|停止使用|不再执行|不再施行|失效|宣布失效)")
_REPEALING = re.compile(r"(?:废止|停止执行|宣布失效)(?=[^，。]{0,12}《|[^，。]{0,6}[\u3400-\u9fff]{2,16}〔)")
_NOT_REPEALED = re.compile(r"未废止|不(?:予|得)?废止|有效期(?:届满|满)|(?:逾期|到期|期满)[^，。]{0,8}(?:失效|废止)|建议废止|制定、修改、废止|[立改]废|规定[^，。]{0,10}不一致|继续有效")
_AMENDED = re.compile(r"(?:作|做|进行)(?:如下|以下|相应|出如下)?(?:修改|修订|修正|调整)|(?:修改|修订|调整)(?:如下|为)|予以(?:修改|修订|修正)")
_AMENDING = re.compile(r"关于(?:修改|修订|修正|调整)(?:部分)?[^，。]{0,6}$|(?:现?决定|现)?对$|将$")
_LEAD = re.compile(r"(?:下列|以下)[^。\n]{0,60}(?:废止|失效|停止执行)[^。\n]{0,12}[：:]?$|(?:废止|失效)[^。\n]{0,30}(?:如下|目录|文件)[：:]$")
_FORWARDS = re.compile(r"^.{0,40}?(?:关于)?(?:批转|转发)(?P<title>.+?)(?:的通知|的函)?$")
_CARRIES_OUT = re.compile(r"(?:贯彻落实|贯彻|落实|执行|实施)[^，。；]{0,60}$")
_GAP = 14  # characters between a document's name and the verb that ends it, lists apart
_PLACE = re.compile(r"^.{2,12}?(?:自治区|自治州|自治县|[省市县区州旗盟])")
_FORM = re.compile(r"印发|转发|进一步|暂行|试行|管理|实施|工作|办法|规定|条例|细则|意见|方案|通知|的")
_SAME_NAME = 0.5  # share of a title's pairs of characters that a replaced document's title has too


@dataclass(frozen=True, slots=True)
class Link:
    """One document that the notice does something to; `span` is where it is named."""

    relation: Relation
    title: str | None
    document_number: str | None
    span: Span
    rule: str


def find_links(document: Document, citations: Sequence[Citation] = ()) -> list[Link]:
    """The links of a notice, the strongest of each document named.

    Its title says what it forwards or amends, its body what it repeals; of the citations that it rests on those that it carries out.
    """
    found = [*_of_title(document), *_of_body(document), *_of_citations(document, citations)]
    kept: dict[tuple[str | None, str | None], Link] = {}
    for link in found:
        kept.setdefault((title_key(link.title), link.document_number if not link.title else None), link)
    return list(kept.values())


def _of_title(document: Document) -> Iterator[Link]:
    title = fold(document.head.title or "").text.replace("\n", "")
    span = document.head.spans.get("title", Span(0, 0))
    forwards = _FORWARDS.match(title)
    if forwards:
        inner = _TITLE.search(forwards["title"])
        yield Link("forwards", inner["title"] if inner else forwards["title"], inner["number"] if inner else None, span, "link.forwards")
    if re.search(r"关于(?:修改|修订|修正|调整)", title):
        for inner in _TITLE.finditer(title):
            yield Link("amends", inner["title"], inner["number"], span, "link.amends_title")


def _of_body(document: Document) -> Iterator[Link]:
    """What the sentences of the body repeal or amend; a lead-in (下列文件予以废止：) speaks for the lines of its list."""
    own = title_key(document.head.enclosed_title) or title_key(document.head.title) or ""
    listing = False
    for block in document.blocks:
        if block.part not in (Part.BODY, Part.NOTE):
            continue
        folded = fold(block.span.of(document.text))
        listing = listing and bool(_TITLE.search(folded.text) or _NUMBER.search(folded.text))
        for sentence in _SENTENCE.finditer(folded.text):
            said = sentence[0]
            relation, rule = _relation(said) if not listing else ("repeals", "link.repeals_list")
            if relation:
                for match in _named(said):
                    if relation == "amends" and not _governs(said, match):
                        continue
                    printed = folded.back(sentence.start() + match.start(), sentence.start() + match.end())
                    span = Span(block.span.start + printed.start, block.span.start + printed.end)
                    title = match.groupdict().get("title")
                    changed = "replaces" if relation == "repeals" and _alike(own, title_key(title) or "") else relation
                    yield Link(changed, title, match["number"], span, rule)  # type: ignore[arg-type]
        listing = listing or bool(_LEAD.search(folded.text.rstrip()))


def _relation(said: str) -> tuple[str, str]:
    if (_REPEALED.search(said) or _REPEALING.search(said)) and not _NOT_REPEALED.search(said):
        return "repeals", "link.repeals"
    if _AMENDED.search(said):
        return "amends", "link.amends"
    return "", ""


def _is_about(between: str) -> bool:
    """Whether a verb speaks of the document before it: but for other documents of the list little stands in between."""
    bare = re.sub(r"《[^《》]*(?:《[^《》]*》[^《》]*)?》|[（(][^（）()]*[）)]|[\u3400-\u9fff]{2,16}〔\d{4}〕\d{1,5}号", "", between)
    return len(re.sub(r"[、，和及与以]", "", bare)) <= _GAP


def _named(said: str) -> Iterator[re.Match[str]]:
    """The documents that a sentence names, by title or by number alone; of a repeal those that the verb is about."""
    verb = _REPEALED.search(said)
    before = said[: verb.end()] if verb and not _REPEALING.search(said) else said
    titles = list(_TITLE.finditer(before))
    if verb and before != said:
        titles = [title for title in titles if _is_about(before[title.end() : verb.start()])]
    basis = re.compile(r"(?:根据|依据|按照|依照|贯彻|落实)[^，。；]{0,20}$")
    yield from (match for match in titles if not basis.search(before[: match.start()]))
    for match in _NUMBER.finditer(before):
        if not any(title.start() <= match.start() < title.end() for title in titles) and not basis.search(before[: match.start()]):
            yield match


def _governs(said: str, match: re.Match[str]) -> bool:
    return bool(_AMENDING.search(said[: match.start()]) or re.match(r"[^，。]{0,12}(?:作|做|进行|修改|修订|予以)", said[match.end() :]))


def _alike(own: str, other: str) -> bool:
    """Whether two titles are of one rule in two editions."""
    bare = (_FORM.sub("", text[text.index("关于") + 2 :] if "关于" in text else _PLACE.sub("", text)) for text in (own, other))
    pairs, others = ({text[n : n + 2] for n in range(len(text) - 1)} for text in bare)
    return bool(others) and len(pairs & others) >= _SAME_NAME * len(others)


def _of_citations(document: Document, citations: Sequence[Citation]) -> Iterator[Link]:
    for citation in citations:
        if citation.relation != "basis":
            continue
        left = fold(document.text[max(0, citation.span.start - 80) : citation.span.start]).text
        relation: Relation = "implements" if _CARRIES_OUT.search(re.sub(r"《[^《》]*》", "", left)) else "based_on"
        yield Link(relation, citation.title, citation.document_number, citation.span, "link.basis")
