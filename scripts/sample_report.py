"""The sample report in docs/: the corpus's draft held against the corpus's notices, as DOCX and HTML.

    python scripts/sample_report.py
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from extractors.pipeline import extract
from extractors.regions import use_overlay
from ingest import read
from kb.check import check
from kb.export.check_report import check_report
from kb.export.files import write_file
from kb.export.report_docx import report_docx
from kb.export.report_html import report_html
from kb.store import open_store

ROOT = Path(__file__).resolve().parent.parent
DRAFT = ROOT / "corpus" / "drafts" / "qihe-campus-food-draft.docx"


def main() -> None:
    use_overlay(ROOT / "corpus" / "overlay.toml")
    with TemporaryDirectory() as folder, open_store(Path(folder) / "base.sqlite") as store:
        for path in sorted((ROOT / "corpus" / "notices").iterdir()):
            document = read(str(path))
            store.put(document, extract(document))
        report = check_report(check(store, DRAFT), store.summaries())
    write_file(ROOT / "docs" / "check-report.docx", report_docx(report))
    write_file(ROOT / "docs" / "check-report.html", report_html(report).encode())


if __name__ == "__main__":
    main()
