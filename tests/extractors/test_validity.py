"""From when to when a notice is in force."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.mentions import Context
from extractors.validity import find_validity
from ingest.document import Span

ISSUED = Context(issued_on=date(2024, 3, 20))
CASES = [
    ("本办法自2025年5月1日起施行，有效期2年。", "2025-05-01", "2027-04-30"),
    ("本办法自印发之日起施行，有效期五年。", "2024-03-20", "2029-03-19"),
    ("第三十条本办法自发布之日起30日后施行。", "2024-04-19", None),
    ("本通知自2024年5月1日起执行，有效期至2027年12月31日。", "2024-05-01", "2027-12-31"),
    ("本方案自印发之日起试行，试行期一年。", "2024-03-20", "2025-03-19"),
    ("五、本清单自2022年2月1日起施行，有效期三年。", "2022-02-01", "2025-01-31"),
    ("本办法自印发后30日起施行。", "2024-04-19", None),
    ("本细则从2024年5月1日起实行。", "2024-05-01", None),
    ("本办法的有效期为5年，自2024年5月1日起计算。", "2024-05-01", "2029-04-30"),
    ("本办法自2024年5月1日起施行，2029年4月30日失效。", "2024-05-01", "2029-04-30"),
    ("有效期自2024年5月1日起至2029年4月30日止。", "2024-05-01", "2029-04-30"),
    ("许可证有效期自2024年5月1日起至2029年4月30日止。", None, None),
    ("《云溪市办法》自2024年5月1日起废止。", None, None),
    ("本政策由市财政局负责解释，自2024年1月1日起实施。有效期3年。", "2024-01-01", "2026-12-31"),
    ("本措施执行期限为2024年1月1日—2026年12月31日。", "2024-01-01", "2026-12-31"),
    ("以上政策自印发之日起至2026年12月31日止。", "2024-03-20", "2026-12-31"),
    ("本规定自2024年6月1日起施行。《云溪市停车管理办法》同时废止。", "2024-06-01", None),
    ("第二十条 本办法自二〇二四年七月一日起施行。", "2024-07-01", None),
    ("请认真贯彻执行。", None, None),
    ("许可证有效期为5年。", None, None),
    ("严格落实自2020年9月1日起施行的《云溪市物业管理条例》。", None, None),
    ("《云溪市物业管理条例》自2020年9月1日起施行。", None, None),
    ("本办法有效期2年，自2024年5月1日起施行。", "2024-05-01", "2026-04-30"),
    ("电动自行车实行号牌管理。有效期为十年，自登记之日起计算。", None, None),
    ("自2024年5月1日起至2024年12月31日止，在全市开展专项检查。", None, None),
    ("自2025年1月1日起执行新的收费标准。", None, None),
    ("房租减免政策执行至2025年12月31日。本通知自2024年5月1日起施行，执行至2026年4月30日。", "2024-05-01", "2026-04-30"),
    ("证书有效期届满前三个月申请延续。", None, None),
]


@pytest.mark.parametrize("text, effective, expires", CASES)
def test_find_validity(text: str, effective: str | None, expires: str | None) -> None:
    found = find_validity(text, ISSUED)
    assert (found.effective_on, found.expires_on) == tuple(date.fromisoformat(d) if d else None for d in (effective, expires))
    assert bool(found.spans) == (effective is not None)


def test_unknown_date_of_issue_stays_unknown() -> None:
    found = find_validity("本办法自印发之日起施行，有效期2年。", Context())
    assert (found.effective_on, found.expires_on) == (None, None)
    assert found.spans == (Span(3, 11), Span(12, 17))


@given(st.lists(st.sampled_from(["本办法", "自", "2025年", "13月", "2月30日", "起", "施行", "印发之日", "有效期", "9999", "年", "至", "，", "。", "《", "》", "第十条", "百", "\n"]), max_size=14).map("".join))
def test_any_text(text: str) -> None:
    for span in find_validity(text, ISSUED).spans:
        assert 0 <= span.start < span.end <= len(text)
