"""One document on the terminal: what is known of it, and its outline."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from ingest.document import Document, Part
from kb.export.columns import printable
from kb.export.ledger import LEVEL
from kb.export.lists import short
from kb.records import Json

_LABELS = {
    "id": "编号", "document_number": "发文字号", "title": "标题", "enclosed_title": "所印发文件", "issuing_organs": "发文机关", "level": "层级",
    "region": "地区", "document_type": "文种", "issued_on": "成文日期", "printed_on": "印发日期", "effective_on": "施行日期", "expires_on": "有效期至",
    "recipients": "主送机关", "cc": "抄送机关", "sponsor": "主办", "supervisor": "督办", "attachments": "附件", "contacts": "联系方式",
    "source": "来源", "pages": "页数", "characters": "字数", "warnings": "提醒",
}  # fmt: skip


def make_table(*columns: tuple[str, int | None]) -> Table:
    """A table with these headings; a column without a width shares what is left."""
    table = Table(box=SIMPLE_HEAD, expand=True, padding=(0, 1), pad_edge=False, show_edge=False)
    for name, width in columns:
        table.add_column(name, width=width, ratio=None if width else 1, overflow="fold")
    return table


def cell(value: object) -> Text:
    """Plain text: what a notice prints is never read as markup."""
    return Text(printable(str(value if value is not None else "")))


def document_facts(facts: Json, obligations: int) -> Table:
    """What is known of one document."""
    table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
    table.add_column(width=10)
    table.add_column(overflow="fold")
    for key, label in _LABELS.items():
        value = LEVEL.get(facts[key], facts[key]) if key == "level" else facts[key]
        if value not in (None, []):
            table.add_row(label, cell("、".join(value) if isinstance(value, list) else value))
    for citation in facts["citations"]:
        name = f"《{citation['title']}》" if citation["title"] else ""
        found = f" → {citation['resolved']}" if citation["resolved"] else ""
        label = "依据" if citation["relation"] == "basis" else "引用"
        table.add_row(label, cell(f"{name}{citation['document_number'] or ''}{found}"))
    table.add_row("义务", cell(obligations))
    return table


def document_outline(document: Document) -> Tree:
    """The outline of a document; a node without a heading shows the head of its text."""
    tree = Tree(cell("结构"), guide_style="dim")
    nodes: dict[int, Tree] = {}
    for index, block in enumerate(document.blocks):
        if block.part not in (Part.BODY, Part.TITLE) or block.part is Part.BODY and block.level is None and block.heading is None:
            continue
        parent = next((nodes[above] for above in document.ancestors(index) if above in nodes), tree)
        label = block.heading.of(document.text) if block.heading else short(block.span.of(document.text), 40)
        nodes[index] = parent.add(cell(" ".join(label.split())))
    return tree
