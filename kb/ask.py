"""Questions answered (问答): from the records where the question counts or lists, else by the passage that says it; or not at all."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol

from ingest.document import Document
from kb.answers import (
    Answer,
    Ground,
    Records,
    answer_from_head,
    answer_from_passage,
    answer_from_records,
    answer_from_stages,
)
from kb.naming import number_key, title_key
from kb.passages import Passage, passages_of
from kb.questions import Asked, Period, Question, read_question
from kb.search import SearchBase, search
from kb.terms import bare_place

Json = dict[str, Any]
Word = tuple[str, tuple[str, ...]]
UNKNOWN = "知识库里的文件没有写明。"
_DOCUMENTS = 8  # looked into sentence by sentence
_CONTEXT = 0.75  # what a word counts that stands in a heading over the passage and not in it
_PART = 0.6  # what a word counts of which only parts are printed
_PHRASES = 0.15  # what words count that stand side by side in the question and the passage alike
_ENOUGH = 0.55  # share of the question's own words, by their weight, that a passage must answer to


class AskBase(SearchBase, Protocol):
    """A knowledge base that can be asked."""

    def load(self, identity: str) -> Document: ...
    def find_obligations(self, filters: Any = None, limit: int | None = None, offset: int = 0) -> list[Json]: ...


@dataclass(slots=True)
class Scope:
    """The documents that a question is about, with their passages; `places` are the words of the question that named them."""

    documents: dict[str, Json]
    places: tuple[str, ...]
    passages: list[Passage] = field(default_factory=list)
    named: tuple[str, ...] = ()  # every document that the question names, none where it names none
    whole: bool = True  # whether all that it is about is in `documents`


def ask(store: AskBase, text: str, without: Collection[str] = ()) -> Json:
    """The answer to a question, as `kb ask --json` prints it; `answered` is False where no document says it.

    Documents in `without` (those no longer in force) answer only where the question names them by number or title.
    """
    question = read_question(text)
    scope = find_scope(store, question, without)
    answer = _answer(store, question, scope, without) if scope.documents else None
    if answer is None:
        return {"question": text, "answer": UNKNOWN, "answered": False, "evidence": []}
    documents = scope.documents
    if missing := {ground.document for ground in answer.grounds} - documents.keys():
        documents = documents | {one["id"]: one for one in store.documents() if one["id"] in missing}
    evidence = [_hit(ground, documents[ground.document]) for ground in answer.grounds]
    return {"question": text, "answer": answer.text, "answered": True, "evidence": evidence, "total": len(answer.grounds) if answer.complete else None}


def find_scope(store: AskBase, question: Question, without: Collection[str] = ()) -> Scope:
    """The documents that a question names by number, title or place; else those that search finds."""
    documents = {document["id"]: document for document in store.documents()}
    named, places = _named(question, documents.values(), without)
    if named is None:
        return Scope({}, places)
    every, whole = tuple(named), 0 < len(named) <= _DOCUMENTS
    if not named or len(named) > _DOCUMENTS:
        from kb.filters import Filters

        filters = Filters(documents=tuple(named), without=tuple(without)) if named or without else None
        hits = search(store, question.text, 40, filters, passages=True)["hits"]
        best = [identity for identity, _ in Counter(hit["document"]["id"] for hit in hits).most_common(_DOCUMENTS)]
        named = best or named[:_DOCUMENTS]
    scope = Scope({identity: documents[identity] for identity in named}, places, named=every, whole=whole)
    from kb.filters import Filters

    for identity in scope.documents:
        scope.passages += passages_of(identity, store.load(identity), store.find_obligations(Filters(documents=(identity,))))
    return scope


def _named(question: Question, documents: Iterable[Json], without: Collection[str] = ()) -> tuple[list[str] | None, tuple[str, ...]]:
    """Ids of the documents that a question names, none where it names none; None where it names a place that no document is of."""
    documents = list(documents)
    folded = question.folded.replace("（", "〔").replace("）", "〕")
    numbered = [d["id"] for d in documents if d.get("document_number") and (number_key(d["document_number"]) or "") .lower() in folded]
    if numbered:
        return numbered, ()
    titled = [d["id"] for d in documents if any((key := title_key(d.get(name))) and len(key) >= 8 and key.lower() in question.folded for name in ("title", "enclosed_title"))]
    if titled:
        return titled, ()
    documents = [document for document in documents if document["id"] not in without]
    by_place: dict[str, list[str]] = {}
    for document in documents:
        for place in (document.get("region") or [])[-1:]:
            for name in (place, bare_place(place)):
                if len(name) >= 2 and name in question.folded:
                    by_place.setdefault(name, []).append(document["id"])
    if by_place:
        longest = max(map(len, by_place))
        places = tuple(sorted(by_place, key=len, reverse=True))
        return list(dict.fromkeys(identity for name in places if len(name) == longest or name in places[0] for identity in by_place[name])), places
    return _above(question, documents)


def _above(question: Question, documents: Sequence[Json]) -> tuple[list[str] | None, tuple[str, ...]]:
    """The documents that bind a place of which the base has none: those of the places above it and of the state."""
    from extractors.regions import chain_of, find_region

    elsewhere = find_region(question.folded)
    if elsewhere is None:
        return [], ()
    chain = {above.name for region in elsewhere.regions for above in chain_of(region)}
    binding = [document["id"] for document in documents if document.get("level") == "national" or (document.get("region") or [""])[-1] in chain]
    return binding or None, tuple(region.name for region in elsewhere.regions)


def _answer(store: AskBase, question: Question, scope: Scope, without: Collection[str]) -> Answer | None:
    """The answer, tried from what is surest: the head, the records, the stages, the passage."""
    words = _with_short_names(question.about(scope.places), scope.passages)
    weigh = _weights(scope.passages, words)
    score = _Scorer(words, weigh, question)
    tries: list[Callable[[], Answer | None]] = []
    if question.asked in (Asked.NUMBER, Asked.CONTACT, Asked.WHO):
        tries.append(lambda: answer_from_head(question, scope.documents, scope.passages))
    if question.asked is Asked.NUMBER:
        return tries[0]()
    if question.asked in (Asked.WHICH, Asked.HOW_MANY, Asked.WHAT):
        tries.append(lambda: answer_from_records(question, scope.passages, None if scope.whole else _from_all(store, scope, without)))
    if question.asked is Asked.STAGES:
        tries.append(lambda: answer_from_stages(question, scope.passages, score))
    tries.append(lambda: answer_from_passage(question, scope.passages, score, _ENOUGH))
    return next((found for one in tries if (found := one()) is not None), None)


def _from_all(store: AskBase, scope: Scope, without: Collection[str]) -> Records:
    """Asks the whole base, or all documents that the question names, where the passages at hand are of the best of them alone."""

    def records(units: tuple[str, ...], roles: tuple[str, ...], period: Period | None) -> list[Json]:
        from kb.filters import Filters

        first, last = (period.start, period.end) if period else (None, None)
        return store.find_obligations(Filters(units=units, roles=roles, due_from=first, due_to=last, documents=scope.named, without=tuple(without)))

    return records


_DEFINED = re.compile(r"(?P<short>[a-z][a-z0-9]{1,9}|[\u3400-\u9fff]{2,8})（(?P<long>[\u3400-\u9fff]{4,20})）|(?P<full>[\u3400-\u9fff]{4,20})（(?:以下)?(?:简称|称)[：“\"]*(?P<named>[\u3400-\u9fffa-z0-9]{2,12})[”\"]*）")


def _with_short_names(words: Sequence[Word], passages: Sequence[Passage]) -> tuple[Word, ...]:
    """The words with the short names that the documents define for them: PEM（卓越绩效管理模式）."""
    defined = [(m["short"] or m["named"], m["long"] or m["full"]) for passage in passages for m in _DEFINED.finditer(passage.folded)]
    return tuple((word, (*official, *dict.fromkeys(short for short, full in defined if word in full or word == short))) for word, official in words)


def _weights(passages: Sequence[Passage], words: Sequence[Word]) -> dict[str, float]:
    """How much each word of the question tells: the rarer among the passages, the more; one that none has most of all."""
    size = max(len(passages), 1)
    return {word: math.log(1 + size / (1 + sum(word in passage.folded or word in passage.context for passage in passages))) for word, _ in words}


@dataclass(frozen=True, slots=True)
class _Scorer:
    """How far a passage answers to the words of a question: 1 where it has all of them."""

    words: Sequence[Word]
    weights: Mapping[str, float]
    question: Question

    def __call__(self, passage: Passage) -> float:
        total = sum(self.weights.values()) or 1.0
        own = sum(self.weights[word] * self.found(word, official, passage) for word, official in self.words) / total
        phrases = [(one + other, self.weights[one] + self.weights[other]) for (one, _), (other, _) in pairwise(self.words) if one + other in self.question.folded]
        if phrases:
            held = sum(weight for phrase, weight in phrases if phrase in passage.folded or phrase in passage.context)
            own = (1 - _PHRASES) * own + _PHRASES * held / (sum(weight for _, weight in phrases) or 1.0)
        quoted = all(name in passage.folded or name in passage.context for name in self.question.quoted)
        dated = self._dated(passage)
        return own * (1.0 if quoted else 0.4) * dated

    def found(self, word: str, official: Sequence[str], passage: Passage) -> float:
        """Whether a word stands in a passage, as itself or as an official one, in part or over it."""
        if word in passage.folded:
            return 1.0
        if any(other in passage.folded for other in official):
            return 0.9
        if word in passage.context or any(other in passage.context for other in official):
            return _CONTEXT
        pairs = [word[i : i + 2] for i in range(len(word) - 1)]
        held = sum(pair in passage.folded for pair in pairs) / len(pairs) if len(word) > 2 else 0.0
        letters = sum(char in passage.folded for char in word) / len(word)
        return _PART * held if held else 0.35 * (letters == 1.0)

    def _dated(self, passage: Passage) -> float:
        """Whether the passage is of the years that the question names: in it, over it, or of its deadlines and targets."""
        if not self.question.years:
            return 1.0
        said = passage.folded + passage.context + " ".join(str(d["end"]) + str(d["start"]) for o in passage.obligations for d in o["deadlines"])
        said += " ".join(str(t["by"]) for o in passage.obligations for t in o["targets"])
        return 1.0 if any(str(year) in said for year in self.question.years) else 0.5


def _hit(ground: Ground, document: Mapping[str, Any]) -> Json:
    about = {key: document.get(key) for key in ("id", "source", "title", "document_number", "level")}
    return {
        "score": round(ground.score, 4),
        "obligation": ground.obligation,
        "document": about,
        "passage": ground.passage,
        "start_char": ground.start,
        "end_char": ground.end,
        "page": ground.page,
        "path": list(ground.path),
    }
