"""Full names of organs in the issuer's jurisdiction, and what they are called today."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.mentions import Context
from extractors.organ_names import full_base, load_organs, names_of
from extractors.organs import current_name, resolve_unit, same_organ
from extractors.renames import load_renames

TOWN = Context(level="county", region=("浙江省", "金华市", "义乌市"))
CITY = Context(level="municipal", region=("浙江省", "金华市"))
PROVINCE = Context(level="provincial", region=("浙江省",))
DISTRICT = Context(level="county", region=("北京市", "海淀区"))
COUNTY = Context(level="county", region=("浙江省", "丽水市", "青田县"))
STATE = Context(level="national")

FULL_NAMES = [
    (TOWN, "市农委", "义乌市农业委员会"),
    (TOWN, "市市场监管局", "义乌市市场监督管理局"),
    (TOWN, "市发展改革委", "义乌市发展和改革委员会"),
    (TOWN, "市委编办", "中共义乌市委机构编制委员会办公室"),
    (TOWN, "市委", "中共义乌市委员会"),
    (TOWN, "市政府办公室", "义乌市人民政府办公室"),
    (TOWN, "市法院", "义乌市人民法院"),
    (TOWN, "团市委", "中国共产主义青年团义乌市委员会"),
    (TOWN, "省财政厅", "浙江省财政厅"),
    (TOWN, "财政部", "财政部"),
    (TOWN, "金华市生态环境局义乌分局", "金华市生态环境局义乌分局"),
    (TOWN, "市财政局（市国资委）", "义乌市财政局"),
    (TOWN, "质监局", "义乌市质量技术监督局"),
    (TOWN, "佛堂镇人民政府", "义乌市佛堂镇人民政府"),
    (TOWN, "市纪委监委", "中共义乌市纪律检查委员会、义乌市监察委员会"),
    (TOWN, "县政府", None),
    (CITY, "市发改委", "金华市发展和改革委员会"),
    (CITY, "市 卫健委", "金华市卫生健康委员会"),
    (PROVINCE, "省卫生健康委", "浙江省卫生健康委员会"),
    (PROVINCE, "省药监局", "浙江省药品监督管理局"),
    (PROVINCE, "金华市人民政府", "金华市人民政府"),
    (DISTRICT, "区市场监管局", "海淀区市场监督管理局"),
    (DISTRICT, "市财政局", "北京市财政局"),
    (COUNTY, "市教育局", "丽水市教育局"),
    (STATE, "市场监管总局", "国家市场监督管理总局"),
    (STATE, "人民银行", "中国人民银行"),
    (PROVINCE, "人行南昌中心支行", "中国人民银行南昌中心支行"),
    (CITY, "市税务局", "国家税务总局金华市税务局"),
    (Context(date(2015, 3, 1), level="municipal", region=("浙江省", "金华市")), "市国税局", "金华市国家税务局"),
    (CITY, "市场监管部门", None),
    (STATE, "卫生健康部门", None),
    (COUNTY, "公安", "青田县公安局"),
    (COUNTY, "公安部门", "青田县公安局"),
    (COUNTY, "县公安", "青田县公安局"),
    (COUNTY, "卫生健康", "青田县卫生健康委员会"),
    (COUNTY, "发改", "青田县发展和改革委员会"),
    (COUNTY, "宣传", "中共青田县委宣传部"),
    (COUNTY, "税务", "国家税务总局青田县税务局"),
    (COUNTY, "团委", "中国共产主义青年团青田县委员会"),
    (COUNTY, "妇联", "青田县妇女联合会"),
    (COUNTY, "农发行青田县支行", "中国农业发展银行青田县支行"),
    (CITY, "质监", "金华市质量技术监督局"),
    (CITY, "城管", "金华市城市管理局"),
    (PROVINCE, "公安", None),
    (STATE, "教育", None),
    (DISTRICT, "区县民政局", None),
    (CITY, "县区教育部门", None),
    (CITY, "儿童居住地民政部门", None),
    (CITY, "其分支机构", None),
    (CITY, "单位", None),
    (CITY, "市发展改革委（市粮食和物资储备局）", "金华市发展和改革委员会"),
    (PROVINCE, "省大数据局", "浙江省大数据局"),
    (Context(), "市财政局", None),
    (Context(), "财政部", "财政部"),
]


@pytest.mark.parametrize("context, name, full", FULL_NAMES)
def test_a_unit_has_its_full_name_in_the_issuers_jurisdiction(context, name, full):
    assert resolve_unit(name, context) == full


@pytest.mark.parametrize("name", ["各乡镇（街道、管委会）", "有关部门", "各县（市、区）人民政府", "市直有关部门", "省局", "我局", "公安机关", "县区教育局", "乡镇人民政府", "市食安委各成员单位", ""])
def test_generic_units_have_none(name):
    assert resolve_unit(name, TOWN) is None


NAMES_TODAY = [
    ("云溪市质量技术监督局", "云溪市市场监督管理局"),
    ("义乌市农业委员会", "义乌市农业农村局"),
    ("市工商局", "市市场监督管理局"),
    ("国家卫生和计划生育委员会", "国家卫生健康委员会"),
    ("市安监局", "市应急管理局"),
    ("云溪县扶贫开发办公室", "云溪县农业农村局"),
    ("市国税局", "市税务局"),
    ("大数据管理局", "数据局"),
]


@pytest.mark.parametrize("printed, today", NAMES_TODAY)
def test_the_name_an_organ_bears_today_comes_with_the_reason(printed, today):
    name, reason = current_name(printed)
    assert name == today
    assert reason is not None and "→" in reason


@pytest.mark.parametrize("name", ["市教育局", "审计署", "云溪市卫生健康委员会", "某处"])
def test_an_organ_that_kept_its_name_has_no_reason(name):
    assert current_name(name) == (name, None)


@pytest.mark.parametrize(
    "asked, printed",
    [("市场监管局", "质监局"), ("市场监管部门", "市食药监局"), ("农业农村局", "市农委"), ("卫健委", "市卫生计生委"), ("生态环境局", "环保"), ("市场监管总局", "国家质检总局")],
)
def test_an_organ_is_found_under_its_former_name_with_the_reason(asked, printed):
    assert "→" in (same_organ(asked, printed) or "")


@pytest.mark.parametrize("asked, printed", [("市场监督管理局", "市市场监管局"), ("教育局", "市教育体育局"), ("公安局", "公安机关"), ("发改委", "市发展改革委")])
def test_an_organ_is_found_under_its_short_and_joint_names(asked, printed):
    assert same_organ(asked, printed) == ""


@pytest.mark.parametrize("asked, printed", [("财政局", "市质监局"), ("教育局", "市体育局"), ("民政局", "各有关部门")])
def test_other_organs_are_not_the_same(asked, printed):
    assert same_organ(asked, printed) is None


@pytest.mark.parametrize("name", ["organs", "renames"])
def test_the_lists_are_sorted_and_name_nothing_twice(name):
    rows = files("extractors").joinpath("data", f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert rows == sorted(rows)
    firsts = [row.split("\t")[0] for row in rows]
    assert len(firsts) == len(set(firsts))


def test_every_former_field_is_known_and_leads_to_an_end():
    known = {**names_of("topic"), **names_of("organ")}
    for old in load_renames():
        assert old in known
        seen = [old]
        while seen[-1] in load_renames():
            seen.append(load_renames()[seen[-1]].new)
            assert len(seen) < 5


def test_short_forms_lead_to_full_names():
    assert all(full_base(f"{alias}局") is not None for organ in load_organs() if organ.kind == "topic" for alias in organ.aliases)


@given(st.text(max_size=12))
def test_any_name_is_taken(name):
    full = resolve_unit(name, TOWN)
    assert full is None or len(full) > 1
    assert current_name(name)[0] or not name


@pytest.mark.parametrize(
    ("name", "level", "issuer", "full"),
    [
        ("省局", "provincial", "澜川省质监局", "澜川省质监局"),
        ("我局", "county", "云溪县农业农村局", "云溪县农业农村局"),
        ("市委", "municipal", "云溪市发展和改革委员会", "中共云溪市委员会"),  # the party's committee
        ("我委", "municipal", "云溪市发展和改革委员会办公室", "云溪市发展和改革委员会"),
        ("省局", "municipal", "云溪市药品监督管理局", None),  # the organ above, which the notice does not name
        ("市局", "municipal", "云溪市人民政府", None),
    ],
)
def test_own_organ_is_the_issuer(name: str, level: str, issuer: str, full: str | None) -> None:
    region = {"provincial": ("澜川省",), "municipal": ("澜川省", "云溪市"), "county": ("澜川省", "云溪市", "云溪县")}[level]
    assert resolve_unit(name, Context(level=level, region=region, issuers=(issuer,))) == full


@pytest.mark.parametrize(
    "asked, printed",
    [("市场监管局", "县药监局"), ("水利局", "县移民局"), ("工信局", "县经委"), ("文旅局", "县广播电视局"), ("自然资源局", "县规划局"), ("应急局", "县安监局"), ("卫生健康委", "县计生局")],
)
def test_organs_of_counties_are_found_under_their_names_of_today_with_the_reason(asked, printed):
    assert same_organ(asked, printed)


def test_organs_that_stand_above_the_counties_keep_their_names():
    assert same_organ("市场监管总局", "国家药监局") is None
    assert current_name("国家药品监督管理局") == ("国家药品监督管理局", None)
    assert current_name("江西省广播电视局")[1] is None
    assert current_name("云溪市药品监督管理局")[0] == "云溪市市场监督管理局"
    assert current_name("云溪县经济委员会")[0] == "云溪县工业和信息化局"
