"""A part of the catalogue: some of a base's obligations with all that search knows of them, written once and never changed.

What leaves the base is marked as gone; what comes goes into a new part. Small parts are put together to larger ones.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.attributes import Attributes, Gathered
from kb.embedding import BATCH, embed, fill_in, passage_of
from kb.encoder import Encoder, shipped_encoder
from kb.fulltext import FullText
from kb.index import VectorIndex
from kb.other_passages import PASSAGE
from kb.shown import Packed, Shown
from kb.terms import bare_place, bigrams, characters, date_terms, dates, marked_terms, searchable, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHARED_WEIGHTS = (0.6, 0.3, 1.0, 0.5)  # of headings, titles, units and parties; the text itself has 1
_FILES = ("ids", "tokens", "starts_of_tokens", "sections")
_REMEMBERED = 20_000  # sets of such fields whose terms are kept at hand


@dataclass(frozen=True)
class Part:
    """Obligations in the order of the rows of the two indexes; `tokens` are those of the encoder that ships.

    Rows with the same number in `sections` stand under the same headings of the same document.
    """

    ids: NDArray[np.bytes_]
    fulltext: FullText
    vectors: VectorIndex
    tokens: NDArray[np.int32]
    starts: NDArray[np.int64]
    sections: NDArray[np.int32]
    attributes: Attributes
    shown: Shown

    def __len__(self) -> int:
        return len(self.ids)

    def id(self, row: int) -> str:
        """The id of the obligation in a row."""
        return bytes(self.ids[row]).decode()

    def tokens_of_rows(self, rows: NDArray[np.int64], longest: int = 300) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The tokens of passages one after another, `longest` of one at most, and how many each has."""
        import numpy as np

        first = self.starts[rows]
        long = np.minimum(self.starts[rows + 1] - first, longest)
        behind = np.cumsum(long)
        return self.tokens[np.repeat(first - behind + long, long) + np.arange(int(behind[-1]) if len(rows) else 0)], long

    def kept(self, gone: Sequence[str]) -> NDArray[np.bool_]:
        """The rows of documents that are not gone."""
        import numpy as np

        left = frozenset(gone)
        return self.attributes.of_documents(lambda one: one[0] not in left) if left else np.ones(len(self), dtype=bool)

    def save(self, folder: Path) -> None:
        """Writes the part into a folder."""
        import numpy as np

        self.fulltext.save(folder)
        self.vectors.save(folder / "vectors.faiss")
        self.attributes.save(folder)
        self.shown.save(folder)
        np.save(folder / "ids.npy", self.ids)
        np.save(folder / "tokens.npy", self.tokens)
        np.save(folder / "starts_of_tokens.npy", self.starts)
        np.save(folder / "sections.npy", self.sections)

    @classmethod
    def load(cls, folder: Path) -> Part:
        """The part that `save` wrote; raises `OSError` where it is damaged."""
        import numpy as np

        try:
            ids, tokens, starts, sections = (np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in _FILES)
        except (ValueError, EOFError) as fault:
            raise OSError(f"{folder} holds no part of a catalogue") from fault
        found = cls(ids, FullText.load(folder, len(ids)), VectorIndex.load(folder / "vectors.faiss"), tokens, starts, sections, Attributes.load(folder), Shown.load(folder))
        if not len(ids) == len(found.vectors) == len(found.attributes) == len(found.shown) == len(sections) == len(starts) - 1 or int(starts[-1]) != len(tokens):
            raise OSError(f"{folder} holds no part of a catalogue")
        return found


def build_part(base: Any, encoder: Encoder, passages: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Part:
    """A part of these obligations (as exported), each with its document; they are taken one by one, so that many need no room."""
    import numpy as np

    gathered, terms, packed = Gathered(), TermsOf(), Packed()
    ids: list[str] = []
    texts: list[str] = []
    vectors: list[NDArray[np.float32]] = []
    tokens: list[NDArray[np.int32]] = []
    sections: dict[tuple[str, ...], int] = {}
    section = array("i")

    def close() -> None:
        cut = shipped_encoder().tokens(texts)
        vectors.append(embed(base, encoder, ids[-len(texts) :], texts, cut))
        tokens.extend(cut)
        texts.clear()

    def terms_of_each() -> Iterator[Mapping[str, float]]:
        for obligation, document in passages:
            gathered.add(obligation, document)
            packed.add(obligation, document)
            ids.append(str(obligation["id"]))
            texts.append(passage_of(obligation))
            section.append(sections.setdefault((str(obligation["document"]), *obligation["path"]), len(sections)))
            if len(texts) == BATCH:
                close()
            yield terms.of(obligation, document)

    fulltext = FullText.build(terms_of_each())
    if texts:
        close()
    index = VectorIndex.build(np.concatenate([np.zeros((0, encoder.dimension), np.float32), *vectors]))
    starts = np.cumsum([0, *(len(one) for one in tokens)]).astype(np.int64)
    together = np.concatenate([np.zeros(0, np.int32), *tokens]).astype(np.int32)
    names = np.asarray([one.encode() for one in ids], dtype="S")
    return Part(names, fulltext, index, together, starts, np.asarray(section, dtype=np.int32), gathered.done(), packed.done())


def merge_parts(base: Any, encoder: Encoder, parts: Sequence[tuple[Part, NDArray[np.bool_]]]) -> Part:
    """One part of several, each with the rows of it that are kept."""
    import numpy as np

    ids = np.concatenate([part.ids[kept] for part, kept in parts])
    vectors = np.concatenate([part.vectors.vectors(np.flatnonzero(kept)) for part, kept in parts])
    if not all(part.vectors.exact for part, _ in parts):
        # Those in cells are rounded: the base has them as they were made.
        fill_in(base, encoder, [one.decode() for one in ids.tolist()], vectors)
    lengths = [np.diff(part.starts) for part, _ in parts]
    starts = np.cumsum(np.concatenate([[0], *(long[kept] for long, (_, kept) in zip(lengths, parts, strict=True))])).astype(np.int64)
    tokens = np.concatenate([np.asarray(part.tokens)[np.repeat(kept, long)] for long, (part, kept) in zip(lengths, parts, strict=True)])
    before = np.cumsum([0, *(int(part.sections.max(initial=-1)) + 1 for part, _ in parts)])
    sections = np.concatenate([part.sections[kept] + first for first, (part, kept) in zip(before.tolist(), parts, strict=False)]).astype(np.int32)
    attributes = Attributes.merged([(part.attributes, kept) for part, kept in parts])
    shown = Shown.merged([(part.shown, kept) for part, kept in parts])
    return Part(ids, FullText.merged([(part.fulltext, kept) for part, kept in parts]), VectorIndex.build(vectors), tokens, starts, sections, attributes, shown)


class TermsOf:
    """The terms by which obligations are found; what neighbours share (headings, titles, units, parties) is cut only once."""

    def __init__(self) -> None:
        self._shared: dict[tuple[str, ...], dict[str, float]] = {}
        self._of_document: tuple[str, set[str]] = ("", set())

    def of(self, obligation: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, float]:
        """The terms of an obligation, each with its weighted count."""
        shared = _shared_fields(obligation, document)
        held = self._shared.get(shared)
        if held is None:
            held = {}
            for text, weight in zip(shared, _SHARED_WEIGHTS, strict=True):
                for term in _plain(searchable(text)):
                    held[term] = held.get(term, 0.0) + weight
            if len(self._shared) >= _REMEMBERED:
                self._shared.clear()
            self._shared[shared] = held
        counts = dict(held)
        printed = searchable(obligation["text"])
        for term in (*_plain(printed), *characters(printed)):
            counts[term] = counts.get(term, 0.0) + 1.0
        marked: set[str] = {*marked_terms(printed), *dates(printed), *_recorded(obligation), *self._said_of(document)}
        if obligation["citations"]:
            marked |= set(marked_terms(searchable("\n".join(obligation["citations"]))))
        counts.update(dict.fromkeys(marked, 1.0))
        return counts

    def _said_of(self, document: Mapping[str, Any]) -> set[str]:
        """The terms of a document's number, level and place."""
        identity = str(document.get("id") or "")
        if not identity or identity != self._of_document[0]:
            found = set(marked_terms(searchable(document.get("document_number") or "")))
            if document.get("level"):
                found.add(f"l:{document['level']}")
            for place in (document.get("region") or [])[-1:]:
                found.update((f"g:{place}", f"g:{bare_place(place)}"))
            self._of_document = identity, found
        return self._of_document[1]


def _plain(folded: str) -> Iterator[str]:
    yield from bigrams(folded)
    yield from words(folded)


def _shared_fields(obligation: Mapping[str, Any], document: Mapping[str, Any]) -> tuple[str, ...]:
    """The headings over an obligation, the titles of its document, its units and its parties."""
    units = [name for unit in obligation["units"] for name in (unit["name"], unit.get("canonical")) if name]
    titles = filter(None, (document.get("title"), document.get("enclosed_title")))
    return "\n".join(obligation["path"]), "\n".join(titles), "\n".join(dict.fromkeys(units)), "\n".join(obligation["parties"])


def _recorded(obligation: Mapping[str, Any]) -> set[str]:
    """Terms of what was read out of an obligation: its kind, days, periods and figures."""
    found = {f"k:{obligation['kind']}"} - {f"k:{PASSAGE}"}
    for deadline in obligation["deadlines"]:
        for iso in (deadline.get("start"), deadline.get("end")):
            found.update(date_terms(iso) if iso else ())
        if deadline.get("recurrence"):
            found.add(f"r:{deadline['recurrence']}")
    found |= {f"a:{name}" for name, held in (("who", "units"), ("when", "deadlines"), ("how much", "targets")) if obligation[held]}
    for target in obligation["targets"]:
        if target.get("value") is not None:
            found.add(f"#{target['value']:g}{target.get('unit') or ''}")
    return found
