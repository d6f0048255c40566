"""Characters with boxes put together to printed lines, in reading order, as pages of PDF, OFD and scans give them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingest.lines import Box

Char = dict[str, Any]

_SAME_LINE = 0.6  # share of the lower one's height by which two runs of one line stand beside each other
_BLANK = 3.0  # points between full-width characters that a person sees as a blank
_SHARE = 0.2  # of the size: the least blank between Latin letters, and between letters so large that they are set apart
_SET_APART = 0.45  # of the size: what programs put between Chinese characters and Latin letters or figures is less (a quarter, stretched)
_WIDE_GAP = 2.5  # of the size: what stands behind such a gap is a thing of its own (a second organ, a column)
_MARK_SIZE, _MARK_RATIO = 21.0, 1.3  # points; the large letters of a 发文机关标志 stand in no line with smaller ones


@dataclass(frozen=True, slots=True)
class PrintLine:
    """A printed line: `gaps` are the places in its text where a wide gap begins or ends (the blank between)."""

    text: str
    box: Box
    size: float
    bold: bool
    gaps: tuple[int, ...]
    chars: tuple[Char, ...]


@dataclass(slots=True)
class _Row:
    """Characters that stand beside one another."""

    chars: list[Char]
    top: float
    bottom: float
    size: float

    def beside(self, other: _Row) -> bool:
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        if shared < _SAME_LINE * min(self.bottom - self.top, other.bottom - other.top):
            return False
        large, small = max(self.size, other.size), min(self.size, other.size)
        return large <= _MARK_SIZE or large <= _MARK_RATIO * small


def print_lines(chars: Sequence[Char]) -> list[PrintLine]:
    """The lines that upright characters make, from top to foot; print that is drawn twice (shadow, fake bold) counts once."""
    rows: list[_Row] = []
    for run in sorted(_runs(chars), key=lambda run: (run.top + run.bottom, run.chars[0]["x0"])):
        row = next((row for row in reversed(rows[-4:]) if row.beside(run)), None)
        if row is None:
            rows.append(run)
        else:
            row.chars += run.chars
            if len(run.chars) * run.size > 0.5 * len(row.chars) * row.size:
                row.top, row.bottom, row.size = min(row.top, run.top), max(row.bottom, run.bottom), max(row.size, run.size)
    lines = [line for row in rows if (line := _line(row.chars)) is not None]
    return _in_reading_order(lines)


def _runs(chars: Sequence[Char]) -> list[_Row]:
    """Characters that follow one another in the file and on the line."""
    runs: list[_Row] = []
    last: Char | None = None
    for char in chars:
        if char["text"].isspace() and (last is None or abs(last["bottom"] - char["bottom"]) > 1):
            continue
        size = char["size"]
        if last is not None and abs(char["bottom"] - last["bottom"]) < 0.1 * size and abs(size - last["size"]) < 0.1 * size and -size < char["x0"] - last["x1"] < 2 * size:
            runs[-1].chars.append(char)
        elif not char["text"].isspace():
            runs.append(_Row([char], char["top"], char["bottom"], size))
        else:
            continue
        last = char
    return runs


def _line(chars: list[Char]) -> PrintLine | None:
    """One line of characters that stand beside one another, in any order."""
    chars.sort(key=lambda char: char["x0"])
    text: list[str] = []
    kept: list[Char] = []
    gaps: list[int] = []
    blank = False
    length = 0
    for char in chars:
        word = char["text"]
        if word.isspace():
            blank = bool(kept)
            continue
        if kept:
            last = kept[-1]
            gap = char["x0"] - last["x1"]
            size = char["size"]
            if gap < -0.5 * size and _is_shadow(char, kept):
                continue
            latin = word.isascii() and last["text"].isascii()
            if gap > _WIDE_GAP * size:
                gaps.append(length)
                blank = True
            share = _SHARE if latin or not (word.isascii() or last["text"].isascii()) else _SET_APART
            if blank or gap > (min if latin else max)(_BLANK, share * size):
                text.append(" ")
                length += 1
        blank = False
        text.append(word)
        length += len(word)
        kept.append(char)
    if not kept:
        return None
    box = (min(c["x0"] for c in kept), min(c["top"] for c in kept), max(c["x1"] for c in kept), max(c["bottom"] for c in kept))
    sizes, fonts = Counter(c["size"] for c in kept), Counter(c["fontname"] for c in kept)
    size = round(float(sizes.most_common(1)[0][0]), 1)
    bold = sum(count for name, count in fonts.items() if "Bold" in name or "Hei" in name) > 0.8 * len(kept)
    return PrintLine("".join(text), box, size, bold, tuple(gaps), tuple(kept))


def _is_shadow(char: Char, kept: Sequence[Char]) -> bool:
    """Whether a character is drawn a second time where one of the last few stands."""
    near = 0.15 * char["size"]
    return any(other["text"] == char["text"] and abs(other["x0"] - char["x0"]) <= near and abs(other["bottom"] - char["bottom"]) <= near for other in kept[-3:])


def _in_reading_order(lines: list[PrintLine]) -> list[PrintLine]:
    """Lines from top to foot; what stands beside two lines, at their right (文件 beside two organs), comes behind both."""
    lines.sort(key=lambda line: line.box[1])
    for i in range(len(lines) - 2, -1, -1):
        at = i
        while at + 1 < len(lines) and lines[at + 1].box[2] <= lines[at].box[0] and lines[at + 1].box[1] < lines[at].box[3] - 0.25 * lines[at].size:
            lines[at], lines[at + 1] = lines[at + 1], lines[at]
            at += 1
    return lines


def parts(line: PrintLine, gap: float = _WIDE_GAP) -> list[tuple[str, Box]]:
    """The texts and boxes that gaps of so many times the type's size part a line into."""
    found: list[tuple[str, Box]] = []
    first = 0
    for i in range(1, len(line.chars) + 1):
        if i == len(line.chars) or line.chars[i]["x0"] - line.chars[i - 1]["x1"] > gap * line.chars[i]["size"]:
            piece = print_lines(line.chars[first:i])
            found += [(part.text, part.box) for part in piece]
            first = i
    return found
