"""Addressees (条文对象): whom an obligation speaks to, as trades, what they do, their size, and conditions.

A party phrase (规模以上食品生产企业) is taken apart. A bare 企业 means the enterprises that the heading above it or the
notice's title speaks of; so does a sentence that names nobody and asks what only they can do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from extractors.folding import fold
from kb.trades import Named, above, find_acts, find_trades, load_trades

Form = Literal["any", "enterprise", "association", "public", "named"]
_ENUMERATED = re.compile(r"^(?:第[一二三四五六七八九十百\d]+条\s*|[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十\d]+[）)、.．])")
_ASSOCIATION = re.compile(r"(?:协会|学会|商会|行业组织|社会团体|社团组织|社会组织|联合会|研究会|促进会|志愿者组织|群团组织)$")
_NAMED = re.compile(r"(?:有限(?:责任)?公司|股份公司|集团公司)$")
_PUBLIC = re.compile(
    r"(?:公众|群众|消费者|居民|市民|家长|学生|媒体|社会力量|社会各界|各方力量|公民|个人|毕业生|劳动者|农民工|失业人员|困难人员|退役军人|残疾人|老年人|老人|儿童|患者|"
    r"参保人员?|人才|专家|志愿者|举报人|家庭|业主|犯罪分子|不法分子|监管人员|执法人员|公务员|干部|教师|医务人员|技术人员|大学生|青年|妇女|婴幼儿|队伍|网民|乘客|游客|旅客|贫困户|低保对象|人员|人士|名单|所有人|驾驶人|骑行人|使用人|乘坐人|行人|车主|机动车|非机动车|自行车|摩托车)$"
)
_WITH_PERSONS = re.compile(r"(单位|组织|企业|机构|法人|公司)）?(?:和|、|及其?|或者?|以及)个人$")  # 任何单位和个人 binds every enterprise
_STAFF = re.compile(r"(?:负责人|法定代表人|从业人员|员工|职工|管理人员|检验人员|操作人员|岗位人员|质量官|技术骨干|责任人员?|管理者|工作人员|驾驶员|安全员|作业人员|代表人|经营人员|销售人员|管理人员|特种作业人员)$")
_ENTERPRISE = re.compile(r"企业|公司|工厂|厂家|厂商|厂$|集团")
_HEAD = re.compile(r"(?:企业|公司|单位|机构|主体|场所|平台|行业|产业|市场|中心|协会|商户|[者户店厂场所商方园站库院校])等?$")
_SIZES = (
    (re.compile(r"中小微"), frozenset({"medium", "small", "micro"})),
    (re.compile(r"大中型?(?=[^学院])"), frozenset({"large", "medium"})),
    (re.compile(r"中、?小型?(?=[^学])"), frozenset({"medium", "small", "micro"})),
    (re.compile(r"小微|小型微利"), frozenset({"small", "micro"})),
    (re.compile(r"(?<!游乐)大型(?!游乐)"), frozenset({"large"})),
    (re.compile(r"中型"), frozenset({"medium"})),
    (re.compile(r"小型"), frozenset({"small", "micro"})),
    (re.compile(r"微型"), frozenset({"micro"})),
)
_ABOVE = re.compile(r"规模以上|规上|限额以上|限上")
_BELOW = re.compile(r"规模以下|规下")
_OWNER = re.compile(r"(?:企业|单位|机构|者|公司|场所)的[^的]{0,10}(?:人员?|代表人|职工|员工|者)$")  # 企业的负责人 is no condition
_CONDITION = re.compile(r"([^、，,；;]*(?:、[^，,；;]*)?)的(?=[^的]{1,16}$)")
# Qualities that a notice gives parties and a profile may leave unsaid.
_MERIT = re.compile(
    r"行业龙头|龙头骨干|龙头|骨干|优势|重点|示范型?|“品牌”|品牌|优质|优秀|先进|规模化|试点|高风险|大宗消费|大宗|获证|持证|非获证|连锁|诚信|守信|守法|成长型|标杆|领军|本土|知名|名牌|特色|传统|困难|"
    r"有条件|新建|在建|存量|新增|首次|民办|公办|外来|新设立?|创新型|出口型|停产|停业|高耗能|绿色|老字号|拟|已|获得?|入选|入库|培育|失信|违法|违规|无证|无照|严重"
)
_FILLER = re.compile(
    r"法定代表人|主要负责人|负责人|从业人员|管理人员|年度内|辖区内?|市内|县内|区内|省内|域内|境内|本?行业|产业|领域|环节|单位|企业|公司|机构|业主|业户|经营户|主体|责任|提供者|开办者|经营者|生产者|销售者|使用者|运营者|持有人|所有人?|从业者|服务|"
    r"商户|场所|门店|平台|主要|各类|各级|各地|全市|全省|全县|全区|全国|我省|我市|我县|我区|本市|本省|当地|属地|相关|有关|以及|广大|全部|全体|所有|任何|任一|一切|每家|每个|其他|其它|上述|前述|该类?|一批|一次|部分|"
    r"从事|开展|具有|符合|属于|涉及|委托|自建|网站|法人|产品|商品|项目|业务|管理|经营|生产|加工|制造|销售|零售|批发|流通|使用|贮存|储存|仓储|运输|配送|餐饮|施工|食用|类|业|者|各|等|和|与|及|或|、|的|在|对|以|内|中|为|本|其|由|于|户"
)
_TOPIC_ACTS = re.compile(r"((?:生产|制造|加工|经营|销售|流通|零售|批发|使用|施工|种植|养殖)(?:加工|经营|、使用)?)(?:企业|单位|者|环节|领域|行业|主体|监管|质量)")
_WORKS = r"(?:生产|制造|加工|经营|销售|流通|零售|批发|使用|施工|种植|养殖|服务|贮存|运输|、(?=经营|使用|销售|零售))"
_ANYBODYS = frozenset({"store"})  # whoever makes or sells goods stores and carries them too
_WORKING = re.compile(rf"{_WORKS}*")
_STAGE = re.compile(rf"{_WORKS}*(?:单位|企业|等?(?:主要|重点|优势|高风险)*(?:环节|领域|行业|产业|业态|业(?![务主户态绩]))|[、和][^，。；、]{{2,8}}?(?:、[^，。；、]{{2,8}})*等(?:主要|重点|优势|高风险)*(?:行业|产业|领域|企业))(?!协会|组织|自律|主管|部门|学会|商会|监管|质量提升)")
_IN = re.compile(r"(在|针对|面向)[^，。；,;]{0,20}$")
_NO_PARTY = re.compile(r"人员|工作|队伍|活动|进行|情况|问题|行为|能力|标准")
_BREACHES = re.compile(r"(?:整治|查处|打击|严惩)[^。；]*行为")
_OBJECTS = re.compile(r"对([^，。；,;]{2,80}?)(?:等[^，。；,;、]{0,6})?(?:综合治理|治理|整治|监管|检查|抽查|抽检|排查|实行|实施|开展|采取)(?!人员|部门|能力|队伍|机构|执法)")


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom words speak to; no trades, acts or sizes mean any. Of `trades` one set must be the enterprise's, all of it."""

    printed: str
    trades: tuple[frozenset[str], ...] = ()
    acts: frozenset[str] = frozenset()
    sizes: frozenset[str] = frozenset()
    above_scale: bool | None = None
    form: Form = "any"
    conditions: tuple[str, ...] = ()
    residue: str = ""  # words that the taxonomy does not know
    not_trades: frozenset[str] = frozenset()
    scope: str = ""  # the heading or title that narrows it


@dataclass(frozen=True, slots=True)
class Scope:
    """The trades that a heading or title speaks of, any of them."""

    each: tuple[frozenset[str], ...] = ()
    acts: frozenset[str] = frozenset()
    sizes: frozenset[str] = frozenset()
    printed: str = ""

    @property
    def trades(self) -> frozenset[str]:
        """All of them together."""
        return frozenset().union(*self.each)

    def addressee(self) -> Addressee:
        """Whoever is in one of its trades."""
        return Addressee(self.printed, self.each, self.acts, self.sizes, scope=self.printed)


@lru_cache(maxsize=20_000)  # notices name the same few hundred parties again and again
def read_party(printed: str) -> Addressee:
    """A party phrase taken apart.

    >>> found = read_party("规模以上食品生产企业")
    >>> sorted(found.trades), sorted(found.acts), found.above_scale, found.form
    (['食品'], ['make'], True, 'enterprise')
    """
    text = _ENUMERATED.sub("", fold(printed).text)
    if _ASSOCIATION.search(text):
        return Addressee(printed, form="association")
    if with_persons := _WITH_PERSONS.search(text):
        text = text[: with_persons.start()] + ("单位" if with_persons[1] in ("组织", "法人") else with_persons[1])
    if _PUBLIC.search(text) and not _STAFF.search(text):
        return Addressee(printed, form="public")
    if _NAMED.search(text):
        return Addressee(printed, form="named")
    named = find_trades(text)
    if not named and not _HEAD.search(text) and not _STAFF.search(text):
        return Addressee(printed, form="named")
    form: Form = "enterprise" if _ENTERPRISE.search(text) and not re.search(r"企事业|企业事业", text) else "any"
    condition = None if _OWNER.search(text) else _CONDITION.match(text)
    excluded = frozenset(trade for one in named for trade in one.trades if text[max(0, one.start - 1) : one.start] == "非")
    sizes, above_scale = read_size(text)
    return Addressee(
        printed,
        alternatives(text, [one for one in named if not one.trades & excluded]),
        _acts(text, named, condition[1] if condition else "", bool(excluded)),
        sizes,
        above_scale,
        form,
        (condition[1],) if condition and len(condition[1]) > 1 and not find_trades(condition[1]) else tuple(dict.fromkeys(_MERIT.findall(text))),
        "" if condition else _residue(text, [(one.start, one.end) for one in named]),
        excluded,
    )


def _acts(text: str, named: Sequence[Named], condition: str, excludes: bool) -> frozenset[str]:
    """What the parties do; what is said of a trait (使用特种设备的企业) tells no trade."""
    if named and all(load_trades()[trade].kind == "trait" for one in named for trade in one.trades):
        return frozenset()
    if not named and "生产经营" in text:  # whoever is in business, whatever in
        return frozenset()
    return find_acts(condition if excludes else text)


def alternatives(text: str, named: Sequence[Named]) -> tuple[frozenset[str], ...]:
    """The trades that a phrase names: in a list one of them is enough, side by side (进口食品) all are meant.

    What sums a list up (乳制品、肉制品等食品) is no member of it.
    """
    found: list[frozenset[str]] = []
    last = 0
    for one in named:
        between = text[last : one.start]
        if "等" in between and any(above(name) & one.trades for group in found for name in group):
            break
        beside = bool(found) and not re.search(r"[、和与及或，；,;/（(]", between)
        last = one.end
        if beside and any(one.trades <= above(name) for name in found[-1]):
            continue
        if beside and any(found[-1] <= above(name) for name in one.trades):
            found.pop()
        elif beside and not _are_goods(found[-1] | one.trades):
            found[-1] |= one.trades
            continue
        found += (frozenset({trade}) for trade in sorted(one.trades))
    return tuple(dict.fromkeys(found))


def _are_goods(names: frozenset[str]) -> bool:
    """Whether all are kinds of goods: 食品药品 is a list though nothing parts it, 校园食品 is the food of schools."""
    table = load_trades()
    return all(table[name].kind == "trade" and not table[name].does for name in names)


def read_size(text: str) -> tuple[frozenset[str], bool | None]:
    """The size classes that words allow (empty: any) and whether they ask for 规模以上 (False: for 规模以下)."""
    sizes = next((sizes for pattern, sizes in _SIZES if pattern.search(text)), frozenset())
    return sizes, True if _ABOVE.search(text) else False if _BELOW.search(text) else None


def _residue(text: str, known: Sequence[tuple[int, int]]) -> str:
    rest = "".join(" " if any(start <= at < end for start, end in known) else char for at, char in enumerate(text))
    for pattern in (_STAFF, _MERIT, _ABOVE, _BELOW, *(pattern for pattern, _ in _SIZES), _FILLER):
        rest = pattern.sub(" ", rest)
    return max(re.findall(r"[\u3400-\u9fffA-Za-z]{2,}", rest), key=len, default="")


@lru_cache(maxsize=5_000)  # a heading stands above many sentences
def scope_of(words: str) -> Scope:
    """What a heading or title speaks of."""
    text = fold(words).text
    trades = alternatives(text, find_trades(text))
    acts = frozenset(act for match in _TOPIC_ACTS.finditer(text) for act in find_acts(match[1])) if trades else frozenset()
    return Scope(trades, acts, read_size(text)[0] if trades else frozenset(), words)


def title_scope(document: Mapping[str, Any]) -> Scope:
    """What a notice's titles speak of, the names of its issuers left out."""
    titles = [str(document.get(key) or "") for key in ("title", "enclosed_title")]
    bare = [title[title.index("关于") :] if "关于" in title else title for title in titles]
    for organ in document.get("issuing_organs") or ():
        bare = [title.replace(str(organ), "") for title in bare]
    return scope_of(" ".join(filter(None, bare)))


def narrow_scope(title: Scope, path: Sequence[str]) -> Scope:
    """The scope under headings: the innermost that names trades, kept within the title's where one of them is."""
    for heading in reversed(path):
        own = scope_of(heading)
        within = tuple(group for group in own.each if any(above(trade) & title.trades for trade in group))
        if within and _aside(heading):
            within = tuple(frozenset(trade for trade in group if above(trade) & title.trades) for group in within)
        if within or own.each and not title.each:
            bodies = frozenset(name for name in title.trades - own.trades if load_trades()[name].kind == "body")
            each = tuple(group | (bodies if any(bodies < whole for whole in title.each) else frozenset()) for group in within or own.each)
            return replace(own, each=each, acts=own.acts or title.acts, sizes=own.sizes or title.sizes)
        if own.each and not _aside(heading):
            return own
    return title


def _aside(heading: str) -> bool:
    """Whether a heading that names another trade than the title speaks of a means (检测机构建设), not of that trade."""
    return bool(re.search(r"平台|体系|机制|检测|检验|信息化|标准|制度|试点|宣传|机构建设|队伍|诚信|培训|科研|保险|金融", heading))


def addressees(obligation: Mapping[str, Any], title: Scope, inspects: bool) -> list[Addressee]:
    """Whom an obligation speaks to; empty where it is nobody's but the offices' own."""
    scope = narrow_scope(title, obligation["path"])
    found = [_in_scope(read_party(party), scope, title) for party in obligation["parties"]]
    text = fold(str(obligation["text"])).text
    usable = [one for one in found if one.form in ("any", "enterprise")]
    found += (_in_scope(one, scope, title) for one in _stages(text))
    if inspects:
        found += _pieces(text)
        if not obligation["parties"]:
            found += _objects(text, scope)
        elif usable and _BREACHES.search(text) and scope.trades - title.trades:
            found.append(scope.addressee())
    return list(dict.fromkeys(found))


def _in_scope(party: Addressee, scope: Scope, title: Scope) -> Addressee:
    """A party with what its heading or title adds: the trade of a bare 企业, what is done of a 食品企业."""
    if party.trades:
        same = frozenset().union(*party.trades) & (scope.trades | title.trades)
        acts = party.acts or (scope.acts or title.acts if same else frozenset())
        return replace(party, acts=acts)
    if party.form in ("association", "public", "named") or not scope.each:
        return party
    return replace(party, trades=scope.each, acts=party.acts or scope.acts, sizes=party.sizes or scope.sizes, scope=scope.printed)


def _stages(text: str) -> Iterator[Addressee]:
    """Trades named as a field of business: 在食品生产环节, 速冻食品、方便面等主要行业."""
    for named in find_trades(text):
        tail = _STAGE.match(text, named.end)
        if tail is None:
            continue
        lead = _IN.search(text, 0, named.start)
        if lead:
            yield read_party(text[lead.end(1) : tail.end()])
        elif "等" in tail[0] and ("、" in tail[0] or "和" in tail[0]):
            yield read_party(text[named.start : tail.end()])


def _pieces(text: str) -> Iterator[Addressee]:
    """The members of a list that an inspection is of: 对学校食堂、网络订餐等综合治理."""
    for match in _OBJECTS.finditer(text):
        for piece in re.split(r"[、和及与]", match[1]):
            if not _NO_PARTY.search(piece) and any(load_trades()[trade].kind != "trait" for named in find_trades(piece) for trade in named.trades):
                yield read_party(piece)


def _objects(text: str, scope: Scope) -> Iterator[Addressee]:
    """The goods and trades that an inspection is of, clause by clause, else those of the heading."""
    elsewhere = False
    for clause in re.split(r"[，。；,;]", text):
        named = find_trades(clause)
        groups = alternatives(clause, named)
        works = "".join(clause[one.start : match.end()] for one in named if (match := _WORKING.match(clause, one.end)))
        own = tuple(group for group in groups if any(load_trades()[trade].kind != "trait" for trade in group))
        within = tuple(group for group in groups if any(above(trade) & scope.trades for trade in group)) if scope.trades else own
        if within:
            yield Addressee(clause, within, find_acts(works) - _ANYBODYS or scope.acts)
        elsewhere = elsewhere or any(load_trades()[trade].kind != "trait" for group in groups for trade in group)
    if not elsewhere and scope.trades:
        yield scope.addressee()


def names_only_offices(obligation: Mapping[str, Any]) -> bool:
    """Whether a sentence's own subject is an office: then it is that office's."""
    units: Iterable[Mapping[str, Any]] = obligation["units"]
    return any(not unit["inherited"] for unit in units)
