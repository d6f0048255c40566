"""Support (扶持): whether a sentence says what the state gives, and nothing that somebody must do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.clause_kinds import Clause, matches, possible_roles
from extractors.clauses import Reading, load_clause_words, party_head_words, party_heads, places_of, without_adverbs

_GIVES = re.compile("加大|提供|安排|发放|优先|免|减|缓|返还|按|保障")
# verbs that give where what is given follows (提供补贴); any other verb before 补贴, 服务 … asks for an act (落实补贴政策)
MAY_BE_GIVEN = re.compile("可以?(?:依法|按规定|适当|酌情|分别|再|从[^，]{1,30}中)*(?:给予|予以|返还|减免|免收|补贴|补助|奖励|资助|发放|(?:按|从)[^，]{1,30}(?:给予|予以|补贴|补助))")
_MAY_GIVE = re.compile("提供|发放|安排|拨付|办理|实施|纳入|保障|统筹|支持|支付|采取|受理|提高")


_WHOM = ("对", "凡", "给", "为")
_TOPIC = re.compile("(?:政策|补贴|补助|待遇|优惠)$")

# 对…成效明显的县区，…: a place that did well, and what it is given for it
_DID_WELL = re.compile("(?:显著|明显|突出|优秀|优异|[较良]?好|[较最]?[大快高强]|雄厚|扎实|到位|有力|领先|靠前|前列|积极主动|受到[^，的]{0,16}(?:表扬|表彰|通报))的[^的，]{1,60}$")
_PLACE = re.compile("(?:[省市县区州盟旗镇乡村]|地方|地区|街道|城市|社区|基地|园区)(?:（[^（）]{1,20}）)?$")
_REWARD = re.compile("给予|予以|优先|倾斜|奖励|补助|补贴|激励|(?<!避)免(?!于|受)|绿色通道|直通车|先行先试|(?:增加|安排)[^，]{0,24}(?:资金|投资|指标|额度|名额)")
_TASK = re.compile("(?:^|，)(?:及时|认真|大力|全面|并)*(?:总结|推广|宣传|加强|组织|建立|完善|开展|制定|督促|指导)")
_MUST = re.compile("(?<![重主需首])要(?![素求件点])|应当|必须|不得|严禁")
MAX_FRAME = 5  # commas up to which 对…的县区 may run


def rewards_from(text: str) -> int:
    """Where a folded sentence that says what places which did well are given (正向激励), and no more, begins to say it; 0 for
    any other sentence.

    >>> rewards_from("对整治环境成效明显的县（区），在安排专项资金时予以倾斜")
    16
    """
    if not text.startswith(("对", "凡")):
        return 0
    at = text.find("，")
    for _ in range(MAX_FRAME):
        if at < 0:
            return 0
        if _PLACE.search(text, max(0, at - 24), at) and _DID_WELL.search(text, max(0, at - 90), at):
            rest = text[at + 1 :]
            return at + 1 if _REWARD.search(rest) and not _TASK.search(rest) and not _MUST.search(rest) else 0
        at = text.find("，", at + 1)
    return 0


@cache
def _ends_in_party() -> re.Pattern[str]:
    return re.compile(f"(?:{party_heads().pattern})等?$")


@cache
def _ends_in_such_party() -> re.Pattern[str]:
    return re.compile(f"的[^的]{{0,20}}(?:{party_heads().pattern})$")


# verbs with which the state would be told to act: 培育带动力强的企业，给予…
_STATE_ACT = re.compile("扶持|培育|培养|打造|发展|壮大|遴选|筛选|选择|选取|选树|评选|建立|建设|推动|推进|推荐|组织|加强|支持|鼓励|引导|确定|重点|公布|动员|发动|督促|指导|落实|做好|加大|加快|积极|大力|围绕|依托|引进一批|认定一批")


def _is_topic(text: str) -> bool:
    """Whether a clause only names whom the next ones give something: 吸纳困难人员就业的企业，给予…"""
    return _ends_in_such_party().search(text) is not None and not _STATE_ACT.match(without_adverbs(text))


def join_whom(pieces: Sequence[str]) -> list[str]:
    """The clauses with 对…，…的企业 in one: a comma may stand inside the words for whom something is given."""
    if len(pieces) < 3 or not pieces[0].startswith(("对", "凡")) or "的" in pieces[0] or _ends_in_party().search(pieces[0]):
        return list(pieces)
    end = next((i for i in (1, 2) if _ends_in_such_party().search(pieces[i])), None)
    return list(pieces) if end is None or end + 1 == len(pieces) else ["，".join(pieces[: end + 1]), *pieces[end + 1 :]]


def _granted(clauses: Sequence[Clause], at: int) -> bool:
    """Whether a clause grants with a verb that elsewhere asks: 对残疾人，落实护理补贴; …补贴政策，执行期限延长至年底."""
    text = clauses[at].text
    may = possible_roles(text)
    if "grant" in may and matches("grant", text):
        return True
    if "grant_to" in may and matches("grant_to", text):
        return any(c.text.startswith(_WHOM) for c in clauses[:at])
    return at > 0 and "grant_topic" in may and matches("grant_topic", text) is not None and _TOPIC.search(clauses[at - 1].text) is not None


def _frames(clauses: Sequence[Clause], at: int) -> bool:
    """Whether a clause only says to whom, when or on what terms the gift beside it is made."""
    clause = clauses[at]
    if matches("term", clause.text):
        return True
    if at + 1 < len(clauses) and matches("grant_topic", clauses[at + 1].text) and _TOPIC.search(clause.text):
        return True
    if clause.text.startswith("对") and _ends_in_party().search(clause.text):
        return True
    if any("give" in c.said for c in clauses[at + 1 : at + 3]) and _is_topic(clause.text):
        return True
    # 用人单位招用失业人员，稳定就业半年以上的，给予…: a case in two clauses, told of a party
    case = at + 1 < len(clauses) and clauses[at + 1].text.endswith("的")
    return case and clause.reading.actor == "party" and not clause.reading.modal


def read_gifts(clauses: list[Clause]) -> list[Clause]:
    """The clauses, what grants marked as giving and what stands beside a gift as saying nothing."""
    granted = [_granted(clauses, i) for i in range(len(clauses))]
    if not any(granted) and not any("give" in c.said for c in clauses):
        return clauses
    kept = {"modal", "forbid", "penalty", "allow", "encourage"}
    out = []
    for i, clause in enumerate(clauses):
        if granted[i]:
            clause = Clause(clause.text, frozenset(clause.said & kept | {"give"}), Reading("give", "open", "", "给予"))
        elif not clause.said & kept and _frames(clauses, i):
            clause = Clause(clause.text, frozenset(), Reading())
        out.append(clause)
    return out


def may_give(text: str) -> bool:
    """Whether what may be done is to give."""
    return MAY_BE_GIVEN.search(text) is not None or matches("may_give", text) is not None


def backs_things(clauses: list[Clause]) -> bool:
    """支持 with nobody that is to act (支持老旧设施更新): what the state backs, not whom it encourages."""
    acts = any(c.said & {"act", "push", "build"} and "encourage" not in c.said for c in clauses)
    first = clauses[0].text
    if not first.startswith("支持") or acts or places_of("act", "build").stand_in(first[2:]):
        return False
    return not any(party_head_words().stand_in(c.text) for c in clauses)


def _gives(clause: Clause, organ: bool) -> bool:
    """Whether the verb of a clause that speaks of support is one of giving."""
    verb, bare = clause.reading.word, without_adverbs(clause.text)
    if not clause.said & {"act", "push", "raise"} or clause.reading.verb == "give" or matches("favour", clause.text) or _GIVES.match(bare) and clause.reading.how in ("", "open"):
        return True
    if verb in ("落实", "实施"):
        return clause.reading.how == "object"
    if _MAY_GIVE.fullmatch(verb) and re.search("给予|予以", clause.text):
        return True
    if clause.reading.how == "agent" or not _MAY_GIVE.fullmatch(verb):
        return False
    return not organ or matches("favoured", clause.text) is not None


def is_giving(clauses: list[Clause]) -> bool:
    """Whether some clause gives, every other one only saying to whom, out of what, or how much."""
    first = next((i for i, c in enumerate(clauses) if "give" in c.said), None)
    if first is None or any(c.said & {"modal", "forbid", "penalty"} for c in clauses):
        return False
    organ = any(c.reading.actor == "organ" for c in clauses)
    funds = [matches("fund", c.text) is not None for c in clauses]
    giving = [c for c, fund in zip(clauses, funds, strict=True) if "give" in c.said and not fund]
    if not giving or not all(_gives(c, organ) for c in giving):
        return False
    if any(c.reading.word in ("享受", "享有") for c in giving) and not organ:
        return True
    # 对农村供水工程维修养护，按每处2万元补助: the clause ahead says what for
    whom = [i < first and c.text.startswith(("对", "凡", "为", "给")) and load_clause_words().get(c.reading.word) != "act" for i, c in enumerate(clauses)]
    others = [c for c, fund, frame in zip(clauses, funds, whom, strict=True) if "give" not in c.said and not fund and not frame]
    ahead = next((c for c in clauses[:first] if c in others and c.said & {"push", "raise"}), None)
    return ahead is None and not any("act" in c.said for c in others)
