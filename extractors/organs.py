"""Organs of party and state (机关): full names in the issuer's jurisdiction, and what they are called today.

`data/renames.tsv` says what a field's organ became, when and why; the gazetteer itself is `organ_names.py`.
"""

from __future__ import annotations

import re
from functools import cache

from extractors.mentions import Context
from extractors.organ_names import BODY, expand_topic, full_base, load_organs, names_of, topic_ends
from extractors.regions import find_region, overlay_organs
from extractors.renames import find_rename

_TAX_MERGED = 2018  # since then one tax bureau everywhere, named as a branch of the State Taxation Administration
_AFTER_FIELD = re.compile(rf"{BODY}|委员会|委|办公室|办|局|厅|部|署|总局|[一-龥]{{0,8}}分局|")
_GENERIC = re.compile(r"^(?:区县|县区|市县|县市区|旗县|市州|州市|乡镇|镇街|街镇|村|其|两地|当地|属地|[一-龥]{0,6}(?:居住|户籍|所在|经营|注册|登记|参保|发生|就业)地|县级以上|各|有关|相关|其他|其它|所有|全|牵头|责任|成员|配合|上级|上述)|(?:有关|相关|各)[^、]{0,4}(?:部门|单位)$|[省市县区州旗盟]级|[省市县区]直|[（、]")
_OFFICES = {"": "", "办": "办公室", "办公室": "办公室", "办公厅": "办公厅"}
_JOINT_OFFICE = re.compile(r"([^各（]{2,}[局委办厅部会])（[^（）]+）")  # 市财政局（市国资委）
_BANK = re.compile(r"(人行|人民银行|农发行|农业发展银行)([一-龥]{2,8}(?:中心支行|分行|支行))")
_COMMITTEES = frozenset({"发展和改革", "卫生健康", "卫生和计划生育", "人口和计划生育", "民族事务", "国有资产监督管理"})  # fields whose organ is a 委员会 in most places
_PARTY_ORGANS = {"宣传": "委宣传部", "组织": "委组织部", "统战": "委统一战线工作部", "网信": "委网络安全和信息化委员会办公室", "社会工作": "委社会工作部"}
_TOWNSHIP = re.compile(r"[一-龥]{2,6}(?:镇|乡|街道|苏木)(?:人民政府|办事处|党委|党工委)")
_OWN_ORGAN = re.compile(r"(?:(?P<whose>[省市县区州旗总])(?P<kind>局|厅)|[我本](?P<ours>局|厅|委|办|院))(?:机关)?")  # 市委 is the party's
_WHOSE_LEVEL = {"省": "provincial", "市": "municipal", "州": "municipal", "县": "county", "旗": "county", "区": "county", "总": "national"}
_PLACE_PREFIX = re.compile(r"省|自治区|市|自治州|自治县|州|地区|盟|县|区|旗|镇|乡|街道")


def _own_region(letter: str, context: Context) -> str | None:
    """The place that 省, 市, 县 or 区 at the head of a unit's name means in a notice of `context`."""
    region = context.region
    if not region:
        return None
    own = region[-1] if context.level != "township" else region[-2] if len(region) > 1 else region[-1]
    if letter in {"省", "自治区"}:
        return region[0] if region[0].endswith(letter) else None
    if letter == "市" and own.endswith("市"):
        return own
    if letter == "市":
        return next((name for name in reversed(region) if name.endswith("市")), None)
    if letter in {"镇", "乡", "街道"}:
        return region[-1] if region[-1].endswith(letter) else None
    if letter == "区" and own.endswith("自治区"):
        return own
    return next((name for name in reversed(region) if name.endswith(letter)), None)


def resolve_unit(name: str, context: Context) -> str | None:
    """The full name of a unit in the issuer's jurisdiction; None for a generic one (有关部门) or where it cannot be known.

    A bare field (公安 of 公安、财政等部门) is the issuer's own organ of that field where the issuer is a county or a city, so that a
    ledger groups 公安 with 县公安局; a province's or the State's sentence speaks of that field at every level, and stays generic.

    >>> resolve_unit("市农委", Context(level="county", region=("浙江省", "金华市", "义乌市")))
    '义乌市农业委员会'
    """
    name = "".join(name.split()).replace("(", "（").replace(")", "）")
    overlaid = overlay_organs().get(name)
    if overlaid is not None:
        return overlaid
    joint = _JOINT_OFFICE.fullmatch(name)
    name = joint[1] if joint else name
    if not name or _GENERIC.search(name):
        return None
    own = _OWN_ORGAN.fullmatch(name)
    if own:
        return _issuer(own["whose"], own["kind"] or own["ours"], context)
    national = names_of("national").get(name)
    if national is not None and (name == national or context.level in {None, "national"} or name[0] in "国中全最"):
        return national
    if context.level == "national":
        full = full_base(name, national=True)
        return full if full and not full.endswith("部门") else None
    return _resolve_local(name, context) or national


def _issuer(whose: str | None, kind: str, context: Context) -> str | None:
    """The one issuing organ that 省局, 市局 or 我委 means in its own notice; None where another level's organ is meant."""
    if len(context.issuers) != 1 or whose is not None and _WHOSE_LEVEL[whose] != context.level:
        return None
    issuer = context.issuers[0].removesuffix("办公室").removesuffix("办公厅") if kind != "办" else context.issuers[0]
    if not issuer.endswith({"委": ("委", "委员会"), "办": ("办", "办公室")}.get(kind, (kind,))) or _OWN_ORGAN.fullmatch(issuer):
        return None
    return resolve_unit(issuer, context) or issuer


def _resolve_local(name: str, context: Context) -> str | None:
    branch = re.fullmatch(r"(.+局)([一-龥]{2,8}分局)", name)
    if branch:
        whole = _resolve_local(branch[1], context)
        return f"{whole}{branch[2]}" if whole else None
    bank = _BANK.fullmatch(name)
    if bank:
        return f"{names_of('national')[bank[1]]}{bank[2]}"
    if _TOWNSHIP.fullmatch(name) and context.level == "county" and find_region(name) is None:
        return f"{context.region[-1]}{name}"
    youth = re.fullmatch(r"(?:团|共青团)([省市县区州旗盟]|[一-龥]{2,8}[省市县区州旗盟])(?:委|委员会)", name)
    field = _own_field(name, context)
    if field is not None:
        return field
    place, base = _cut_place(youth[1] + "团委" if youth else name, context)
    if place is None or base in {"局", "厅", "办"}:
        return None
    for form, party in ((r"(?:人民)?政府(.*)", False), (r"委(?:(办公室|办公厅|办)?)", True)):
        match = re.fullmatch(form, base)
        if match and (office := _OFFICES.get(match[1] or "")) is not None:
            return f"中共{place}委员会{office}" if party else f"{place}人民政府{office}"
    full = full_base(base)
    if full is None and f"{name[0]}{base}" in names_of("topic"):
        return None  # 市政和园林: the field begins with 市
    if full is None:
        return f"{place}{base}" if len(base) >= 3 else None
    if full == "共产主义青年团委员会":
        return f"中国共产主义青年团{place}委员会"
    if full.startswith("委"):
        return f"中共{place}{full}" if place[-1] in "省市县区州旗盟" else None
    if full.startswith("纪律检查委员会"):
        supervision = f"、{place}监察委员会" if full.endswith("监察委员会") else ""
        return f"中共{place}纪律检查委员会{supervision}"
    if full == "税务局" and (context.issued_on is None or context.issued_on.year >= _TAX_MERGED):
        return f"国家税务总局{place}税务局"
    if full.endswith("部门"):
        return f"{place}{full.removesuffix('部门')}{'厅' if place.endswith(('省', '自治区')) else '局'}"
    return f"{place}{full}"


def _own_field(name: str, context: Context) -> str | None:
    """The issuer's organ of a bare field (公安, 县公安), of a county also that of its department (公安部门)."""
    if context.level not in {"county", "municipal"} or not context.region:
        return None
    own = context.region[-1]
    letter = _PLACE_PREFIX.match(name)
    base = name[letter.end() :] if letter and own.endswith(letter[0]) and name not in names_of("topic") else name  # 市场监管
    if context.level == "county":
        base = base.removesuffix("部门")
    topic = expand_topic(base)
    if topic is None:
        return None
    if topic in _PARTY_ORGANS:
        return f"中共{own}{_PARTY_ORGANS[topic]}"
    if topic == "税务" and (context.issued_on is None or context.issued_on.year >= _TAX_MERGED):
        return f"国家税务总局{own}税务局"
    return f"{own}{topic}{'委员会' if topic in _COMMITTEES else '局'}"


def _cut_place(name: str, context: Context) -> tuple[str | None, str]:
    """The place that a unit's name speaks of and the rest of the name."""
    region = find_region(name)
    if region is not None and len(name) > region.length + 1:
        return region.printed, name[region.length :]
    own = context.region[-1] if context.region else None
    whole = full_base(name)  # 市场监管部门 has no place before it
    letter = _PLACE_PREFIX.match(name) if whole is None else None
    if letter and len(name) > letter.end():
        return _own_region(letter[0], context), name[letter.end() :]
    if name[0] in "我本" and len(name) > 2:
        return _cut_place(name[1:], context)
    return (own, name) if whole and not whole.endswith("部门") else (None, name)


def fields_of(name: str) -> frozenset[str]:
    """The full field or whole organ that a unit's name speaks of, whatever its place and ending; empty where unknown.

    >>> sorted(fields_of("市市场监管局")), sorted(fields_of("质监"))
    (['市场监督管理'], ['质量技术监督'])
    """
    name = "".join(name.split())
    for start in range(len(name)):
        national, organ = names_of("national").get(name[start:]), names_of("organ").get(name[start:])
        if national is not None:
            return frozenset({_field_of_ministry(national)})
        if organ is not None:
            return frozenset({organ})
        for end in topic_ends(name, start):
            if _AFTER_FIELD.fullmatch(name, end):
                topic = expand_topic(name[start:end])
                if topic is not None:
                    return frozenset({topic})
    return frozenset()


def _field_of_ministry(full: str) -> str:
    """The field of a national organ: 国家市场监督管理总局 → 市场监督管理."""
    bare = re.sub(r"^(?:国家(?!税务)|中国|国务院)", "", full)
    for ending in ("总局", "委员会", "部", "局", "署"):
        topic = names_of("topic").get(bare.removesuffix(ending)) if bare.endswith(ending) else None
        if topic is not None:
            return topic
    return "税务" if full == "国家税务总局" else bare


@cache
def _parts(field: str) -> frozenset[str]:
    """A field and, where it is several run together (教育体育, 粮食和物资储备), each of them."""
    table = names_of("topic")
    for cut in range(2, len(field) - 1):
        left, right = field[:cut], field[cut:].removeprefix("和")
        if left in table and right in table:
            return frozenset({field, table[left], table[right]})
    return frozenset({field})


def current_name(canonical: str) -> tuple[str, str | None]:
    """The name that an organ's field bears today, and the reason why it differs; the name itself where it does not.

    >>> current_name("云溪市质量技术监督局")[0]
    '云溪市市场监督管理局'
    """
    reasons, name = [], canonical
    for _ in range(4):
        old, rename = next(((field, found) for field in fields_of(name) if (found := find_rename(field, canonical))), ("", None))
        if rename is None:
            break
        printed = next((word for word in (old, *_short_forms(old)) if word in name), None)
        if printed is None:
            break
        if rename.new in name and rename.new not in printed:
            break
        name = _rename(name, printed, rename.new)
        reasons.append(f"{old} → {rename.new}（{rename.note}）")
    return name, "；".join(reasons) or None


def _rename(name: str, old: str, new: str) -> str:
    at = name.rindex(old)
    ending = name[at + len(old) :]
    if ending == "局" and new.endswith("健康"):
        ending = "委员会"
    if ending in {"委员会", "委", "办公室", "办"} and not new.endswith(("健康", "生育")):
        ending = "局"
    if new.endswith("委员会"):
        ending = ""
    return name[:at] + new + ending


def _short_forms(topic: str) -> tuple[str, ...]:
    return next((organ.aliases for organ in load_organs() if organ.kind != "national" and organ.name == topic), ())


@cache
def _today(field: str, name: str = "") -> str:
    for _ in range(4):
        rename = find_rename(field, name)
        if rename is None:
            break
        field = names_of("topic").get(rename.new.removesuffix("局"), rename.new)
    return field


def same_organ(asked: str, printed: str) -> str | None:
    """Why `printed` is the organ that is asked for (an empty reason: by its name), None where it is another.

    >>> same_organ("市场监管局", "质监局")
    '质量技术监督 → 市场监督管理（2018年机构改革，工商、质监、食药监职责合并）'
    >>> same_organ("财政局", "质监局") is None
    True
    """
    if asked == printed or asked and asked in printed:
        return ""
    ours, theirs = fields_of(asked), fields_of(printed)
    if {part for field in ours for part in _parts(field)} & {part for field in theirs for part in _parts(field)}:
        return ""
    if {part for field in ours for part in _parts(_today(field, asked))} & {part for field in theirs for part in _parts(_today(field, printed))}:
        reasons = (current_name(name)[1] for name in (printed, asked))
        steps = dict.fromkeys(step for reason in reasons if reason for step in reason.split("；"))
        return "；".join(steps)
    return None


def spellings(asked: str) -> frozenset[str]:
    """Words of which a name must hold one to be the organ asked for: itself, and every name its field has or had.

    >>> "质监" in spellings("市场监管局"), "财政" in spellings("市场监管局")
    (True, False)
    """
    ours = fields_of(asked)
    parts, today = {part for field in ours for part in _parts(field)}, {_today(field) for field in ours}
    words = {asked}
    for organ in load_organs():
        field = _field_of_ministry(organ.name) if organ.kind == "national" else organ.name
        if ours and (_parts(field) & parts or _today(field) in today):
            words |= {organ.name, field, *organ.aliases}
    return frozenset(words)
