"""Search (检索): obligations by the words and the meaning of a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from kb.catalogue import Base, Catalogue
from kb.catalogue_files import open_catalogue
from kb.embedding import passage_of
from kb.fulltext import hashed
from kb.other_passages import is_passage
from kb.query import official_words, query_terms
from kb.ranking import Chosen, Place, Weighed, rank
from kb.reranker import FIRST, chosen_reranker, order_again
from kb.static_encoder import StaticEncoder
from kb.terms import searchable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


_LEANING = 0.3  # length of the official words' vector beside the query's own
_HEAVIEST = 16  # terms of a query that are looked for in what is shown
WHY = 6  # terms named as the reason of a hit
_REMEMBERED = 32  # sets of filters whose rows are kept at hand
_MARKS = {"k:": "kind ", "d:": "date ", "r:": "period ", "l:": "level ", "g:": "region ", "a:": "says "}


class SearchBase(Base, Protocol):
    """A knowledge base that can be searched with filters."""

    def find_obligation_ids(self, filters: Any) -> Sequence[str] | None: ...


def search(store: SearchBase, query: str, k: int = 10, filters: Any = None, passages: bool = False) -> dict[str, Any]:
    """The `k` obligations that answer the query best, as `kb search --json` prints them; `why` names what matched.

    With `passages`, also other sentences of the notices, where the filters ask nothing of obligations: their `obligation` is None.
    """
    catalogue = open_catalogue(store)
    allowed = _allowed(store, catalogue, filters, passages)
    terms = query_terms(query, catalogue.vocabulary)
    asked = Asked.of(catalogue, query, terms)
    ranked = rank(catalogue, asked, max(k, FIRST) if chosen_reranker() else k, allowed)
    records = {place: catalogue.parts[place[0]].shown.record(place[1]) for place, _ in ranked}
    if chosen_reranker():
        order = order_again(query, [passage_of(records[place][0]) for place, _ in ranked])[:k]
        ranked = [(ranked[at][0], round(score, 4)) for at, score in order]
    why = asked.why(catalogue, [place for place, _ in ranked])
    return {"query": query, "hits": [_hit(*records[place], score, why[place]) for place, score in ranked]}


def _allowed(store: SearchBase, catalogue: Catalogue, filters: Any, passages: bool) -> Sequence[Chosen]:
    """The rows of each part that the filters mean: by the catalogue's own attributes, by the database where those do not tell."""
    import numpy as np

    asked = (filters or None, passages)
    if asked not in catalogue.chosen:
        from kb.filters import Filters

        if not filters:
            found = list(catalogue.rows)
        elif isinstance(filters, Filters) and not filters.text:
            found = [held & part.attributes.meant(filters) for part, held in zip(catalogue.parts, catalogue.rows, strict=True)]
        else:
            ids = np.asarray([one.encode() for one in store.find_obligation_ids(filters) or ()], dtype="S")
            found = [held & np.isin(part.ids, ids) for part, held in zip(catalogue.parts, catalogue.rows, strict=True)]
        if not passages:
            found = [mask & part.attributes.obligations() for part, mask in zip(catalogue.parts, found, strict=True)]
        if len(catalogue.chosen) >= _REMEMBERED:
            catalogue.chosen.pop(next(iter(catalogue.chosen)))
        catalogue.chosen[asked] = [Chosen(mask) for mask in found]
    return catalogue.chosen[asked]  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Asked(Weighed):
    """A query as the parts are asked for it, with its terms as they are printed."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, catalogue: Catalogue, query: str, terms: Mapping[str, float]) -> Asked:
        """The query with those of its terms that the base has."""
        import numpy as np

        names = tuple(catalogue.vocabulary.known(list(terms)))
        weights = [terms[name] * catalogue.vocabulary.rarity(name) for name in names]
        return cls(query, hashed(names), np.asarray(weights, dtype=np.float32), _vector(catalogue, query), names)

    def why(self, catalogue: Catalogue, places: Sequence[Place]) -> dict[Place, list[str]]:
        """The terms that each of some passages has, those that count most first."""
        import numpy as np

        found: dict[Place, list[tuple[float, str]]] = {place: [] for place in places}
        for number in sorted({part for part, _ in places}):
            index = catalogue.parts[number].fulltext
            rows = np.asarray([row for part, row in places if part == number])
            for at, weight, name in sorted(zip(index.places(self.terms).tolist(), self.weights.tolist(), self.names, strict=True), key=lambda one: -one[1])[:_HEAVIEST]:
                for row, share in zip(rows.tolist(), index.has(at, rows).tolist() if at >= 0 else (), strict=False):
                    if share:
                        found[number, row].append((-share * weight, name))
        return {place: [_reason(name) for _, name in sorted(terms)[:WHY]] for place, terms in found.items()}


def _vector(catalogue: Catalogue, query: str) -> NDArray[np.float32]:
    """The query's vector; that of our own encoder leans to the official words for the everyday ones in it."""
    import numpy as np

    if not isinstance(catalogue.encoder, StaticEncoder):
        return catalogue.encoder.encode_queries([query])[0]  # type: ignore[no-any-return]
    official = " ".join(word for _, word in official_words(searchable(query)))
    plain, put_in = catalogue.encoder.encode([query, official])
    vector = plain + _LEANING * put_in
    leant: NDArray[np.float32] = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return leant


def _reason(term: str) -> str:
    prefix = _MARKS.get(term[:2])
    if prefix:
        return prefix + term[2:]
    return term.lstrip("#@")


def _hit(obligation: dict[str, Any], document: dict[str, Any], score: float, why: list[str]) -> dict[str, Any]:
    return {
        "score": score,
        "obligation": None if is_passage(obligation["id"]) else obligation,
        "document": document,
        "passage": obligation["text"],
        "start_char": obligation["start_char"],
        "end_char": obligation["end_char"],
        "page": obligation.get("page"),
        "path": obligation["path"],
        "why": why,
    }
