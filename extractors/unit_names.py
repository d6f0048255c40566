"""Names of units: whether the name of an organ of party, state or a public body begins at a place of a folded text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from extractors.finder import Openings
from extractors.organ_names import OrganKind, name_end, names_of, topic_ends
from extractors.patterns import Pattern, load_data, load_patterns
from extractors.regions import begins_region, find_region, heads_of_regions

_ATOMS = load_data("units")["atoms"]
# 居住地, 户籍地 … with the words before them that say whose or of what
_PLACE_OF = (
    r"(?:(?![在由向到为于和与对将把的经报从及或、]|会同|联合|要求|通知|协调)[一-龥]){0,6}(?:居住地|户籍地|所在地|所在|经营地|流入地|流出地|发生地|事发地|参保地|就业地|注册地|登记地|暂住地|常住地|迁入地|迁出地|接收地|备案地|受理地|施工地|建设地|安置地|生产地|销售地)的?(?:县级以上(?:地方)?|县级|乡镇|各级|同级|市、县(?:（[市区旗、]{1,6}）)?(?=人民政府|政府|[一-龥]{2,10}(?:局|部门))|[市县区])?"
)
_PLACE_LETTER = (
    r"各?省、自治区、直辖市(?:、计划单列市|及计划单列市|和计划单列市)?|县级以上(?:地方)?(?:各级)?(?:人民政府)?"
    r"|各?[省市县区州旗盟](?:、[市县区州旗乡](?:（[市县区旗、]+）)?){0,2}(?:人民)?政府(?=[一-龥])"
    r"|各?[省市县区州旗]{2,4}（[^（）\n]{1,16}）|各?[省市县区州](?:（[市县区州旗、]+）)?(?:、[市县区州乡旗](?:（[市县区旗、]+）)?){1,3}(?:两级|三级)?|各?[省市县区州]（[市县区州旗、]+）[市县区]|(?:自治区|兵团)党(?=委)|各?[省市县区州]（[省市县区州旗、]+）"
    r"|各?[省市县区州旗盟](?:级|直)(?:各级?)?|[省市县区](?:县级?|区)|乡镇|镇街|街镇|全[省市县区州](?:各级|各)?"
    r"|各(?:级|地|市县|县区|区县|乡镇|市|县|区|省|镇)?|地方(?:各级)?(?:人民政府)?|国务院"
    r"|全国|国家|中央|自治区|自治州|自治县|我[省市县区州]|本[省市县区州]|团(?=[省市县区州])|两地|所在地|有关|相关|上级|同级|本级|基层|属地|当地"
    r"|省|市|县|区|州|旗|盟|师|镇|乡"
)
PLACE_LETTER = re.compile(f"{_PLACE_OF}|{_PLACE_LETTER}")
_BODY = re.compile(r"(?:行政主管|行政管理|行政|主管|监督管理|监管|管理|执法|综合执法|稽查|经办|登记|业务主管|职能|交通管理)?(?:相关|有关|各)?(?:部门|机关|机构|系统)(?:交通管理部门|出入境管理部门)?")
_ENDING = re.compile(r"(?:(?:发展)?委员会|发展委(?![员书常托派])|委(?![员书常托派])|办公室(?!主任)|(?<![帮代协承主举开兴督])办(?![理事公法学好结主])|局(?![长面部势限])|厅(?!长)|部(?![门分署队长])|署(?![长名])|所(?![有长在需属])|总局|分局|中心(?![城区镇小校])|站(?![长点位])|大队|支队|总队|执法队|执法局)")
_BRANCH = re.compile(
    r"(?:[一-龥]{2,4}(?:中心支行|分行|支行|营业管理部)|[一-龥]{2,6}?(?:监管|生态环境)?分局|[一-龥]{2,6}(?:调查总?队|监管支局)|(?:机关)?党委|交警支队|交警大队|交通警察支队|办公室|办公厅|督查室|机关|派出机构|[一-龥]{2,6}司(?!法)|下属单位|(?:各|有关|相关)?成员单位|(?:各)?直属单位)(?![一-龥]{0,2}(?:负责人|人员))"
)
_TAKEN = re.compile(r"的|建立|设立|成立|转移支付|拨付|划拨|举办|了|等|和|与|及|或|被|其|要|应|须|将|把|对|在|让|由|为|向|从|会同|商(?=[省市县区]|有关|相关)|提请|牵头|负责|配合|联合|组织(?!部)|根据|按照|结合|加强|开展|推进(?![办组小委])|做好|落实(?!办)|[^一-龥]")
_SHAPE_HEAD = re.compile(r"省(?!份|内|外|级|际)|市(?!场|民|内|外|级|容|政|区|价|面)|县(?!域|内|外|级|城)|区(?!域|内|外|级|块|分)|州(?!内)|旗(?!帜|下)|盟(?!内)|镇(?!域|内|区)|乡(?!村|土|镇|贤)|国家|中央|国务院|全国|中国|中共")
_NO_ORGAN = "".join(f"(?<!{words})" for words in ("数字政府", "法治政府", "智慧政府", "实验室", "卫生室", "活动室", "阅览室", "合作社", "示范社", "旅行社"))
_ENDS = re.compile(f"(?!委会(?!同)|所[在有需属辖称致]|部际|(?:[局厅部署所站院会处])长(?![效期远])|协会|学会|商会|(?<=[协学商])会){_ATOMS['ending']}{_NO_ORGAN}")
_CONTINUES = re.compile(r"(?:组织部|宣传部|统战部|政法委|编办|网信办|社会工作部|老干部局|党校|督查室|督查|研究室|政研室|巡察|改革办|农办|服务|监督管理|建设局|建设和|建设厅|建设委|协调|推进(?:办|组|小组|委)|整治办|创建办|规划|保障局|审批局|促进局|执法局|指导(?:组|中心|委)|领导小组|联席会议|指挥部|办公室)")
PREDICATE = re.compile(f"(?:均|都|也|还|则|再|又|要在|分别|同时)?(?:{_ATOMS['modal']}|{_ATOMS['act']}|{_ATOMS['act_of_subject']}|到?20\\d{{2}}(?:[—至-]20\\d{{2}})?年(?!\\d{{1,2}}月\\d{{1,2}}日(?!前))|\\d{{1,2}}月)")
_GOVERNMENT = re.compile(r"(?:人民政府|政府)$")
_DEPARTMENT = re.compile(r"(?:(?![的对在与和同及向经被由按将把要应报请是为从以了给让跟并或不于各其])[一-龥]){1,10}?(?:行政主管|行政管理|主管|行政|监督管理|管理|工作|监管|执法)(?:部门|机构|机关)")
_SECOND_NAME = re.compile(r"（((?:(?!下同|简称|牵头|配合|负责|主办|以下|参与|联系)[一-龥、]){1,24})）")
_CAN_BE_SECOND = re.compile(r"(?:局|委|办|办公室|委员会|中心|管委会|管理委员会|办事处|街道办?|镇|乡|园区|开发区|新区|[省市县区州旗]|部门|政府|大队|支队|站|所|部|厅|会|院|社)$")
_SEPARATES = re.compile(r"[、，；。：）〕\n]|和|与|及|以及|会同|等|$")


@cache
def _generic() -> tuple[Pattern, ...]:
    return tuple(pattern for pattern in load_patterns("units") if pattern.fields["stage"] == "name")


# A regulated party before a unit, which a list passes over: 有关企业、市民政局.
SKIPPED = re.compile(r"(?:各|有关|相关)?[一-龥]{0,14}?(?:企业|单位|学校|协会|学会|机构|医院|公司|商户|经营者|银行|院校|高校|组织|团体|社会力量|志愿者|社会各界|新闻媒体)(?=、|，|和|与|及|等|要|应|须|必须|对|在|按|每|于|不得|可)")


@cache
def _openings() -> tuple[Openings, int, int]:
    """Which of the generic names can begin at a place, and behind them, from the two numbers on: a place's letter, a name's
    form or a party that is passed over."""
    rules = [pattern.regex for pattern in _generic()]
    letters = [re.compile(_PLACE_OF), re.compile(_PLACE_LETTER)]
    return Openings([*rules, *letters, _SHAPE_HEAD, SKIPPED]), len(rules), len(rules) + len(letters)


@cache
def _heads() -> frozenset[str]:
    """What the names of the gazetteer begin with, two characters of each."""
    kinds: tuple[OrganKind, ...] = ("topic", "organ", "national")
    return frozenset(name[:2] for kind in kinds for name in names_of(kind))


@lru_cache(maxsize=1 << 16)
def _begins_name(pair: str) -> bool:
    """Whether a name of the gazetteer or a form of names can begin with these two characters."""
    return pair in _heads() or pair[:1] in _heads() or _openings()[0].begin_with(pair)


def may_begin(text: str, at: int) -> bool:
    """Whether a list of units can begin at `at`: a quick look that holds most places back."""
    return _begins_name(text[at : at + 2]) or begins_region(text, at) or _openings()[0].reach(text, at)


def places_to_look(text: str, places: Iterable[int]) -> set[int]:
    """Those of `places` at which a list of units can begin: `may_begin` of many places at once."""
    heads, tables = heads_of_regions(), _openings()[0].tables(text)
    found = set()
    for at in places:
        pair = text[at : at + 2]
        if _begins_name(pair) or pair in heads or any(table[at] for table in tables):
            found.add(at)
    return found


def member_end(text: str, at: int) -> int | None:
    """Where a name ends that is a unit's only as one of a list: a zone (云溪高新区), an administration by its ending."""
    ends = (p.regex.match(text, at) for p in load_patterns("units") if p.fields["stage"] == "member")
    return max((match.end() for match in ends if match), default=None)


def _place_ends(text: str, at: int, lettered: bool) -> Iterator[int]:
    """Where a name's place may end: 市, 金华市, 金华市义乌市, 各级 … or nothing; `lettered`: a letter may stand there."""
    yield at
    letter = PLACE_LETTER.match(text, at) if lettered else None
    if letter:
        yield letter.end()
        if letter.end() - letter.start() > 1 and text[at] in "省市县区州旗盟镇乡":
            yield at + 1
    region = find_region(text[at : at + 16], short=True) if begins_region(text, at) else None
    if region:
        end = at + region.length
        yield end
        deeper = find_region(text[end : end + 16])
        if deeper:
            yield end + deeper.length


def _named_ends(text: str, at: int, lettered: bool) -> Iterator[int]:
    """The ends of names that the gazetteer holds: 财政部, 市国资委, 市市场监管局, 公安机关."""
    national = name_end(text, at, "national")
    if national:
        yield national
    for place in _place_ends(text, at, lettered):
        organ = name_end(text, place, "organ")
        if organ and (place > at or text[place:organ] not in {"人民政府", "委办", "政府办"}) and not text.startswith("大代表", organ - 1):
            yield organ
        if place > at and text.startswith("委", place) and not text.startswith(("委托", "委员会", "委派"), place):
            yield place + 1
        if place > at and text.startswith("政府", place):
            yield place + 2
        for topic in topic_ends(text, place):
            for form in (_ENDING, _BODY):
                ended = form.match(text, topic)
                if ended:
                    yield ended.end()


def _with_branch(text: str, end: int) -> int:
    branch = _BRANCH.match(text, end)
    return branch.end() if branch else end


def _shape_end(text: str, at: int) -> int | None:
    """The end of a name that only its form tells: a place, some words, an organ's ending, then what a sentence or list goes on with."""
    place = find_region(text[at : at + 16]) if begins_region(text, at) else None
    head = _SHAPE_HEAD.match(text, at)
    start = at + place.length if place else head.end() if head else None
    if start is None:
        return None
    limit = min(len(text), start + 24)
    taken = _TAKEN.search(text, start, limit)
    limit = taken.start() if taken else limit
    for i in range(start, limit):
        ended = _ENDS.match(text, i)
        if not ended or i == start and ended.end() - i < 3 or text[i] == "部" and text[i - 1] == "干" or text[i] == "办" and text[i - 1] in "帮代协承主举开兴督":
            continue
        end = ended.end()
        if _CONTINUES.match(text, end):
            continue
        aside = _SECOND_NAME.match(text, end)  # 国家卫生计生委疾病预防控制局（全国爱卫办）负责
        after = aside.end() if aside and _is_second_name(aside[1]) else end
        if PREDICATE.match(text, after) or _SEPARATES.match(text, after):
            return end
    return None


def _with_department(text: str, end: int) -> int:
    """The end of 市人民政府财政部门 where `end` is behind 政府: a government's own department."""
    if not _GOVERNMENT.search(text, max(0, end - 4), end):
        return end
    for topic in topic_ends(text, end):
        body = _BODY.match(text, topic)
        if body:
            return body.end()
    free = _DEPARTMENT.match(text, end)
    return free.end() if free else end


def _with_second_name(text: str, end: int) -> int:
    """The end behind a bracket that holds a unit's second name (市农业农村局（市乡村振兴局）) or who stands in its place."""
    aside = _SECOND_NAME.match(text, end)
    if not aside or not all(map(_is_second_name, aside[1].split("、"))):
        return end
    return aside.end()


def _is_second_name(words: str) -> bool:
    if _CAN_BE_SECOND.search(words) is None:
        return False
    known = _longest(words, 0)
    return len(words) <= 6 or known is not None and known[0] == len(words)


def unit_end(text: str, at: int) -> tuple[int, str] | None:
    """Where the unit named at `at` ends, and the rule that knows it; the longest name wins.

    >>> unit_end("市农业农村局（市乡村振兴局）要", 0)
    (14, 'unit.named')
    """
    best = _longest(text, at)
    if best is None:
        return None
    end = _with_second_name(text, _with_department(text, best[0]))
    return end, best[1]


def _longest(text: str, at: int) -> tuple[int, str] | None:
    best: tuple[int, str] | None = None
    openings, letter, shape = _openings()
    possible = openings.at(text, at)
    generic = _generic()
    for i in sorted(possible):
        match = generic[i].regex.match(text, at) if i < letter else None
        if match and (best is None or match.end() > best[0]):
            best = match.end(), generic[i].id
    for end in _named_ends(text, at, any(letter <= i < shape for i in possible)):
        end = _with_branch(text, end)
        if best is None or end > best[0]:
            best = end, "unit.named"
    formed = _shape_end(text, at) if shape in possible or begins_region(text, at) else None
    if formed and (best is None or formed > best[0]):
        best = formed, "unit.shape"
    return best
