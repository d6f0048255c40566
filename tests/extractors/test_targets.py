"""Targets: figures with what they measure; facts, names, thresholds and statistics are none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.patterns import load_patterns
from extractors.targets import find_targets

# (passage, [(indicator, comparator, value, unit)])
CASES = [
    ("到2025年，农村生活污水治理率达到40%以上。", [("农村生活污水治理率", ">=", 40, "%")]),
    ("产品合格率保持在98%以上，群众满意度不低于90%。", [("产品合格率", ">=", 98, "%"), ("群众满意度", ">=", 90, "%")]),
    ("城镇调查失业率控制在５.５％以内。", [("城镇调查失业率", "<=", 5.5, "%")]),
    ("企业开办时间压缩至1个工作日以内。", [("企业开办时间", "<=", 1, "个工作日")]),
    ("孕产妇死亡率控制在12/10万以下。", [("孕产妇死亡率", "<=", 12, "/10万")]),
    ("主要产业销售收入突破1000亿元。", [("主要产业销售收入", ">=", 100_000_000_000, "元")]),
    ("粮食产量稳定在1.4万亿斤左右。", [("粮食产量", "=", 1_400_000_000_000, "斤")]),
    ("建成5G基站2万个，培训农村人才1万人次。", [("5G基站", "=", 20_000, "个"), ("农村人才", "=", 10_000, "人次")]),
    ("评选和推广1000件以上示范成果。", [("示范成果", ">=", 1000, "件")]),
    ("年营业收入超10亿元企业达到40家。", [("年营业收入超10亿元企业", ">=", 40, "家")]),
    ("创建国家级示范区1个、省级示范区3个。", [("国家级示范区", "=", 1, "个"), ("省级示范区", "=", 3, "个")]),
    ("支持行政区域内5家企业试点，集聚100名设计师。", [("企业试点", "=", 5, "家"), ("设计师", "=", 100, "名")]),
    ("每个行政村配备1名以上动物防疫员。", [("动物防疫员", ">=", 1, "名")]),
    ("每所学校至少设立2名食品安全员。", [("食品安全员", ">=", 2, "名")]),
    ("覆盖率达到百分之九十。", [("覆盖率", ">=", 90, "%")]),
    ("三分之一以上的村建成文化广场。", [("村建成文化广场", ">=", 0.333333, None)]),
    ("入驻率提高5个百分点。", [("入驻率", "increase", 5, "个百分点")]),
    ("降低企业宽带平均资费15%。", [("企业宽带平均资费", "decrease", 15, "%")]),
    ("居民健康素养水平提升到25%。", [("居民健康素养水平", ">=", 25, "%")]),
    ("旅游总收入达到10亿元，年均增长15%。", [("旅游总收入", ">=", 1e9, "元"), ("旅游总收入", "increase", 15, "%")]),
    ("对获评企业，给予一次性奖励20万元。", [("一次性奖励", "=", 200_000, "元")]),
    ("按每人每年1000元给予补贴。", [("补贴", "=", 1000, "元")]),
    ("职业技能培训补贴每人800元。", [("职业技能培训补贴", "=", 800, "元")]),
    ("按贷款利率的50%给予贴息。", [("贴息", "=", 50, "%")]),
    ("给予最高500万元最长3年的担保贷款。", [("担保贷款", "<=", 5_000_000, "元"), ("担保贷款", "<=", 3, "年")]),
    ("延期缴纳期限最长不超过3个月。", [("延期缴纳期限", "<=", 3, "个月")]),
    ("分别给予10万元、5万元的奖励。", [("奖励", "=", 100_000, "元"), ("奖励", "=", 50_000, "元")]),
]
NONE = [
    "目前全市共有生产企业300余家。",
    "全市已建成高标准农田300万亩。",
    "2021年全市共查处案件120起，同比下降5%。",
    "第一产业增加值351.34亿元，增长3.9%。",
    "深入开展“七查七看”和“双随机、一公开”监管。",
    "打造千亿级产业集群，建立健全三级网络。",
    "各单位每半年报送1次工作总结。",
    "开展一次专项检查，组织两次演练。",
    "完成目标得20分，每增加1个百分点加1分。",
    "处5万元以上20万元以下罚款。",
    "年营业收入2000万元以上的企业可以申请。",
    "对职工30人（含）以下的企业放宽条件。",
    "投资额1000万元以上的，优先办理。",
    "依照第五条规定，应当在3个工作日内反馈。",
    "落实《城乡居民收入提高50%行动方案》（甲政发〔2020〕50号）。",
    "咨询热线12345，电话0371-12345678。",
    "经济增长20条政策措施，修订一批、提升一批标准。",
    "通过质量管理体系（ISO9001）认证，引入第三方机构。",
    "申报条件：\n1.注册资金不低于500万元；\n2.职工不少于30人。",
]


@pytest.mark.parametrize("text, expected", CASES)
def test_find_targets(text: str, expected: list[tuple[str, str, float, str | None]]) -> None:
    found = find_targets(text)
    assert [(t.indicator, t.comparator, t.value, t.unit) for t in found] == expected
    assert all(t.span.of(text) == t.raw for t in found)


@pytest.mark.parametrize("text", NONE)
def test_no_target(text: str) -> None:
    assert find_targets(text) == []


@pytest.mark.parametrize(
    "text, comparator, value, upper, reference",
    [
        ("培育示范企业2-3家。", "range", 2, 3, None),
        ("投资增速保持在3—5%。", "range", 3, 5, None),
        ("给予补助3—5万元。", "range", 30_000, 50_000, None),
        ("能耗比2020年下降13.5%。", "decrease", 13.5, None, "2020年"),
        ("企业数量较2020年翻两番。", "multiple", 4, None, "2020年"),
        ("总产值达到2020年的1.5倍。", "multiple", 1.5, None, "2020年"),
        ("合格率高于全省平均水平。", ">", None, None, "全省平均水平"),
        ("增速高于全国平均水平2个百分点。", ">", 2, None, "全国平均水平"),
        ("专业人员占队伍总人数的70%以上。", ">=", 70, None, "队伍总人数"),
        ("补助不超过投资总额的30%。", "<=", 30, None, "投资总额"),
    ],
)
def test_ranges_and_references(
    text: str, comparator: str, value: float | None, upper: float | None, reference: str | None
) -> None:
    (target,) = find_targets(text)
    assert (target.comparator, target.value, target.upper, target.reference) == (comparator, value, upper, reference)


def test_years_with_a_figure_each() -> None:
    found = find_targets("到2025年和2030年，绿化率分别达到24.1%和25%。")
    assert [(t.value, t.by) for t in found] == [(24.1, date(2025, 12, 31)), (25, date(2030, 12, 31))]
    assert found[0].span != found[1].span


def test_subjects_with_a_figure_each() -> None:
    found = find_targets("绿化率、达标率分别达到40%、95%。")
    assert [(t.indicator, t.value) for t in found] == [("绿化率", 40), ("达标率", 95)]


def test_report_of_statistics_has_none() -> None:
    text = "".join(f"第{i}产业增加值{i}1.5亿元，增长{i}.3%。" for i in range(1, 20)) + "粮食播种面积921万亩，覆盖率达到90%。"
    assert find_targets(text) == []


def test_figures_end_with_their_block() -> None:
    assert find_targets("合格率达到\n90%") == []


def test_each_rule_has_a_known_side() -> None:
    assert {rule.fields["side"] for rule in load_patterns("targets")} <= {"left", "right", "between", "grant"}


PIECES = st.sampled_from(
    list("，。；：、（）《》“”\n%年个家元的和至比到") + ["达到", "不低于", "提高", "2020年", "10", "三十", "分别", "以上", "翻番", "给予", "建成", "合格率"]
)


@given(st.text(max_size=80) | st.lists(PIECES, max_size=40).map("".join))
def test_any_string(text: str) -> None:
    found = find_targets(text)
    assert [t.span for t in found] == sorted(t.span for t in found)
    assert all(0 <= t.span.start < t.span.end <= len(text) and t.span.of(text) == t.raw for t in found)
    assert all(t.indicator for t in found)
