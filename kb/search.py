"""Search (检索): obligations by the words and the meaning of a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from kb.catalogue import Base, Catalogue, open_catalogue
from kb.embedding import passage_of
from kb.encoder import shipped_encoder
from kb.query import query_terms
from kb.relevance import PROPOSED, features, relevance, standard
from kb.reranker import FIRST, chosen_reranker, order_again

# What the terms count beside what the ranking learned for plain bigrams: here they know synonyms, units, numbers and dates too.
WORDS = 3.0
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
    ranked = rank(catalogue, query, terms, max(k, FIRST) if chosen_reranker() else k, among)
    found = {obligation["id"]: obligation for obligation in store.obligations([catalogue.ids[row] for row, _ in ranked])}
    documents = {document["id"]: document for document in store.documents()}
    if chosen_reranker():
        held = [(row, score) for row, score in ranked if catalogue.ids[row] in found]
        ranked = _order_again(query, held, [found[catalogue.ids[row]] for row, _ in held])[:k]
    hits = []
    for row, score in ranked:
        obligation = found.get(catalogue.ids[row])
        if obligation is not None:
            why = [_reason(term) for term in catalogue.fulltext.matched(terms, row)[:WHY]]
            hits.append(_hit(obligation, documents.get(obligation["document"], {}), score, why))
    return {"query": query, "hits": hits}


def _order_again(query: str, ranked: list[tuple[int, float]], obligations: Sequence[dict[str, Any]]) -> list[tuple[int, float]]:
    """The rows in the order of the re-ranker, with its scores."""
    return [(ranked[place][0], round(score, 4)) for place, score in order_again(query, [passage_of(one) for one in obligations])]


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
    words = catalogue.fulltext.scores(terms)
    vector = catalogue.encoder.encode_queries([query])[0]
    count = min(len(rows), max(PROPOSED, 2 * k))
    near = [row for row, _ in catalogue.vectors.nearest(vector, count, None if among is None else rows.tolist())]
    best = rows[np.argpartition(-words[rows], count - 1)[:count]]
    chosen = np.union1d(best, np.asarray(near, dtype=np.int64))
    table = features(shipped_encoder(), query, [catalogue.tokens_of(row) for row in chosen], catalogue.vectors.similarity(vector, chosen), words[chosen])
    scores = relevance(table, shipped_encoder().ranking["weights"]) + WORDS * standard(words[chosen])
    order = np.lexsort((chosen, -scores))[:k]
    return [(int(chosen[place]), _shown(float(scores[place] - scores.mean()))) for place in order]


def _shown(score: float) -> float:
    """A score as shown: between 0 and 1, a half for what is no better than the passages proposed are on the mean."""
    import math

    return round(1 / (1 + math.exp(-max(-50.0, min(50.0, score)))), 4)


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
