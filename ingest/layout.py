"""The parts of a notice: which paragraph is 版头, 标题, 主送机关, 正文, 署名, 版记, and where carried texts and attachments begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.dates import DATE
from ingest.document import Part
from ingest.lines import Paragraph
from ingest.normalize import squeeze
from ingest.numbering import find_marker
from ingest.titles import ends_as_title, is_organ, is_title_line, same_name

NUMBER = r"[\u4e00-\u9fffA-Za-z]{1,20}〔(?:19|20)\d{2}〕(?:第)?\d{1,5}(?:号|—\d{1,2}号)|[\u4e00-\u9fff]{2,15}（(?:19|20)\d{2}）(?:第)?\d{1,5}号"
NUMBER_LINE = re.compile(rf"^（?({NUMBER})）?(?:签发人：?.{{2,20}})?$|^((?:(?:19|20)\d{{2}}年)?(?:令)?第[\d一二三四五六七八九十百〇]{{1,5}}号)$")
DATE_LINE = re.compile(rf"^（?({DATE})(?:印发|发布|公布)?）?$")
_SIGNED = re.compile(rf"^([\u4e00-\u9fff（）]{{2,60}}?)({DATE})$")
_PERSON = re.compile(r"^(?:代|副)?(?:省长|市长|县长|区长|州长|旗长|盟长|主席|主任|部长|局长|厅长|署长|行长|总理|乡长|镇长|院长|会长)[：:]?[\u4e00-\u9fff·]{2,8}$")
_MARK = re.compile(r"^[\u4e00-\u9fff（）]{2,60}文件$|^文件$")
_HEADER = re.compile(
    r"^(?:\d{6}|份号.*|(?:绝密|机密|秘密)(?:★.*|\d+年|长期)?|(?:特急|加急|特提|平急|急件|限时)|签发人.*|索引号.*|主题分类.*|发文机关.*|成文日期.*|发布日期.*|发文字号.*|文号.*|标题：.*|主题词.*|来源.*|发布时间.*|信息来源.*|【法宝.*|〔法宝.*"
    r"|字号.*|浏览次数.*|点击.*|https?.*|原文链接.*|当前位置.*|〔?打印〕?.*|公开方式.*|有效性.*|组配分类.*|发布机构.*|(?:发文|发布)(?:单位|机关).*|(?:生效|施行|实施)日期.*|效力.*|作者：.*|.{0,3}字体.*)$"
)
_IMPRINT = re.compile(r"^(?:抄送|抄报|抄发|分送|主办|督办|承办|主题词|信息公开(?:选项|类别|属性|形式)|公开(?:方式|属性|选项)|校对|打字|打印|共印|\（?共印\d+份|印数|.{0,30}?" + DATE + "印[发制])[：:]?")
_PRINTED = re.compile(rf"^([\u4e00-\u9fff（）]{{2,50}})?({DATE})印[发制].{{0,12}}$")
_PRINTED_DATE = re.compile(rf"^{DATE}印[发制]")
_NOTE = re.compile(
    r"^（(?:此件|本文|此文|注：|联系人|联系电话|联系方式|信息公开|公开)[^（）]*(?:（[^（）]*）[^（）]*)*）$|^此件(?:主动|依申请|公开|不予)[^。]{0,20}$|^(?:信息|稿件|文章)?来源：.{2,30}$|^(?:责任)?编辑：.{2,12}$"
    r"|.*(?:ICP备|公网安备|网站标识码|网站地图).*|^(?:复制)?打印(?:本页)?(?:关闭(?:窗口|本页)?)?$|^扫一扫.{0,20}$|^主办(?:单位)?：.{2,30}承办(?:单位)?：.{2,30}$"
)
ATTACHED = re.compile(r"^(?:附件|附表|附录)(?:\d{1,2}(?:—\d{1,2})?|[一二三四五六七八九十]{1,3})?[：:]?$")
ATTACHMENT_NOTE = re.compile(r"^附(?:件)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})?[：:.、]")
_CARRIES = re.compile(r"印发|转发|发布|公布|下发|通过|令$|批转|颁布|下达|执行")
_CARRYING = re.compile(r"(?:印发|转发|下发|批转)给你们|予以(?:印发|公布|发布)|现(?:予)?(?:印发|公布|发布)")
_LEAD_IN = re.compile(r"如下|以下|下列|为了?[^民]|根据|按照|依据|现[将就对]|决定|经研究|要求")
_UNIT_END = re.compile(r"(?:[府门局会位室区县市构厅委院校业办团司社处部科所站长镇乡旗州盟省人户队中心]|部门|单位|机构|同志|公民|群众|[）〕])$")


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph with the part it belongs to; `notice` as in `document.Block`."""

    paragraph: Paragraph
    part: Part
    notice: int = 0


def is_recipients(squeezed: str) -> bool:
    """Whether a paragraph is a list of recipients (主送机关): organs, a colon at its end."""
    if not squeezed.endswith("：") or len(squeezed) > 500 or "。" in squeezed or _LEAD_IN.search(re.sub(r"（[^（）]*）", "", squeezed)):
        return False
    pieces = [p for p in re.split(r"[，、；]", re.sub(r"（[^（）]*）", "", squeezed[:-1])) if p]
    return bool(pieces) and sum(_UNIT_END.search(p) is not None for p in pieces) >= 0.6 * len(pieces)


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

    # -- the head -----------------------------------------------------------------------------------------------

    def _is_head_line(self, i: int) -> bool:
        word, paragraph = self.words[i], self.paragraphs[i]
        if paragraph.cells:
            return False
        if NUMBER_LINE.match(word) or _MARK.match(word) or _HEADER.match(word) or DATE_LINE.match(word) or _NOTE.match(word):
            return True
        return is_title_line(paragraph) or re.match(r"^（[^（）]*(?:（[^（）]*）[^（）]*)*）$", word) is not None

    def place_head(self) -> int:
        """Place what stands before recipients and body; returns where these begin."""
        start = 0
        if self.words and ATTACHED.match(self.words[0]):
            self.parts[0] = Part.HEADER
            start = 1
        end = start
        while end < len(self.words) and self._is_head_line(end) and not is_recipients(self.words[end]):
            end += 1
        if end == len(self.words) and end - start > 6:  # nothing but short lines: a form or a list
            end = start + 4
        titles = self._title_lines(start, end)
        for i in range(start, end):
            word = self.words[i]
            if i in titles:
                self.parts[i] = Part.TITLE
            elif titles and i > titles[-1] and not (
                NUMBER_LINE.match(word) or _HEADER.match(word) or DATE_LINE.match(word) or _NOTE.match(word) or is_organ(word) or word.startswith("（")
            ):
                end = i  # a heading of the body that has no number
                break
            else:
                self.parts[i] = Part.HEADER
        self.title = "".join(self.words[i] for i in titles)
        return end

    def _title_lines(self, start: int, end: int) -> range:
        """The lines of the title among the head's lines."""
        words = self.words
        can = [
            is_title_line(self.paragraphs[i]) and not NUMBER_LINE.match(words[i]) and not _MARK.match(words[i]) and not _HEADER.match(words[i])
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
        while first > start and can[first - 1] and not ends_as_title(words[first - 1], strict=True) and last - first < 8:
            first -= 1
        numbers = [i for i in range(first, last) if NUMBER_LINE.match(words[i])]
        first = numbers[-1] + 1 if numbers else first
        after = last + 1
        while after < end and re.match(r"^（[^（）]*）$", words[after]) and not DATE_LINE.match(words[after]) and not _NOTE.match(words[after]) and len(words[after]) <= 20:
            after += 1
        return range(first, after)

    # -- what follows -------------------------------------------------------------------------------------------

    def walk(self) -> list[Placed]:
        """All paragraphs, placed."""
        i = self.place_head()
        if i < len(self.words) and is_recipients(self.words[i]):
            self.parts[i] = Part.RECIPIENTS
            i += 1
        opening = [w for w in self.words[i : i + 4] if "。" in w]
        self.carries = _CARRIES.search(self.title) is not None or any(_CARRYING.search(w) for w in opening)
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
        if _NOTE.match(word):
            self.closed = self.closed or (self.notice == 0 and word[0] == "（")
            return self._put(i, Part.NOTE)
        if self._imprint(i):
            self._close_end(i)
            return self._put(i, Part.IMPRINT)
        if self._signature(i):
            return self._sign(i)
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
        i = start
        while i < len(self.words) and i - start < 5 and is_title_line(self.paragraphs[i]) and not self._imprint(i):
            i += 1
            if ends_as_title(self.words[i - 1], strict=True):
                break
        while start < i < len(self.words) and re.match(r"^（[^（）]{1,20}）$", self.words[i]) and not DATE_LINE.match(self.words[i]) and not _NOTE.match(self.words[i]):
            i += 1
        return i

    def _carried_title(self, i: int) -> int | None:
        """The end of the title of a carried text (印发的方案) that begins at `i`."""
        if not is_title_line(self.paragraphs[i]) or is_organ(self.words[i]) or DATE_LINE.match(self.words[i]):
            return None
        end = self._title_run(i)
        if end >= len(self.words) or end == i:
            return None
        name = "".join(self.words[i:end])
        following = self.words[end]
        runs_on = bool(self.paragraphs[end].cells) or len(following) > 25 or find_marker(self.paragraphs[end].text) is not None or bool(DATE_LINE.match(following)) or is_organ(following)
        if len(name) < 5 or not runs_on:
            return None
        head = "".join(self.words[: min(i, 12)])
        named = any(same_name(name, other) for other in re.findall(r"《([^《》]{4,80}(?:《[^《》]*》[^《》]*)?)》", head)) or same_name(name, re.sub(r"^.*?(?:印发|转发|公布|发布)", "", self.title).removesuffix("的通知"))
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
        closing = bool(ATTACHED.match(after) or ATTACHMENT_NOTE.match(after) or DATE_LINE.match(after) or _SIGNED.match(after) or is_organ(after) or _NOTE.match(after) or self._imprint(end))
        return end if closing or (not bare and not self.closed and self._carried_title(end)) else None

    def _note_line(self, i: int, first_of_bare: bool) -> bool:
        word, paragraph = self.words[i], self.paragraphs[i]
        if not word or len(word) > 80 or re.search("[。；]", word[:-1]) or ATTACHED.match(word) or DATE_LINE.match(word) or _NOTE.match(word) or self._imprint(i):
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
            if ends_as_title(self.words[end - 1], strict=True):
                break
        return self._begin(i, end, self.notice)

    # -- signature and imprint --------------------------------------------------------------------------------------

    def _imprint(self, i: int) -> bool:
        """Whether paragraph `i` belongs to the imprint (版记)."""
        word = self.words[i]
        before_in = i > 0 and self.parts[i - 1] is Part.IMPRINT
        if _PRINTED.match(word) or re.match(r"^(?:抄送|抄报|分送)：", word):
            return True
        near = any(_PRINTED.match(w) or re.match("抄送", w) for w in self.words[i + 1 : i + 5])
        if _IMPRINT.match(word) and len(word) <= 80:
            return before_in or near or (self.closed and "：" in word)
        if before_in and re.match(r"^(?:抄送|抄报|分送)", self._imprint_head(i)) and len(word) <= 200:
            pieces = [p for p in re.split("[，、；。]", re.sub(r"（[^（）]*）", "", word)) if p]
            if word.endswith("。") and "。" not in word[:-1] and all(len(p) <= 24 and not _LEAD_IN.search(p) for p in pieces):
                return True
        following = self.words[i + 1] if i + 1 < len(self.words) else ""
        return is_organ(word) and (_PRINTED_DATE.match(following) is not None or (before_in and any(_PRINTED.match(w) for w in self.words[i + 1 : i + 3])))

    def _imprint_head(self, i: int) -> str:
        """The last labelled line of the imprint before `i`."""
        j = i - 1
        while j > 0 and self.parts[j] is Part.IMPRINT and not _IMPRINT.match(self.words[j]):
            j -= 1
        return self.words[j]

    def _signature(self, i: int) -> bool:
        """Whether paragraph `i` is the date that closes a text (成文日期), alone or behind the organ's name."""
        word = self.words[i]
        signed = _SIGNED.match(word)
        if signed and all(is_organ(w) for w in re.split("[ 、]", signed[1])):
            return True
        if not DATE_LINE.match(word):
            return False
        before, after = self.words[i - 1] if i else "", self.words[i + 1] if i + 1 < len(self.words) else None
        if is_organ(before) or _PERSON.match(before) or after is None:
            return True
        return bool(_NOTE.match(after) or ATTACHED.match(after) or self._imprint(i + 1) or ATTACHMENT_NOTE.match(after)) or (
            is_title_line(self.paragraphs[i + 1]) or (self.notice == 0 and self.last == 0)
        )

    def _sign(self, i: int) -> int:
        self._sign_before(i)
        end = self._put(i, Part.SIGNATURE)
        self.closed = True
        return end

    def _sign_before(self, i: int) -> None:
        """The organs and persons whose names stand right before paragraph `i`, taken into the signature."""
        j = i - 1
        while j > 0 and self.parts[j] is Part.BODY and self.notices[j] == self.notice and (is_organ(self.words[j]) or _PERSON.match(self.words[j])):
            self.parts[j] = Part.SIGNATURE
            j -= 1

    def _close_end(self, i: int) -> None:
        """Before an imprint, an attachment or the end: an organ's name without a date is a signature all the same."""
        if i > 1 and not self.closed and self.parts[i - 1] is Part.BODY and not self.paragraphs[i - 1].cells:
            self._sign_before(i)
        self.closed = True


def lay_out(paragraphs: Sequence[Paragraph]) -> list[Placed]:
    """The paragraphs with their parts, in order."""
    return _Layout(paragraphs).walk()
