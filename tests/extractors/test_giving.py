"""Support that is told with other verbs than 给予, and what looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.giving import join_whom, may_give, rewards_from
from extractors.kinds import find_kind

CASES = [
    ("对长期照护家庭，落实护理补贴。", "support"),
    ("对符合条件的特困老年人，按月发放护理津贴，由养老保险基金支付护理费用；", "support"),
    ("继续实施社区食堂水电优惠政策。", "support"),
    ("困难养老机构租金补助政策，执行期限延长至2023年6月底。", "support"),
    ("实施粮食烘干贴息政策，对新增烘干设施的合作社，市财政按贷款额的2%给予补助。", "support"),
    ("年度新增用地指标优先保障普惠托育项目。", "support"),
    ("托育机构新收残疾儿童，稳定照护半年以上的，按每人800元给予一次性补贴，实施期限至2024年底。", "support"),
    ("对接收实习护士的医院，按每人每月500元给予实习补贴，符合条件的落实留任补贴。", "support"),
    ("对汛期主动协助村民转移，帮助清理农田的农机合作社，各地可给予一定补助。", "support"),
    ("经营满三年的社区食堂予以一次性补助2万元。", "support"),
    ("对期满仍未脱困的家庭，可继续保留3个月低保待遇。", "support"),
    ("对高龄独居老年人，原则上可再安置一次。", "support"),
    ("鼓励村集体兴办老年食堂，符合条件的给予一次性补助。", "support"),
    ("鼓励银行加大金融对农户的支持。", "encouragement"),
    ("奖金的两成可用于奖励项目骨干。", "encouragement"),
    # whom something is given, named alone ahead of it
    ("购置烘干设备的家庭农场，按设备价格的35%给予补贴。", "support"),
    ("在社区开设助浴点的企业，验收合格后一次性给予建设补助8万元。", "support"),
    ("新认定的绿色工厂企业，一次性奖励15万元。", "support"),
    ("企业首次上规的，给予10万元奖励，连续两年在规的企业，另行奖励。", "support"),
    ("培育带动力强的茶叶企业，给予项目补助。", "duty"),
    ("完善联农机制的企业，要落实奖励政策。", "duty"),
    ("对享受补助的农户进行回访，回访比例不低于15%。", "duty"),
    ("对施工现场的作业人员进行安全教育，提高自救能力。", "duty"),
    ("各镇审核后按规定发放补贴。", "duty"),
    ("省财政按每人30元给予补助，市县财政按不低于1∶1的比例配套。", "support"),
    ("多子女家庭购买首套住房的，公积金贷款额度上浮20%。", "support"),
    ("对失能老人家庭，实施适老化改造补贴，每户不超过2000元。", "support"),
    ("到2026年，贷款额度提高到30亿元。", "target"),
    ("展位费由市财政全额补贴。", "support"),
    ("奖补资金来源为市级财政资金。", None),
    ("支持冷链物流发展，打通产销渠道，培育区域品牌。", "duty"),
    ("支持农户扩大种植。", "encouragement"),
    ("降低农机贷款申请条件，合作社成员比例下调为15%。", "duty"),
    ("有弄虚作假行为者不予补助及奖励。", "duty"),
    ("发现申报人伪造材料的，取消申报资格，两年内不得再次申报。", "prohibition"),
    ("伪造材料的，取消申报资格。", "duty"),
    ("落实小微企业补贴政策。", "duty"),
    ("落实护理补贴发放责任。", "duty"),
    ("申请床位补贴提交材料如下：", "duty"),
    ("属于集体项目的，奖励主要完成人金额应不少于总额的40%。", "target"),
    ("执行中如有疑问，请径向市医保局反映。", None),
    ("时值汛期，做好巡堤查险，确保安全度汛，是全县的一项重要任务。", None),
    ("今年是水网建设攻坚之年，做好水利工作至关重要。", None),
    ("对种茶农户、合作社，将2029年的还款期限延长至6月底。", "support"),
    ("茶厂扩大产能发生的投入，纳入市级技改项目支持。", "support"),
    ("对为租户减免租金的茶叶孵化器、茶园孵化基地等载体，优先给予奖补。", "support"),
    # places that did well, and what they get for it
    ("对推进移风易俗，整治环境成效明显的县、区，在安排专项资金时予以倾斜。", "support"),
    ("对落实粮食收购政策力度大的市（州），优先列入仓储试点，鼓励其探索新的储粮方式。", "support"),
    ("对林长制工作受到省政府表扬的县（市、区、旗），在下一年度考核中实行“免检”。", "support"),
    ("对水库除险加固任务完成较好的地区，适当增加安排部分省级投资。", "support"),
    ("对垃圾分类成效明显的街道，要及时总结推广经验，给予奖励。", "duty"),
    ("对防汛工作成效突出的乡镇，总结推广其做法，给予通报表扬。", "duty"),
    ("茶业是本县的支柱，大力发展茶旅融合，对于带动村民增收具有十分重要的意义。", None),
    ("自本通知印发之日起，《云溪市茶园补贴办法》（云政发〔2016〕8号）停止执行。", None),
    ("聚焦山区、库区，鼓励茶企、学校和研究机构等单位，整合力量，组建茶叶研究院。", "encouragement"),
    ("鼓励有能力的茶企开展并购，培育5家以上年产值超亿元的龙头茶企。", "duty"),
    ("策划茶叶产销对接活动，鼓励茶企参加。", "duty"),
    ("鼓励建设开放的茶叶交易平台，大力发展订单种植，建设一批分拣中心。", "duty"),
    ("养老机构设立许可证（原件及复印件）；", None),
    ("近三年已改造的农贸市场，原则上不纳入改造范围。", None),
]


@pytest.mark.parametrize(("sentence", "kind"), CASES)
def test_support_is_told_from_what_looks_like_it(sentence, kind):
    assert find_kind(sentence)[0] == kind


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("要坚持以党的创新理论思想为指导，全面推进水网建设。", None),
        ("“十四五”时期是我省夯实水网基础的关键时期，要加快补齐短板。", None),
        ("根据有关规定，经研究，决定在市水务中心等单位安排今年的见习岗位。", "duty"),
    ],
)
def test_an_opening_is_read_by_what_it_carries(sentence, kind):
    assert find_kind(sentence, opening=True)[0] == kind


def test_the_words_for_whom_keep_their_comma():
    assert join_whom(["对汛期主动协助村民转移", "帮助清理农田的合作社", "给予补助"]) == ["对汛期主动协助村民转移，帮助清理农田的合作社", "给予补助"]
    assert join_whom(["对困难企业", "帮助培训的机构", "给予补助"])[0] == "对困难企业"


def test_what_may_be_done_is_to_give():
    assert may_give("各地可给予一定补贴")
    assert not may_give("申请人可向窗口查询")


@given(st.lists(st.text(alphabet="对企业的给予补贴机构A1", min_size=1), min_size=1))
def test_joining_loses_no_words(pieces):
    assert "，".join(join_whom(pieces)) == "，".join(pieces)


@given(st.text(alphabet="对，的县市成效明显给予奖励要总结（）。", max_size=60))
def test_any_words_may_tell_of_places_that_did_well(text):
    assert 0 <= rewards_from(text) <= len(text)


def test_an_aim_summed_up_in_one_name_is_a_target_whatever_its_means():
    sentence = "到2030年，实现“三个百”目标，即新增百家茶园，培育百名茶师，推动百家茶企上云。"
    assert find_kind(sentence, ("二、主要目标",)) == ("target", "result")
