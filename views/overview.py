"""The one page of this version: search, what falls due, and the documents, each hit with its source word for word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from kb.commands.options import open_base
from kb.deadlines import list_deadlines
from kb.errors import KbError
from kb.filters import Filters
from kb.search import search
from kb.store import Store

KINDS = {"duty": "应做", "prohibition": "禁止", "target": "目标", "support": "扶持", "encouragement": "鼓励"}
ROLES = {"lead": "牵头", "responsible": "责任", "cooperating": "配合"}
STATUSES = {"overdue": "逾期", "due_soon": "临近", "upcoming": "未到期", "recurring": "定期", "undated": "未定日期"}
LEVELS = {"national": "国家", "provincial": "省级", "municipal": "市级", "county": "县级", "township": "乡镇"}


def describe_source(document: Mapping[str, Any], obligation: Mapping[str, Any]) -> str:
    """Where an obligation stands: document, number, headings and page, as one line of text."""
    number = f"（{document['document_number']}）" if document.get("document_number") else ""
    page = f"，第{obligation['page']}页" if obligation.get("page") else ""
    return " › ".join([f"{document.get('title') or document['source']}{number}", *obligation["path"]]) + page


def show_obligation(document: Mapping[str, Any], obligation: Mapping[str, Any]) -> None:
    """One obligation: its words, who, by when, and its source. Nothing of it is read as markup."""
    with st.container(border=True):
        st.text(obligation["text"], width="stretch")
        units = "、".join(f"{u['name']}（{ROLES[u['role']]}）" for u in obligation["units"]) or "未写明"
        dates = "、".join(d["raw"] for d in obligation["deadlines"]) or "未写明"
        st.text(f"{KINDS[obligation['kind']]} ｜ 单位：{units} ｜ 时限：{dates}", width="stretch")
        st.text(f"出处：{describe_source(document, obligation)}", width="stretch")


def show_search(store: Store) -> None:
    """Search box, kind filter and hits."""
    query = st.text_input("检索", placeholder="例如：养老机构消防由谁负责", key="query")
    kinds = st.multiselect("类别", list(KINDS), format_func=KINDS.__getitem__, placeholder="全部", key="kinds")
    if not query.strip():
        st.caption("输入要找的事项；结果逐条给出原文和出处。")
        return
    hits = search(store, query, 10, Filters(kinds=tuple(kinds)))["hits"]
    if not hits:
        st.info("知识库里没有找到相关事项。")
    for hit in hits:
        show_obligation(hit["document"], hit["obligation"])


def show_ledger(store: Store) -> None:
    """The ledger by department as a table."""
    left, right = st.columns(2)
    unit = left.text_input("责任单位", key="unit")
    as_of = right.date_input("截止日状态按此日计算", value=date.today(), key="as_of")
    filters = Filters(units=(unit.strip(),)) if unit.strip() else Filters()
    rows = list_deadlines(store, filters, "unit", as_of)
    st.dataframe(
        [
            {
                "责任单位": (row.unit["canonical"] or row.unit["name"]) if row.unit else "未写明单位",
                "角色": ROLES[row.unit["role"]] if row.unit else "",
                "完成时限": row.deadline["end"] or "",
                "原文时限": row.deadline["raw"],
                "状态": STATUSES[row.status],
                "事项": row.obligation["text"],
                "出处": describe_source(row.document, row.obligation),
            }
            for row in rows
        ],
        hide_index=True,
        width="stretch",
    )
    st.caption(f"共 {len(rows)} 行")


def show_documents(store: Store) -> None:
    """The documents with how many obligations each has."""
    counts = store.obligations_by_document()
    st.dataframe(
        [
            {
                "标题": document["title"] or document["source"],
                "文号": document["document_number"] or "",
                "层级": LEVELS.get(document["level"] or "", ""),
                "成文日期": document["issued_on"] or "",
                "事项数": counts.get(document["id"], 0),
                "来源": document["source"],
            }
            for document in store.documents()
        ],
        hide_index=True,
        width="stretch",
    )


def show() -> None:
    """The page."""
    st.title("公文事项库")
    try:
        with open_base(None) as store:
            if not store.count_obligations():
                st.info("知识库是空的：在命令行里运行 kb ingest 文件或文件夹，再刷新本页。")
                return
            searching, ledger, documents = st.tabs(["检索", "时限台账", "文档"])
            with searching:
                show_search(store)
            with ledger:
                show_ledger(store)
            with documents:
                show_documents(store)
    except KbError as error:
        st.error(str(error))
