"""What a notice says once for all its lists: 以下均需各市落实，不再列出 names units that every list below would repeat."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.folding import Folded
from extractors.mentions import Role, Unit
from extractors.patterns import Pattern, load_patterns
from extractors.unit_split import read_list
from ingest.document import Span

_MAY = re.compile("不再?[一-鿿]{0,4}[列标注罗赘]")
_HELPS = re.compile("配合|参与|参加")
MASK = "■"  # no name holds it


@dataclass(frozen=True, slots=True)
class ListNote:
    """A statement on the notice's lists: its printed place, where its line begins, its units, and which lists it speaks for."""

    span: Span
    line: int
    units: tuple[Unit, ...]
    above: bool
    below: bool

    def speaks_for(self, place: Span) -> bool:
        """Whether the list at `place` is one of those that it names the units for."""
        return place.start >= self.line if self.below else place.end <= self.span.start if self.above else True


@cache
def _rule() -> Pattern:
    return next(pattern for pattern in load_patterns("units") if pattern.fields["stage"] == "common")


def _matches(text: str) -> list[re.Match[str]]:
    return list(_rule().regex.finditer(text)) if _MAY.search(text) else []


def find_list_notes(folded: Folded) -> list[ListNote]:
    """The statements of a notice on the units of all its lists, in reading order."""
    notes = []
    for match in _matches(folded.text):
        role: Role = "cooperating" if _HELPS.fullmatch(match["verb"]) else "responsible"
        start, end = match.span("units")
        spans = [(folded.back(piece.start, piece.end), piece.role) for piece in read_list(folded.text, start, end, role)]
        units = tuple(Unit(span, _rule().id, "".join(span.of(folded.printed).split()), said, listed=True) for span, said in spans)
        if units:
            line = max(folded.text.rfind(mark, 0, match.start()) for mark in "\n（") + 1
            notes.append(ListNote(folded.back(*match.span()), folded.offsets[line], units, match["above"] is not None, match["below"] is not None))
    return notes


def without_list_notes(text: str) -> str:
    """A folded text with these statements blanked out, so that no list that they stand in takes them for units."""
    for match in _matches(text):
        text = f"{text[: match.start()]}{MASK * (match.end() - match.start())}{text[match.end() :]}"
    return text
