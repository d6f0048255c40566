"""Regulated parties (适用对象) of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.parties import find_parties
from tests.marked import parse_marked

CASES = [
    # bound as the subject
    ("<p>养老机构</p>应当建立入住评估制度。", "duty"),
    ("<p>所有获证企业</p>要建立台账。", "duty"),
    ("<p>从事托育服务的机构和个人</p>不得虐待儿童。", "prohibition"),
    ("<p>争创质量奖的企业</p>必须推行新标准。", "duty"),
    ("<p>用人单位</p>应当依法缴纳社会保险费。", "duty"),
    ("<p>出租人</p>、<p>承租人</p>应当签订合同。", "duty"),
    # urged, encouraged, favoured
    ("督促<p>餐饮企业</p>和<p>学校食堂</p>落实主体责任。", "duty"),
    ("引导<p>种植大户</p>、<p>家庭农场</p>购买农业保险。", "duty"),
    ("鼓励<p>社会力量</p>兴办养老机构。", "encouragement"),
    ("对<p>吸纳就业困难人员的企业</p>给予补贴。", "support"),
    ("支持<p>高校毕业生</p>自主创业。", "encouragement"),
    ("促进<p>小微企业</p>发展。", "duty"),
    # inspected, graded, punished
    ("加强<p>获证企业</p>监督检查。", "duty"),
    ("健全<p>用人单位</p>诚信档案。", "duty"),
    ("对<p>校外培训机构</p>开展拉网式排查。", "duty"),
    ("落实<p>药品经营、使用单位</p>质量安全主体责任。", "duty"),
    ("加强对<p>网络直播平台</p>的监管。", "duty"),
    ("加强<p>网约车平台公司</p>资质清查。", "duty"),
    ("<p>公共数据开放主体</p>应当分类开放数据。", "duty"),
    ("<p>医疗机构</p>及其<p>医务人员</p>要规范诊疗。", "duty"),
    ("符合条件的农户", None),
    ("<p>符合条件的老年人</p>可申请护理补贴。", "encouragement"),
    ("组织<p>退役军人</p>参加技能培训。", "duty"),
    ("引导<p>劳动者</p>合理流动。", "duty"),
    ("<p>任何单位</p>和<p>个人</p>不得占用消防通道。", "prohibition"),
    ("以<p>云溪乳业</p>、<p>好麦面业</p>为龙头，打造产业集群。", "duty"),
    # one phrase for parts that share a head
    ("鼓励<p>农产品批发、零售市场开办者</p>公示信息。", "encouragement"),
    ("充分发挥<p>电视、报刊、网络等新闻媒体</p>作用。", "duty"),
    # no parties
    ("推进企业信用体系建设。", "duty"),
    ("抓好企业质量帮扶工作。", "duty"),
    ("各有关单位要加强协作。", "duty"),
    ("各级政府和有关部门要高度重视。", "duty"),
    ("加强基层执法人员队伍建设。", "duty"),
    ("配备专业技术人员。", "duty"),
    ("结合企业实际制定方案。", "duty"),
    ("提高群众满意度。", "duty"),
    ("保障残疾人合法权益。", "duty"),
    ("幼儿园覆盖率达到85%以上。", "target"),
    ("注册志愿者人数占比达到13%。", "target"),
    ("要充分认识推动企业发展的重要意义。", "duty"),
    ("强化与行业协会沟通。", "duty"),
    ("新建养老机构3家。", "duty"),
    ("企业是创新的主体。", None),
]


@pytest.mark.parametrize("marked, kind", CASES)
def test_find_parties(marked, kind):
    text, spans = parse_marked(marked)
    found = find_parties(text, kind)
    assert [("p", party.span.start, party.span.end) for party in found] == spans


def test_a_short_form_of_a_party_is_not_repeated():
    names = [p.name for p in find_parties("督促有关小型食品企业整改，帮助小型企业发展。", "duty")]
    assert names == ["有关小型食品企业"]


@given(st.text() | st.text(alphabet="，。、的和等对企业学校机构单位人员加强督促（）“”以为龙头公司 \n", max_size=80))
def test_any_string_gives_spans_inside_it_in_order(text):
    found = find_parties(text, "duty")
    assert all(0 <= p.span.start < p.span.end <= len(text) and p.span.of(text) == p.name for p in found)
    assert all(a.span.end <= b.span.start for a, b in zip(found, found[1:], strict=False))
