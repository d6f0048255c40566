"""Files that hold several notices: where each begins, and what is never parted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lines import Line, as_paragraph
from ingest.several import split_notices
from ingest.sources import read_all_bytes
from tests.ingest import notices
from tests.ingest.test_heads import HEADS

BODY = "为做好{0}工作，现将有关事项通知如下：\n一、加强领导。各单位要高度重视，落实{0}责任。\n二、强化督查。县政府办公室每季度通报一次。\n"


def notice(subject: str, number: int, *, mark: bool = True, imprint: bool = True, carries: str = "", number_line: bool = True) -> str:
    """A notice of a county's office about `subject`."""
    lines = ["云溪县人民政府办公室文件"] if mark else []
    lines += [f"云政办〔2020〕{number}号"] if mark and number_line else []
    lines += [f"云溪县人民政府办公室\n关于{'印发' + carries if carries else '做好' + subject + '工作'}的通知"]
    lines += [f"云政办〔2020〕{number}号"] if not mark and number_line else []
    lines += ["各乡镇人民政府，县政府各部门："]
    lines += [f"《{carries}》已经县政府同意，现印发给你们，请认真贯彻执行。" if carries else BODY.format(subject).strip()]
    lines += ["云溪县人民政府办公室", f"2020年{number}月8日"]
    lines += [f"{carries}\n为加强{subject}工作，制定本方案。\n一、工作目标\n年底前完成{subject}任务。\n二、工作措施\n县水利局要每月调度。"] if carries else []
    lines += [f"抄送：县委办公室。\n云溪县人民政府办公室　　2020年{number}月9日印发"] if imprint else []
    return "\n".join(lines) + "\n"


TWO_PLAIN = notice("防汛", 3, mark=False, imprint=False) + notice("抗旱", 4, mark=False, imprint=False)
TWO_WITHOUT_NUMBERS = notice("防汛", 3, mark=False, imprint=False, number_line=False) + notice("抗旱", 4, mark=False, imprint=False, number_line=False)
CONTENTS = "云溪县2020年文件汇编\n目录\n" + "".join(f"云溪县人民政府办公室关于做好{s}工作的通知……{n}\n" for n, s in enumerate(("防汛", "抗旱", "春耕", "秋收", "造林"), 1))
COLLECTION = CONTENTS + "".join(notice(s, n) for n, s in enumerate(("防汛", "抗旱", "春耕", "秋收", "造林"), 1))
CARRYING = "".join(notice(s, n, carries=f"云溪县{s}工作方案") for n, s in enumerate(("防汛", "抗旱"), 1))
BULLETINS = "".join(
    f"云溪县水利局关于{s}的通告\n为加强河道管理，现通告如下：\n一、禁止{s}区域内的违法行为。\n特此通告。\n云溪县水利局\n2021年{n}月1日\n" for n, s in enumerate(("划定禁采区", "划定禁渔区", "封闭堤顶道路"), 1)
)
WITH_FORMS = (
    notice("普查", 5, mark=False, imprint=False).replace("云溪县人民政府办公室\n2020年5月8日", "附件：普查登记表\n云溪县人民政府办公室\n2020年5月8日")
    + "附件\n普查登记表\n| 姓名 | 单位 |\n|---|---|\n| 甲 | 一村 |\n"
    + notice("抗旱", 6, mark=False, imprint=False)
)
SPLIT = {
    "two_plain": (TWO_PLAIN, ["云溪县人民政府办公室关于做好防汛工作的通知", "云溪县人民政府办公室关于做好抗旱工作的通知"]),
    "two_without_numbers": (TWO_WITHOUT_NUMBERS, ["云溪县人民政府办公室关于做好防汛工作的通知", "云溪县人民政府办公室关于做好抗旱工作的通知"]),
    "collection_of_five": (COLLECTION, [f"云溪县人民政府办公室关于做好{s}工作的通知" for s in ("防汛", "抗旱", "春耕", "秋收", "造林")]),
    "each_carries_a_plan": (CARRYING, ["云溪县人民政府办公室关于印发云溪县防汛工作方案的通知", "云溪县人民政府办公室关于印发云溪县抗旱工作方案的通知"]),
    "bulletins": (BULLETINS, [f"云溪县水利局关于{s}的通告" for s in ("划定禁采区", "划定禁渔区", "封闭堤顶道路")]),
    "attachment_between": (WITH_FORMS, ["云溪县人民政府办公室关于做好普查工作的通知", "云溪县人民政府办公室关于做好抗旱工作的通知"]),
    "title_printed_twice": (
        TWO_PLAIN + "来源：云溪县政府网\n云溪县水利局关于印发《云溪县节水办法》的通知\n云溪县水利局关于印发《云溪县节水办法》的通知\n云水〔2021〕2号\n各乡镇人民政府：\n现将《云溪县节水办法》印发给你们，请遵照执行。\n云溪县水利局\n2021年3月1日\n云溪县节水办法\n第一条　为节约用水，制定本办法。\n",
        ["云溪县人民政府办公室关于做好防汛工作的通知", "云溪县人民政府办公室关于做好抗旱工作的通知", "云溪县水利局关于印发《云溪县节水办法》的通知"],
    ),
    "orders": (HEADS["order_one_line_number"][0] + HEADS["signed_by_the_county_head"][0], ["云溪省人民政府令", "云溪县人民政府令"]),
    "different_organs": (
        HEADS["announcement_of_a_bureau"][0] + HEADS["sponsor_and_supervisor"][0] + HEADS["joint_heads_in_rows"][0],
        ["云溪市市场监督管理局关于2023年食品抽检情况的公告", "云溪市人民政府办公室关于印发云溪市质量提升行动方案的通知", "云溪省财政厅 云溪省民政厅 云溪省退役军人事务厅关于提高抚恤补助标准的通知"],
    ),
}

CHAIN = (
    "云溪县财政局转发市财政局关于做好彩票公益金管理的通知\n云财〔2014〕30号\n各乡镇财政所：\n现将《云溪市财政局转发示例省财政厅关于做好彩票公益金管理的通知》（市财〔2014〕20号）转发给你们，请遵照执行。\n云溪县财政局\n2014年5月2日\n"
    "云溪市财政局转发示例省财政厅关于做好彩票公益金管理的通知\n市财〔2014〕20号\n各县（区）财政局：\n现将《示例省财政厅关于做好彩票公益金管理的通知》（示财〔2014〕7号）转发给你们，请遵照执行。\n云溪市财政局\n2014年4月2日\n"
    "示例省财政厅关于做好彩票公益金管理的通知\n示财〔2014〕7号\n各市财政局：\n为加强管理，现通知如下：\n一、专款专用。各市不得挪用公益金。\n示例省财政厅\n2014年3月20日\n"
)
FORWARD_WITH_LETTERHEAD = (
    "云溪县应急管理局文件\n云应急〔2021〕9号\n云溪县应急管理局转发市应急局文件的通知\n各乡镇应急办：\n现将市应急局《关于做好夏季防暑降温工作的通知》转发给你们，请抓好落实。\n云溪县应急管理局\n2021年6月9日\n"
    "云溪市应急管理局文件\n市应急〔2021〕31号\n云溪市应急管理局关于做好夏季防暑降温工作的通知\n各县（区）应急管理局：\n各地要落实高温津贴制度。\n云溪市应急管理局\n2021年6月1日\n云溪市应急管理局办公室　2021年6月1日印发\n"
)
REPLY = (
    "云溪市人民政府关于同意设立云溪工业园的批复\n云政函〔2018〕5号\n青石县人民政府：\n你县《关于设立云溪工业园的请示》（青政〔2018〕2号）收悉。现批复如下：\n一、同意设立云溪工业园。\n二、你县要加强管理。\n云溪市人民政府\n2018年4月1日\n"
    "青石县人民政府关于设立云溪工业园的请示\n青政〔2018〕2号\n市人民政府：\n为加快发展，我县拟设立云溪工业园。\n妥否，请批示。\n青石县人民政府\n2018年2月1日\n"
)
ATTACHED_NOTICE = (
    "云溪县教育局关于开展培训的通知\n云教〔2019〕5号\n各中小学校：\n请各校按照市教育局要求参加培训。\n附件：云溪市教育局关于开展教师培训的通知\n云溪县教育局\n2019年3月1日\n"
    "附件\n云溪市教育局关于开展教师培训的通知\n市教〔2019〕17号\n各县（区）教育局：\n各地要组织教师参加培训。\n云溪市教育局\n2019年2月20日\n"
)
TEMPLATES = (
    notice("执法", 7) + "附件\n文书格式\n关于责令改正的通知\n×改字〔20××〕×号\n某某公司：\n你单位存在下列问题，请于收到本通知之日起5日内改正。\n（盖章）\n　　年　　月　　日\n"
)
TITLE_TWICE = "云溪县人民政府办公室关于做好防汛工作的通知\n云政办〔2020〕3号\n" + notice("防汛", 3)
WHOLE = {
    "chain_of_three": CHAIN,
    "forward_with_letterhead": FORWARD_WITH_LETTERHEAD,
    "reply_with_the_letter": REPLY,
    "attached_notice": ATTACHED_NOTICE,
    "templates": TEMPLATES,
    "title_twice": TITLE_TWICE,
    "contents_alone": CONTENTS,
    "carried_plan": notice("防汛", 3, carries="云溪县防汛工作方案"),
    "carried_after_the_imprint": notice("防汛", 3, mark=True) .replace("做好防汛工作的通知", "印发云溪县防汛办法的通知") + "云溪县防汛办法\n第一条　为加强防汛，制定本办法。\n第二条　县水利局应当巡查。\n",
    **{name: text for name, text in vars(notices).items() if name.isupper()},
    **{name: text for name, (text, _) in HEADS.items()},
}


@pytest.mark.parametrize("name", SPLIT)
def test_each_notice_is_a_document(name: str) -> None:
    text, titles = SPLIT[name]
    assert [d.head.title for d in read_all_bytes("汇编.txt", text.encode())] == titles


@pytest.mark.parametrize("name", WHOLE)
def test_one_notice_stays_whole(name: str) -> None:
    assert len(read_all_bytes("示例.txt", WHOLE[name].encode())) == 1


def test_parts_have_names_and_digests_of_their_own() -> None:
    first, second = read_all_bytes("汇编.txt", TWO_PLAIN.encode())
    assert (first.source, second.source) == ("汇编.txt", "汇编.txt#2")
    assert first.sha256 != second.sha256
    assert [d.sha256 for d in read_all_bytes("汇编.txt", TWO_PLAIN.encode())] == [first.sha256, second.sha256]


def test_no_sentence_is_lost_or_doubled() -> None:
    documents = read_all_bytes("汇编.txt", COLLECTION.encode())
    whole = "".join(d.text for d in documents)
    assert [whole.count(f"落实{s}责任") for s in ("防汛", "抗旱", "春耕", "秋收", "造林")] == [1] * 5
    assert "目录" not in documents[1].text


def test_the_cover_left_out_is_told() -> None:
    first, *others = read_all_bytes("汇编.txt", COLLECTION.encode())
    assert any("cover" in warning for warning in first.warnings)
    assert not any(d.warnings for d in others)


PIECES = st.sampled_from([line for line in (COLLECTION + CHAIN + WITH_FORMS).split("\n") if line]) | st.text(max_size=20)


@given(st.lists(PIECES, max_size=60))
def test_any_lines_are_parted_in_order_and_whole(lines: list[str]) -> None:
    paragraphs = [as_paragraph(Line(line)) for line in lines]
    notices, left_out = split_notices(paragraphs)
    assert [p for notice in notices for p in notice] == paragraphs[left_out:]
