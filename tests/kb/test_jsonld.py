"""Documents on the web of data: what they are, whether in force, what they do to each other."""

from __future__ import annotations

from datetime import date

from kb.export.jsonld import RELATIONS, graph
from kb.validity import judge
from tests.kb.bases import document

LINKS = [
    {"document_id": "a", "relation": "replaces", "title": "旧办法", "document_number": None, "resolved": "b"},
    {"document_id": "a", "relation": "implements", "title": "上位意见", "document_number": "澜政发〔2020〕1号", "resolved": None},
]


def test_a_document_is_a_legislation_with_its_links() -> None:
    facts = document(printed_on=None, effective_on="2024-04-01", expires_on="2026-03-31", issuing_organs=["云溪市人民政府"])
    found = graph([facts], LINKS, {"a": judge(facts, date(2027, 1, 1))})
    [node] = found["@graph"]
    assert node["@type"] == ["Legislation", "eli:LegalResource"] and node["legislationLegalForce"] == "NotInForce"
    assert node["legislationRepeals"] == node["eli:repeals"] == node["dcterms:replaces"] == [{"@id": "urn:notice-kb:document:b"}]
    assert node["eli:implements"] == [{"@type": "Legislation", "name": "上位意见", "legislationIdentifier": "澜政发〔2020〕1号"}]
    assert node["legislationPassedBy"] == [{"@type": "GovernmentOrganization", "name": "云溪市人民政府"}]
    assert "datePublished" not in node and found["@context"]["@vocab"] == "https://schema.org/"


def test_every_relation_has_its_terms() -> None:
    from typing import get_args

    from kb.links import Relation

    assert set(RELATIONS) == set(get_args(Relation))
