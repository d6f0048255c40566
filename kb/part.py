"""A part of the catalogue: some of a base's obligations with all that search knows of them, written once and never changed.

What leaves the base is marked as gone; what comes goes into a new part. Small parts are put together to larger ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.attributes import Attributes, Gathered
from kb.embedding import embed, fill_in, passage_of
from kb.encoder import Encoder, shipped_encoder
from kb.fulltext import FullText
from kb.index import VectorIndex
from kb.other_passages import PASSAGE
from kb.terms import bare_place, bigrams, characters, date_terms, dates, marked_terms, searchable, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PLAIN_FIELDS = {"text": 1.0, "path": 0.6, "title": 0.3, "units": 1.0, "parties": 0.5}


@dataclass(frozen=True)
class Part:
    """Obligations in the order of the rows of the two indexes; `tokens` are those of the encoder that ships."""

    ids: NDArray[np.bytes_]
    fulltext: FullText
    vectors: VectorIndex
    tokens: NDArray[np.int32]
    starts: NDArray[np.int64]
    attributes: Attributes

    def __len__(self) -> int:
        return len(self.ids)

    def id(self, row: int) -> str:
        """The id of the obligation in a row."""
        return bytes(self.ids[row]).decode()

    def tokens_of(self, row: int) -> NDArray[np.int32]:
        """The tokens of a passage."""
        return self.tokens[self.starts[row] : self.starts[row + 1]]

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
        np.save(folder / "ids.npy", self.ids)
        np.save(folder / "tokens.npy", self.tokens)
        np.save(folder / "starts_of_tokens.npy", self.starts)

    @classmethod
    def load(cls, folder: Path) -> Part:
        """The part that `save` wrote; raises `OSError` where it is damaged."""
        import numpy as np

        try:
            ids, tokens, starts = (np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in ("ids", "tokens", "starts_of_tokens"))
        except (ValueError, EOFError) as fault:
            raise OSError(f"{folder} holds no part of a catalogue") from fault
        found = cls(ids, FullText.load(folder, len(ids)), VectorIndex.load(folder / "vectors.faiss"), tokens, starts, Attributes.load(folder))
        if not len(ids) == len(found.vectors) == len(found.attributes) == len(starts) - 1 or int(starts[-1]) != len(tokens):
            raise OSError(f"{folder} holds no part of a catalogue")
        return found


def build_part(base: Any, encoder: Encoder, obligations: Sequence[Mapping[str, Any]], documents: Mapping[str, Mapping[str, Any]]) -> Part:
    """A part of these obligations (as exported) with their documents by id."""
    import numpy as np

    gathered = Gathered()
    terms = TermsOf()
    texts = [passage_of(obligation) for obligation in obligations]

    def passages() -> Any:
        for obligation in obligations:
            document = documents.get(obligation["document"], {})
            gathered.add(obligation, document)
            yield terms.of(obligation, document)

    fulltext = FullText.build(passages())
    ids = [str(obligation["id"]) for obligation in obligations]
    vectors = VectorIndex.build(embed(base, encoder, ids, texts))
    tokens = shipped_encoder().tokens(texts)
    starts = np.cumsum([0, *(len(one) for one in tokens)]).astype(np.int64)
    together = np.concatenate([np.zeros(0, np.int32), *tokens]).astype(np.int32)
    return Part(np.asarray([one.encode() for one in ids], dtype="S"), fulltext, vectors, together, starts, gathered.done())


def merge_parts(base: Any, encoder: Encoder, parts: Sequence[tuple[Part, NDArray[np.bool_]]]) -> Part:
    """One part of several, each with the rows of it that are kept."""
    import numpy as np

    ids = np.concatenate([part.ids[kept] for part, kept in parts])
    vectors = np.concatenate([part.vectors.vectors(np.flatnonzero(kept)) for part, kept in parts])
    if not all(part.vectors.exact for part, _ in parts):
        # Those in cells are rounded: the base has them as they were made.
        fill_in(base, encoder, [one.decode() for one in ids.tolist()], vectors)
    rows = [(part, int(row)) for part, kept in parts for row in np.flatnonzero(kept)]
    tokens = [part.tokens_of(row) for part, row in rows]
    starts = np.cumsum([0, *(len(one) for one in tokens)]).astype(np.int64)
    together = np.concatenate([np.zeros(0, np.int32), *tokens]).astype(np.int32)
    attributes = Attributes.merged([(part.attributes, kept) for part, kept in parts])
    return Part(ids, FullText.merged([(part.fulltext, kept) for part, kept in parts]), VectorIndex.build(vectors), together, starts, attributes)


class TermsOf:
    """The terms by which obligations are found; what the headings and titles of neighbours share is cut only once."""

    def __init__(self) -> None:
        self._cut: dict[str, Counter[str]] = {}

    def of(self, obligation: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, float]:
        """The terms of an obligation, each with its weighted count."""
        counts: Counter[str] = Counter()
        for field, text in _fields(obligation, document).items():
            weight = _PLAIN_FIELDS[field]
            for term, count in self._plain(text, shared=field != "text").items():
                counts[term] += weight * count  # type: ignore[assignment]
        printed = searchable(obligation["text"])
        counts.update(characters(printed))
        marked: set[str] = {*marked_terms(printed), *dates(printed), *_recorded(obligation)}
        marked |= set(marked_terms(searchable("\n".join((document.get("document_number") or "", *obligation["citations"])))))
        if document.get("level"):
            marked.add(f"l:{document['level']}")
        for place in (document.get("region") or [])[-1:]:
            marked.update((f"g:{place}", f"g:{bare_place(place)}"))
        return {**counts, **dict.fromkeys(marked, 1.0)}

    def _plain(self, text: str, shared: bool) -> Counter[str]:
        held = self._cut.get(text) if shared else None
        if held is None:
            folded = searchable(text)
            held = Counter((*bigrams(folded), *words(folded)))
            if shared and len(self._cut) < 100_000:
                self._cut[text] = held
        return held


def _fields(obligation: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, str]:
    units = [name for unit in obligation["units"] for name in (unit["name"], unit.get("canonical")) if name]
    return {
        "text": obligation["text"],
        "path": "\n".join(obligation["path"]),
        "title": "\n".join(filter(None, (document.get("title"), document.get("enclosed_title")))),
        "units": "\n".join(dict.fromkeys(units)),
        "parties": "\n".join(obligation["parties"]),
    }


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
