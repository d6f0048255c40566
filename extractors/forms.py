"""Forms and lists of papers: blocks of a body that are filled in or handed in, and so ask nothing.

An annexed form (申请表, 登记表, 审批表) is labels and blanks; what a list of papers (资料清单：) names is handed in under the
sentence that asks for it. Tables whose columns hold tasks (任务分工表) are neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors.folding import fold, fold_part
from ingest.document import Block, BlockKind, Document, Part

# Titles of what somebody fills in; the other tables (任务分工表, 进度表) are forms only by their marks.
_FORM_TITLE = re.compile(r"(?:申请|申报|登记|审批|审核|报名|推荐|备案|呈报|验收|汇总|统计|调查|信息|签到|回执|情况|评审|评分|自评|打分|认定|反馈|报告|记录|鉴定)(?:信息|情况)?(?:一览)?表(?:（[^（）]{1,12}）)?$|(?:申请|申报|登记|推荐)(?:书|单|卡)$|回执(?:单)?$")
_TABLE_TITLE = re.compile(r"表(?:（[^（）]{1,12}）)?$")
_TASKS = re.compile(r"任务|分工|进度|责任|重点|项目表|计划|安排|措施|台账|标准表|指标|目标|清单")
_TASK_COLUMN = re.compile(r"任务|措施|举措|工作内容|牵头|责任单位|责任部门|配合|时限|要求")
# What is left to be filled in: a date without figures, a place for a seal or a hand, lines, boxes.
_BLANK = re.compile(
    r"(?<![\d一二三四五六七八九十每当本全上下今明去同近半])年月日?(?![一-鿿])|(?<!\d)年月日|[（(](?:签章|盖章|公章|签字|签名|印章|签字或盖章|盖章或签字|加盖公章)[）)]|(?:签字|盖章|签名|签章)[：:]|_{3,}|＿{2,}|[□☐▢]|[（(]?(?:大写|小写)[：:]"
)
_LABEL = re.compile(
    r"姓名|性别|民族|籍贯|出生年月|身份证号码?|证件号码?|政治面貌|学历|职务|职称|联系人|联系电话|联系方式|手机号?码?|电子邮箱|通讯地址|邮政编码|开户(?:银行|行|账号|名称)|银行账号|账号|经办人|负责人|法定代表人|统一社会信用代码|组织形式"
    r"|单位名称|企业名称|单位地址|住所|填表人|填报人|填表日期|填报单位|填报日期|申请人|申请单位|申请日期|申报单位|申请(?:金额|事项|理由|项目)|审核意见|审批意见|审查意见|领导意见|单位意见|备注|合计"
)
_SENTENCE = re.compile(r"[。；;]$")
_LONGEST_LABELS = 60
_PAPERS_LEAD = re.compile(
    r"(?:^|[，。；、])[^，。；：]{0,16}(?:材料|资料|证件|要件|文件)(?:清单|目录|名录)?(?:如下|包括|有|为)?：$"
    r"|(?:提交|提供|报送|递交|携带|出具|附送|备齐|上报)[^。；：]{0,20}(?:材料|资料|证件|证明|文件|要件)(?:如下|包括)?(?:（[^（）]{1,16}）)?：$"
)
_PAPERS_OPEN = re.compile(r"(?:材料|资料|证件|要件)(?:清单|目录)?：(?=[①1（《])")
_PAPER = re.compile(
    r"(?:原件|复印件|影印件|扫描件|电子版|纸质版|副本|正本)|(?:申请|申报|登记|审批|推荐|备案|报名|汇总|明细|情况)(?:表|书|函)|(?:证|证书|证明|执照|凭证|发票|票据|合同|协议|批复|批文|报告|文件|材料|资料|名单|清单|花名册|照片|档案|文书|说明|承诺书|委托书|决议|章程|户口簿|身份证|报表|账号|账户|授权书|信用代码|简介|总结|计划|方案)"
    r"(?:》)?(?:等)?(?:（[^（）]{0,40}）)*[。；;，]?$"
)
_ASKS = re.compile(r"应当?(?![届急])|必须|须(?!知)|不得|需(?!求)|严禁|要求|可以|负责(?!人)|予以|给予")
_BRACKETS = re.compile(r"（[^（）]{0,60}）")


def find_silent_blocks(document: Document) -> frozenset[int]:
    """The indices of body blocks that belong to a form or name a paper of a list: no sentences are taken from them."""
    texts: dict[int, list[int]] = {}
    for index, block in enumerate(document.blocks):
        texts.setdefault(block.notice, []).append(index)
    silent: set[int] = set()
    for indices in texts.values():
        body = [i for i in indices if document.blocks[i].part is Part.BODY]
        if _is_form(document, indices, body):
            silent.update(body)
        else:
            words = {i: _words(document, document.blocks[i]) for i in body}
            silent.update(i for i in body if _is_field(words[i], document.blocks[i]))
            silent.update(_papers(document, words))
    return frozenset(silent)


def _words(document: Document, block: Block) -> str:
    """A block as rules match it, its cells run together: cut from the folded text, where a tab is a blank like others."""
    return fold_part(fold(document.text), block.span).text


def _is_form(document: Document, indices: Sequence[int], body: Sequence[int]) -> bool:
    """Whether an attachment is a form: by its title and a mark of one, or by marks in most of its blocks."""
    blocks = document.blocks
    if not body or blocks[body[0]].notice < 2:
        return False
    title = fold("".join(blocks[i].span.of(document.text) for i in indices if blocks[i].part is Part.TITLE)).text
    if any(_TASK_COLUMN.search(cell.column) for i in body for cell in blocks[i].cells):
        return False
    words = [_words(document, blocks[i]) for i in body]
    marked = sum(bool(_BLANK.search(text) or _is_labels(text)) for text in words)
    prose = sum(len(text) > _LONGEST_LABELS and _SENTENCE.search(text) is not None for text in words)
    if _FORM_TITLE.search(title):
        return marked > 0 or prose == 0
    return marked >= 2 and prose == 0 and _TABLE_TITLE.search(title) is not None and not _TASKS.search(title)


def _is_labels(text: str) -> bool:
    """Whether a text is nothing but labels of fields (联系人 联系电话)."""
    rest = _LABEL.sub("", text)
    return len(text) <= _LONGEST_LABELS and len(rest) * 2 <= len(text) and not _SENTENCE.search(text)


def _is_field(text: str, block: Block) -> bool:
    """Whether a block outside a form is a field of its own: 承诺人（签字）： 年 月 日."""
    if block.kind is BlockKind.HEADING or len(text) > _LONGEST_LABELS or _SENTENCE.search(text):
        return False
    return _BLANK.search(text) is not None and not _ASKS.search(text)


def _papers(document: Document, body: Mapping[int, str]) -> list[int]:
    """The items of lists of papers: bare nouns behind 资料清单：, 应提交下列材料：."""
    found: list[int] = []
    open_list = False
    for i, text in body.items():
        block = document.blocks[i]
        if block.kind is BlockKind.ROW:
            open_list = False
            continue
        if text.endswith("：") and _PAPERS_LEAD.search(text):
            open_list = True
            continue
        opens = _PAPERS_OPEN.search(text)
        if opens and _is_paper(text[opens.end() :]):
            open_list = True
        elif open_list and _is_paper(text):
            found.append(i)
        else:
            open_list = False
            continue
        open_list = not text.endswith("。")
    return found


def _is_paper(text: str) -> bool:
    """Whether an item names a paper and says nothing of what anyone must do; a remark in brackets may."""
    bare = text
    for _ in range(2):
        bare = _BRACKETS.sub("", bare)
    return len(text) <= 120 and "。" not in text[:-1] and _PAPER.search(text) is not None and _ASKS.search(bare) is None
