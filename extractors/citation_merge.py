"""Documents cited (引用文件): each once, however often a notice names it and in whatever form."""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from dataclasses import replace
from functools import lru_cache

from extractors.citation_relations import words
from extractors.folding import fold
from extractors.mentions import Citation, Relation
from ingest.document import Head

_ISSUING = re.compile(r"(?:印发|公布|发布|下发|颁布|下达)")
_CARRIED = re.compile(r"^.*?关于(?:印发|公布|发布|下发|颁布|转发)《?(?P<title>.+?)》?的(?:通知|决定|公告|通告|函)$")
_REVISION = re.compile(r"（(?:[12]\d{3}年?)?(?:最新)?(?:修订|修正|修改|试行|暂行|修订版|修正案)[稿版]?）|（[12]\d{3}年?版?）$")
_PLACE = re.compile("^([一-龥]{2,3})[省市县](?=[一-龥]{4})")  # 云溪市茶园条例 is also called 云溪茶园条例
_PREFIX = re.compile(r"^.{2,40}?(?=关于)")


def merge_citations(citations: list[Citation], own: Head) -> list[Citation]:
    """Each document cited once, in reading order, without the notice itself and the texts it carries."""
    merged: list[Citation] = []
    # By a name that a document goes under, the places in `merged` to look at; by a title, those without a number as well:
    # two numbers are of one document only where they are the same.
    named: dict[str, list[int]] = {}
    unnumbered: dict[str, list[int]] = {}
    for citation in citations:
        if _is_own(citation, own) or _is_bare(citation):
            continue
        number = {_plain_number(citation.document_number)} if citation.document_number else set()
        titles = _titles_of(citation)
        table = unnumbered if number else named
        alike = heapq.merge(*(named.get(name, ()) for name in number), *(table.get(title, ()) for title in titles))
        at = next((i for i in alike if _same(citation, merged[i])), len(merged))
        merged[at : at + 1] = [_joined(merged[at], citation) if at < len(merged) else citation]
        for name in number | titles | _titles_of(merged[at]):
            for known in (named,) if merged[at].document_number else (named, unnumbered):
                places = known.setdefault(name, [])
                index = bisect_left(places, at)
                if places[index : index + 1] != [at]:
                    places.insert(index, at)
    return merged


def _titles_of(citation: Citation) -> set[str]:
    """What a document is called: its title, that of the text it carries, and both without their issuer."""
    forms = _forms(citation.title) if citation.title else set()
    return forms | {_PREFIX.sub("", form) for form in forms}


def _joined(first: Citation, other: Citation) -> Citation:
    relation: Relation = "basis" if "basis" in (first.relation, other.relation) else "mention"
    title = first.title or other.title
    if title and other.title and not first.document_number and other.document_number:
        title = other.title  # the form that carries the number is the full one
    return replace(first, title=title, document_number=first.document_number or other.document_number, relation=relation)


@lru_cache(maxsize=64)  # a document is compared by its title again and again
def _plain(text: str | None) -> str:
    """Title or number as compared: folded, without brackets of titles, 中华人民共和国 and the year of revision."""
    folded = fold(text or "").text.replace("\n", "")
    folded = re.sub(r"[《》“” ]|年(?=）)", "", folded).replace("—", "-")
    return _REVISION.sub("", folded).removeprefix("中华人民共和国")


def _forms(title: str) -> set[str]:
    """The title and the title of the text it carries, each also without 省, 市, 县 behind the place at its head."""
    plain = _plain(title)
    carried = _CARRIED.match(plain)
    forms = {plain, _plain(carried["title"])} if carried else {plain}
    return forms | {_PLACE.sub(r"\1", form) for form in forms}


def _same(a: Citation, b: Citation) -> bool:
    if a.document_number and b.document_number:
        return _plain_number(a.document_number) == _plain_number(b.document_number)
    if not a.title or not b.title:
        return False
    if _forms(a.title) & _forms(b.title):
        return True
    one, two = _plain(a.title), _plain(b.title)
    bare_one, bare_two = _PREFIX.sub("", one), _PREFIX.sub("", two)
    return bare_one == bare_two and (one == bare_one or two == bare_two)


def _plain_number(number: str) -> str:
    return re.sub(r"[〔〕（）第]", "", fold(number).text)


def _is_own(citation: Citation, own: Head) -> bool:
    number = _plain_number(citation.document_number or "")
    if number and number == _plain_number(own.document_number or ""):
        return True
    if not citation.title:
        return False
    forms = _forms(citation.title)
    named = [title for title in (own.title, own.enclosed_title, *own.attachments) if title]
    if any(forms & _forms(title) for title in named):
        return True
    carries = own.title is not None and _ISSUING.search(own.title)
    return bool(carries and own.title and len(_plain(citation.title)) > 3 and _plain(citation.title) in _plain(own.title))


def _is_bare(citation: Citation) -> bool:
    """Whether the title is only a type (《条例》), whose document is named elsewhere."""
    return bool(citation.title and not citation.document_number and words()["bare_type"].fullmatch(_plain(citation.title)))
