"""The documents that a draft cites, looked up in the base."""

from __future__ import annotations

from typing import Any

import pytest

from kb.cited import check_citations
from kb.validity import Validity
from tests.kb.bases import document

HELD = [
    document("food", title="云溪市食品安全管理办法", document_number="云政发〔2021〕5号"),
    document("care", title="云溪市养老服务条例", document_number="云政发〔2020〕8号"),
    document("old", title="云溪市校车管理办法", document_number="云政办〔2015〕2号"),
    document("past", title="云溪市消防规定", document_number="云政办〔2016〕6号"),
]
VALIDITY = {"old": Validity("replaced", "2022-01-01", "food"), "past": Validity("expired", "2021-12-31"), "care": Validity("repealed", None, "food")}


def _cited(title: str | None, number: str | None) -> dict[str, Any]:
    citation = {"title": title, "document_number": number, "relation": "basis", "start_char": 3, "end_char": 9, "resolved": None}
    (found,) = check_citations(HELD, {"citations": [citation]}, VALIDITY)
    assert (found["start_char"], found["end_char"]) == (3, 9)
    return found


@pytest.mark.parametrize(
    ("title", "number", "status", "note"),
    [
        ("云溪市食品安全管理办法", "云政发〔2021〕5号", "found", ""),
        ("云溪市食品安全管理办法", None, "found", ""),
        (None, "云政发[2021]5号", "found", ""),
        ("云溪市电梯管理办法", "云政发〔2023〕1号", "not in the knowledge base", ""),
        ("云溪市食品安全管理办法", "云政发〔2020〕5号", "number and title disagree", "年份有误：该文件的文号为云政发〔2021〕5号"),
        ("云溪市食品安全管理办法", "云政发〔2021〕9号", "number and title disagree", "该文件的文号为云政发〔2021〕5号"),
        ("云溪市食品安全管理办法", "云政发〔2020〕8号", "number and title disagree", "该文件的文号为云政发〔2021〕5号"),
        ("云溪市电梯管理办法", "云政发〔2021〕5号", "number and title disagree", "云政发〔2021〕5号是《云溪市食品安全管理办法》"),
        ("云溪市校车管理办法", None, "replaced", "已被《云溪市食品安全管理办法》替代"),
        ("云溪市养老服务条例", None, "repealed", "已被《云溪市食品安全管理办法》废止"),
        ("云溪市消防规定", None, "found", "有效期已满（2021-12-31）"),
    ],
)
def test_a_citation_is_looked_up(title: str | None, number: str | None, status: str, note: str) -> None:
    found = _cited(title, number)
    assert (found["status"], found["note"]) == (status, note)
