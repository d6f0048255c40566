"""What binds, encourages or favours an enterprise (企业适用): the valid obligations with jurisdiction over its place, each judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.addressees import Addressee
from kb.groups import GROUPS, amounts, hand_in, offices
from kb.heard import Heard, hear
from kb.profiles import Profile
from kb.records import Json
from kb.store import Store
from kb.store_spoken import select_spoken
from kb.verdicts import Verdict, best


@dataclass(frozen=True, slots=True)
class Item:
    """One obligation that concerns, or may concern, the enterprise."""

    heard: Heard
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Answer:
    """What concerns a profile, group by group, the sure before the open; `parts` are notices of parts of its place."""

    profile: Profile
    items: Sequence[Item]
    parts: Sequence[str]

    @property
    def questions(self) -> list[Json]:
        """What would decide the open items, with how many of them it concerns."""
        asks: dict[str, int] = {}
        for item in self.items:
            for question in item.verdict.ask:
                asks[question] = asks.get(question, 0) + 1
        found: list[Json] = [{"question": question, "items": count} for question, count in sorted(asks.items(), key=lambda pair: -pair[1])]
        if not self.profile.region:
            found.insert(0, {"question": "所在地区（省、市、县）", "items": len(self.items)})
        return found


def governs(document: Mapping[str, Any], region: Sequence[str]) -> bool:
    """Whether a notice has force at a place: its region is the place or lies above it; a national one everywhere."""
    own = "".join(document["region"])  # a 开发区 is in no list of regions: names run together compare however they were split
    return "".join(region).startswith(own) if own else document["level"] in ("national", None)


def below(document: Mapping[str, Any], region: Sequence[str]) -> bool:
    """Whether a notice is of a part of the place alone: the profile would have to say which part it is in."""
    own, place = "".join(document["region"]), "".join(region)
    return bool(place) and own != place and own.startswith(place)


def judge_all(documents: Iterable[Mapping[str, Any]], heard: Callable[[str], Iterable[Heard]], profile: Profile) -> Answer:
    """What concerns the profile in these documents; `heard(id)` gives a document's obligations in their order."""
    held = list(documents)
    known: dict[tuple[Addressee, ...], Verdict] = {}
    found = [item for document in held if not profile.region or governs(document, profile.region) for item in _judged(heard(document["id"]), profile, known)]
    found.sort(key=lambda item: (GROUPS.index(item.heard.group), item.verdict.certainty != "applies"))
    return Answer(profile, found, [document["id"] for document in held if below(document, profile.region)])


def _judged(heard: Iterable[Heard], profile: Profile, known: dict[tuple[Addressee, ...], Verdict]) -> Iterable[Item]:
    """What concerns the profile in one document; `known` are verdicts found before."""
    carried, stretch = False, 0
    for one in heard:
        carried = carried and one.stretch == stretch
        stretch = one.stretch
        to = one.carried if carried else one.to
        if to not in known:
            known[to] = best(to, profile)
        verdict = known[to]
        if one.names:
            carried = verdict.certainty != "no" and one.hands_on
        if verdict.certainty != "no":
            yield Item(one, verdict)


def item_json(item: Item, obligation: Json, document: Json) -> Json:
    """An item as `kb applies --json` prints it."""
    verdict = item.verdict
    found: Json = {"kind": obligation["kind"], "group": item.heard.group, "certainty": verdict.certainty, "because": "；".join(verdict.because)}
    found |= {"asks": list(verdict.ask), "offices": offices(obligation, document), "amounts": amounts(obligation, item.heard.group)}
    return found | {"hand_in": hand_in(obligation), "obligation": obligation, "document": document}


def answer_json(answer: Answer, documents: Mapping[str, Json], obligations: Mapping[str, Json]) -> Json:
    """The whole answer: items by group, what was asked for, and how many notices of parts of the place were left out."""
    items = [item_json(item, obligations[item.heard.identity], documents[item.heard.document]) for item in answer.items if item.heard.identity in obligations]
    return {"profile": answer.profile.as_json(), "items": items, "questions": answer.questions, "left_out": {"parts_of_region": list(answer.parts)}}


def applies(documents: Sequence[Json], obligations_of: Callable[[str], Sequence[Json]], profile: Profile) -> Json:
    """The answer over documents whose obligations `obligations_of(id)` gives."""
    held = {document["id"]: document for document in documents}
    read: dict[str, Json] = {}

    def heard(identity: str) -> list[Heard]:
        found = obligations_of(identity)
        read.update((one["id"], one) for one in found)
        return hear(held[identity], found)

    return answer_json(judge_all(documents, heard, profile), held, read)


def applies_in(store: Store, documents: Sequence[Json], profile: Profile) -> Json:
    """The answer over documents of a base; of what does not concern the profile only the words are read."""
    held = {document["id"]: document for document in documents}
    governing = [document["id"] for document in documents if not profile.region or governs(document, profile.region)]
    with store.reading() as connection:
        heard = {identity: hear(held[identity], found) for identity, found in select_spoken(connection, governing)}
    answer = judge_all(documents, lambda identity: heard.get(identity, ()), profile)
    return answer_json(answer, held, {one["id"]: one for one in store.obligations([item.heard.identity for item in answer.items])})
