"""What kind of obligation a sentence is: the strongest thing that it says, or nothing.

The headings above a sentence say how a bare statement is to be read (a result under 工作目标, nothing under 指导思想);
what its clauses say decides the rest: a clause forbids, asks (要, 应当 or the bare imperative of the genre), states a
result, gives, or encourages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.clause_kinds import Clause, judge_clause, matches, read_roles, rules_of, said_by
from extractors.clauses import opening_verb, places_of, without_adverbs
from extractors.folding import Folded, fold
from extractors.giving import backs_things, is_giving, join_whom, may_give, read_gifts, rewards_from
from extractors.mentions import Kind
from extractors.scored import asks_before_points

Verdict = tuple[Kind | None, str]

_CHINESE = re.compile("[\u4e00-\u9fff]")
CLAUSE = re.compile(r"[^，；：。！？]+(?:(?<=\d)：(?=\d)[^，；：。！？]+)*")
# what marks guiding thought under 总体要求, where aims and principles stand beside it
_GUIDING = re.compile("思想|为指导|精神|全会|重要论述|重要讲话|以[^，]{2,40}为(?:主线|中心|宗旨|目标|核心|统领|引领|导向)")
_NUMBER = re.compile(r"(?:—{1,2}|（[一二三四五六七八九十\d]{1,3}）|[\d一二三四五六七八九十]{1,3}[.．、](?!\d)|第[一二三四五六七八九十百零]{1,6}条)")
_REMARK = re.compile(r"(?<=[^（）\n])（[^（）\n]{0,120}）")
_CONTACT = re.compile(r"(?:^|[，；。])(?:联系人|联系电话|咨询电话|电子邮箱|邮箱|传真|电话)[：:].*")
_TOLD = re.compile("增长|下降|同比|上年|分")  # figures of a report
# 发展养老服务业是重要举措; 推进改革，是重大部署: what opens the sentence is what the rest says something of
_IS = re.compile("[^，。；：\n]{2,80}(?P<comma>，)?(?<![不还只就总凡都于若要但可或别点尤])是(?!否)")
_POINTS = re.compile(r"（\d{1,3}分）$")  # an item of an assessment, with what it counts
_TITLE = re.compile(r"《[^《》\n]{1,120}》")
_DECIDES = re.compile("决定(?:在|于|对|为|向)?[^，；]{0,60}(?:安排|设立|核定|下达|调整|授予|撤销)[^，；]{2,80}$")
MAX_SENTENCE = 1200  # characters judged; what stands behind never changed a verdict in any notice seen


_SUMS_UP = re.compile("^(?:到|至|力争)[^，]{2,24}，(?:[^，]{0,12})?(?:实现|完成)[^，：]{0,6}“[^”]{1,24}”[^，：]{0,6}目标(?:[，：]|$)")  # 到2030年，实现“双百”目标，即…
_ASSESSED = re.compile("(?:考核|考评|评价|评比|评估)(?:指标|内容|标准|项目|细则|体系)|奖$|指标")
_OBJECTS = re.compile("(?:对象|依据)$")  # 考评对象, 编制依据: a list of whom or of what
MIN_UNENDED = 14  # characters from which words without a stop may be a sentence with its subject


@lru_cache(maxsize=256)  # the headings above are those of many sections
def _made_by(heading: str) -> list[str]:
    """How the rules want what stands under a heading read."""
    text = fold(heading).text
    return [str(p.fields["makes"]) for p in rules_of("section") if p.regex.search(text)]


@lru_cache(maxsize=16)  # the sentences under a heading are judged one after another
def _section(path: Sequence[str]) -> str:
    """How the innermost heading that says so wants its sentences read: ideology, general, background, goal or ''."""
    for depth, heading in enumerate(reversed(path)):
        made = _made_by(heading)
        if made == ["general"] and depth:
            return ""  # a heading of its own under 总体要求 (实施范围)
        if len(made) == 1 and made[0] != "judged":
            return made[0]
        if made:
            return "mixed" if "ideology" in made or "general" in made else "goal" if "goal" in made else ""
    return ""


def _forbidding(clauses: list[Clause]) -> bool:
    saying = [c for c in clauses if c.said & {"act", "modal", "forbid"}]
    bans = sum("forbid" in c.said for c in saying)
    return bans > 0 and ("forbid" in saying[0].said or 2 * bans >= len(saying))


def _encouraging(clauses: list[Clause]) -> bool:
    lead = next((c for c in clauses if c.said & {"encourage", "act", "push", "raise", "modal", "allow", "give"}), None)
    if lead is None or not lead.said & {"encourage", "allow"} or "modal" in lead.said and "allow" not in lead.said:
        return False
    behind = clauses[clauses.index(lead) + 1 :]
    backs = lead.said >= {"encourage"} and without_adverbs(lead.text).startswith("支持")
    if any(_BY_ITSELF.match(c.text) for c in behind) and opening_verb(without_adverbs(lead.text).removeprefix("鼓励"))[0]:
        return False  # 鼓励建设…平台，大力发展…: nobody is named whom the rest could be said of
    return not any("modal" in c.said or "encourage" in lead.said and _state_acts(c) or backs and _builds(c) for c in behind)


_STATE_ACT = re.compile(
    "加强|加大|强化|(?:充分)?发挥|深化|督促|指导|引导|组织|完善|健全|落实|严格|引入|统筹|监督|纳入|严厉|做好|帮助|扶持|严肃|建立健全"
    r"|(?:遴选|评选|评定|认定|征集)(?!为)|培育(?:壮大|打造|形成|发展)?(?:一批|\d)"  # who is encouraged chooses and fosters nobody
)


_BY_ITSELF = re.compile("大力|(?:建设|打造|推出|建成)一批")
_STATE_BUILDS = re.compile("培育|建设培育|打通|推进|推动|稳定发展|分类|布局|扩大[^，]{0,40}范围|合理扩大|提升[^，]{2,16}水平|优化[^，]{0,16}环境")


def _state_acts(clause: Clause) -> bool:
    """Whether it is the state that acts: what 鼓励 X opens may go on with X's own acts."""
    return bool(_STATE_ACT.match(without_adverbs(clause.text)))


def _builds(clause: Clause) -> bool:
    """Whether a clause behind 支持… is the state's own act (培育公共平台, 分类提升保障水平), not what the backed party does."""
    bare = without_adverbs(clause.text)
    return clause.reading.how == "open" and bool(_STATE_BUILDS.match(bare) or _STATE_BUILDS.match(clause.text))


def _acting(clauses: list[Clause], section: str) -> bool:
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


def _resulting(clauses: list[Clause], section: str) -> bool:
    """Whether a result or figure that some clause states is all that is said."""
    asked = any("modal" in c.said and "figure" not in c.said for c in clauses)
    return not asked and not _acting(clauses, section)


def _predicate(clause: str) -> str:
    """A clause without the attributes before its last 的, where an act stands behind them."""
    behind = clause.rpartition("的")[2]
    return behind if places_of("act", "push", "build").stand_in(behind) else clause


_MEASURED = re.compile("(?:金额|数额)(?:应|须)?不[少低]于|达到|(?<![税利费])率|稳定在|保持在")
_ASKING = frozenset(["act", "push", "raise", "modal", "figure"])


def _is_measured(clauses: list[Clause], section: str) -> bool:
    """Whether what is given is only measured (补贴发放率达到…), or a state to be reached."""
    if any(_MEASURED.search(c.text) for c in clauses if "give" in c.said):
        return True
    return section == "goal" and any(matches("state", c.text, "fullmatch") for c in clauses)


_AWARD = re.compile("(?!对|给|按|可|应)(?:(?!由)[^，的]){4,24}(?:奖励|资助|补助|补贴)")  # 第十条 示范企业奖励。
_THINGS = re.compile("的[^，的]{1,24}(?:情况|信息|资料|材料|数据|情形|事项|名单|内容|种类)$")


def _is_noun(clause: Clause) -> bool:
    """Whether a clause only names a thing by who makes it: 主管部门发布的预警信息."""
    reading = clause.reading
    if reading.how != "actor" or not reading.word or "modal" in clause.said:
        return False
    if _AWARD.fullmatch(clause.text) and clause.text.endswith(reading.word):
        return True
    return f"{reading.word}的" in clause.text and _THINGS.search(clause.text) is not None


def _by_clauses(clauses: list[Clause], section: str) -> Verdict:
    """The strongest thing that the clauses say; a bare statement asks where it tells of an act or a charge."""
    if len(clauses) == 1 and _is_noun(clauses[0]):
        return None, "nothing.words"
    # 取消资格，两年内不得再次申请: what is forbidden weighs more than the penalty ahead of it
    said = said_by(clauses)
    banned = "forbid" in clauses[0].said or "forbid" in clauses[-1].said and "penalty" not in clauses[-1].said
    if "penalty" in said and not banned:
        return "duty", "duty.penalty"
    if "forbid" in said and _forbidding(clauses) or banned and "penalty" in said:
        return "prohibition", "forbid"
    if ("encourage" in said or "allow" in said) and _encouraging(clauses):
        lead = next(c for c in clauses if c.said & {"encourage", "allow"})
        last = clauses[-1]
        gives = matches("paid", last.text) or "give" in last.said and last.reading.actor == "organ"
        paid = last is not lead and "encourage" not in last.said and gives
        if paid:
            return "support", "give"  # 鼓励兴办…，给予补助
        given = may_give("，".join(c.text for c in clauses if "encourage" not in c.said)) or backs_things(clauses)
        return ("support", "give") if given and "encourage" not in lead.said or backs_things(clauses) else ("encouragement", "encourage")
    if "give" in said and is_giving(clauses) and not _is_measured(clauses, section):
        return "support", "give"
    if section != "goal" and _ASKING.isdisjoint(said):
        # what stands before 的 tells which things are meant, not how they are found to be
        defect = matches("defect", "，".join(_predicate(c.text) for c in clauses), "fullmatch")
        if defect:
            return None, defect
    if ("result" in said or "figure" in said) and _resulting(clauses, section):
        return "target", "result"
    if "modal" in said:
        return "duty", "duty.modal"
    if _acting(clauses, section):
        return "duty", "duty.imperative"
    if section == "goal":
        return "target", "section.goal"
    if any(places_of("act").stand_in(c.text) for c in clauses) or any(matches("bare", c.text) for c in clauses):
        return "duty", "duty.statement"
    return None, "nothing.statement"


def _unended(clauses: list[Clause], section: str) -> Verdict:
    """The verdict on words that no stop closes, as a cell or a heading holds: a word of acting inside them says nothing, nor
    does a noun of few characters (救助供养服务)."""
    kind, rule = _by_clauses(clauses, section)
    noun = len(clauses) == 1 and len(clauses[0].text) < MIN_UNENDED and clauses[0].reading.how in ("", "actor")
    if rule == "duty.statement" or noun and rule == "duty.imperative":
        return None, "nothing.words"
    return kind, rule


def find_kind(sentence: str | Folded, path: Sequence[str] = (), *, opening: bool = False) -> Verdict:
    """The kind of `sentence` (None: it asks nothing) and the id of the rule that decided.

    Args:
        path: The headings above it, from the outermost in.
        opening: It stands before the first node of the outline, where notices say why they are issued.

    >>> find_kind("养老机构不得收取押金。")[0]
    'prohibition'
    """
    printed = sentence.printed if isinstance(sentence, Folded) else sentence
    text = fold(sentence if len(printed) <= MAX_SENTENCE else printed[:MAX_SENTENCE]).text.strip("\n。；！？ ")
    if _CHINESE.search(text) is None:
        return None, "nothing.empty"
    ended = printed.rstrip().endswith(("。", "；", "！", "？", ";", ".")) or text.endswith("：") and len(text) >= MIN_UNENDED - 4
    number = _NUMBER.match(text)
    text = text[number.end() :] if number else text
    read_roles(text)
    papers = matches("papers", text, "fullmatch")
    if papers:
        return None, papers
    assessed = _POINTS.search(text) is not None
    text = _REMARK.sub("", text) if "（" in text else text
    text = _CONTACT.sub("", text) or text if "：" in text or ":" in text else text
    untitled = _TITLE.sub("《》", text) if "《" in text else text
    nothing = matches("nothing", text, "fullmatch") or untitled != text and matches("nothing", untitled, "fullmatch") or not ended and matches("title", text, "fullmatch")
    if nothing:
        return None, nothing
    text = untitled
    read_roles(text)
    pieces = CLAUSE.findall(text) or [text]
    section = _section(tuple(path))
    if path and _OBJECTS.search(path[-1]) and not matches("modal", text) and not matches("forbid", text):
        return None, "section.objects"
    goal = section == "goal"
    if section not in ("ideology", "background") and rewards_from(text):
        return "support", "give"
    pieces = join_whom(pieces)
    clauses = read_gifts([judge_clause(piece, i == len(pieces) - 1, goal) for i, piece in enumerate(pieces)])
    said = said_by(clauses)
    asks = "modal" in said or "forbid" in said
    ahead = section == "goal" or text.startswith(("到", "力争", "至20", "确保"))
    if section != "goal" and not asks and not assessed and not ("act" in clauses[0].said and not _TOLD.search(text)):
        figures = matches("figures", text, "fullmatch")
        if figures == "status.growth" and len(pieces) == 1 and any(_ASSESSED.search(heading) for heading in path):
            return "target", "result"
        if figures == "nothing.score" and asks_before_points(text, clauses):
            return "duty", "duty.imperative"
        if figures:
            return None, figures
    if section == "ideology" or section == "background" and not asks:
        return None, f"section.{section}"
    if goal and _SUMS_UP.search(text):
        return "target", "result"
    if section == "general" and (not asks or _GUIDING.search(text)) and "figure" not in said and not text.startswith(("到", "力争")):
        return None, "section.general"
    offers = "allow" in said or "encourage" in said or "give" in said
    done = None if asks or offers or pieces[0].endswith("的") else matches("done", text, "match")
    if done:
        return None, done
    status = None if ahead or assessed else matches("status", text, "match")
    if opening and (status not in (None, "status.is") or matches("opening", text, "match")):
        return None, status or "opening.guides"
    topic = _IS.match(text) if status == "status.is" else None
    behind = clauses[1 + bool(topic["comma"]) :] if topic else clauses
    if status and not asks and not offers and (status == "status.statistics" or "act" not in said_by(behind)):
        return None, status
    if opening and not asks and text.startswith(("为", "根据", "按照", "经", "现", "近", "依据")) and not _DECIDES.search(text):
        return None, "nothing.opening"
    return _by_clauses(clauses, section) if ended or section == "goal" else _unended(clauses, section)
