"""Level and places of the issuer, from its name, the title or the number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.jurisdiction import Jurisdiction, resolve_jurisdiction
from ingest.document import Head

ORGANS = [
    ("义乌市人民政府办公室", "county", ["浙江省", "金华市", "义乌市"], "330782"),
    ("中共义乌市委办公室", "county", ["浙江省", "金华市", "义乌市"], "330782"),
    ("宁波市慈溪质量技术监督局", "county", ["浙江省", "宁波市", "慈溪市"], "330282"),
    ("宁波质监局", "municipal", ["浙江省", "宁波市"], "330200"),
    ("浙江省人民政府办公厅", "provincial", ["浙江省"], "330000"),
    ("内蒙古自治区教育厅", "provincial", ["内蒙古自治区"], "150000"),
    ("北京市海淀区人民政府", "county", ["北京市", "海淀区"], "110108"),
    ("上海市经济和信息化委员会", "provincial", ["上海市"], "310000"),
    ("国务院办公厅", "national", [], None),
    ("国家发展改革委办公厅", "national", [], None),
    ("教育部", "national", [], None),
    ("中国人民银行", "national", [], None),
    ("国家税务总局金华市税务局", "municipal", ["浙江省", "金华市"], "330700"),
    ("中国人民银行南昌中心支行", "municipal", ["江西省", "南昌市"], "360100"),
    ("金华市生态环境局义乌分局", "county", ["浙江省", "金华市", "义乌市"], "330782"),
    ("义乌市佛堂镇人民政府", "township", ["浙江省", "金华市", "义乌市", "佛堂镇"], None),
    ("共青团金华市委", "municipal", ["浙江省", "金华市"], "330700"),
    ("大理白族自治州人民政府", "municipal", ["云南省", "大理白族自治州"], "532900"),
    ("襄樊市人民政府", "municipal", ["湖北省", "襄阳市"], "420600"),
    ("市教育局", None, [], None),
    ("省教育厅", "provincial", [], None),
    ("云溪县人民政府", "county", ["云溪县"], None),
    ("鼓楼区人民政府", "county", ["鼓楼区"], None),
    ("苏州市张家港质量技术监督局", "county", ["江苏省", "苏州市", "张家港市"], "320582"),
    ("国家金融监督管理总局苏州监管分局", "municipal", ["江苏省", "苏州市"], "320500"),
    ("国家统计局昆山调查队", "county", ["江苏省", "苏州市", "昆山市"], "320583"),
    ("财政部云南监管局", "provincial", ["云南省"], "530000"),
    ("公安部交通管理局", "national", [], None),
    ("水利部长江水利委员会", "national", [], None),
    ("最高人民检察院", "national", [], None),
    ("江苏省苏州市中级人民法院", "municipal", ["江苏省", "苏州市"], "320500"),
    ("苏州市吴中区人民检察院", "county", ["江苏省", "苏州市", "吴中区"], "320506"),
    ("重庆市巫山县人民政府办公室", "county", ["重庆市", "巫山县"], "500237"),
    ("济源市人民政府", "county", ["河南省", "济源市"], "419001"),
    ("锡林郭勒盟行政公署", "municipal", ["内蒙古自治区", "锡林郭勒盟"], "152500"),
    ("阿拉善左旗人民政府", "county", ["内蒙古自治区", "阿拉善盟", "阿拉善左旗"], "152921"),
    ("延边州人民政府", "municipal", ["吉林省", "延边朝鲜族自治州"], "222400"),
    ("新疆生产建设兵团办公厅", "provincial", ["新疆生产建设兵团"], None),
    ("新疆生产建设兵团第八师", "municipal", ["新疆生产建设兵团", "第八师"], None),
    ("中国人民解放军江苏省军区", "provincial", ["江苏省"], "320000"),
    ("泰安旅游经济开发区安全生产委员会办公室", "county", ["山东省", "泰安市", "泰安旅游经济开发区"], None),
    ("重庆两江新区管理委员会", "county", ["重庆市", "两江新区"], None),
    ("杭州钱塘新区管理委员会", "county", ["浙江省", "杭州市", "钱塘新区"], None),
    ("高新区管委会", "county", [], None),
    ("石家庄高新技术产业开发区管理委员会", "county", ["河北省", "石家庄市", "石家庄高新技术产业开发区"], "130171"),
]


@pytest.mark.parametrize("organ, level, region, adcode", ORGANS)
def test_the_issuing_organ_tells(organ, level, region, adcode):
    found = resolve_jurisdiction(Head(issuing_organs=(organ,)), "")
    assert (found.level, list(found.region), found.adcode) == (level, region, adcode)


HEADS = [
    (Head(title="吉林省食品质量提升方案"), "", ("provincial", "220000")),
    (Head(title="关于印发《慈溪市企业提档升级方案》的通知"), "", ("county", "330282")),
    (Head(title="关于开展专项行动的通知", document_number="浙政办〔2020〕3号"), "", ("provincial", "330000")),
    (Head(title="关于开展专项行动的通知", document_number="新政办〔2020〕3号"), "", (None, None)),
    (Head(issuing_organs=("鼓楼区人民政府",)), "根据南京市人民政府的要求", ("county", "320106")),
    (Head(issuing_organs=("鼓楼区人民政府",), cc=("福州市人民政府",)), "", ("county", "350102")),
    (Head(issuing_organs=("省教育厅",), title="浙江省教育厅关于推进减负的通知"), "", ("provincial", "330000")),
    (Head(issuing_organs=("云溪市人民政府",), recipients=("各县（市、区）人民政府",)), "", ("municipal", None)),
    (Head(issuing_organs=("云溪市人民政府",), recipients=("各乡镇人民政府",)), "", ("county", None)),
    (Head(issuing_organs=("浙江省财政厅", "浙江省民政厅")), "", ("provincial", "330000")),
    (Head(), "金华市的企业", (None, None)),
    (Head(issuing_organs=("市教育局",)), "根据《金华市教育局关于减负的通知》", ("municipal", "330700")),
    (Head(issuing_organs=("市教育局",)), "经金华市人民政府同意，报义乌市人民政府备案", (None, None)),
    (Head(issuing_organs=("县教育局",)), "按照长沙县人民政府的要求", ("county", "430121")),
    (Head(issuing_organs=("省教育厅",), document_number="苏教〔2020〕3号"), "", ("provincial", "320000")),
    (Head(title="关于开展专项行动的通知", document_number="粤教〔2020〕3号"), "", ("provincial", "440000")),
    (Head(title="关于开展专项行动的通知", document_number="渝北府发〔2020〕3号"), "", (None, None)),
    (Head(title="关于开展专项行动的通知", document_number="甬政办发〔2020〕3号"), "", ("municipal", "330200")),
    (Head(title="2023年宁波市商贸考核办法"), "", ("municipal", "330200")),
    (Head(title="2026年中央一号文件"), "", ("national", None)),
    (Head(issuing_organs=("国家发展改革委", "浙江省财政厅")), "", ("national", None)),
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
