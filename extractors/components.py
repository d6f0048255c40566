"""The extractors as spaCy components: each with its factory (`policy_deadlines`, …) and a span group of the same name.

    nlp = spacy.blank("zh")
    nlp.add_pipe("policy_deadlines")
    nlp("2025年6月底前完成改造").spans["policy_deadlines"]

The mentions with all their values lie in `doc.user_data["policy_deadlines"]`. A component that stands alone reads the
plain text; in the project's own pipeline `doc.user_data` also holds the document tree (`policy_document`) and what
dates are resolved with (`policy_context`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from extractors.citations import find_citations
from extractors.deadlines import find_deadlines, resolve_deadlines
from extractors.folding import fold
from extractors.kinds import find_kind
from extractors.leads import find_leads, kind_under
from extractors.mentions import Context, Party, Sentence
from extractors.overlap import Spanned
from extractors.parties import find_parties
from extractors.quotas import Quota, find_quotas
from extractors.sentences import find_item_lines, plain_document, split_sentences
from extractors.target_context import is_report_of_statistics
from extractors.targets import find_targets
from extractors.units import find_list_convention, find_unit_lines, find_units
from ingest.document import BlockKind, Document, Span

M = TypeVar("M", bound=Spanned)
Component = Callable[[Doc], Doc]
NAMES = ("policy_citations", "policy_deadlines", "policy_targets", "policy_units", "policy_sentences", "policy_kinds", "policy_parties")


def document_of(doc: Doc) -> Document:
    """The document tree of a doc; a bare text is one paragraph a line."""
    document = doc.user_data.get("policy_document")
    if not isinstance(document, Document):
        document = doc.user_data["policy_document"] = plain_document(doc.text)
    return document


def text_of(doc: Doc) -> str:
    """The text of a doc. spaCy puts `doc.text` together anew at every call; the document tree has it ready."""
    return document_of(doc).text


def context_of(doc: Doc) -> Context:
    """What dates and names of a doc are resolved with."""
    context = doc.user_data.get("policy_context")
    return context if isinstance(context, Context) else Context()


def _keep(doc: Doc, name: str, mentions: Sequence[Any], spans: Sequence[Span], labels: Sequence[str]) -> Doc:
    """Keep `mentions` with the doc, their places as the span group `name`."""
    doc.user_data[name] = list(mentions)
    group = [
        doc.char_span(span.start, span.end, label=label or name, alignment_mode="expand")
        for span, label in zip(spans, labels, strict=True)
    ]
    doc.spans[name] = SpanGroup(doc, name=name, spans=[span for span in group if span is not None])
    return doc


def _keep_mentions(doc: Doc, name: str, mentions: Sequence[Any]) -> Doc:
    return _keep(doc, name, mentions, [m.span for m in mentions], [m.rule for m in mentions])


def _quotas(doc: Doc) -> dict[int, Quota]:
    """The rows of the doc's quota tables, looked for once."""
    if "policy_quotas" not in doc.user_data:
        doc.user_data["policy_quotas"] = find_quotas(document_of(doc))
    rows: dict[int, Quota] = doc.user_data["policy_quotas"]
    return rows


def _with_rows(found: Sequence[M], rows: Sequence[M], quotas: Sequence[Quota]) -> list[M]:
    """What was found in the text with what the rows of quota tables say, which stands for what was found inside them."""
    kept = [mention for mention in found if not any(quota.span.overlaps(mention.span) for quota in quotas)]
    return sorted([*kept, *rows], key=lambda mention: mention.span)


def deadlines(doc: Doc) -> Doc:
    """Deadlines, resolved with the doc's context."""
    found = resolve_deadlines(find_deadlines(text_of(doc)), text_of(doc), context_of(doc))
    return _keep_mentions(doc, "policy_deadlines", found)


def targets(doc: Doc) -> Doc:
    """Targets; the dates that bind them are not looked for here."""
    found = find_targets(text_of(doc), context_of(doc).year)
    quotas = list(_quotas(doc).values())
    return _keep_mentions(doc, "policy_targets", _with_rows(found, [t for quota in quotas for t in quota.targets], quotas))


def units(doc: Doc) -> Doc:
    """Units with their roles, by the notice's own rule for its lists where it states one."""
    found = find_units(text_of(doc), convention=find_list_convention(text_of(doc)))
    quotas = list(_quotas(doc).values())
    return _keep_mentions(doc, "policy_units", _with_rows(found, [u for quota in quotas for u in quota.units], quotas))


def citations(doc: Doc) -> Doc:
    """Every place where a document is cited."""
    return _keep_mentions(doc, "policy_citations", find_citations(text_of(doc)))


def passages(text: str) -> tuple[list[Span], list[Span]]:
    """The unit lists and the date lines of a text; a date inside a unit list's passage is not counted again."""
    lists = find_unit_lines(text)
    dates = [line for line in find_item_lines(text) if not any(line.overlaps(other) for other in lists)]
    return lists, dates


def sentences(doc: Doc) -> Doc:
    """The sentences of the body."""
    lists, dates = passages(text_of(doc))
    found = split_sentences(document_of(doc), sorted([*lists, *dates]))
    doc.user_data["policy_unit_lines"], doc.user_data["policy_date_lines"] = lists, dates
    return _keep(doc, "policy_sentences", found, [s.span for s in found], ["sentence"] * len(found))


def _sentences_of(doc: Doc) -> list[Sentence]:
    if "policy_sentences" not in doc.user_data:
        sentences(doc)
    found: list[Sentence] = doc.user_data["policy_sentences"]
    return found


_REPORT = re.compile("公报|统计|经济运行|运行情况|快报|监测数据")


def kinds(doc: Doc) -> Doc:
    """What each sentence asks; a sentence that asks nothing is not in the span group."""
    document = document_of(doc)
    first: dict[int, int] = {}  # each notice's first node: what stands before it says why the notice is issued
    for index, block in enumerate(document.blocks):
        if block.level is not None:
            first.setdefault(block.notice, index)
    found = _sentences_of(doc)
    # A plan or a work report quotes figures of the past and asks all the same; what calls itself a 统计公报 does not.
    reports = _REPORT.search(document.head.title or "") is not None and is_report_of_statistics(fold(document.text).text)
    judged = []
    for sentence, lead in zip(found, find_leads(document, found), strict=True):
        block = document.blocks[sentence.block]
        words = sentence.span.of(document.text)
        opening = block.kind is not BlockKind.ROW and sentence.block < first.get(block.notice, 0)
        kind, rule = find_kind(words, sentence.path, opening=opening)
        kind, rule = kind_under(lead, kind, words) or (kind, rule)
        if sentence.block in _quotas(doc):
            kind, rule = "target", "target.quota_row"
        elif reports and kind != "prohibition":
            kind, rule = None, "document.report"
        judged.append(replace(sentence, kind=kind, rule=rule))
    doc.user_data["policy_sentences"] = judged
    asking = [s for s in judged if s.kind is not None]
    return _keep(doc, "policy_kinds", asking, [s.span for s in asking], [s.kind or "" for s in asking])


def parties(doc: Doc) -> Doc:
    """The regulated parties of each sentence; `doc.user_data["policy_parties_by_sentence"]` has them sentence by sentence."""
    if "policy_kinds" not in doc.user_data:
        kinds(doc)
    by_sentence: list[list[Party]] = []
    for sentence in _sentences_of(doc):
        quota = _quotas(doc).get(sentence.block)
        found = [] if quota else find_parties(sentence.span.of(text_of(doc)), sentence.kind)
        own = quota.parties if quota else ()
        by_sentence.append([*own, *(replace(party, span=party.span.shifted(sentence.span.start)) for party in found)])
    doc.user_data["policy_parties_by_sentence"] = by_sentence
    return _keep_mentions(doc, "policy_parties", [party for found in by_sentence for party in found])


def _register(name: str, component: Component) -> None:
    def create(nlp: Language, name: str) -> Component:
        return component

    Language.factory(name, func=create)


for _name in NAMES:
    _register(_name, globals()[_name.removeprefix("policy_")])
