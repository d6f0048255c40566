"""Regulated parties (适用对象): whom a sentence binds, urges, encourages, favours, inspects or penalises, as printed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from extractors.folding import Folded, fold
from extractors.giving import rewards_from
from extractors.mentions import Kind, Party
from extractors.overlap import Places, keep_longest, reading_order
from extractors.party_bounds import PLACES, SOMEHOW
from extractors.party_offences import is_offender
from extractors.party_phrases import HARD, Phrase, Token, phrases, tokenize
from extractors.party_repeats import without_repeats
from extractors.patterns import Pattern, load_data, load_patterns
from extractors.screen import RoleScreen, Screen
from ingest.document import Span

_MAX_TAIL = 24
_MAX_BEHIND = 60  # characters behind a list of parties that tell what they are to what stands before it
_BRACKET = re.compile(r"（[^（）\n]{0,30}）")
_LEADING = re.compile(
    r"(?:(?:到|至|自|从)?(?:\d{4}年(?:\d{1,2}月)?|\d{1,2}月)(?:\d{1,2}日|底|末|[上中下]旬)?(?:之前|以前|前|起|内)?|今年底?|每[年月季]|"
    r"\d{1,3}[.．、]|(?:不超过|不少于|不低于|至少|最多)?(?:[一二三四五六七八九十]{1,3}分之[一二三四五六七八九十]|\d{1,3}%)(?:以上|以下|以内)?的?|(?:至少|不少于|不低于|开展|组织|举办|召开|进行|完成){0,3}(?:\d{1,3}|[一两二三四五])(?:次|轮|批次|场次?|期)(?:的|对)?|以及|或者|[—、的了着等和及与或并且该好]|其(?![他余])|(?:新|首次)(?:获批|获评|认定|评定)为?(?!的)|一批|一些|若干[家个名户所批]?|部分|更多|同时|以及|进一步|切实|严格|特别是|全省(?=超|近|约|\d)|左右(?=[一-龥“])|(?:超过?|近|约)?\d[\d.]{0,8}(?:[十百千万亿]{0,2}(?:余|多)?[家个名户所位](?:以上|左右)?(?:的)?|[万亿](?:余|多)?(?![元人岁]))|\d+[家个名户所](?:以上)?(?:的)?)+"
)
# what is no party though it holds a name: a title, a project, the fields in which a trial is encouraged (鼓励在…方面先行先试)
_TITLES = re.compile(r"(?:鼓励|支持|允许)在[^，。；\n]{4,80}方面(?=先行|先试|开展|探索|试点|创新|改革|进行)|《[^》\n]{0,120}》|“[^”\n]{0,60}”(?=[^，。；\n]{0,6}(?:建设|行动|工程|活动|平台|工作|计划|系统|机制|模式|体系))|“[^”\n]{2,40}(?:清单|项目库|数据库|需求库)”")
_COUNTED = re.compile(r"(?:数量|总数)?(?:力争|要|应|应当|须)?(?:达到?|超过?|不低于|不少于|突破|新增|增加到?|发展到|控制在|约|有)?\d")
_AMOUNT = re.compile(r"(?:每[家个户人名件项])?\d[\d.]{0,8}(?:十|百|千|万|亿)*元")  # 企业1万元/件: what it is given
_PREDICATE = re.compile("(?:应|须|应当|必须|一般|限|只能|必须是|应当是)为?$")  # 申请人应为…企业: a condition
_INDUSTRY = re.compile("(?:、[^，。；、（\n]{1,8}){1,10}等?(?:重点|高危|有关)?(?:行业领域|行业|领域)")  # 危化、矿山、燃气等领域
# 毕业生到企业就业的，给予补贴: whoever does so has a claim
_WHOLE = frozenset(["party.keep", "party.inspected", "party.bound"])
_ENTITLED = re.compile("[^，。；：\n]{1,30}的，[^。；\n]{0,12}?(?:给予|予以|享受|发放|补贴|减免|免收|免除|优先|可以?(?=[^能])|参照|一次性)")
_ACTS_NEXT = re.compile("(?:依法|严格|全面|切实|认真|立即|及时|限期)?(?:落实|履行|建立|健全|整改|开展|加强|制定|完善|做好|执行)")  # 督促单位全面落实…
_PUNISHED = re.compile("(?:可以?|并|依法|直接)?(?:并?处|罚|予以|给予)")  # 对单位处五千元以上罚款
_FINED = re.compile("(?:可以?|并)?处[^，。；]{1,24}罚款")  # 对其主要负责人处…罚款
_LATER = re.compile("[^，。；：\n]{1,24}，(?:应当|必须|须|不得|可以)")  # 村民建住宅，应当…: still the subject
_ALL = re.compile("全部|全面|全员|普遍|基本|均|都|一律|持|100%")  # 特种作业人员全部持证上岗: bound by the result; 机构床位达到… is not
_SO_MANY = re.compile(r"一批|若干|\d[\d.]{0,6}[十百千万]?(?:余|多)?[家个名位户所](?!月)|[一二三四五六七八九十百千两]{1,3}[余多]?[家名位]")
_LISTED = frozenset("、和及与或")
_PART = re.compile("[^、]+")
_UP_TO_STOP = re.compile("[^，。；]*")
_MODAL = re.compile("(?:都|均|也|一律|原则上|自觉|可)?(?:视为|视同|要|应|必须|须|不得|可以|可|需|严禁|禁止|凭|享受|依法|自愿)")


@cache
def _rules(role: str) -> tuple[Pattern, ...]:
    return tuple(p for p in load_patterns("parties") if p.fields["role"] == role)


@cache
def _roles() -> RoleScreen:
    return RoleScreen(load_patterns("parties"))


@cache
def _named_screen() -> Screen:
    return Screen([pattern.regex for pattern in _rules("named")])


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_data("parties")["words"][name])


def _verdict(role: str, text: str) -> str:
    found = _roles().first(role, text, "fullmatch")
    return str(found.fields["verdict"]) if found else ""


def _stop_behind(text: str, tokens: Sequence[Token], start: int, limit: int) -> Token | None:
    """The first word from `start` on that ends a name: no quotation, no verb that is part of a measure (达标率)."""
    at, quoted = bisect_left(tokens, (start,)), 0
    while at < len(tokens) and tokens[at].start <= limit:
        token = tokens[at]
        at += 1
        if token.word in "“”":
            quoted += 1 if token.word == "“" else -1
        elif token.kind in HARD and quoted <= 0 and token.word not in _words("deeds") and text[token.end : token.end + 1] not in ("率", "量", "数"):
            return token
    return None


def _tail(text: str, tokens: Sequence[Token], end: int) -> tuple[str, bool]:
    """The words behind a phrase that may make it part of a longer name, and whether a verb follows them."""
    bracket = _BRACKET.match(text, end)
    end = bracket.end() if bracket else end
    limit = min(len(text), end + _MAX_TAIL)
    stop = _stop_behind(text, tokens, end, limit)
    tail = text[end : min(stop.start, limit) if stop else limit].removeprefix("等")
    return tail.split("、", 1)[0], stop is not None and stop.kind != "stop" or "、" in tail


def _names_a_party(text: str, phrase: Phrase) -> bool:
    """Whether the phrase by itself names a party: no organ, no bare 单位 or 人员, no part of another name."""
    head, name = phrase.head, text[phrase.start : phrase.end]
    governor = phrase.governor
    if name == "单位" and governor is not None and governor.end == phrase.start and (governor.word == "由" or governor.word == "对" and _PUNISHED.match(text, phrase.end) or governor.word in ("督促", "责令", "指导") and _ACTS_NEXT.match(text, phrase.end)):
        return True
    if name.removeprefix("任何") in ("单位", "单位或个人", "单位或者个人") and is_offender(text, phrase):
        return True
    if head.kind == "tied" and governor is not None and governor.word == "对" and _FINED.match(text, phrase.end):
        return True
    if name in ("机构", "组织") and text[phrase.start - 1 : phrase.start] == "、" and governor is not None and governor.word in _words("urges"):
        return True  # 鼓励高校、企业、机构联合
    if head.kind == "tied":
        own = max(phrase.start, *[text.rfind(join, phrase.start, head.start) + 1 for join in "、和及与"])
        if head.start <= own or _verdict("name", name) == "drop":
            return False
    if head.word == "主体" and not _MODAL.match(text, phrase.end) and not (governor is not None and governor.word in _words("urges")):
        return False
    return _verdict("any", name) != "drop" and text[phrase.start - 1 : phrase.start] != "（"


def _is_subject(text: str, phrase: Phrase, end: int, tail: str) -> bool:
    """Whether the clause begins with the phrase and says what it must do or may have."""
    if phrase.governor is not None and phrase.governor.kind not in ("stop", "modal"):
        return False
    return bool(_MODAL.match(text, end) or _MODAL.match(text, end + len(tail)) and "率" not in tail)


def _holds_person(text: str, phrase: Phrase, kind: Kind, tail: str, subject: bool) -> bool:
    """Whether the sentence addresses or serves the persons it names; most mentions of 群众, 居民, 儿童 only describe a thing."""
    if kind in ("support", "encouragement") or subject and not _verdict("thing", tail):
        return True
    if is_offender(text, phrase):
        return True
    if (phrase.governor is None or phrase.governor.kind == "stop") and (_ENTITLED.match(text, phrase.end) or _LATER.match(text, phrase.end) and not text.startswith("供", phrase.start)):
        return True
    governor = phrase.governor.word if phrase.governor else ""
    if governor in ("将", "把"):
        return text.startswith(("纳入", "列入", "列为"), phrase.end)
    if _verdict("taught", tail) and governor in _words("teaches"):
        return True
    return governor in _words("addresses") and not _verdict("thing", tail)


def _only_described(text: str, phrase: Phrase, tail: str, behind: str) -> bool:
    """Whether the phrase is a condition (应为…企业, X为法人单位的，), the issuer of a paper or part of an award's name."""
    governor = phrase.governor
    if governor is not None and governor.word == "为" and (_PREDICATE.search(text, 0, governor.start) or behind.startswith(("的，", "时，"))):
        return True
    return bool(_verdict("issued", behind)) or _of_an_award(phrase, tail) or _of_an_award(phrase, _UP_TO_STOP.match(behind)[0])  # type: ignore[index]


def _of_an_award(phrase: Phrase, tail: str) -> bool:
    """Whether a body only names an award (企业社会保险补贴政策); a person so named is whom it is for (护理员岗位津贴政策)."""
    person = phrase.head.kind != "free" or phrase.head.word.endswith(("员", "师", "生", "工", "嫂"))
    return not person and _verdict("award", tail) == "drop"


def _rule_for(text: str, tokens: Sequence[Token], phrase: Phrase, kind: Kind, end: int) -> str | None:
    """The rule by which the sentence binds or favours the phrase, None where it does not."""
    if not _names_a_party(text, phrase):
        return None
    tail, acts = _tail(text, tokens, end)
    verdict = _verdict("tail", tail)
    role, governor = (phrase.governor.kind, phrase.governor.word.removeprefix("充分")) if phrase.governor else ("", "")
    if verdict == "favour" and not _of_an_award(phrase, tail) and (role != "prep" or governor in _words("addresses")):
        return "party.favoured"
    if role == "hire" and (kind == "support" or acts and kind == "encouragement" or verdict == "keep" and phrase.head.kind == "free"):
        role = "verb"
    behind = text[end : end + _MAX_BEHIND]
    if _verdict("takes_part", behind) and role in ("hire", "verb", "urge"):
        return "party.urged"
    counted = _COUNTED.match(text, phrase.end) and not _AMOUNT.match(text, phrase.end) and role in ("stop", "")
    helped = phrase.head.kind == "public" and bool(_verdict("helped", tail))
    if helped and role in ("hire", "verb", "urge", "prep"):
        return "party.favoured"
    around = next((w for w in ("brings", "solves", "serves", "surveys") if governor in _words(w)), "") if phrase.head.kind == "free" else ""
    if around and (seen := _verdict(f"around.{around}", behind)):
        return f"party.{seen}"
    if governor in _words("picks") and _SO_MANY.match(text, phrase.start) and not tail:
        return "party.favoured"
    if role in ("hire", "ground", "partner") or governor in _words("aside") or counted or _only_described(text, phrase, tail, behind):
        return None
    if _verdict("grows", tail) and governor in _words("fosters") and phrase.head.kind == "free":
        return "party.urged"
    if governor == "有" and kind in ("duty", "target") and text[end : end + 1] in "，。；和":
        return None  # 村村有公共健身场所
    if governor == "在" and text.startswith("的，", phrase.end):
        return None  # 在公办学校就读的，…
    if _INDUSTRY.match(text, phrase.end) or (governor == "在" or text.startswith("在", phrase.start)) and phrase.head.word.endswith("场所"):
        return None
    if _verdict("fund", behind):
        return None
    if any(_verdict(f"beside.{word}", behind) == "drop" for word in {governor, text[phrase.start - 1 : phrase.start]}):
        return None
    subject = _is_subject(text, phrase, end, tail)
    if phrase.head.kind == "public" and not _holds_person(text, phrase, kind, tail, subject):
        return None
    if governor in _words("urges") and (acts or SOMEHOW.match(text, end)) and not tail.startswith("的"):
        return "party.urged"
    if subject and kind != "target" and verdict != "drop":
        return "party.bound"
    measured = kind == "target" and role in ("", "stop") and phrase.head.kind != "free" and tail != ""
    if measured and verdict != "keep" and not _ALL.match(text, end):
        return None  # 全市机构养老床位达到…: only says what is measured
    return _rule_by_tail(tail, acts, verdict, role, governor, phrase, kind)


def _rule_by_tail(tail: str, acts: bool, verdict: str, role: str, governor: str, phrase: Phrase, kind: Kind) -> str | None:
    """The rule for a phrase that a longer name may go on from: by what the name says is done with the party."""
    if verdict == "drop":
        return None
    if governor in _words("calls_on") and verdict == "measure" and not _verdict("thing", tail):
        return "party.urged"
    if verdict != "measure":
        moved = governor in _words("moves") and acts
        if role in ("verb", "act") and governor not in _words("holds") and not moved and not verdict and kind != "support":
            return None
        return f"party.{verdict or phrase.head.kind}"
    if kind == "support":
        return "party.favoured"
    if governor in _words("inspects"):
        return "party.inspected"
    return "party.urged" if governor in _words("assigns") and tail.endswith(tuple(_words("assigned"))) else None


def _printed(folded: Folded, start: int, end: int, rule: str) -> Party:
    lead = _LEADING.match(folded.text, start, end)
    start = lead.end() if lead and lead.end() < end else start
    span = folded.back(start, end)
    return Party(span, rule, span.of(folded.printed))


def _named(text: str) -> list[tuple[Span, str]]:
    """Enterprises named without a head word, with their rule: 以A、B为龙头, A、B等重点企业."""
    return [
        (Span(match.start("names") + piece.start(), match.start("names") + piece.end()), pattern.id)
        for pattern in _rules("named")
        for match in pattern.regex.finditer(text)
        for piece in _PART.finditer(match["names"])
    ]


def _list_ends(text: str, listed: Sequence[Phrase]) -> list[int]:
    """Where the list ends in which each phrase stands: what follows there is said of each part."""
    ends = [phrase.end for phrase in listed]
    for i in range(len(listed) - 2, -1, -1):
        if listed[i + 1].start == listed[i].end + 1 and text[listed[i].end] in _LISTED:
            ends[i] = ends[i + 1]
    return ends


def find_parties(sentence: str | Folded, kind: Kind | None) -> list[Party]:
    """The regulated parties of a sentence of that kind, in reading order, spans in the sentence.

    >>> [p.name for p in find_parties("督促餐饮企业和学校食堂落实主体责任。", "duty")]
    ['餐饮企业', '学校食堂']
    """
    folded = fold(sentence)
    text = folded.text
    if kind is None:
        return []
    tokens = tokenize(text)
    if not tokens and not _named_screen().candidates(text):
        return []
    _roles().read(text)
    if _verdict("sentence", text.strip()) == "drop":
        return []
    titles = Places(Span(m.start(), m.end()) for m in _TITLES.finditer(text)) if "《" in text or "“" in text or "方面" in text else None
    names = _named(text) if "named" in _roles().possible(text) else []
    named = Places(span for span, _ in names) if names else None
    found = [Party(folded.back(span.start, span.end), rule, folded.back(span.start, span.end).of(folded.printed)) for span, rule in names]
    listed = phrases(text, tokens)
    if kind == "support" and (rest := rewards_from(text)):
        # 对…成效明显的县区，…: the places are favoured; of parties, those that the rest calls on or turns to
        listed = [p for p in listed if p.start >= rest and p.governor and (p.governor.kind == "urge" or p.governor.word == "对")]
    placed = Span(0, 0)  # a list of places that a phrase before opened
    for phrase, end in zip(listed, _list_ends(text, listed), strict=True):
        span = Span(phrase.start, phrase.end)
        if placed.contains(span):
            continue
        places = PLACES.match(text, phrase.end)
        if places:
            span = placed = Span(span.start, end := places.end())
        if titles and any(title.contains(head) for head in [Span(phrase.head.start, phrase.head.end)] for title in titles.overlapping(head)):
            continue
        rule = _rule_for(text, tokens, phrase, kind, end)
        if places and rule not in _WHOLE and (phrase.governor is None or phrase.governor.word not in _words("addresses") | _words("inspects") | _words("urges")):
            continue  # 深入学校、医院等场所开展宣传
        after = max((name.end for name in named.overlapping(span)), default=span.start) if named else span.start
        party = _printed(folded, after, span.end, rule) if rule and after < span.end else None
        if party:
            found.append(party)
    return without_repeats(sorted(keep_longest(found), key=reading_order))
