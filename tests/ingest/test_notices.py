"""Whole notices, read from text: what the head says, what stands under what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ingest import read_bytes
from ingest.document import Document, Part
from ingest.imprint import split_recipients
from tests.ingest import notices


def read_text(text: str, name: str = "示例.txt") -> Document:
    return read_bytes(name, text.encode())


HEADS: list[tuple[str, dict[str, Any]]] = [
    (
        notices.JOINT,
        {
            "title": "云溪市教育局 云溪市财政局 云溪市民政局关于做好困难学生资助工作的通知",
            "document_number": "云教联〔2021〕8号",
            "issuing_organs": ("云溪市教育局", "云溪市财政局", "云溪市民政局"),
            "document_type": "通知",
            "issued_on": date(2021, 3, 5),
            "printed_on": date(2021, 3, 6),
            "recipients": ("各县（区）教育局", "财政局", "民政局", "市直有关学校"),
            "cc": ("省教育厅", "市委办公室", "市人大常委会办公室"),
            "attachments": ("资助对象认定表", "资助资金分配表"),
            "contacts": ("王五", "0555-1234567"),
            "copy_number": "000012",
            "classification": "机密★1年",
            "urgency": "特急",
            "signatory": "李四",
            "enclosed_title": None,
        },
    ),
    (
        notices.ORDER,
        {
            "title": "云溪省人民政府令",
            "enclosed_title": "云溪省农产品批发市场管理办法",
            "document_number": "第31号",
            "document_type": "令",
            "issued_on": date(2015, 7, 2),
            "issuing_organs": ("云溪省人民政府",),
            "recipients": (),
        },
    ),
    (
        notices.LETTER,
        {
            "title": "云溪市住房和城乡建设局关于青石小区加装电梯有关问题的复函",
            "document_number": "云建函[2018]77号",
            "document_type": "函",
            "recipients": ("临江区住房和城乡建设局",),
            "issued_on": date(2018, 4, 10),
            "issuing_organs": ("云溪市住房和城乡建设局",),
        },
    ),
    (
        notices.BULLETIN,
        {
            "title": "云溪市人民政府关于划定高污染燃料禁燃区的通告",
            "document_number": "云政通〔2019〕3号",
            "document_type": "通告",
            "recipients": (),
            "issued_on": date(2019, 10, 28),
            "issuing_organs": ("云溪市人民政府",),
        },
    ),
    (notices.PLAN_ONLY, {"title": "云溪县智慧养老服务三年行动计划（2022—2024年）", "document_type": "计划", "issuing_organs": (), "issued_on": None}),
    (
        notices.FORWARD,
        {
            "title": "青石县人民政府办公室关于转发县卫生健康局2020年乡村医生培训实施方案的通知",
            "enclosed_title": "2020年乡村医生培训实施方案",
            "document_type": "通知",
            "issuing_organs": ("青石县人民政府办公室",),
            "issued_on": date(2020, 4, 1),
            "attachments": ("乡村医生培训报名表",),
        },
    ),
    (
        notices.WRAPPED,
        {
            "title": "临江市人民政府关于加快发展现代粮食流通的若干意见",
            "document_type": "意见",
            "document_number": "临政〔2009〕15号",
            "issued_on": date(2009, 6, 18),
            "printed_on": date(2009, 6, 19),
            "cc": ("市委各部门", "军分区", "市人大办公室", "市政协办公室"),
        },
    ),
    (notices.BARE_NO_HEAD, {"title": "关于加强冬季供暖保障的工作提示", "issuing_organs": (), "document_number": None, "issued_on": None}),
    (notices.MAIL_DATE_UNDER_TITLE, {"title": "云溪市2023年农业农村工作要点", "document_type": "要点", "issued_on": date(2023, 2, 20)}),
    (
        notices.DATA_RULES,
        {
            "title": "云溪省数据局 云溪省财政厅关于印发《云溪省公共数据授权运营管理暂行办法》的通知",
            "enclosed_title": "云溪省公共数据授权运营管理暂行办法",
            "issuing_organs": ("云溪省数据局", "云溪省财政厅"),
            "attachments": ("云溪省公共数据授权运营管理暂行办法",),
            "issued_on": date(2024, 5, 30),
        },
    ),
    (
        notices.DECISION,
        {
            "title": "中共青石县委 青石县人民政府关于表彰2010年度安全生产先进单位的决定",
            "document_type": "决定",
            "issued_on": date(2011, 1, 20),
            "issuing_organs": ("中共青石县委", "青石县人民政府"),
        },
    ),
    (
        notices.FLAT,
        {
            "title": "青石县人民政府办公室关于印发青石县促进就业若干措施的通知",
            "enclosed_title": "青石县促进就业若干措施",
            "recipients": ("各乡镇人民政府", "县政府各部门"),
            "issued_on": date(2022, 6, 8),
        },
    ),
    (
        notices.ANNOUNCEMENT,
        {
            "title": "关于发布医疗机构制剂管理有关事项的公告",
            "document_number": "2020年第15号",
            "issuing_organs": ("国家示例药品监督管理局", "国家示例卫生健康委员会"),
            "attachments": ("申报资料要求", "审核要点", "备案表"),
            "issued_on": date(2020, 2, 10),
        },
    ),
    (
        notices.FIGURES,
        {
            "title": "关于做好2013年农机安全生产工作的意见",
            "attachments": ("农机检验登记表", "农机事故统计表"),
            "contacts": ("赵六", "0555-7654321", "abc@example.cn"),
            "issued_on": date(2013, 3, 12),
        },
    ),
    (
        notices.SPACED,
        {
            "title": "云溪县教育局关于开展校园安全大检查的通知",
            "document_number": "云教发（2016）45号",
            "signatory": "钱七",
            "recipients": ("各中小学校、幼儿园",),
            "cc": ("县政府办", "市教育局"),
            "attachments": ("校园安全检查表",),
            "printed_on": date(2016, 8, 25),
        },
    ),
    (
        notices.GLUED,
        {
            "title": "青石市人民政府关于印发青石市社区食堂管理办法的通知",
            "enclosed_title": "青石市社区食堂管理办法",
            "recipients": ("各县（区）人民政府", "市政府各部门"),
            "issuing_organs": ("青石市人民政府",),
            "issued_on": date(2022, 5, 9),
        },
    ),
    (
        notices.WEB_PAGE,
        {
            "title": "青石市民政局关于做好高龄津贴发放工作的通知",
            "document_number": "青民发〔2022〕18号",
            "recipients": ("各县（区）民政局", "局机关各科室"),
            "issuing_organs": ("青石市民政局",),
            "issued_on": date(2022, 3, 15),
        },
    ),
    (notices.PASSED_RULES, {"title": "云溪市物业管理条例", "issued_on": date(2018, 8, 2), "document_type": "条例"}),
    (
        notices.MANY_SIGN,
        {
            "issuing_organs": ("中共云溪市委宣传部", "云溪市公安局", "共青团云溪市委员会", "国家税务总局云溪市税务局", "云溪海关", "云溪广播电视台", "云溪市气象局"),
            "issued_on": date(2021, 4, 1),
            "contacts": ("张三", "13912345678", "abc@example.cn"),
            "document_number": "云政规〔2021〕4号",
            "title": "关于印发《云溪市养犬管理办法》的通知",
        },
    ),
    (notices.DATED_RULES, {"title": "云溪市住房保障实施细则", "issued_on": date(2023, 5, 6)}),
    (
        notices.STATISTICS,
        {"title": "青石市2021年国民经济和社会发展统计公报", "document_type": "公报", "issuing_organs": ("青石市统计局", "国家统计局青石调查队"), "issued_on": date(2022, 3, 28)},
    ),
    (notices.MINUTES, {"title": "青石县人民政府专题会议纪要", "document_type": "纪要", "issued_on": date(2022, 7, 8)}),
    (
        notices.FORWARD_WHOLE,
        {
            "title": "云溪市财政局转发省财政厅关于加强彩票公益金管理的通知",
            "enclosed_title": "示例省财政厅关于加强彩票公益金管理的通知",
            "document_number": "云财综〔2014〕18号",
            "issuing_organs": ("云溪市财政局",),
            "issued_on": date(2014, 4, 2),
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), HEADS, ids=[row[1]["title"][:20] for row in HEADS])
def test_head(text: str, expected: dict[str, Any]) -> None:
    head = read_text(text).head
    assert {name: getattr(head, name) for name in expected} == expected


PATHS = [
    (notices.JOINT, "建立台账", ("一、准确认定",)),
    (notices.ORDER, "建立入场查验制度", ("第一章 总则", "第二条")),
    (notices.ORDER, "责令改正", ("第二章 法律责任", "第三条")),
    (notices.BULLETIN, "禁止销售", ()),
    (notices.PLAN_ONLY, "建成县级平台", ("二、重点任务", "（一）建设服务平台")),
    (notices.PLAN_ONLY, "县民政局、县人社局", ("二、重点任务", "（二）培训护理人员")),
    (notices.FORWARD, "组织集中授课", ("二、培训安排", "（一）集中培训（2020年5月）")),
    (notices.WRAPPED, "新建和改造", ("二、主要措施", "(一)加强仓储设施建设")),
    (notices.MAIL_DATE_UNDER_TITLE, "新增绿色", ("二、发展特色产业",)),
    (notices.FLAT, "300个", ("二、扩大公共岗位",)),
    (notices.FIGURES, "全部上牌", ("2、工作重点", "（1）开展检验", "①拖拉机")),
    (notices.LONG_PLAN, "就业稳定", ("第一部分 发展基础", "第一章 发展环境", "第一节 主要成就", "1.2 民生改善")),
    (notices.LONG_PLAN, "新发展理念", ("第二部分 总体要求", "第二章 指导思想")),
    (notices.BRACKETED_UNITS, "新增停车泊位", ("二、主要任务",)),
    (notices.BRACKETED_UNITS, "二是加强督查", ("三、保障措施",)),
    (notices.SPACED, "于9月12日前上报", ("二、时间安排", "（一）自查阶段（9月1日至9月10日）")),
    (notices.FORWARD_WHOLE, "不得挪用", ("一、专款专用",)),
    (notices.MANY_SIGN, "养犬人应当", ("第二条【登记】",)),
    (notices.DATED_RULES, "提交材料", ("2.申请",)),
    (notices.GLUED, "虚报就餐", ("第一章 总则", "第三条")),
    (notices.GLUED, "追回补贴", ("第二章 监督管理", "第四条")),
    (notices.GLUED_PLAN, "统一、高效", ("一、总体要求",)),
    (notices.GLUED_PLAN, "开展演练", ("二、重点任务", "（二）强化应急准备")),
    (notices.GLUED_PLAN, "定期通报", ("三、保障措施", "（二）加强督查")),
]


@pytest.mark.parametrize(("text", "words", "path"), PATHS)
def test_path(text: str, words: str, path: tuple[str, ...]) -> None:
    document = read_text(text)
    index = document.block_at(document.text.index(words))
    assert index is not None
    assert document.path(index) == path
    assert document.blocks[index].part is Part.BODY


@pytest.mark.parametrize(
    "text, passage",
    [
        (notices.WRAPPED, "基本形成主体多元、竞争有序的粮食流通格局,粮食应急保障能力明显增强。"),
        (notices.WRAPPED, "根据国家和省有关规定"),
        (notices.FLAT, "1.对不裁员的企业返还失业保险费。"),
        (notices.ORDER, "第三条 违反本办法第二条规定的，责令改正；"),
    ],
)
def test_reading_text_joins_what_the_file_cut(text: str, passage: str) -> None:
    assert passage in read_text(text).text


@pytest.mark.parametrize(
    "text, words",
    [
        (notices.JOINT, "云溪市教育局办公室"),
        (notices.JOINT, "资助对象认定表"),
        (notices.WRAPPED, "抄送"),
        (notices.WRAPPED, "主题词"),
        (notices.ORDER, "省长"),
        (notices.FORWARD, "（此件公开发布）"),
        (notices.LETTER, "二○一八年"),
        (notices.MANY_SIGN, "云溪广播电视台"),
        (notices.MANY_SIGN, "中共云溪市委宣传部"),
    ],
)
def test_head_and_imprint_are_no_body(text: str, words: str) -> None:
    document = read_text(text)
    index = document.block_at(document.text.index(words))
    assert index is not None
    assert document.blocks[index].part is not Part.BODY


def test_carried_text_and_attachment_are_told_apart() -> None:
    document = read_text(notices.FORWARD)
    at = {document.blocks[i].notice for i, b in enumerate(document.blocks) if "组织集中授课" in b.span.of(document.text)}
    rows = {b.notice for b in document.blocks if b.cells}
    assert (at, rows) == ({1}, {2})


@pytest.mark.parametrize(
    "text, names",
    [
        ("各区县（自治县）民政局、网信办、公安（分）局、教委、妇联，新城区、高新区有关单位", ["各区县（自治县）民政局", "网信办", "公安（分）局", "教委", "妇联", "新城区、高新区有关单位"]),
        ("管委会各部、各相关单位", ["管委会各部", "各相关单位"]),
        ("各市、县（市、区）人民政府，省有关部门、单位", ["各市、县（市、区）人民政府", "省有关部门、单位"]),
        ("各旗、县、区人民政府；市直各部门、各直属单位", ["各旗、县、区人民政府", "市直各部门", "各直属单位"]),
        ("高新区经信、人力社保、文化旅游部门", ["高新区经信、人力社保、文化旅游部门"]),
        ("市民政局、市财政局各有关处室", ["市民政局、市财政局各有关处室"]),
        ("各中小学校、幼儿园", ["各中小学校、幼儿园"]),
        ("各省、自治区、直辖市人民政府及新疆生产建设兵团", ["各省、自治区、直辖市人民政府", "新疆生产建设兵团"]),
        ("各县（市、区）人民政府和开发区管委会，市政府各部门", ["各县（市、区）人民政府", "开发区管委会", "市政府各部门"]),
        ("管委会和文旅集团各部，各相关单位", ["管委会和文旅集团各部", "各相关单位"]),
        ("管委会和文旅集团各部、各相关单位", ["管委会和文旅集团各部", "各相关单位"]),
        ("各部门、各商铺", ["各部门", "各商铺"]),
        ("各市、各县人民政府", ["各市、各县人民政府"]),
        ("各乡镇人民政府及其所属单位", ["各乡镇人民政府及其所属单位"]),
        ("各省、自治区、直辖市及计划单列市人民政府", ["各省、自治区、直辖市及计划单列市人民政府"]),
    ],
)
def test_split_recipients(text: str, names: list[str]) -> None:
    assert list(split_recipients(text)) == names


@pytest.mark.parametrize("words", ["无障碍", "首页", "索引号", "扫一扫", "上一篇", "ICP"])
def test_the_page_around_a_notice_is_left_out(words: str) -> None:
    document = read_text(notices.WEB_PAGE)
    assert words not in document.text
    assert document.blocks[-1].part is Part.SIGNATURE


def test_row_keeps_its_columns() -> None:
    document = read_text(notices.FORWARD)
    row = [b for b in document.blocks if b.cells][-1]
    assert [(cell.column, cell.span.of(document.text)) for cell in row.cells] == [("序号", "1"), ("姓名", "甲"), ("单位", "一村卫生室")]


def test_a_remark_in_square_brackets_above_the_title_is_no_part_of_it():
    text = "【示例文件】\n云溪市养老服务补贴实施细则\n（征求意见稿）\n第一章 总则\n第一条 市民政局应当建立台账。\n"
    assert read_bytes("示例.txt", text.encode()).head.title == "云溪市养老服务补贴实施细则（征求意见稿）"
