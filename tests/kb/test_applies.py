"""Whom a party phrase means, and what of it an enterprise sees: applies, may apply with its question, does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.addressees import narrow_scope, read_party, scope_of
from kb.applies import applies, applies_in, governs
from kb.errors import KbError, UsageError
from kb.filters import Filters
from kb.groups import group_of
from kb.ingestion import ingest_paths, use_overlay
from kb.profiles import load_profile, make_profile
from kb.store import open_store
from kb.trades import above, chain, find_trades, load_trades
from kb.verdicts import judge
from tests.conftest import ROOT
from tests.kb.bases import deadline, document, obligation, unit

DAIRY = make_profile({"industry": "乳制品制造", "products": ["酸奶"], "size": "中型", "attributes": ["规模以上"]})
SHOP = make_profile({"industry": "药品零售", "size": "小型", "attributes": ["连锁"]})
CANTEEN = make_profile({"industry": "餐饮业", "size": "中型", "attributes": ["学校食堂", "中小学"]})
FOOD = make_profile({"industry": "食品制造业"})

PARTIES = [
    ("食品生产企业", DAIRY, "applies"),
    ("规模以上食品生产企业", DAIRY, "applies"),
    ("乳制品企业", DAIRY, "applies"),
    ("食品生产经营者", DAIRY, "applies"),
    ("肉制品、乳制品等食品生产企业", DAIRY, "applies"),
    ("各类企业", DAIRY, "applies"),
    ("任何单位", DAIRY, "applies"),
    ("任何组织或者个人", DAIRY, "applies"),
    ("个人", DAIRY, "no"),
    ("企业法定代表人或主要负责人", DAIRY, "applies"),
    ("食品经营者", DAIRY, "no"),
    ("肉制品企业", DAIRY, "no"),
    ("小型食品生产企业", DAIRY, "no"),
    ("食品相关产品生产企业", DAIRY, "no"),
    ("从事冷藏食品贮存的非食品生产经营者", DAIRY, "no"),
    ("食品行业协会", DAIRY, "no"),
    ("消费者", DAIRY, "no"),
    ("云溪晨星乳业股份有限公司", DAIRY, "no"),
    ("使用特种设备的企业", DAIRY, "may apply"),
    ("出口食品生产企业", DAIRY, "may apply"),
    ("提前完成改造的企业", DAIRY, "may apply"),
    ("药品经营、使用单位", SHOP, "applies"),
    ("药品零售企业", SHOP, "applies"),
    ("药品生产企业", SHOP, "no"),
    ("连锁药店", SHOP, "applies"),
    ("学校食堂", CANTEEN, "applies"),
    ("学校", CANTEEN, "applies"),
    ("餐饮服务提供者", CANTEEN, "applies"),
    ("餐饮企业", CANTEEN, "no"),
    ("医院食堂", CANTEEN, "no"),
    ("乳制品企业", FOOD, "may apply"),
    ("中小微企业", FOOD, "may apply"),
    ("规模以上工业企业", FOOD, "may apply"),
]


@pytest.mark.parametrize(("printed", "profile", "expected"), PARTIES)
def test_a_party_phrase_is_held_against_a_profile(printed: str, profile: Any, expected: str) -> None:
    assert judge(read_party(printed), profile).certainty == expected


def test_what_is_missing_is_asked_for() -> None:
    assert judge(read_party("乳制品企业"), FOOD).ask == ("是否涉及乳制品",)
    assert judge(read_party("大型食品企业"), FOOD).ask == ("企业规模（大型、中型、小型、微型）",)
    assert judge(read_party("规模以上企业"), FOOD).ask == ("是否规模以上",)


def test_the_reason_names_the_words_of_both_sides() -> None:
    assert judge(read_party("食品生产企业"), DAIRY).because == ("条文“食品生产企业”", "画像“乳制品制造”属于乳制品 ⊂ 食品", "环节：生产")


def test_the_taxonomy_is_whole() -> None:
    table = load_trades()
    assert all(parent in table for trade in table.values() for parent in trade.parents)
    assert all(len(word) > 1 for trade in table.values() for word in trade.words)
    assert chain("乳制品", "食品") == ("乳制品", "食品") and chain("食品", "乳制品") == ()


def test_a_heading_narrows_the_title_and_a_means_does_not() -> None:
    title = scope_of("关于加强食品药品安全工作的意见")
    assert title.trades == {"食品", "药品"}
    assert narrow_scope(title, ["（一）加强药品流通监管"]).trades == {"药品经营"}
    assert narrow_scope(title, ["（二）完善检验检测体系"]).trades == title.trades
    assert scope_of("关于做好校园食品工作的通知").each == (frozenset({"学校", "食品"}),)


def _answer(*texts: dict[str, Any], title: str = "云溪市关于加强食品生产企业管理的通知", profile: Any = DAIRY) -> list[tuple[str, str]]:
    items = applies([document(title=title, region=[], level="national")], lambda _: list(texts), profile)["items"]
    return [(item["group"], item["obligation"]["text"]) for item in items]


def test_a_bare_enterprise_is_of_the_title_s_trade() -> None:
    bare = obligation("企业要建立追溯制度。", parties=["企业"])
    assert _answer(bare) == [("must", bare["text"])]
    assert _answer(bare, profile=SHOP) == []
    assert _answer(bare, title="云溪市关于优化营商环境的通知", profile=SHOP) == [("must", bare["text"])]


def test_what_only_makers_can_do_is_theirs_and_the_offices_work_is_not() -> None:
    own = obligation("对厂区环境和生产工艺进行改造。")
    assert _answer(own) == [("must", own["text"])]
    assert _answer(obligation("各级各部门要加强组织领导，落实经费。"), obligation("市监管局要于六月底前上报总结。", units=[unit("市监管局")])) == []


GROUPS = [
    ("企业不得使用过期原料。", "prohibition", "must not"),
    ("对获得认证的企业给予奖励。", "support", "may receive"),
    ("鼓励企业投保责任险。", "encouragement", "encouraged"),
    ("督促企业落实主体责任。", "duty", "must"),
    ("对食品生产企业开展飞行检查。", "duty", "inspected"),
    ("二查添加剂使用，看是否建立台账。", "duty", "inspected"),
    ("组织专家上门帮助企业解决质量问题。", "duty", "may receive"),
]


@pytest.mark.parametrize(("text", "kind", "expected"), GROUPS)
def test_groups(text: str, kind: str, expected: str) -> None:
    assert group_of(obligation(text, kind=kind)) == expected


def test_items_carry_dates_the_office_amounts_and_papers() -> None:
    text = "对通过认证的食品生产企业给予5万元奖励，企业于6月底前提交申请材料。"
    given = obligation(text, kind="support", parties=["通过认证的食品生产企业"], units=[unit("市财政局", "lead")], deadlines=[deadline("2025-06-30")], targets=[{"raw": "5万元"}])
    [item] = applies([document(region=[], level="national")], lambda _: [given], DAIRY)["items"]
    assert (item["offices"], item["amounts"], item["hand_in"]) == (["市财政局"], ["5万元"], ["提交申请材料"])
    assert item["certainty"] == "may apply" and item["asks"] == ["是否符合“通过认证”"]


def test_only_notices_with_force_at_the_place_count() -> None:
    county = document(region=["澜川省", "砚州市", "栖禾县"])
    assert governs(county, ("澜川省", "砚州市", "栖禾县")) and not governs(county, ("澜川省", "砚州市"))
    assert governs(document(region=[], level="national"), ("澜川省",))
    profile = make_profile({"industry": "乳制品制造", "region": ["澜川省", "砚州市"]})
    found = applies([county], lambda _: [obligation("企业要自查。", parties=["企业"])], profile)
    assert found["items"] == [] and found["left_out"] == {"parts_of_region": ["a"]}


def test_the_example_profile_is_read() -> None:
    profile = load_profile(ROOT / "docs" / "profile.toml")
    assert profile.above_scale and profile.acts == {"make"} and "食品" in profile.within and not profile.unknown


BAD = [("industry = 3", "no text or list of texts"), ("industry =", "is no TOML"), ("size = '大型'\nindustry = [1]", "no text or list"), ("region = ['云溪市']", "says nothing")]


@pytest.mark.parametrize(("text", "words"), BAD)
def test_a_bad_profile_is_one_clear_line(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "profile.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KbError, match=words):
        load_profile(path)


def test_a_place_of_several_is_asked_for() -> None:
    with pytest.raises(UsageError, match="several places are called 朝阳区"):
        make_profile({"industry": "餐饮业", "region": "朝阳区"})
    assert make_profile({"industry": "餐饮业", "region": "吉林省长春市朝阳区"}).region == ("吉林省", "长春市", "朝阳区")


@given(st.text(alphabet=st.sampled_from("食品生产企业、的非乳制品和规模以上各等（）\n a药") | st.characters(), max_size=40))
def test_any_words_can_be_read(text: str) -> None:
    assert judge(read_party(text), DAIRY).certainty in {"applies", "may apply", "no"}
    assert all(0 <= named.start < named.end <= len(text) for named in find_trades(text) if text.lower() == text)
    assert scope_of(text).trades <= {name for name in load_trades() if above(name)}


def test_a_sentence_that_names_nobody_goes_on_with_whom_the_one_before_it_concerned() -> None:
    named = obligation("食品生产企业要建立制度。", parties=["食品生产企业"], path=["一、总则"])
    behind = obligation("每季度至少演练一次。", path=["一、总则"])
    elsewhere = obligation("每年至少演练一次。", path=["二、其他"])
    assert [text for _, text in _answer(named, behind, elsewhere)] == [named["text"], behind["text"]]
    assert _answer(named, behind, elsewhere, profile=SHOP) == []
    assert _answer(behind) == []


@pytest.mark.parametrize("profile", [DAIRY, SHOP, CANTEEN, FOOD, make_profile({"industry": "养老机构", "region": ["澜川省", "砚州市"]})])
def test_a_base_answers_as_its_obligations_read_one_by_one(tmp_path: Path, profile: Any) -> None:
    use_overlay(ROOT / "corpus" / "overlay.toml")
    with open_store(tmp_path / "kb.db") as store:
        ingest_paths(store, [ROOT / "corpus" / "notices"])
        documents = store.documents()
        assert applies_in(store, documents, profile) == applies(documents, lambda identity: store.find_obligations(Filters(documents=(identity,))), profile)


GB = [("谷物仓储", "粮食"), ("房屋建筑业", "建筑业"), ("医药及医疗器材专门零售", "药品"), ("小学教育", "学校"), ("正餐服务", "食品"), ("互联网生活服务平台", "网络平台"), ("道路货物运输", "交通运输"), ("烟煤和无烟煤开采洗选", "矿山"), ("棉纺织及印染精加工", "纺织服装"), ("软件开发", "软件信息"), ("老年人、残疾人养护服务", "养老"), ("瓶（桶）装饮用水制造", "饮料"), ("牲畜饲养", "农业")]  # fmt: skip


@pytest.mark.parametrize(("industry", "trade"), GB)
def test_names_of_the_national_classification_are_known(industry: str, trade: str) -> None:
    assert trade in make_profile({"industry": industry}).within


def test_a_zone_that_no_list_of_regions_holds_is_a_place_too() -> None:
    zone = document(region=["示例市", "云溪新区"])
    assert governs(zone, ("示例市云溪新区",)) and governs(zone, ("示例市", "云溪新区")) and not governs(zone, ("示例市",))
