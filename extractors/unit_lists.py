"""Lists of responsible units: lines (责任单位：甲、乙) and brackets (（甲牵头，乙配合）), as passages and as units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.finder import Finder
from extractors.folding import Folded, fold
from extractors.list_notes import MASK
from extractors.mentions import Role, Unit
from extractors.overlap import Places
from extractors.patterns import Pattern, load_patterns
from extractors.screen import Screen
from extractors.unit_split import Piece, is_name, is_organ, read_list
from ingest.document import Span

_BRACKET_MARK = re.compile(r"[（〔）〕\n]")
_MAX_BRACKET = 600  # longest list in a bracket; a longer one has lost its end
_TAIL_END = re.compile(r"(?:牵头|配合|负责|参与|落实|实施|协助|协办|主办|承办|推进|参加|支持|各负其责)(?=[，；。）〕]|$)")
_AFTER = re.compile(r"[。；]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A list of units in the folded text, and its parts: range, the label's role (None without label), rule."""

    start: int
    end: int
    parts: tuple[tuple[int, int, Role | None, str], ...]


@cache
def _stage(*stages: str) -> tuple[Pattern, ...]:
    return tuple(pattern for pattern in load_patterns("units") if pattern.fields["stage"] in stages)


@cache
def _convention_screen() -> Screen:
    return Screen([pattern.regex for pattern in _stage("convention")])


@cache
def _label_screen() -> Screen:
    return Screen([pattern.regex for pattern in _stage("label", "stop")])


@cache
def _label_finder() -> Finder:
    return Finder([pattern.regex for pattern in _stage("label", "stop")])


def _labels(text: str, start: int, end: int) -> list[tuple[int, int, Pattern]]:
    """The labels and stops of a stretch in order; the longest wins, then the earlier pattern."""
    found: list[tuple[int, int, Pattern]] = []
    screen, rules = _label_screen(), _stage("label", "stop")
    if (start, end) == (0, len(text)):
        matches = _label_finder().find(text)
    else:
        told = screen.told(text[start:end])
        matches = ((i, match) for i, need in enumerate(screen.needs) if told & need == need for match in rules[i].regex.finditer(text, start, end))
    hits = sorted((match.start(), -match.end(), order, rules[order]) for order, match in matches)
    for at, negative_end, _, pattern in hits:
        if not found or at >= found[-1][1]:
            found.append((at, -negative_end, pattern))
    return found


def _is_verbal(label: str) -> bool:
    return label.endswith(("为", "是", "有", "包括"))


def find_convention(text: str) -> str | None:
    """What a notice says of its own lists: `first`, `comma`, `semicolon` or `star` leads, with `+rest` where the others cooperate."""
    rules = _stage("convention")
    means = {rules[i].fields["means"] for i in _convention_screen().candidates(text) if rules[i].regex.search(text)}
    rule = next((rule for rule in ("star", "comma", "semicolon", "first") if rule in means), None)
    return f"{rule}+rest" if rule and "rest" in means else rule


def find_convention_at(printed: str) -> Span | None:
    """Where a notice states its rule for its lists, of several the first."""
    folded = fold(printed)
    found = [match.span() for pattern in _stage("convention") if (match := pattern.regex.search(folded.text))]
    return folded.back(*min(found)) if found else None


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Outermost brackets of one line, end exclusive."""
    marks = [(match.start(), match[0]) for match in _BRACKET_MARK.finditer(text)]
    first = 0
    while first < len(marks):
        start, depth = marks[first][0], 0
        for at in range(first, len(marks)) if marks[first][1] in "（〔" else ():
            place, char = marks[at]
            if char == "\n" or place >= start + _MAX_BRACKET:
                break
            depth += 1 if char in "（〔" else -1
            if depth == 0:
                yield start, place + 1
                first = at
                break
        first += 1


def _parts_by_label(text: str, start: int, end: int) -> list[tuple[int, int, Role | None, str]]:
    labels = _labels(text, start, end)
    parts: list[tuple[int, int, Role | None, str]] = []
    for i, (_, after, pattern) in enumerate(labels):
        until = _sentence_end(text, after, labels[i + 1][0] if i + 1 < len(labels) else end)
        if pattern.fields["stage"] == "label":
            parts.append((after, until, pattern.fields["role"], pattern.id))
    return parts


def _bracket_passage(text: str, start: int, end: int) -> Passage | None:
    """A bracket as a list: with labels, closed by its verbs, or holding nothing but organs."""
    inner_start, inner_end = start + 1, end - 1
    labels = _parts_by_label(text, inner_start, inner_end)
    # A sentence or item closes before the full stop that follows the bracket; the stop belongs to the list's passage
    # only where the sentence before it has its own.
    stop = end + 1 if _AFTER.match(text, end) and text[start - 1 : start] in {"。", "；", "！", "？", "”"} else end
    if labels:
        return Passage(start, stop, tuple(labels))
    inner = text[inner_start:inner_end]
    if _TAIL_END.search(inner):
        pieces = read_list(text, inner_start, inner_end, None)
        names = [text[piece.start : piece.end] for piece in pieces]
        if names and sum(map(is_organ, names)) * 2 >= len(names) and len("".join(names)) * 2 >= len(inner.replace(MASK, "")) - 24:
            return Passage(start, stop, ((inner_start, inner_end, None, "unit.bracket"),))
        return None
    closes = start == 0 or text[start - 1] in "。；！？\n" or text[end : end + 1] in {"。", "；", "\n", ""}
    alone = start > 0 and text[start - 1] in "。；" and _is_specific(inner)
    if alone or closes and "、" in inner and (start == 0 or text[start - 1] in "。；！？\n，" or _only_organs(inner)) and _only_organs(inner):
        return Passage(start, stop, ((inner_start, inner_end, "responsible", "unit.bracket"),))
    return None


def _only_organs(inner: str) -> bool:
    names = [inner[piece.start : piece.end] for piece in read_list(inner, 0, len(inner), "responsible")]
    return len(names) > 1 and all(map(_is_specific, names))


def _is_specific(name: str) -> bool:
    return is_organ(name) and len(name) > 2 and name[0] in "省市县区州旗盟镇国中各有团"


def _line_passages(text: str, taken: list[Passage]) -> Iterator[Passage]:
    """The labelled lists that stand in no bracket: from the label to the stop, the end of the line or a label of other things."""
    places = Places(Span(passage.start, passage.end) for passage in taken)
    labels = [label for label in _labels(text, 0, len(text)) if not places.overlapping(Span(label[0], label[0] + 1))]
    i = 0
    while i < len(labels):
        start, after, pattern = labels[i]
        if pattern.fields["stage"] == "stop" or _is_verbal(text[start:after]) and start and text[start - 1] not in "\n，。；：（":
            i += 1
            continue
        parts = []
        while True:
            line_end = text.find("\n", after)
            line_end = len(text) if line_end < 0 else line_end
            follow = labels[i + 1] if i + 1 < len(labels) and labels[i + 1][0] <= line_end else None
            until = follow[0] if follow else line_end
            end = _sentence_end(text, after, until)
            parts.append((after, end, pattern.fields["role"], pattern.id))
            i += 1
            if follow is None or follow[2].fields["stage"] == "stop" or end < until:
                break
            after, pattern = follow[1], follow[2]
        yield Passage(start, end, tuple(parts))


def _sentence_end(text: str, start: int, end: int) -> int:
    depth = 0
    for i in range(start, end):
        depth += (text[i] in "（〔") - (text[i] in "）〕")
        if depth < 0:
            return i
        if text[i] == "。" and depth == 0:
            return i + 1
    return end


def find_passages(text: str) -> list[Passage]:
    """Every list of units of a folded text, in reading order."""
    brackets = [passage for passage in (_bracket_passage(text, *pair) for pair in _brackets(text)) if passage]
    lines = [p for p in _line_passages(text, brackets) if any(read_list(text, a, b, role) for a, b, role, _ in p.parts)]
    return sorted((*brackets, *lines), key=lambda passage: passage.start)


def _unit(folded: Folded, piece: Piece, rule: str) -> Unit:
    span = folded.back(piece.start, piece.end)
    return Unit(span, rule, "".join(span.of(folded.printed).split()), piece.role, listed=True)


def read_passages(folded: Folded, passages: list[Passage], convention: str | None) -> Iterator[Unit]:
    """The units of the lists, with the roles that labels, verbs and the notice's own rule give them."""
    for passage in passages:
        mixed = len({role for _, _, role, _ in passage.parts}) > 1
        for start, end, role, rule in passage.parts:
            applies = convention if role == "responsible" and not mixed else None
            for piece in read_list(folded.text, start, end, role, applies):
                if rule != "unit.bracket" or is_name(folded.text[piece.start : piece.end]):
                    yield _unit(folded, piece, rule)
