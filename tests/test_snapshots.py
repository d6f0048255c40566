"""What is extracted from every sample notice, as it was last looked at: a change of a rule shows here as a difference.

`pytest tests/test_snapshots.py --update` writes them anew; CI never does.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from extractors.mentions import Obligation
from extractors.pipeline import extract
from extractors.regions import use_overlay
from ingest import read
from tests.conftest import ROOT

FOLDER = Path(__file__).parent / "snapshots"
NOTICES = sorted((ROOT / "corpus" / "notices").iterdir())


def brief(obligation: Obligation) -> dict[str, object]:
    """An obligation in the words that a reader compares."""
    return {
        "text": obligation.text,
        "kind": obligation.kind,
        "path": list(obligation.path),
        "units": [f"{u.name}={u.role}{'*' if u.inherited else ''}" for u in obligation.units],
        "deadlines": [f"{d.raw}={d.type} {d.start or ''}..{d.end or d.recurrence or d.reason or ''}" for d in obligation.deadlines],
        "targets": [f"{t.indicator} {t.comparator} {t.value} {t.upper or ''}{t.unit or ''} {t.reference or ''} by {t.by}" for t in obligation.targets],
        "parties": [p.name for p in obligation.parties],
        "citations": list(obligation.citations),
    }


@pytest.fixture(scope="module")
def overlay():
    use_overlay(ROOT / "corpus" / "overlay.toml")
    yield
    use_overlay(None)


@pytest.mark.parametrize("notice", NOTICES, ids=lambda path: path.stem)
def test_the_extraction_is_the_one_last_looked_at(notice, overlay, request):
    document = read(notice)
    found = extract(document)
    now = {
        "level": found.level,
        "region": list(found.region),
        "effective_on": str(found.effective_on),
        "expires_on": str(found.expires_on),
        "citations": [f"{c.title} {c.document_number or ''} {c.relation}" for c in found.citations],
        "obligations": [brief(o) for o in found.obligations],
    }
    kept = FOLDER / f"{notice.stem}.json"
    if request.config.getoption("--update"):
        assert not os.environ.get("CI"), "CI never writes snapshots"
        FOLDER.mkdir(exist_ok=True)
        kept.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert now == json.loads(kept.read_text(encoding="utf-8"))
