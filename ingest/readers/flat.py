"""Texts that lost their line ends on the way: the ends put back at blanks, at numbers that count on, at the signature."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ingest.dates import DATE
from ingest.lines import Line
from ingest.normalize import squeeze
from ingest.numbering import numeral_value
from ingest.part_forms import NUMBER, is_recipients
from ingest.titles import ORGAN_END, ends_as_title, is_organ, leading_organs

_FLAT = 500  # a line this long that holds blanks between Chinese characters was several lines once
_FLAT_SPLIT = re.compile(
    r"(?<=[。；：！？）)”])[ \u3000\t\u2002\u2003\xa0]+(?=\S)|(?<=[\u4e00-\u9fff》〕])[ \u3000\t\u2002\u2003\xa0]+(?=[\u4e00-\u9fff《（(“]|(?:19|20)\d{2}年|\d{1,3}[.．、])|(?<=[日号])[ \u3000\t\u2002\u2003\xa0]+(?=\S)"
)
_WHOLE = 800  # characters of a paragraph that other formats may have made of a whole notice
_GLUED = 200  # a line this long may be a whole notice without any line end
_DATE_BLANK = re.compile(r"(?<=\d) +(?=[年月日])|(?<=[年月]) +(?=\d)")
_CN = "一二三四五六七八九十百〇零"
_STOP = "。；：！？;）)”》"
_ARTICLE = re.compile(rf"第([{_CN}\d]{{1,5}})条(?![第款规、，的])")
_CHAPTER = re.compile(rf"第([{_CN}\d]{{1,4}})章(?![程节])")
_SECTION = re.compile(rf"第([{_CN}\d]{{1,4}})节(?![能目约])")
_CN_ITEM = re.compile(rf"([{_CN}]{{1,3}})、")
_CN_PAREN = re.compile(rf"[（(]([{_CN}]{{1,3}})[）)]")
_NUM = re.compile(r"(?<!\d)(\d{1,2})(?:[.．](?!\d)|、)")
_WORD_BEFORE = re.compile(r"[统唯单同之第其专惟任万归划一二三四五六七八九十]$")
_NAMED_HEADS = (
    "总体要求|指导思想|基本原则|工作原则|工作思路|总体思路|总体目标|工作目标|主要目标|目标任务|发展目标|主要任务|重点任务|工作任务|重点工作|主要内容|工作内容|主要措施|工作措施|重点措施|政策措施"
    "|保障措施|组织保障|组织领导|加强组织领导|工作要求|有关要求|相关要求|实施步骤|工作步骤|实施范围|适用范围|时间安排|进度安排|职责分工|责任分工|任务分工|附则|总则|罚则|法律责任|监督管理|其他事项"
)
_OF_ITEM = re.compile(r"(?:单位|部门|时[限间])：[^。；：]{2,110}$")  # 责任单位：…, without a stop at its end
_NAMED_HEAD = re.compile(rf"(?:[{_CN}]{{1,3}}、|[（(][{_CN}]{{1,3}}[）)])(?:{_NAMED_HEADS})(?![。：:、，；（(和与及的等])")
_REMARK = re.compile(r"[（(](?:此件|本文|此文)[^（）()]{2,30}[）)]")
_FORMULA_DATE = re.compile(rf"(?<=[执落实理行照彻]。)({DATE})(?!日?印[发制]|日?[前后以之起至，、的])")
_ORGAN_DATE = re.compile(rf"(?<=[。：:；）)》])([\u4e00-\u9fff（）]{{2,40}}?{ORGAN_END})({DATE})(?!日?印[发制])")
_LABEL = re.compile(r"(?<=[。；）)日])(?:附件：|附件\d{0,2}(?=[:：\u4e00-\u9fff])|抄送：|抄报：|联系人：|主办：|(?:责任|牵头|配合)(?:单位|部门)：|完成时[限间]：)")
_HEAD = re.compile(rf"^([\u4e00-\u9fff（）、 ]{{2,60}}文件)?({NUMBER})?(.{{8,120}}?)((?:（(?:{NUMBER})）|{NUMBER})?)((?:各|市直|省直|县直|区直)[^。]{{2,300}}?：)")


def unflatten(text: str) -> list[str]:
    """The lines of a text; a text that lost its line ends gets them back."""
    lines: list[str] = []
    for line in re.split(r"\r\n|[\n\r\f\x0b\x85\u2028\u2029]", text):
        line = _DATE_BLANK.sub("", line) if len(line) >= _GLUED else line
        gaps = [m.start() for m in _FLAT_SPLIT.finditer(line)] if len(line) >= _FLAT else []
        behind_stops = sum(line[at - 1] in _STOP for at in gaps)  # blanks in 总 则 or behind 第一条 alone are no line ends
        flat = len(gaps) >= max(4, len(line) / 400) and behind_stops >= 0.3 * len(gaps)
        for piece in _FLAT_SPLIT.split(line) if flat else [line]:
            lines.extend(_unglue(piece, " ".join(lines[:3])) if len(piece) >= _GLUED else [piece])
    return lines


def unflatten_lines(lines: Sequence[Line]) -> list[Line]:
    """Lines of any format; one that holds a whole notice, paragraph behind paragraph, gets its ends back."""
    found: list[Line] = []
    for line in lines:
        pieces = [] if line.cells or len(line.text) < _WHOLE else [piece for piece in unflatten(line.text) if piece.strip()]
        found += [replace(line, text=piece, indented=False, ends_paragraph=True) for piece in pieces] if len(pieces) > 1 else [line]
    return found


def _counting(line: str, form: re.Pattern[str], begins: Callable[[int], bool]) -> list[int]:
    """Where the numbers of one form stand that count on, from one again under the next heading, each where an item may begin."""
    found: list[int] = []
    last = 0
    for match in form.finditer(line):
        value = numeral_value(match[1])
        if (value == last + 1 or (value == 1 and last)) and begins(match.start()):
            found.append(match.start())
            last = value
    return found


def _after_stop(line: str) -> Callable[[int], bool]:
    def begins(at: int) -> bool:
        return at == 0 or line[:at].rstrip()[-1:] in _STOP or _OF_ITEM.search(line[max(0, at - 120) : at]) is not None

    return begins


def _unglue(line: str, before: str) -> list[str]:
    """The lines that a line without ends was made of; the line itself where nothing tells that it was several."""
    cuts = _outer_cuts(line)
    signed = _signature_cuts(line, before)
    if len(cuts) < 2 and not signed:
        return [line]
    cuts |= signed | _head_cuts(line)
    cuts |= {m.start() for m in _LABEL.finditer(line)} | {at for m in _REMARK.finditer(line) for at in m.span()}
    cuts |= _carried_cuts(line, cuts, before)
    cuts |= _inner_cuts(line, cuts)
    cuts |= {m.end() for m in _NAMED_HEAD.finditer(line) if m.start() in cuts}
    edges = [0, *sorted(at for at in cuts if 0 < at < len(line)), len(line)]
    return [line[start:end] for start, end in zip(edges, edges[1:], strict=False)]


def _outer_cuts(line: str) -> set[int]:
    """Before chapters, articles and 一、 that count on through the line."""
    after_stop = _after_stop(line)
    chapters = _counting(line, _CHAPTER, lambda at: after_stop(at) or line.find("第一章") == at)

    def article(at: int) -> bool:
        near = line[max(0, at - 30) : at]
        heading = re.search(rf"第[{_CN}\d]{{1,4}}[章节][^。；：第]{{1,28}}$", near)
        first = line.find("第一条") == at and not re.search(r"[《法例定法程则]\s*$|《[^》]*$", near[-3:])
        return after_stop(at) or heading is not None or first

    articles = _counting(line, _ARTICLE, article)
    sections = [m.start() for m in _SECTION.finditer(line) if after_stop(m.start()) or any(0 < m.start() - c < 30 for c in chapters)]
    items = _counting(line, _CN_ITEM, lambda at: after_stop(at) or (line[at] == "一" and not _WORD_BEFORE.search(line[:at])))
    several = [found for found in (chapters, articles, items) if len(found) >= 2]
    return {at for found in several for at in found} | set(sections if chapters else ())


def _inner_cuts(line: str, cuts: set[int]) -> set[int]:
    """Before （一） and 1. that count on, behind a full stop or a short heading."""
    after_stop = _after_stop(line)
    inner: set[int] = set()
    for form in (_CN_PAREN, _NUM):
        heads = sorted({*cuts, *inner})

        def begins(at: int, heads: list[int] = heads) -> bool:
            near = [head for head in heads if 0 < at - head <= 36]
            return after_stop(at) or any(not re.search("[。；：，]", line[head:at]) for head in near)

        found = _counting(line, form, begins)
        if len(found) >= 2:
            inner.update(found)
    return inner


def _signature_cuts(line: str, before: str) -> set[int]:
    """Around the organ's name and the date that close a text."""
    organs = [organ for text in (before, line[:100]) for organ in leading_organs(text)]
    cuts: set[int] = set()
    for match in re.finditer(DATE, line):
        head = line[: match.start()].rstrip()
        organ = next((o for o in organs if head.endswith(o) and head[: -len(o)].rstrip()[-1:] in _STOP + "件表单"), None)
        if organ is not None and not re.match("日?印[发制]", line[match.end() :]):
            cuts |= {len(head) - len(organ), match.start(), match.end()}
    cuts |= {at for match in _FORMULA_DATE.finditer(line) for at in match.span()}
    for match in _ORGAN_DATE.finditer(line):
        if is_organ(squeeze(match[1]).text):
            cuts |= {match.start(), match.start(2), match.end()}
    return cuts


def _head_cuts(line: str) -> set[int]:
    """Between title, number and recipients at the head of the line."""
    match = _HEAD.match(line)
    if match and ends_as_title(squeeze(match[3]).text, strict=True) and is_recipients(squeeze(match[5]).text):
        return {end for group in range(1, 6) if (end := match.end(group)) > 0}
    colon = line.find("：")
    return {colon + 1} if 0 < colon < 300 and is_recipients(squeeze(line[: colon + 1]).text) else set()


def _carried_cuts(line: str, cuts: set[int], before: str) -> set[int]:
    """Behind the title of the text that the notice carries, where it stands after the signature."""
    return set(_carried_titles(line, cuts, before))


def _carried_titles(line: str, cuts: set[int], before: str) -> Iterator[int]:
    names = [*re.findall(r"《([^《》]{4,80})》", line[:600]), *re.findall(r"(?:印发|转发|公布)(.{4,60}?)的通知", before + line[:120])]
    for at in cuts:
        for name in names:
            if line.startswith(name, at):
                tail = re.match(r"[（(][^（）()]{1,20}[）)]", line[at + len(name) :])
                yield at + len(name) + (tail.end() if tail and not _REMARK.match(tail[0]) else 0)
                break
