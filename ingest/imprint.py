"""The foot of a notice: 版记 (主办, 督办, 抄送, 印发日期), 附件说明 and contacts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.dates import DATE, parse_date
from ingest.document import Block, BlockKind, Part, Span
from ingest.normalize import squeeze
from ingest.part_forms import ATTACHED

_LABEL = re.compile(r"(?:主送|主办(?:单位)?|督办(?:单位)?|承办(?:单位)?|抄送|抄报|抄发|分送|主题词|信息公开(?:选项|类别|属性|形式)?|公开(?:方式|属性|选项)|校对|打字|打印|共印|印数|联系电话|印发(?:机关|单位|日期|时间))[：:]")
_PRINTED = re.compile(rf"({DATE})印[发制]|^印[发制](?:日期|时间)：({DATE})")
_PRINTING_ORGAN = re.compile(rf"\s*[\u4e00-\u9fff（）]{{2,40}}\s*{DATE}\s*印[发制].*$")
_NOTE_LABEL = re.compile(r"附\s*件?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})?\s*[：:.．、]\s*")
_ITEM = re.compile(r"(?:^|(?<=[；;\s》）)\u4e00-\u9fff]))\s*(?:(?:附\s*件\s*)?(?<!\d)\d{1,2}\s*[.．、:：](?!\d{1,2}(?:[^\d]|$))|附\s*件\s*\d{1,2}\s*[：:]?|[（(]\d{1,2}[)）])\s*")
_PHONE = r"(?<!\d)1[3-9]\d{9}(?!\d)|(?:\(\d{3,4}\)|（\d{3,4}）|\d{3,4}[-—－])?\d{7,8}(?:[-—－转]\d{1,5}|[（(]\d{1,5}[)）])?(?:[、/]\d{1,8})*"
_CONTACT_LABEL = re.compile(r"(?:联\s?系\s?人|联系电话|联系方式|咨询电话|办公电话|手\s?机|电\s?话|电子邮箱|电子邮件|电子信箱|邮\s?箱|[Ee]-?mail)(?:及电话|及联系电话|及联系方式|号码|地址)?(?:\s*[：:]\s*|\s*(?=1[3-9]\d{9}|\(?（?0\d{2,3}|\d{7,8}))")
_MAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+", re.ASCII)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:（[^（）]{1,12}）)?|[\u4e00-\u9fff] [\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the 版记 says."""

    cc: tuple[str, ...] = ()
    sponsor: str | None = None
    supervisor: str | None = None
    printed_on: date | None = None
    recipients: tuple[str, ...] = ()  # 主送, where the list is too long for the first page


def split_list(text: str) -> tuple[str, ...]:
    """The members of a list, split at ， 、 ； outside brackets.

    >>> split_list("各县（市、区）人民政府，市政府各部门")
    ('各县（市、区）人民政府', '市政府各部门')
    """
    parts, depth, current = [], 0, ""
    for char in text:
        depth += (char in "（(〔[《“") - (char in "）)〕]》”")
        if depth <= 0 and char in "，,、；;。\n\t":
            parts.append(current)
            current, depth = "", 0
        else:
            current += char
    return tuple(p for p in (re.sub(r"\s+", "", part) for part in [*parts, current]) if p)


_STANDS_ALONE = re.compile(r"(?:人民政府|办事处|[委局厅署办院部]|部门|机构|企业|公司|集团|单位|团体|学校|高校|院校|银行|中心|管委会|委员会|办公室|处|军区|组织|兵团|[^关]联|工会|团委|总队|支队|大队)(?:（[^（）]*）)?$")
_OWN_SCOPE = re.compile(r"[各省市州县区旗镇乡村]|国务院|中央|有关|相关|驻|街道|乡镇|自治|高新|经开|开发区|新区")
# The bureaus of a level, named without it behind the first (各县民政局、财政局、残联): names of organs, not bare 单位 or 幼儿园.
_BUREAU = re.compile(r"^(?=..)(?!人民政府$|各|单位$|部门$).{0,16}(?:[局委办厅院]|妇联|残联|工商联|侨联|文联|社科联|科协|工会|团委|党校|法院|检察院|管委会|委员会|办公室|支行|分局|供销社|红十字会)(?:（[^（）]*）)?$")


# 人民政府及新疆生产建设兵团: what stands on either side is an organ by itself; 及其所属单位 and bare 部门 are not.
_AND = re.compile(r"(?:(?<=人民政府)|(?<=管委会)|(?<=办事处)|(?<=委员会)|(?<=办公室))(?:以及|及|和)(?!其|所属|下属|直属|派出|人民政府|(?:部门|单位|机构)(?:$|[，、；]))(?![^（]*）)")

_PLACES = re.compile(r"各(?:有关)?[省市县区州盟旗乡镇](?:（[^（）]*）)?$|各(?:自治.|地区|地|街道|乡镇|县区|区县|市县|市州|县市|旗县)$")
_SHARED_TAIL = re.compile(r"[和及][^，、各]+各(?:部|处|科|部门|处室|科室|股室|单位)(?=、|$)")  # 管委会和集团各部: the 各部 of both


def split_recipients(text: str) -> tuple[str, ...]:
    """Recipients (主送机关): split at ， and ；, at 、 only between names that stand alone.

    >>> split_recipients("各省、自治区、直辖市人民政府，国务院各部委、各直属机构")
    ('各省、自治区、直辖市人民政府', '国务院各部委', '各直属机构')
    >>> split_recipients("各县（区）民政局、教体局、残联，开发区、高新区有关单位")
    ('各县（区）民政局', '教体局', '残联', '开发区、高新区有关单位')
    >>> split_recipients("各村民委员会、镇直各单位")
    ('各村民委员会', '镇直各单位')
    """
    names: list[str] = []
    groups = re.split(r"[，,；;](?![^（(]*[）)])", text)
    pieces = [piece for group in groups for piece in ([group] if _SHARED_TAIL.search(group) else _AND.split(group))]
    for group in pieces:
        parts = [part.replace("(", "（").replace(")", "）") for part in split_list(group)]
        own = not parts or not parts[0].startswith("各") or all(_OWN_SCOPE.match(part) or _BUREAU.match(part) for part in parts[1:])
        whole = own and all(_STANDS_ALONE.search(part) for part in parts) and not any(re.fullmatch("单位|部门|企业|机构", part) for part in parts)
        whole = whole or (len(parts) > 1 and all(part.startswith("各") and not _PLACES.match(part) for part in parts))
        names.extend(split_list(group) if whole else ["".join(group.split())])
    return tuple(name for name in names if name)


def _field(text: str, label: re.Match[str], blocks: Sequence[Block]) -> tuple[int, int]:
    """The range of the words behind a label: up to the next label, or the end of the imprint's lines."""
    end = max(b.span.end for b in blocks)
    following = _LABEL.search(text, label.end(), end)
    return label.end(), following.start() if following else end


def read_imprint(text: str, blocks: Sequence[Block], spans: dict[str, Span]) -> Imprint:
    """The fields of the first imprint; each label's words run on over line ends."""
    lines = [b for b in blocks if b.part is Part.IMPRINT]
    if not lines:
        return Imprint()
    values: dict[str, str] = {}
    for block in lines:
        for label in _LABEL.finditer(text, block.span.start, block.span.end):
            name = {"主送": "recipients", "主办": "sponsor", "督办": "supervisor", "抄送": "cc", "抄报": "cc", "分送": "cc", "抄发": "cc"}.get(label[0][:2])
            if name is None:
                continue
            run = [b for b in lines if b.span.end >= label.end()]
            start, end = _field(text, label, run)
            words = _until_printing(text[start:end], several=name in ("cc", "recipients"))
            if name == "cc" and name in values:
                values[name] += "，" + words
            elif name not in values:
                values[name] = words
                spans[name] = Span(start, start + len(words))
    printed = _printed_on(text, lines, spans)
    sponsor, supervisor = (re.sub(r"\s+", "", values[n]).strip("，。；") if n in values else None for n in ("sponsor", "supervisor"))
    return Imprint(split_list(values.get("cc", "")), sponsor or None, supervisor or None, printed, split_recipients(values.get("recipients", "").rstrip("。")))


def _until_printing(words: str, *, several: bool) -> str:
    """The words of a field without the printing organ's lines; a field of one name ends with its line."""
    kept: list[str] = []
    lines = words.split("\n")
    for i, line in enumerate(lines):
        following = squeeze(lines[i + 1]).text if i + 1 < len(lines) else ""
        if _PRINTED.search(squeeze(line).text) or (kept and i and re.match(rf"^{DATE}印", following)):
            break
        kept.append(line)
        if not several and line.strip():
            break
    return "\n".join(kept).rstrip()


def _printed_on(text: str, lines: Sequence[Block], spans: dict[str, Span]) -> date | None:
    for block in lines:
        line = squeeze(block.span.of(text))
        if match := _PRINTED.search(line.text):
            start, end = line.back(*match.span(match.lastindex or 0))
            spans["printed_on"] = Span(block.span.start + start, block.span.start + end)
            return parse_date(match[match.lastindex or 0])
    return None


def read_attachments(text: str, blocks: Sequence[Block], spans: dict[str, Span]) -> tuple[str, ...]:
    """The titles after 附件, numbers and a trailing remark left off; without such a note, those of the attachments themselves."""
    notes = [b for b in blocks if b.part is Part.ATTACHMENT_NOTE]
    if notes:
        spans["attachments"] = Span(notes[0].span.start, notes[-1].span.end)
        return tuple(dict.fromkeys(name for name in _attachment_names([b.span.of(text) for b in notes]) if name))
    names = []
    attached: dict[int, list[Block]] = {}
    for block in blocks:
        if block.notice > 1:
            attached.setdefault(block.notice, []).append(block)
    for _, own in sorted(attached.items()):
        labelled = ATTACHED.match(squeeze(own[0].span.of(text)).text) or re.match(r"附件", text[own[0].span.start :])
        title = next((b for b in own if b.part is Part.TITLE), None)
        if title and labelled:
            names.append(_bare_name(_NOTE_LABEL.sub("", title.span.of(text), count=1) if title is own[0] else title.span.of(text)))
    return tuple(names)


def _attachment_names(lines: Sequence[str]) -> list[str]:
    names: list[str] = []
    for n, line in enumerate(lines):
        label = _NOTE_LABEL.match(line)
        rest = line[label.end() :] if label else line
        pieces = [piece for piece in _ITEM.split(rest) if piece and piece.strip()]
        numbered = _ITEM.match(rest) is not None or label is not None
        if pieces and not numbered and n and names:  # a title that runs over the line
            names[-1] += _bare_name(pieces.pop(0))
        names.extend(_bare_name(piece) for piece in pieces)
    return names


def _bare_name(name: str) -> str:
    name = re.sub(r"[；;，,。\s]+$", "", name.strip())
    name = re.sub(r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|zip|rar)$", "", name, flags=re.IGNORECASE)  # pages list the files under the notice
    name = re.sub(r"[（(](?:略|另发|另附|不发|此件[^（）]*|共\d+页|见[^（）]{1,12}|第\d+页)[)）]$", "", name)
    whole = re.fullmatch(r"《([^《》]+)》", name)
    return re.sub(r"(?<=[\u4e00-\u9fff，、）》])\s+(?=[\u4e00-\u9fff（《])", "", whole[1] if whole else name)


def read_contacts(text: str, blocks: Sequence[Block], spans: dict[str, Span]) -> tuple[str, ...]:
    """Persons, telephones and mail addresses behind their labels, as printed."""
    values: list[str] = []
    running = False  # the line before was one of contacts, so that 邮箱：… is
    for block in blocks:
        words = squeeze(block.span.of(text)).text
        running = "联系" in words or "咨询电话" in words or (running and _CONTACT_LABEL.match(words) is not None)
        if block.kind is BlockKind.ROW or block.part in (Part.HEADER, Part.IMPRINT) or not running:
            continue
        labels = list(_CONTACT_LABEL.finditer(text, block.span.start, block.span.end))
        for n, label in enumerate(labels):
            end = labels[n + 1].start() if n + 1 < len(labels) else block.span.end
            words = re.split("[。；;]", text[label.end() : end])[0] if "邮" not in label[0] and "ail" not in label[0] else text[label.end() : end]
            found = _contact_values(words, person="人" in label[0])
            if found:
                spans.setdefault("contacts", Span(label.start(), end))
            values.extend(found)
    return tuple(dict.fromkeys(values))


def _contact_values(words: str, *, person: bool) -> list[str]:
    found = [*re.findall(_PHONE, _MAIL.sub("", words)), *_MAIL.findall(words)]
    if person:
        names = re.split(r"[、，,；;\s]+|(?=\d)|[（(](?=\d)", words)
        people = [n for n in names if re.fullmatch(r"[\u4e00-\u9fff·]{2,4}(?:同志|科长|处长)?", n) and not re.search("[司局处科室厅委办部组]$|^(?:联系)?(?:电话|手机|邮箱)", n)]
        return [*people, *found]
    return found
