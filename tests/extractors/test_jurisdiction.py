"""Level and places of the issuer, from its name, the title or the number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.jurisdiction import Jurisdiction, resolve_jurisdiction
from ingest.document import Head

ORGANS = [
    ("新郑市人民政府办公室", "county", ["河南省", "郑州市", "新郑市"], "410184"),
    ("中共新郑市委办公室", "county", ["河南省", "郑州市", "新郑市"], "410184"),
    ("苏州市张家港质量技术监督局", "county", ["江苏省", "苏州市", "张家港市"], "320582"),
    ("苏州质监局", "municipal", ["江苏省", "苏州市"], "320500"),
    ("河南省人民政府办公厅", "provincial", ["河南省"], "410000"),
    ("内蒙古自治区教育厅", "provincial", ["内蒙古自治区"], "150000"),
    ("北京市海淀区人民政府", "county", ["北京市", "海淀区"], "110108"),
    ("上海市经济和信息化委员会", "provincial", ["上海市"], "310000"),
    ("国务院办公厅", "national", [], None),
    ("国家发展改革委办公厅", "national", [], None),
    ("教育部", "national", [], None),
    ("中国人民银行", "national", [], None),
    ("国家税务总局郑州市税务局", "municipal", ["河南省", "郑州市"], "410100"),
    ("中国人民银行南昌中心支行", "municipal", ["江西省", "南昌市"], "360100"),
    ("郑州市生态环境局新郑分局", "county", ["河南省", "郑州市", "新郑市"], "410184"),
    ("新郑市龙湖镇人民政府", "township", ["河南省", "郑州市", "新郑市", "龙湖镇"], None),
    ("共青团郑州市委", "municipal", ["河南省", "郑州市"], "410100"),
    ("大理白族自治州人民政府", "municipal", ["云南省", "大理白族自治州"], "532900"),
    ("襄樊市人民政府", "municipal", ["湖北省", "襄阳市"], "420600"),
    ("市教育局", None, [], None),
    ("省教育厅", "provincial", [], None),
    ("云溪县人民政府", "county", ["云溪县"], None),
    ("鼓楼区人民政府", "county", ["鼓楼区"], None),
    ("石家庄高新技术产业开发区管理委员会", "county", ["河北省", "石家庄市", "石家庄高新技术产业开发区"], "130171"),
]


@pytest.mark.parametrize("organ, level, region, adcode", ORGANS)
def test_the_issuing_organ_tells(organ, level, region, adcode):
    found = resolve_jurisdiction(Head(issuing_organs=(organ,)), "")
    assert (found.level, list(found.region), found.adcode) == (level, region, adcode)


HEADS = [
    (Head(title="黑龙江省食品质量提升方案"), "", ("provincial", "230000")),
    (Head(title="关于印发《张家港市企业提档升级方案》的通知"), "", ("county", "320582")),
    (Head(title="关于开展专项行动的通知", document_number="豫政办〔2020〕3号"), "", ("provincial", "410000")),
    (Head(title="关于开展专项行动的通知", document_number="新政办〔2020〕3号"), "", (None, None)),
    (Head(issuing_organs=("鼓楼区人民政府",)), "根据南京市人民政府的要求", ("county", "320106")),
    (Head(issuing_organs=("鼓楼区人民政府",), cc=("福州市人民政府",)), "", ("county", "350102")),
    (Head(issuing_organs=("省教育厅",), title="河南省教育厅关于推进减负的通知"), "", ("provincial", "410000")),
    (Head(issuing_organs=("云溪市人民政府",), recipients=("各县（市、区）人民政府",)), "", ("municipal", None)),
    (Head(issuing_organs=("云溪市人民政府",), recipients=("各乡镇人民政府",)), "", ("county", None)),
    (Head(issuing_organs=("河南省财政厅", "河南省民政厅")), "", ("provincial", "410000")),
    (Head(), "郑州市的企业", (None, None)),
]


@pytest.mark.parametrize("head, text, expected", HEADS)
def test_the_head_tells(head, text, expected):
    found = resolve_jurisdiction(head, text)
    assert (found.level, found.adcode) == expected


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_head_is_read(organ, title):
    found = resolve_jurisdiction(Head(issuing_organs=(organ,), title=title), title)
    assert isinstance(found, Jurisdiction)
    assert found.adcode is None or found.region
