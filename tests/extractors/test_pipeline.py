"""From a small notice to its obligations: what each one inherits from its item's lines and headings."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.pipeline import extract, extract_passage
from ingest import read_bytes

HEAD = """云溪市人民政府办公室文件

云政办〔2024〕8号

云溪市人民政府办公室关于加强养老服务的通知

各县（市、区）人民政府，市政府各部门：

现就加强养老服务通知如下：

"""
TAIL = """

云溪市人民政府办公室
2024年3月1日
"""


def obligations_of(body: str) -> dict[str, object]:
    document = read_bytes("示例.txt", (HEAD + body + TAIL).encode())
    found = extract(document).obligations
    assert all(o.span.of(document.text) == o.text for o in found)
    return {o.text: o for o in found}


def units(obligation, inherited=None):
    return [(u.name, u.role) for u in obligation.units if inherited is None or u.inherited == inherited]


def ends(obligation):
    return [d.end for d in obligation.deadlines]


def test_a_line_of_units_and_a_line_with_a_date_bind_the_item():
    found = obligations_of(
        "一、主要任务\n（一）健全服务网络\n建设街道养老服务中心。\n完善村级互助点。\n"
        "责任单位：市民政局、市财政局\n完成时间：2025年10月\n（二）提升服务质量\n开展等级评定。\n责任单位：市民政局\n"
    )
    first = found["建设街道养老服务中心。"]
    assert units(first) == units(found["完善村级互助点。"]) == [("市民政局", "responsible"), ("市财政局", "responsible")]
    assert all(u.inherited for u in first.units)
    assert ends(first) == [date(2025, 10, 31)]
    assert first.path == ("一、主要任务", "（一）健全服务网络")
    assert units(found["开展等级评定。"]) == [("市民政局", "responsible")]
    assert ends(found["开展等级评定。"]) == []


def test_a_bracket_binds_what_stands_before_it():
    found = obligations_of(
        "一、重点工作\n1.加强消防管理。开展隐患排查。（市消防救援支队牵头，市民政局配合）\n2.加强培训。组织护理员培训。（责任单位：市人力资源社会保障局）\n"
    )
    assert units(found["开展隐患排查。"]) == [("市消防救援支队", "lead"), ("市民政局", "cooperating")]
    assert units(found["组织护理员培训。"]) == [("市人力资源社会保障局", "responsible")]


def test_the_date_of_a_phase_binds_everything_in_it():
    found = obligations_of("一、实施步骤\n（一）动员部署阶段（4月10日—4月20日）。各县区要制定方案。\n（二）全面推进阶段（5月—11月）。各县区要落实任务。\n")
    assert ends(found["各县区要制定方案。"]) == [date(2024, 4, 20)]
    assert ends(found["各县区要落实任务。"]) == [date(2024, 11, 30)]


def test_a_target_is_bound_by_the_date_that_heads_it():
    found = obligations_of(
        "一、工作目标\n到2025年，护理型床位占比达到60%以上，社区服务覆盖率达到95%。老年人满意度达到90%以上。\n"
        "二、重点任务\n（一）增加供给\n到2026年底，新建养老机构10家；改造敬老院20所。\n"
    )
    by = {t.indicator: t.by for o in found.values() for t in o.targets}
    assert set(by.values()) == {date(2025, 12, 31), date(2026, 12, 31)}
    assert len(by) == 5


def test_a_subject_is_carried_over_to_the_clause_behind_it():
    found = obligations_of("一、工作要求\n各县区民政局要于6月20日前报送方案；12月20日前报送总结。\n")
    first, second = found["各县区民政局要于6月20日前报送方案；"], found["12月20日前报送总结。"]
    assert units(first) == units(second, inherited=False) == [("各县区民政局", "responsible")]
    assert ends(second) == [date(2024, 12, 20)]


def test_what_asks_nothing_is_no_obligation():
    found = obligations_of("一、重要意义\n养老服务关系千家万户。\n二、主要任务\n建立服务清单。\n")
    assert list(found) == ["建立服务清单。"]


def test_a_report_of_statistics_asks_nothing():
    figures = "".join(f"第{n}产业增加值{n}2.4亿元，增长{n}.3%。" for n in range(1, 8)) + "新增技术中心4个，组建科技特派团7个。" * 2
    more = "".join(f"完成投资{n}8.1亿元，增长{n}.7%。" for n in range(1, 8))
    text = f"云溪市2024年国民经济和社会发展统计公报\n\n云溪市统计局\n\n2025年4月1日\n\n一、综合\n{figures}\n二、投资\n{more}"
    assert extract(read_bytes("示例.txt", text.encode())).obligations == ()


def test_a_passage_without_a_notice():
    found = extract_passage("各县区要于2025年6月底前建成养老服务中心10个。", date(2024, 3, 1))
    assert found.kind == "duty"
    assert [d.end for d in found.deadlines] == [date(2025, 6, 30)]
    assert [(t.value, t.unit, t.by) for t in found.targets] == [(10, "个", date(2025, 6, 30))]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("一二、（）1.各县要市民政局责任单位：2025年底前达到90%。；\n第条 ") | st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_any_text_is_read_without_a_fault(text):
    document = read_bytes("示例.txt", (HEAD + text).encode())
    for obligation in extract(document).obligations:
        for mention in (obligation, *obligation.units, *obligation.deadlines, *obligation.targets, *obligation.parties):
            assert 0 <= mention.span.start <= mention.span.end <= len(document.text)


def test_the_first_year_that_an_undated_text_prints_makes_no_date_of_it_past():
    found = extract(read_bytes("纲要.txt", "云溪市发展规划纲要\n第一章 目标\n到2030年，森林覆盖率达到45%。\n到2027年，新建幼儿园5所。\n".encode()))
    assert [str(d.end) for o in found.obligations for d in o.deadlines] == ["2030-12-31", "2027-12-31"]


@pytest.mark.parametrize("name", ["policy_deadlines", "policy_targets", "policy_units", "policy_citations", "policy_parties"])
def test_each_extractor_works_in_anybodys_pipeline(name):
    import spacy

    nlp = spacy.blank("zh")
    nlp.add_pipe(name)
    doc = nlp("根据《云溪市养老服务条例》，市民政局要督促养老机构于2025年6月底前将持证上岗率提高到90%以上。")
    assert len(doc.spans[name]) == 1


def test_units_are_no_parties_of_their_own_sentence():
    found = obligations_of("""一、工作要求

各县（市、区）、各学校要建立报告制度。

镇畜牧兽医站要加强检疫。
""")
    assert [[p.name for p in o.parties] for o in found.values()] == [["各学校"], []]
