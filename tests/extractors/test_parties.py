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
    ("对<p>底数不清不能保证质量的养殖场</p>，要责令整改。", "duty"),
    ("<p>相关设施所有人</p>、<p>使用人</p>应当支持维修。", "duty"),
    ("公布收费标准、服务制度、<p>护理管理人员</p>。", "duty"),
    ("要深入到企业、学校等单位及隐患易发的重要环节、重点部位。", "duty"),
    ("——全市机构养老床位达到500张以上。", "target"),
    ("——培育若干家<p>托育龙头企业</p>，打造品牌。", "duty"),
    ("招生计划按学校服务区域核定。", "duty"),
    ("重点检查<p>大型商场（超市）、宾馆、学校、“多合一”等人员密集场所</p>。", "duty"),
    ("依法督促<p>单位</p>全面落实消防措施。", "duty"),
    ("组织<p>优秀企业家</p>赴境外培训，建设人才强市。", "duty"),
    ("做好总体规划制定、重点人才培养工作。", "duty"),
    ("各乡镇要落实防火战备人员。", "duty"),
    # what is done with parties by words on both sides
    ("引入<p>优秀茶叶企业</p>、<p>设计师</p>来本县创业。", "duty"),
    ("引进茶企管理经验。", "duty"),
    ("协调解决<p>茶叶企业（中心）</p>在生产中遇到的困难。", "duty"),
    ("做好<p>入园企业</p>的落地服务。", "duty"),
    ("全面摸排<p>茶叶企业</p>生产能力、用工人数等信息。", "duty"),
    ("遴选一批<p>茶园示范企业</p>，加强宣传。", "duty"),
    ("培养300名<p>具有制茶经历和创新能力强的毕业生</p>。", "duty"),
    ("鼓励<p>有实力的高校</p>、<p>企业</p>、<p>机构</p>开展合作。", "encouragement"),
    ("对<p>春茶采制重点保障企业</p>给予补贴。", "support"),
    ("鼓励<p>金融机构</p>适当下调贷款利率。", "encouragement"),
    ("支持<p>传统茶叶主体</p>数字化改造升级。", "duty"),
    ("鼓励<p>有条件的茶叶协会</p>和<p>学校</p>等依托区域优势举办茶会。", "encouragement"),
    # names of measures, lists, zones and papers
    ("对已发放的个人创业担保贷款，可展期一年。", "encouragement"),
    ("补贴按合作社上年度月均参保职工人数确定。", "support"),
    ("会同人民银行建立信用制度。", "duty"),
    ("实施茶企壮大、专业人才引育、产销对接三大行动。", "duty"),
    ("形成“茶叶企业用工需求清单”。", "duty"),
    ("完善“龙头企业（机构）库—示范中心”培育机制。", "duty"),
    ("打造环云溪大学茶叶创新港。", "duty"),
    ("支持<p>符合条件的企业</p>发行绿色公司信用类债券。", "support"),
    # places that did well: what describes them is no party
    ("对促进社会资本投入、公立医院改革成效明显的县（区），在学校和专业建设等项目中予以倾斜，鼓励<p>符合条件的银行</p>开设网点。", "support"),
    ("要实现县县有综合性体育场馆，村村有健身场所。", "duty"),
    ("每餐应当有<p>学校相关负责人</p>陪餐。", "duty"),
    ("敬告<p>广大农牧民</p>做好饲草料储备。", "duty"),
    ("禁止在任何草牧场上放牧，<p>违规者</p>应当停止放牧。", "prohibition"),
    ("对<p>实施休牧的牧户</p>给予休牧补贴。", "support"),
    ("<p>出租人</p>、<p>承租人</p>应当签订合同。", "duty"),
    # lists of places, counts before a name, whoever is a side of a contract
    ("加强对<p>学校、医院、养老机构等重点场所</p>的监督检查。", "duty"),
    ("要深入学校、医院、商场等重点场所开展宣传。", "duty"),
    ("督促<p>商场、宾馆、饭店等经营场所</p>落实主体责任。", "duty"),
    ("每年至少组织1次<p>辖区内学校食堂</p>专项检查。", "duty"),
    ("<p>施工方</p>应当设置围挡，<p>用水户</p>应当安装计量设施。", "duty"),
    ("对<p>符合条件的返乡创业农民工</p>给予一次性补贴5000元。", "support"),
    ("确定60家<p>三级医院</p>作为监测点医院。", "duty"),
    ("<p>享受建设补贴的养老机构</p>，自投入运营之日起5年内不得改变用途。", "prohibition"),
    ("从市财政局、市扶贫办等单位抽调人员组成考核组。", "duty"),
    ("违反规定的，由民用机场所在地县级以上人民政府责令改正。", "duty"),
    ("鼓励<p>金融机构</p>适当下调贷款利率，增加贷款额度。", "encouragement"),
    ("对<p>疫情防控重点保障企业</p>给予稳岗补贴。", "support"),
    ("对已发放的个人创业担保贷款给予贴息支持。", "support"),
    ("对<p>重点单位</p>特别是<p>人员密集的单位和场所</p>再进行一次排查。", "duty"),
    ("推动应用接入“一网办\"，完善\"好差评\"机制。", "duty"),
    # whom something is given or what is due is let off, and who is punished
    ("<p>在我市新建果蔬冷库的合作社</p>，按照投资额的25%给予补助。", "support"),
    ("<p>购置新建门面的返乡农民工</p>，可享受租金补贴。", "support"),
    ("免收<p>承租国有门面的小微企业</p>两个月租金。", "support"),
    ("减征<p>小微企业</p>失业保险单位缴费部分。", "support"),
    ("缓缴<p>困难企业</p>工伤保险费。", "support"),
    ("<p>重度失能老人</p>全额免除个人缴费。", "support"),
    ("对<p>新认定的科技型企业</p>奖励3万元。", "support"),
    ("支持<p>高校毕业生等重点群体</p>灵活就业。", "encouragement"),
    ("鼓励<p>渔民、返乡农民工等人员</p>开办农家乐。", "encouragement"),
    ("对<p>骗取奖补资金的单位和个人</p>，追回资金。", "duty"),
    ("<p>单位或者个人</p>违反第八条规定的，责令改正，处五百元罚款。", "duty"),
    ("<p>个人</p>未按时清除积雪的，处一百元罚款。", "duty"),
    ("对<p>直接负责的主管人员和其他直接责任人员</p>处五千元以上二万元以下罚款。", "duty"),
    ("对直接负责的主管人员和其他直接责任人员给予处分。", "duty"),
    ("对<p>享受资助的家庭</p>进行回访。", "duty"),
    ("<p>享受扶持政策的商户</p>应当连续经营三年以上。", "duty"),
    ("<p>领取生活补贴的学徒</p>不得重复申领。", "prohibition"),
    ("<p>单位</p>和<p>个人</p>违反本规定，损毁古树的，处三千元罚款。", "duty"),
    ("<p>购机者</p>对申报材料的真实性负责。", "duty"),
    ("将<p>被征地农民</p>纳入保障范围。", "support"),
    # what only stands before a name: things listed, verbs that make, send or foster
    ("促进项目投产达产、<p>优质企业</p>增资扩产。", "duty"),
    ("加强<p>食品生产、经营单位</p>监督检查。", "duty"),
    ("培育<p>创新型、专精特新中小企业</p>。", "duty"),
    ("支持<p>骨干企业</p>建设高水平研发机构。", "encouragement"),
    ("支持<p>农产品加工企业</p>发展跨境电商。", "encouragement"),
    ("鼓励<p>优势企业</p>并购落后企业。", "encouragement"),
    ("规范发展<p>家庭农场</p>。", "duty"),
    ("鼓励<p>优秀设计人才</p>来云溪市创业。", "encouragement"),
    ("<p>电池所有人</p>应当将旧电池送交有资质的单位集中处置。", "duty"),
    ("专利奖金的30%可用以奖励<p>本专利发明人</p>。", "encouragement"),
    ("由消防机构责令改正，对<p>单位</p>处五千元罚款，对<p>个人</p>处警告。", "duty"),
    ("主动避让行人。", "duty"),
    ("建立<p>设计驱动型企业（机构）</p>名单。", "duty"),
    ("在老旧出租屋和人员密集场所内停放、充电的，责令改正。", "prohibition"),
    ("<p>逾期不申报者</p>不得补报。", "prohibition"),
    ("为超300万名<p>婴幼儿</p>发放育儿补贴。", "support"),
    ("国家鼓励<p>境内外的社会组织和个人</p>设立基金。", "encouragement"),
    ("<p>建设单位</p>不得明示或者暗示施工单位降低质量。", "prohibition"),
    ("着力稳就业、稳<p>企业</p>。", "duty"),
    # what stands before or behind a name that holds a head word
    ("对<p>区内外商投资设计企业</p>，取消首次申请资质时的业绩要求。", "duty"),
    ("推动在大宗商品贸易中使用人民币计价、结算。", "duty"),
    ("在<p>治未病医师</p>职称晋升方面先行试点。", "encouragement"),
    ("鼓励在吸纳非专业技术人员、乡村医疗机构服务收费等方面先行试点。", "encouragement"),
    ("允许<p>劳务派遣员工</p>从事企业研发中心试制岗位临时性工作。", "encouragement"),
    ("支持<p>符合条件的地方法人银行</p>开展业务，或与具备资格的金融机构合作开展远期业务。", "encouragement"),
    ("支持沿海口岸建设进境种苗、水果等监管场所。", "encouragement"),
    ("支持建设大宗农产品等国际贸易平台和现货交易市场。", "encouragement"),
    ("将建筑施工企业安全生产许可等审批类权限下放至各县区。", "duty"),
    ("放宽<p>人才中介机构</p>限制。", "duty"),
    ("允许不超过三分之一<p>不具有资格、年满18周岁的居民</p>担任股东。", "encouragement"),
    ("<p>金融机构</p>应严格审查<p>借款人</p>资信和项目背景。", "duty"),
    # trades in a name, subjects of a clause of their own, those who are fined
    ("<p>报废机动车回收企业</p>不得拼装机动车。", "prohibition"),
    ("<p>建设工程勘察、设计企业</p>应当建立责任制度。", "duty"),
    ("<p>公共信息提供单位</p>、<p>信息采集单位</p>不得泄露信息。", "prohibition"),
    ("<p>农村村民</p>建住宅，应当符合规划。", "duty"),
    ("工程的施工必须由<p>具备资质的施工单位</p>承担。", "duty"),
    ("(二)要求<p>被检查单位</p>提供资料。", "duty"),
    ("对其<p>主要负责人</p>处一万元罚款。", "duty"),
    ("<p>申请资助及奖励的企业（单位）或个人</p>，必须提供真实的材料。", "duty"),
    ("<p>用人单位</p>（机关除外）吸纳<p>退役一年内的退役军人</p>就业，给予补贴。", "support"),
    ("在企业结构调整专项奖补资金中列支。", "support"),
    ("表彰<p>先进单位和个人</p>。", "duty"),
    # urged, encouraged, favoured
    ("<p>高校毕业生</p>到乡镇就业的，给予每人3000元补贴，由人社部门受理。", "duty"),
    ("为<p>困难职工</p>提供必要的隔离休息场所。", "duty"),
    ("优先推荐<p>小微企业</p>参加政府采购。", "duty"),
    ("对<p>作出突出贡献的企业</p>予以奖励。", "support"),
    ("在本市参加考试报考高等学校的，按政策落实。", "support"),
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
    ("<p>从事陪诊的单位和个人</p>应当备案。", "duty"),
    ("<p>老年人或者其监护人</p>应当提交评估报告。", "duty"),
    ("帮助<p>残疾学生及其家庭</p>申请救助。", "duty"),
    ("<p>客运车辆</p>、<p>校车</p>必须安装监控装置。", "duty"),
    # served persons are parties, described ones are not
    ("为<p>符合条件的困境儿童</p>办理参保手续。", "duty"),
    ("将<p>流浪未成年人</p>纳入救助范围。", "duty"),
    ("加强<p>职工</p>安全生产教育和培训。", "duty"),
    ("落实<p>护理员</p>岗位津贴政策。", "duty"),
    ("改善老旧小区居民居住条件。", "duty"),
    # trained, fostered, closed, reported
    ("开展<p>粮食仓储企业主要负责人</p>集中培训。", "duty"),
    ("培育壮大<p>养老服务领域龙头企业</p>。", "duty"),
    ("依法关闭取缔<p>不符合条件的诊所</p>。", "duty"),
    ("清退一批<p>不合格的培训机构</p>。", "duty"),
    ("统筹<p>防止返贫致贫对象</p>监测识别。", "duty"),
    ("做好<p>困境儿童</p>精准帮扶。", "duty"),
    ("推进<p>乡镇卫生院</p>提质升级。", "duty"),
    ("完善<p>志愿者</p>参与社区治理的机制。", "duty"),
    ("发明专利：<p>企业</p>2万元/件，<p>个人</p>1万元/件。", "support"),
    ("对<p>承担监测任务的养老机构工作人员</p>给予补贴。", "support"),
    # conditions, papers, awards and funds are none
    ("<p>申报主体</p>应为在本市登记的企业。", "duty"),
    ("提交检测机构出具的检测报告。", "duty"),
    ("加大小微企业吸纳就业补贴落实力度。", "support"),
    ("培育中小企业特色产业集群。", "duty"),
    # how far a phrase reaches
    ("对<p>符合当地住房保障条件的家庭</p>发放租赁补贴。", "support"),
    ("免除<p>符合条件的贫困学生</p>学杂费。", "support"),
    ("对<p>面积不足、设施老化的卫生院</p>实施改造。", "duty"),
    ("对<p>新招用员工的企业</p>给予补贴。", "support"),
    ("到2025年底，<p>校外供餐单位</p>应当全部接入平台。", "duty"),
    ("支持<p>涉农企业</p>发展。", "encouragement"),
    ("鼓励<p>中小企业</p>研发适合老年人的产品。", "encouragement"),
    ("以<p>大型商超</p>、<p>批发市场</p>为重点，把好准入关。", "duty"),
    # places, partners, instruments, organs
    ("家长每周到食堂实地察看。", "duty"),
    ("在学校、幼儿园等场所开展宣传活动。", "duty"),
    ("<p>供餐单位</p>不得向学校供应冷荤。", "prohibition"),
    ("组织<p>合作社</p>与学校建立产销关系。", "duty"),
    ("各县民政局委托有资质的检测机构进行检验。", "duty"),
    ("通过专业交易平台公开竞价。", "duty"),
    ("公安消防机构要加强巡查。", "duty"),
    ("压实就业主体责任。", "duty"),
    ("统筹危化、矿山、燃气等行业领域安全监管。", "duty"),
    ("学校食堂“明厨亮灶”覆盖率达到95%。", "target"),
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
