"""JSON-LD: the documents and what they do to each other, in the terms of schema.org Legislation and ELI (European Legislation Identifier)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from kb.records import Json
from kb.validity import Validity

CONTEXT = {
    "@vocab": "https://schema.org/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "dcterms": "http://purl.org/dc/terms/",
}
# What a notice does to another, as schema.org and as ELI (or Dublin Core) call it.
RELATIONS: dict[str, tuple[str, ...]] = {
    "implements": ("legislationEnsuresImplementationOf", "eli:implements"),
    "based_on": ("legislationApplies", "eli:based_on"),
    "forwards": ("eli:cites", "dcterms:references"),
    "amends": ("legislationAmends", "eli:amends"),
    "repeals": ("legislationRepeals", "eli:repeals"),
    "replaces": ("legislationRepeals", "eli:repeals", "dcterms:replaces"),
}
_IN_FORCE = {"in force": "InForce", "not yet in force": "NotInForce", "expired": "NotInForce", "repealed": "NotInForce", "replaced": "NotInForce"}
_ELI_FORCE = {"InForce": "eli:InForce-inForce", "NotInForce": "eli:InForce-notInForce"}


def graph(documents: Iterable[Json], links: Iterable[Json], validity: Mapping[str, Validity]) -> Json:
    """Every document as a Legislation, with the day's validity and its links; a document that is not stored by name and number."""
    of: defaultdict[str, list[Json]] = defaultdict(list)
    for link in links:
        of[link["document_id"]].append(link)
    return {"@context": CONTEXT, "@graph": [legislation(document, of[document["id"]], validity.get(document["id"])) for document in documents]}


def legislation(document: Json, links: Iterable[Json], validity: Validity | None) -> Json:
    """One document."""
    node: Json = {
        "@id": identifier(document["id"]),
        "@type": ["Legislation", "eli:LegalResource"],
        "name": document["title"],
        "alternateName": document["enclosed_title"],
        "inLanguage": "zh-CN",
        "legislationIdentifier": document["document_number"],
        "eli:id_local": document["document_number"],
        "legislationType": document["document_type"],
        "legislationPassedBy": [{"@type": "GovernmentOrganization", "name": name} for name in document["issuing_organs"]],
        "legislationJurisdiction": _place(document),
        "legislationDate": document["issued_on"],
        "eli:date_document": document["issued_on"],
        "datePublished": document["printed_on"],
        "legislationDateOfApplicability": document["effective_on"],
        "eli:first_date_entry_in_force": document["effective_on"],
        "expires": document["expires_on"],
        "eli:date_no_longer_in_force": document["expires_on"],
    }
    if validity:
        force = _IN_FORCE[validity.status]
        node |= {"legislationLegalForce": force, "eli:in_force": {"@id": _ELI_FORCE[force]}}
    for link in links:
        for term in RELATIONS[link["relation"]]:
            node.setdefault(term, []).append(_target(link))
    return {key: value for key, value in node.items() if value not in (None, [], "")}


def identifier(identity: str) -> str:
    """The name of a stored document on the web of data."""
    return f"urn:notice-kb:document:{identity}"


def _place(document: Mapping[str, Any]) -> Json | None:
    region = document["region"] or (["中华人民共和国"] if document["level"] == "national" else [])
    return {"@type": "AdministrativeArea", "name": "".join(region), "identifier": document["adcode"]} if region else None


def _target(link: Mapping[str, Any]) -> Json:
    if link["resolved"]:
        return {"@id": identifier(link["resolved"])}
    named = {"@type": "Legislation", "name": link["title"], "legislationIdentifier": link["document_number"]}
    return {key: value for key, value in named.items() if value}
