from __future__ import annotations

import pytest

from extractors.leads import find_leads
from extractors.sentences import split_sentences
from ingest import read_bytes

CASES = [
    ("第五条 承办企业不得有下列行为：\n（一）虚报数量；\n（二）挪用资金。\n第六条 企业应当建账。\n", ["", "承办企业不得有下列行为", "承办企业不得有下列行为", ""]),
    ("一、纪律要求\n严禁以下行为：\n虚报数量；\n挪用资金。\n各地要加强检查。\n", ["", "严禁以下行为", "严禁以下行为", ""]),
    ("一、纪律要求\n各单位不得有以下行为：虚报数量；挪用资金；弄虚作假。各地要加强检查。\n", ["", "各单位不得有以下行为", "各单位不得有以下行为", ""]),
    ("一、主要任务\n1.建立台账。\n2.加强检查。\n", ["", ""]),
]


@pytest.mark.parametrize("body, expected", CASES)
def test_the_lead_in_speaks_for_every_item(body, expected):
    document = read_bytes("示例.txt", f"云溪市储备管理办法\n\n{body}".encode())
    assert find_leads(document, split_sentences(document)) == expected
