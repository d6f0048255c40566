"""Findings: everything that is found in one document, each thing looked for once, when it is first asked for.

`pipeline.py` makes obligations of them; `components.py` hands them to spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from extractors.citations import find_citations
from extractors.deadlines import find_deadlines, resolve_deadlines
from extractors.folding import Folded, fold, fold_part
from extractors.kinds import find_kind
from extractors.leads import find_leads, kind_under
from extractors.list_notes import ListNote, find_list_notes
from extractors.mentions import Citation, Context, Deadline, Party, Sentence, Target, Unit
from extractors.overlap import Places, Spanned, reading_order
from extractors.parties import find_parties
from extractors.quotas import Quota, find_quotas
from extractors.sentences import find_item_lines, split_sentences
from extractors.target_context import is_report_of_statistics
from extractors.targets import find_targets
from extractors.units import find_list_convention, find_unit_lines, find_units
from ingest.document import BlockKind, Document, Span

M = TypeVar("M", bound=Spanned)
_REPORT = re.compile("公报|统计|经济运行|运行情况|快报|监测数据")


class Findings:
    """The mentions and sentences of `document`, resolved with `context`."""

    def __init__(self, document: Document, context: Context) -> None:
        self.document = document
        self.context = context

    @cached_property
    def folded(self) -> Folded:
        """The text as rules match it."""
        return fold(self.document.text)

    @cached_property
    def quotas(self) -> dict[int, Quota]:
        """The rows of quota tables by the index of their block."""
        return find_quotas(self.document)

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """Deadlines, resolved."""
        return resolve_deadlines(find_deadlines(self.folded), self.document.text, self.context)

    @cached_property
    def targets(self) -> list[Target]:
        """Targets; the dates that bind them are not looked for here."""
        found = find_targets(self.document.text, self.context.year)
        return self._with_rows(found, [target for quota in self.quotas.values() for target in quota.targets])

    @cached_property
    def convention(self) -> str | None:
        """The notice's own rule for its lists of units."""
        return find_list_convention(self.folded)

    @cached_property
    def list_notes(self) -> list[ListNote]:
        """What the notice says once for all its lists of units."""
        return find_list_notes(self.folded)

    @cached_property
    def units(self) -> list[Unit]:
        """Units with their roles, by the notice's own rule for its lists where it states one."""
        found = find_units(self.folded, convention=self.convention)
        return self._with_rows(found, [unit for quota in self.quotas.values() for unit in quota.units])

    @cached_property
    def citations(self) -> list[Citation]:
        """Every place where a document is cited."""
        return find_citations(self.document.text)

    @cached_property
    def unit_lines(self) -> list[Span]:
        """The passages that are lists of units."""
        return find_unit_lines(self.folded)

    @cached_property
    def date_lines(self) -> list[Span]:
        """The passages that only say when an item is due; a date inside a unit list's passage is not counted again."""
        lists = Places(self.unit_lines)
        return [line for line in find_item_lines(self.folded) if not lists.overlapping(line)]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of the body, not yet judged."""
        return split_sentences(self.document, sorted([*self.unit_lines, *self.date_lines]), self.quotas)

    @cached_property
    def words(self) -> list[Folded]:
        """The sentences as rules match them."""
        return [fold_part(self.folded, sentence.span) for sentence in self.sentences]

    @cached_property
    def judged(self) -> list[Sentence]:
        """The sentences with what each asks."""
        document = self.document
        first: dict[int, int] = {}  # each notice's first node: what stands before it says why the notice is issued
        for index, block in enumerate(document.blocks):
            if block.level is not None:
                first.setdefault(block.notice, index)
        # A plan or a work report quotes figures of the past and asks all the same; what calls itself a 统计公报 does not.
        reports = _REPORT.search(document.head.title or "") is not None and is_report_of_statistics(self.folded.text)
        judged = []
        for sentence, words, lead in zip(self.sentences, self.words, find_leads(document, self.sentences), strict=True):
            block = document.blocks[sentence.block]
            opening = block.kind is not BlockKind.ROW and sentence.block < first.get(block.notice, 0)
            kind, rule = find_kind(words, sentence.path, opening=opening)
            kind, rule = kind_under(lead, kind, words.printed) or (kind, rule)
            if sentence.block in self.quotas:
                kind, rule = "target", "target.quota_row"
            elif reports and kind != "prohibition":
                kind, rule = None, "document.report"
            judged.append(Sentence(sentence.span, sentence.block, sentence.path, kind, rule))
        return judged

    @cached_property
    def parties(self) -> list[list[Party]]:
        """The regulated parties of each sentence."""
        by_sentence: list[list[Party]] = []
        units = Places(unit.span for unit in self.units)
        for sentence, words in zip(self.judged, self.words, strict=True):
            quota = self.quotas.get(sentence.block)
            found = [] if quota else find_parties(words, sentence.kind)
            own = quota.parties if quota else ()
            shifted = (Party(party.span.shifted(sentence.span.start), party.rule, party.name) for party in found)
            apart = (_without_units(party, units.overlapping(party.span), self.document.text) for party in shifted)
            by_sentence.append([*own, *(party for party in apart if party)])
        return by_sentence

    def _with_rows(self, found: Sequence[M], rows: Sequence[M]) -> list[M]:
        """What was found in the text with what the rows of quota tables say, which stands for what was found inside them."""
        quotas = Places(quota.span for quota in self.quotas.values())
        kept = [mention for mention in found if not quotas.overlapping(mention.span)]
        return sorted([*kept, *rows], key=reading_order)


def _without_units(party: Party, units: Sequence[Span], text: str) -> Party | None:
    """`party` without the units that open its list (各县、|各学校); None where hardly more than units is named."""
    last = max((unit.end for unit in units if unit.end < party.span.end), default=0)
    if last and text[last] in "、和及与" and party.span.end - last > 2:
        rest = Span(last + 1, party.span.end)
        return replace(party, span=rest, name=rest.of(text))
    inside = sum(min(unit.end, party.span.end) - max(unit.start, party.span.start) for unit in units)
    return None if 2 * inside > party.span.end - party.span.start else party
