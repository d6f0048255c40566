"""A notice as text on the screen: its paragraphs and tables, each mention in its colour with what it says, the quoted place marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.mentions import Obligation
from ingest.document import Block, BlockKind, Document, Span
from kb.export.ledger import when
from kb.records import deadline_json, number
from views.pages import link
from views.tree import Node, el
from views.words import name_of, t

WINDOW = 30_000  # characters of a notice that are shown at once
Stored = tuple[str, str, Obligation]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text: its classes, what is said of it, and where a click leads; of several the shortest says it."""

    span: Span
    sort: str
    says: str = ""
    go: str | None = None


def mention_marks(document: Document, obligations: Sequence[Stored]) -> list[Mark]:
    """Every mention of the obligations, each once, with its explanation; and the obligations themselves."""
    found: dict[tuple[Span, str], Mark] = {}
    for identity, owner, obligation in obligations:
        state = {"doc": owner, "at": f"{obligation.span.start}-{obligation.span.end}", "id": identity}
        found[obligation.span, "said"] = Mark(obligation.span, "said", f"{name_of('kind', obligation.kind)} · {obligation.rule}", link("source", **state))
        for sort, span, words, mention in _mentions(obligation):
            origin = getattr(mention, "origin", None)
            given = f"\n{t('source.given', words=origin.place.of(document.text)[:60])}" if origin else ""
            found.setdefault((span, sort), Mark(span, f"m-{sort}", f"{t(f'source.{sort}')}：{words}{given}\n{t('source.rule')}：{mention.rule}"))
    return sorted(found.values(), key=lambda mark: (mark.span.start, -mark.span.end))


def _mentions(obligation: Obligation) -> Iterator[tuple[str, Span, str, Any]]:
    for unit in obligation.units:
        full = f" → {unit.canonical}" if unit.canonical and unit.canonical != unit.name else ""
        yield "unit", unit.span, f"{unit.name}（{name_of('role', unit.role)}）{full}", unit
    for deadline in obligation.deadlines:
        yield "deadline", deadline.span, when(deadline_json(deadline)), deadline
    for target in obligation.targets:
        figure = f"{target.comparator} {number(target.value)}{target.unit or ''}" if target.value is not None else target.raw
        yield "target", target.span, f"{target.indicator} {figure}{f'（{target.by}）' if target.by else ''}", target
    for party in obligation.parties:
        yield "party", party.span, party.name, party
    for citation in obligation.cited:
        yield "citation", citation.span, citation.title or citation.document_number or "", citation


def segments(text: str, span: Span, marks: Sequence[Mark]) -> list[Node]:
    """The text of a span with the marks that overlap it, cut where one begins or ends."""
    edges = {span.start, span.end}
    edges |= {edge for mark in marks for edge in (mark.span.start, mark.span.end) if span.start < edge < span.end}
    cuts = sorted(edges)
    nodes: list[Node] = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        over = [mark for mark in marks if mark.span.start <= start and end <= mark.span.end]
        if not over:
            nodes.append(text[start:end])
            continue
        inner = min((mark for mark in over if mark.says), key=lambda mark: mark.span.end - mark.span.start, default=over[0])
        go = next((mark.go for mark in over if mark.go), None)
        classes = " ".join(dict.fromkeys(mark.sort for mark in over))
        nodes.append(el("span", classes, text[start:end], title=inner.says or None, go=go))
    return nodes


def window(document: Document, offset: int) -> tuple[int, int]:
    """The blocks (first, behind the last) shown around an offset: all of a short notice, else about `WINDOW` characters."""
    blocks = document.blocks
    if len(document.text) <= WINDOW:
        return 0, len(blocks)
    first = max(0, min(offset - WINDOW // 3, len(document.text) - WINDOW))
    inside = [at for at, block in enumerate(blocks) if block.span.end > first and block.span.start < first + WINDOW]
    return (inside[0], inside[-1] + 1) if inside else (0, len(blocks))


def paper(document: Document, first: int, last: int, marks: Sequence[Mark], quoted: Span | None) -> Node:
    """The blocks from `first` to before `last` as a page; the quoted place is where `focus` leads."""
    nodes: list[Node] = []
    waiting = sorted(marks, key=lambda mark: mark.span.start)
    rows: list[Node] = []
    for at in range(first, last):
        block = document.blocks[at]
        near = [mark for mark in waiting if mark.span.overlaps(block.span)]
        if quoted is not None and quoted.overlaps(block.span):
            near.append(Mark(quoted, "quoted"))
        if block.kind is BlockKind.ROW and block.cells:
            cells = (el("td", "", *segments(document.text, cell.span, near)) for cell in block.cells)
            rows.append(el("tr", "", *cells, id=f"b{at}"))
            continue
        if rows:
            nodes.append(el("table", "", el("tbody", "", *rows)))
            rows = []
        nodes.append(el("p", _classes(block), *segments(document.text, block.span, near), id=f"b{at}"))
    if rows:
        nodes.append(el("table", "", el("tbody", "", *rows)))
    return el("div", "paper", *nodes)


def _classes(block: Block) -> str:
    words = [block.part.value]
    if block.kind is BlockKind.HEADING:
        words.append("heading")
    return " ".join(words)


def outline(document: Document, owner: str, first: int, last: int) -> Node:
    """The headings with their depth; a click scrolls there, or opens that part of a long notice."""
    lines: list[Node] = []
    for at, block in enumerate(document.blocks):
        if block.heading is None:
            continue
        depth = sum(document.blocks[above].heading is not None for above in document.ancestors(at))
        words = " ".join(block.heading.of(document.text).split())
        inside = {"to": f"b{at}"} if first <= at < last else {"go": link("source", doc=owner, at=f"{block.heading.start}-{block.heading.end}")}
        lines.append(el("div", "", words[:40], title=words, **{"--depth": depth}, **inside))
    return el("div", "outline", *lines)


def legend() -> Node:
    """What the colours mean."""
    return el("div", "chips noprint", *(el("span", f"chip {sort}", t(f"source.{sort}")) for sort in ("unit", "deadline", "target", "party", "citation")))
