"""Marks of markdown (CommonMark) in lines: what they say of a line, and the line without them.

Drafts that were written with a chat assistant carry them into Word, PDF and web pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.lines import Line

HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
BOLD = re.compile(r"^\s*\*\*.+\*\*\s*$")
_LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\((?:[^()\s]|\([^()]*\)){1,500}(?: \"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_STARS = re.compile(r"\*\*(?=\S)([^*\n]+)(?<=\S)\*\*")  # no __: blanks of forms are lines of those
_MARKED = 3  # lines with marks from which a file is taken to carry them


def plain(line: str) -> str:
    """A line without inline marks.

    >>> plain("**（一）健全机制。**建立[台账](http://www.yunxi.example/a)")
    '（一）健全机制。建立台账'
    """
    line = _LINK.sub(lambda m: "" if m[0].startswith("!") else m[1], line)
    line = _EMPHASIS.sub(r"\2", line)
    line = re.sub(r"(?<!\w)\*(?=\S)([^*\n]+)(?<=\S)\*(?!\w)", r"\1", line)
    line = re.sub(r":[a-z_]{2,20}:", "", line)
    return re.sub(r"\\([\\`*_{}\[\]()#+\-.!>~|])", r"\1", line).replace("**", "")


def drop_marks(lines: Sequence[Line]) -> list[Line]:
    """Lines of a format that has no such marks, without stars and # that were pasted into it; as they are where there are hardly any."""
    marked = sum(HEADING.match(line.text) is not None or _STARS.search(line.text) is not None for line in lines)
    return [_dropped(line) for line in lines] if marked >= _MARKED else list(lines)


def _dropped(line: Line) -> Line:
    if line.cells:
        return replace(line, text=_STARS.sub(r"\1", line.text), cells=tuple(_STARS.sub(r"\1", cell) for cell in line.cells))
    heading = HEADING.match(line.text)
    bold = BOLD.match(line.text) is not None
    level = len(heading[1]) if heading else 7 if bold and line.heading is None else line.heading
    return replace(line, text=_STARS.sub(r"\1", heading[2] if heading else line.text), heading=level, bold=line.bold or bold)
