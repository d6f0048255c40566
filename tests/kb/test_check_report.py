"""The report of a check for people: whole, in one file, and nothing that a notice prints is read as markup."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kb.export.check_html import report_html
from tests.kb.bases import document, obligation


def _report(words: str = "加强检查。") -> dict[str, Any]:
    conflict = {"type": "kind_weaker", "superior": words, "draft": words, "explanation": words}
    place = {"text": words, "path": [words], "start_char": 0, "end_char": 1}
    finding = {"status": "conflict", "severity": "high", "superior": obligation(words, path=[words]), "draft": [place], "conflicts": [conflict], "advice": words}
    missing = finding | {"status": "missing", "severity": "medium", "draft": [], "conflicts": []}
    citation = {"title": words, "document_number": None, "status": "found", "document": "a"}
    return {"draft": {"title": words}, "against": ["a"], "coverage": 0.25, "findings": [missing, finding], "citations": [citation]}


class Reader(HTMLParser):
    """The tags of a page, and whatever it would load from elsewhere."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [name for name, _ in attrs if name in ("src", "href")]


def test_page_shows_both_wordings_and_the_gravest_first() -> None:
    page = report_html(_report(), {"a": document()})
    assert page.index("冲突（高）") < page.index("缺失（中）")
    assert page.count("加强检查。") >= 6
    assert "覆盖率 25%" in page
    assert "云溪市关于食品安全的通知" in page


@given(st.text())
def test_no_wording_becomes_markup(words: str) -> None:
    plain, strange = Reader(report_html(_report(), {"a": document()})), Reader(report_html(_report(f"<script>{words}\"'&"), {"a": document()}))
    assert strange.tags == plain.tags
    assert strange.loads == []
