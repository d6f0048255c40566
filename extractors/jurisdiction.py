"""Jurisdiction (辖区) of a notice: the level of its issuer and the places from the province down.

The issuing organ's name says it first (宁波市慈溪质量技术监督局), then the title, then the enclosed text's title, at last the
机关代字 of the number (浙政办). A name that several places bear (鼓楼区) counts only where the notice tells which is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.organ_names import name_end
from extractors.regions import LEVELS, Region, chain_of, find_region, load_regions, province_of_sign, regions_named
from ingest.document import Head

_NATIONAL = re.compile(r"国务院|中共中央|中央(?!省)|全国|中华人民共和国|最高人民|国家(?!税务总局.+税务局|统计局.+(?:调查队|总队)|金融监督管理总局.+(?:局|分局)|级|电网|能源局.+(?:局|办))")
_NATIONAL_REST = re.compile(r"(?:综合司|[一-龥]{2,10}司|办公厅|办公室|党组|机关|[、 ]|$)")
_VERTICAL = re.compile(r"^(?:国家税务总局|国家统计局|国家金融监督管理总局|中国人民银行|中国银行保险监督管理委员会|中国银保监会|中国证券监督管理委员会|中国证监会|国家外汇管理局|国家能源局|国家矿山安全监察局|中国人民解放军|中国人民武装警察部队|中华人民共和国|中国共产党|中国共产主义青年团|中国国民党革命委员会|共青团|中共|中国)")
_TOWNSHIP = re.compile(r"([一-龥]{1,8}?(?:镇|乡|街道|苏木))(?:人民政府|党委|党工委|委员会|党政|办事处|综合|公共|应急|安委|食安|机关|人大|纪委|（|$)")
_ZONE = re.compile(
    r"[一-龥]{0,16}?(?:开发区|高新区|经开区|示范区|试验区|新区|管理区|保税区|自贸区|园区|风景区|度假区|集聚区)(?=管委|管理委员会|党工委|工委|办公室|关于|$|[一-龥]{2,16}(?:局|委员会|办公室|中心|领导小组|指挥部|大队|支队|分局)$)"
)
# What a zone is, when nothing before it is its own name: 泰安|旅游经济开发区, but 重庆|两江新区.
_KIND_OF_ZONE = re.compile(r"(?:国家|省|市|区|县)?级?(?:经济|经开|高新|技术|旅游|工业|保税|农业|科技|临空|临港|空港|航空|化工|出口|综合|循环|现代|文化|生态|产业|创新|物流|食品|金融|度假|风景|新技术|开发|城乡|自贸|自由)")
_BARE_ZONE = re.compile(r"^(?:高新区|经开区|开发区|新区|示范区|园区|管理区|度假区|保税区|经济开发区|高新技术产业开发区|经济技术开发区)$")
_CORPS = re.compile(r"^(?:中共)?新疆生产建设兵团(第[一二三四五六七八九十]{1,3}师)?")
_BRANCH = re.compile(r"局([一-龥]{2,6})分局")
_UNKNOWN_PLACE = re.compile(r"([一-龥]{2,9}?(?:省|自治区|自治州|自治县|市|县|区|旗|盟|州))(?=人民政府|委|[一-龥]{2,14}(?:局|厅|委员会|办公室|领导小组|指挥部|院|会|中心)|$)")
_LETTER = re.compile(r"^(省|市|县|区|州|盟|旗)(?=人民政府|政府|委|[一-龥]{2,14}(?:局|厅|委员会|办公室|领导小组|指挥部|院|中心)$)")
_LEVEL_OF = {"省": "provincial", "自治区": "provincial", "自治州": "municipal", "州": "municipal", "盟": "municipal", "县": "county", "自治县": "county", "区": "county", "旗": "county"}
_OWN_SIGNS = frozenset("京津冀晋皖闽鲁豫鄂粤桂琼渝黔藏陕浙沪川湘")  # no prefecture's number begins with these followed by 政
_BUREAU_SIGNS = frozenset("浙粤鲁豫皖闽黔沪渝京津冀")  # so headed, a bureau's code is a province's; the others also head prefectures' and counties'
_CITY_SIGNS = {"甬": "宁波市", "穗": "广州市", "深府": "深圳市", "深办": "深圳市", "杭政": "杭州市", "厦府": "厦门市", "榕政": "福州市", "武政": "武汉市", "郑政": "郑州市", "洪府": "南昌市", "成府": "成都市", "成办": "成都市", "昆政": "昆明市", "筑府": "贵阳市", "哈政": "哈尔滨市", "沈政": "沈阳市", "合政": "合肥市", "兰政": "兰州市"}
_CODE = re.compile(r"^([一-龥]{1,3}?)(?:政|府|委|党|办|厅)[一-龥]{0,4}$")
_BELOW_CITY = re.compile(r"各(?:有关)?(?:县|市、县|区县|县区|市县|旗县|区、县|区（|市（|县（)")
_BELOW_COUNTY = re.compile(r"各(?:有关)?(?:乡|镇|街道|苏木|社区)")
_IN_TITLE = re.compile(r"^|(?<=\d年)|(?<=\d年度)|(?<=[《“（\s])|(?<=印发)|(?<=关于)|(?<=转发)|(?<=公布)|(?<=推进)|(?<=加强)|(?<=发布)")
_PARENTS_REACH = 6000  # characters of a notice that are read for the name of the parent


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Level, places from the province down, and the innermost place's code; None or () where the notice does not tell."""

    level: str | None = None
    region: tuple[str, ...] = ()
    adcode: str | None = None


def _among(regions: Sequence[Region], above: Region | None, text: str) -> tuple[Region, ...]:
    """The regions that can be meant: those below `above`, else those whose parents the text names."""
    if above is not None:
        return tuple(r for r in regions if above.code in {up.code for up in chain_of(r)[:-1]})
    if len(regions) < 2:
        return tuple(regions)
    return tuple(r for r in regions if any(_named_in(up, text) for up in chain_of(r)[:-1]))


def _named_in(region: Region, text: str) -> bool:
    return region.name in text or any(len(alias) > 1 and alias in text for alias in region.aliases)


def _narrowest(regions: Sequence[Region], text: str) -> Region | None:
    """The one region that a name means; of several, the one with most of its parents named in the text."""
    scored = sorted(((sum(_named_in(up, text) for up in chain_of(r)[:-1]), r.code, r) for r in regions), reverse=True)
    if not scored or len(scored) > 1 and scored[0][0] == scored[1][0]:
        return None
    return scored[0][2]


def _rank(region: Region) -> int:
    return LEVELS.index(region.level) if region.level in LEVELS else len(LEVELS)


def _of_regions(regions: Sequence[Region], printed: str, text: str) -> Jurisdiction:
    if printed not in {region.name for region in regions}:  # 南昌 alone is the city, not the county of the same short name
        highest = min(map(_rank, regions))
        regions = [region for region in regions if _rank(region) == highest]
    region = regions[0] if len(regions) == 1 else _narrowest(_among(regions, None, text), text)
    if region is None:
        levels = {r.level for r in regions}
        return Jurisdiction(levels.pop() if len(levels) == 1 else None, (printed,))
    return Jurisdiction(region.level, tuple(r.name for r in chain_of(region)), region.code)


def _walk(name: str, text: str) -> tuple[tuple[Region, ...], str, int] | None:
    """The regions that the head of a name leads down to, as printed, and how far it reads: 浙江省金华市…, 宁波市慈溪…."""
    found = find_region(name) or find_region(name, short=True)
    if found is None:
        return None
    regions, printed, at = found.regions, found.printed, found.length
    while True:
        rest = name[at:]
        deeper = find_region(rest) or find_region(rest, short=True)
        below = tuple(r for r in deeper.regions if any(up in chain_of(r)[:-1] for up in regions)) if deeper else ()
        if deeper and rest.startswith("新区", deeper.length) and deeper.printed[-1] not in "市县区":  # 杭州钱塘新区 is not of 钱塘区
            below = ()
        if not deeper or not below:
            return regions, printed, at
        regions, printed, at = below, deeper.printed, at + deeper.length


def _of_organ(name: str, text: str) -> Jurisdiction | None:
    """The jurisdiction that an issuing organ's name tells."""
    name = "".join(name.split())
    national = name_end(name, 0, "national")
    bare = _VERTICAL.sub("", name)
    while _VERTICAL.match(bare):
        bare = _VERTICAL.sub("", bare)
    if corps := _CORPS.match(name):
        return Jurisdiction("municipal" if corps[1] else "provincial", ("新疆生产建设兵团", *([corps[1]] if corps[1] else [])))
    walked = _walk(bare, text)
    ministry = name_end(bare, 0, "national")
    if ministry and (walked is None or ministry > walked[2]):  # 公安部交通管理局 has nothing to do with 公安县
        placed = _walk(bare[ministry:], text)
        return _below(bare[ministry:], placed, text) if placed else Jurisdiction("national")
    if walked is None and (_NATIONAL.match(name) or national and _NATIONAL_REST.match(name, national)):
        return Jurisdiction("national")
    if walked is not None:
        return _below(bare, walked, text)
    unknown = _UNKNOWN_PLACE.match(bare)
    letter = _LETTER.match(bare)
    if letter:
        return Jurisdiction(_LEVEL_OF.get(letter[1]))
    if unknown:
        kind = next(k for k in ("自治区", "自治州", "自治县", unknown[1][-1]) if unknown[1].endswith(k))
        known = tuple(r for r in regions_named(unknown[1][:-1]) if r.name.endswith(f"自治{kind}"))
        if known:  # 延边州 is short for 延边朝鲜族自治州
            return _of_regions(known, known[0].name, text)
        if _BARE_ZONE.match(unknown[1]):
            return Jurisdiction("county")
        township = _TOWNSHIP.match(bare, unknown.end())
        if township:
            return Jurisdiction("township", (unknown[1], township[1]))
        return Jurisdiction(_LEVEL_OF.get(kind), (unknown[1],))
    township = _TOWNSHIP.match(bare)
    return Jurisdiction("township", (township[1],)) if township else None


def _below(bare: str, walked: tuple[tuple[Region, ...], str, int], text: str) -> Jurisdiction:
    """The jurisdiction of an organ whose name begins with known regions: their own, or of a branch, zone or township in them."""
    regions, printed, at = walked
    own = _of_regions(regions, printed, text)
    zone = _ZONE.match(bare, at)
    if zone and own.region and not regions[0].name.endswith(("开发区", "示范区", "新区")):
        full = next((r for r in regions_named(bare[: zone.end()], short=False)), None)
        if full:
            return _of_regions([full], full.name, text)
        own_name = len(zone[0]) > 3 and not _KIND_OF_ZONE.match(zone[0]) or bare[:at].endswith(("省", "市", "县", "区")) and len(zone[0]) > 4
        return Jurisdiction("county", (*own.region, zone[0] if own_name else bare[:at] + zone[0]))
    township = _TOWNSHIP.match(bare, at)
    if township and own.region:
        return Jurisdiction("township", (*own.region, township[1]))
    branch = _BRANCH.search(bare, at)
    if branch:
        found = find_region(branch[1], short=True)
        inside = tuple(r for r in found.regions if any(up in chain_of(r)[:-1] for up in regions)) if found else ()
        if found and inside:
            return _of_regions(inside, found.printed, text)
    return own


def _of_title(title: str, text: str) -> Jurisdiction | None:
    """The jurisdiction that a title's place tells: 吉林省…方案, 关于印发《慈溪市…方案》的通知."""
    title = "".join(title.split())
    for start in dict.fromkeys(match.end() for match in _IN_TITLE.finditer(title)):
        if _NATIONAL.match(title, start) and not title.startswith("全国", start):
            return Jurisdiction("national")
        found = find_region(title[start:])
        if found:
            walked = _walk(title[start:], text)
            if walked and walked[1][-1] in "省市县区州盟旗":
                return _below(title[start:], walked, text)
    return None


def _organ_code(number: str) -> str:
    """The 机关代字 of a number: what stands before its year."""
    return re.split(r"[〔\[（(【〈<＜\d]", "".join(number.split()))[0]


def _of_number(number: str, text: str, *, unsigned: bool = False) -> Jurisdiction | None:
    """The province whose sign heads a 机关代字, where no prefecture writes it so (浙政办, 粤府); of a city those with a sign of their own (甬).

    `unsigned`: the notice names no organ, so that the code of a province's bureau (粤教) counts as well.
    """
    code = _organ_code(number)
    city = next((name for sign, name in _CITY_SIGNS.items() if code.startswith(sign)), None)
    named = regions_named(city) if city else ()
    if named and find_region(code, short=True) is None:
        return _of_regions(named, named[0].name, text)
    whole = _CODE.match(code)
    bureau = unsigned and code[:1] in _BUREAU_SIGNS and find_region(code[:2], short=True) is None
    if (not whole or whole[1] not in _OWN_SIGNS) and not bureau:
        return None
    province = province_of_sign(whole[1] if whole and not bureau else code[:1])
    return _of_regions([province], province.name, text) if province else None


def _of_letter(organ: str, head: Head, text: str) -> Jurisdiction | None:
    """The place of an organ that is named by its level alone (市教育局): where its whole name, its number or its superiors tell it."""
    letter = _LETTER.match(organ)
    if letter is None:
        return None
    base = organ[letter.end() :]
    for following in (re.escape(base), "(?:人民政府|委员会|委|人大|[一-龥]{2,10}(?:局|厅|办公室))"):
        named = {match[1] for match in re.finditer(rf"([一-龥]{{1,7}}?{letter[1]}){following}", text)}
        places = {place for name in named for at in range(len(name) - 1) if (found := find_region(name[at:])) and found.length == len(name) - at for place in found.regions}
        if len(places) == 1:
            place = places.pop()
            return _of_regions([place], place.name, text)
    province = province_of_sign(_organ_code(head.document_number or ""))
    if province and (letter[1] == "省" or (letter[1] == "市" and province.name.endswith("市"))):
        return _of_regions([province], province.name, text)
    return None


def _witnesses(head: Head, text: str) -> Iterator[Jurisdiction | None]:
    for organ in head.issuing_organs:
        yield _of_organ(organ, text)
    for title in (head.title, head.enclosed_title):
        if title:
            yield _of_title(title, text)
            yield _of_organ(title, text) if title.startswith(("国", "中共")) else None
    for organ in head.issuing_organs:
        yield _of_letter(organ, head, text)
    if head.document_number:
        yield _of_number(head.document_number, text, unsigned=not head.issuing_organs)


def _level_of_addressees(head: Head) -> str | None:
    """What the addressees tell of the issuer's level: 各县（市、区）人民政府 have a city above them, 各乡镇 a county."""
    addressed = "".join(head.recipients)
    if _BELOW_CITY.search(addressed):
        return "municipal"
    return "county" if _BELOW_COUNTY.search(addressed) else None


def resolve_jurisdiction(head: Head, text: str) -> Jurisdiction:
    """The jurisdiction of a notice from its head, with `text` to tell places of one name apart.

    >>> resolve_jurisdiction(Head(issuing_organs=("义乌市人民政府办公室",)), "").region
    ('浙江省', '金华市', '义乌市')
    """
    near = " ".join((text[:_PARENTS_REACH], head.title or "", *head.recipients, *head.cc, *head.issuing_organs))
    best = Jurisdiction()
    for said in _witnesses(head, near):
        if said is None:
            continue
        if said.level == "national" or said.adcode or said.level == "township" and len(said.region) > 1:
            # A witness without a place (省教育厅) takes it from a later one of its level.
            if best.level is None or best.level == said.level or best.region and best.region[-1] in said.region:
                return said
        elif best.level is None and not best.region:
            best = said
    if best.level is None and best.region:
        return Jurisdiction(_level_of_addressees(head), best.region, best.adcode)
    return best


def region_by_code(adcode: str) -> Region | None:
    """The division with a code."""
    return load_regions().by_code.get(adcode)
