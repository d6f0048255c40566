"""What kind of obligation a sentence is: the strongest thing that it says, or nothing.

The headings above a sentence say how a bare statement is to be read (a result under 工作目标, nothing under 指导思想);
what its clauses say decides the rest: a clause forbids, asks (要, 应当 or the bare imperative of the genre), states a
result, gives, or encourages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.clauses import Reading, load_clause_words, read_clause, without_adverbs, words_of
from extractors.folding import fold
from extractors.mentions import Kind
from extractors.patterns import Pattern, load_patterns

Verdict = tuple[Kind | None, str]

_CLAUSE = re.compile(r"(?:[^，；：。！？]|(?<=\d)：(?=\d))+")
# an act behind a subject or an adverbial: 在全市开展…, 由县教育局组织…, 对企业进行…, 把…作为…
_ACTS_INSIDE = re.compile("(?<![经不])(?:开展|推行|推进|进行|实施|组织|作为|纳入|列入|落实|推广|推动|引入|看是否|是否|制定|定期|建立健全|全面建立|予以|签订|报送|上报|提出|提交)")
# what marks guiding thought under 总体要求, where aims and principles stand beside it
_GUIDING = re.compile("思想|为指导|精神|全会|重要论述|重要讲话|以[^，]{2,40}为(?:主线|中心|宗旨|目标|核心|统领|引领|导向)")
_NUMBER = re.compile(r"^(?:（[一二三四五六七八九十\d]{1,3}）|[\d一二三四五六七八九十]{1,3}[.．、](?!\d)|第[一二三四五六七八九十百零]{1,6}条)")
# the case that a clause sets for the one behind it
_CONDITION = re.compile(r"(?:的|时|后|的情况下|期间)$")
_DATE = re.compile(r"(?:20\d\d年)?\d{1,2}月\d{1,2}日前?|20\d\d年?[至—-]20\d\d年|20\d\d年(?:\d{1,2}月)?(?:底|末|内)?前?|“[一二三四五六七八九十]+五”|第\d{1,4}[号条项届次]")
_REMARK = re.compile(r"(?<=[^（）\n])（[^（）\n]{0,120}）")
_CONTACT = re.compile(r"[，；。]?(?:联系人|联系电话|咨询电话|电子邮箱|邮箱|传真|电话)[：:].*")
_TOLD = re.compile("增长|下降|同比|上年|分")  # figures of a report
_MAX_SENTENCE = 1200  # characters judged; what stands behind never changed a verdict in any notice seen


@cache
def _rules(role: str) -> tuple[Pattern, ...]:
    return tuple(p for p in load_patterns("kinds") if p.fields.get("role") == role)


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    said: frozenset[str]  # the roles of the rules that hold, and what its verb is
    reading: Reading


def _matches(role: str, text: str, how: str = "search") -> str | None:
    """The id of the first rule of `role` that holds for `text`."""
    return next((p.id for p in _rules(role) if getattr(p.regex, how)(text)), None)


# a clause that only says on what ground, for whom or how the next one acts
_GIVES = re.compile("加大|提供|安排|发放|优先|免|减|缓|返还|按|保障")
_ADVERBIAL = re.compile("(?:通过|根据|按照|依据|结合|围绕|针对|随着|因|由于|经)[^，]*|(?:对|对于|凡|凡是|为)[^，]*的[^的，]{1,14}")


def _judge(clause: str, last: bool) -> _Clause:
    bare = without_adverbs(clause)
    condition = not last and _CONDITION.search(clause) is not None  # 用人单位招用困难人员的，给予补贴
    reading = Reading() if condition else read_clause(clause)
    said = {role for role in ("penalty", "modal", "allow", "give") if _matches(role, clause) and not (condition and role != "penalty")}
    if _matches("encourage", clause, "match") or _matches("encourage", bare, "match"):
        said.add("encourage")
    undated = _DATE.sub("", clause)
    if _matches("figure", undated, "fullmatch"):
        said.add("figure")
        if "modal" in said and _matches("modal", _norm().sub("", undated)) is None and reading.how != "actor":
            said.discard("modal")  # 占比必须达到60%以上: a result, whoever brings it about
    speaks = last or not _ADVERBIAL.fullmatch(bare)
    if reading.verb == "build" or not speaks and reading.verb != "give":
        said.discard("give")
    said |= _verb_of(undated, bare, reading, said, speaks or reading.verb == "give")
    if "figure" in said and _matches("charged", undated) and not _matches("measure", clause):
        said.add("act")  # 各企业…培训不少于24学时: a floor to an act
    if _may(clause):
        said.add("allow")
    if _forbids(clause, said):
        said.add("forbid")
    if "figure" in said or reading.whole and not reading.modal or not said & {"act", "push"} and _matches("result", clause, "fullmatch"):
        said.add("result")
    return _Clause(clause, frozenset(said), reading)


@cache
def _norm() -> re.Pattern[str]:
    return next(p.regex for p in _rules("norm"))


@cache
def _may_act() -> re.Pattern[str]:
    verbs, adverbs = words_of("act", "deed", "give", "means").pattern, words_of("adverb").pattern
    # 可控制、可追溯 are qualities: nothing follows their verb
    return re.compile(f"(?<![许认不方即适尽宁、])可(?:(?:{adverbs}){{0,2}}(?:{verbs})(?![、的率性]|$)|(?:利用|通过|按|向|凭|持(?!续)))")


def _may(clause: str) -> bool:
    """Whether somebody may act: 可 right before a verb."""
    return _may_act().search(clause) is not None


def _verb_of(clause: str, bare: str, reading: Reading, said: set[str], speaks: bool) -> set[str]:
    """What the verb of a clause makes of it: `act`, `push`, `raise` or `give`; nothing where it only sets the frame."""
    if not speaks or "figure" in said and _matches("measure", clause):
        return set()
    if load_clause_words().get(reading.word) == "deed" and _matches("state", clause, "fullmatch"):
        return set()  # 关爱服务体系更加健全
    if reading.whole and reading.actor == "party" and not reading.modal:
        return set()
    if reading.verb in ("act", "push", "raise") and reading.how in ("actor", "agent", "object"):
        if reading.verb == "raise" and (reading.actor != "organ" or "figure" in said):
            return {"raise"} if reading.modal else set()
        return {"act"}
    if reading.verb in ("act", "push", "raise", "build"):
        return {reading.verb}
    if reading.verb == "give":
        return {"act"} if "give" not in said and "penalty" not in said else set()
    return {"act"} if "figure" not in said and _ACTS_INSIDE.search(bare) else set()


def _forbids(clause: str, said: set[str]) -> bool:
    found = next((m for p in _rules("forbid") if (m := p.regex.search(clause))), None)
    if found is None or "penalty" in said and "的" in clause[found.end() :]:
        return False
    if "act" in said and found.start() > 0 and found[0].endswith("禁止"):
        return False
    # 的 right behind what is forbidden makes the ban describe a thing (不得销售的产品), not forbid
    return not re.match(r"[^，；、]{0,16}的(?:$|产品|行为|情形|区域|单位|人员|企业|，)", clause[found.end() :])


def _section(path: Sequence[str]) -> str:
    """How the innermost heading that says so wants its sentences read: ideology, general, background, goal or ''."""
    for depth, heading in enumerate(reversed(path)):
        text = fold(heading).text
        made = [str(p.fields["makes"]) for p in _rules("section") if p.regex.search(text)]
        if made == ["general"] and depth:
            return ""  # a heading of its own under 总体要求 (实施范围)
        if len(made) == 1 and made[0] != "judged":
            return made[0]
        if made:
            return "mixed" if "ideology" in made or "general" in made else "goal" if "goal" in made else ""
    return ""


def _forbidding(clauses: list[_Clause]) -> bool:
    saying = [c for c in clauses if c.said & {"act", "modal", "forbid"}]
    bans = sum("forbid" in c.said for c in saying)
    return bans > 0 and ("forbid" in saying[0].said or 2 * bans >= len(saying))


def _encouraging(clauses: list[_Clause]) -> bool:
    lead = next((c for c in clauses if c.said & {"encourage", "act", "push", "raise", "modal", "allow", "give"}), None)
    if lead is None or not lead.said & {"encourage", "allow"} or "modal" in lead.said and "allow" not in lead.said:
        return False
    behind = clauses[clauses.index(lead) + 1 :]
    return not any("modal" in c.said or _state_acts(c) for c in behind)


_STATE_ACT = re.compile(
    "加强|加大|强化|(?:充分)?发挥|深化|督促|指导|引导|组织|完善|健全|落实|严格|引入|统筹|监督|纳入|严厉|做好|帮助|扶持|严肃|建立健全"
)


def _state_acts(clause: _Clause) -> bool:
    """Whether it is the state that acts: what 鼓励 X opens may go on with X's own acts."""
    return bool(_STATE_ACT.match(without_adverbs(clause.text)))


def _acting(clauses: list[_Clause], section: str) -> bool:
    """Whether some clause tells somebody to act.

    推进… and 提高… ask where they open the sentence; behind another clause they say what for. Under 目标, or with a
    figure, 提高… states what will be.
    """
    goal = section in ("goal", "mixed")
    lead = next((c for c in clauses if c.said & {"act", "push", "raise", "result"}), None)
    if any("act" in c.said and not (goal and "figure" in c.said and c.reading.actor != "organ") for c in clauses):
        return True
    if any("build" in c.said and (not goal or "各" in c.text) for c in clauses):
        return True
    if lead is None or lead.said & {"figure"}:
        return False
    return "push" in lead.said or "raise" in lead.said and not goal and not any("figure" in c.said for c in clauses)


# verbs that give where what is given follows (提供补贴); any other verb before 补贴, 服务 … asks for an act (落实补贴政策)
_MAY_GIVE = re.compile("提供|发放|安排|拨付|办理|实施|纳入|保障|统筹|支持|支付|采取|受理|提高")


def _gives(clause: _Clause, organ: bool) -> bool:
    """Whether the verb of a clause that speaks of support is one of giving."""
    verb, bare = clause.reading.word, without_adverbs(clause.text)
    if not clause.said & {"act", "push", "raise"} or clause.reading.verb == "give" or _matches("favour", clause.text) or _GIVES.match(bare) and clause.reading.how in ("", "open"):
        return True
    if clause.reading.how == "object" and verb == "落实":
        return True
    if clause.reading.how == "agent" or not _MAY_GIVE.fullmatch(verb):
        return False
    return not organ or _matches("favoured", clause.text) is not None


def _giving(clauses: list[_Clause], section: str) -> bool:
    first = next((i for i, c in enumerate(clauses) if "give" in c.said), None)
    if first is None or any(c.said & {"modal", "forbid", "penalty"} for c in clauses):
        return False
    organ = any(c.reading.actor == "organ" for c in clauses)
    funds = [_matches("fund", c.text) is not None for c in clauses]
    giving = [c for c, fund in zip(clauses, funds, strict=True) if "give" in c.said and not fund]
    if not giving or not all(_gives(c, organ) for c in giving):
        return False
    if any(c.reading.word in ("享受", "享有") for c in giving) and not organ:
        return True
    others = [c for c, fund in zip(clauses, funds, strict=True) if "give" not in c.said and not fund]
    return not any("act" in c.said for c in others) and not _acting([c for c in clauses[:first] if c in others], section)


def _resulting(clauses: list[_Clause], section: str) -> bool:
    stated = any(c.said & {"result", "figure"} for c in clauses)
    asked = any("modal" in c.said and "figure" not in c.said for c in clauses)
    return stated and not asked and not _acting(clauses, section)


def _by_clauses(clauses: list[_Clause], section: str) -> Verdict:
    """The strongest thing that the clauses say; a bare statement asks where it tells of an act or a charge."""
    if any("penalty" in c.said for c in clauses) and not any("forbid" in c.said for c in clauses[:1]):
        return "duty", "duty.penalty"
    if _forbidding(clauses):
        return "prohibition", "forbid"
    if _encouraging(clauses):
        return "encouragement", "encourage"
    measured = any(re.search("达到|(?<![税利费])率|稳定在|保持在", c.text) for c in clauses if "give" in c.said)
    if _giving(clauses, section) and not measured:
        return "support", "give"
    defect = _matches("defect", "，".join(c.text for c in clauses), "fullmatch")
    bare = not any(c.said & {"act", "push", "raise", "modal", "figure"} for c in clauses)
    if defect and bare and section != "goal":
        return None, defect
    if _resulting(clauses, section):
        return "target", "result"
    if any("modal" in c.said for c in clauses):
        return "duty", "duty.modal"
    if _acting(clauses, section):
        return "duty", "duty.imperative"
    if section == "goal":
        return "target", "section.goal"
    if any(words_of("act").search(c.text) for c in clauses) or any(_matches("bare", c.text) for c in clauses):
        return "duty", "duty.statement"
    return None, "nothing.statement"


def find_kind(sentence: str, path: Sequence[str] = (), *, opening: bool = False) -> Verdict:
    """The kind of `sentence` (None: it asks nothing) and the id of the rule that decided.

    Args:
        path: The headings above it, from the outermost in.
        opening: It stands before the first node of the outline, where notices say why they are issued.

    >>> find_kind("养老机构不得收取押金。")[0]
    'prohibition'
    """
    text = fold(sentence[:_MAX_SENTENCE]).text.strip("\n。；！？ ")
    if not any("\u4e00" <= char <= "\u9fff" for char in text):
        return None, "nothing.empty"
    ended = sentence.rstrip().endswith(("。", "；", "！", "？", ";", "."))
    text = _NUMBER.sub("", text, count=1)
    text = _REMARK.sub("", text)
    text = _CONTACT.sub("", text) if _CONTACT.sub("", text) else text
    nothing = _matches("nothing", text, "fullmatch") or not ended and _matches("title", text, "fullmatch")
    if nothing:
        return None, nothing
    pieces = _CLAUSE.findall(text)
    clauses = [_judge(piece, i == len(pieces) - 1) for i, piece in enumerate(pieces)]
    asks = any(c.said & {"modal", "forbid"} for c in clauses)
    section = _section(path)
    ahead = section == "goal" or text.startswith(("到", "力争", "至20", "确保"))
    figures = _matches("figures", text, "fullmatch")
    acts = any("act" in c.said for c in clauses[:1]) and not _TOLD.search(text)
    if figures and section != "goal" and not asks and not acts:
        return None, figures
    if section == "ideology" or section == "background" and not asks:
        return None, f"section.{section}"
    guides = not asks or _GUIDING.search(text) is not None
    if section == "general" and guides and not any("figure" in c.said for c in clauses) and not text.startswith(("到", "力争")):
        return None, "section.general"
    done = None if pieces[0].endswith("的") else _matches("done", text, "match")
    if done and not any(c.said & {"modal", "forbid", "allow", "encourage", "give"} for c in clauses):
        return None, done
    status = None if ahead else _matches("status", text, "match")
    if opening and status:
        return None, status
    acts = any("act" in c.said for c in clauses[1:]) or status != "status.statistics" and any("act" in c.said for c in clauses[:1])
    if status and not asks and not any(c.said & {"allow", "encourage", "give"} for c in clauses) and not (acts and status != "status.statistics"):
        return None, status
    if opening and not asks and text.startswith(("为", "根据", "按照", "经", "现", "近", "依据")):
        return None, "nothing.opening"
    return _by_clauses(clauses, section)
