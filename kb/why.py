"""Why (依据): of each mention of an obligation or document, which rule found it, on which characters, counted from what, inherited
from where, under which name today, and how far it can be trusted; each quoted word for word with its place.

What the base keeps of the reading is told as it was read. Triggers are found again by the rules of today; where those are
of another edition than the reading's, or a base from before lacks something, the explanation says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from extractors.confidence import Estimate, estimate, family_of
from extractors.edition import edition
from extractors.mentions import Citation, Deadline, Obligation, Origin, Party, Target, Unit
from extractors.organs import current_name
from extractors.renames import load_renames
from extractors.rule_words import words_for
from extractors.triggers import find_trigger
from extractors.unit_lists import find_convention_at
from ingest.document import Document, Span
from kb.corrections import RULE
from kb.records import Json, citation_json, deadline_json, document_summary, iso, target_json, unit_json
from kb.why_anchor import anchor_of, lead_in

if TYPE_CHECKING:
    from kb.store import Store

AGAIN = "not kept when this was read: read it again with `kb ingest --again`"
_WAYS = {
    "heading": "the heading above it",
    "line": "the line or bracket that speaks for its item",
    "cell": "another cell of its row",
    "frame": "the time frame of the campaign, which binds what has no date of its own",
    "list_head": "the date that heads the list of clauses, or the paragraph of aims, in which it stands",
    "carried": "the clause before it, whose subject goes on",
}
_FAMILIES = {"unit": "units", "unit.inherited": "inherited units", "deadline": "deadlines", "deadline.inherited": "inherited deadlines", "target": "targets", "party": "parties", "citation": "citations"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as it is stored, with the edition of the rules that read it (None: it was not kept)."""

    document: Document
    edition: str | None

    def place(self, span: Span) -> Json:
        """A passage word for word with its place."""
        index = self.document.block_at(span.start)
        path = list(self.document.path(index)) if index is not None else []
        return {"quote": span.of(self.document.text), "start_char": span.start, "end_char": span.end, "page": self.document.page_at(span.start), "path": path}

    def stretch(self, span: Span, own: Span, origin: Origin | None) -> Span:
        """The stretch in which a mention's rule fired: its sentence, the line that gave it, else its paragraph."""
        for within in (own, *([origin.place] if origin else [])):
            if within.contains(span):
                return within
        index = self.document.block_at(span.start)
        return self.document.blocks[index].span if index is not None else span

    def column(self, span: Span) -> str | None:
        """The heading of the table's column in which a mention stands."""
        index = self.document.block_at(span.start)
        cells = self.document.blocks[index].cells if index is not None else ()
        return next((cell.column for cell in cells if cell.span.contains(span) and cell.column), None)


def edition_json(reading: Reading) -> Json:
    """Which rules read the document, and whether they are those of today."""
    same = reading.edition == edition()
    note = None
    if reading.edition is None:
        note = f"the edition of the rules was {AGAIN}; triggers are found with the rules of today"
    elif not same:
        note = "read with another edition of the rules: triggers are found with those of today; `kb ingest --again` reads it with them"
    return {"read_with": reading.edition, "today": edition(), "same": same, "note": note}


def _rule(rule: str) -> Json:
    return {"id": rule, "words": words_for(rule)}


def _trigger(reading: Reading, rule: str, span: Span, own: Span, origin: Origin | None = None) -> Json | None:
    found = find_trigger(rule, reading.document.text, span, reading.stretch(span, own, origin))
    return reading.place(found) if found else None


def confidence_json(rule: str, found: Estimate, stored: float | None = None) -> Json:
    """A confidence with the counts that it rests on, in words; what a person corrected is certain."""
    if rule == RULE:
        return {"value": 1.0, "words": "a person said so"}
    own, family = found.of_rule, found.of_family
    name = _FAMILIES.get(found.family, f"all of kind {found.family.removeprefix('kind.')}")
    parts = [f"the rule was right in {own.unseen_right} of {own.unseen} cases on notices that the rules had not seen"] if own.unseen else []
    parts += [f"the rule was right in {own.seen_right} of {own.seen} cases on notices that they were written with"] if own.seen else []
    parts = parts or ["the rule was not met on any annotated notice"]
    parts += [f"{name} together in {family.unseen_right} of {family.unseen} on unseen notices"] if family.unseen else []
    if stored is not None and abs(stored - found.value) > 0.0005:
        parts.append(f"{found.value} by the counts of today")
    return {"value": found.value if stored is None else stored, "words": "; ".join(parts)}


def _inherited(reading: Reading, inherited: bool, origin: Origin | None) -> Json | None:
    """What gave a mention to an obligation that does not print it."""
    if origin is not None:
        return {"way": origin.way, "words": _WAYS[origin.way]} | reading.place(origin.place)
    if not inherited:
        return None
    return {"way": None, "words": f"what it was inherited from was {AGAIN}" if reading.edition is None else "it is not known from where"}


def rename_json(name: str) -> Json | None:
    """What an organ is called today, where that differs, with the reason and the year of the last renaming."""
    today, reason = current_name(name)
    if reason is None:
        return None
    olds = [step.split(" → ")[0] for step in reason.split("；")]
    since = max((load_renames()[old].since for old in olds if old in load_renames()), default=None)
    return {"from": name, "today": today, "since": since, "reason": reason}


def _by_column(reading: Reading, span: Span, trigger: Json | None, origin: Origin | None) -> Json | None:
    """The trigger of what a cell gives: the heading of its column."""
    column = reading.column(span) if origin is not None and origin.way == "cell" else None
    return {"quote": column, "column": True} if column else trigger


def _role(reading: Reading, unit: Unit, within: Span) -> Json | None:
    """What gave a unit of a 责任单位 list another role: a verb behind its names, or the notice's own rule."""
    if unit.rule != "unit.label.responsible" or unit.role == "responsible":
        return None
    text = reading.document.text
    verb = find_trigger("unit.bracket", text, unit.span, within)
    if verb is not None and (verb.of(text) in ("配合", "协办", "协助", "参与", "支持")) == (unit.role == "cooperating"):
        return {"words": "the verb behind its names"} | reading.place(verb)
    stated = find_convention_at(text)
    return {"words": "the notice's own rule for its lists"} | reading.place(stated) if stated else None


def explain_unit(reading: Reading, own: Span, unit: Unit) -> Json:
    """Why a unit is one of an obligation's, in this role and under this name."""
    trigger = _by_column(reading, unit.span, _trigger(reading, unit.rule, unit.span, own, unit.origin), unit.origin)
    return {
        "value": unit_json(unit),
        "rule": _rule(unit.rule),
        "source": reading.place(unit.span),
        "trigger": trigger,
        "role_from": _role(reading, unit, reading.stretch(unit.span, own, unit.origin)),
        "inherited_from": _inherited(reading, unit.inherited, unit.origin),
        "rename": rename_json(unit.canonical or unit.name),
        "confidence": confidence_json(unit.rule, estimate(family_of("unit", inherited=unit.inherited), unit.rule)),
    }


def explain_deadline(reading: Reading, own: Span, deadline: Deadline) -> Json:
    """Why a deadline binds, and what its days were counted from."""
    trigger = _trigger(reading, deadline.rule, deadline.span, own, deadline.origin)
    return {
        "value": deadline_json(deadline),
        "rule": _rule(deadline.rule),
        "source": reading.place(deadline.span),
        "trigger": _by_column(reading, deadline.span, trigger, deadline.origin),
        "anchor": anchor_of(deadline, reading.document, reading.stretch(deadline.span, own, deadline.origin)),
        "inherited_from": _inherited(reading, deadline.inherited, deadline.origin),
        "confidence": confidence_json(deadline.rule, estimate(family_of("deadline", inherited=deadline.inherited), deadline.rule)),
    }


def _due(reading: Reading, target: Target) -> Json | None:
    if target.by is None:
        return None
    if target.due is not None:
        return {"words": f"due by {target.by}, the end of", "value": iso(target.by)} | reading.place(target.due)
    said = AGAIN if reading.edition is None else "from the years or the 全年 beside its figure"
    return {"words": f"due by {target.by}: {said}", "value": iso(target.by)}


def explain_target(reading: Reading, own: Span, target: Target) -> Json:
    """Why a figure is a target, and which date binds it."""
    return {
        "value": target_json(target),
        "rule": _rule(target.rule),
        "source": reading.place(target.span),
        "trigger": _trigger(reading, target.rule, target.span, own),
        "anchor": _due(reading, target),
        "confidence": confidence_json(target.rule, estimate("target", target.rule)),
    }


def explain_party(reading: Reading, own: Span, party: Party) -> Json:
    """Why a party is bound or favoured."""
    return {
        "value": {"name": party.name},
        "rule": _rule(party.rule),
        "source": reading.place(party.span),
        "trigger": _trigger(reading, party.rule, party.span, own),
        "confidence": confidence_json(party.rule, estimate("party", party.rule)),
    }


def explain_citation(reading: Reading, citation: Citation) -> Json:
    """Why a document counts as cited."""
    return {
        "value": citation_json(citation),
        "rule": _rule(citation.rule),
        "source": reading.place(citation.span),
        "trigger": reading.place(citation.span),
        "confidence": confidence_json(citation.rule, estimate("citation", citation.rule)),
    }


def explain_kind(reading: Reading, obligation: Obligation) -> Json:
    """Why a sentence is an obligation of its kind."""
    lead = lead_in(reading.document, obligation)
    trigger = reading.place(lead) if lead else _trigger(reading, obligation.rule, obligation.span, obligation.span)
    if trigger is None and obligation.rule.startswith("section.") and obligation.path:
        trigger = {"quote": obligation.path[-1], "column": False}
    found = estimate(family_of("obligation", kind=obligation.kind), obligation.rule)
    return {
        "value": {"kind": obligation.kind},
        "rule": _rule(obligation.rule),
        "source": reading.place(obligation.span),
        "trigger": trigger,
        "confidence": confidence_json(obligation.rule, found, obligation.confidence),
    }


def explain(reading: Reading, identity: str, document: str, obligation: Obligation) -> Json:
    """Why an obligation is one, with all that belongs to it."""
    own = obligation.span
    known = {citation.title or citation.document_number for citation in obligation.cited}
    lost = [{"value": {"title": name}, "unknown": f"where it is printed was {AGAIN}"} for name in obligation.citations if name not in known]
    return {
        "id": identity,
        "document": document,
        "edition": edition_json(reading),
        "kind": explain_kind(reading, obligation),
        "units": [explain_unit(reading, own, unit) for unit in obligation.units],
        "deadlines": [explain_deadline(reading, own, deadline) for deadline in obligation.deadlines],
        "targets": [explain_target(reading, own, target) for target in obligation.targets],
        "parties": [explain_party(reading, own, party) for party in obligation.parties],
        "citations": [explain_citation(reading, citation) for citation in obligation.cited] + lost,
    }


def read_back(store: Store, document: str) -> Reading:
    """A stored document as explanations need it."""
    return Reading(store.load(document), store.how_read(document)["edition"])


def why_obligation(store: Store, stored: tuple[str, str, Obligation]) -> Json:
    """The explanation of a stored obligation."""
    identity, document, obligation = stored
    [facts] = store.documents([document])
    return explain(read_back(store, document), identity, document, obligation) | {"of": document_summary(facts | {"issued_on": _day(facts["issued_on"])})}


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def why_document(store: Store, document: str) -> Json:
    """The explanation of a document: where its head's values stand, its citations and dates, and its obligations."""
    from kb.filters import Filters

    reading, how = read_back(store, document), store.how_read(document)
    obligations = [explain(reading, *stored) for stored in store.load_obligations(Filters(documents=(document,)))]
    return {
        "id": document,
        "edition": edition_json(reading),
        "head": {name: reading.place(Span(*place)) for name, place in how["head_spans"].items()},
        "deadlines": list(_printed_dates(reading, how["deadlines"])),
        "citations": [explain_citation(reading, citation) for citation in how["citations"]],
        "obligations": obligations,
    }


def _printed_dates(reading: Reading, deadlines: list[dict[str, Any]]) -> Iterator[Json]:
    """Every date that the document prints, also those that bind no obligation."""
    for stored in deadlines:
        span, rule = Span(stored["start_char"], stored["end_char"]), stored.get("rule")
        value = {key: stored[key] for key in ("raw", "type", "start", "end", "recurrence")}
        if rule is None:
            yield {"value": value, "source": reading.place(span), "unknown": f"its rule was {AGAIN}"}
        else:
            found = confidence_json(rule, estimate("deadline", rule))
            yield {"value": value, "rule": _rule(rule), "source": reading.place(span), "trigger": _trigger(reading, rule, span, span), "confidence": found}
