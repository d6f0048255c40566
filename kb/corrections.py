"""Corrections (更正): what a person says a field should be, as rows of the base; which passage an older correction belongs to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from extractors.mentions import Context
from kb.errors import UsageError
from kb.naming import number_key, region_key, short_title_key, title_key
from kb.records import Json, iso

TEXTS = ("title", "enclosed_title", "document_number", "document_type", "sponsor", "supervisor")
LISTS = ("issuing_organs", "recipients", "cc", "attachments", "contacts")
DATES = ("issued_on", "printed_on", "effective_on", "expires_on")
DOCUMENT_FIELDS = (*TEXTS, *LISTS, *DATES, "level", "region")
OBLIGATION_FIELDS = ("kind", "units", "deadlines", "targets", "parties")
KINDS = ("duty", "prohibition", "target", "support", "encouragement", "none")
RULE = "correction"
YEARS = range(1900, 2200)  # that notices speak of
NOTHING = ("", "无", "none", "null", "-")
_LEVELS = {"国家": "national", "省级": "provincial", "市级": "municipal", "县级": "county", "乡级": "township"}
_KINDS = {"义务": "duty", "禁止": "prohibition", "目标": "target", "扶持": "support", "鼓励": "encouragement", "无": "none"}
_ROLES = {"牵头": "lead", "主办": "lead", "责任": "responsible", "配合": "cooperating", "参与": "cooperating", "协办": "cooperating"}
_UNIT = re.compile(r"(?P<name>.+?)(?:[（(](?P<role>牵头|主办|责任|配合|参与|协办|lead|responsible|cooperating)[）)])?$")
_SAME = 0.6  # how much of a passage must be left for it to be the one that was corrected


def document_value(field: str, raw: str) -> Json:
    """The columns that a document's field and what is derived from it take."""
    bare = raw.strip()
    nothing = bare in NOTHING
    if field in DATES:
        return {field: None if nothing else _day(field, bare).isoformat()}
    if field in LISTS:
        return {field: [] if nothing else _list(bare)}
    if field == "level":
        level = _LEVELS.get(bare, bare)
        if level not in _LEVELS.values():
            raise UsageError(bare, "no level", f"one of {', '.join(_LEVELS.values())}")
        return {field: level}
    if field == "region":
        from kb.profiles import whole_region

        names = () if nothing else whole_region(tuple(_list(bare)))
        return {field: list(names), "region_key": region_key(names)}
    text = None if nothing else bare
    keys = {
        "title": {"title_key": title_key(text), "short_title_key": short_title_key(text)},
        "enclosed_title": {"enclosed_title_key": title_key(text)},
        "document_number": {"number_key": number_key(text)},
    }
    return {field: text} | keys.get(field, {})


def _day(field: str, raw: str) -> date:
    try:
        day = date.fromisoformat(raw)
    except ValueError as error:
        raise UsageError(raw, f"no date for {field}", "write it as 2025-06-30, or 无 for none") from error
    if day.year not in YEARS:
        raise UsageError(raw, f"no date for {field}", f"the years {YEARS[0]} to {YEARS[-1]} can be given")
    return day


def _list(raw: str) -> list[str]:
    if raw.startswith("["):
        try:
            held = json.loads(raw)
        except json.JSONDecodeError as error:
            raise UsageError(raw[:40], f"no JSON list ({error.msg})", "write the values with 、 between them") from error
        return [str(value) for value in held]
    return [value.strip() for value in re.split(r"[、；;\n]", raw) if value.strip()]


def obligation_value(field: str, raw: str, obligation: Mapping[str, Any], context: Context) -> Any:
    """What an obligation's field takes: columns for the kind, rows of its table for the lists."""
    bare = raw.strip()
    if field == "kind":
        kind = _KINDS.get(bare, bare)
        if kind not in KINDS:
            raise UsageError(bare, "no kind", f"one of {', '.join(KINDS)}")
        return {"kind": kind, "rule": RULE}
    if bare in NOTHING:
        return []
    makers = {"units": _units, "parties": _parties, "deadlines": _deadlines, "targets": _targets}
    return makers[field](bare, obligation, context)


def _place(words: str, obligation: Mapping[str, Any]) -> Json:
    """Where the words stand in the passage; the whole passage where it does not print them."""
    at = str(obligation["text"]).find(words)
    start = int(obligation["start_char"])
    if at < 0 or len(obligation["text"]) != obligation["end_char"] - start:
        return {"start_char": start, "end_char": obligation["end_char"], "rule": RULE}
    return {"start_char": start + at, "end_char": start + at + len(words), "rule": RULE}


def _units(raw: str, obligation: Mapping[str, Any], context: Context) -> list[Json]:
    from extractors.organs import resolve_unit

    rows = []
    for piece in _outside_brackets(raw):
        match = _UNIT.fullmatch(piece)
        name, role = (match["name"], match["role"]) if match else (piece, None)
        row = {"name": name, "role": _ROLES.get(role or "", role or "responsible"), "canonical": resolve_unit(name, context)}
        rows.append(row | {"listed": False, "inherited": False, **_place(name, obligation)})
    return rows


def _outside_brackets(raw: str) -> list[str]:
    """The members of a list, cut at 、；, where no bracket is open."""
    pieces, depth = [""], 0
    for char in raw:
        depth += (char in "（(") - (char in "）)")
        if char in "、；;，," and depth <= 0:
            pieces.append("")
        else:
            pieces[-1] += char
    return [piece.strip() for piece in pieces if piece.strip()]


def _parties(raw: str, obligation: Mapping[str, Any], _context: Context) -> list[Json]:
    return [{"name": name, **_place(name, obligation)} for name in _list(raw)]


def _deadlines(raw: str, obligation: Mapping[str, Any], context: Context) -> list[Json]:
    from extractors.pipeline import extract_passage

    rows = []
    for piece in re.split(r"[；;]", raw):
        found = extract_passage(piece.strip(), context.issued_on, context.region).deadlines
        if found:
            rows += [_deadline_row(one.raw, one.type, one.start, one.end, one.recurrence, obligation, one.event, one.reason) for one in found]
        else:
            day = _day("deadlines", piece.strip())
            rows.append(_deadline_row(piece.strip(), "by", None, day, None, obligation))
    return rows


def _deadline_row(raw: str, kind: str, start: date | None, end: date | None, recurrence: str | None, obligation: Mapping[str, Any], event: str | None = None, reason: str | None = None) -> Json:
    row: Json = {"raw": raw, "type": kind, "start_on": iso(start), "end_on": iso(end), "recurrence": recurrence, "event": event, "reason": reason}
    return row | {"provisional": False, "inherited": False, **_place(raw, obligation)}


def _targets(raw: str, obligation: Mapping[str, Any], context: Context) -> list[Json]:
    from extractors.pipeline import extract_passage

    rows = []
    for piece in re.split(r"[；;]", raw):
        found = extract_passage(piece.strip(), context.issued_on, context.region).targets
        if not found:
            raise UsageError(piece.strip(), "no target is read in this", "write it as a notice would: 抽检合格率达到98%以上")
        for one in found:
            row: Json = {"raw": one.raw, "indicator": one.indicator, "comparator": one.comparator, "value": one.value, "upper": one.upper}
            rows.append(row | {"unit": one.unit, "reference": one.reference, "by_on": iso(one.by), **_place(one.raw, obligation)})
    return rows


def belongs_to(correction: Mapping[str, Any], document: Mapping[str, Any], locations: Sequence[str]) -> bool:
    """Whether a correction of a reading that is gone is of this document: the same file, or the same number or title."""
    same_file = bool(set(correction["locations"]) & set(locations))
    number, title = correction["number_key"], correction["title_key"]
    if number and document["number_key"]:
        return bool(number == document["number_key"])
    return same_file or bool(title and title == document["title_key"])


def find_passage(correction: Mapping[str, Any], passages: Sequence[tuple[str, str, Sequence[str]]]) -> str | None:
    """The id of the passage (id, text, path) that a correction was made on, though its words moved a little; None where it is gone."""
    wanted = "".join(str(correction["passage"]).split())
    tail = str(correction["obligation_id"]).rpartition("-")[2]
    best: tuple[float, str] | None = None
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    for identity, text, path in passages:
        if identity.rpartition("-")[2] == tail:
            return identity
        matcher.set_seq1("".join(text.split()))
        if matcher.real_quick_ratio() < _SAME or matcher.quick_ratio() < _SAME:
            continue
        score = matcher.ratio() + (0.05 if list(path) == list(correction["path"]) else 0.0)
        if score >= _SAME and (best is None or score > best[0]):
            best = (score, identity)
    return best[1] if best else None
