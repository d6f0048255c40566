from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.pipeline import extract
from extractors.quotas import find_quotas
from ingest.document import Document
from ingest.sources import read_bytes

HEAD = "云溪市人民政府办公室关于下达年度任务的通知\n各乡镇人民政府：\n现将任务下达给你们，请认真完成。\n云溪市人民政府办公室\n2023年5月6日\n附件\n"


def read_table(title: str, *rows: str) -> Document:
    return read_bytes("通知.txt", (HEAD + title + "\n" + "\n".join(rows)).encode())


TABLES = [
    ("2023年油茶种植任务分解表", ["序号\t乡镇\t任务数（亩）\t备注", "1\t东河镇\t1,200\t", "2\t西岭乡\t800\t", "合计\t\t2000\t"], [("油茶种植任务", 1200, "亩"), ("油茶种植任务", 800, "亩")]),
    ("公益岗位安置任务", ["序号\t安置单位名称\t安置任务\t岗位类别", "1\t市图书馆\t2\t事业", "2\t云溪水务有限公司\t3\t企业"], [("安置任务", 2, None), ("安置任务", 3, None)]),
    ("2023年技能培训计划", ["县区\t培训任务（万人次）\t取证任务（人）", "东河区\t1.5\t900", "西岭县\t2\t1000"], [("培训任务", 15000, "人次"), ("取证任务", 900, "人"), ("培训任务", 20000, "人次"), ("取证任务", 1000, "人")]),
    ("2023年旱厕改造任务分解表", ["村名\t旱厕改造（座）\t网格员（名）\t耕地面积（亩）\t时限", "上坪村\t120\t3\t900\t11月", "下坪村\t80\t2\t700\t12月"], [("旱厕改造", 120, "座"), ("网格员", 3, "名"), ("旱厕改造", 80, "座"), ("网格员", 2, "名")]),
    ("各村基本情况一览表", ["村名\t水井（眼）\t党员（名）", "上坪村\t12\t30", "下坪村\t8\t20"], []),
    ("造林任务完成情况统计表", ["村名\t造林（亩）", "上坪村\t120", "下坪村\t80"], []),
    ("2023年技能培训完成情况", ["县区\t完成人数\t完成率", "东河区\t1500\t90%", "西岭县\t2000\t95%"], []),
    ("考核评分表", ["序号\t考核指标\t分值\t责任单位", "1\t入库率\t10\t市统计局", "2\t结案率\t20\t市司法局"], []),
]


@pytest.mark.parametrize(("title", "rows", "expected"), TABLES)
def test_a_row_sets_the_figure_of_its_unit(title, rows, expected):
    quotas = find_quotas(read_table(title, *rows))
    assert [(t.indicator, t.value, t.unit) for quota in quotas.values() for t in quota.targets] == expected


def test_a_row_is_an_obligation_of_its_unit():
    document = read_table(TABLES[1][0], *TABLES[1][1])
    rows = [o for o in extract(document).obligations if o.kind == "target"]
    assert [(o.text, [u.name for u in o.units], [p.name for p in o.parties], [t.value for t in o.targets]) for o in rows] == [
        ("市图书馆\t2\t事业", ["市图书馆"], [], [2]),
        ("云溪水务有限公司\t3\t企业", [], ["云溪水务有限公司"], [3]),
    ]


def test_the_date_cell_of_a_row_binds_its_figures():
    rows = [o for o in extract(read_table(TABLES[3][0], *TABLES[3][1])).obligations if o.kind == "target"]
    assert [[t.by.isoformat() for t in o.targets if t.by] for o in rows] == [["2023-11-30", "2023-11-30"], ["2023-12-31", "2023-12-31"]]


@given(st.lists(st.lists(st.text(alphabet=st.sampled_from("乡镇任务数（亩）12.合计万% ") | st.characters(exclude_categories=("Cs", "Cc"))), min_size=3, max_size=3), max_size=5))
def test_any_table_gives_spans_inside_its_rows(rows):
    document = read_table("任务分解表", "序号\t单位\t任务", *("\t".join(row) for row in rows))
    for index, quota in find_quotas(document).items():
        assert document.blocks[index].span.contains(quota.span)
        assert all(quota.span.contains(target.span) for target in quota.targets)
