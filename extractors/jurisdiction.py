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
_VERTICAL = re.compile(r"^(?:国家税务总局|国家统计局|国家金融监督管理总局|中国人民银行|中国银行保险监督管理委员会|中国银保监会|中国证券监督管理委员会|中国证监会|国家外汇管理局|国家能源局|国家矿山安全监察局|中华人民共和国|中国共产党|中国共产主义青年团|中国国民党革命委员会|共青团|中共|中国)")
_TOWNSHIP = re.compile(r"([一-龥]{1,8}?(?:镇|乡|街道|苏木))(?:人民政府|党委|党工委|委员会|党政|办事处|综合|公共|应急|安委|食安|机关|人大|纪委|（|$)")
_ZONE = re.compile(r"[一-龥]{0,16}?(?:开发区|高新区|经开区|示范区|试验区|新区|管理区|保税区|自贸区|园区|风景区|度假区|集聚区)(?=管委会|管理委员会|党工委|工委|[一-龥]{2,10}局|办公室)")
_BRANCH = re.compile(r"局([一-龥]{2,6})分局")
_UNKNOWN_PLACE = re.compile(r"([一-龥]{2,9}?(?:省|自治区|自治州|自治县|市|县|区|旗|盟|州))(?=人民政府|委|[一-龥]{2,14}(?:局|厅|委员会|办公室|领导小组|指挥部|院|会|中心)|$)")
_LETTER = re.compile(r"^(省|市|县|区|州|盟|旗)(?=人民政府|政府|委|[一-龥]{2,14}(?:局|厅|委员会|办公室|领导小组|指挥部|院|中心)$)")
_LEVEL_OF = {"省": "provincial", "自治区": "provincial", "自治州": "municipal", "州": "municipal", "盟": "municipal", "县": "county", "自治县": "county", "区": "county", "旗": "county"}
_OWN_SIGNS = frozenset("京津冀晋皖闽鲁豫鄂粤桂琼渝黔藏陕浙沪川湘")  # no prefecture's number begins with these followed by 政
_CODE = re.compile(r"^([一-龥]{1,3}?)(?:政|府|委|党|办|厅)[一-龥]{0,4}$")
_BELOW_CITY = re.compile(r"各(?:有关)?(?:县|市、县|区县|县区|市县|旗县|区、县|区（|市（|县（)")
_BELOW_COUNTY = re.compile(r"各(?:有关)?(?:乡|镇|街道|苏木|社区)")
_IN_TITLE = re.compile(r"^|(?<=[《“（\s])|(?<=印发)|(?<=关于)|(?<=转发)|(?<=公布)|(?<=推进)|(?<=加强)|(?<=发布)")
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
    walked = _walk(bare, text)
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
        named = zone[0] if len(zone[0]) > 4 else bare[:at] + zone[0]
        full = next((r for r in regions_named(bare[: zone.end()], short=False)), None)
        return _of_regions([full], full.name, text) if full else Jurisdiction("county", (*own.region, bare[: zone.end()] if not bare[:at].endswith(("省", "市", "县", "区")) else named))
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


def _of_number(number: str, text: str) -> Jurisdiction | None:
    """The province whose sign heads a 机关代字, where no prefecture writes it so (浙政办, 粤府)."""
    code = _CODE.match(re.split(r"[〔\[（(【]", "".join(number.split()))[0])
    if not code or code[1] not in _OWN_SIGNS:
        return None
    province = province_of_sign(code[1])
    return _of_regions([province], province.name, text) if province else None


def _witnesses(head: Head, text: str) -> Iterator[Jurisdiction | None]:
    for organ in head.issuing_organs:
        yield _of_organ(organ, text)
    for title in (head.title, head.enclosed_title):
        if title:
            yield _of_title(title, text)
            yield _of_organ(title, text) if title.startswith(("国", "中共")) else None
    if head.document_number:
        yield _of_number(head.document_number, text)


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
