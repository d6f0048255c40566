from __future__ import annotations

import pytest

from extractors.carry import carry_subjects
from extractors.parties import find_parties
from extractors.sentences import plain_document, split_sentences
from extractors.units import find_units

CASES = [
    ("各县区民政局要于6月20日前报送方案；12月20日前报送总结。", [["各县区民政局"], ["各县区民政局"]]),
    ("市民政局、市财政局要落实资金；加强检查；及时通报。", [["市民政局", "市财政局"]] * 3),
    ("市民政局会同市财政局制定方案；年底前完成评估。", [["市民政局", "市财政局"], ["市民政局"]]),
    ("建立由牵头部门组织推动的责任体系；全县安全形势明显好转。", [["牵头部门"], []]),
    ("市民政局要加强指导；养老机构应当建立台账。", [["市民政局"], []]),
    ("市民政局要加强指导。建立台账。", [["市民政局"], []]),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_a_subject_goes_on_to_the_clauses_behind_it(text, expected):
    sentences = split_sentences(plain_document(text))
    units = [[u for u in find_units(text) if s.span.contains(u.span)] for s in sentences]
    parties = [find_parties(s.span.of(text), "duty") for s in sentences]
    found = carry_subjects(text, sentences, units, parties)
    assert [[u.name for u in own] for own in found] == expected
