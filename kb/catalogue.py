"""The catalogue: what search knows of a base, derived from it and kept beside it with the generation it was made of.

It is a list of parts (`kb/part.py`). When the base goes on, what was touched is marked as gone in the parts that have it and put
into a new part, so that a document is added or removed without making the rest again; neighbours of like size are put together,
so that there are never many. It may be deleted at any time: it is made again. A new list takes the old one's place in one step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Protocol

from kb.embedding import BATCH, encoder_name
from kb.encoder import Encoder, open_encoder
from kb.other_passages import is_passage, other_passages
from kb.part import Part, build_part, merge_parts
from kb.vocabulary import Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LARGEST = 1 << 18  # obligations of a part
SOON = 8_192  # obligations that are put together while somebody waits
MANY = 16  # parts that a search goes through without delay


class Base(Protocol):
    """What search and check ask of a knowledge base."""

    def generation(self) -> int: ...
    def all_obligations(self) -> Iterator[dict[str, Any]]: ...
    def documents(self) -> Sequence[dict[str, Any]]: ...


@dataclass(frozen=True)
class Kept:
    """A part with the documents of it that have left the base, and the folder it lies in ("" where in none yet)."""

    part: Part
    gone: tuple[str, ...] = ()
    folder: str = ""

    def rows(self) -> NDArray[np.bool_]:
        """The rows that still hold."""
        return self.part.kept(self.gone)


@dataclass(frozen=True)
class Catalogue:
    """The passages of a base, part by part, as it was at a generation."""

    generation: int
    encoder: Encoder
    held: tuple[Kept, ...]
    rows: tuple[NDArray[np.bool_], ...]
    vocabulary: Vocabulary
    chosen: dict[Any, Any] = field(default_factory=dict)  # the rows that filters asked for before mean

    @classmethod
    def of(cls, generation: int, encoder: Encoder, held: Sequence[Kept]) -> Catalogue:
        """The catalogue of these parts."""
        return cls(generation, encoder, tuple(held), tuple(one.rows() for one in held), Vocabulary([one.part.fulltext for one in held]))

    def ids(self) -> list[str]:
        """The obligations that it holds."""
        found = [part.id(row) for part, rows in zip(self.parts, self.rows, strict=True) for row in rows.nonzero()[0].tolist()]
        return [one for one in found if not is_passage(one)]

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(one.part for one in self.held)


def build(base: Base) -> Catalogue:
    """The catalogue of a base as it is now."""
    generation, encoder = base.generation(), open_encoder(encoder_name(base))
    every = chain(base.all_obligations(), other_passages(base, _document_ids(base)))
    return Catalogue.of(generation, encoder, _parts(base, encoder, every))


def _parts(base: Any, encoder: Encoder, obligations: Iterator[dict[str, Any]]) -> list[Kept]:
    passages = _with_documents(base, obligations)
    found: list[Kept] = []
    for first in passages:
        found.append(Kept(build_part(base, encoder, chain((first,), islice(passages, LARGEST - 1)))))
    return found


def _with_documents(base: Any, obligations: Iterator[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Obligations, each with its document; documents are asked for many at a time."""
    documents: dict[str, dict[str, Any]] = {}
    while some := list(islice(obligations, BATCH)):
        if unknown := sorted({one["document"] for one in some} - documents.keys()):
            documents.update({one["id"]: one for one in _documents(base, unknown)})
        for one in some:
            yield one, documents.get(one["document"], {})


def _document_ids(base: Any) -> list[str]:
    """The documents whose text the base has."""
    return [one["id"] for one in base.documents()] if hasattr(base, "load") else []


def _documents(base: Any, ids: Sequence[str]) -> Sequence[dict[str, Any]]:
    found: Sequence[dict[str, Any]] = base.documents(ids) if hasattr(base, "changed_since") else base.documents()
    return found


def follow(base: Any, older: Catalogue) -> Catalogue | None:
    """An older catalogue brought up to what the base is now; None where it has to be made anew."""
    generation = base.generation()
    if older.generation == generation:
        return older
    touched = base.changed_since(older.generation) if hasattr(base, "changed_since") else None
    if touched is None or base.generation() != generation:
        return None
    from kb.filters import Filters

    encoder = older.encoder
    held = [Kept(one.part, tuple(sorted({*one.gone, *touched})), one.folder) if touched else one for one in older.held]
    held = [one for one in held if one.rows().any()]
    new: list[Kept] = []
    if touched:
        some = [one for first in range(0, len(touched), 500) for one in base.find_obligations(Filters(documents=tuple(touched[first : first + 500])))]
        there = set(_document_ids(base)) if len(touched) > 500 else {one["id"] for one in base.documents(touched)}
        new = _parts(base, encoder, chain(some, other_passages(base, [one for one in touched if one in there])))
    return Catalogue.of(generation, encoder, _put_together(base, encoder, held + new, sum(len(one.part) for one in new)))


def _put_together(base: Any, encoder: Encoder, held: list[Kept], added: int) -> list[Kept]:
    """Parts of like size at the end of the list as one: as many as is in proportion to what was added."""
    while len(held) > 1:
        last, before = held[-1], held[-2]
        together = len(last.part) + len(before.part)
        if len(before.part) >= 2 * len(last.part) or together > (LARGEST if len(held) > MANY else max(SOON, 20 * added)):
            break
        held = [*held[:-2], Kept(merge_parts(base, encoder, [(before.part, before.rows()), (last.part, last.rows())]))]
    return held
