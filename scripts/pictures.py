"""The README's pictures of the assistant, made anew from the sample corpus.

    python scripts/pictures.py [--folder docs/pictures]

Reads the sample notices into a base of its own, serves it, and draws each page in Chromium at 1280×720; small PNGs of few colours.
Needs the extras ui and test, and the system's Chromium.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
DRAFT = ROOT / "corpus" / "drafts" / "qihe-campus-food-draft.docx"
PAGES = {
    "ask": "?q=学校食堂食品安全由谁负责？",
    "ledger": "ledger?day=2020-06-01&as=timeline",
    "enterprise": "enterprise?industry=餐饮&attribute=学校食堂",
    "library": "library?view=graph",
}


def make_base(folder: Path) -> Path:
    """The sample notices in a base."""
    from kb.ingestion import ingest_paths, prepare_search, use_overlay
    from kb.store import open_store

    use_overlay(ROOT / "corpus" / "overlay.toml")
    with open_store(folder / "kb.db") as store:
        ingest_paths(store, [ROOT / "corpus" / "notices"])
        prepare_search(store)
    return folder / "kb.db"


def shrink(path: Path) -> None:
    """Few colours, a third of the bytes."""
    from PIL import Image

    with Image.open(path) as opened:
        opened.convert("RGB").quantize(64).save(path, optimize=True)


def take(page: Any, path: Path) -> None:
    """One picture, once everything is drawn."""
    page.wait_for_timeout(2500)
    page.screenshot(path=path)
    shrink(path)
    print(f"{path.name}  {path.stat().st_size // 1024} KB")


def main() -> None:
    from tests.views.browser import browsing, serving, settle

    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--folder", type=Path, default=ROOT / "docs" / "pictures")
    folder = asked.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, serving(make_base(Path(made))) as address, browsing(address) as page:
        for name, path in PAGES.items():
            page.goto(f"{address}/{path}")
            settle(page)
            page.locator(".tree").first.wait_for()
            take(page, folder / f"{name}.png")
        page.goto(f"{address}/?q=学校食堂 责任")
        page.locator("a.from").first.click()
        page.locator(".quoted").first.wait_for()
        take(page, folder / "source.png")
        page.goto(f"{address}/checking")
        page.locator("input[type=file]").set_input_files(DRAFT)
        page.get_by_role("button", name="读取草案").click()
        page.get_by_role("button", name="开始对照").click()
        page.get_by_text("覆盖率").first.wait_for()
        page.locator(".pair").first.scroll_into_view_if_needed()
        take(page, folder / "check.png")


if __name__ == "__main__":
    main()
