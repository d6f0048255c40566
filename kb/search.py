"""Search (检索): obligations by the words and the meaning of a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from kb.catalogue import Base, Catalogue, open_catalogue
from kb.query import query_terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Share of the vectors' similarity beside the terms' score, which counts 1 at best. Hashed n-grams repeat what the terms
# say, so they only order what the terms leave equal: 0.1 was chosen of 0–1 on the eighty queries that search is measured
# with, where 0–0.3 differ by less than 0.02 in nDCG; a trained encoder earns more.
MEANING = 0.1
WHY = 6  # terms named as the reason of a hit
_MARKS = {"k:": "kind ", "d:": "date ", "r:": "period ", "l:": "level ", "g:": "region "}


class SearchBase(Base, Protocol):
    """A knowledge base that can be searched with filters."""

    def find_obligation_ids(self, filters: Any) -> Sequence[str] | None: ...
    def obligations(self, ids: Sequence[str]) -> Sequence[dict[str, Any]]: ...


def search(store: SearchBase, query: str, k: int = 10, filters: Any = None) -> dict[str, Any]:
    """The `k` obligations that answer the query best, as `kb search --json` prints them; `why` names what matched."""
    catalogue = open_catalogue(store)
    allowed = store.find_obligation_ids(filters) if filters is not None else None
    among = _rows(catalogue, allowed)
    terms = query_terms(query, catalogue.fulltext)
    ranked = rank(catalogue, query, terms, k, among)
    found = {obligation["id"]: obligation for obligation in store.obligations([catalogue.ids[row] for row, _ in ranked])}
    documents = {document["id"]: document for document in store.documents()}
    hits = []
    for row, score in ranked:
        obligation = found.get(catalogue.ids[row])
        if obligation is not None:
            why = [_reason(term) for term in catalogue.fulltext.matched(terms, row)[:WHY]]
            hits.append(_hit(obligation, documents.get(obligation["document"], {}), score, why))
    return {"query": query, "hits": hits}


def _rows(catalogue: Catalogue, allowed: Sequence[str] | None) -> list[int] | None:
    if allowed is None:
        return None
    wanted = set(allowed)
    return [row for row, identity in enumerate(catalogue.ids) if identity in wanted]


def rank(catalogue: Catalogue, query: str, terms: Mapping[str, float], k: int, among: Sequence[int] | None = None) -> list[tuple[int, float]]:
    """The best `k` rows with their score, of the rows in `among` alone where given; as many as there are, whatever matches."""
    import numpy as np

    rows = np.arange(len(catalogue.ids)) if among is None else np.asarray(among, dtype=np.int64)
    if not len(rows) or k < 1:
        return []
    scores = catalogue.fulltext.scores(terms)[rows]
    best = float(scores.max())
    if best > 0:
        scores = scores / best
    scores = scores + MEANING * _similarity(catalogue, query, rows, k)
    order = np.lexsort((rows, -scores))[:k]
    return [(int(rows[place]), round(float(scores[place]) / (1 + MEANING), 4)) for place in order]


def _similarity(catalogue: Catalogue, query: str, rows: NDArray[np.int64], k: int) -> NDArray[np.float32]:
    """The similarity of the rows to the query by the vectors, 1 for the nearest; far ones count 0."""
    import numpy as np

    similarity = np.zeros(len(catalogue.ids), dtype=np.float32)
    vector = catalogue.encoder.encode([query])[0]
    restricted = None if len(rows) == len(catalogue.ids) else rows.tolist()
    near = catalogue.vectors.nearest(vector, max(10 * k, 200), restricted)
    for row, value in near:
        similarity[row] = max(value, 0.0)
    best = float(similarity.max())
    chosen: NDArray[np.float32] = similarity[rows]
    return chosen / best if best > 0 else chosen


def _reason(term: str) -> str:
    prefix = _MARKS.get(term[:2])
    if prefix:
        return prefix + term[2:]
    return term.lstrip("#@")


def _hit(obligation: dict[str, Any], document: Mapping[str, Any], score: float, why: list[str]) -> dict[str, Any]:
    about = {key: document.get(key) for key in ("id", "source", "title", "document_number", "level")}
    return {
        "score": score,
        "obligation": obligation,
        "document": about,
        "passage": obligation["text"],
        "start_char": obligation["start_char"],
        "end_char": obligation["end_char"],
        "page": obligation.get("page"),
        "why": why,
    }
