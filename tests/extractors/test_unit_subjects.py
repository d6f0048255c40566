"""Subjects of sentences as units: 办法 by articles, actions plans by verbs, township to national, 2007 to 2025."""

from __future__ import annotations

import pytest

from extractors.units import find_units
from tests.marked import parse_marked

ROLES = {"lead": "lead", "resp": "responsible", "coop": "cooperating"}

ROWS = [  # fields that begin like a verb or hold 和, bodies of the masses, society beside them
    "<resp>组织</resp>、<resp>宣传</resp>、<resp>统战</resp>等部门要各司其职。",
    "<resp>自然资源</resp>、<resp>市政和园林</resp>、<resp>交通运输</resp>等有关部门做好监督管理工作。",
    "<resp>教育</resp>、<resp>民政</resp>等部门和<resp>残联</resp>、<resp>妇联</resp>等群团组织要协同推进。",
    "<resp>各级党组织</resp>、<resp>工会</resp>、<resp>妇联</resp>及社会力量，要开展慰问。",
    "<resp>各市、县人民政府</resp>务于11月底前上报结果。",
]

BRACKETS = [  # a second name, a range or a definition in brackets belongs to the printed name
    "<resp>市农业农村局（市乡村振兴局）</resp>负责耕地地力的监测。",
    "<resp>省卫生计生委疾病预防控制局（省爱卫办）</resp>负责项目组织实施。",
    "<lead>县教育局（县体育局）</lead>会同<coop>县财政局</coop>制定补助标准。",
    "<resp>市委网信办（市大数据局）</resp>要加强数据安全监管。",
    "<resp>各乡镇人民政府（街道办事处）</resp>、<resp>各园区（管委会）</resp>要落实属地责任。",
    "<resp>县（区）人民政府（管委会）</resp>应当建立储备制度。",
    "<resp>各县（市、区）人民政府（管委会）</resp>按照职责做好保障。",
    "<resp>旗县（含县级市，下同）卫生健康部门</resp>要组织家庭医生签约。",
    "由<resp>市住房和城乡建设局（市人防办）</resp>委托第三方机构开展评估。",
    "<resp>市人力资源社会保障局（以下简称“市人社局”）</resp>负责技能培训。".replace("（以下简称“市人社局”）</resp>", "</resp>（以下简称“市人社局”）"),
    "<resp>县水利局</resp>（联系人：王某）负责汇总。",
    "<resp>各街道（镇）</resp>负责摸清底数。",
]

ZONES = [  # zones and places that are told to act
    "<resp>各有关地区</resp>和<resp>部门</resp>、<resp>各自由贸易试验区</resp>要守住底线。",
    "<resp>各综合保税区</resp>要建立台账。",
    "由<resp>临港试验区</resp>制定实施细则，规范管理。",
    "由<resp>临港新区相关职能部门</resp>审批并报省商务厅备案。",
    "由企业在临港开发区设立服务点。",
    "<resp>义乌市</resp>、<resp>东阳市</resp>实施楼宇改造。",
    "义乌市、东阳市菜市场改造工作有序推进。",
    "由<resp>市领导小组办公室</resp>组成考核小组对各地进行复核。",
    "检查组由市水利局、市财政局组成。",
]

VERTICAL = [  # public bodies run from above
    "<resp>各级</resp>、<resp>各部门</resp>要制定检查方案。",
    "<resp>镇乡</resp>、<resp>街道</resp>、<resp>经济开发区</resp>、<resp>市政府有关部门</resp>要高度重视。",
    "宣传由<resp>镇街</resp>、<resp>园区</resp>组织实施。",
    "<resp>各乡镇</resp>及<resp>各包扶单位</resp>必须设置检查站。",
    "一旦发生火灾，<resp>县森林公安</resp>、<resp>纪检</resp>等部门要立即介入。",
    "<resp>各县市区（管理区、经开区）民政局</resp>、<resp>林业主管部门</resp>要加强巡护。",
    "5年内<resp>市、区（县级市）两级</resp>重点支持创业团队。",
    "由<resp>企业所在区（县级市）</resp>提供孵化服务。",
    "<resp>各镇街</resp>、<resp>市属重点园区</resp>建立监管中心，<resp>各农村社区</resp>设立服务室。",
    "<resp>各村</resp>、<resp>镇水利管护站</resp>、<resp>镇畜牧兽医站</resp>等镇属相关单位要开展整治。",
    "<resp>地方政府</resp>和项目单位等也要发挥作用。",
    "资金由<resp>市财政局</resp>转移支付各区财政局。",
    "清理工作由<resp>市建设管理委员会</resp>组织<coop>市城市规划</coop>、<coop>公安交通管理</coop>、<coop>环保</coop>等部门依法进行。",
    "三、职责分工\n（一）<resp>市水利局</resp>\n负责核发标志。\n（二）<resp>市财政局</resp>\n负责经费保障。",
    "<resp>各乡镇人民政府</resp>、<resp>街道办事处</resp>作为具体组织实施者，要强化巡护。",
    "<resp>县环境保护和综合治理工作领导小组</resp>要定期调度。",
    "资金由<resp>盟、旗两级</resp>按比例承担。",
    "<resp>各嘎查村</resp>要建立巡护队伍。",
    "镇包片干部与社区干部负有同等责任。",
    "<resp>民政</resp>、<resp>公安户籍部门</resp>应当定期比对数据。",
    "按照“部门各负其责，领导小组统筹协调”的原则，<lead>地方政府</lead>负总责。",
    "<resp>项目所在地的县民政部门</resp>应当及时公示。",
    "<resp>农发行云溪分行</resp>及<resp>其分支机构</resp>按照规定发放收购贷款。",
    "<resp>市财政局</resp>、<resp>农业发展银行云溪分行</resp>应当及时拨付费用。",
    "由<lead>市粮食和物资储备局</lead>会同<coop>市财政局</coop>、<coop>农发行云溪分行</coop>下达轮换计划。",
    "<resp>人民银行云溪支行</resp>要引导加大信贷投放。",
    "<resp>国家税务总局云溪市税务局</resp>负责落实税收优惠。",
    "<resp>云溪海关</resp>负责进口食品的检验检疫。",
    "<resp>国家金融监督管理总局云溪监管分局</resp>依法查处违规行为。",
    "<resp>国家统计局云溪调查队</resp>负责价格监测。",
    "<resp>县气象局</resp>及时发布预警信息。",
    "<resp>县消防救援大队</resp>每季度开展检查。",
]

FIELDS = [  # a list of fields, of which only the last says 部门
    "<resp>教育</resp>、<resp>卫生健康</resp>、<resp>团委</resp>等部门和单位要加强配合。",
    "<resp>区县教育</resp>、<resp>民政</resp>、<resp>卫生健康</resp>等部门要健全机制。",
    "<resp>区县发展改革</resp>、<resp>妇儿工委办</resp>等部门要将其纳入规划。",
    "<resp>发展改革</resp>、<resp>财政</resp>、<resp>自然资源</resp>、<resp>生态环境</resp>、<resp>住房城乡建设</resp>、<resp>水利</resp>、<resp>农业农村</resp>、<resp>林业</resp>等有关部门按照职责分工做好工作。",
    "<resp>区县妇联</resp>、<resp>教育</resp>等部门和单位要加强指导。",
    "<resp>县级以上公安</resp>、<resp>司法行政</resp>、<resp>民政</resp>等部门应当建立协作机制。",
    "<resp>工会</resp>、<resp>共青团</resp>、<resp>妇联</resp>等群团组织要发挥优势开展宣传。".replace("等群团组织", "等单位"),
    "<resp>市公安</resp>、<resp>交通运输</resp>部门要开展联合执法。".replace("<resp>交通运输</resp>部门", "<resp>交通运输部门</resp>"),
    "<resp>发改</resp>、<resp>人社</resp>、<resp>医保</resp>、<resp>乡村振兴</resp>等部门要共享数据。",
    "<resp>市级财政</resp>、<resp>民政</resp>、<resp>残联</resp>等部门负责资金监管。",
    "<resp>各级农业农村</resp>、<resp>水利</resp>部门要落实防汛责任。".replace("<resp>水利</resp>部门", "<resp>水利部门</resp>"),
    "<resp>自然资源</resp>、<resp>应急管理</resp>、<resp>气象</resp>等单位要加强会商。",
]

ARTICLES = [  # 办法 by articles: verbs without 要
    "第五条 <resp>市水务局</resp>主管全市节约用水工作。",
    "<resp>县级以上人民政府民政部门</resp>主管本行政区域内的殡葬工作。",
    "<resp>县级以上人民政府水行政主管部门</resp>负责河道的监督管理。",
    "<resp>市、县（区）人民政府财政部门</resp>应当安排专项经费。",
    "<resp>省人民政府卫生健康主管部门</resp>负责全省的采供血工作。",
    "<resp>省、自治区、直辖市人民政府教育行政部门</resp>应当制定实施细则。",
    "<resp>市人民政府</resp>直接决定启动应急预案。",
    "由<resp>县级人民政府</resp>向上一级人民政府申请调拨。",
    "由<resp>市人民政府</resp>向省人民政府申请救灾物资。",
    "<resp>市房产管理局</resp>审核通过后，予以公示。",
    "<resp>区住房保障部门</resp>经审查认为不符合条件的，应当书面说明理由。",
    "<resp>税务机关</resp>认为有必要的，可以进行检查。",
    "<resp>街道办事处</resp>或者<resp>乡镇人民政府</resp>应当在十日内答复。",
    "<resp>所在街道办事处</resp>或<resp>项目实施单位</resp>每年9月底前提出计划。",
    "<resp>公安机关</resp>、<resp>人民检察院</resp>、<resp>人民法院</resp>应当依法办理。",
    "<resp>县级人民政府</resp>及<resp>其有关部门</resp>应当公布举报电话。",
    "<resp>市、县人民政府</resp>及<resp>其教育行政部门</resp>应当统筹学位供给。",
    "<resp>市交通运输局</resp>召集<coop>相关单位</coop>会商。",
    "<resp>市审计局</resp>依法对资金使用情况进行审计监督。",
    "必要时，<resp>县人民政府</resp>组织实施强制拆除。",
    "<lead>市医保局</lead>商<coop>市财政局</coop>确定支付标准。",
    "<resp>市民政局</resp>、<resp>市财政局</resp>联合制定发放办法。",
    "<resp>市财政局</resp>按季度拨付，<resp>市审计局</resp>加强监督。",
    "<resp>乡镇人民政府</resp>接到申请后，应当在5个工作日内入户核实。",
    "<resp>其他县（区）</resp>建立不少于5天的储备。",
    "<resp>市人民政府有关部门</resp>和<resp>县（区）人民政府（管委会）</resp>应当予以支持。",
    "<lead>市卫生健康委</lead>会同<coop>有关部门</coop>审定后公布。",
    "<resp>市城市管理行政执法局</resp>行使下列职权：",
    "<resp>各级人民政府</resp>是本行政区域内秸秆禁烧工作的责任主体。",
    "<resp>县级住房保障主管部门</resp>收到材料后予以登记。",
    "情况紧急的，<resp>县防汛抗旱指挥部</resp>可以决定转移群众。",
    "<resp>市不动产登记中心</resp>当场办结。",
    "<resp>村民委员会</resp>协助乡镇人民政府做好调查。".replace("<resp>村民委员会</resp>", "<coop>村民委员会</coop>"),
    "<resp>市公积金中心</resp>受理提取申请。",
]

PLANS = [  # plans and notices
    "<resp>区有关部门</resp>、<resp>单位</resp>要依据标准制定清单。",
    "训练由<resp>区有关部门</resp>、<resp>单位</resp>自行开展。",
    "<resp>市相关部门</resp>和<resp>单位</resp>履行相应职责。",
    "<resp>各有关部门</resp>、<resp>单位</resp>要压实责任。",
    "<resp>各地区</resp>、<resp>各有关部门</resp>和<resp>单位</resp>要抓好落实。",
    "在完成排查的基础上，<resp>县应急管理局</resp>要建立台账。",
    "2026年3月起，<resp>市医保局</resp>要开展专项检查。",
    "<resp>老人居住地民政部门</resp>要定期探访。",
    "<resp>项目所在地县级人民政府</resp>要做好征地工作。",
    "<resp>户籍所在地乡镇人民政府</resp>负责受理。",
    "<resp>区卫生健康部门</resp>协同<coop>疾控部门</coop>做好接种服务。",
    "<resp>群团组织</resp>常态化开展心理辅导。",
    "<resp>市领导小组办公室</resp>每月调度，对进展缓慢的予以通报。",
    "<resp>市质量工作联席会议办公室</resp>负责日常工作。",
    "<resp>工作专班</resp>实行周调度。",
    "<resp>国务院就业工作领导小组办公室</resp>要加强督促。",
    "<resp>国务院自由贸易试验区工作部际联席会议办公室</resp>要发挥统筹作用。",
    "<resp>各有关地区</resp>和<resp>部门</resp>要牢固树立安全观。",
    "<resp>建设管理局</resp>：牵头制定改造政策；指导项目实施。".replace("<resp>建设管理局</resp>", "<lead>建设管理局</lead>"),
    "4.<resp>产业促进局</resp>：负责协调管网改造。",
    "11.<resp>住房中心</resp>：协助做好房源核验。",
    "由<lead>建设管理局</lead>会同<coop>经济运行局</coop>、<coop>财政局</coop>审查。",
    "根据申报情况，<resp>建设管理局</resp>组织编制实施计划。",
    "<resp>社会发展局</resp>要完善社区服务。",
    "一是<resp>经济发展局</resp>落实奖补资金。",
    "由<resp>项目实施单位</resp>委托编制方案。",
    "<resp>各村</resp>、<resp>社区</resp>要做好登记。".replace("<resp>各村</resp>、<resp>社区</resp>", "<resp>各村、社区</resp>"),
    "<resp>各村（社区）</resp>要开展入户走访。",
    "<resp>镇综合行政执法队</resp>负责日常巡查。",
    "<coop>各站所</coop>要主动配合。",
    "<resp>镇直各单位</resp>要明确专人负责。",
    "<resp>各省、自治区、直辖市民政厅（局）</resp>要制定方案。",
    "<resp>国家发展改革委</resp>、<resp>财政部</resp>要加强资金支持。",
    "<resp>农业农村部</resp>、<resp>国家林草局</resp>按职责分工推进。",
    "<resp>国务院有关部门</resp>要按照分工落实责任。",
    "<resp>新疆生产建设兵团</resp>参照执行。",
    "<resp>市教育局</resp>牵头，<resp>市公安局</resp>、<resp>市城管局</resp> 配合。".replace("resp>市教育局</resp", "lead>市教育局</lead").replace("resp>市公安局</resp", "coop>市公安局</coop").replace("resp>市城管局</resp", "coop>市城管局</coop"),
    "<resp>各区县（自治县）人民政府</resp>要落实配套资金。",
    "<resp>市教育局</resp>、<resp>团市委</resp>、<resp>市妇联</resp>要组织志愿服务。",
    "<resp>各市（州）党委</resp>和<resp>政府</resp>要落实责任。",
    "<resp>各级党委</resp>和<resp>政府</resp>要高度重视。",
    "<resp>县委</resp>、<resp>县政府</resp>将其纳入督查。",
    "<resp>市纪委监委</resp>要强化监督执纪。",
    "<resp>区法院</resp>、<resp>区检察院</resp>依法惩处。",
    "<lead>各地卫生部门</lead>要会同<coop>财政</coop>、<coop>人力资源社会保障</coop>等部门研究制定办法。",
    "<resp>县食品安全委员会</resp>定期召开会议。",
    "并由<resp>县财政局</resp>予以兑付。",
    "未完成的，由<resp>市安委办</resp>约谈。",
    "<resp>县农机局</resp>搞好机具检修。",
    "<resp>市经贸委</resp>、<resp>市建委</resp>要抓紧出台细则。",
    "<resp>乡镇劳动保障所</resp>负责信息采集。",
    "<resp>各市劳动保障局</resp>要于每月5日前上报。",
    "<resp>市电子政务办</resp>负责系统运维。",
    "<resp>市机关事务管理局</resp>统一调配办公用房。",
]

LEVELS = [  # offices of townships, of the party, of several levels at once
    "第六条 <resp>市、县（市、区）人民政府卫生健康主管部门</resp>负责医疗机构的管理。",
    "<resp>医疗保障经办机构</resp>应当签订服务协议。",
    "<lead>市人社局</lead>牵头，会同<coop>市教育局</coop>、<coop>市财政局</coop>等单位成立工作专班。",
    "<resp>各派出所</resp>、<resp>司法所</resp>要加强矛盾纠纷排查。",
    "<resp>县乡两级</resp>要加大投入。",
    "<lead>市交通运输局</lead>会<coop>市公安局</coop>、<coop>市城管局</coop>制定方案。",
    "<resp>自治区党委宣传部</resp>、<resp>自治区教育厅</resp>要做好宣传。",
    "<resp>兵团各师市</resp>参照本方案执行。",
    "<resp>镇党委</resp>、<resp>政府</resp>定期研究。",
    "<resp>各区（市）、县教育局</resp>要指导学校做好预案。",
    "<resp>地区行署各部门</resp>要落实责任。",
    "<resp>局机关各处室</resp>、<resp>直属各单位</resp>要对照整改。",
    "<resp>工会组织</resp>要发挥作用。",
    "领导小组下设办公室，<resp>办公室</resp>负责日常工作。",
    "<resp>教体局</resp>、<resp>卫健局</resp>要联合开展检查。",
    "<resp>省农业厅</resp>、<resp>省林业厅</resp>分别制定实施细则。",
    "<resp>市场监督管理部门</resp>按照职责做好监管，<resp>公安机关</resp>依法维护秩序。",
    "<resp>各县（市）区卫健局</resp>、<resp>市直各医疗卫生单位</resp>要高度重视。",
    "<resp>市直机关各部门</resp>、<resp>各人民团体</resp>要带头执行。",
    "<resp>盟行署</resp>、<resp>各旗县市区人民政府</resp>应当加大投入。",
]

SUBJECTS = ROWS + LEVELS + BRACKETS + VERTICAL + ZONES + FIELDS + ARTICLES + PLANS

NONE = [
    "市人民政府所在地的人口规模应当控制。",
    "经市发展改革委会同市财政局批准后，可采取邀标方式。".replace("会同市财政局", "和市财政局"),
    "报市人民政府批准后执行。",
    "应当及时报告市应急管理局及市公安局。",
    "企业应当积极配合市财政局等部门依法开展的检查工作。",
    "承储企业按月向市财政局和农发行云溪分行报送情况。",
    "任何单位不得阻挠市财政局等监督检查人员履行职责。",
    "领导小组由市长任组长，分管副市长任副组长。",
    "市教育局局长任组长，市公安局、市财政局为成员。",
    "市财政补贴资金由企业专账管理。",
    "加快形成政府主导、部门协同、社会参与的格局。",
    "公安机关办案中心建设稳步推进。",
    "会议听取了市教育局、市财政局关于预算的汇报。",
    "经市教育局认定的学校，享受补助。",
    "凭街道办事处出具的证明办理。",
    "各部门间加强协同。".replace("各部门间", "部门间"),
    "改变管理局面，打开发展新局面。",
    "养老服务中心建设达到标准。",
    "市民政局负责人介绍了情况。",
    "协助民政部门开展调查。",
    "当事人可以向市场监管部门或者消费者协会投诉。",
    "压实区县党委政府责任。",
    "接受财政、审计部门的监督。",
    "建设管理局局长任办公室主任。",
    "本办法由财政局长签发。",
    "建立由公安、民政、教育等部门参加的协调机制。",
    "市政府提请市人大常委会审议。",
    "市级示范社要规范运行。",
    "市重点实验室要开放共享。",
    "本市行政机关发布的文件适用本规定。",
]


@pytest.mark.parametrize("marked", SUBJECTS)
def test_subjects_are_units(marked):
    text, spans = parse_marked(marked)
    found = [(u.role, text[u.span.start : u.span.end]) for u in find_units(text)]
    assert found == [(ROLES[label], text[start:end]) for label, start, end in spans]


@pytest.mark.parametrize("text", NONE)
def test_organs_that_are_not_told_to_act_are_none(text):
    assert [u.name for u in find_units(text)] == []
