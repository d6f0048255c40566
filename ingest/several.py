"""Files that hold several notices (文件汇编): where each begins.

A notice begins with its 版头, or with its title and recipients, behind the signature or the 版记 of the one before. What a notice
carries, encloses or answers stays with it: it names that text beforehand (转发给你们, 附件：…, 收悉). Where it is not sure, nothing is parted.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.lines import Paragraph
from ingest.normalize import squeeze
from ingest.part_forms import (
    ATTACHED,
    ATTACHMENT_NOTE,
    CARRIES,
    DATE_LINE,
    HEADER,
    IMPRINT,
    MARK,
    NOTE,
    NUMBER,
    NUMBER_LINE,
    PERSON,
    PRINTED,
    SIGNED,
    is_recipients,
)
from ingest.titles import ends_as_title, is_organ, is_title_line, runs_on, same_name

SHORT = 160  # characters of the longest line that can be one of head or foot; recipients may be longer
_NOTICE_END = re.compile(r"(?:通知|意见|决定|公告|通告|通报|批复|函|命令|令|决议|公报|请示|报告|纪要|通令|提示|方案|办法|规定|细则|条例)(?:（[^（）]{1,20}）)?$")
_SENT_END = re.compile(r"(?:通知|意见|决定|公告|通告|通报|批复|函|命令|令|决议|公报|请示|报告|纪要)(?:（[^（）]{1,20}）)?$")
_NAMING = re.compile(r"印发|转发|批转|发布|公布|下发|收悉|来[函文]|附[件后：]|颁布|执行|抄送|抄转")
_NAMED = re.compile(r"《([^《》]{4,120}(?:《[^《》]*》[^《》]*)*)》")
_COVER = re.compile(r"^目[录次]$|(?:汇编|选编|文件集|文件选|资料集)$")
_MOST_TITLE_LINES = 6
MOST_STARTS = 1000  # places looked at in one file: a hostile one may have a million


@dataclass(frozen=True, slots=True)
class Start:
    """A place where a notice may begin: what speaks for it."""

    at: int
    title: str
    number: str | None = None
    marked: bool = False  # a 发文机关标志 stands above
    recipients: bool = False
    alone: bool = False  # a title and nothing else


class _File:
    """The paragraphs of a file with what their forms tell."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self.words = [squeeze(p.text).text if not p.cells and len(p.text) <= 3 * SHORT else "" for p in paragraphs]
        self.numbers = {i: match[match.lastindex or 0] for i, word in enumerate(self.words) if word and len(word) <= SHORT and (match := NUMBER_LINE.match(word))}
        self.closers = [i for i, word in enumerate(self.words) if word and len(word) <= SHORT and self._closes(i)]
        self.labels = [i for i, word in enumerate(self.words) if ATTACHED.match(word)]

    def _closes(self, i: int) -> bool:
        """Whether a paragraph is the dated end of a signature, or a line of an imprint."""
        word = self.words[i]
        if PRINTED.match(word) or re.match("抄[送报]：", word):
            return True
        signed = SIGNED.match(word)
        return DATE_LINE.match(word) is not None and word[0] != "（" or (signed is not None and is_organ(signed[1]))

    def is_imprint(self, i: int) -> bool:
        """Whether a paragraph is a line of 版记, which stands behind the attachments."""
        return PRINTED.match(self.words[i]) is not None or re.match("抄[送报]：", self.words[i]) is not None

    def title_above(self, i: int) -> int | None:
        """Where the title begins whose last line stands right above paragraph `i`."""
        j = i
        while j > 0 and i - j < _MOST_TITLE_LINES and is_title_line(self.paragraphs[j - 1]) and not self._no_title(j - 1):
            if j < i and ends_as_title(self.words[j - 1], strict=True) and not runs_on(self.words[j - 1], self.words[j]):
                break
            j -= 1
        return j if j < i and _NOTICE_END.search(self.words[i - 1]) else None

    def title_below(self, i: int) -> int | None:
        """The end of the title that begins at paragraph `i` or a few lines of the head further on."""
        j = i
        while j < len(self.words) and j - i < 5 and self._no_title(j) and not is_recipients(self.words[j]):
            j += 1
        start = j
        while j < len(self.words) and j - start < _MOST_TITLE_LINES and is_title_line(self.paragraphs[j]) and not self._no_title(j):
            j += 1
            if ends_as_title(self.words[j - 1], strict=True) and not (j < len(self.words) and runs_on(self.words[j - 1], self.words[j])):
                return j
        return None

    def _no_title(self, i: int) -> bool:
        word = self.words[i]
        return bool(NUMBER_LINE.match(word) or MARK.match(word) or HEADER.match(word) or NOTE.match(word) or IMPRINT.match(word) or DATE_LINE.match(word) or PERSON.match(word)) or self._closes(i)

    def head_above(self, i: int, floor: int) -> tuple[int, bool]:
        """Where the lines of 版头 above paragraph `i` begin, not before `floor`, and whether one is a 发文机关标志."""
        marked = False
        while i > floor and self.words[i - 1] and not IMPRINT.match(self.words[i - 1]):
            word = self.words[i - 1]
            mark = MARK.match(word) is not None or re.search(r"(?:命?令|公告|通告)$", word) is not None and is_organ(re.sub(r"(?:命?令|公告|通告)$", "", word))
            if not (mark or HEADER.match(word) or NUMBER_LINE.match(word) or is_organ(word) or word in ("令", "公告", "通告")):
                break
            marked = marked or mark or word in ("令", "公告", "通告")
            i -= 1
        return i, marked

    def starts(self) -> list[Start]:
        """The places where a notice may begin, by what stands there."""
        found: dict[int, Start] = {}
        for i, number in self.numbers.items():
            for start in (self._by_letterhead(i, number), self._by_title(i, number)):
                if start:
                    found.setdefault(start.at, start)
        for i, word in enumerate(self.words):
            if word.endswith("：") and is_recipients(word) and (at := self.title_above(i)) is not None:
                start = self._with_head(Start(at, "".join(self.words[at:i]), recipients=True), i)
                found.setdefault(start.at, start)
        covered = {j for s in found.values() for j in range(s.at, s.at + 14)}
        for i in self._behind_closers():
            if i not in covered and (end := self.title_below(i)) is not None and "关于" in "".join(self.words[i:end]) and _SENT_END.search(self.words[end - 1]):
                found[i] = Start(i, "".join(self.words[i:end]), alone=True)
        return sorted((self._with_copies(s) for s in found.values()), key=lambda s: s.at)

    def _with_copies(self, start: Start) -> Start:
        """A start with what a page prints above it: the title once more, lines about the page."""
        at, floor = start.at, self._floor(start.at)
        while at > floor and (self.words[at - 1].startswith(start.title[:20]) or HEADER.match(self.words[at - 1])) and not IMPRINT.match(self.words[at - 1]):
            at -= 1
        return replace(start, at=at)

    def _behind_closers(self) -> list[int]:
        """The first lines behind a signature or imprint and its notes."""
        places = []
        for i in self.closers:
            j = i + 1
            while j < len(self.words) and self.words[j] and (NOTE.match(self.words[j]) or IMPRINT.match(self.words[j]) or self.words[j].startswith("（")):
                j += 1
            if j < len(self.words) and self.words[j]:
                places.append(j)
        return places

    def _floor(self, i: int) -> int:
        """The line behind the last signature or imprint before paragraph `i`."""
        before = bisect_left(self.closers, i)
        return self.closers[before - 1] + 1 if before else 0

    def _by_letterhead(self, i: int, number: str) -> Start | None:
        """A number under a 发文机关标志, a title below."""
        at, marked = self.head_above(i, self._floor(i))
        if at == i:
            return None
        end = self.title_below(i + 1)
        above = self.words[i - 1]
        if end is None and marked and above.endswith(("令", "公告", "通告")):
            return Start(at, "".join(self.words[at:i]), number, marked=True)
        return None if end is None else Start(at, self._title(i + 1, end), number, marked, end < len(self.words) and is_recipients(self.words[end]))

    def _title(self, start: int, end: int) -> str:
        return "".join(word for i, word in enumerate(self.words[start:end], start) if not self._no_title(i))

    def _by_title(self, i: int, number: str) -> Start | None:
        """A number under the title."""
        at = self.title_above(i)
        if at is None:
            return None
        title, recipients = "".join(self.words[at:i]), i + 1 < len(self.words) and is_recipients(self.words[i + 1])
        return self._with_head(Start(at, title, number, recipients=recipients), i)

    def _with_head(self, start: Start, end: int) -> Start:
        """A start with the lines of 版头 above its title."""
        at, marked = self.head_above(start.at, self._floor(start.at))
        number = start.number or next((self.numbers[j] for j in range(at, end) if j in self.numbers), None)
        return Start(at, start.title, number, marked, start.recipients)


class _Splitter:
    """Takes the possible starts in order and keeps those that are sure."""

    def __init__(self, file: _File) -> None:
        self.file = file
        self.found = file.starts()

    def split(self) -> list[int]:
        """Where the notices begin; the first at 0 unless a cover stands before it."""
        taken: list[Start] = []
        current: Start | None = None
        begin = 0
        for n, start in enumerate(self.found[:MOST_STARTS]):
            following = next((s.at for s in self.found[n + 1 :] if s.at > start.at), len(self.file.words))
            if current is None:
                current = start if not start.alone and self._closed(0, start.at) is None else self._opening()
                if current is None:
                    continue
                taken.append(current)
                begin = current.at
                if current is start:
                    continue
            if self._is_new(current, begin, start, following):
                current, begin = start, start.at
                taken.append(start)
        places = [s.at for s in taken]
        return places if len(places) > 1 else [0]

    def _opening(self) -> Start | None:
        """The notice that the file opens with, known by nothing but its title."""
        end = self.file.title_below(0)
        return Start(0, "".join(self.file.words[:end]), alone=True) if end and _SENT_END.search(self.file.words[end - 1]) else None

    def _closed(self, begin: int, end: int) -> int | None:
        """The last signature or imprint in [begin, end) that has a sentence before it."""
        sentence = next((i for i in range(begin, end) if "。" in self.file.paragraphs[i].text), end)
        return next((c for c in reversed(self.file.closers) if sentence <= c < end), None)

    def _is_new(self, current: Start, begin: int, start: Start, following: int) -> bool:
        file = self.file
        closed = self._closed(begin, start.at)
        if closed is None or start.number is not None and start.number == current.number or start.title == current.title:
            return False
        if any(i in file.labels for i in range(max(begin, start.at - 2), start.at)):
            return False
        if self._is_named(current, begin, start):
            return False
        imprint = max((c for c in file.closers if begin < c < start.at and file.is_imprint(c)), default=-1)
        label = max((i for i in file.labels if begin < i < start.at), default=-1)
        if self._awaits_carried(current, begin, start.at) and not (start.marked and start.number and imprint >= 0):
            return False
        if start.marked and start.number:
            return True
        if not self._signed_itself(start.at, following) or label > imprint and not start.number:
            return False
        if start.alone:
            return label < 0 and CARRIES.search(current.title) is None
        return bool(start.number or start.recipients) and _SENT_END.search(start.title) is not None

    def _signed_itself(self, begin: int, end: int) -> bool:
        return self._closed(begin, end) is not None

    def _awaits_carried(self, current: Start, begin: int, end: int) -> bool:
        """Whether the notice says that it carries a text, which has not come so far."""
        if CARRIES.search(current.title.removesuffix("令")) is None:
            return False
        signed = self._first_closer(begin, end)
        return not any("。" in self.file.paragraphs[i].text and not IMPRINT.match(self.file.words[i]) and not NOTE.match(self.file.words[i]) for i in range(signed + 1, end))

    def _first_closer(self, begin: int, end: int) -> int:
        sentence = next((i for i in range(begin, end) if "。" in self.file.paragraphs[i].text), end)
        return next((c for c in self.file.closers if sentence <= c < end), end)

    def _is_named(self, current: Start, begin: int, start: Start) -> bool:
        """Whether the notice before names the text as one that it carries, encloses or answers."""
        bare = re.sub(r"^.*?(?=关于)", "", start.title) or start.title
        own = re.sub(r"^.*?(?:印发|转发|批转|公布|发布)", "", current.title)
        names, numbers = [own.removesuffix("的通知")] if own != current.title else [], set()
        listing = False
        for i in range(begin, start.at):
            text = self.file.paragraphs[i].text
            word = self.file.words[i] or squeeze(text).text
            listing = ATTACHMENT_NOTE.match(word) is not None or (listing and re.match(r"\d{1,2}[.、]", word) is not None)
            if listing:
                names.append(re.sub(r"^附件?\d*[：.、]?(?:\d{1,2}[.、])?", "", word))
            if "。" in word and _NAMING.search(word):
                names.extend(_NAMED.findall(word))
                numbers.update(re.findall(NUMBER, word))
        if start.number and any(start.number in number or number.endswith(start.number) for number in numbers):
            return True
        return any(same_name(start.title, name) or same_name(bare, name) for name in names if len(name) >= 4)


def split_notices(paragraphs: Sequence[Paragraph]) -> tuple[list[list[Paragraph]], int]:
    """The paragraphs of each notice, in order, and how many of a cover before the first are left out.

    A cover with its table of contents is left out; a foreword stays with the first notice.
    """
    file = _File(paragraphs)
    if len(file.closers) < 2:
        return [list(paragraphs)], 0
    places = _Splitter(file).split()
    cover = file.words[: places[0]]
    left_out = places[0] if any(_COVER.search(word) for word in cover) and not any("。" in p.text for p in paragraphs[: places[0]]) else 0
    edges = [left_out, *places[1:], len(paragraphs)]
    return [list(paragraphs[a:b]) for a, b in zip(edges, edges[1:], strict=False)], left_out
