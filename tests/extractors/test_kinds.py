"""What kind of obligation a sentence is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.kinds import find_kind

CASES = [
    ("2024年，全市新增托位1000个。", (), "target"),
    ("新增光伏装机容量20MW。", (), "target"),
    ("已新增托位1000个。", (), None),
    ("2024年和2025年分别新建幼儿园10所、12所。", (), "duty"),
    ("2023、2024、2025年分别完成改造200户、300户和400户。", (), "duty"),
    ("养老机构不得收取押金。", (), "prohibition"),
    ("严禁在疏散通道停放电动自行车，严禁占用消防车道。", (), "prohibition"),
    ("企业应当建立台账，不得伪造记录。", (), "prohibition"),
    ("坚决打击非法集资，严防重大风险。", (), "duty"),
    ("用人单位应当依法缴纳社会保险费。", (), "duty"),
    ("各县要健全机制，加强宣传。", (), "duty"),
    ("建立健全部门协作机制。", (), "duty"),
    ("在全市幼儿园全面推行晨检制度。", (), "duty"),
    ("由县教育局组织各学校自查。", (), "duty"),
    ("把整改情况作为年度考核的重要内容。", (), "duty"),
    ("违反规定的，由主管部门责令改正，可以处五千元以下罚款。", (), "duty"),
    ("要充分认识这项工作是民生实事的重要内容。", ("一、重要意义",), "duty"),
    ("到2025年，养老床位总数达到8000张。", (), "target"),
    ("监管体系基本建立，群众满意度明显提升。", ("二、工作目标",), "target"),
    ("农产品抽检合格率稳定在98%以上。", (), "target"),
    ("到2027年，全面推行电子证照，监管体系基本建立。", ("二、工作目标",), "duty"),
    ("对吸纳就业的企业给予一次性补贴。", (), "support"),
    ("对符合条件的农户，优先安排贷款贴息。", (), "support"),
    ("加大技术扶持力度，促进小微企业发展。", (), "support"),
    ("建立补贴机制，给予适当补助。", (), "duty"),
    ("鼓励社会力量兴办托育机构，形成多元供给格局。", (), "encouragement"),
    ("申请人可以通过网上平台提交材料。", (), "encouragement"),
    ("鼓励企业创新，加强行业监管。", (), "duty"),
    ("倡导绿色出行。", (), "encouragement"),
    ("校外培训机构一律不得占用法定节假日组织培训。", (), "prohibition"),
    ("用人单位招用就业困难人员的，给予社会保险补贴。", (), "support"),
    ("申请人对决定不服的，可以依法申请复议。", (), "encouragement"),
    ("每千名老年人拥有养老床位不少于40张。", (), "target"),
    # an act that something is said of, a limit lifted, prizes, figures that an assessment counts
    ("发展托育服务是积极应对人口变化的重要举措，事关千家万户。", (), None),
    ("推进健康城市建设，是市委、市政府作出的重大决策部署。", (), None),
    ("推进健康城市建设是重要举措，各地要高度重视。", (), "duty"),
    ("开展督导检查，重点是企业落实主体责任情况。", (), "duty"),
    ("区内的设计企业承揽合作项目时，不受投资比例限制。", (), "encouragement"),
    ("上述奖项分别设金奖一名、银奖二名，得奖金7万元、5万元。", (), "support"),
    ("当年完成改造任务各奖励2万元。", (), "support"),
    ("领导小组可视各单位工作情况，设置特别鼓励奖。", (), "support"),
    ("住宿业营业额比上年实绩增长13%。", (), "target"),
    ("住宿业营业额增长13%；（50分）", (), "target"),
    ("全年住宿业营业额比上年增长13%。", (), None),
    ("鼓励制造企业开展服务外包，加快产品迭代。", (), "encouragement"),
    ("落实小微企业补贴政策。", (), "duty"),
    ("4月2日，云溪镇一鞋材厂发生火灾，过火面积达1000余平方米。", (), None),
    ("符合条件的人员向培训机构所在区人社局提出补贴申请。", (), "duty"),
    ("未经批准设置的广告，均属清理的对象。", (), None),
    ("其中，培训费补贴标准包含培训和鉴定两部分费用。", (), None),
    ("每发现1个着火点，每个自然村罚200元。", (), "duty"),
    ("发现焚烧现象的，整个村不享受奖补政策。", (), "duty"),
    ("通过限行减少排气污染，改善环境质量。", ("一、实施目的",), None),
    ("偷捕举报电话：", (), None),
    ("除法律禁止的领域外，投资一律向社会资本开放。", (), "duty"),
    ("——培育一批托育龙头企业。", ("一、总体目标",), "duty"),
    ("教育支出20.5亿元，增长1.2%。", (), None),
    ("完成示范点建设得10分，未完成的不得分。", (), None),
    ("未按规定公示收费标准的；", (), None),
    ("云溪市养老服务管理办法（试行）", (), None),
    ("部分疏散通道堵塞，消防设施损坏。", ("一、消防领域",), None),
    ("电动自行车的销售者不得实施下列行为：", (), "prohibition"),
    ("各部门依据职责制定本部门实施方案。", (), "duty"),
    ("要坚持业务协同原则，形成工作合力。", ("一、总体要求",), "duty"),
    ("以人民健康为中心，加强统筹。", ("一、总体要求",), None),
    ("到2025年，每千人口拥有托位4.5个。", ("一、总体要求",), "target"),
    ("新增停车位1000个，累计建设充电桩4600个。", (), "duty"),
    ("部分养老机构存在消防安全隐患。", (), None),
    ("养老服务事关千家万户。", (), None),
    ("近年来，我县托育服务发展较快，但仍存在一些问题。", (), None),
    ("市政府已成立了领导小组，具体领导这项工作。", (), None),
    ("以高质量发展为主题，加强统筹，推进改革。", ("一、指导思想",), None),
    ("本办法所称养老机构，是指提供全日制照料的机构。", ("第一章 总则",), None),
    ("本办法自2024年1月1日起施行，有效期5年。", ("第五章 附则",), None),
    ("本办法由市民政局负责解释。", (), None),
    ("本市行政区域内的养老服务，适用本办法。", (), None),
    ("为了规范养老服务，根据有关法律，制定本办法。", (), None),
    ("现将《云溪市托育服务办法》印发给你们，请认真贯彻执行。", (), None),
    ("各县（市、区）人民政府，市政府各部门：", (), None),
    ("2024年3月5日", (), None),
    ("联系人：王芳，电话：12345678", (), None),
    ("专项行动从2021年4月开始，至12月结束。", (), None),
    ("全年实现地区生产总值321.5亿元，比上年增长5.1%。", (), None),
]


@pytest.mark.parametrize("sentence, path, kind", CASES)
def test_find_kind(sentence, path, kind):
    assert find_kind(sentence, path)[0] == kind


def test_a_paragraph_before_the_outline_says_why_the_notice_is_issued():
    sentence = "为加强托育服务监管，提升服务质量，促进行业发展，经县政府研究。"
    assert find_kind(sentence, opening=True)[0] is None


@given(st.text(), st.lists(st.text(max_size=8), max_size=3), st.booleans())
def test_any_string_has_a_verdict_with_its_rule(text, path, opening):
    kind, rule = find_kind(text, path, opening=opening)
    assert rule and kind in {None, "duty", "prohibition", "target", "support", "encouragement"}


@given(st.text(alphabet="，。；：要不得鼓励给予到年达提高的是企业对为在1%\n", max_size=80))
def test_a_mix_of_its_words_has_a_verdict(text):
    assert find_kind(text)[1]
