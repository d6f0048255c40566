"""The tables and the sieve by which very many obligations are held against a draft: the same measure, and nothing of the matter lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.align import Alignment, Draft
from kb.check_bags import Asked, Bags
from kb.check_items import left_out
from kb.check_sieve import of_the_matter
from kb.statements import Statement
from kb.wording import Weights, share, term_set
from tests.kb.bases import obligation

WORDS = st.text(alphabet="校车安全检查养老机构消防设施台账公开每月abc、，", max_size=30)


@settings(deadline=None)
@given(WORDS, st.lists(WORDS, min_size=1, max_size=5))
def test_tables_measure_as_one_text_at_a_time(wanted: str, texts: list[str]) -> None:
    import numpy as np

    weights = Weights.of([wanted, *texts])
    bags = Bags([term_set(text) for text in texts], weights)
    borne = bags.bears(Asked(term_set(wanted), bags), np.arange(len(texts)))
    assert borne == pytest.approx([share(term_set(wanted), term_set(text), weights) for text in texts], abs=1e-5)
    said = bags.said(Asked(term_set(wanted), bags), np.arange(len(texts)))
    assert said == pytest.approx([share(term_set(text), term_set(wanted), weights) for text in texts], abs=1e-5)


SCHOOL_BUS = ["建立校车安全台账，每月通报检查结果。", "校车驾驶人每年参加安全培训。", "校车停靠站点由公安机关会同教育部门审核。"]
FISHING = ["渔港水域禁止停泊无证船舶。", "渔船船员持适任证书上岗。", "休渔期内收缴违规网具。", "水产种苗实行产地检疫。"]
DRAFT = ["县教育局建立校车安全台账，按月通报检查结果。", "组织校车驾驶人每年参加一次安全培训。", "公安、教育部门审核校车停靠站点。"]


def test_documents_of_another_subject_are_left_aside() -> None:
    texts = [*SCHOOL_BUS, *FISHING, "建立校车安全台账。"]
    assert of_the_matter(texts, ["a"] * 3 + ["b"] * 5, DRAFT) == [True] * 3 + [False] * 4 + [True]


@settings(deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=6), st.lists(st.text(max_size=30), max_size=4))
def test_any_texts_can_be_sieved(texts: list[str], draft: list[str]) -> None:
    assert len(of_the_matter(texts, ["a"] * len(texts), draft)) == len(texts)


@pytest.mark.parametrize(
    ("clause", "sentence", "things"),
    [
        ("加强农药、兽药、饲料、种子监管", "加强农药、兽药、饲料监管。", ("种子监管",)),
        ("加强农药、兽药、饲料监管", "农药、饲料和兽药都要监管。", ()),
        ("以农贸市场、学校周边、车站码头为重点开展检查", "以学校周边、车站码头为重点开展检查。", ("农贸市场",)),
        ("建立家长代表和负责人陪餐制度", "建立负责人陪餐制度。", ()),
        ("建立负责人和家长代表陪餐制度", "建立负责人陪餐制度。", ("家长代表",)),
        ("检查肉类、水产养殖违规用药、豆制品添加", "检查肉类、豆制品添加等违规行为。", ("水产养殖违规用药",)),
        ("发挥农业院校、科研院所作用", "发挥第三方机构作用。", ("科研院所",)),
        ("企业普遍与职业学校签约合作", "企业都要同中专签订协议。", ()),
    ],
)
def test_things_left_out_of_a_list(clause: str, sentence: str, things: tuple[str, ...]) -> None:
    superior = Statement(obligation(clause))
    others = ["推进老旧小区改造。", "发展乡村旅游。", "开展巡河护河。"]
    draft = Draft([Statement(obligation(sentence))], Weights.of([clause, sentence, *others]))
    assert left_out(clause, Alignment([superior], draft).find(0, superior, 0), draft).things == things
