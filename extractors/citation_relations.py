"""Relations of citations: whether the notice rests on a document (basis) or only names it (mention)."""

from __future__ import annotations

import re
from functools import cache

from extractors.mentions import Relation
from extractors.patterns import load_data
from ingest.document import Span

_STOP = re.compile(r"[。；！？\n]")


@cache
def words() -> dict[str, re.Pattern[str]]:
    """The expressions of the table [words] of `citations.toml`, by name."""
    return {name: re.compile(regex) for name, regex in load_data("citations")["words"].items()}


class Relations:
    """Whether each citation is a basis: what verb governs it, over a list of citations (《A》、《B》和《C》)."""

    def __init__(self, text: str, spans: list[Span]) -> None:
        self.text, self.spans = text, spans
        self.bare = self._without_citations()
        known = words()
        self.triggers = re.compile(f"(?P<mention>{known['mention'].pattern})|(?P<basis>{known['basis'].pattern})")

    def _without_citations(self) -> str:
        """The text with every citation but its last character (＃) blanked out, its length unchanged."""
        pieces, at = [], 0
        for span in self.spans:
            start = max(at, span.start)
            if span.end <= start:
                continue
            pieces += [self.text[at:start], "\0" * (span.end - start - 1), "＃"]
            at = span.end
        return "".join([*pieces, self.text[at:]])

    def of(self, index: int) -> Relation:
        """The relation of the citation at `index`."""
        span = self.spans[index]
        known = words()
        begin = max(0, span.start - 700)
        left = _STOP.split(self.bare[begin : span.start])[-1].replace("\0", "")
        right = _STOP.split(self.bare[span.end : span.end + 400])[0].replace("\0", "")
        right = re.sub(r"^(?:[、和及与，]*(?:新?修订的?|新制定的?|以及)?＃)+", "", right)
        if known["basis_after"].match(right):
            return "basis"
        governing = self._governing(left)
        if governing is None:
            return "mention"
        firm = re.search(f"(?:{known['firm'].pattern})$", left[: governing.end()])
        if governing["mention"] or not firm and known["mention_after"].match(right):
            return "mention"
        return "basis"

    def _governing(self, left: str) -> re.Match[str] | None:
        """The last verb before a citation with nothing but its list of objects in between."""
        triggers = list(self.triggers.finditer(left))
        if not triggers:
            return None
        last = triggers[-1]
        between = re.sub(r"[、，]?(?:以及|和|及|与)?[^，＃]{0,20}＃(?:（[^（）]{0,40}）)?", "", left[last.end() :])
        return last if "，" not in between and len(between) <= 40 else None
