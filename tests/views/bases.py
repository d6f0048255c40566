"""A small base for the tests of the pages, with a notice that tries to be markup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.ingestion import ingest_paths, use_overlay
from kb.store import open_store
from tests.conftest import ROOT

HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
NOTICE = f"""砚州市人民政府办公室文件

砚政办〔2024〕8号

砚州市人民政府办公室关于加强养老服务的通知

各县（市、区）人民政府，市政府各部门：

根据《澜川省人民政府关于加强养老服务的意见》（澜政发〔2023〕5号），现通知如下{HOSTILE}：

一、主要任务
（一）健全服务网络
建设街道养老服务中心<script>alert(1)</script>，推广:red[互助点]。到2024年10月，街道养老服务覆盖率达到90%以上。
责任单位：市民政局
完成时间：2024年10月
（二）加强监管
养老服务机构应当建立健全消防安全管理制度，每年至少开展两次演练。
责任单位：市民政局、市消防救援支队

砚州市人民政府办公室
2024年3月1日
"""
ABOVE = """澜川省人民政府文件

澜政发〔2023〕5号

澜川省人民政府关于加强养老服务的意见

各市、县人民政府：

一、主要任务
（一）健全服务网络
各地要建设街道养老服务中心，到2024年底，街道养老服务覆盖率达到95%以上。
（二）加强监管
养老服务机构应当建立健全消防安全管理制度。

澜川省人民政府
2023年5月6日
"""
OVERLAY = ROOT / "corpus" / "overlay.toml"


def fill(folder: Path, *notices: tuple[str, str]) -> Path:
    """A base with notices (name, text), by default the two above; gives its path."""
    use_overlay(OVERLAY)
    base = folder / "kb.db"
    for name, text in notices or (("砚政办8号.txt", NOTICE), ("澜政发5号.txt", ABOVE)):
        (folder / name).write_text(text, encoding="utf-8")
    with open_store(base) as store:
        ingest_paths(store, sorted(str(path) for path in folder.glob("*.txt")))
    return base


def trees(app: Any) -> Iterator[str]:
    """The text of every tree that a page drew."""
    import json

    from views.tree import text_of

    for element in app.get("bidi_component"):
        data = json.loads(element.proto.bytes)
        yield text_of(data["nodes"])


def shown(app: Any) -> str:
    """All that a page drew of notices."""
    return "\n".join(trees(app))
