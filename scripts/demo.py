"""The demo: the sample notices read into a fresh base, and what comes of them.

    python scripts/demo.py demo/demo.db
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BASE = sys.argv[1] if len(sys.argv) > 1 else "demo/demo.db"
DRAFT = next(iter(sorted((ROOT / "corpus" / "drafts").glob("*.*"))))
ENVIRONMENT = {**os.environ, "KB_DB": BASE, "KB_OVERLAY": str(ROOT / "corpus" / "overlay.toml"), "PYTHONUTF8": "1"}
KIND_NAMES = {"duty": "应做", "prohibition": "禁止", "target": "目标", "support": "扶持", "encouragement": "鼓励"}


def kb(*words: str, capture: bool = False) -> str:
    """Run one command as a user would type it, and show it; ends the demo when it fails."""
    if not capture:
        print(f"\n$ kb {' '.join(words)}", flush=True)
    done = subprocess.run([sys.executable, "-m", "kb", *words], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE if capture else None, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout or ""


def count_kinds() -> None:
    """One line a document: how many obligations of each kind were found in it."""
    titles = {d["id"]: d["title"] or d["source"] for d in map(json.loads, kb("export", "documents", capture=True).splitlines())}
    kinds: dict[str, Counter[str]] = {identity: Counter() for identity in titles}
    for line in kb("export", "obligations", capture=True).splitlines():
        obligation = json.loads(line)
        kinds[obligation["document"]][obligation["kind"]] += 1
    print(f"\n{len(titles)} 份文件，{sum(sum(c.values()) for c in kinds.values())} 条事项：")
    for identity, title in titles.items():
        counted = "、".join(f"{KIND_NAMES[kind]} {number}" for kind, number in kinds[identity].most_common())
        print(f"  {title}：{counted}")


def main() -> None:
    kb("ingest", "corpus/notices")
    kb("documents")
    count_kinds()
    kb("deadlines", "--by", "unit", "--as-of", "2025-06-01")
    kb("search", "养老机构 消防安全 由谁负责", "-k", "3")
    kb("check", str(DRAFT.relative_to(ROOT)))
    print(f"\n打开网页助手：\n  {Path(sys.executable).parent.relative_to(ROOT) / 'kb'} serve --db {BASE}")


if __name__ == "__main__":
    main()
