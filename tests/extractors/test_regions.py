"""The divisions of the country, their short and former names, and the overlay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import regions
from extractors.regions import (
    LEVELS,
    OverlayError,
    chain_of,
    find_region,
    load_regions,
    overlay_organs,
    province_of_sign,
    regions_named,
    use_overlay,
)


@pytest.mark.parametrize(
    "name, chains",
    [
        ("义乌市", ["浙江省 金华市 义乌市"]),
        ("金华", ["浙江省 金华市"]),
        ("襄樊市", ["湖北省 襄阳市"]),
        ("海淀区", ["北京市 海淀区"]),
        ("崇文区", ["北京市 崇文区"]),
        ("米林市", ["西藏自治区 林芝市 米林市"]),
        ("东莞市", ["广东省 东莞市"]),
        ("没有市", []),
    ],
)
def test_a_name_leads_to_its_chain(name, chains):
    assert [" ".join(r.name for r in chain_of(region)) for region in regions_named(name)] == chains


def test_a_name_borne_by_several_places_gives_all_of_them():
    assert len(regions_named("鼓楼区")) == 4


@pytest.mark.parametrize(
    "text, short, printed",
    [
        ("金华市教育局", False, "金华市"),
        ("金华海关", True, "金华"),
        ("金华海关", False, None),
        ("金华县政府", True, None),
        ("内蒙古自治区人民政府", False, "内蒙古自治区"),
        ("在金华市", False, None),
        ("", True, None),
    ],
)
def test_the_region_that_a_text_begins_with(text, short, printed):
    found = find_region(text, short=short)
    assert (found.printed if found else None) == printed


@pytest.mark.parametrize("code, name", [("浙政办", "浙江省"), ("内蒙古", "内蒙古自治区"), ("渝府", "重庆市"), ("某政", None)])
def test_the_sign_of_a_province(code, name):
    province = province_of_sign(code)
    assert (province.name if province else None) == name


def test_every_parent_stands_in_the_table_one_level_up():
    table = load_regions()
    for region in table.by_code.values():
        assert region.level in LEVELS
        if region.level == "provincial":
            assert region.parent == "" and region.sign or region.code[:2] in {"71", "81", "82"}
        else:
            assert LEVELS.index(table.by_code[region.parent].level) < LEVELS.index(region.level)


OVERLAY = """
[[region]]
code = "990000"
name = "星河省"
level = "provincial"
aliases = ["星河"]
[[region]]
code = "990100"
name = "云岭市"
parent = "990000"
level = "municipal"
[[organ]]
name = "星河省大数据产业发展中心"
aliases = ["省大数据中心"]
"""


def test_an_overlay_adds_places_and_organs(tmp_path):
    path = tmp_path / "overlay.toml"
    path.write_text(OVERLAY, encoding="utf-8")
    use_overlay(path)
    assert [r.name for r in chain_of(regions_named("云岭市")[0])] == ["星河省", "云岭市"]
    assert overlay_organs()["省大数据中心"] == "星河省大数据产业发展中心"
    use_overlay(None)
    assert regions_named("云岭市") == () and overlay_organs() == {}


@pytest.mark.parametrize("content", ["[[region]", '[[region]]\nname = "无码市"'])
def test_a_broken_overlay_is_named(tmp_path, content):
    path = tmp_path / "broken.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(OverlayError, match="broken.toml"):
        use_overlay(path)


def test_an_absent_overlay_is_named(tmp_path):
    with pytest.raises(OverlayError):
        use_overlay(tmp_path / "none.toml")


def test_the_environment_names_the_overlay(tmp_path, monkeypatch):
    path = tmp_path / "overlay.toml"
    path.write_text(OVERLAY, encoding="utf-8")
    monkeypatch.setenv("KB_OVERLAY", str(path))
    use_overlay(None)
    assert regions_named("云岭市")
    monkeypatch.delenv("KB_OVERLAY")
    use_overlay(None)
    assert regions_named("云岭市") == ()


@given(st.text(max_size=20), st.booleans())
def test_any_text_is_searched(text, short):
    found = regions.find_region(text, short=short)
    assert found is None or text.startswith(found.printed) and found.length == len(found.printed)
