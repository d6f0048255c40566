"""Hold what was extracted from an annotated notice to its annotation: each obligation and mention right or wrong.

What comes in is a line of `scripts/dump_extraction.py` and the annotation; what comes out says of each mention its family
(what `extractors.confidence` pools), its rule, the confidence it was given, and whether the annotation agrees.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from extractors.confidence import family_of  # noqa: E402 — the project may not be installed

Json = dict[str, Any]
_PAIRS = str.maketrans({
    "〔": "(", "〕": ")", "[": "(", "]": ")", "【": "(", "】": ")", "「": '"', "」": '"', "“": '"', "”": '"', "—": "-", "–": "-", "～": "-", "~": "-",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """One obligation or mention: what it is, the rule that found it, and whether the annotation agrees."""

    notice: str
    family: str
    rule: str
    right: bool


def plain(words: object) -> str:
    """Words as they are compared: widths, brackets, quotes and dashes unified, no blanks."""
    folded = unicodedata.normalize("NFKC", str(words or "").translate(_PAIRS)).translate(_PAIRS)
    return "".join(folded.split()).lower()


def _agree(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)


def _number(value: object) -> float | None:
    return None if value is None else round(float(str(value)), 6)


def _alike(one: str, other: str) -> float:
    """Twice the characters that two names share over those they have."""
    left, both = list(other), 0
    for char in one:
        if char in left:
            left.remove(char)
            both += 1
    return 2 * both / (len(one) + len(other)) if one and other else 0.0


def _sentence_of(text: str, sentences: list[tuple[str, Json]]) -> Json | None:
    """The annotated sentence that an obligation's text is, lies in or holds."""
    return next((s for own, s in sentences if own == text), None) or next((s for own, s in sentences if _agree(own, text)), None)


def _items_of(obligation: Json, gold: Json) -> list[Json]:
    """The annotated items that speak for an obligation: by a heading above it, or by its sentence."""
    path, text = plain("".join(obligation["fields"]["path"])), plain(obligation["quote"])
    return [item for item in gold["assignments"] if (key := plain(item["item"])) and (key in path or _agree(key, text))]


def _target_is(mention: Json, gold: Json) -> bool:
    fields = mention["fields"]
    same = all(_number(fields.get(name)) == _number(gold.get(name)) for name in ("value", "upper"))
    same = same and fields["comparator"] == gold["comparator"] and plain(fields["unit"]) == plain(gold.get("unit"))
    return same and (fields["by"] or None) == (gold.get("by") or None) and _alike(plain(gold["indicator"]), plain(fields["indicator"])) >= 0.5


def _deadline_is(mention: Json, gold: Json) -> bool:
    fields = mention["fields"]
    return _agree(plain(fields["raw"]), plain(gold["raw"])) and all((fields[key] or None) == (gold.get(key) or None) for key in ("type", "start", "end", "recurrence"))


def _mention_is_right(mention: Json, items: list[Json], sentence: Json | None, gold: Json) -> bool | None:
    """Whether the annotation has a mention of an obligation; None where it does not tell."""
    fields, sort = mention["fields"], mention["sort"]
    if sort == "unit":
        name = plain(fields["name"])
        if fields["inherited"] and not items:
            return None
        return any(plain(unit["name"]) == name and unit["role"] == fields["role"] for item in items for unit in item["units"])
    if sort == "target":
        return any(_target_is(mention, target) for target in gold["targets"])
    if sort == "deadline":
        read = any(_deadline_is(mention, deadline) for deadline in gold["deadlines"])
        if not fields["inherited"] or not read:
            return read
        ends = {item["end"] for item in items if item["end"]}
        return fields["end"] in ends if ends else None
    parties = [plain(party) for party in (sentence or {}).get("parties") or []]
    return any(_agree(plain(fields["name"]), party) for party in parties)


def _citation_is(mention: Json, gold: Json) -> bool:
    fields = mention["fields"]
    numbers = plain(fields["document_number"]), plain(gold["document_number"])
    named = numbers[0] == numbers[1] if all(numbers) else plain(fields["title"]).strip("《》") == plain(gold["title"]).strip("《》") != ""
    return named and fields["relation"] == gold["relation"]


def judge(found: Json, gold: Json, notice: str) -> Iterator[Judged]:
    """Every obligation and mention of a notice, right or wrong; a mention printed once is judged once."""
    sentences = [(plain(sentence["text"]), sentence) for sentence in gold["sentences"]]
    seen: set[tuple[Any, ...]] = set()
    for obligation in found["obligations"]:
        sentence = _sentence_of(plain(obligation["quote"]), sentences)
        kind = obligation["fields"]["kind"]
        yield Judged(notice, family_of("obligation", kind=kind), obligation["rule"], sentence is not None and sentence["kind"] == kind)
        items = _items_of(obligation, gold)
        for mention in obligation["mentions"]:
            fields, sort = mention["fields"], mention["sort"]
            given = bool(fields.get("inherited"))
            place = (sort, *mention["at"], *(obligation["at"] if given else ()))
            right = _mention_is_right(mention, items, sentence, gold) if place not in seen else None
            seen.add(place)
            if right is not None:
                yield Judged(notice, family_of(sort, inherited=given), mention["rule"], right)
    for citation in found["citations"]:
        yield Judged(notice, family_of("citation"), citation["rule"], any(_citation_is(citation, other) for other in gold["citations"]))
