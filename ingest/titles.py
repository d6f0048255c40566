"""Titles (标题), kinds of documents (文种) and the organs that issue them, told by their form."""

from __future__ import annotations

import re

from ingest.lines import Paragraph
from ingest.normalize import squeeze
from ingest.numbering import find_marker

# 文种 of the regulation on official documents, then the forms that notices carry; longer names first where one ends another.
TYPES = (
    "决议", "决定", "命令", "令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "复函", "函", "会议纪要", "纪要",
    "方案", "办法", "细则", "规定", "条例", "规划", "计划", "要点", "措施", "政策", "规则", "规程", "规范", "制度", "标准", "指南", "指引", "指标", "预案",
    "清单", "目录", "名单", "任务", "分工", "纲要", "章程", "守则", "公约", "倡议书", "承诺书", "公示", "说明", "总结", "安排", "建议", "提示", "须知", "任务书", "责任书", "申请书", "解读", "汇编", "大纲", "手册", "要求", "方针", "准则", "一览表", "表", "书",
)  # fmt: skip
_TAIL = r"(?:[（〔][^（）〔〕]{1,30}[）〕])?"
_QUOTE = "[》”]?"
_TYPE_END = re.compile(rf"({'|'.join(sorted(TYPES, key=len, reverse=True))}){_QUOTE}{_TAIL}{_QUOTE}$")
_STRICT = {"决议", "决定", "命令", "令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "复函", "函", "纪要", "会议纪要",
           "方案", "办法", "细则", "规定", "条例", "规划", "计划", "要点", "措施", "规则", "规程", "规范", "制度", "标准", "指南", "指引", "预案", "清单", "目录", "纲要", "章程", "政策", "倡议书"}  # fmt: skip
_BARE = {"复函": "函", "会议纪要": "纪要", "命令": "令"}
ORGAN_END = (
    r"(?:政府|委员会|办公厅|办公室|[^告公布格结僵破]局|厅|[^全大各门]部|[^原推]委|法院|检察院|研究院|科学院|医院|学院|大学|总署|[^部]署|管委会|工委|调查队|总队|支队|大队"
    r"|指挥部|领导小组|工作组|专班|联席会议|中心|银行|公司|协会|学会|联合会|总工会|常委会|人大|政协|军区|军分区|预备役[师旅团]|警备区|武装部|司令部|[市县区州省]办|街道办|安委办|食安办|办事处|管理处|监管处|服务处|监管所|事务所|管理所|国务院|中央军委|中共中央|党组|纪委机关|秘书处|组委会|本级|集团|社会?|工作站|编办|保险公司|税务局|妇联|工商联|文联|社科联|残联|团委|红十字会|供销社|海关|分行|支行|联社|联合社|分局|气象台|消防救援局|机构编制委员会|教工委|政法委|网信办|发改委|卫健委|国资委|党校|档案馆|图书馆|大队|开发区|高新区|新区|管理局)"
)
_ORGAN = re.compile(rf"^[\u4e00-\u9fff、（）·]{{1,38}}{ORGAN_END}(?:（代章?）|（章）|（印章?）|（盖章）)?$|^(?:国务院|中共中央|中央军委|国家税务总局|海关总署|审计署)$")
_NOT_ORGAN = re.compile(r"关于|印发|通知|加强|推进|开展|建设$|落实|做好|实施|设立|成立|^(?:各|有关|相关|责任|牵头|主要|强化|健全|完善|建立)")
_LEADING = re.compile(r"^(.{2,60}?)(?=关于(?!我)|印发|转发|批转|公布|发布|下达|通知$|通告|公告|令$|命令|任免|办理|召开|贯彻|对《|对[^外策]|同意|实施|授权|修改|废止|调整|开展|举行|表彰|组织)")


def ends_as_title(squeezed: str, *, strict: bool = False) -> bool:
    """Whether a line ends like a title: with a 文种, perhaps in brackets behind it （试行）."""
    found = _TYPE_END.search(squeezed)
    return found is not None and (not strict or found[1] in _STRICT)


def document_type(title: str) -> str | None:
    """The bare 文种 of a title.

    >>> document_type("云溪市人民政府关于加强燃气安全的实施意见（试行）")
    '意见'
    """
    found = _TYPE_END.search(squeeze(title).text)
    return _BARE.get(found[1], found[1]) if found and found[1] not in ("表", "书") else None


def is_organ(squeezed: str) -> bool:
    """Whether a line can be the name of an organ, or of several."""
    return len(squeezed) <= 60 and _ORGAN.match(squeezed) is not None and _NOT_ORGAN.search(squeezed) is None


def split_organs(line: str) -> tuple[str, ...]:
    """The organs named on a line of a signature or 发文机关标志, where blanks stand between them.

    >>> split_organs("云溪市教育局 云溪市财政局")
    ('云溪市教育局', '云溪市财政局')
    """
    parts = [part for part in re.split(r"[ \t、，,]+|(?<=[\u4e00-\u9fff]{4})(?=中共)", line) if part]
    if len(parts) > 1 and all(is_organ(squeeze(part).text) for part in parts):
        return tuple(parts)
    whole = squeeze(line).text
    return (whole,) if whole else ()


def leading_organs(title: str) -> tuple[str, ...]:
    """The organs that a title begins with, before 关于, 印发 …"""
    found = _LEADING.match(" ".join(title.split()))
    if not found:
        return ()
    organs = split_organs(found[1].strip(" 　"))
    return organs if all(is_organ(organ) for organ in organs) else ()


def is_title_line(paragraph: Paragraph) -> bool:
    """Whether a paragraph can be a line of a title: short, without a number or a full stop."""
    text = squeeze(paragraph.text).text
    if paragraph.cells or (len(text) < 2 and text != "令") or not len(text) <= (120 if ends_as_title(text, strict=True) else 80) or re.search(r"[。；！？]|[：，、]$|^[（〔]?(?:19|20)\d{2}年\d{1,2}月\d{1,2}日|^https?：", text):
        return False
    if re.fullmatch(r"[〔【][^〔〕【】]*[〕】]", text):  # a remark of the file's keeper (【示例】, 【征求意见稿】)
        return False
    return find_marker(paragraph.text) is None and not re.match(r"(?:附件|抄送|主送|联系|责任单位|完成时[间限]|索引号|来源|发布|字号|时间)", text)


_SENT = r"(?:通知|意见|公告|通告|通报|批复|函|决定|请示|报告|命令|令)"
_UNFINISHED = re.compile(rf"(?:关于|印发|转发|批转|公布)(?!.*{_SENT}(?:（[^（）]*）)?$)")


def runs_on(line: str, following: str) -> bool:
    """Whether a title whose line ends with a 文种 goes on: 关于印发…管理办法 | 实施细则的通知, …标准 | 及实施规范."""
    if re.match("[及和与的之》〉]", following) or line.count("《") > line.count("》") or line.count("（") > line.count("）"):
        return True
    return _UNFINISHED.search(line) is not None and re.search(rf"{_SENT}(?:（[^（）]*）)?$", following) is not None and "关于" not in following and _LEADING.match(following) is None


def same_name(title: str, name: str) -> bool:
    """Whether two titles name one text, small differences allowed (行动实施方案, 行动方案)."""
    a, b = (re.sub(r"[^\w]", "", squeeze(t).text) for t in (title, name))
    if not a or not b:
        return False
    if a in b or b in a:
        return min(len(a), len(b)) >= 0.5 * max(len(a), len(b))
    pairs_a, pairs_b = ({t[i : i + 2] for i in range(len(t) - 1)} for t in (a, b))
    return len(pairs_a & pairs_b) >= 0.7 * min(len(pairs_a), len(pairs_b))
