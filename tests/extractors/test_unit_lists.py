"""Lists of units as other notices print them: joint names, bodies run from above, roles with blanks, several levels."""

from __future__ import annotations

import pytest

from extractors.units import find_units
from tests.marked import parse_marked

ROLES = {"lead": "lead", "resp": "responsible", "coop": "cooperating"}

LISTS = [
    "责任单位：<resp>市发展改革委（市粮食和物资储备局）</resp>、<resp>市财政局</resp>、<resp>农发行云溪分行</resp>",
    "责任单位：<resp>各区县（自治县）人民政府</resp>、<resp>市级有关部门</resp>",
    "（责任单位：<resp>县教育局（县体育局）</resp>，<resp>各乡镇（街道）</resp>）",
    "（<lead>市民政局</lead> 牵头，<coop>市财政局</coop>、<coop>市残联</coop> 配合）",
    "（<lead>市住房城乡建设局</lead>牵头；<coop>市发展改革委</coop>、<coop>市财政局</coop>参与）",
    "责任单位：<resp>区有关部门</resp>、<resp>单位</resp>",
    "责任单位：<resp>各有关部门</resp>和<resp>单位</resp>",
    "责任单位：<resp>各县（市、区）政府</resp>及<resp>其有关部门</resp>",
    "责任单位：<resp>人民银行云溪市分行</resp>、<resp>国家金融监督管理总局云溪监管分局</resp>、<resp>市税务局</resp>",
    "责任单位：<resp>市气象局</resp>、<resp>云溪海关</resp>、<resp>国家统计局云溪调查队</resp>",
    "（<resp>国家发展改革委</resp>、<resp>工业和信息化部</resp>、<resp>国家能源局</resp>等按职责分工负责）",
    "（<lead>农业农村部</lead>牵头，<coop>国家发展改革委</coop>、<coop>财政部</coop>等参与）",
    "（<resp>省卫生健康委</resp>、<resp>省中医药局</resp>、<resp>省疾控局</resp>按职责分工负责）",
    "（<resp>中央宣传部</resp>、<resp>教育部</resp>、<resp>共青团中央</resp>、<resp>全国妇联</resp>等按职责分工负责）",
    "牵头单位：<lead>市医保局</lead>  配合单位：<coop>市卫生健康委</coop>、<coop>市财政局</coop>",
    "牵头部门：<lead>市数据局</lead>；责任单位：<resp>市级各部门</resp>，<resp>各区县</resp>",
    "责任单位：<resp>镇农业服务中心</resp>、<resp>镇社会事务办</resp>、<resp>各村（居）委会</resp>",
    "责任单位：<resp>党政办</resp>、<resp>派出所</resp>、<resp>综合行政执法队</resp>、<resp>各村</resp>",
    "责任单位：<resp>市法院</resp>、<resp>市检察院</resp>、<resp>市公安局</resp>",
    "责任单位：<resp>县委组织部</resp>、<resp>县委编办</resp>、<resp>县人力资源和社会保障局</resp>",
    "责任单位：<resp>市总工会</resp>、<resp>团市委</resp>、<resp>市妇联</resp>、<resp>市工商联</resp>",
    "责任单位：<resp>市市场监督管理局</resp>、<resp>市城市管理和综合执法局</resp>、<resp>市文化广电和旅游局</resp>",
    "责任单位：<resp>市经贸委</resp>、<resp>市劳动保障局</resp>、<resp>市计生委</resp>、<resp>市农机局</resp>",
    "责任单位：<resp>各开发区（园区）管委会</resp>",
    "（<lead>市应急管理局</lead>会同<coop>市公安局</coop>、<coop>市消防救援支队</coop>负责）",
    "（完成时限：2025年12月；责任单位：<resp>市水利局</resp>）",
    "（<resp>市财政局</resp>负责，<coop>市审计局</coop>配合）",
    "责任单位：<resp>①市教育局</resp>".replace("<resp>①市教育局", "①<resp>市教育局"),
    "责任单位：<resp>市自然资源和规划局东岭分局</resp>、<resp>东岭街道办事处</resp>",
    "责任单位：<resp>市交通运输局</resp>（牵头）、<resp>市公安局交警支队</resp>".replace("<resp>市交通运输局</resp>", "<lead>市交通运输局</lead>"),
    "牵头单位：<lead>市人社局</lead>，配合单位：<coop>市教育局</coop>、<coop>各县区</coop>",
    "责任单位：<resp>省委教育工委</resp>、<resp>省教育厅</resp>",
    "责任单位：<resp>市科学技术局</resp> <resp>市财政局</resp> <resp>各县（市、区）人民政府</resp>",
    "牵头领导：某某某  责任单位：<resp>县乡村振兴局</resp>",
    "责任单位：<resp>区纪委监委</resp>，<resp>区委宣传部</resp>，<resp>区融媒体中心</resp>",
    "（<lead>省级数据主管部门</lead>牵头，<coop>省级有关部门</coop>配合）",
    "（<resp>各市人民政府</resp>、<resp>雄关新区管委会</resp>负责落实）",
]


@pytest.mark.parametrize("marked", LISTS)
def test_lists_of_units(marked):
    text, spans = parse_marked(marked)
    units = find_units(text)
    assert [(u.role, text[u.span.start : u.span.end]) for u in units] == [(ROLES[label], text[a:b]) for label, a, b in spans]
    assert all(u.listed for u in units)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("责任单位：市教育局市公安局市市场监管局、市民政局", ["市教育局", "市公安局", "市市场监管局", "市民政局"]),
        ("责任单位：市委市政府督查室、县委县政府", ["市委市政府督查室", "县委县政府"]),
        ("责任单位：市市场监管局、市区两级财政局", ["市市场监管局", "市区两级财政局"]),
    ],
)
def test_names_that_nothing_parts(text: str, names: list[str]) -> None:
    assert [unit.name for unit in find_units(text)] == names
