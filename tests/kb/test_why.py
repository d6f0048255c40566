"""`kb show ID --why`: rule, trigger, anchor, inheritance, renaming and confidence, each quoted with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractors.pipeline import extract
from ingest import read
from kb.cli import app
from kb.records import Json
from kb.store import Store, open_store
from kb.why import AGAIN, rename_json, why_document, why_obligation
from tests.conftest import ROOT
from tests.kb.test_why_stored import make_old_base

NOTICE = """云溪市人民政府关于加强食品安全工作的通知
云政发〔2015〕5号

各县人民政府：
根据《云溪市食品安全办法》，现就有关工作通知如下。责任单位逗号前为牵头单位，逗号后为配合单位。
一、主要任务
（一）加强日常监管（2015年4月—6月）
组织开展专项检查。6月底前合格率达到98%以上。
责任单位：市质监局，市农业局
（二）规范经营
1.经营者不得有下列行为：
销售过期食品；
2.市卫生局要自本通知印发之日起30日内制定方案；12月10日前报送总结。
三、工作目标
到2017年，监管体系初步建立。

云溪市人民政府
2015年3月18日
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("why")
    path = folder / "云溪.txt"
    path.write_text(NOTICE, encoding="utf-8")
    document = read(path)
    with open_store(folder / "kb.sqlite") as store:
        store.put(document, extract(document))
    return folder / "kb.sqlite"


@pytest.fixture
def store(base: Path) -> Store:
    return open_store(base)


def told(store: Store, words: str) -> Json:
    """The explanation of the obligation whose text holds `words`."""
    found = next(stored for stored in store.load_obligations() if words in stored[2].text)
    return why_obligation(store, found)


def every_place(value: object) -> list[Json]:
    if isinstance(value, dict):
        own = [value] if "start_char" in value and "quote" in value else []
        return own + [place for inner in value.values() for place in every_place(inner)]
    return [place for inner in value for place in every_place(inner)] if isinstance(value, list) else []


def test_a_kind_tells_rule_trigger_and_confidence(store: Store) -> None:
    kind = told(store, "组织开展")["kind"]
    assert kind["rule"]["id"] == "duty.imperative" and "祈使句" in kind["rule"]["words"]
    assert kind["trigger"]["quote"] in ("组织", "开展", "组织开展")
    assert 0.5 < kind["confidence"]["value"] < 1 and "not seen" in kind["confidence"]["words"]


def test_a_unit_of_an_item_line_tells_label_line_role_and_name_of_today(store: Store) -> None:
    lead, helper = told(store, "组织开展")["units"]
    assert (lead["value"]["name"], lead["value"]["role"], helper["value"]["role"]) == ("市质监局", "lead", "cooperating")
    assert lead["trigger"]["quote"] == "责任单位："
    assert lead["inherited_from"]["way"] == "line" and lead["inherited_from"]["quote"].startswith("责任单位：市质监局")
    assert "逗号前为牵头单位" in lead["role_from"]["quote"]
    assert (lead["rename"]["today"], lead["rename"]["since"]) == ("云溪市市场监督管理局", 2018)
    assert "质监" in lead["rename"]["reason"]


def test_an_inherited_date_names_its_heading(store: Store) -> None:
    phase = next(d for d in told(store, "组织开展")["deadlines"] if d["value"]["inherited"])
    assert phase["inherited_from"]["way"] == "heading" and "加强日常监管" in phase["inherited_from"]["quote"]
    assert phase["anchor"] == {"words": "the year as printed:", "value": "2015"}


def test_a_date_without_a_year_tells_the_notice_it_counts_from(store: Store) -> None:
    [own] = [d for d in told(store, "合格率")["deadlines"] if not d["value"]["inherited"]]
    assert own["anchor"]["value"] == "2015-03-18" and "成文日期" in own["anchor"]["words"]


def test_a_relative_date_tells_event_and_day(store: Store) -> None:
    within = told(store, "制定方案")["deadlines"][0]
    assert within["rule"]["id"].startswith("within.")
    assert within["anchor"]["value"] == "2015-03-18" and "印发" in within["anchor"]["words"]


def test_a_target_tells_the_date_that_binds_it(store: Store) -> None:
    [target] = told(store, "合格率")["targets"]
    assert target["trigger"]["quote"] == "达到98%以上"
    assert target["anchor"]["value"] == "2015-06-30" and target["anchor"]["quote"] == "6月底前"


def test_an_item_tells_the_lead_in_that_forbids_it(store: Store) -> None:
    kind = told(store, "销售过期食品")["kind"]
    assert kind["rule"]["id"] == "lead.prohibition"
    assert kind["trigger"]["quote"] == "经营者不得有下列行为："


def test_a_subject_carried_over_names_its_clause(store: Store) -> None:
    [unit] = told(store, "报送总结")["units"]
    assert unit["inherited_from"]["way"] == "carried" and "市卫生局" in unit["inherited_from"]["quote"]


def test_a_document_tells_its_citations_dates_and_head(store: Store) -> None:
    found = why_document(store, store.find_document("云溪.txt"))
    assert [c["value"]["relation"] for c in found["citations"]] == ["basis"]
    assert found["citations"][0]["rule"]["id"] == "citation.title"
    assert {d["rule"]["id"] for d in found["deadlines"]} >= {"deadline.before", "within.from_event"}
    assert found["head"]["title"]["quote"].startswith("云溪市人民政府关于")
    assert len(found["obligations"]) == len(store.load_obligations())
    assert found["edition"]["same"] and found["edition"]["note"] is None


def test_whatever_is_quoted_stands_where_it_is_said_to(store: Store) -> None:
    identity = store.find_document("云溪.txt")
    text = store.text(identity)
    places = every_place(why_document(store, identity))
    assert len(places) > 40
    assert all(text[p["start_char"] : p["end_char"]] == p["quote"] for p in places)


def run(base: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["show", *words, "--db", str(base)])
    return done.exit_code, done.output


def test_the_command_knows_an_obligation_by_the_end_of_its_id(base: Path, store: Store) -> None:
    identity = next(i for i, _, o in store.load_obligations() if "组织开展" in o.text)
    status, said = run(base, identity.rpartition("-")[2], "--why")
    assert status == 0 and said.startswith(f"obligation {identity} of 云政发〔2015〕5号\nkind: duty")
    assert "inherited from the line or bracket that speaks for its item: “责任单位：市质监局，市农业局”" in said
    assert "today         云溪市质量技术监督局 → 云溪市市场监督管理局, since 2018" in said
    plain = run(base, identity)
    assert plain[0] == 0 and "组织开展专项检查" in plain[1]


def test_json_adds_to_the_obligation_and_changes_nothing(base: Path, store: Store) -> None:
    identity = store.load_obligations()[0][0]
    found = json.loads(run(base, identity, "--why", "--json")[1])
    why = found.pop("why")
    assert found == store.obligations([identity])[0] and why["id"] == identity
    whole = json.loads(run(base, "云溪.txt", "--why", "--json")[1])
    assert whole["why"]["obligations"] and "structure" not in whole
    assert run(base, "云溪.txt", "--why")[0] == 0


def test_a_base_of_before_says_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "kb.sqlite"
    identity = make_old_base(path)
    with open_store(path) as store:
        found = why_obligation(store, store.find_obligation(identity))  # type: ignore[arg-type]
        whole = why_document(store, found["document"])
    assert found["units"][0]["inherited_from"]["words"].endswith(AGAIN)
    assert AGAIN in found["targets"][0]["anchor"]["words"] and AGAIN in found["edition"]["note"]
    cited = [c for o in whole["obligations"] for c in o["citations"]]
    assert cited and all(AGAIN in c["unknown"] for c in cited)
    status, said = run(path, identity, "--why")
    assert status == 0 and "--again" in said


def test_a_rule_of_another_edition_is_told(base: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.why.edition", lambda: "0000000000")
    assert "another edition" in told(store, "组织开展")["edition"]["note"]


@pytest.mark.parametrize(("name", "today", "since"), [("云溪市质量技术监督局", "云溪市市场监督管理局", 2018), ("云溪市卫生局", "云溪市卫生健康委员会", 2018)])
def test_a_renaming_tells_its_year_and_reason(name: str, today: str, since: int) -> None:
    found = rename_json(name)
    assert found is not None and (found["today"], found["since"]) == (today, since) and "机构改革" in found["reason"]


def test_what_has_kept_its_name_has_no_renaming() -> None:
    assert rename_json("云溪市财政局") is None


@pytest.mark.parametrize("notice", sorted((ROOT / "corpus" / "notices").iterdir()), ids=lambda path: path.stem)
def test_nearly_every_mention_of_the_sample_notices_has_its_trigger(notice: Path, tmp_path: Path) -> None:
    document = read(notice)
    with open_store(tmp_path / "kb.sqlite") as store:
        store.put(document, extract(document))
        found = why_document(store, store.find_document(notice.name))
    told = [m for o in found["obligations"] for m in (o["kind"], *o["units"], *o["deadlines"], *o["targets"], *o["parties"])]
    assert sum(m["trigger"] is not None for m in told) >= 0.95 * len(told)
    assert not any(AGAIN in json.dumps(m, ensure_ascii=False) for m in told)


def test_what_a_person_corrected_says_so_and_undone_tells_its_rule_again(tmp_path: Path) -> None:
    path = tmp_path / "云溪.txt"
    path.write_text(NOTICE, encoding="utf-8")
    base = tmp_path / "kb.sqlite"
    with open_store(base) as store:
        document = read(path)
        store.put(document, extract(document))
        before = told(store, "组织开展")
    identity = before["id"]
    CliRunner().invoke(app, ["correct", identity, "units", "市财政局（牵头）", "--db", str(base)])
    with open_store(base) as store:
        [unit] = told(store, "组织开展")["units"]
        assert (unit["rule"]["id"], unit["confidence"]["words"]) == ("correction", "a person said so")
    assert json.loads(run(base, identity, "--json")[1])["corrected"] == ["units"]
    CliRunner().invoke(app, ["correct", identity, "units", "--undo", "--db", str(base)])
    with open_store(base) as store:
        assert told(store, "组织开展")["units"] == before["units"]
