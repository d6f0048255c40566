"""Which dates bind which sentence and figure: lists of dates, dates behind figures, campaigns' time lines, rows, dated statements."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.binding import bind_target, bind_targets, by_its_date, in_whole_year
from extractors.mentions import Deadline, Sentence, Target
from ingest.document import Span
from tests.extractors.test_pipeline import ends, obligations_of


def due(start: int, end: date | None, recurrence: str | None = None) -> Deadline:
    return Deadline(Span(start, start + 2), "deadline.test", "…", "recurring" if recurrence else "by", end=end, recurrence=recurrence)


def figure(start: int, end: int) -> Target:
    return Target(Span(start, end), "target.test", "…", "托位", ">=", 1)


FIRST, SECOND = date(2025, 12, 31), date(2030, 12, 31)


def test_a_list_of_dates_is_dealt_out():
    bound = bind_targets([figure(12, 16), figure(17, 20)], [due(0, FIRST), due(3, SECOND)], [])
    assert [target.by for target in bound] == [FIRST, SECOND]


def test_one_date_binds_all_figures_behind_it():
    bound = bind_targets([figure(12, 16), figure(17, 20)], [due(0, FIRST)], [])
    assert [target.by for target in bound] == [FIRST, FIRST]


def test_a_date_behind_a_figure_binds_it_unless_another_figure_is_meant():
    assert bind_target(figure(0, 4), [due(6, FIRST)], [], [figure(0, 4)]).by == FIRST
    assert bind_target(figure(0, 4), [due(6, FIRST)], [], [figure(0, 4), figure(10, 14)]).by is None


def test_a_date_of_a_part_does_not_bind_the_whole():
    text = "改造小区56个，其中6月底前全部开工"
    assert bind_target(figure(4, 7), [due(10, FIRST)], [], [figure(4, 7)], text).by is None


def test_the_whole_year_binds_by_its_end():
    assert in_whole_year(figure(2, 8), "全年培训600人次", 2024).by == date(2024, 12, 31)
    assert in_whole_year(figure(0, 6), "培训600人次", 2024).by is None


@pytest.mark.parametrize(
    "rule, dates, expected",
    [
        ("status.past", [due(0, SECOND)], "target"),
        ("status.past", [due(40, SECOND)], None),
        ("status.past", [due(0, date(2020, 1, 1))], None),
        ("nothing.contact", [due(30, None, "P1M")], "duty"),
        ("nothing.definition", [due(0, SECOND)], None),
        ("status.past", [], None),
    ],
)
def test_a_date_to_come_makes_a_statement_an_aim_or_a_duty(rule, dates, expected):
    sentence = Sentence(Span(0, 60), 0, rule=rule)
    assert by_its_date(sentence, dates, date(2024, 3, 1)).kind == expected


def test_a_time_line_under_which_nothing_is_asked_binds_the_tasks_below():
    found = obligations_of("一、活动主题和时间\n主题：安全伴我行\n时间：2024年4月1日至2024年11月30日\n二、重点任务\n组织开展宣传。\n2024年5月底前完成自查。\n")
    assert ends(found["组织开展宣传。"]) == [date(2024, 11, 30)]
    assert ends(found["2024年5月底前完成自查。"]) == [date(2024, 5, 31)]


def test_a_statement_that_only_mentions_a_repetition_binds_nothing_else():
    found = obligations_of("一、监督管理\n本办法所称监测是指每半年一次的测定。\n加强日常巡查。\n")
    assert found["加强日常巡查。"].deadlines == ()


def test_the_date_that_opens_the_aims_binds_their_list():
    body = """一、总体目标

到2026年，服务网络基本健全。养老床位持续增加。

——护理型床位占比达到60%以上。

——到2025年，老年助餐点达到80个。

——社区服务设施覆盖率达到90%。
"""
    found = obligations_of(body)
    assert [t.by for o in found.values() for t in o.targets] == [date(2026, 12, 31), date(2025, 12, 31), date(2026, 12, 31)]


def test_the_date_that_opens_the_aims_binds_their_parts():
    body = """一、创建目标

2025年8月底前，各项指标达到标准。

（一）质量水平提高。抽检合格率达到98%以上。

（二）监管能力提高。到2026年，监管覆盖率达到90%。

（三）服务能力提高。服务满意度达到95%以上。
"""
    found = obligations_of(body)
    assert [t.by for o in found.values() for t in o.targets] == [date(2025, 8, 31), date(2026, 12, 31), date(2025, 8, 31)]
