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


def ask(*words: str) -> str:
    """What one command prints; ends the demo when it fails."""
    done = subprocess.run([sys.executable, "-m", "kb", *words], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout


def kb(*words: str, most: int = 1000) -> None:
    """Show one command as a user would type it, and the first `most` lines that it prints."""
    print(f"\n$ kb {' '.join(words)}", flush=True)
    lines = ask(*words).splitlines()
    print("\n".join(lines[:most]))
    if len(lines) > most:
        print(f"……（共 {len(lines)} 行，这里只列前 {most} 行）")


def count_kinds() -> None:
    """One line a document: how many obligations of each kind were found in it."""
    titles = {d["id"]: d["title"] or d["source"] for d in map(json.loads, ask("export", "documents").splitlines())}
    kinds: dict[str, Counter[str]] = {identity: Counter() for identity in titles}
    for line in ask("export", "obligations").splitlines():
        obligation = json.loads(line)
        kinds[obligation["document"]][obligation["kind"]] += 1
    print(f"\n{len(titles)} 份文件，{sum(sum(c.values()) for c in kinds.values())} 条事项：")
    for identity, title in titles.items():
        counted = "、".join(f"{KIND_NAMES[kind]} {number}" for kind, number in kinds[identity].most_common())
        print(f"  {title}：{counted}")


def count_departments(most: int = 20) -> None:
    """One line a department: how many deadlines it has, and the first day that one falls due."""
    due: dict[str, list[str]] = {}
    for row in json.loads(ask("deadlines", "--json")):
        due.setdefault(row["canonical"] or row["unit"] or "（未写明单位）", []).append(row["end"] or "")
    print(f"\n{len(due)} 个单位有时限（kb deadlines --by unit 逐条列出，下面是条数最多的 {most} 个）：")
    for unit, days in sorted(due.items(), key=lambda item: -len(item[1]))[:most]:
        dated = sorted(day for day in days if day)
        print(f"  {unit}：{len(days)} 条" + (f"，最早 {dated[0]}，最晚 {dated[-1]}" if dated else ""))


def main() -> None:
    kb("ingest", "corpus/notices")
    kb("documents")
    count_kinds()
    count_departments()
    kb("deadlines", "--unit", "市场监管局", "--as-of", "2020-08-01", "--due-to", "2020-12-31", most=30)
    kb("search", "食堂谁来管承包", "-k", "3")
    kb("check", str(DRAFT.relative_to(ROOT)), most=45)
    here = Path(sys.executable).parent
    command = here.relative_to(ROOT) if here.is_relative_to(ROOT) else here
    print(f"\n打开网页助手：\n  {command / 'kb'} serve --db {os.path.relpath(BASE, ROOT)}")


if __name__ == "__main__":
    main()
