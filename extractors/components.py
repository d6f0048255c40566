"""The extractors as spaCy components: each with its factory (`policy_deadlines`, …) and a span group of the same name.

    nlp = spacy.blank("zh")
    nlp.add_pipe("policy_deadlines")
    nlp("2025年6月底前完成改造").spans["policy_deadlines"]

The mentions with all their values lie in `doc.user_data["policy_deadlines"]`. A component reads the plain text of the doc,
or the document tree and what dates are resolved with where `doc.user_data` holds them (`policy_document`,
`policy_context`). The character segmenter of a blank Chinese pipeline suits them: jieba's words do not end where organs'
names do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from extractors.findings import Findings
from extractors.mentions import Context
from extractors.sentences import plain_document
from ingest.document import Document, Span

Component = Callable[[Doc], Doc]
NAMES = ("policy_citations", "policy_deadlines", "policy_targets", "policy_units", "policy_sentences", "policy_kinds", "policy_parties")


def findings_of(doc: Doc) -> Findings:
    """What is found in a doc, kept with it; a bare text is one paragraph a line."""
    found = doc.user_data.get("policy_findings")
    if not isinstance(found, Findings):
        document, context = doc.user_data.get("policy_document"), doc.user_data.get("policy_context")
        found = doc.user_data["policy_findings"] = Findings(
            document if isinstance(document, Document) else plain_document(doc.text),
            context if isinstance(context, Context) else Context(),
        )
    return found


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


def deadlines(doc: Doc) -> Doc:
    """Deadlines, resolved with the doc's context."""
    return _keep_mentions(doc, "policy_deadlines", findings_of(doc).deadlines)


def targets(doc: Doc) -> Doc:
    """Targets; the dates that bind them are not looked for here."""
    return _keep_mentions(doc, "policy_targets", findings_of(doc).targets)


def units(doc: Doc) -> Doc:
    """Units with their roles, by the notice's own rule for its lists where it states one."""
    return _keep_mentions(doc, "policy_units", findings_of(doc).units)


def citations(doc: Doc) -> Doc:
    """Every place where a document is cited."""
    return _keep_mentions(doc, "policy_citations", findings_of(doc).citations)


def sentences(doc: Doc) -> Doc:
    """The sentences of the body."""
    found = findings_of(doc).sentences
    return _keep(doc, "policy_sentences", found, [s.span for s in found], ["sentence"] * len(found))


def kinds(doc: Doc) -> Doc:
    """What each sentence asks; a sentence that asks nothing is not in the span group."""
    asking = [sentence for sentence in findings_of(doc).judged if sentence.kind is not None]
    return _keep(doc, "policy_kinds", asking, [s.span for s in asking], [s.kind or "" for s in asking])


def parties(doc: Doc) -> Doc:
    """The regulated parties of each sentence."""
    return _keep_mentions(doc, "policy_parties", [party for found in findings_of(doc).parties for party in found])


def _register(name: str, component: Component) -> None:
    def create(nlp: Language, name: str) -> Component:
        return component

    Language.factory(name, func=create)


for _name in NAMES:
    _register(_name, globals()[_name.removeprefix("policy_")])
