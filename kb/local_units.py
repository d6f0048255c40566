"""Local counterparts (对口单位): which organ of a lower level does what a unit of a document from above is there for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.organ_names import expand_topic, names_of
from extractors.organs import current_name, fields_of

_GOVERNMENTS = re.compile(r"(?:各|全)?(?:省|市|州|盟|县|区|旗|自治区|乡|镇|街道|级|地|[（、）])*(?:人民政府|政府|管委会|办事处)$")
_PARTY = re.compile(r"(?:党)?委(宣传部|组织部|统战部|政法委(?:员会)?|网信办|编办|社会工作部)$")
_PARTY_NAMES = {"统战部": "统一战线工作部", "政法委": "政法委员会", "网信办": "网络安全和信息化委员会办公室", "编办": "机构编制委员会办公室"}
_OWN_RUN = re.compile(r"人民银行|海关|气象|邮政管理|金融监管|银保监|烟草|铁路|电网|民航|海事")  # run from above: what a place has differs
_COMMITTEES = frozenset({"发展和改革", "卫生健康", "民族事务", "国有资产监督管理"})  # fields whose organ is a 委员会 in most places
# Of a province's government, by the constitution of departments since 2018; the others are 局.
_DEPARTMENTS = frozenset(
    {"教育", "科学技术", "工业和信息化", "公安", "民政", "司法", "财政", "人力资源和社会保障", "自然资源", "生态环境", "住房和城乡建设", "交通运输", "水利", "农业农村", "商务", "文化和旅游", "审计", "退役军人事务", "应急管理"}
)  # fmt: skip
_OWN_NAMES = {"支队": ("支队", "大队"), "政府办公厅": ("人民政府办公厅", "人民政府办公室"), "政府办公室": ("人民政府办公厅", "人民政府办公室")}  # of a province or city, of a county
_LEAGUE = re.compile(r"(?:共青)?团[中省市州盟]委|^共青团|团委$|共青团[^、]*委")


def local_counterpart(name: str, level: str, region: Sequence[str]) -> str | None:
    """The organ of the region's last place for a unit as a document above prints it; None where it cannot be known.

    >>> local_counterpart("省农业农村厅", "county", ("示例省", "云溪市", "河口县"))
    '河口县农业农村局'
    >>> local_counterpart("各县（市、区）人民政府", "county", ("示例省", "云溪市", "河口县"))
    '河口县人民政府'
    """
    if not region or _OWN_RUN.search(name):
        return None
    own = region[-1]
    if _GOVERNMENTS.match(name):
        return f"{own}人民政府" if not own.endswith("街道") else f"{own}办事处"
    if level == "township":
        return None  # offices of a township differ from place to place
    party = _PARTY.search(name)
    if party:
        return f"中共{own}委{_PARTY_NAMES.get(party[1], party[1])}"
    if _LEAGUE.search(name):
        return f"共青团{own}委"
    for field in sorted(fields_of(name)):
        if "税务" in field:
            return f"国家税务总局{own}税务局"
        if field in names_of("organ").values():
            return f"中共{own}{field}" if field.startswith("委") else f"{own}{_organ(field, level)}"
        topic = expand_topic(field)
        if topic is not None:
            return _bureau(own, level, topic)
    return None


def _organ(name: str, level: str) -> str:
    for ending, (above, county) in _OWN_NAMES.items():
        if name.endswith(ending) and (ending == "支队" or name == ending):
            return name.removesuffix(ending) + (county if level == "county" else above)
    return name


def _bureau(own: str, level: str, field: str) -> str:
    """The organ of a field as places name it since 2018.

    >>> _bureau("云溪市", "municipal", "农业"), _bureau("示例省", "provincial", "财政")
    ('云溪市农业农村局', '示例省财政厅')
    """
    today = current_name(f"{field}局")[0].removesuffix("局")
    ending = "委员会" if today in _COMMITTEES else "厅" if level == "provincial" and today in _DEPARTMENTS else "局"
    return f"{own}{today}{ending}"
