"""Where the name of a regulated party (适用对象) begins and ends among words that no list holds.

`party_phrases.py` reaches from a head word to the word that governs it. What it passes over may be no part of the name: a thing
listed before it (招商引资提质、|经营主体), a verb that makes or sends (建设|研发机构), a clause of its own (企业|发展|跨境电商).
"""

from __future__ import annotations

import re
from typing import NamedTuple

# trades: verbs that tell what a body does, behind what it does it to: 城乡规划|编制|单位, 机动车|回收|企业
TRADES = frozenset(
    ["编制", "提供", "采集", "收集", "回收", "拆解", "维修", "维护", "检测", "检验", "监测", "鉴定", "认证", "评估", "施工", "监理", "勘察", "安装", "改造", "开发", "养殖", "种植", "屠宰", "加工", "制造", "销售", "运输", "储存", "贮存",
     "配送", "托管", "租赁", "代理", "处置", "处理", "利用", "发布", "制作", "出版", "印刷", "运营", "经营", "清洗", "清运", "培训", "中介", "经办", "收购", "批发", "零售", "供应", "服务", "管理", "使用", "生产", "设计", "拍卖", "审图"]
)
TRADERS = ("者", "人", "单位", "机构", "企业", "公司", "商", "户", "主体", "组织", "人员")
# who takes in or on whom it names: 用人单位|吸纳|退役一年内的退役军人
TAKES_ON = frozenset(["吸纳", "招用", "聘用", "招收", "录用", "雇用", "招聘", "培训", "安置", "接收", "收治"])
# 在社区开办餐厅的企业，给予…: whom something is given, told from the clause's start on
GIVEN_TO = re.compile("(?:均|都|也)?(?:应当?|必须|须|不得)|(?!就业|创业|上岗|参保|务工|就读|入学|入住|培训|养老|发展)[一-龥]{0,6}，(?:[^，。；\n]{1,20}[后时]，?)?(?:经[^，。；\n]{1,20}，)?(?!有关|各)[^，。；\n]{0,20}?(?:给予|予以|享受|发放|补贴|补助|奖励|减免|免[征收除]|奖补|资助|申领)")
# verbs that let whom they govern off what is due: 免收|承租国有房产的企业|房租
RELEASES = frozenset(["免征", "免收", "免除", "免缴", "减免", "减征", "缓缴", "缓征", "返还"])
# verbs with which the state would be told to act: 培育|带动力强的企业，给予…
STATE_ACTS = frozenset(["扶持", "培育", "培养", "打造", "发展", "建设", "建立", "设立", "加强", "推动", "壮大", "遴选", "组织", "落实", "做好", "加大"])
# verbs that describe what they stand before: 参与企业, 采购单位
ATTRIBUTES = frozenset(["参与", "承包", "承接", "入学", "延期", "采购", "研发", "饲养", "捐赠", "主办", "承办", "开采", "救援", "接收", "举办", "享受", "收治", "查询"])
TOLD_OF = frozenset(["对", "凡", "凡是"])
# what only describes a thing that is given: 提供必要的场所
PLAIN = re.compile("(?:必要|相应|良好|一定|合理|有效|优质|便捷|便利|完善|充足|充分|专门|具体|适当|合适|适宜|规范|安全|稳定|固定|独立|统一|更多|更好|较好|新|大量|免费)的$")
# a thing before 、 is no part of the name behind it: 公布管理制度、|管理人员
THING_BEFORE = re.compile(".*(?:制度|机制|体系|办法|结果|情况|措施|方案|预案|计划|责任|职责|协议|合同|档案|台账|材料|资料|平台|经费|方式|渠道|政策|条件|要求|名单|清单|人数|数量|许可|审批)(?=[、和及与])")
FIRST_AMONG = re.compile("等(?:重点|优势|骨干|龙头|知名|大型|领军)")  # 甲公司、乙公司等优势企业: each is named
DENIED = re.compile("(?:不|未|拒不|没有)(?:认真|按时|按要求|按规定|依法|积极|严格|及时|切实|按期|如实|主动)?$")
ASKED = re.compile("要(?!求)|必须|务必|不得|严禁|禁止")  # 要深入到…重点环节、重点场所: no name begins so
HANDED = re.compile("[将把][^，。；：\n]*$")
_MAX_PART = 4  # characters of a modifier that shares its head with the next: 医疗卫生、教育机构
_SEPARATOR = re.compile("以及|[、和及与或]者?")
_LEVELS = ("国家", "中央", "部门", "省市", "市县")
# a modifier that asks for its head, whatever stands beside it: 创新型、专精特新中小企业
_KINDS = ("型", "级", "性", "类", "式", "化", "属", "办", "营", "有", "管", "直", "资")
_DOES = re.compile(
    "(?:生产|加工|制造|经营|销售|批发|零售|使用|储存|贮存|运输|配送|建设|施工|监理|设计|勘察|检测|检验|监测|维修|维护|安装|改造|养殖|种植|屠宰|收购|"
    "开发|开采|勘查|管理|服务|托管|租赁|出租|承租|代理|中介|评估|鉴定|咨询|培训|招用|发布|制作|出版|进口|出口|回收|处置|处理|利用|拆解|救助|供应|"
    "作业|承包|承运|托运|投资|运营|营运|运行|看护|照料|教学|科研|医疗|认证|审核|检定|生育|饲养|捕捞|采购|供水|供电|供气|供热)$"
)
# what a body does whose name ends before it, so that the next head is none of its own
_ACTS_ON = re.compile("(?:大力|积极|联合|合作|牵头|共同|依法)?(?:可以|应当|必须|不得|组织|开展|举办|承办|从事|兴办|选拔|提供|入读|入学|发展|并购|收购|参加|共建|共享|更名|入选|跻身|销售(?=本|其|自)|入围|作为|成为|升格|转为|建设|创建|打造|组建|新建|认定|培育|对接|聘请|聘用|招聘|带动|联结|吸引|吸纳)")
_MAKES = re.compile("(?:(?:着力|加快|积极|高水平|高标准|高质量|科学|稳步|有序|合理|支持|鼓励|推进|统筹|统一|依法|各地)*)(?P<verb>成为|更名为|建设(?!工程|项目|用地|行业|单位|施工)|创建|新建|改建|扩建|筹建|共建|划分|组成|创立|增设|参加|入选|赴|前往|选派到|销售(?=本|其|自))")
_FOSTERS = re.compile("(?:(?:着力|加快|积极|规范|大力|稳步|有序|支持)*)(?P<verb>发展|联动|集聚|引培|稳(?!定)|招引|选育|培育认定|认定)(?![展型中])")
# what a body does to the one named next: 劳务派遣员工|从事|企业…岗位
_SERVES = re.compile("(?P<verb>从事|担任|购买|租用|入驻|进驻|投保|委托)(?!的)")
# what is set up, behind who sets it up: 沿海口岸|建设|种苗查验场所
_SET_UP = re.compile("[一-龥]{2,12}?(?P<verb>建设|设立|开设|设置|新建|改建|兴建)(?!单位|工程|项目|施工|行业|用地|[者方局厅委])(?=[一-龥、]{2,})")
_PLACES = ("场所", "市场", "机构", "中心", "医院", "学校", "幼儿园", "超市", "食堂", "驿站", "餐厅", "药店", "网点", "站", "园")
# whose partner is named: 申请|与|具备资格的金融机构|合作
_PARTNERED = re.compile("(?:或者?|并)?[一-龥]{0,4}?(?P<verb>[与同])(?=(?:具备|具有|符合|取得|获得|满足|有)[^，。；\n]{1,40}的)")
_LOOKED_INTO = re.compile("(?:审查|核实|核验|查验|约谈)(?!机构|单位|人员|中心|组织|[员者人])")
_REQUIRED = re.compile("(?P<verb>要求|责令|责成)(?!的)")
_NEGATED = re.compile("(?:逾期|拒)?(?:不|未)(?:按时|按期|按规定|按要求|如期|依法)?$")
_SELF = re.compile("本人(?:(?:或者?|及|和|、)其?(?:直系亲属|近亲属|家属|法定代理人|监护人|配偶|子女))?")
# 学校、医院等重点场所: one party where they are inspected, else only where something is done
PLACES = re.compile("(?:[、和及][^，。；、的\n]{1,10}){0,10}等(?!依托|利用|结合|围绕|立足|发挥|按照|根据|加强|开展|设置|划定|进入|[在向到对])(?:(?![的、，。；])[一-龥]){0,6}(?:场所|区域|部位|地点|点位)")
SOMEHOW = re.compile("(?:适当|积极|主动|及时|有序|逐步|自觉|尽快|认真|切实|适度|率先|自愿)(?=[一-龥])")  # 鼓励银行|适当|下调利率: its act
_SECOND_NAME = re.compile("（(?:单位|机构|中心|企业|公司|个人|组织|团体|户|场|站|点|店|厂|社|院|校|园|所)）")


class Begin(NamedTuple):
    """Where a name begins: `start`, and the verb just before it with its kind among the party words, where one was passed over."""

    start: int
    verb: str = ""
    kind: str = ""


def _shares_head(part: str, modifier: str, joint: str) -> bool:
    """Whether `part`, listed before `modifier`, shares the head that follows that: 药品经营、使用单位."""
    if not part or not modifier or len(part) > len(modifier) and part.startswith(modifier):
        return False  # 稳就业、稳企业
    if len(part) == 1 or part in _LEVELS or part[-1] == modifier[-1] or part.endswith(_KINDS) or _DOES.search(modifier) or _DOES.search(part):
        return True
    return len(part) == len(modifier) <= _MAX_PART or joint == "、" and max(len(part), len(modifier)) <= _MAX_PART


def own_part(text: str, start: int, head_start: int, word: str) -> int:
    """Where the name around the head `word` at `head_start` begins when what is listed before it is no part of it.

    >>> text = "促进项目投产达产、优质企业"
    >>> text[own_part(text, 2, 11, "企业"):]
    '优质企业'
    """
    body = text[start:head_start]
    joints = [] if any(mark in body for mark in "的等“（") else list(_SEPARATOR.finditer(body))
    if not joints:
        return start
    last = joints[-1]
    modifier, composite = body[last.end() :], False
    if not modifier and len(word) > 2:
        modifier, composite = word[:-2], True
    before = joints[-2].end() if len(joints) > 1 else 0
    part = body[before : last.start()]
    if composite:  # the modifier is in the head word: 食品生产、|经营单位
        shared = part != "" and (part[-1] == modifier[-1] or len(part) == len(modifier) or part.endswith(_KINDS) or bool(_DOES.search(part) and _DOES.search(modifier)))
    else:
        shared = _shares_head(part, modifier, last[0]) or part != "" and part[-1] == word[-3:-2]  # 融资担保、再|担保机构
    return start if shared else start + last.end()


def begins(text: str, start: int, head_start: int, behind: bool = False) -> Begin:
    """Where a name that reaches back to `start` begins behind a verb that makes, sends or fosters what it names; `behind`:
    another name ends there.

    >>> begins("规范发展小型金融机构", 0, 6)
    Begin(start=4, verb='培育', kind='urge')
    """
    required = _REQUIRED.match(text, start, head_start)
    if required:
        return Begin(required.end(), required["verb"], "urge")
    partnered = _PARTNERED.match(text, start)
    if partnered and partnered.end() < head_start:
        return Begin(partnered.end(), partnered["verb"], "partner")
    if "的" in text[start:head_start]:
        return Begin(start)
    served = _SERVES.match(text, start, head_start) if behind else None
    made = served or _MAKES.match(text, start, head_start) or _set_up(text, start, head_start)
    if made and made.end() < head_start + 1:
        return Begin(made.end(), made["verb"], "hire")
    fostered = _FOSTERS.match(text, start, head_start)
    if fostered:
        return Begin(fostered.end(), "培育", "urge")
    looked_into = _LOOKED_INTO.match(text, start, head_start)
    if looked_into:
        return Begin(looked_into.end())
    negated = _NEGATED.search(text, max(0, start - 6), start)
    return Begin(negated.start() if negated and text[head_start - 1] in "不未" else start)


def _set_up(text: str, start: int, head_start: int) -> re.Match[str] | None:
    """Who sets up what is named, and the verb: 沿海口岸建设|…场所."""
    return _SET_UP.match(text, start, head_start) if text.startswith(_PLACES, head_start) else None


def acts_on(gap: str) -> bool:
    """Whether `gap`, between two heads, begins with what the first does: 企业|发展跨境|电商."""
    return _ACTS_ON.match(gap) is not None


def name_end(text: str, end: int) -> int:
    """Where a name that ends at `end` really ends: with a second name in brackets, with 本人或直系亲属."""
    behind = _SECOND_NAME.match(text, end) or _SELF.match(text, end)
    return behind.end() if behind else end
