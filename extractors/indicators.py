"""Indicators (指标): what a target's figure measures, read from the words beside the figure."""

from __future__ import annotations

import re
from functools import cache

from extractors.patterns import load_data
from ingest.document import Span

_NUMBERING = re.compile(
    r"(?:第[〇零一二三四五六七八九十百\d]{1,5}[条章节款]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,3}[.．、]|[①-⑳●•■◆]|——?|[*#>-]+)+"
)
_DATE = (
    r"(?:到|至|截至|自|从)?(?:(?:(?:19|20)\d{2}(?!\d)|[二一][〇○零九]{1}[〇○零一二三四五六七八九]{2})年?度?(?:—|-|至|到|和|、)?){1,2}(?:(?:底|末|初|年底|年末|上半年|下半年|期间|第?[一二三四1-4]季度[末底初]?|\d{1,2}月(?:底|末|[上中下]旬|\d{1,2}日)?)?(?:之|以)?前?)"
    r"|(?:到|至)?“?[一二三四五六七八九十]{1,3}五”?(?:规划)?(?:末|期末|期间|时期)|(?:到|至)?(?:今年|明年|当年|全年|本年度|年度内|年内|年底|年末|上半年|下半年|近期|远期)(?:底|末)?(?:之|以)?前?"
)
_LEAD = re.compile(
    rf"(?:自\d{{4}}(?:年|届)[^，。\n]{{0,6}}起|{_DATE}|力争|争取|确保|保证(?![金保担])|保障(?![性房金水覆人对标率能资])|努力|进一步|继续|逐步|加快|大力|积极|实现"
    r"|促进|推动|推进|带动|使得?(?!用)|将|把|让|对(?![外口接标象应])|按照?(?![时期劳质需章])|其中|同时|并且|并(?![网购发联轨行])|且|从而|以及|及(?![时格])|和(?![谐解美平])|与|、|，|因|由"
    r"|在(?![建校园岗册线库营学职孵编运用])|内(?![资贸需河涝部生外控])|各地区?要?|要(?![素件求闻点情])|应当?(?![急届用税收付变力对])|须|必须|需(?![求要])|原则上|每年|全力|着力|新增|新建|建成(?!区)"
    r"|完成(?![率比投额情时])|培育|打造|建设(?![用项工资标率规周投面成补])|组织(?![化率部机体])|推荐(?![名比率])|推出|开展|实施(?![方细办意率效主者面后])|提供(?![者方商])|可(?![再持利回降燃溶追靠信视比支及])|对于|给予|予以|奖励对象为|不断|持续|稳步"
    r"|即|或者?(?=室|户|人|每)|的[一-鿿]{1,6}且|经(?!常|济)(?=[一-鿿]{0,24}(?:面积|人数|占))|还|鼓励|支持|引导(?!基)|至少|其余|另|总体上?|最终|全面)+"
)
_TAIL = re.compile(
    r"(?:(?:到)?20\d{2}年(?:底|末)?(?:前)?|人均|户均|平均|均|都|全部|每年|每月|每季度?|每半年|每周|每个月|每年均|逐年|分别|各|力争|争取|确保|努力|要|应当?|须|必须|需|原则上|一般|稳定|保持|累计|总计|合计|实现|基本|至|在|为|是|将|可|不得|不应|不能|率先|达到?|再|也|约|：|，|、|(?<![占对值生医护之配师床])比|较|(?:由|从)(?:现行的?|原来的?|目前的?)?\d[^，。；\n]{0,12}|在[^，。；\n]{2,14}基础上|以[^，。；\n]{1,8}为单位|不少于|不低于|至少|得|最高|按照?|给予|数量达|只能|严格|上限|全年|常年|首次|年内)+$"
)
_SUBJECT = re.compile(r"^(?:各[^，、]{1,14}?|全[市省县区]各级[^，、]{0,10}|[^，、（）]{1,12}(?:局|委|办|厅|部门|政府|企业|单位))(?:要|应当?|须|必须|需|对)")
_FUNDS = re.compile(r"的?(?P<noun>(?:专项|工作|补助|奖补|扶持|引导|配套|财政|建设|运行|发展|培训|业务|保障|活动){0,3}(?:资金|经费))")
_MEASURED = re.compile(r"(?:的?(?:标准|比例|要求|规模|数量|额度|密度|幅度|力度|量(?=[一-鿿]))(?:进行|予以|统一|足额|合理|科学|逐步|同步|规划)?)")
_RIGHT_STOP = re.compile(
    r"[，。；：！？\n]|进行|开展|参加|予以|给予|参与|纳入|用于|作为|建立|建成|实现|完成|达到|以上|以下|以内|左右|、(?!年满|满\d|不满)(?=[^，。；]{0,12}\d)|和(?=[^，。；]{0,12}\d)|(?<=[一-鿿])等(?=[一-鿿])|的(?=标准|比例)|（(?=[^（）\n]{0,30}\d)"
)
_NEXT_FIGURE = re.compile(r"[、和及与]\d")
_CLAUSE_END = re.compile(r"[，。；：！？\n]")
_GRANTS = r"(?:补助|补贴|奖励|资助|奖补|贴息|贷款|资金|奖金|津贴|补偿|扶持|经费|救助|担保|支持|慰问|额度|费用|保险|工资|奖)"
_GRANT_NOUN = re.compile(rf"(?!用于|用|以|支持|每)[一-鿿]{{0,12}}?{_GRANTS}(?:补助|补贴|奖励|贷款|资金|经费|金|款|标准|费|支持)?")
_GRANT_VERB = re.compile(
    r"(?:/[一-鿿]{1,4}|（[^（）\n]{0,30}）|的|标准|比例|额度|，(?=给予|予以)|给予|予以|发放|最高|最长|\d{1,4}年|不超过|进行){1,6}"
)
_GRANT_LEAD = re.compile(r"(?:给予|予以|最高|最长|最多|不超过|按照?|对|发放|每[人月年户天吨亩头只羽家个座台套床村班次件]{1,3}|各)+")
_GRANTED = re.compile(r"(?:给予|予以|发放|享受|申领|申请|享有|一次性)(?:适当|一定|相应|一次性|的)?(?P<noun>[一-鿿]{0,6}?(?:补助|补贴|奖励|资助|奖补|贴息|补偿|奖金|津贴|救助))")
_EACH_GIVEN = re.compile(r"[^，、（）\n]{0,12}财政(?:按|对)?每[一-鿿]{1,2}(?=补助|补贴|奖励|资助)")
_FOR_WHOM = re.compile(r"(?<![一-鿿])[^，、（）\n]{0,10}对(?![口外接标象应])|每[一-鿿]{0,4}\d")
_EACH = re.compile(r"每(?:张床位|床位|人次|平方米|立方米|公里|[人名位户亩座个家所件次吨台辆村班间栋处只头株套床张年月日天生])")
_ASIDE = re.compile(r"（[^（）]{0,30}）")
_LABEL = re.compile(r"(?<![^，。；：\n])(?P<label>[^，。；：\n]{2,12}：)$")
_DONE = re.compile(r"(?<=..)(?:实施|进行|开展|予以|加以)[一-鿿]{2,6}$")
_PROVIDES = re.compile(r"(?:提供|发放|给予)(?=[^，。；\n]{2,14}$)")
_AMOUNT = re.compile(r"(?:[额费金款价值资息本]|标准|补贴|补助|奖励|投资|收入|支出|规模|成本)$")
_NOUN_CUE = re.compile(r"补贴|补助|津贴|标准|资金|额度|救助|慰问")
_BARE_ACTS = frozenset(["执行", "计算", "核定", "发放", "给予", "补偿", "计发", "支付"])  # …执行，最高不超过: measures what stands before
_MAX = 60  # characters; the longest indicator of the annotated notices has 38


def _inside(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause of text[start:end] that ends at `end`: after the last ，；： outside brackets."""
    depth, at, closed = 0, end, end
    while at > start:
        char = text[at - 1]
        if char in "）》”":
            depth += 1
            closed = at
        elif char in "（《“":
            if not depth:
                break
            depth -= 1
            if text[at - 2 : at - 1] in ("。", "；"):  # 。（牵头单位）4.全省…: the bracket ends the sentence before
                return closed, end
        elif char in "，；：。！？\n" and not depth:
            break
        at -= 1
    return at, end


def _trim(text: str, start: int, end: int) -> Span:
    """`start`..`end` without numbering, dates, auxiliaries and the acting subject around the noun phrase."""
    numbering = _NUMBERING.match(text, start, end)
    start = numbering.end() if numbering else start
    tail = _TAIL.search(text, max(start, end - 24), end)
    end = tail.start() if tail else end
    for _ in range(3):
        lead = _LEAD.match(text, start, end)
        subject = _SUBJECT.match(text[start:end])
        before = start
        each = _EACH_GIVEN.match(text, start, end)
        if each:
            start = each.end()
        elif subject and start + subject.end() < end:
            start += subject.end()
        elif lead and lead.end() > start:
            start = lead.end()
        if start == before:
            break
    if start < end and text[start] == "的":  # 对新建|的|老年食堂: what was taken off the front was an attribute
        start += 1
    return Span(start, end)


def indicator_left(text: str, start: int, cue: int) -> Span:
    """The noun phrase that ends where a figure's cue begins, looked for no further back than `start`."""
    at, end = _inside(text, max(start, cue - 4 * _MAX), cue)
    found = _trim(text, at, end)
    if found.end - found.start >= 2 or at <= start or text[at - 1] in "。；！？\n":
        return _short(found)
    before = _provided(text, _done_to(text, _trim(text, *_inside(text, max(start, at - 4 * _MAX), at - 1))))
    if _ASIDE.fullmatch(text, before.start, before.end) or before.of(text) in _BARE_ACTS:
        return Span(cue, cue)
    return _short(_labelled(text, before, start)) if before.end - before.start >= 2 else _short(found)


def _labelled(text: str, found: Span, start: int) -> Span:
    """A case with the label it stands under (鲜菜：|运距90公里以内的): neither says alone what is measured."""
    label = _LABEL.search(text, max(start, found.start - 16), found.start) if text[found.end - 1 : found.end] == "的" else None
    return Span(label.start("label"), found.end) if label else found


def _provided(text: str, clause: Span) -> Span:
    """What a clause before the figure says is provided: 支持银行为茶农提供|优惠贷款."""
    verb = _PROVIDES.search(text, clause.start, clause.end)
    return Span(verb.end(), clause.end) if verb else clause


def _done_to(text: str, clause: Span) -> Span:
    """What a clause before the figure says something is done to: 对|老旧|的|泵站|实施改造."""
    act = _DONE.search(text, clause.start, clause.end)
    if act is None:
        return clause
    of = text.rfind("的", clause.start, act.start()) + 1
    return Span(of if clause.start < of <= act.start() - 2 else clause.start, act.start())


def alone_left(text: str, start: int, cue: int) -> bool:
    """Whether the clause of a figure has a noun phrase before the figure's cue."""
    at, end = _inside(text, max(start, cue - 4 * _MAX), cue)
    found = _trim(text, at, end)
    return found.end - found.start >= 2 and not bare_verb(found.of(text))


def indicator_right(text: str, end: int, whole: bool = False) -> Span:
    """The noun phrase that follows a figure (2家以上|大型企业|进行观摩), `whole`: with what it does (三分之二的|村建成广场)."""
    if _NEXT_FIGURE.match(text, end):
        return Span(end, end)
    start = end + 1 if text[end : end + 1] == "的" else end
    if text[start : start + 1] == "（":
        close = text.find("）", start, start + 30)
        start = close + 1 if close > 0 else start
    measured = _MEASURED.match(text, start)
    if measured:
        start = measured.end()
    if text[start : start + 3] != "建成区":
        start = without_verbs(text, Span(start, min(len(text), start + _MAX))).start
    stop = (_CLAUSE_END if whole else _RIGHT_STOP).search(text, start, start + _MAX)
    return Span(start, stop.start() if stop else min(len(text), start + _MAX))


def funds_right(text: str, end: int) -> Span | None:
    """The funds that an amount is of (不低于3000万元|专项资金)."""
    funds = _FUNDS.match(text, end)
    return Span(*funds.span("noun")) if funds else None


def indicator_of_grant(text: str, start: int, cue: int, figure: int, end: int, money: bool = True) -> Span:
    """What an amount is given as: the noun after it (给予5000元|补助|), else the one before it (一次性|奖励|50万元)."""
    verb = _GRANT_VERB.match(text, end, end + 40) if money or text[end : end + 1] == "的" else None
    if verb is None and not money:
        return indicator_left(text, start, cue)
    after = _GRANT_NOUN.match(text, verb.end() if verb else end, end + 60)
    if after:
        return Span(*after.span())
    nouns = list(_GRANT_NOUN.finditer(text, max(cue, figure - 24), figure))
    if nouns:
        noun = nouns[-1]
        if noun.start() == cue and _NOUN_CUE.match(text, cue):
            return _given_each(text, start, cue, indicator_left(text, start, noun.end()))
        lead = _GRANT_LEAD.match(text, *noun.span())
        begin = lead.end() if lead and lead.end() < noun.end() else noun.start()
        return Span(begin, noun.end())
    left = indicator_left(text, start, cue)
    earlier = list(_GRANTED.finditer(text, max(start, left.start - 2 * _MAX), cue)) if money else []
    if earlier and not _AMOUNT.search(left.of(text)):
        return Span(*earlier[-1].span("noun"))
    return left


def _given_each(text: str, start: int, cue: int, found: Span) -> Span:
    """`found`, which ends with what is given, without for whom and for each of what: 每人每月|高龄津贴; 对每座户厕|补助."""
    if found.end <= cue or found.start >= cue:
        return found
    if _FOR_WHOM.search(text, _inside(text, max(start, cue - 4 * _MAX), cue)[0], cue):
        return Span(cue, found.end)
    each = list(_EACH.finditer(text, found.start, cue))
    return Span(each[-1].end(), found.end) if each else found


def last_object(text: str, start: int, end: int) -> Span:
    """What stands behind the last verb of undertaking in text[start:end] (每个村选树|典型|3个)."""
    verbs = list(_verbs().finditer(text, start, end))
    return Span(verbs[-1].end(), end) if verbs else Span(end, end)


def bare_verb(text: str) -> bool:
    """Whether `text` only strings verbs of undertaking together (遴选和|推广|1000件)."""
    return bool(_verbs().fullmatch(text))


def without_verbs(text: str, span: Span) -> Span:
    """`span` without the verbs of undertaking at its head."""
    verbs = _verbs().match(text, span.start, span.end)
    return Span(verbs.end(), span.end) if verbs and verbs.end() + 2 <= span.end else span


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"(?:{load_data('targets')['atoms']['commit']}|和|、|并|及){{1,4}}")


def _short(span: Span) -> Span:
    return Span(max(span.start, span.end - _MAX), span.end)
