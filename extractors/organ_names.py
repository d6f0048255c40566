"""Names of organs (机关名称): the gazetteer, and the full name that a short one stands for.

`data/organs.tsv` holds three kinds of row. A `topic` is the field of an organ (市场监督管理, short 市场监管): with an ending it
makes a name (市市场监管局, 市场监管部门). An `organ` is a whole name without its place (国有资产监督管理委员会, short 国资委). A
`national` organ needs no place (财政部).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

OrganKind = Literal["topic", "organ", "national"]
ENDINGS = {"委": "委员会", "办": "办公室", "局": "局", "厅": "厅", "部": "部", "署": "署", "委员会": "委员会", "办公室": "办公室"}
BODY = r"(?:行政主管|行政管理|行政|主管|监督管理|监管|管理|执法)?(?:部门|机关|机构|系统)"
_IS_BODY = re.compile(BODY)


@dataclass(frozen=True, slots=True)
class Organ:
    """A row of the gazetteer: a name, what kind of name it is, and its short forms."""

    name: str
    kind: OrganKind
    aliases: tuple[str, ...]


def rows_of(name: str) -> Iterator[list[str]]:
    """The rows of `data/<name>.tsv`, without its head."""
    lines = files("extractors").joinpath("data", f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines[1:] if line)


@cache
def load_organs() -> tuple[Organ, ...]:
    """The gazetteer, in the file's order."""
    return tuple(Organ(name, _kind(kind), tuple(aliases.split())) for name, kind, aliases in rows_of("organs"))


def _kind(word: str) -> OrganKind:
    return "topic" if word == "topic" else "national" if word == "national" else "organ"


@cache
def names_of(kind: OrganKind) -> dict[str, str]:
    """Every name and short form of one kind, with the full name it stands for."""
    table: dict[str, str] = {}
    for organ in load_organs():
        if organ.kind == kind:
            for name in (*organ.aliases, organ.name):
                table.setdefault(name, organ.name)
    table.update((organ.name, organ.name) for organ in load_organs() if organ.kind == kind)
    return table


@cache
def _lengths(kind: OrganKind) -> dict[str, tuple[int, ...]]:
    """The lengths of the names that begin with a character or two, the longest first."""
    by_head: dict[str, set[int]] = {}
    for name in names_of(kind):
        by_head.setdefault(name[:2], set()).add(len(name))
    for head in [head for head in by_head if len(head) == 1]:  # 农: a name of one character stands at the head of longer ones
        for longer in {head, *(other for other in by_head if other[0] == head)}:
            by_head[longer].add(1)
    return {head: tuple(sorted(lengths, reverse=True)) for head, lengths in by_head.items()}


def _ends(text: str, at: int, kind: OrganKind) -> Iterator[int]:
    """The ends of the names of `kind` that begin at `at`, the longest first."""
    table, lengths = names_of(kind), _lengths(kind)
    for n in lengths.get(text[at : at + 2]) or lengths.get(text[at : at + 1]) or ():
        if at + n <= len(text) and text[at : at + n] in table:
            yield at + n


def name_end(text: str, at: int, kind: OrganKind) -> int | None:
    """Where the longest name of `kind` that begins at `at` ends.

    >>> name_end("市场监管部门要", 0, "topic")
    4
    """
    return next(_ends(text, at, kind), None)


def topic_ends(text: str, at: int) -> Iterator[int]:
    """The ends of the topics that begin at `at`, one topic or several run together (教育体育, 科工信), the longest first."""
    for end in _ends(text, at, "topic"):
        follow = end + 1 if text[end : end + 1] in {"和", "与"} else end
        for more in (name_end(text, follow, "topic"), name_end(text, end, "topic")):
            if more is not None:
                yield more
        yield end


def expand_topic(words: str) -> str | None:
    """The full name of a field, of one topic or of two run together."""
    table = names_of("topic")
    if words in table:
        return table[words]
    for cut in range(2, len(words) - 1):
        left, right = words[:cut].rstrip("和与"), words[cut:]
        if left in table and right in table:
            full = table[left] + table[right]
            return full if "和" in table[left] + table[right] else f"{table[left]}和{table[right]}" if words[:cut] != left else full
    return None


def full_base(base: str, *, national: bool = False) -> str | None:
    """The full name of an organ without its place: 农委 → 农业委员会; None where the gazetteer does not know it.

    >>> full_base("市场监管局"), full_base("国资委")
    ('市场监督管理局', '国有资产监督管理委员会')
    """
    found = names_of("organ").get(base) or (names_of("national").get(base) if national else None)
    if found is not None:
        return found
    for ending in sorted(ENDINGS, key=len, reverse=True):
        if base.endswith(ending):
            topic = expand_topic(base[: -len(ending)])
            if topic is not None:
                return topic + ENDINGS[ending]
    fields = (expand_topic(base[:at]) for at in range(len(base) - 1, 0, -1) if _IS_BODY.fullmatch(base, at))
    topic = next((field for field in fields if field), None)
    return f"{topic}部门" if topic else None
