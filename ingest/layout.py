"""The parts of a notice: which paragraph is 版头, 标题, 主送机关, 正文, 署名, 版记, and where carried texts and attachments begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Part
from ingest.head_lines import HeadLines
from ingest.lines import Paragraph
from ingest.normalize import squeeze
from ingest.numbering import find_marker
from ingest.part_forms import (
    ATTACHED,
    ATTACHMENT_NOTE,
    CARRIES,
    CARRYING,
    DATE_LINE,
    IMPRINT,
    LEAD_IN,
    NOTE,
    NUMBER_LINE,
    PERSON,
    PRINTED,
    PRINTED_DATE,
    SIGNED,
    is_bare_recipients,
    is_recipients,
    part_head_lines,
)
from ingest.titles import ends_as_title, is_organ, is_title_line, runs_on, same_name


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph with the part it belongs to; `notice` as in `document.Block`."""

    paragraph: Paragraph
    part: Part
    notice: int = 0


class _Layout:
    """Walks the paragraphs once from the top, the part and the notice of each written down."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self.words = ["" if p.cells else squeeze(p.text).text for p in paragraphs]
        self.parts = [Part.BODY] * len(paragraphs)
        self.notices = [0] * len(paragraphs)
        self.notice = 0
        self.last = 0  # the highest number of a notice given so far
        self.closed = False  # the notice has its signature, imprint or attachment note behind it
        self.title = ""
        self.carries = False  # the notice says that it carries another text

    def walk(self) -> list[Placed]:
        """All paragraphs, placed."""
        head, self.title = HeadLines(self.paragraphs, self.words).place()
        i = len(head)
        self.parts[:i] = head
        if i < len(self.words) and (is_recipients(self.words[i]) or is_bare_recipients(self.words[i], self.words[i + 1] if i + 1 < len(self.words) else "")):
            self.parts[i] = Part.RECIPIENTS
            i += 1
        opening = [w for w in self.words[i : i + 4] if "。" in w]
        self.carries = CARRIES.search(self.title) is not None or any(CARRYING.search(w) for w in opening)
        while i < len(self.words):
            i = self._step(i)
        self._close_end(len(self.words))
        return [Placed(*row) for row in zip(self.paragraphs, self.parts, self.notices, strict=True)]

    def _put(self, i: int, part: Part) -> int:
        self.parts[i], self.notices[i] = part, self.notice
        return i + 1

    def _step(self, i: int) -> int:
        """Place paragraph `i`, and those that go with it; returns the next one."""
        word = self.words[i]
        if not word:
            return self._put(i, Part.BODY)
        if word == "目录" and (end := self._contents(i)):
            while i < end:
                i = self._put(i, Part.HEADER)
            return i
        if note_end := self._attachment_note(i):
            while i < note_end:
                i = self._put(i, Part.ATTACHMENT_NOTE)
            return i
        if ATTACHED.match(word) or self._titled_attachment(i):
            return self._attachment(i)
        if NOTE.match(word):
            self.closed = self.closed or (self.notice == 0 and word[0] == "（")
            return self._put(i, Part.NOTE)
        if self._imprint(i):
            self._close_end(i)
            return self._put(i, Part.IMPRINT)
        if self._signature(i):
            return self._sign(i)
        if NUMBER_LINE.match(word) and self.closed and i + 1 < len(self.words) and self._carried_title(i + 1):
            return self._put(i, Part.HEADER)  # 法释〔2020〕17号, above the title of what an announcement carries
        if end := self._carried_title(i):
            return self._begin(i, end, 1 if self.last == 0 else self.last + 1)
        if self.closed and self.notice == 0 and self.last == 0 and self.carries and len(word) > 30 and "。" in word and not find_marker(word):
            self.notice = self.last = 1  # the carried text follows without a title
        return self._put(i, Part.BODY)

    def _contents(self, i: int) -> int | None:
        """The end of a table of contents that begins at `i`: where its first entry comes again."""
        first = self.words[i + 1] if i + 1 < len(self.words) else ""
        entry = re.sub(r"[….·\d]+$", "", first)
        again = next((j for j in range(i + 2, min(i + 80, len(self.words))) if entry and self.words[j] == entry), None)
        return again

    def _begin(self, start: int, end: int, notice: int) -> int:
        """Begin the text number `notice`, its title in [start, end); its own number and recipients may follow."""
        self.notice = notice
        self.last = max(self.last, notice)
        self.closed = False
        i = start
        while i < end:
            i = self._put(i, Part.TITLE)
        while start < end and i < len(self.words) and (NUMBER_LINE.match(self.words[i]) or DATE_LINE.match(self.words[i]) or is_organ(self.words[i])):
            i = self._put(i, Part.HEADER)
        if i < len(self.words) and is_recipients(self.words[i]):
            i = self._put(i, Part.RECIPIENTS)
        return i

    def _title_run(self, start: int) -> int:
        """The end of a run of title lines that begins at `start`; `start` itself where there is none."""
        i, named = start, "".join(self.words[: min(start, 12)])
        while i < len(self.words) and i - start < 5 and is_title_line(self.paragraphs[i]) and not self._imprint(i):
            i += 1
            following = self.words[i] if i < len(self.words) else ""
            if ends_as_title(self.words[i - 1], strict=True) and not (following and (runs_on(self.words[i - 1], following) or "".join(self.words[start : i + 1]) in named)):
                break
        while start < i < len(self.words) and re.match(r"^（[^（）]{1,20}）$", self.words[i]) and not DATE_LINE.match(self.words[i]) and not NOTE.match(self.words[i]):
            i += 1
        return i

    def _carried_title(self, i: int) -> int | None:
        """The end of the title of a carried text (印发的方案) that begins at `i`."""
        if not is_title_line(self.paragraphs[i]) or is_organ(self.words[i]) or DATE_LINE.match(self.words[i]) or NUMBER_LINE.match(self.words[i]):
            return None
        end = self._title_run(i)
        if end >= len(self.words) or end == i:
            return None
        name = "".join(self.words[i:end])
        following = self.words[end]
        runs_on = bool(self.paragraphs[end].cells) or len(following) > 25 or find_marker(self.paragraphs[end].text) is not None or bool(DATE_LINE.match(following)) or is_organ(following)
        head = "".join(self.words[: min(i, 12)])
        named = any(same_name(name, other) for other in re.findall(r"《([^《》]{4,80}(?:《[^《》]*》[^《》]*)?)》", head)) or same_name(name, re.sub(r"^.*?(?:印发|转发|公布|发布)", "", self.title).removesuffix("的通知"))
        runs_on = runs_on or NUMBER_LINE.match(following) is not None or is_recipients(following) or (named and following.endswith(("。", "：")))
        if len(name) < 5 or not runs_on:
            return None
        if self.notice == 0 and self.last == 0:
            if self.closed:
                return end if ends_as_title(name) or named or self.paragraphs[i].heading is not None or self.paragraphs[i].centred else None
            return end if named and self.carries else None
        return end if named and ends_as_title(name) else None

    # -- attachments ----------------------------------------------------------------------------------------------

    def _attachment_note(self, i: int) -> int | None:
        """The end of an attachment note (附件说明) that begins at `i`."""
        word = self.words[i]
        if not ATTACHMENT_NOTE.match(word) or "。" in word[:-1]:
            return None
        end = i + 1
        bare = ATTACHED.match(word) is not None
        while end < len(self.words) and end - i < 40 and self._note_line(end, bare and end == i + 1):
            end += 1
        if bare and end == i + 1:
            return None
        if end >= len(self.words):
            return None if bare and len(self.words) - i > 12 else end
        after = self.words[end]
        closing = bool(ATTACHED.match(after) or ATTACHMENT_NOTE.match(after) or DATE_LINE.match(after) or SIGNED.match(after) or is_organ(after) or NOTE.match(after) or self._imprint(end))
        return end if closing or (not bare and not self.closed and self._carried_title(end)) else None

    def _note_line(self, i: int, first_of_bare: bool) -> bool:
        word, paragraph = self.words[i], self.paragraphs[i]
        if not word or len(word) > 80 or re.search("[。；]", word[:-1]) or ATTACHED.match(word) or DATE_LINE.match(word) or NOTE.match(word) or self._imprint(i):
            return False
        marker = find_marker(paragraph.text)
        if marker is not None:
            return marker.kind == "num"
        if re.match(r"附件(?:\d{1,2}|[一二三四五六七八九十]{1,3})[：:.]?\S", word):
            return True
        return (first_of_bare and is_title_line(paragraph)) or (ends_as_title(word) and not is_organ(word) and not first_of_bare and len(word) < 16)

    def _titled_attachment(self, i: int) -> bool:
        """Whether the attachment's number and title stand on one line (附件1：云溪市…清单)."""
        word = self.words[i]
        return re.match(r"附件(?:\d{1,2}|[一二三四五六七八九十]{1,3})?[：:]?[^：]{4,60}$", word) is not None and "。" not in word and (
            self.closed or self.last > 1 or re.match(r"附件\d", word) is not None
        ) and ends_as_title(word)

    def _attachment(self, i: int) -> int:
        """Begin an attachment: its label, its title."""
        self._close_end(i)
        self.notice = self.last = max(2, self.last + 1)
        self.closed = False
        if not ATTACHED.match(self.words[i]):
            return self._put(i, Part.TITLE)
        i = self._put(i, Part.HEADER)
        end = i
        while end < len(self.words) and end - i < 4 and is_title_line(self.paragraphs[end]) and len(self.words[end]) <= 60:
            end += 1
            following = self.words[end] if end < len(self.words) else ""
            if runs_on(self.words[end - 1], following):
                continue
            if ends_as_title(self.words[end - 1], strict=True) or (ends_as_title(self.words[end - 1]) and not ends_as_title(following)):
                break
        while i < end < len(self.words) and re.match(r"^（[^（）]{1,20}）$", self.words[end]) and not DATE_LINE.match(self.words[end]):
            end += 1
        return self._begin(i, end, self.notice)

    # -- signature and imprint --------------------------------------------------------------------------------------

    def _imprint(self, i: int) -> bool:
        """Whether paragraph `i` belongs to the imprint (版记)."""
        word = self.words[i]
        before_in = i > 0 and self.parts[i - 1] is Part.IMPRINT
        if PRINTED.match(word) or re.match(r"^(?:抄送|抄报|分送)：", word) or (self.closed and word.startswith("主送：")):
            return True
        near = any(PRINTED.match(w) or re.match("抄送", w) for w in self.words[i + 1 : i + 5])
        if IMPRINT.match(word) and len(word) <= 80:
            return before_in or near or (self.closed and "：" in word)
        if before_in and re.match(r"^(?:抄送|抄报|分送)", self._imprint_head(i)) and len(word) <= 200:
            pieces = [p for p in re.split("[，、；。]", re.sub(r"（[^（）]*）", "", word)) if p]
            if word.endswith("。") and "。" not in word[:-1] and all(len(p) <= 24 and not LEAD_IN.search(p) for p in pieces):
                return True
        following = self.words[i + 1] if i + 1 < len(self.words) else ""
        return is_organ(word) and (PRINTED_DATE.match(following) is not None or (before_in and any(PRINTED.match(w) for w in self.words[i + 1 : i + 3])))

    def _imprint_head(self, i: int) -> str:
        """The last labelled line of the imprint before `i`."""
        j = i - 1
        while j > 0 and self.parts[j] is Part.IMPRINT and not IMPRINT.match(self.words[j]):
            j -= 1
        return self.words[j]

    def _signature(self, i: int) -> bool:
        """Whether paragraph `i` is the date that closes a text (成文日期), alone or behind the organ's name."""
        word = self.words[i]
        signed = SIGNED.match(word)
        if signed and all(is_organ(w) for w in re.split("[ 、]", signed[1])):
            return True
        if not DATE_LINE.match(word):
            return False
        before, after = self.words[i - 1] if i else "", self.words[i + 1] if i + 1 < len(self.words) else None
        if is_organ(before) or PERSON.match(before) or after is None:
            return True
        return bool(NOTE.match(after) or ATTACHED.match(after) or self._imprint(i + 1) or ATTACHMENT_NOTE.match(after)) or (
            is_title_line(self.paragraphs[i + 1]) or (self.notice == 0 and self.last == 0)
        )

    def _sign(self, i: int) -> int:
        self._sign_before(i)
        end = self._put(i, Part.SIGNATURE)
        self.closed = True
        return end

    def _sign_before(self, i: int) -> None:
        """The organs and persons whose names stand right before paragraph `i`, taken into the signature."""
        start = i
        while start > 1 and self._may_sign(start - 1):
            start -= 1
        known = [j for j in range(start, i) if is_organ(self.words[j]) or PERSON.match(self.words[j])]
        first = next((j for j in known if 2 * sum(k >= j for k in known) >= i - j), i)  # among organs an unknown form is one too
        for j in range(first, i):
            self.parts[j] = Part.SIGNATURE

    def _may_sign(self, j: int) -> bool:
        """Whether paragraph `j` can be a line of a signature: short, no sentence, no item."""
        word = self.words[j]
        if self.parts[j] is not Part.BODY or self.notices[j] != self.notice or not word or len(word) > 60:
            return False
        return is_organ(word) or PERSON.match(word) is not None or (len(word) <= 30 and re.search(r"[，。；：！？\d]", word) is None and find_marker(word) is None)

    def _close_end(self, i: int) -> None:
        """Before an imprint, an attachment or the end: an organ's name without a date is a signature all the same."""
        if i > 1 and not self.closed and self.parts[i - 1] is Part.BODY and not self.paragraphs[i - 1].cells:
            self._sign_before(i)
        self.closed = True


def lay_out(paragraphs: Sequence[Paragraph]) -> list[Placed]:
    """The paragraphs with their parts, in order."""
    return _Layout(part_head_lines(paragraphs)).walk()
