"""Run-in headings without numbers: paragraphs of a section that each open with the name of a task.

    加强组织领导。各地要……
    严格督促检查。市政府办公厅要……
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.normalize import squeeze

FEWEST = 3  # such paragraphs make a series: in a row, or of a section that begins with one; two do where they are the whole section
_SHORTEST_REST = 12  # characters behind the heading: a slogan alone (安全第一。生命至上。) heads nothing
# a name of four to fourteen characters, or two that a comma parts (加强领导，落实责任); no statement: no figure, no modal, no
# judgement (形势十分严峻)
_NAME = "(?:(?![是应须要将为了不])[一-龥、“”])"
_RUN_IN = re.compile(
    rf"\s*(?!本|为|因|故|对此|据此|特此|此[类外前项后]|请|望|现|近|目前|当前|今|去年|自|随着|同时|此外)(?P<head>{_NAME}{{4,14}}?|{_NAME}{{4,8}}，{_NAME}{{4,8}}?)(?P<stop>。)\s*[^\s”」』）]"
)
_STATES = re.compile("(?:如下|通知|规定|执行|施行|有效|废止|解释|负责|严峻|明显|突出|成效|成绩|进展|印发给你们|贯彻执行)$")


def run_in_stop(text: str) -> int | None:
    """Where the run-in heading of a paragraph ends, None where it has none.

    >>> run_in_stop("加强组织领导。各县（区）要成立专班，明确责任人员。")
    6
    """
    found = _RUN_IN.match(text)
    if found is None or _STATES.search(found["head"]) or len(squeeze(text[found.end("stop") :]).text) < _SHORTEST_REST:
        return None
    return found.start("stop")


def find_run_ins(texts: Sequence[str], is_open: Callable[[int], bool], is_heading: Callable[[int], bool]) -> dict[int, int]:
    """The paragraphs that such headings open, with the place where each heading ends.

    `is_open` says which paragraphs may be of a series (body text without a number), `is_heading` which ones a section begins with.
    """
    found: dict[int, int] = {}
    start = 0
    while start < len(texts):
        end = start
        while end < len(texts) and is_open(end):
            end += 1
        if end - start >= FEWEST - 1:
            stops = [run_in_stop(text) for text in texts[start:end]]
            found |= {start + i: stop for i, stop in _series(stops, start > 0 and is_heading(start - 1)).items()}
        start = end + 1
    return found


def _series(stops: Sequence[int | None], headed: bool) -> dict[int, int]:
    """The run-in headings among the paragraphs of one stretch, `headed`: of a whole section."""
    told = {i: stop for i, stop in enumerate(stops) if stop is not None}
    if headed and 0 in told and (len(told) == len(stops) or len(told) >= FEWEST and 2 * len(told) >= len(stops)):
        return told
    runs: list[list[int]] = []
    for i in told:
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return {i: told[i] for run in runs if len(run) >= FEWEST for i in run}
