from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.forms import find_silent_blocks
from extractors.sentences import plain_document
from ingest.sources import read_bytes

HEAD = "云溪市人民政府办公室关于印发云溪市创业扶持办法的通知\n各乡镇人民政府：\n现将办法印发给你们，请认真贯彻执行。\n云溪市人民政府办公室\n2023年5月6日\n附件1\n"


def silent_lines(text: str) -> list[str]:
    document = read_bytes("通知.txt", text.encode())
    return [document.blocks[i].span.of(document.text) for i in sorted(find_silent_blocks(document))]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("云溪市创业扶持资金申请表", ["单位名称", "组织形式 地址", "经营项目及规模", "申请人签章  年  月  日", "注：此表一式两份，须双面打印。"]),
        ("云溪市民宿备案登记表", ["联系人 联系电话", "是否有证 □是 □否", "经营面积"]),
        ("云溪市培训学员汇总表", ["姓名 性别 工种", "填报日期：  年  月  日"]),
    ],
)
def test_a_form_asks_nothing(title, lines):
    found = silent_lines(HEAD + "\n".join([title, *lines]))
    assert [line.replace(" ", "") for line in found] == [line.replace(" ", "") for line in lines]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("云溪市创业扶持任务分工表", ["序号\t重点任务\t责任单位\t完成时限", "1\t建立创业导师库\t市人社局\t2023年底", "2\t开展创业培训\t市人社局\t2023年底"]),
        ("云溪市创业导师管理规范", ["创业导师应当每季度走访服务对象。", "对弄虚作假的，取消资格。"]),
        ("云溪市重点工作进度表", ["一、5月底前完成摸底。", "二、6月底前完成建档。"]),
    ],
)
def test_tables_of_tasks_and_rules_are_read(title, lines):
    assert silent_lines(HEAD + "\n".join([title, *lines])) == []


PAPERS = [
    ("资料清单：①《创业补贴申请表》；\n②营业执照（原件及复印件）；\n③场地租赁合同。\n申请人对材料的真实性负责。", 2),
    ("申请人应提交下列材料：\n（一）创业补贴申请表；\n（二）身份证复印件；\n（三）培训合格证书。\n第九条 各地要按时审核。", 3),
    ("申报材料：\n1.单位简介；\n2.应当加盖公章的财务报表；\n3.承诺书。", 1),
    ("各地要做到：\n（一）建立台账和档案；\n（二）公示名单。", 0),
]


@pytest.mark.parametrize(("text", "count"), PAPERS)
def test_papers_to_be_handed_in_belong_to_their_lead_in(text, count):
    assert len(find_silent_blocks(plain_document(text))) == count


@pytest.mark.parametrize(
    ("line", "silent"),
    [("承诺人（签字）：      年  月  日", True), ("单位负责人：______", True), ("申请表应当有负责人（签字）和日期", False), ("每年月均开展两次以上巡查", False), ("2023年6月底前报送（盖章）总结，各地要按时报送。", False)],
)
def test_a_field_outside_a_form(line, silent):
    assert bool(find_silent_blocks(plain_document(line))) is silent


@given(st.text(alphabet=st.sampled_from("年月日（签章）□_：材料如下①表；。\n") | st.characters()))
def test_any_text_gives_indices_of_its_blocks(text):
    document = plain_document(text)
    assert find_silent_blocks(document) <= set(range(len(document.blocks)))
