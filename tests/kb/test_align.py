from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.folding import fold
from kb.align import Alignment, Draft
from kb.clauses import split_clauses
from kb.statements import Statement
from kb.wording import Weights, share, term_set, terms
from tests.kb.bases import obligation

CLAUSES = [
    ("建立工作台账，定期通报进展。", ["建立工作台账", "定期通报进展"], []),
    ("以乡镇卫生院为重点，开展巡查，切实保障安全。", ["以乡镇卫生院为重点，开展巡查"], ["切实保障安全"]),
    ("在养老机构评定工作中，把消防安全作为前提条件。", ["在养老机构评定工作中，把消防安全作为前提条件"], []),
    ("到2027年，入园率达到90%以上。", ["到2027年，入园率达到90%以上"], []),
    ("加强培训，提高持证率到95%以上。", ["加强培训", "提高持证率到95%以上"], []),
    ("完善制度；公开结果，营造良好氛围。", ["完善制度", "公开结果"], ["营造良好氛围"]),
]


@pytest.mark.parametrize(("sentence", "core", "purpose"), CLAUSES)
def test_split_clauses(sentence: str, core: list[str], purpose: list[str]) -> None:
    clauses = split_clauses(sentence)
    assert [clause.text for clause in clauses if clause.use == "core"] == core
    assert [clause.text for clause in clauses if clause.use == "purpose"] == purpose


@given(st.text(alphabet="以对在建立制度，；。、确保安全等 到2025年底98%的企业ab", max_size=60))
def test_clauses_follow_one_another(sentence: str) -> None:
    clauses = split_clauses(sentence)
    folded = fold(sentence).text
    assert clauses
    assert all(0 <= clause.start <= clause.end <= len(folded) for clause in clauses)
    assert all(before.end <= after.start for before, after in zip(clauses, clauses[1:], strict=False))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("健全督查机制", "完善督导制度"),
        ("全市养老机构", "本镇养老机构"),
        ("加大对养老机构的检查", "强化养老机构检查"),
        ("建立“一户一档”", "建立一户一档"),
    ],
)
def test_own_words_of_one_thing_are_alike(one: str, other: str) -> None:
    weights = Weights.of([one, other, "推进老旧小区改造", "发展乡村旅游"])
    assert share(term_set(one), term_set(other), weights) > 0.85


@given(st.text(max_size=40))
def test_terms_of_any_text(text: str) -> None:
    weights = Weights.of([text])
    assert 0.0 <= share(terms(text), term_set(text), weights) <= 1.0 + 1e-9


DRAFT = ["加强校车安全管理，落实校车驾驶人审核制度。", "推进幼儿园课程改革，开展教师轮训。", "建立困难学生资助台账。"]


@pytest.mark.parametrize(
    ("clause", "sentence"),
    [("完善校车驾驶人审查制度", 0), ("组织幼儿园教师轮训", 1), ("健全家庭经济困难学生资助台账", 2)],
)
def test_find_the_sentence_that_carries_it_out(clause: str, sentence: int) -> None:
    statements = [Statement(obligation(text)) for text in DRAFT]
    superior = Statement(obligation(clause))
    match = Alignment([superior], Draft(statements, Weights.of([*DRAFT, clause]))).find(0, superior, 0)
    assert match.sentence == sentence
    assert match.score > 0.41


def test_nothing_is_found_of_another_matter() -> None:
    statements = [Statement(obligation(text)) for text in DRAFT]
    superior = Statement(obligation("划定禁养区"))
    match = Alignment([superior], Draft(statements, Weights.of(DRAFT))).find(0, superior, 0)
    assert match.score < 0.3
