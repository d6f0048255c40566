"""Responsible units: lists, brackets, cells and subjects, with the role each form gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.units import find_list_convention, find_unit_lines, find_units, split_units
from tests.marked import parse_marked

ROLES = {"lead": "lead", "resp": "responsible", "coop": "cooperating"}

LISTS = [
    "责任单位：<resp>市农委</resp>、<resp>市商务局</resp>，<resp>各乡镇（街道、管委会）</resp>",
    "责任单位：<resp>市市场监管局</resp>及<resp>有关部门</resp>",
    "责任单位：<lead>市食安办</lead>会同<coop>市食安委相关成员单位</coop>，<resp>各乡镇（街道）</resp>",
    "牵头单位：<lead>市教育局</lead>；配合单位：<coop>市公安局</coop>，<coop>市卫生健康委</coop> 完成时限：2025年6月底前",
    "牵头单位:<lead>省发展改革委</lead>;责任单位:<resp>省财政厅</resp>,<resp>各市、县人民政府</resp>",
    "（<lead>市教育局</lead>牵头，<coop>市公安局</coop>、<coop>市城管局</coop>配合）",
    "优先安排用地。（<resp>市自然资源和规划局</resp>、<resp>市住房和城乡建设局</resp>等按职责分工负责）",
    "补助养老机构。（<lead>省民政厅</lead>牵头，<coop>省财政厅</coop>、<coop>省卫生健康委</coop>，<coop>各市、县〔区〕人民政府</coop>配合）",
    "开展试点。（<lead>国家发展改革委</lead>会同<coop>有关部门</coop>负责）",
    "开展试点。（责任单位：<resp>区教育局</resp>、<resp>各街道办事处</resp>）",
    "[牵头单位：<lead>县人社局</lead>；配合单位：<coop>县财政局</coop>]",
    "【责任单位：<resp>县农业农村局</resp>】",
    "（6月底完成，牵头考核单位：<lead>市政府办公室</lead>、<lead>市公安局</lead>）",
    "责任单位：<lead>市农业农村局</lead>（牵头）、<resp>市财政局</resp>",
    "责任单位：<resp>云溪市生态环境局东岭分局</resp>、<resp>市发展和改革委员会</resp>和<resp>市财政局</resp>",
    "主办单位：<lead>市科技局</lead>  协办单位：<coop>市工信局</coop>",
    "责任单位：<resp>市教育局</resp>等部门",
    "（<resp>各市州人民政府</resp>，<resp>省农业农村厅</resp>、<resp>省财政厅</resp>按职责分工负责）",
    "责任单位：<resp>省教育厅</resp> <resp>省财政厅</resp> <resp>省人力资源社会保障厅</resp>",
    "责任单位：<lead>市教育局</lead>牵头，<coop>市公安局</coop>、<coop>市司法局</coop>等部门配合",
    "（2025年6月底前，<resp>市教育局</resp>负责）",
    "开展试点。（<resp>市教育局</resp>）",
    "责任单位：<resp>局属各单位</resp>，<resp>机关各科室</resp>",
    "（牵头单位为<lead>市科技局</lead>，参与单位为<coop>市财政局</coop>、<coop>市工业和信息化局</coop>）",
    "责任领导：李某  责任科室：<resp>政策法规科</resp>、<resp>人事科</resp>",
    "责任部门：<resp>市委宣传部</resp>、<resp>团市委</resp>、<resp>市妇联</resp>。完成时间：长期坚持",
]

SUBJECTS = [
    "由<lead>市食安办</lead>会同<coop>市教育局</coop>等部门组织实施。",
    "由<resp>质监局</resp>组织技术骨干开展帮扶。",
    "由<lead>市质监局</lead>牵头，<coop>市财政局</coop>、<coop>市商务局</coop>参与。",
    "<resp>各地局</resp>要按照方案开展行动。",
    "<resp>各区县政府</resp>要将其纳入年度计划。",
    "<resp>各乡镇（街道、管委会）</resp>和<resp>市直有关部门</resp>要认真组织实施。",
    "<resp>质监</resp>、<resp>财政</resp>、<resp>商务</resp>等部门密切协作。",
    "<resp>公安机关</resp>、<resp>检察机关</resp>与<resp>市场监管部门</resp>要严格履行职责。",
    "<resp>食品行政监管部门</resp>在查办案件中应当移送线索。",
    "<resp>市级有关部门</resp>应当加强指导。",
    "<resp>省局</resp>将对各地开展情况进行督导。",
    "由各企业提出申请，<resp>质监局</resp>组织验收，同时邀请<coop>市食安办</coop>、<coop>人大</coop>、<coop>政协</coop>的领导参与其中。",
    "<lead>县财政局</lead>会同<coop>县市场监管局</coop>依法追缴。",
    "2025年底前，<resp>市教育局</resp>要完成排查。",
    "<resp>各地区</resp>、<resp>各有关部门</resp>要高度重视。",
    "<resp>县级以上地方人民政府</resp>应当将经费列入预算。",
    "<resp>市大数据局</resp>负责平台的建设，<resp>市自然资源局</resp>负责审查。",
    "<resp>公安</resp>、<resp>城管</resp>等部门要加大执法力度。",
    "（一）<resp>市公安局</resp>：负责打击违法犯罪行为。",
    "2.<resp>市教育局</resp>。负责指导学校开展工作。",
    "<resp>各地</resp>主要负责同志要亲自抓。",
    "<resp>各县（市、区）</resp>、<resp>市直有关部门</resp>每月5日前将进展报市食安办。",
    "所需经费由<resp>市、县两级财政</resp>承担。",
    "<resp>市、县两级市场监管部门</resp>要开展检查。",
    "建立岗位津贴制度，由<resp>所在县（市、区）</resp>发放。",
    "<resp>各乡镇</resp>、<resp>各部门</resp>主要负责人是第一责任人，要做到一岗双责。",
    "<resp>交警</resp>、<resp>交通运输部门</resp>6月底前完成护栏安装。",
    "<lead>各省级膳食安全部门</lead>会同<coop>教育</coop>、<coop>公安部门</coop>制定清单。",
    "<resp>村（居）民委员会</resp>、社会工作服务机构对独居老年人每月上门探访1次。",
    "报酬由<resp>区县</resp>自行承担。",
    "<resp>各级财政</resp>要加大投入。",
    "学校、<resp>教育部门</resp>要加强管理。",
    "<resp>市、县（区）教育部门</resp>要加强管理。",
    "<resp>各省、自治区、直辖市人民政府</resp>要切实加强组织领导。",
    "<lead>发改部门</lead>会同<coop>相关行业主管部门</coop>，<resp>各区县政府</resp>、<resp>各园区管委会</resp>，根据计划提出项目。",
    "<lead>发改部门</lead>根据全市规划，会同<coop>各行业主管部门</coop>建立项目库。",
    "具体工作由<resp>县残联</resp>承担，<resp>县财政局</resp>予以保障。",
    "请<resp>各县市区</resp>于12月20日前将总结报市局。",
    "<lead>市数据局</lead>牵头建设数据专区，<coop>市直有关单位</coop>配合。",
    "<resp>税务</resp>、<resp>人社</resp>、<resp>医保部门</resp>联合开展宣传。",
    "（二）<resp>市卫生健康委</resp>要加强指导。",
]

NO_UNITS = [
    "市政府已成立专项工作领导小组。",
    "要主动向地方政府汇报，争取财政支持。",
    "在省有关部门指导下，率先推进设施建设。",
    "协调各相关部门一致行动。",
    "企业要结合自身实际，选择适宜的管理模式。",
    "配合各有关部门加强宣传。",
    "支持市场监管部门依法履职。",
    "各食品生产企业应当建立制度。",
    "经市政府同意，现印发给你们。",
    "加强各级公安机关专职队伍建设。",
    "建设单位应当采取防尘措施。",
    "压实街道、社区属地责任，落实行业主管部门监管责任。",
    "加强与发展改革、财政等部门的沟通协调。",
    "所需资金由省、市、县按照比例分担。",
    "市属国有企业要带头落实。",
    "物业服务企业、业主委员会应当配合街道办事处开展工作。",
]


def _expected(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    text, spans = parse_marked(marked)
    return text, [(ROLES[label], start, end) for label, start, end in spans]


@pytest.mark.parametrize("marked", LISTS)
def test_units_of_lists(marked):
    text, expected = _expected(marked)
    units = find_units(text)
    assert [(u.role, u.span.start, u.span.end) for u in units] == expected
    assert all(u.listed for u in units)


@pytest.mark.parametrize("marked", SUBJECTS)
def test_units_that_sentences_tell_to_act(marked):
    text, expected = _expected(marked)
    units = find_units(text)
    assert [(u.role, u.span.start, u.span.end) for u in units] == expected
    assert not any(u.listed for u in units)


@pytest.mark.parametrize("text", NO_UNITS)
def test_organs_that_do_not_act_and_parties_are_no_units(text):
    assert [u.name for u in find_units(text)] == []


PASSAGES = [
    "完善制度。<list>责任单位：市农委、市商务局</list>",
    "<list>牵头单位：市教育局；配合单位：市公安局，市财政局 </list>完成时限：2025年6月底前",
    "完善制度。<list>（责任单位：市农委、各乡镇（街道））</list>",
    "完善制度<list>（市教育局牵头，市公安局配合）</list>。",
    "完善制度（以下简称制度），市教育局负责解释。",
    "<list>责任单位：市农委。</list>加强宣传。",
]


@pytest.mark.parametrize("marked", PASSAGES)
def test_the_passages_that_are_lists(marked):
    text, spans = parse_marked(marked)
    found = [text[span.start : span.end] for span in find_unit_lines(text)]
    assert [words.strip() for words in found] == [text[start:end].strip() for _, start, end in spans]


@pytest.mark.parametrize(
    "said, roles",
    [
        ("（逗号前为牵头单位，下同）", ["lead", "lead", "responsible"]),
        ("（逗号前为牵头单位，逗号后为配合单位）", ["lead", "lead", "cooperating"]),
        ("（列第一位的为牵头单位，下同）", ["lead", "responsible", "responsible"]),
        ("排在第一位的为牵头单位，其他单位为配合单位。", ["lead", "cooperating", "cooperating"]),
        ("请认真贯彻执行。", ["responsible", "responsible", "responsible"]),
    ],
)
def test_a_notice_states_how_its_lists_are_read(said, roles):
    convention = find_list_convention(said)
    units = find_units("责任单位：市教育局、市公安局，市财政局", convention=convention)
    assert [u.role for u in units] == roles


@pytest.mark.parametrize(
    "cell, names",
    [
        ("市教育局、市公安局", ["市教育局", "市公安局"]),
        ("市教育局\n市公安局", ["市教育局", "市公安局"]),
        ("各乡镇（街道、管委会）", ["各乡镇（街道、管委会）"]),
        ("", []),
    ],
)
def test_units_of_a_cell(cell, names):
    units = split_units(cell, "lead")
    assert [u.name for u in units] == names
    assert all(u.role == "lead" for u in units)


WORDS = st.lists(
    st.sampled_from(["责任单位：", "市教育局", "、", "，", "（", "）", "牵头", "会同", "由", "各有关部门", "等部门", "\n", "和", "完成时限：", "。", "要", "公安"]) | st.text(max_size=3),
    max_size=20,
).map("".join)


@given(WORDS)
def test_any_text_gives_units_inside_it_and_in_order(text):
    spans = [unit.span for unit in find_units(text)]
    assert spans == sorted(spans)
    assert all(0 <= span.start < span.end <= len(text) for span in (*spans, *find_unit_lines(text)))
    assert all("".join(text[u.span.start : u.span.end].split()) == u.name for u in find_units(text))
