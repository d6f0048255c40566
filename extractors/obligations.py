"""Obligations: sentences that ask something, with the units, deadlines, targets, parties and citations that belong to each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from extractors.binding import bind_targets, by_its_date, heading_date, in_whole_year, last_day
from extractors.carry import carry_subjects
from extractors.confidence import confidence_of
from extractors.deadlines import find_deadlines, resolve_deadlines
from extractors.inherit import Outline, build_outline, is_time_frame, is_time_section, scope
from extractors.list_notes import ListNote
from extractors.mentions import Citation, Context, Deadline, Obligation, Origin, Party, Sentence, Target, Unit
from extractors.organs import resolve_unit
from extractors.overlap import Spanned
from extractors.quotas import is_undated_cell
from extractors.units import role_of_column, split_units
from ingest.document import BlockKind, Document, Part, Span

M = TypeVar("M", bound=Spanned)


@dataclass(frozen=True, slots=True)
class Found:
    """What the finders found in one document, each list in reading order. `parties[i]` belongs to sentence i."""

    sentences: Sequence[Sentence] = ()
    deadlines: Sequence[Deadline] = ()
    targets: Sequence[Target] = ()
    units: Sequence[Unit] = ()
    citations: Sequence[Citation] = ()
    parties: Sequence[Sequence[Party]] = ()
    unit_lines: Sequence[Span] = ()
    date_lines: Sequence[Span] = ()
    convention: str | None = None  # the notice's own rule for its lists of units
    list_notes: Sequence[ListNote] = ()


@dataclass(slots=True)
class Gathered:
    """What belongs to one sentence, its own before what it inherits (the nearest first)."""

    units: list[Unit] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    inherited_units: list[Unit] = field(default_factory=list)
    inherited_deadlines: list[Deadline] = field(default_factory=list)
    frame: list[Deadline] = field(default_factory=list)  # when the campaign runs: no date that a figure is due by


def place(mentions: Iterable[M], spans: Sequence[Span]) -> tuple[list[list[M]], list[M]]:
    """The mentions inside each of `spans` (sorted, apart from one another), and those outside of all."""
    starts = [span.start for span in spans]
    inside: list[list[M]] = [[] for _ in spans]
    outside: list[M] = []
    for mention in mentions:
        at = bisect_right(starts, mention.span.start) - 1
        if at >= 0 and mention.span.start < spans[at].end:
            inside[at].append(mention)
        else:
            outside.append(mention)
    return inside, outside


def _inherit(
    outline: Outline, gathered: list[Gathered], lines: Sequence[Span], units: Sequence[Sequence[Unit]], deadlines: Sequence[Sequence[Deadline]]
) -> list[tuple[int, list[Deadline]]]:
    """Give each sentence what the `lines` that speak for it hold; the innermost line comes first.

    Returns the dates of the lines under which nothing is asked (活动时间：…), each with the line's block.
    """
    idle: list[tuple[int, list[Deadline]]] = []
    earlier: list[tuple[int, Span]] = []
    bound: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        index = outline.document.block_at(line.start)
        if index is None or outline.document.blocks[index].part is not Part.BODY:
            continue
        if not units[at] and not deadlines[at]:
            continue
        reach = scope(outline, line, index, earlier)
        bound += ((sentence, at) for sentence in reach)
        if not any(outline.sentences[i].kind for i in reach):
            idle.append((index, [replace(d, inherited=True, origin=Origin("frame", line)) for d in deadlines[at]]))
        earlier.append((index, line))
    given: dict[int, tuple[list[Unit], list[Deadline]]] = {}  # what each line hands on, made once for all its sentences
    for sentence, at in reversed(bound):
        if at not in given:
            origin = Origin("line", lines[at])
            moved = [replace(unit, inherited=True, origin=origin) for unit in units[at]]
            given[at] = moved, [replace(deadline, inherited=True, origin=origin) for deadline in deadlines[at]]
        gathered[sentence].inherited_units += given[at][0]
        gathered[sentence].inherited_deadlines += given[at][1]
    return idle


def _inherit_headings(outline: Outline, gathered: list[Gathered], outside: Sequence[Deadline], units: Sequence[Unit]) -> None:
    """Give each sentence the dates and units that stand in the headings above it, the innermost first."""
    blocks = outline.document.blocks
    above: dict[int, tuple[list[Deadline], list[Unit]]] = {}
    mentions: list[Deadline | Unit] = [*outside, *units]
    for mention in mentions:
        index = outline.document.block_at(mention.span.start)
        if index is None:
            continue
        heading = blocks[index].heading
        titled = blocks[index].kind is BlockKind.HEADING
        if blocks[index].part is Part.BODY and (titled or heading is not None and heading.contains(mention.span)):
            dates, organs = above.setdefault(index, ([], []))
            origin = Origin("heading", heading or blocks[index].span)
            if isinstance(mention, Deadline):
                dates.append(replace(mention, inherited=True, origin=origin))
            else:
                organs.append(replace(mention, inherited=True, origin=origin))
    for at, sentence in enumerate(outline.sentences if above else ()):
        for node in (sentence.block, *outline.document.ancestors(sentence.block)):
            if node in above:
                dates, organs = above[node]
                gathered[at].inherited_deadlines += (d for d in dates if not sentence.span.contains(d.span))
                gathered[at].inherited_units += (u for u in organs if not sentence.span.contains(u.span))


_DATE_COLUMN = re.compile(r"时间|时限|期限|进度|节点|日期|年限|频次|频率|周期|^(?:完成|实施|计划)?年度$")
_DATE_LABEL = "完成时限："


def _inherit_cells(outline: Outline, gathered: list[Gathered], context: Context, convention: str | None) -> None:
    """Give the sentences of a table's row the units and dates of its other cells."""
    text = outline.document.text
    for index, block in enumerate(outline.document.blocks):
        reach = outline.under(index, index + 1)
        if block.kind is not BlockKind.ROW or not reach:
            continue
        leads = any(role_of_column(cell.column) == "lead" for cell in block.cells)
        for cell in block.cells:
            dated = _DATE_COLUMN.search(cell.column) is not None
            if any(outline.sentences[i].span.overlaps(cell.span) and not (dated and is_undated_cell(cell.span, outline.sentences[i].span, gathered[i].deadlines)) for i in reach):
                continue
            words = cell.span.of(text)
            role = role_of_column(cell.column)
            if dated:
                labelled = _DATE_LABEL + words
                for deadline in resolve_deadlines(find_deadlines(labelled), labelled, context):
                    start = max(deadline.span.start - len(_DATE_LABEL), 0) + cell.span.start
                    end = deadline.span.end - len(_DATE_LABEL) + cell.span.start
                    raw = text[start:end]
                    for i in reach:
                        gathered[i].inherited_deadlines.append(replace(deadline, span=Span(start, end), raw=raw, inherited=True, origin=Origin("cell", cell.span)))
            elif role is not None:
                for unit in split_units(words, role, convention=convention if role == "responsible" and not leads else None):
                    full = resolve_unit(unit.name, context)
                    moved = replace(unit, span=unit.span.shifted(cell.span.start), canonical=full, inherited=True, listed=True, origin=Origin("cell", cell.span))
                    for i in reach:
                        gathered[i].inherited_units.append(moved)


def _inherit_notes(gathered: list[Gathered], notes: Sequence[ListNote], context: Context) -> None:
    """Give each sentence that a list speaks for the units that the notice names once for all its lists."""
    for note in notes:
        origin = Origin("line", note.span)
        units = [replace(unit, canonical=resolve_unit(unit.name, context), inherited=True, origin=origin) for unit in note.units]
        for part in gathered:
            listed = part.inherited_units
            if listed and note.speaks_for(listed[0].span):
                named = {unit.name for unit in (*listed, *part.units)}
                listed += [unit for unit in units if unit.name not in named]


_NAME = 6  # a cell of so few characters names something


def _frame(outline: Outline, gathered: list[Gathered], own: Sequence[Sequence[Deadline]], idle: Sequence[tuple[int, list[Deadline]]]) -> None:
    """Let the time frame of a campaign (本次行动从…开始，至…结束), which asks nothing itself, bind what has no date of its own.

    It speaks for its own section first; where every item there has its date, for the rest of the same text. The `idle`
    lines of dates, under which nothing is asked, speak for the rest at once.
    """
    blocks = outline.document.blocks
    undated = [
        i
        for i, other in enumerate(outline.sentences)
        if other.kind is not None and not gathered[i].deadlines and not gathered[i].inherited_deadlines
    ]
    taken: set[int] = set()
    for at, sentence in enumerate(outline.sentences):
        if sentence.kind is not None or not own[at]:
            continue
        timed = is_time_section(sentence.path)
        frame = [replace(d, inherited=True, origin=Origin("frame", sentence.span)) for d in own[at] if d.end and d.type in ("by", "during")]
        if not frame or not (timed or is_time_frame(sentence.span.of(outline.document.text))):
            continue
        free = [i for i in undated if blocks[outline.sentences[i].block].notice == blocks[sentence.block].notice and i not in taken]
        near = [i for i in free if sentence.path and outline.sentences[i].path[: len(sentence.path)] == sentence.path]
        reach = near or (free if timed or not sentence.path else [])
        for i in reach:
            gathered[i].frame += frame
        taken.update(reach)
    for index, dates in idle:
        for i in undated:
            if blocks[outline.sentences[i].block].notice == blocks[index].notice and i not in taken:
                gathered[i].frame += dates


def _gather(document: Document, found: Found, context: Context) -> tuple[Outline, list[Gathered]]:
    outline = build_outline(document, found.sentences)
    spans = [sentence.span for sentence in found.sentences]
    gathered = [Gathered() for _ in spans]
    in_lists, free_units = place(found.units, found.unit_lines)
    lists = [*found.unit_lines]
    in_dates, free_deadlines = place(found.deadlines, found.date_lines)
    own_deadlines, outside = place(free_deadlines, spans)
    own_units, headed = place(free_units, spans)
    own_targets, _ = place(found.targets, spans)
    own_citations, _ = place(found.citations, spans)
    for at, part in enumerate(gathered):
        part.deadlines = own_deadlines[at]
        part.units = own_units[at]
        part.targets = own_targets[at]
        part.citations = own_citations[at]
    # A list may hold a date beside its units (责任单位：市教育局，2025年底前完成).
    beside, outside = place(outside, lists)
    _inherit(outline, gathered, lists, in_lists, [list(d) for d in beside])
    idle = _inherit(outline, gathered, found.date_lines, [[] for _ in found.date_lines], in_dates)
    _inherit_cells(outline, gathered, context, found.convention)
    _inherit_notes(gathered, found.list_notes, context)
    _inherit_headings(outline, gathered, outside, headed)
    own = carry_subjects(document.text, found.sentences, own_units, found.parties)
    for part, units in zip(gathered, own, strict=True):
        part.units = units
    _frame(outline, gathered, own_deadlines, idle)
    return outline, gathered


def _distinct(mentions: Sequence[M]) -> tuple[M, ...]:
    """The mentions, each place once."""
    if len(mentions) < 2:
        return tuple(mentions)
    seen: set[Span] = set()
    kept = []
    for mention in mentions:
        if mention.span not in seen:
            seen.add(mention.span)
            kept.append(mention)
    return tuple(kept)


def _is_task(document: Document, sentence: Sentence, part: Gathered) -> bool:
    """Whether a sentence is the task of a table's row: beside it stands who does it or by when."""
    in_row = document.blocks[sentence.block].kind is BlockKind.ROW
    return in_row and bool(part.inherited_units or part.inherited_deadlines) and sentence.span.end - sentence.span.start > _NAME


def assemble(document: Document, found: Found, context: Context) -> tuple[Obligation, ...]:
    """The obligations of a document: its sentences that ask something, each with all that belongs to it."""
    dates, _ = place(found.deadlines, [sentence.span for sentence in found.sentences])
    sentences = [by_its_date(sentence, dates[at], context.issued_on) for at, sentence in enumerate(found.sentences)]
    found = replace(found, sentences=sentences)
    outline, gathered = _gather(document, found, context)
    own = [part.deadlines for part in gathered]
    year = context.issued_on.year if context.issued_on else context.year
    obligations = []
    for at, sentence in enumerate(found.sentences):
        part = gathered[at]
        if sentence.kind is None and _is_task(document, sentence, part):
            sentence = replace(sentence, kind="duty", rule="duty.row")
        if sentence.kind is None:
            continue
        dated = any(last_day(deadline) for deadline in part.deadlines)
        heading = None if dated else heading_date(document.text, at, found.sentences, own)
        inherited = ([replace(heading, inherited=True, origin=Origin("list_head", heading.span))] if heading else []) + part.inherited_deadlines
        cited = {name: citation for citation in reversed(part.citations) if (name := citation.title or citation.document_number or "")}
        obligations.append(
            Obligation(
                span=sentence.span,
                kind=sentence.kind,
                rule=sentence.rule,
                text=sentence.span.of(document.text),
                path=sentence.path,
                page=document.page_at(sentence.span.start),
                units=_distinct([*part.units, *part.inherited_units]),
                deadlines=_distinct([*part.deadlines, *inherited, *part.frame]),
                targets=tuple(in_whole_year(t, document.text, year) for t in bind_targets(part.targets, part.deadlines, inherited, document.text)),
                parties=_distinct(found.parties[at]) if at < len(found.parties) else (),
                citations=(names := _names(part.citations)),
                cited=tuple(cited[name] for name in names if name in cited),
                confidence=confidence_of(sentence.rule, sentence.kind),
            )
        )
    return tuple(obligations)


def _names(citations: Iterable[Citation]) -> tuple[str, ...]:
    """What the contract names a cited document by: its title, else its number; each once."""
    return tuple(dict.fromkeys(c.title or c.document_number or "" for c in citations))
