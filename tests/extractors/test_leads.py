from __future__ import annotations

import pytest

from extractors.leads import find_leads, kind_under
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


ITEMS = [
    ("市民政局履行下列职责", None, "法律、法规规定的其他职责。", "duty"),
    ("申请救助应当符合下列条件", None, "具有本市户籍；", "duty"),
    ("有下列情形之一的，不予救助", "duty", "提供虚假材料的；", None),
    ("有下列行为之一的，由主管部门责令改正", "duty", "挪用救助金的；", None),
    ("失业人员享受下列待遇", None, "职业介绍服务；", "support"),
    ("申请人可以通过以下方式申请", None, "到街道窗口；", "encouragement"),
    ("救助遵循下列原则", "duty", "公开公正；", None),
    ("工作人员不得有下列行为", None, "泄露个人信息；", "prohibition"),
]


@pytest.mark.parametrize("lead, own, sentence, kind", ITEMS)
def test_the_kind_that_a_lead_in_gives_an_item(lead, own, sentence, kind):
    found = kind_under(lead, own, sentence)
    assert found is not None
    assert found[0] == kind


@pytest.mark.parametrize("lead", ["", "主要任务", "市民政局负责以下工作"])
def test_an_item_that_asks_by_itself_keeps_its_kind(lead):
    assert kind_under(lead, "prohibition", "不得截留资金；") is None
