"""What a notice says of itself (版头, 主体, 版记): title, number, organs, dates, recipients."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from ingest.dates import DATE, parse_date
from ingest.document import Block, Document, Head, Part, Span
from ingest.imprint import read_attachments, read_contacts, read_imprint, split_recipients
from ingest.normalize import squeeze
from ingest.part_forms import ATTACHED, MARK, NUMBER, NUMBER_LINE, ORDER, PERSON, SECRET, SIGNED, SMALL, URGENT
from ingest.titles import document_type, is_organ, leading_organs, same_name, split_organs

_SIGNED_DATE = re.compile(DATE)
_SMALL_LINE = re.compile(rf"^(?:{SMALL}|[·•、，])+(?:{NUMBER})?$|^等级：")
_URGENT = re.compile(f"({URGENT})")
_SECRET = re.compile(f"({SECRET})")
_COPY = re.compile(r"(?<!\d)(\d{6})(?!\d)")
_SIGNATORY = re.compile(r"签发人：?([\u4e00-\u9fff·、]{2,30})$")
_TELEGRAM_NUMBER = re.compile(rf"^等级：?(?:{URGENT})?(?:[·•、，]?(?:特提|特急|加急|平急|明电))*({NUMBER})$")
_LABELLED_NUMBER = re.compile(rf"^〔?(?:发文字号|发文文号|发布文号|文号|字号)〕?：?({NUMBER})$")
_NUMBER_AFTER_TITLE = re.compile(rf"^.{{0,80}}(?:通知|意见|办法|公告|通告|决定|方案|函|批复|通报)({NUMBER})$")
_LABELLED_ORGAN = re.compile(r"^〔?(?:发文机关|制发机关|发布机构|发文单位|发布机关|发布单位)〕?：?([\u4e00-\u9fff]{4,30})$")
_BRACKETED_DATE = re.compile(rf"^（?{DATE}(?:印发|发布|公布)?）?$|^（{DATE}[^（）]{{0,60}}?(?:通过|印发|发布|公布|制定|批准)")
_LABELLED_DATE = re.compile(rf"（?(?:{NUMBER})[，、]?{DATE}）?$|^〔?(?:成文|发文|生成|制发|印发)日期〕?：?{DATE}$|^(?!发布|来源|时间)[\u4e00-\u9fff]{{3,40}}{DATE}$")
_PASSED = re.compile(rf"^（{DATE}([\u4e00-\u9fff]{{2,12}}?)第[一二三四五六七八九十]{{1,4}}届人民代表大会(常务委员会)?第[一二三四五六七八九十百]{{1,4}}次会议(?:修订)?通过")
_ORDERED = re.compile(rf"^（{DATE}([\u4e00-\u9fff]{{2,20}})令(第[\d一二三四五六七八九十百〇]{{1,5}}号)(?:公布|发布)")
_KINDS_ALONE = ("公告", "通告", "令", "命令", "决定", "通知", "公报")
_CARRIES = re.compile(r"印发|转发|批转|发布|公布|下发|颁布")


@dataclass(slots=True)
class Found:
    """Fields as they are found, with their places."""

    text: str
    spans: dict[str, Span] = field(default_factory=dict)

    def at(self, name: str, start: int, end: int) -> str:
        """Note the place of a field; returns its text."""
        self.spans[name] = Span(start, end)
        return self.text[start:end]


def _title(found: Found, blocks: list[Block], name: str) -> str | None:
    block = next((b for b in blocks if b.part is Part.TITLE), None)
    if block is None:
        return None
    words = found.at(name, block.span.start, block.span.end).split(" ")
    title = words[0]
    for word in words[1:]:  # blanks stay between Latin words and between organs
        both_latin = title[-1:].isascii() and word[:1].isascii()
        title += (" " if both_latin or is_organ(squeeze(title).text) and not word.startswith("关于") else "") + word
    whole = re.fullmatch(r"《([^《》]+)》", title)
    return whole[1] if whole else title


def _number(found: Found, head_blocks: list[Block]) -> str | None:
    """The 发文字号 of the notice: a line of its own in the head, else behind its label or at the end of a title's line."""
    for form in (NUMBER_LINE, _LABELLED_NUMBER, _TELEGRAM_NUMBER, _NUMBER_AFTER_TITLE, ORDER, _ORDERED):
        for block in head_blocks:
            line = squeeze(block.span.of(found.text))
            match = form.match(line.text)
            if match is None or (form is NUMBER_LINE and _LABELLED_NUMBER.match(line.text)):
                continue
            start, end = line.back(*match.span(match.lastindex or 0))
            return re.sub(r"\s+", "", found.at("document_number", block.span.start + start, block.span.start + end))
    return None


def _issued_on(found: Found, own: list[Block]) -> date | None:
    """成文日期: of the signature, else in brackets under the title."""
    for block in own:
        if block.part is Part.SIGNATURE and (value := _dated(found, block)):
            return value
    for form in (_BRACKETED_DATE, _LABELLED_DATE):
        for block in own:
            text = squeeze(block.span.of(found.text)).text
            if block.part is Part.HEADER and form.match(text) and (value := _dated(found, block)):
                return value
    return None


def _dated(found: Found, block: Block) -> date | None:
    line = squeeze(block.span.of(found.text))
    match = _SIGNED_DATE.search(line.text)
    value = parse_date(match[0]) if match else None
    if match and value:
        start, end = line.back(*match.span())
        found.at("issued_on", block.span.start + start, block.span.start + end)
    return value


def _marked_organs(found: Found, own: list[Block]) -> tuple[str, ...]:
    """The organs of the 发文机关标志 (…文件), or of the lines above 公告, 令 or a number."""
    lines = [b for b in own if b.part is Part.HEADER]
    words = [squeeze(b.span.of(found.text)).text for b in lines]
    mark = next((i for i, word in enumerate(words) if MARK.match(word) or word in _KINDS_ALONE or NUMBER_LINE.match(word)), None)
    if mark is None:
        return ()
    several = MARK.match(words[mark]) is not None  # 文件 may stand beside the middle one of several organs
    organs: list[str] = []
    for i, block in enumerate(lines):
        bare = re.sub(r"^文\s*件\s*|\s*文\s*件$|（(?:通知|函|批复|通报|令)）$|(?<=[府部局署会委院行])令$", "", block.span.of(found.text).strip())
        near = abs(i - mark) <= 8 if several else mark - 8 <= i < mark
        if bare and near and is_organ(squeeze(bare).text):
            organs.extend(split_organs(bare))
            found.spans.setdefault("issuing_organs", Span(block.span.start, block.span.start + len(bare)))
    return tuple(organs)


def _signing_organs(found: Found, own: list[Block]) -> tuple[str, ...]:
    organs: list[str] = []
    for block in own:
        if block.part is not Part.SIGNATURE:
            continue
        text = block.span.of(found.text)
        date_at = re.search(r"(?:19|20)\d{2}\s*年|[二一][〇零○一二三四五六七八九O]{3}年", text)
        names = text[: date_at.start()] if date_at else text
        for organ in () if squeeze(names).text.startswith("（") else split_organs(names.strip()):  # （市卫生局代章） signs for another
            alone = re.fullmatch(r"[\u4e00-\u9fff（）]{4,30}", organ) is not None and not PERSON.match(organ)  # what signs among organs is one
            if (is_organ(organ) or alone) and organ not in organs:
                organs.append(re.sub(r"（(?:代?章|印章?|盖章|代)）$", "", organ))
                found.spans.setdefault("issuing_organs", Span(block.span.start, block.span.start + len(names)))
        if date_at:
            break
    return tuple(organs)


def _fuller(name: str, short: str) -> bool:
    """Whether `name` is the full name of the organ `short`: its characters in order, one end (云溪市药监局, 云溪市药品监督管理局)."""
    rest = iter(name)
    ends_alike = name.removesuffix("员会")[-1:] == short.removesuffix("员会")[-1:]
    return len(name) > len(short) and ends_alike and re.search("文件|第.{1,3}届", name) is None and all(char in rest for char in short)


def _named_under_title(found: Found, own: list[Block]) -> tuple[str, ...]:
    """The organs on a line between title and body (统计公报), else those of a page's table (发布机构：…)."""
    titled = False
    for block in own:
        text = block.span.of(found.text)
        if titled and block.part is Part.HEADER and (organs := split_organs(text)) and all(is_organ(organ) for organ in organs):
            found.spans.setdefault("issuing_organs", block.span)
            return organs
        titled = titled or block.part is Part.TITLE
    for block in own:
        dated = SIGNED.match(squeeze(block.span.of(found.text)).text) if block.part is Part.HEADER else None
        if dated and is_organ(dated[1]):
            return (dated[1],)
    labelled = (_LABELLED_ORGAN.match(squeeze(b.span.of(found.text)).text) for b in own if b.part is Part.HEADER)
    return next(((match[1],) for match in labelled if match and is_organ(match[1])), ())


def _passing_congress(found: Found, own: list[Block]) -> tuple[str, ...]:
    """The congress that passed a law, or the government whose order made it known, as the remark under the title names it (云溪市第七届人民代表大会常务委员会第三次会议通过)."""
    for block in own:
        if block.part is Part.HEADER and (passed := _PASSED.search(squeeze(block.span.of(found.text)).text)):
            return (f"{passed[1]}人民代表大会{passed[2] or ''}",)
        if block.part is Part.HEADER and (ordered := _ORDERED.match(squeeze(block.span.of(found.text)).text)) and is_organ(ordered[1]):
            return (ordered[1],)
        if block.part is Part.HEADER and (order := ORDER.match(squeeze(block.span.of(found.text)).text)) and is_organ(order[1].removesuffix("令")):
            return (order[1].removesuffix("令"),)
    return ()


def _organs(found: Found, own: list[Block], title: str | None) -> tuple[str, ...]:
    """发文机关: as signed, else as marked, else as the title names them; a fuller name wins over its short form."""
    signed, marked = _signing_organs(found, own), _marked_organs(found, own)
    leading = leading_organs(title or "")
    named = leading if set(marked) < set(leading) else marked or leading  # the letterhead may bear the lead organ alone
    best = signed or named or _named_under_title(found, own) or _passing_congress(found, own)
    fuller = [next((o for o in (*leading, *marked) if _fuller(o, organ)), organ) for organ in best]
    return tuple(fuller)


def _enclosed(found: Found, document: Document, title: str | None) -> str | None:
    """The title of the text that the notice carries, as printed at that text's head."""
    carried = _title(found, [b for b in document.blocks if b.notice == 1], "enclosed_title")
    if carried or not title or not _CARRIES.search(title):
        return carried
    name = re.sub(r"^.*?(?:印发|转发|批转|发布|公布|下发|颁布)", "", title)
    name = re.sub(r"的(?:通知|通告|公告|决定|意见)$", "", name)
    for notice in sorted({b.notice for b in document.blocks if b.notice > 1}):
        attached = _title(Found(found.text), [b for b in document.blocks if b.notice == notice], "title")
        if attached and same_name(attached, name):
            return _title(found, [b for b in document.blocks if b.notice == notice], "enclosed_title")
    return None


def _recipients(found: Found, own: list[Block], moved: tuple[str, ...]) -> tuple[str, ...]:
    """主送机关: below the title, else `moved` to the imprint, where long lists may stand."""
    block = next((b for b in own if b.part is Part.RECIPIENTS), None)
    if block is None:
        return moved
    text = found.at("recipients", block.span.start, block.span.end)
    return split_recipients(text.rstrip(" ：:"))


def _small_fields(found: Found, lines: list[Block]) -> dict[str, str | None]:
    """份号, 密级, 紧急程度, 签发人: lines of the head."""
    rules = {"copy_number": _COPY, "classification": _SECRET, "urgency": _URGENT, "signatory": _SIGNATORY}
    values: dict[str, str | None] = dict.fromkeys(rules)
    for block in lines:
        line = squeeze(block.span.of(found.text))
        for name, regex in rules.items():
            if values[name] is None and (name == "signatory" or _SMALL_LINE.match(line.text)) and (match := regex.search(line.text)):
                start, end = line.back(*match.span(1))
                values[name] = found.at(name, block.span.start + start, block.span.start + end)
    if values["signatory"]:  # 张 伟 is one person, 张三 李小明 are two
        values["signatory"] = re.sub(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?![\u4e00-\u9fff])", r"\1\2", values["signatory"])
    return values


def read_head(document: Document) -> Head:
    """The head of a document whose blocks have their parts."""
    found = Found(document.text)
    own = [b for b in document.blocks if b.notice == 0]
    lines = [b for b in own if b.part is Part.HEADER]
    bare = bool(lines) and lines[0] is document.blocks[0] and ATTACHED.match(squeeze(lines[0].span.of(found.text)).text) is not None
    title = _title(found, own, "title")
    kind = document_type(title) if title else None
    small = _small_fields(found, lines)
    imprint = read_imprint(found.text, document.blocks, found.spans)
    return Head(
        title=title,
        enclosed_title=None if bare else _enclosed(found, document, title),
        copy_number=small["copy_number"],
        classification=small["classification"],
        urgency=small["urgency"],
        document_number=_number(found, lines),
        signatory=small["signatory"],
        issuing_organs=_organs(found, own, None if bare else title),
        document_type=kind,
        issued_on=_issued_on(found, own),
        printed_on=imprint.printed_on,
        recipients=_recipients(found, own, imprint.recipients),
        cc=imprint.cc,
        sponsor=imprint.sponsor,
        supervisor=imprint.supervisor,
        attachments=() if bare else read_attachments(found.text, document.blocks, found.spans),
        contacts=read_contacts(found.text, document.blocks, found.spans),
        spans=found.spans,
    )
