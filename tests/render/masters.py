"""The sample notices as masters: paragraphs with what each is, for every form that a notice is rendered into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

MASTERS = ROOT / "corpus" / "masters"
NOTICES = ROOT / "corpus" / "notices"


def names() -> list[str]:
    """The names of all sample notices."""
    return sorted(path.stem for path in NOTICES.iterdir())


def _marked(line: str, seen: set[str]) -> str:
    """A line of a plain-text notice with the mark that a master has for it."""
    text = line.strip()
    mark = ""
    if text.startswith("【"):
        mark = "top"
    elif re.fullmatch(r"\S{2,8}〔\d{4}〕\d+号", text):
        mark = "num"
    elif text.endswith("文件") and len(text) < 20:
        mark = "mark"
    elif "title" not in seen and re.search(r"关于.*的(?:通知|意见)$", text):
        mark = "title"
    elif "to" not in seen and line[0] != "\u3000" and text.endswith("："):
        mark = "to"
    elif line.startswith("\u3000" * 6):
        mark = "date" if re.fullmatch(r".*年.*月.*日", text) else "sign"
    elif text.startswith(("抄送", "附件：")) or text.endswith("印发"):
        mark = "imprint" if not text.startswith("附件") else ""
    seen.add(mark)
    return f"%{mark} {text}" if mark else text


def _marked_lines(text: str) -> Iterator[str]:
    seen: set[str] = set()
    for line in text.splitlines():
        if line.strip():
            yield _marked(line, seen)


def master_of(name: str, folder: Path) -> Path:
    """The master of a sample notice; that of a plain-text one is written into `folder`."""
    own = MASTERS / f"{name}.txt"
    if own.exists():
        return own
    target = folder / f"{name}.txt"
    target.write_text("\n".join(_marked_lines((NOTICES / f"{name}.txt").read_text(encoding="utf-8"))), encoding="utf-8")
    return target
