"""The Chinese words by which a check's results are shown to a person."""

STATUS = {"missing": "缺失", "conflict": "冲突", "partial": "部分", "covered": "已覆盖", "exceeds": "更严", "not_applicable": "不适用"}
SEVERITY = {"high": "高", "medium": "中", "low": "低"}
CITATION = {
    "found": "已收录", "not in the knowledge base": "未收录", "number and title disagree": "文号与标题不符", "replaced": "已被替代", "repealed": "已废止",
}  # fmt: skip
DECISION = {"accepted": "采纳", "dismissed": "不采纳"}
