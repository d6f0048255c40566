"""What an assessment asks before it says how it is counted (计分标准)."""

from __future__ import annotations

import pytest

from extractors.kinds import find_kind
from extractors.pipeline import extract
from ingest.sources import read_bytes

TABLE = (
    "云溪市考核办法\n附件\n考核评分标准\n项目\t考核内容与要求\t基本分\t评分标准\n"
    "一、节能\t1.开展节能降耗工作。\t15\t建立监测制度，每半年报送一次节能报表，符合要求的得10分。未按时报送的扣2分。\n"
    "二、市场\t2.实施市场改造。\t10\t完成任务得基本分；每多改造1家市场，加1分，最多加3分。\n"
)


@pytest.mark.parametrize(
    "sentence",
    [
        "建立监测制度，每半年报送一次报表，符合要求的得10分。",
        "制定年度工作计划，未制定的扣2分。",
        "继续推进回收工程，全面完成目标得10分。",
    ],
)
def test_an_act_before_the_points_is_asked(sentence):
    assert find_kind(sentence)[0] == "duty"


@pytest.mark.parametrize(
    "sentence",
    [
        "完成任务得基本分，没有完成不得分。",
        "每增加1家市场改造，加2分，限加10分。",
        "落实不到位，扣2分。",
        "开展活动少于3次，扣1分。",
        "未严格执行制度的按市场比例扣分，扣完10分为止。",
        "发生责任事故，扣5分。",
        "获得省级表彰，加3分。",
    ],
)
def test_points_alone_ask_nothing(sentence):
    assert find_kind(sentence)[0] is None


def test_the_scoring_column_of_a_table_is_read_for_what_it_asks():
    found = extract(read_bytes("办法.txt", TABLE.encode())).obligations
    assert [(o.text, [d.recurrence for d in o.deadlines]) for o in found] == [
        ("1.开展节能降耗工作。", []),
        ("建立监测制度，每半年报送一次节能报表，符合要求的得10分。", ["P6M"]),
        ("2.实施市场改造。", []),
    ]
