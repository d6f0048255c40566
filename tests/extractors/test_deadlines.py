"""Deadlines: what is found in a sentence, and what it means for the notice that prints it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.deadlines import find_deadlines, find_standing, resolve_deadlines
from extractors.mentions import Context
from tests.marked import parse_marked

ISSUED = Context(issued_on=date(2024, 4, 10))

# sentence with the deadlines marked; (type, start, end) or (recurring, period) of each, for a notice of 10 April 2024
CASES = [
    # an end
    ("各镇<due>2025年6月底前</due>完成改造。", ["by 2025-06-30"]),
    ("<due>2030年前</due>实现全覆盖。", ["by 2030-12-31"]),
    ("请于<due>9月20日前</due>报送。", ["by 2024-09-20"]),
    ("请于<due>2024年9月20日（星期五）下午5:00前</due>反馈。", ["by 2024-09-20"]),
    ("<due>到2027年</due>，托位达到1000个。", ["by 2027-12-31"]),
    ("<due>到二〇二七年</due>形成体系。", ["by 2027-12-31"]),
    ("力争<due>到“十四五”末</due>建成。", ["by 2025-12-31"]),
    ("<due>到2025年</due>和<due>2030年</due>，覆盖率分别达到60%和80%。", ["by 2025-12-31", "by 2030-12-31"]),
    ("<due>上半年</due>完成排查，<due>年底前</due>完成整治。", ["by 2024-06-30", "by 2024-12-31"]),
    ("<due>第三季度末前</due>完成验收。", ["by 2024-09-30"]),
    ("在<due>2025年一季度前</due>上线。", ["by 2025-03-31"]),
    ("<due>年度内</due>所有企业均要自查。", ["by 2024-12-31"]),
    ("<due>明年6月底前</due>全面推开。", ["by 2025-06-30"]),
    ("<due>2025年3月底前</due>编制方案，<due>6月底前</due>开工，<due>次年3月底前</due>竣工。", ["by 2025-03-31", "by 2025-06-30", "by 2026-03-31"]),
    ("优化平台。（<due>5月底</due>完成，牵头单位：市工信局）", ["by 2024-05-31"]),
    ("优化平台。（<due>11月</due>取得明显成效，牵头单位：市工信局）", ["by 2024-11-30"]),
    ("政策延长<due>至2025年12月31日</due>。", ["by 2025-12-31"]),
    ("<due>完成时限：2025年12月底前</due>", ["by 2025-12-31"]),
    ("<due>完成时间：2024年10月</due>", ["by 2024-10-31"]),
    ("<due>2024年底前</due>基本消除2023年及以前发现的隐患。", ["by 2024-12-31"]),
    ("<due>2025年春节前</due>发放到位。", ["by 2025-01-28"]),
    ("<due>2025年</due>筹集保障性住房不少于2000套。", ["by 2025-12-31"]),
    ("覆盖率<due>2027年</due>达到80%、<due>2030年</due>实现全覆盖。", ["by 2027-12-31", "by 2030-12-31"]),
    ("<due>“十五五”时期</due>经济社会发展主要目标是：", ["during 2026-01-01 2030-12-31"]),
    ("每年培训护理员不少于500人次。", []),
    ("<due>每年</due>开展培训2次。", ["recurring P1Y"]),
    ("<due>2024年</due>、<due>2025年</due>每年改造100户。", ["by 2024-12-31", "by 2025-12-31"]),
    ("分两年完成：<due>2024年</due>40%，<due>2025年</due>60%。", ["by 2024-12-31", "by 2025-12-31"]),
    ("<due>自2025年第二季度起</due>执行新标准。", ["during 2025-04-01 -"]),
    ("<due>元旦前</due>完成检查。", ["by 2024-12-31"]),
    ("<due>6月</due>、<due>12月底前</due>各报送一次。", ["by 2024-06-30", "by 2024-12-31"]),
    ("培训企业负责人；<due>2025年</due>，覆盖率达到90%；<due>2026年</due>，全面推广。", ["by 2025-12-31", "by 2026-12-31"]),
    ("<due>2025年</due>和<due>2030年</due>分别达到30%和50%。", ["by 2025-12-31", "by 2030-12-31"]),
    ("<due>10月15日（含）前</due>上报。", ["by 2024-10-15"]),
    ("<due>2025年元月15日前</due>上报。", ["by 2025-01-15"]),
    ("<due>月底前</due>完成清零。", ["by 2024-04-30"]),
    ("<due>截止时间为2024年6月30日17:00</due>。", ["by 2024-06-30"]),
    ("<due>整改时限：2024.6.30前</due>", ["by 2024-06-30"]),
    ("<due>2024年汛期前</due>完成除险加固。", ["by None"]),
    ("2000年底前建成的小区，<due>2025年底前</due>完成改造。", ["by 2025-12-31"]),
    # numbers and dates that share what only the last one names
    ("<due>到2025</due>、<due>2030年</due>，覆盖率分别达到60%和80%。", ["by 2025-12-31", "by 2030-12-31"]),
    ("分别于<due>6</due>、<due>12月底前</due>报送总结。", ["by 2024-06-30", "by 2024-12-31"]),
    ("请分别于<due>2024年</due>、<due>2025年</due>、<due>2026年11月底前</due>报送总结。", ["by 2024-11-30", "by 2025-11-30", "by 2026-11-30"]),
    ("<due>7月</due>、<due>12月20日前</due>报送进展。", ["by 2024-07-20", "by 2024-12-20"]),
    ("<due>2024年二季度</due>、<due>四季度</due>各开展一次督查。", ["during 2024-04-01 2024-06-30", "during 2024-10-01 2024-12-31"]),
    ("<due>6月20日前</due>报送方案，<due>25日前</due>报送清单。", ["by 2024-06-20", "by 2024-06-25"]),
    ("请于<due>20日前</due>报送方案。", ["by 2024-04-20"]),
    ("请于<due>5日前</due>报送方案。", ["by 2024-05-05"]),
    ("<due>不迟于2025年6月30日</due>建成。", ["by 2025-06-30"]),
    ("<due>2024.6.30前</due>完成整改。", ["by 2024-06-30"]),
    ("<due>2024年秋季学期开学前</due>完成改造。", ["by 2024-08-31"]),
    ("“五一”<due>“十一”前</due>开展检查。", ["by 2024-09-30"]),
    ("<due>完成时限：2025</due>", ["by 2025-12-31"]),
    ("完成时限：<due>2024-2026</due>", ["during 2024-01-01 2026-12-31"]),
    ("<due>完成时限：2024年12月</due>/<due>2025年12月</due>", ["by 2024-12-31", "by 2025-12-31"]),
    ("完成时限：<due>按季度</due>", ["recurring P3M"]),
    ("<due>完成时限：2024年6月30日</due>", ["by 2024-06-30"]),
    ("<due>完成时限：2024年6月</due>、<due>12月</due>", ["by 2024-06-30", "by 2024-12-31"]),
    ("优化平台。（<due>3月底</due>取得阶段性成效并持续推进，牵头单位：市工信局）", ["by 2024-03-31"]),
    # a span
    ("<due>6、7月份</due>集中开展排查。", ["during 2024-06-01 2024-07-31"]),
    ("<due>2024年二、三季度</due>开展督查。", ["during 2024-04-01 2024-09-30"]),
    ("时间：<due>2024年5月1日至2026年12月31日</due>", ["during 2024-05-01 2026-12-31"]),
    ("<due>从2024年秋季学期起</due>，全面推行。", ["during 2024-09-01 -"]),
    ("动员部署阶段（<due>2024年7月上旬至8月中旬</due>）。", ["during 2024-07-01 2024-08-20"]),
    ("集中整治（<due>4月16日—11月16日</due>）：各地要", ["during 2024-04-16 2024-11-16"]),
    ("宣传发动（<due>2024年6月</due>）。", ["during 2024-06-01 2024-06-30"]),
    ("行动从<due>2024年4月上旬开始，至12月下旬</due>结束。", ["during 2024-04-01 2024-12-31"]),
    ("<due>2024—2026年</due>，每年新增托位1000个以上。", ["during 2024-01-01 2026-12-31"]),
    ("<due>2024年10-12月</due>开展监测。", ["during 2024-10-01 2024-12-31"]),
    ("<due>11月至次年3月</due>加强巡查。", ["during 2024-11-01 2025-03-31"]),
    ("<due>6月1日至20日</due>集中检查。", ["during 2024-06-01 2024-06-20"]),
    ("<due>自即日起至6月30日</due>，开展自查。", ["during 2024-04-10 2024-06-30"]),
    ("<due>自2025年1月1日起</due>，统一收费。", ["during 2025-01-01 -"]),
    ("<due>“十五五”期间</due>新建中心50个。", ["during 2026-01-01 2030-12-31"]),
    ("<due>“十四五”时期</due>，持续改善。", ["during 2021-01-01 2025-12-31"]),
    ("<due>9月份</due>开展宣传月活动。", ["during 2024-09-01 2024-09-30"]),
    # counted from an event
    ("<due>自本通知印发之日起30日内</due>报送方案。", ["within - 2024-05-10"]),
    ("<due>自发布之日起三个月内</due>整改。", ["within - 2024-07-10"]),
    ("<due>自印发之日起15个工作日内</due>报备。", ["within - 2024-04-30"]),
    ("<due>自收到申请之日起15个工作日内</due>作出决定。", ["within - -"]),
    ("应在<due>接到报告后2小时内</due>到场。", ["within - -"]),
    ("要在<due>3个工作日内</due>反馈。", ["within - -"]),
    ("<due>办理时限：5个工作日</due>", ["within - -"]),
    ("应当在<due>收到登记申请之日起十个工作日内</due>答复。", ["within - -"]),
    ("<due>通知印发后10个工作日内</due>制定方案。", ["within - 2024-04-24"]),
    ("<due>自收到报告书、报告表之日起10日内</due>审批。", ["within - -"]),
    ("原则上<due>30天内</due>办结。", ["within - -"]),
    ("应当<due>提前3个工作日</due>书面通知用户。", ["within - -"]),
    ("<due>会议召开前3日</due>将材料送达。", ["within - -"]),
    ("应当在<due>线路变更前五日</due>公告。", ["within - -"]),
    ("应当于<due>有效期届满30日前</due>提出延续申请。", ["within - -"]),
    ("<due>停水前24小时</due>公告。", ["within - -"]),
    ("<due>接报后2个小时内</due>赶到。", ["within - -"]),
    # repeated
    ("企业应当<due>按月</due>向市商务局报送情况。", ["recurring P1M"]),
    ("<due>按季度</due>对各县进行考核。", ["recurring P3M"]),
    ("实行<due>月调度</due>、<due>季通报</due>、<due>年考核</due>。", ["recurring P1M", "recurring P3M", "recurring P1Y"]),
    ("坚持<due>一月一调度</due>、<due>半年一小结</due>。", ["recurring P1M", "recurring P6M"]),
    ("<due>2024年起每年召开一次</due>推进会。", ["recurring P1Y 2024-01-01"]),
    ("<due>从2025年起，每年1月15日前</due>报送总结。", ["recurring P1Y 2025-01-01"]),
    ("<due>即日起每日17时前</due>报送。", ["recurring P1D 2024-04-10"]),
    ("<due>每月5日前</due>报送进度，<due>10日前</due>报送统计表。", ["recurring P1M", "recurring P1M"]),
    ("<due>每年1月底前</due>将上年度总结、<due>7月底前</due>将半年总结报送。", ["recurring P1Y", "recurring P1Y"]),
    ("<due>每年年中、年底</due>各开展一次督查。", ["recurring P1Y"]),
    ("<due>每年7月10日前和次年1月10日前</due>报送。", ["recurring P1Y"]),
    ("<due>每年春季开学后一个月内</due>集中检查。", ["recurring P1Y"]),
    ("<due>季度结束后15日内</due>报送报表。", ["recurring P3M"]),
    ("<due>每双周</due>召开一次例会。", ["recurring P2W"]),
    ("每周参加1次以上锻炼的人数达到200万。", []),
    ("培训机构应在<due>开课前五个工作日</due>申请。", ["within - -"]),
    ("<due>2024年</due>，计划累计开放数据4000项。", ["by 2024-12-31"]),
    ("评审工作<due>三年一轮</due>。", ["recurring P3Y"]),
    ("<due>每3年至少一次</due>开展评审。", ["recurring P3Y"]),
    ("演练<due>一年不少于4次</due>。", ["recurring P1Y"]),
    ("<due>每周一、周四</due>报送。", ["recurring P1W"]),
    ("<due>每学期</due>至少开展2次演练。", ["recurring P6M"]),
    ("完成时限：<due>每季度</due>", ["recurring P3M"]),
    ("<due>每半年报送1次</due>进展。", ["recurring P6M"]),
    ("<due>每季度末月20日前</due>报送。", ["recurring P3M"]),
    ("<due>每年1月15日前</due>报送总结。", ["recurring P1Y"]),
    ("<due>每年春秋开学前</due>，对食堂全面检查。", ["recurring P1Y"]),
    ("<due>每月5日前</due>通报。", ["recurring P1M"]),
    ("<due>每两年</due>开展一次评估。", ["recurring P2Y"]),
    ("<due>每周</due>调度进展。", ["recurring P1W"]),
    ("<due>按季度通报</due>情况。", ["recurring P3M"]),
    ("申报时间为<due>每年3月1日—6月30日</due>。", ["recurring P1Y"]),
    ("<due>每月至少1次</due>检查。", ["recurring P1M"]),
    ("经营单位<due>每年</due>至少组织开展1次演练。", ["recurring P1Y"]),
    ("<due>每年6月和12月底前</due>各报送一次。", ["recurring P1Y"]),
    ("<due>每年4月底前和10月底前</due>各报送一次。", ["recurring P1Y"]),
    ("<due>每周五下班前</due>报送。", ["recurring P1W"]),
    ("<due>每季度首月15日前</due>报送分析。", ["recurring P3M"]),
    # none
    ("对按月申报的纳税人实行简易征收，租金按月缴纳，补贴按月发放。", []),
    ("逐年提高补助标准，分年度编制计划。", []),
    ("审批时限压缩至3个工作日以内。", []),
    ("2025年底以前取得许可的企业，2024年7月1日后开工的项目。", []),
    ("实行年度考核，公布年报，开展年度检查。", []),
    ("机动车检验在期满前一个月的；", []),
    ("每日22时至次日6时禁止播放，每天24小时值班。", []),
    ("一个纳税年度内，技术转让所得不超过500万元的部分。", []),
    ("明确“十五五”时期全市经济社会发展的主要目标，“十五五”时期发展的主要考虑。", []),
    ("上一年一次性增收措施减少。", []),
    ("任期内至少完成一轮审计，规划期内新增床位1000张，节前完成检查。", []),
    ("所属期至2024年度的，照旧办理。", []),
    ("2023年，全市共检查企业1200家。", []),
    ("根据《2024年度工作要点》（云政办〔2024〕5号）制定。", []),
    ("本办法自2024年5月1日起施行，有效期5年。", []),
    ("数量比2022年翻一番。", []),
    ("2024年以来，各地高度重视。", []),
    ("培训不少于40学时/年，占比每年提高2%。", []),
    ("每人每年1000元给予补贴。", []),
    ("拓展24小时服务热线。", []),
    ("毕业2年内的高校毕业生。", []),
    ("三年内不得再次申请。", []),
    ("2027年前三季度增长5%。", []),
    ("2024年重点工作任务分工", []),
    ("2024年6月内蒙古分会场", []),
    ("做好2024年应届毕业生工作。", []),
    ("截至2024年3月底，全市已建成充电桩5000个。", []),
    ("2025年前后建成。", []),
    ("利润较“十三五”末翻一番，“十四五”时期是关键五年。", []),
    ("自取得许可证之日起6个月内未开工的，收回。", []),
    ("毕业年度内高校毕业生可以申请。", []),
    ("年末登记失业率控制在4%以内。", []),
    ("每月工资不低于2000元，每天健身1小时。", []),
    ("2024年4月1日，某县发生事故。", []),
    ("定期开展检查，及时报告。", []),
    ("云溪市养老服务发展规划（2024—2027年）", []),
    ("完成时限：长期坚持。", []),
    ("云溪市人民政府办公室2024年4月10日印发", []),
    ("安全生产治本攻坚三年行动。", []),
]


def said(deadline) -> str:
    if deadline.type == "recurring":
        return f"recurring {deadline.recurrence} {deadline.start or ''}".strip()
    if deadline.type == "by":
        return f"by {deadline.end}"
    return f"{deadline.type} {deadline.start or '-'} {deadline.end or '-'}"


@pytest.mark.parametrize("marked, expected", CASES)
def test_deadlines(marked: str, expected: list[str]) -> None:
    text, spans = parse_marked(marked)
    found = resolve_deadlines(find_deadlines(text), text, ISSUED)
    assert [("due", d.span.start, d.span.end) for d in found] == spans
    assert [said(d) for d in found] == expected
    assert [d.raw for d in found] == [text[start:end] for _, start, end in spans]


def test_without_a_date_of_issue_the_year_stays_open() -> None:
    text = "6月底前完成，2025年底前验收。"
    found = resolve_deadlines(find_deadlines(text), text, Context())
    assert [(d.end, d.reason) for d in found] == [(None, "年份不详"), (date(2025, 12, 31), None)]


def test_the_notices_year_is_enough() -> None:
    text = "6月底前完成。"
    assert [d.end for d in resolve_deadlines(find_deadlines(text), text, Context(year=2017))] == [date(2017, 6, 30)]


def test_within_keeps_event_and_reason() -> None:
    text = "自收到申请之日起15个工作日内办结。"
    (deadline,) = resolve_deadlines(find_deadlines(text), text, ISSUED)
    assert (deadline.event, deadline.reason) == ("收到申请", "起算日期不详")


def test_working_days_past_the_calendar_are_provisional() -> None:
    text = "自印发之日起10个工作日内报备。"
    (deadline,) = resolve_deadlines(find_deadlines(text), text, Context(issued_on=date(2098, 6, 2)))
    assert deadline.provisional


def test_standing_time_lines_are_told_apart() -> None:
    text = "完成时限：持续推进。"
    assert [span.of(text) for span in find_standing(text)] == ["持续推进"]


def test_a_year_named_in_one_sentence_does_not_reach_the_next() -> None:
    text = "2026年底前建成。6月底前报送方案。"
    assert [d.end for d in resolve_deadlines(find_deadlines(text), text, ISSUED)] == [date(2026, 12, 31), date(2024, 6, 30)]


def test_the_printed_form_is_kept() -> None:
    text = "到 ２０２５ 年底,完成"
    (deadline,) = resolve_deadlines(find_deadlines(text), text, ISSUED)
    assert deadline.raw == "到 ２０２５ 年底"


PIECES = ["2025", "年", "13月", "2月30日", "6月", "底", "前", "至", "—", "到", "每", "半年", "自", "印发", "之日起", "30", "个工作日", "内", "十五", "“十四五”", "期间", "第三季度", "次年", "上旬", "，", "。", "\n", "\t", " ", "《", "》", "（", "）", "99", "一", "百", "完成", "元", "按", "月", "通报", "同", "春节", "本月", "31日"]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=20).map("".join)), st.sampled_from([ISSUED, Context(), Context(year=2025)]))
def test_any_text(text: str, context: Context) -> None:
    found = resolve_deadlines(find_deadlines(text), text, context)
    assert [d.span for d in found] == sorted(d.span for d in found)
    assert all(0 <= d.span.start < d.span.end <= len(text) and d.raw == text[d.span.start : d.span.end] for d in found)
    assert all(a.span.end <= b.span.start for a, b in zip(found, found[1:], strict=False))
    assert all("\n" not in d.raw for d in found)
