"""Search (检索): obligations by the words and the meaning of a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from kb.catalogue import Base, Catalogue
from kb.catalogue_files import open_catalogue
from kb.embedding import passage_of
from kb.encoder import shipped_encoder
from kb.fulltext import Scored, hashed
from kb.other_passages import is_passage
from kb.query import official_words, query_terms
from kb.relevance import PROPOSED, features, relevance, standard
from kb.reranker import FIRST, chosen_reranker, order_again
from kb.static_encoder import StaticEncoder
from kb.terms import searchable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Scores = NDArray[np.float32]

# What the terms count beside what the ranking learned for plain bigrams: here they know synonyms, units, numbers and dates too.
WORDS = 3.0
ASIDE = 2.0  # what a sentence that asks nothing of anybody has to be better by than an obligation
BESIDE = 0.3  # what the sentences beside a passage, under the same headings, count of its own score
_LEANING = 0.3  # length of the official words' vector beside the query's own
_SPREAD = 8.0  # of scores, so that the best of any query can be told from one another as they are shown
WHY = 6  # terms named as the reason of a hit
_MASKS = 32  # sets of filters whose rows are kept at hand
_MARKS = {"k:": "kind ", "d:": "date ", "r:": "period ", "l:": "level ", "g:": "region ", "a:": "says "}
Place = tuple[int, int]  # a passage: its part and its row


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


def _allowed(store: SearchBase, catalogue: Catalogue, filters: Any, passages: bool) -> Sequence[Mask]:
    """The rows of each part that the filters mean: by the catalogue's own attributes, by the database where those do not tell."""
    import numpy as np

    if not filters and passages:
        return catalogue.rows
    asked = (filters or None, passages)
    if asked not in catalogue.masks:
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
        if len(catalogue.masks) >= _MASKS:
            catalogue.masks.pop(next(iter(catalogue.masks)))
        catalogue.masks[asked] = found
    return catalogue.masks[asked]


@dataclass(frozen=True)
class Asked:
    """A query as the parts are asked for it: its terms with all that each counts, and its vector."""

    query: str
    names: tuple[str, ...]
    terms: NDArray[np.uint64]
    weights: NDArray[np.float32]
    vector: NDArray[np.float32]

    @classmethod
    def of(cls, catalogue: Catalogue, query: str, terms: Mapping[str, float]) -> Asked:
        """The query with those of its terms that the base has."""
        import numpy as np

        names = tuple(catalogue.vocabulary.known(list(terms)))
        weights = [terms[name] * catalogue.vocabulary.rarity(name) for name in names]
        return cls(query, names, hashed(names), np.asarray(weights, dtype=np.float32), _vector(catalogue, query))

    def why(self, catalogue: Catalogue, places: Sequence[Place]) -> dict[Place, list[str]]:
        """The terms that each of some passages has, those that count most first."""
        import numpy as np

        found: dict[Place, list[tuple[float, str]]] = {place: [] for place in places}
        for number in sorted({part for part, _ in places}):
            index = catalogue.parts[number].fulltext
            rows = np.asarray([row for part, row in places if part == number])
            for at, weight, name in zip(index.places(self.terms).tolist(), self.weights.tolist(), self.names, strict=True):
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


def rank(catalogue: Catalogue, asked: Asked, k: int, allowed: Sequence[Mask]) -> list[tuple[Place, float]]:
    """The best `k` of the rows allowed with their score; as many as there are, whatever matches."""
    import numpy as np

    count = max(PROPOSED, 2 * k)
    proposed = [_propose(part, asked, count, mask) for part, mask in zip(catalogue.parts, allowed, strict=True)]
    if k < 1 or not any(len(one.rows) for one in proposed):
        return []
    words = np.concatenate([one.words for one in proposed])
    cosines = np.concatenate([one.cosines for one in proposed])
    of = np.repeat(np.arange(len(proposed)), [len(one.rows) for one in proposed])
    rows = np.concatenate([one.rows for one in proposed])
    if len(proposed) > 1:
        best = np.union1d(_top(words, count), _top(cosines, count))
        words, cosines, of, rows = words[best], cosines[best], of[best], rows[best]
    tokens = [catalogue.parts[part].tokens_of(row) for part, row in zip(of.tolist(), rows.tolist(), strict=True)]
    table = features(shipped_encoder(), asked.query, tokens, cosines, words)
    scores = relevance(table, shipped_encoder().ranking["weights"]) + WORDS * standard(words)
    scores -= ASIDE * np.asarray([is_passage(catalogue.parts[part].id(row)) for part, row in zip(of.tolist(), rows.tolist(), strict=True)])
    scores += BESIDE * _beside(catalogue, of, rows, scores)
    order = np.lexsort((rows, of, -scores))[:k]
    return [((int(of[at]), int(rows[at])), _shown(float(scores[at] - scores.mean()))) for at in order]


def _beside(catalogue: Catalogue, of: NDArray[np.int64], rows: NDArray[np.int64], scores: Scores) -> Scores:
    """The mean score of what else was proposed under the same headings; its own of a passage that stands alone."""
    import numpy as np

    section = np.zeros(len(rows), dtype=np.int64)
    for part in np.unique(of).tolist():
        section[of == part] = catalogue.parts[part].sections[rows[of == part]].astype(np.int64) + (part << 32)
    _, number = np.unique(section, return_inverse=True)
    others = np.bincount(number)[number] - 1
    total = np.bincount(number, scores)[number] - scores
    return np.where(others > 0, total / np.maximum(others, 1), scores).astype(np.float32)


@dataclass(frozen=True)
class _Proposed:
    """Rows of a part that one of the two searches proposes, with the scores of both."""

    rows: NDArray[np.int64]
    words: NDArray[np.float32]
    cosines: NDArray[np.float32]


def _propose(part: Any, asked: Asked, count: int, mask: Mask) -> _Proposed:
    import numpy as np

    rows = np.flatnonzero(mask)
    every = len(rows) == len(part)
    scored: Scored = part.fulltext.scores(asked.terms, asked.weights, None if every else mask)
    if len(rows) > count:
        near = np.asarray([row for row, _ in part.vectors.nearest(asked.vector, count, None if every else rows)], dtype=np.int64)
        best = np.union1d(scored.best(count), near)
        rows = np.union1d(best, rows[:count]) if len(best) < count else best
    return _Proposed(rows, scored.of(rows), part.vectors.similarity(asked.vector, rows))


def _top(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    import numpy as np

    return np.argpartition(-scores, count - 1)[:count] if len(scores) > count else np.arange(len(scores))


def _shown(score: float) -> float:
    """A score as shown: between 0 and 1, a half for what is no better than the passages proposed are on the mean."""
    import math

    return round(1 / (1 + math.exp(-max(-50.0, min(50.0, score / _SPREAD)))), 4)


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
