"""Noun phrases of regulated parties (适用对象): how far a phrase reaches around the word that names the party.

A head word (企业, 养老机构, 经营者) is found by the list; its modifiers stand left of it, up to the verb or preposition
that governs it (督促, 对, 加强) or the start of the clause. A modifier that ends in 的 may hold verbs of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from extractors import party_bounds as bounds
from extractors.alternation import Words
from extractors.party_bounds import TAKES_ON, TRADERS, TRADES, acts_on, begins, name_end, own_part

_MAX_REACH = 80  # characters left of a head that may belong to it
_MAX_QUOTE = 16  # characters of a quoted name or a bracket within a phrase: “品牌”示范企业, 跨乡镇（街道）的儿童
_MAX_JOIN = 8  # characters between two heads of one phrase: 企业|质量安全|管理人员
_MAX_SUBJECT = 6  # characters between a noun and the verb it is the subject of: 学生|就近|入读…幼儿园
HARD = frozenset({"stop", "prep", "urge", "verb", "act", "modal", "hire", "ground", "partner"})
_BEFORE_CLAUSE = frozenset(["对", "对于", "为", "向", "给", "将", "把", "凡", "凡是"])
_JOIN = re.compile("等?(?:以及|或者|并且|[、和及与或并])?")
_JOIN_ON = re.compile("以及|及其?|和|并对")
_NUMBERED = re.compile(r"（(?:[一二三四五六七八九十]{1,3}|\d{1,2})）")
_PARTNER = re.compile("与|[^共协合陪]同(?=[^时步类等一业志行])")
# what may stand before a verb that governs: a list of verbs, an auxiliary, the last character of an organ's name
_BEFORE_VERB = frozenset("、和及并或而将须应要可均都会局委办厅部院府处站者")
# words that name a thing as often as they govern: 住房保障条件, 成效突出, 评定等级
_NOUNISH = frozenset(["保障", "集中", "突出", "评定", "监督", "组织", "通知", "规范", "结合", "授权", "处罚", "奖励", "清理", "培训", "检查", "服务", "影响", "建设", "达标", "举报", "推荐"])
_TOGETHER = re.compile("(?:或者|以及|[或及和])(?:其他|主要|其)?")
_KEY_KIND = re.compile("(?<=[一-龥])(?<![、和及与，])重点(?:保障|监管|监测|培育|扶持|帮扶|支持|服务)$")  # 疫情防控|重点保障|企业
_DENIES = frozenset("不未能无")
_ADDED = frozenset(["个人", "人员", "场所", "家庭", "家属"])  # 从事…的单位和个人, 有关单位和人员, 流动儿童及其家庭 are one phrase
_QUALIFIES = frozenset(["具有", "具备", "符合", "有"])
_STAFF = "工作人员"  # of a party, not of the state: 养老机构工作人员
_HEADS = frozenset({"free", "tied", "public"})
# 将旧电池送交有资质的单位: whom a thing is handed to
_HANDS_OVER = frozenset(["送交", "移送", "移交", "交由", "交给", "报送"])
_STATE = frozenset(["国家", "本市", "本省", "本县", "本区"])  # 国家鼓励…


# what a word, or a word ending so, is no word before: 涉农企业, 就业主体, 市民政局, 对接受资助的学生, 到2025年
_NOT_BEFORE = {"企": "(?!业)", "企业": "(?!债券)", "公司": "(?!信用类债|债券)", "单位": "(?!缴费|缴存|缴纳部分|部分|应缴)", "个人": "(?![才数口次均]|民币|缴费|缴存|账户|所得税|部分|权益|自付|自负|自缴|应缴|创业担保贷款|消费贷款|贷款|信用|隐私)", "博士": "(?!后|点|学位|生导|论文|授权|研究生)", "硕士": "(?!点|学位|生导|论文|授权|研究生)", "群体": "(?!性|规模|免疫|活动|信访|体检)", "方": "(?![式面向法案便位])", "商": "(?![标品务店城业贸场机会化])", "保姆": "(?!式)", "业主": "(?![体管要])", "市民": "(?!政)", "对接": "(?!受)", "重点人": "(?!才)", "到": r"(?!\d)", "居民": "(?!委)", "村民": "(?!委)", "人": "(?![才数口次均]|民币)", "外商": "(?!投资|独资|直接|合资|合作|控股)", "妇女": "(?!联合会|儿童工作)", "场所": "(?!在)", "青年": "(?!团|科学|基金)", "少年": "(?!军校|宫|法庭|儿童活动)", "小学": "(?![生科课]|阶段|教育|学历)", "中学": "(?![生科课]|阶段|教育|学历)"}


class Token(NamedTuple):
    """A word of the lists, or a stop, in a folded sentence."""

    start: int
    end: int
    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase in a folded sentence: `head` is its last head word, `governor` the word just before it."""

    start: int
    end: int
    head: Token
    governor: Token | None


def _read(name: str) -> dict[str, str]:
    text = files("extractors").joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line)
    return {row[0]: row[1] for row in rows}


@cache
def load_party_words() -> dict[str, str]:
    """Heads with their class (free, tied, public) and the words around them: prep, urge, verb, act, modal, hire … govern or bound; shield, adverb only stand between."""
    return _read("party_words") | _read("party_heads")


@cache
def _words() -> Words:
    words = load_party_words()
    behind = {word: _NOT_BEFORE.get(word, _NOT_BEFORE.get(word[-1], "")) for word in words}
    heads = {word for word, kind in words.items() if kind in _HEADS}
    return Words([*words, *"，；：。！？\n“”‘’《》〔〕（）\t"], behind, heads)


def tokenize(text: str) -> list[Token]:
    """The words of the lists and the stops of a folded sentence, from left to right, the longest first at each place; none
    where no word names a party."""
    kinds, words, make = load_party_words(), _words(), tuple.__new__  # many times a sentence: without the checks of Token(…)
    return [make(Token, (start, end, kinds.get(word, "stop"), word)) for start, end, word in words.find(text)]


def _governs(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb `tokens[at]` stands where a verb governs: at the start of its clause, behind an adverb or an organ."""
    start = tokens[at].start
    if start == 0 or text[start - 1] in _BEFORE_VERB or text[max(0, start - 2) : start] in _STATE:
        return True
    before = tokens[at - 1] if at else None
    return before is not None and before.end == start and (before.kind in HARD or before.kind in ("organ", "adverb"))


def _opening(text: str, tokens: Sequence[Token], at: int) -> int:
    """The token that opens the quotation or bracket which closes at `tokens[at]`; -1 where it is none or too long."""
    opener = {"”": "“", "）": "（"}.get(tokens[at].word)
    if opener is None:
        return -1
    floor = tokens[at].start - _MAX_QUOTE
    for i in range(at - 1, -1, -1):
        if tokens[i].start < floor:
            return -1
        if tokens[i].word == opener:
            return -1 if _NUMBERED.match(text, tokens[i].start) else i
    return -1


def _attribute(text: str, tokens: Sequence[Token], at: int, index: int) -> bool:
    """Whether the verb `tokens[at]` only describes the head behind it (参与企业), no noun before it being its subject."""
    if tokens[at].end != tokens[index].start:
        return False
    if tokens[at].word in TRADES and tokens[index].word.endswith(TRADERS) and not _governs(text, tokens, at):
        return True
    if tokens[at].kind != "act" or tokens[at].word not in bounds.ATTRIBUTES:
        return False
    before = tokens[at - 1] if at else None
    return before is None or before.kind not in _HEADS or tokens[at].start - before.end > _MAX_SUBJECT


def _bound_in_clause(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether a word of a 的-clause stands outside it: a stop, 对, what governs it (鼓励具有…的企业, 免除符合…的学生)."""
    token = tokens[at]
    if token.kind == "stop" or token.word in _BEFORE_CLAUSE or token.word in ("特别是", "尤其是") and at > 0 and tokens[at - 1].end == token.start and tokens[at - 1].kind in _HEADS or token.word in _HANDS_OVER and bounds.HANDED.search(text, max(0, token.start - _MAX_REACH), token.start):
        return True
    if token.kind in ("verb", "act", "hire", "urge") and (text.startswith(("一批", "一些", "若干", "部分"), token.end) or text[token.end : token.end + 1].isdecimal()):
        return True
    if text.startswith("的", token.end):
        return False  # 申请资助及奖励的企业: the clause's own verb
    if token.kind == "urge":
        within = at > 0 and tokens[at - 1].end == token.start and tokens[at - 1].word in (*_BEFORE_CLAUSE, "享受", "获得", "申请", "领取")
        denied = bounds.DENIED.search(text, max(0, token.start - 6), token.start)  # 对不认真落实责任的人员: a clause of whom it is about
        return not within and not denied and _governs(text, tokens, at)
    before = tokens[at - 1] if at and tokens[at - 1].end == token.start else None
    if before is not None and before.word in bounds.TOLD_OF and token.kind in ("verb", "act", "hire"):
        return False  # 对骗取补贴资金的单位: a clause of whom it is about
    if token.word == "由" and (before.kind == "modal" if before else text[token.start - 1 : token.start] not in "，。；：、”）\n"):
        return True  # 必须由…的单位承担, 合同由…的单位履行
    if before is not None and (before.kind in _HEADS or before.word == "）") and (token.word == "通过" or token.word in TAKES_ON and text[token.end : token.end + 1] != "的"):
        return True
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    opens = behind is not None and behind.start == token.end and behind.kind in ("ground", "verb", "act", "modal", "prep")
    if token.kind not in ("verb", "act", "hire") or not opens or text[token.start - 1 : token.start] == "、":
        return False
    return tokens[at + 1].word in _QUALIFIES or _governs(text, tokens, at)


def _releases(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb opens a clause that lets somebody off what is due: 免收|承租国有房产的企业|房租."""
    told_of = at > 0 and tokens[at - 1].end == tokens[at].start and tokens[at - 1].word in bounds.TOLD_OF
    return tokens[at].word in bounds.RELEASES and not told_of and _governs(text, tokens, at)


def _plain(text: str, tokens: Sequence[Token], at: int, of: int) -> bool:
    """Whether the 的 that ends at `of` closes a bare adjective behind a verb (提供必要的|场所), `tokens[at]` being near it."""
    adjective = bounds.PLAIN.search(text, max(0, of - 3), of)
    verbs = tokens[max(0, at - 1) : at + 1] if adjective else ()
    # 不能保证安全的单位: a clause of its own
    return any(t.end == adjective.start() and t.kind in HARD and text[t.start - 1 : t.start] not in _DENIES for t in verbs)  # type: ignore[union-attr]


def _reach(text: str, tokens: Sequence[Token], index: int, clause: bool) -> tuple[int, Token | None]:
    """The start of the phrase whose first head is `tokens[index]`, and the word or stop that bounds it."""
    floor = max(0, tokens[index].start - _MAX_REACH)
    place, relative, series = tokens[index].start, clause, False
    closed = 0  # where a bracket just passed over ends
    given = bounds.GIVEN_TO.match(text, tokens[index].end) is not None
    pending: Token | None = None  # a verb inside a 的-clause that may yet be the main verb of its own clause
    at = index - 1
    while at >= -1:
        token = tokens[at] if at >= 0 else None
        left = token.end if token else 0
        between = text[max(left, floor) : place]
        of = text.rfind("的", max(left, floor), place) + 1
        relative = relative or of > 0 and not _plain(text, tokens, at, of)
        head_before = token is not None and token.kind in _HEADS
        beside = None if relative else _PARTNER.search(between)
        if beside and not (head_before and beside.start() == 0):
            end = max(left, floor) + beside.end()
            return end, Token(end - 1, end, "partner", text[end - 1])
        if token is None or left <= floor:
            break
        opening = _opening(text, tokens, at)
        if opening >= 0:
            place, at, closed = tokens[opening].start, opening - 1, closed if closed else left
            continue
        if head_before and not relative:
            listed = text[left : tokens[index].start]  # quotations between them included
            among = tokens[index].kind != "public" and bounds.FIRST_AMONG.search(listed)
            series = series or listed.startswith(("等", "、", "（")) and "等" in listed and not among
            if not series and closed and left == place:
                return closed + _JOIN.match(text[closed : tokens[index].start]).end(), token  # type: ignore[union-attr]
            if not series:
                return left + _JOIN.match(between).end(), token  # type: ignore[union-attr]
        thing = None if relative else bounds.THING_BEFORE.search(between)
        if thing:
            end = max(left, floor) + thing.end() + 1
            return end, token if token.kind != "shield" else next((t for t in reversed(tokens[max(0, at - _MAX_JOIN) : at]) if t.kind in HARD or t.kind in _HEADS), token)
        joined = _JOIN.match(between)
        if head_before and relative and joined and joined[0] and joined[0] not in ("、", "等", "等、"):
            return left + joined.end(), token
        if token.kind == "organ" and text[token.start - 1 : token.start] == "的" and not relative:
            place, relative, at = token.start, True, at - 1  # 对不履行职责的部门和人员
            continue
        if token.kind == "organ" and _JOIN.fullmatch(text, token.end, token.end + 1) and not relative:
            return token.end + (2 if text.startswith("或者", token.end) else 1), next((t for t in reversed(tokens[max(0, at - _MAX_JOIN) : at]) if t.kind in HARD), None)
        noun = token.word in _NOUNISH and not _governs(text, tokens, at) or token.end == tokens[index].start and _KEY_KIND.search(text, max(0, token.start - 4), token.end) is not None or _attribute(text, tokens, at, index)
        if token.kind in HARD and not noun:
            if not relative:
                a_thing = between.startswith("、")  # 技术支持、人才培训: a thing listed, no verb
                return left + int(a_thing), token._replace(kind="verb", word="、") if a_thing else token
            told = given and token.kind in ("verb", "act", "hire") and not (token.word in bounds.STATE_ACTS and (at == 0 or tokens[at - 1].kind == "stop"))
            if not told and _bound_in_clause(text, tokens, at) or not given and _releases(text, tokens, at):
                if token.kind == "stop" and pending is None and bounds.ASKED.match(text, left):
                    return max(text.rfind(join, left, tokens[index].start) + 1 for join in "、和及与") or tokens[index].start, token
                return (pending.end, pending) if pending and token.kind == "stop" else (left, token)
            pending = token if token.kind == "hire" and not given else pending
        place = token.start
        at -= 1
    return (pending.end, pending) if pending else (floor, None)


def _told_together(text: str, first: Phrase, second: Phrase) -> bool:
    """Whether two phrases joined by 和, 及, 或 are one: 从事…的单位和个人, 老年人或者其监护人."""
    join = _TOGETHER.match(text, first.end)
    if join is None or second.head.start > join.end():
        return False
    name = text[first.start : first.end]
    if name == "单位" and second.head.word == "个人":
        return join[0].startswith("或")
    if second.head.word in _ADDED:
        return "的" in name or name.startswith(("有关", "相关", "其他", "先进")) or second.head.word in ("家庭", "家属")
    return join[0].endswith(("其", "其他", "主要")) and join[0].startswith("或")


def phrases(text: str, tokens: Sequence[Token]) -> list[Phrase]:
    """The noun phrases around the heads of a folded sentence, in reading order."""
    found: list[Phrase] = []
    index = 0
    while index < len(tokens):
        if tokens[index].kind not in _HEADS:
            index += 1
            continue
        first = last = index
        while (nxt := _joined(text, tokens, last)) is not None:
            last = nxt
        clause = first < last and tokens[last].kind != "tied" and text[tokens[first].end] == "的"  # 新招用员工的企业
        start, governor = _bounded(text, tokens[first], *_reach(text, tokens, first, clause), clause)
        if governor is not None and governor.kind in _HEADS and found and found[-1].head is governor:
            governor = found[-1].governor  # what governs a list governs each of its parts
        if found and governor is not None and governor.word == "，" and governor.start == found[-1].end and _JOIN_ON.match(text, start):
            governor = found[-1].governor
        end = tokens[last].end + (len(_STAFF) if tokens[last].kind == "free" and text.startswith(_STAFF, tokens[last].end) else 0)
        end = name_end(text, end) if end == tokens[last].end else end
        phrase = Phrase(start, end, tokens[last], governor)
        if found and found[-1].end < start + 2 and _told_together(text, found[-1], phrase):
            before = found.pop()
            phrase = replace(before, end=phrase.end)
        found.append(phrase)
        index = last + 1
        while index < len(tokens) and tokens[index].start < end:
            index += 1
    return found


def _bounded(text: str, head: Token, start: int, governor: Token | None, clause: bool) -> tuple[int, Token | None]:
    """The start of a phrase and its governor, less what only stands before the name."""
    if clause:
        return start, governor
    acts = governor is not None and governor.kind in _HEADS and governor.end == start  # 支持企业|发展|电商
    begin = begins(text, own_part(text, start, head.start, head.word), head.start, acts)
    if begin.verb:
        governor = Token(begin.start - len(begin.verb), begin.start, "hire" if acts else begin.kind, begin.verb)
    return begin.start, governor


def _joined(text: str, tokens: Sequence[Token], index: int) -> int | None:
    """The next head where it belongs to the same phrase: nothing but modifiers between."""
    for at in range(index + 1, len(tokens)):
        token = tokens[at]
        gap = text[tokens[index].end : token.start]
        behind = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].start == token.end else None
        if token.kind in HARD and gap == "" and token.word in TRADES and behind is not None and behind.kind in _HEADS:
            return at + 1  # 机动车|回收|企业
        if len(gap) > _MAX_JOIN or token.kind in HARD or acts_on(gap) or any(c in gap for c in "、和及与或等") or "的" in gap[:-1] + gap[1:]:
            return None
        if token.kind in _HEADS:
            return at
    return None
