"""The head of a notice: which of its first lines are 版头 and which the title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.dates import DATE
from ingest.document import Part
from ingest.lines import Paragraph
from ingest.part_forms import ATTACHED, DATE_LINE, HEADER, MARK, NOTE, NUMBER_LINE, SIGNED, is_recipients
from ingest.titles import ends_as_title, is_organ, is_title_line, runs_on

_PASSING = re.compile(rf"^（(?:根据)?{DATE}.*(?:会议|通过|批准|公布|发布|印发|制定|修[正订])")


class HeadLines:
    """The first lines of a notice, `words` being their squeezed texts."""

    def __init__(self, paragraphs: Sequence[Paragraph], words: Sequence[str]) -> None:
        self.paragraphs = paragraphs
        self.words = words
        self.passing = self._passing_note()

    def _passing_note(self) -> range:
        """The lines of the remark in brackets that says who passed a text and when (（2020年1月1日…通过 …修正）)."""
        start = next((i for i, word in enumerate(self.words[:20]) if _PASSING.match(word)), None)
        if start is None:
            return range(0)
        end = next((i for i in range(start, min(start + 12, len(self.words))) if self.words[i].endswith("）")), None)
        return range(0) if end is None else range(start, end + 1)

    def _is_head_line(self, i: int) -> bool:
        word, paragraph = self.words[i], self.paragraphs[i]
        if paragraph.cells:
            return False
        if i in self.passing:
            return True
        if word == "目录":
            return False
        if NUMBER_LINE.match(word) or MARK.match(word) or HEADER.match(word) or DATE_LINE.match(word) or NOTE.match(word):
            return True
        return is_title_line(paragraph) or re.match(r"^（[^（）]*(?:（[^（）]*）[^（）]*)*）$|^[〔【][^〔〕【】]*[〕】]$", word) is not None

    def _dated_organ(self, i: int) -> bool:
        """Whether a line holds an organ and a date, as minutes (纪要) have it under their name."""
        signed = SIGNED.match(self.words[i])
        return signed is not None and is_organ(signed[1])

    def _page_title(self, start: int) -> int:
        """1 where the first line is the title of the page, too long for a title, and the title itself stands below."""
        if start + 1 >= len(self.words) or self._is_head_line(start) or "。" in self.words[start]:
            return 0
        below = "".join(self.words[start + 1 : start + 3])
        return int(is_title_line(self.paragraphs[start + 1]) and len(below) > 12 and self.words[start].startswith(self.words[start + 1][:40]))

    def place(self) -> tuple[list[Part], str]:
        """The parts of the lines that stand before recipients and body, and the title."""
        parts: list[Part] = []
        start = 0
        if self.words and ATTACHED.match(self.words[0]):
            parts.append(Part.HEADER)
            start = 1
        end = start = start + self._page_title(start)
        parts.extend([Part.HEADER] * (start - len(parts)))
        while end < len(self.words) and self._is_head_line(end) and not is_recipients(self.words[end]):
            end += 1
        if end == len(self.words) and end - start > 6:  # nothing but short lines: a form or a list
            end = start + 4
        titles = self._title_lines(start, end)
        for i in range(start, end):
            if i in titles:
                parts.append(Part.TITLE)
            elif titles and i > titles[-1] and not self._may_follow_title(i):
                break  # a heading of the body that has no number
            else:
                parts.append(Part.HEADER)
        return parts, "".join(self.words[i] for i in titles)

    def _may_follow_title(self, i: int) -> bool:
        """Whether a line is one of those that stand between title and body: number, date, organ, remark."""
        word = self.words[i]
        known = NUMBER_LINE.match(word) or HEADER.match(word) or DATE_LINE.match(word) or NOTE.match(word) or SIGNED.match(word)
        return bool(known) or i in self.passing or is_organ(word) or word.startswith("（")

    def _title_lines(self, start: int, end: int) -> range:
        """The lines of the title among the head's lines."""
        words = self.words
        can = [
            is_title_line(self.paragraphs[i]) and not self.paragraphs[i].letterhead and i not in self.passing and not NUMBER_LINE.match(words[i]) and not MARK.match(words[i]) and not HEADER.match(words[i]) and not self._dated_organ(i)
            for i in range(end)
        ]
        last = next((i for i in range(end - 1, start - 1, -1) if can[i] and ends_as_title(words[i])), None)
        if last is None or (not ends_as_title(words[last], strict=True) and any(can[i] and ends_as_title(words[i], strict=True) for i in range(start, last))):
            strict = [i for i in range(start, end) if can[i] and ends_as_title(words[i], strict=True)]
            last = strict[-1] if strict else last
        if last is None:
            free = [i for i in range(start, end) if can[i] and not is_organ(words[i])]
            marked = [i for i in free if self.paragraphs[i].heading is not None]
            if not free:
                return range(start, start)
            last = (marked or free)[0]
            return range(last, last + 1)
        first = last
        while first > start and can[first - 1] and last - first < 8 and (not ends_as_title(words[first - 1], strict=True) or runs_on(words[first - 1], words[first])):
            first -= 1
        numbers = [i for i in range(first, last) if NUMBER_LINE.match(words[i])]
        dated = [i for i in range(first, last) if self._dated_organ(i)]
        first = max((numbers or [first - 1])[-1], (dated or [first - 1])[-1]) + 1
        after = last + 1
        while after < end and after not in self.passing and re.match(r"^（[^（）]*）$", words[after]) and not NUMBER_LINE.match(words[after]) and not DATE_LINE.match(words[after]) and not NOTE.match(words[after]) and len(words[after]) <= 20:
            after += 1
        return range(first, after)
