"""Answers in words: what the head, the records, the stages or one passage of a notice say, each claim with its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.document import BlockKind, Part
from kb.passages import Passage, enumeration
from kb.questions import Asked, Period, Question

Json = dict[str, Any]
Score = Callable[[Passage], float]
Records = Callable[[tuple[str, ...], tuple[str, ...], Period | None], Sequence[Json]]  # of units in roles, due in a period
_MOST_ROWS = 200
_OF_TASKS = frozenset(["涉及", "到期", "截止", "承担", "职责", "事情", "多少", "牵头", "配合", "名下", "手里", "手头", "多少项", "统计"])  # of any task: no subject
_BARE_NUMBER = re.compile(r"第[一二三四五六七八九十百零\d]+[章节条款项]|[（(]?[一二三四五六七八九十\d]+[)）、.．]?")  # a heading that says nothing by itself
_ROLE = {"lead": "牵头", "responsible": "负责", "cooperating": "配合"}
_FORCE = {"prohibition": "不可以，这是禁止性规定", "duty": "文件提出了要求", "encouragement": "文件是鼓励、倡导，不是强制", "support": "文件给予支持", "target": "文件设定了目标"}
_STAGE = re.compile(r"阶段|步骤|环节|第[一二三四五六七八九十]步|[（(][^（）()]*\d{1,2}月[^（）()]*[）)]")
_ITEM_NUMBER = re.compile(r"^\s*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]|第[一二三四五六七八九十百\d]+[条项])")
_ORGAN = re.compile(r"^[\u4e00-\u9fff]{2,10}?(?:局|委|厅|办)(?!理|法|事)")
_ACTS = re.compile("由|负责|承担|移送|报送?|向|组织|主管|主办|督办|组长|联系")
_COUNT_WORD = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Ground:
    """A passage that bears an answer."""

    document: str
    passage: str
    start: int
    end: int
    page: int | None
    path: tuple[str, ...]
    obligation: Json | None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """Words with marks [1], [2] … of the grounds they rest on; `complete` where the grounds are all that there are."""

    text: str
    grounds: tuple[Ground, ...]
    complete: bool = False


def _ground(passage: Passage, score: float = 1.0) -> Ground:
    held = dict(passage.obligations[0]) if passage.obligations else None
    return Ground(passage.document, passage.text, passage.span.start, passage.span.end, passage.page, passage.path, held, score)


def answer_from_head(question: Question, documents: Mapping[str, Json], passages: Sequence[Passage]) -> Answer | None:
    """主办, 督办, 发文字号 and contacts, which the head and the imprint tell."""
    if question.asked is Asked.NUMBER:
        told = [(d["document_number"], identity) for identity, d in documents.items() if d.get("document_number")]
        return _said([(f"发文字号是{number}", number) for number, _ in told[:1]], passages, told[0][1]) if len(documents) == 1 and told else None
    if question.asked is Asked.CONTACT:
        for identity, document in documents.items():
            if document.get("contacts"):
                lines = [p for p in passages if p.document == identity and any(contact in p.text for contact in document["contacts"])]
                if lines:
                    return Answer("；".join(f"{line.text} [{n}]" for n, line in enumerate(lines, 1)), tuple(map(_ground, lines)))
        return None
    wanted = [(label, field) for label, field in (("主办", "sponsor"), ("督办", "supervisor")) if label in question.folded]
    for identity, document in documents.items():
        said = [(f"{label}：{document[field]}", str(document[field])) for label, field in wanted if document.get(field)]
        if wanted and len(said) == len(wanted):
            return _said(said, passages, identity)
    return None


def _said(claims: Sequence[tuple[str, str]], passages: Sequence[Passage], document: str) -> Answer | None:
    """Claims of one document's head, each with the line that prints it."""
    grounds, words = [], []
    for claim, printed in claims:
        line = next((p for p in reversed(passages) if p.document == document and printed in p.text and p.part in (Part.IMPRINT, Part.HEADER, Part.NOTE)), None)
        line = line or next((p for p in passages if p.document == document and printed in p.text), None)
        if line is None:
            return None
        grounds.append(_ground(line))
        words.append(f"{claim} [{len(grounds)}]")
    return Answer("；".join(words) + "。", tuple(grounds))


# Records


def answer_from_records(question: Question, passages: Sequence[Passage], records: Records | None = None) -> Answer | None:
    """Lists and counts of what a unit must do or what falls due, complete, from the records.

    `records` asks the base for them where the passages are not of all documents that the question is about.
    """
    unit = _unit_in(question, passages)
    tasks = re.search(r"任务|事项|工作|事情|职责|[么些件]事|做什么|做哪|到期|负责(?:什么|哪)|[几多]少?(?:项|件|条)", question.folded)
    due = question.period is not None and re.search(r"到期|截止|完成|之?前|以前", question.folded)
    if not tasks or not (unit or due):
        return None
    held: dict[tuple[str, tuple[str, ...]], list[Ground]] = {}
    section = next((word for word in ("主要任务", "重点任务", "工作任务", "保障措施", "重点工作") if word in question.folded and any(word in p.context for p in passages)), None)
    for ground, obligation, context in _all_of(question, unit, bool(due), records) if records else _of_passages(passages):
        if section and section not in context:
            continue
        if unit and not any(_is_unit(unit, one, question) for one in obligation["units"]):
            continue
        if due and not any(_falls(one, question) for one in obligation["deadlines"]):
            continue
        rows = held.setdefault(_item(obligation, bool(unit)), [])
        if all((ground.start, ground.end) != (known.start, known.end) for known in rows):
            rows.append(ground)
    return _listed(held, unit) if held else None


Row = tuple[Ground, Json, str]  # what is cited, the obligation in it, and the words over it


def _of_passages(passages: Sequence[Passage]) -> Iterator[Row]:
    for passage in passages:
        for obligation in passage.obligations:
            yield replace(_ground(passage), obligation=dict(obligation)), dict(obligation), passage.context


def _all_of(question: Question, unit: str | None, due: bool, records: Records) -> Iterator[Row]:
    """The obligations that the base has of a unit, or by a day; those alone that have a word of what else the question is about."""
    roles = ("lead",) if question.leading else ()
    found = records((unit,) if unit else (), roles if unit else (), question.period if due else None)
    about = [(word, official) for word, official in question.words if not (unit and (word in unit or unit in word)) and word not in _OF_TASKS]
    for one in found:
        said = "\n".join((one["text"], *one["path"]))
        if about and not any(name in said for word, official in about for name in (word, *official)):
            continue
        yield Ground(one["document"], one["text"], one["start_char"], one["end_char"], one["page"], tuple(one["path"]), one), one, "\n".join(one["path"])


def _unit_in(question: Question, passages: Sequence[Passage]) -> str | None:
    """The longest name of a unit in the records that the question names."""
    from kb.filters import names_organ

    names: set[str] = set()
    for passage in passages:
        for obligation in passage.obligations:
            for unit in obligation["units"]:
                names.update(filter(None, (unit["name"], unit["canonical"])))
    squeezed = question.folded
    found = [name for name in names if _folded(name) in squeezed or (len(_bare(name)) >= 3 and _bare(name) in squeezed)]
    if not found and (organ := _ORGAN.search(re.sub(r".*[省市县区]", "", squeezed))):
        found = [name for name in names if names_organ(organ[0], name)]
    return max(found, key=lambda name: (_folded(name) in squeezed, len(name)), default=None)


def _folded(name: str) -> str:
    from kb.terms import searchable

    return searchable(name)


def _bare(name: str) -> str:
    """A unit's name without its level: 市公安局 → 公安局."""
    return re.sub(r"^[省市县区州盟](?=[\u4e00-\u9fff]{3})", "", _folded(name))


def _is_unit(wanted: str, unit: Mapping[str, Any], question: Question) -> bool:
    if question.leading and unit["role"] != "lead":
        return False
    from extractors.organs import same_organ

    names = [name for name in (unit["name"], unit["canonical"]) if name]
    return any(_bare(wanted) == _bare(name) or same_organ(wanted, name) is not None for name in names)


def _falls(deadline: Mapping[str, Any], question: Question) -> bool:
    period = question.period
    end = deadline["end"]
    return bool(period and end and end <= period.end.isoformat() and (period.start is None or period.start.isoformat() <= end))


def _item(obligation: Json, grouped: bool) -> tuple[str, tuple[str, ...]]:
    """What is counted as one: the item of the outline, or the obligation where the outline has none."""
    path = tuple(obligation["path"])
    return (obligation["document"], path) if grouped and path else (obligation["document"], (*path, obligation["id"]))


def _listed(held: Mapping[tuple[str, tuple[str, ...]], Sequence[Ground]], unit: str | None) -> Answer:
    """The rows as words, one an item: how many there are in all, each with its citation."""
    grounds: list[Ground] = []
    words = []
    for (_, path), rows in list(held.items())[:_MOST_ROWS]:
        headed = unit and path and path[-1] not in {row.obligation["id"] for row in rows if row.obligation} and not _BARE_NUMBER.fullmatch(path[-1])
        label = path[-1] if headed else rows[0].passage
        first = len(grounds) + 1
        grounds += rows
        marks = "".join(f"[{n}]" for n in range(first, len(grounds) + 1))
        ends = sorted({d["raw"] for row in rows if row.obligation for d in row.obligation["deadlines"]})
        due = f"（{'、'.join(ends[:2])}）" if ends and label != rows[0].passage else ""
        words.append(f"{label.rstrip('。；')}{due} {marks}")
    more = f"（这里列出前 {_MOST_ROWS} 项）" if len(held) > _MOST_ROWS else ""
    return Answer(f"共{len(held)}项{more}：\n" + "\n".join(f"{n}. {row}" for n, row in enumerate(words, 1)), tuple(grounds), complete=True)


# Stages


def answer_from_stages(question: Question, passages: Sequence[Passage], score: Score) -> Answer | None:
    """The stages or steps that a notice goes through: headings or items beside one another that name a stage or its days."""
    groups: dict[tuple[str, tuple[str, ...]], list[Passage]] = {}
    for passage in passages:
        if passage.path and _STAGE.search(passage.text) and _ITEM_NUMBER.match(passage.text) and (passage.kind is BlockKind.HEADING or passage.path[-1] in passage.text):
            own = passage.path if passage.kind is not BlockKind.HEADING else passage.path
            groups.setdefault((passage.document, own[:-1]), []).append(passage)
    ranked = sorted((rows for rows in groups.values() if len(rows) >= 2), key=lambda rows: (-sum(map(score, rows)) / len(rows) - 0.02 * len(rows)))
    if not ranked:
        return None
    rows = ranked[0]
    intro = [p for p in passages if p.document == rows[0].document and p.span.end <= rows[0].span.start and re.search(r"[分为]{1,2}.{0,4}(?:阶段|步)", p.text)][-1:]
    shown = [*intro, *rows]
    names = [row.path[-1] if row.kind is not BlockKind.HEADING else row.text for row in rows]
    marks = "；".join(f"{name} [{n}]" for n, name in enumerate(names, 1 + len(intro)))
    count = _COUNT_WORD[len(rows)] if len(rows) <= 10 else str(len(rows))
    return Answer(f"共{count}个（{len(rows)}个）：{marks}。", tuple(map(_ground, shown)), complete=True)


# Passages


def answer_from_passage(question: Question, passages: Sequence[Passage], score: Score, enough: float) -> Answer | None:
    """The passage that answers to the question's words and has what it asks for: a day, a figure, a unit."""
    scored = [(score(passage), place) for place, passage in enumerate(passages) if passage.part not in (Part.TITLE, Part.RECIPIENTS)]
    scored = [(value + _fits(question, passages[place]), place) for value, place in scored if value >= enough and _has_asked(question, passages[place])]
    if not scored:
        return None
    best, place = max(scored, key=lambda pair: (pair[0], -pair[1]))
    passage = passages[place]
    chosen = enumeration(passages, place) if question.asked in (Asked.WHICH, Asked.HOW_MANY, Asked.WHAT) else [place]
    grounds = [_ground(passages[one], min(best, 1.0)) for one in chosen]
    quote = "".join(f"“{passages[one].text}”[{n}]" for n, one in enumerate(chosen, 1))
    lead, more = _lead_in(question, passage, passages)
    for ground in more:
        if all((ground.start, ground.document) != (known.start, known.document) for known in grounds):
            grounds.append(ground)
    behind = "".join(f"“{ground.passage}”[{n}]" for n, ground in enumerate(grounds[len(chosen) :], len(chosen) + 1))
    return Answer(f"{lead}原文：{quote}{behind}", tuple(grounds))


def _has_asked(question: Question, passage: Passage) -> bool:
    """Whether a passage has what the question asks for at all."""
    if question.figure is not None:
        return question.figure.search(passage.folded) is not None
    if question.asked is Asked.WHEN:
        dated = any(obligation["deadlines"] for obligation in passage.obligations)
        return dated or re.search(r"\d月|\d年|[年月季周日天]|期间|学期|前|后", passage.folded) is not None
    if question.asked is Asked.WHO and question.leading:
        led = any(unit["role"] == "lead" for obligation in passage.obligations for unit in obligation["units"])
        return led or "牵头" in passage.text
    if question.asked is Asked.WHO:
        named = any(obligation["units"] or obligation["parties"] for obligation in passage.obligations)
        return named or _ACTS.search(passage.text) is not None
    if question.forbidding and question.asked in (Asked.WHAT, Asked.WHICH):
        return any(obligation["kind"] == "prohibition" for obligation in passage.obligations)
    return passage.kind is not BlockKind.HEADING or question.asked in (Asked.WHICH, Asked.STAGES)


def _fits(question: Question, passage: Passage) -> float:
    """What a passage gains by having just what is asked for."""
    if question.asked is Asked.WHO:
        named = any(obligation["units"] for obligation in passage.obligations)
        return 0.06 * (named or "负责" in passage.text or "由" in passage.text)
    if question.asked is Asked.WHEN:
        return 0.08 * any(obligation["deadlines"] for obligation in passage.obligations)
    if question.asked is Asked.HOW_MUCH:
        return 0.06 * any(obligation["targets"] for obligation in passage.obligations)
    return 0.08 * bool(passage.obligations)


def _lead_in(question: Question, passage: Passage, passages: Sequence[Passage]) -> tuple[str, list[Ground]]:
    """The answer's first words: units with their roles, days, or the force of what is said; and where an item's line says them."""
    if question.asked is Asked.WHO:
        units = {(unit["name"], unit["role"]): unit for obligation in passage.obligations for unit in obligation["units"] if not question.leading or unit["role"] == "lead"}
        said = "、".join(f"{name}{_ROLE[role]}" for name, role in units)
        return (f"{said}。" if said else "", _lines(units.values(), passage, passages))
    if question.asked is Asked.WHEN:
        found = {deadline["raw"]: deadline for obligation in passage.obligations for deadline in obligation["deadlines"]}
        days = [f"{raw}（{'至'.join(filter(None, dict.fromkeys((d['start'], d['end']))))}）" if d["end"] else raw for raw, d in found.items()]
        return ("；".join(days) + "。" if days else "", _lines(found.values(), passage, passages))
    if question.asked is Asked.WHETHER and passage.obligations:
        return (_FORCE[passage.obligations[0]["kind"]] + "。", [])
    return ("", [])


def _lines(mentions: Any, passage: Passage, passages: Sequence[Passage]) -> list[Ground]:
    """The lines that mentions of a passage were taken over from."""
    places = sorted({mention["start_char"] for mention in mentions if mention["inherited"]})
    return [_ground(line) for line in passages if line.document == passage.document and any(line.span.start <= place < line.span.end for place in places)]
