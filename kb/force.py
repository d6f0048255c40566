"""Force (力度): whether a draft invites or softens where an obligation demands, or demands where it invites."""

from __future__ import annotations

import re

from kb.clauses import Clause
from kb.compare import Comparison, Conflict
from kb.statements import Statement

_MUST = re.compile(r"必须|应当|不得|严禁|禁止|一律|须(?!求)|务必|均应|都要|要(?=[^求素点件义闻害道])|全部|全面")
_STRICT = re.compile(r"必须|应当|不得|严禁|禁止|一律|务必|均应")
_INVITES = re.compile(r"鼓励|倡导|提倡|自愿|(?<![许认不无非宁尚方才])可(?![靠能持见视行控追溯比再回观读燃溶用性查信知循感])|可以|可(?:视|酌情|参考|结合|根据|边|配备|选择|适当|采取|由)")
_HEDGES = re.compile(r"逐步|力争|原则上|有条件的|视[^，；。]{0,12}(?:情况|情节|财力|条件|需要|实际)|酌情|参考|适时|试行|尽量|尽可能|争取|条件成熟|探索|不宜|不提倡")


def invites(words: str) -> bool:
    """Whether words leave it to those addressed."""
    return _INVITES.search(words) is not None


def _governing(statement: Statement, at: int) -> str:
    """The clause with what governs it: an invitation at the head of the sentence holds for the clauses that follow."""
    clause = statement.clauses[at]
    head = statement.clauses[0].text
    words = clause.text
    if at and re.match(r"(?:鼓励|倡导|提倡)", head) and not _MUST.search(words):
        words = head[:2] + words
    following = statement.clauses[at + 1].text if at + 1 < len(statement.clauses) else ""
    # A topic and what is said of it: 目标考核，可参考…
    return f"{words}，{following}" if re.match(r"可|酌情|原则上|视", following) else words


def compare_force(superior: Statement, clause: Clause, draft: Statement, at: int, sets_figure: bool = False) -> Comparison:
    """Whether the draft invites or softens where the obligation demands, or demands where it invites.

    A clause that sets a figure is judged by the figure; only an invitation takes its force as well.
    """
    wanted = _governing(superior, superior.clauses.index(clause))
    given = _governing(draft, at)
    asks = not _INVITES.search(wanted) and superior.kind != "encouragement"
    softer = next((match for pattern in ((_INVITES,) if sets_figure else (_INVITES, _HEDGES)) if (match := pattern.search(given)) and match[0] not in wanted), None)
    hedged = _HEDGES.search(wanted) and not (softer and _INVITES.match(softer[0]) and _MUST.search(wanted))
    if asks and softer and not hedged and not _demands_beside(given, softer):
        return Comparison((Conflict("kind_weaker", clause.text, draft.clauses[at].text, f"上级为明确要求，草案用“{softer[0]}”降低了力度。"),))
    if (not asks or re.search(r"探索|引导", wanted)) and _STRICT.search(given) and not _STRICT.search(wanted):
        return Comparison((), ("草案由鼓励引导提高为必须执行",))
    return Comparison()


def _demands_beside(given: str, softer: re.Match[str]) -> bool:
    """Whether the softening word says something else: 不得以…为由 and their like demand all the same."""
    return bool(_STRICT.search(given)) and not re.search(r"鼓励|倡导|提倡|自愿|可", softer[0])
