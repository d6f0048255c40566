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
from importlib.resources import files

from extractors.folding import fold
from extractors.mentions import Kind
from extractors.patterns import Pattern, load_patterns

Verdict = tuple[Kind | None, str]

_CLAUSE = re.compile(r"[^，；：。！？]+")
# behind 监管, 培训 … these make a thing of the act (监管体系, 培训质量)
_NOUN = re.compile("体系|能力|水平|机制|制度|格局|网络|效能|效率|效果|质量|秩序|环境|队伍|设施|平台|[^，]{0,6}率|工作[^，]{0,12}(?:提升|完成|结束)|时间|对象|范围|内容|方式|结果|情况|主体|机构|单位|部门|人员|经费|资金|标准|周期|期限")
# an act behind a subject or an adverbial: 在全市开展…, 由县教育局组织…, 对企业进行…, 把…作为…
_ACTS_INSIDE = re.compile("(?<!经)(?:开展|推行|推进|进行|实施|组织|作为|纳入|列入|落实|推广|推动|引入|看是否|是否|制定|定期|建立健全|全面建立|予以|签订|报送|上报|提出|提交)")
# what marks guiding thought under 总体要求, where aims and principles stand beside it
_GUIDING = re.compile("思想|为指导|精神|全会|重要论述|重要讲话|以[^，]{2,40}为(?:主线|中心|宗旨|目标|核心|统领|引领|导向)")
_NUMBER = re.compile(r"^(?:（[一二三四五六七八九十\d]{1,3}）|[\d一二三四五六七八九十]{1,3}[.．、](?!\d)|第[一二三四五六七八九十百零]{1,6}条)")
_MAX_SENTENCE = 1200  # characters judged; what stands behind never changed a verdict in any notice seen


@cache
def _rules(role: str) -> tuple[Pattern, ...]:
    return tuple(p for p in load_patterns("kinds") if p.fields.get("role") == role)


@cache
def load_clause_words() -> dict[str, str]:
    """Each word that opens a clause of these notices: `act` (开展), `push` (推进), `raise` (提高), `adverb` (切实), or `deed`
    (监管: an act, or the noun of one)."""
    text = files("extractors").joinpath("data", "clause_words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line)
    return {row[0]: row[1] for row in rows}


@cache
def _opening(kind: str) -> re.Pattern[str]:
    words = sorted((w for w, k in load_clause_words().items() if k == kind), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    said: frozenset[str]  # the roles of the rules that hold, and what its opening verb is


def _without_adverbs(clause: str) -> str:
    for _ in range(4):
        found = _opening("adverb").match(clause)
        if found is None or _opening("act").match(clause) and len(_opening("act").match(clause)[0]) > found.end():  # type: ignore[index]
            return clause
        clause = clause[found.end() :]
    return clause


def _matches(role: str, text: str, how: str = "search") -> str | None:
    """The id of the first rule of `role` that holds for `text`."""
    return next((p.id for p in _rules(role) if getattr(p.regex, how)(text)), None)


def _opening_verb(clause: str) -> str | None:
    """What the verb at the clause's start is: `act`, `push` or `raise`."""
    found = (_opening(kind).match(clause) for kind in ("act", "deed", "push", "raise"))
    word = max((m[0] for m in found if m), key=len, default="")
    kind = load_clause_words().get(word)
    if kind == "deed":
        return None if _NOUN.match(clause, len(word)) else "act"
    return kind


# a clause that only says on what ground, for whom or how the next one acts
_ADVERBIAL = re.compile("(?:通过|根据|按照|依据|结合|围绕|针对|随着|因|由于|经)[^，]*|(?:对|对于|凡|凡是|为)[^，]*的[^的，]{1,14}")


def _judge(clause: str, last: bool) -> _Clause:
    bare = _without_adverbs(clause)
    condition = not last and clause.endswith("的")  # 用人单位招用困难人员的，给予补贴
    said = {role for role in ("penalty", "modal", "allow", "give") if _matches(role, clause)}
    if _matches("encourage", clause, "match") or _matches("encourage", bare, "match"):
        said.add("encourage")
    if _matches("figure", clause, "fullmatch"):
        said.add("figure")
    verb = None if condition else _opening_verb(bare)
    if verb:
        said.add(verb)
    elif not condition and "figure" not in said and (last or not _ADVERBIAL.fullmatch(bare)) and _ACTS_INSIDE.search(bare):
        said.add("act")
    if _forbids(clause, said):
        said.add("forbid")
    if "figure" in said or not said & {"act", "push"} and _matches("result", clause, "fullmatch"):
        said.add("result")
    return _Clause(clause, frozenset(said))


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
    for heading in reversed(path):
        text = fold(heading).text
        made = [str(p.fields["makes"]) for p in _rules("section") if p.regex.search(text)]
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
    return bool(_STATE_ACT.match(_without_adverbs(clause.text)))


def _acting(clauses: list[_Clause], section: str) -> bool:
    """Whether some clause tells somebody to act.

    推进… and 提高… ask where they open the sentence; behind another clause they say what for. Under 目标, or with a
    figure, 提高… states what will be.
    """
    goal = section in ("goal", "mixed")
    lead = next((c for c in clauses if c.said & {"act", "push", "raise", "result"}), None)
    if any("act" in c.said and not (goal and "figure" in c.said) for c in clauses):
        return True
    if lead is None or lead.said & {"figure"}:
        return False
    return "push" in lead.said or "raise" in lead.said and not goal and not any("figure" in c.said for c in clauses)


# verbs with which the state gives; any other verb before 补贴, 服务 … asks for an act (落实补贴政策)
_GIVES = re.compile("加大|提供|给予|予以|安排|发放|补贴|奖励|扶持|支持|拨付|兑现|免|减|缓|返还|优先|在|对|为|向|按|由")


def _giving(clauses: list[_Clause], section: str) -> bool:
    first = next((i for i, c in enumerate(clauses) if "give" in c.said), None)
    if first is None or any(c.said & {"modal", "forbid", "penalty"} for c in clauses):
        return False
    if any("act" in c.said and not _GIVES.match(_without_adverbs(c.text)) and not _GIVES.match(c.text) for c in clauses if "give" in c.said):
        return False
    others = [c for c in clauses if "give" not in c.said]
    return not any("act" in c.said for c in others) and not _acting(clauses[:first], section)


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
    measured = any(re.search("达到|率|稳定在|保持在", c.text) for c in clauses if "give" in c.said)
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
    if any(_opening("act").search(c.text) for c in clauses) or any(_matches("bare", c.text) for c in clauses):
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
    nothing = _matches("nothing", text, "fullmatch") or not ended and _matches("title", text, "fullmatch")
    if nothing:
        return None, nothing
    pieces = _CLAUSE.findall(text)
    clauses = [_judge(piece, i == len(pieces) - 1) for i, piece in enumerate(pieces)]
    asks = any(c.said & {"modal", "forbid"} for c in clauses)
    section = _section(path)
    figures = _matches("figures", text, "fullmatch")
    if figures and section != "goal":
        return None, figures
    if section == "ideology" or section == "background" and not asks:
        return None, f"section.{section}"
    guides = not asks or _GUIDING.search(text) is not None
    if section == "general" and guides and not any("figure" in c.said for c in clauses) and not text.startswith(("到", "力争")):
        return None, "section.general"
    done = _matches("done", text, "match")
    if done and not any(c.said & {"modal", "forbid", "allow", "encourage", "give"} for c in clauses):
        return None, done
    status = _matches("status", text, "match")
    acts = any("act" in c.said for c in clauses[1:]) or status != "status.statistics" and any("act" in c.said for c in clauses[:1])
    if status and not asks and not any(c.said & {"allow", "encourage", "give"} for c in clauses) and not (acts and status != "status.statistics"):
        return None, status
    if opening and not asks and text.startswith(("为", "根据", "按照", "经", "现", "近", "依据")):
        return None, "nothing.opening"
    return _by_clauses(clauses, section)
